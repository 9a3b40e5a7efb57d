"""What the law asks of a thing that is drawn, in plain words: of whose windows, of whose light wells."""

from __future__ import annotations

from typing import Final

from gis.rule import Rule
from gis.words import Words, amount, figure, listed

_SENTENCES: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("light_well_area", "at_least"): (
        "نورگیر{1} باید دست‌کم {0} مساحت باز داشته باشد.",
        "A light well{1} must have an open area of at least {0}.",
    ),
    ("light_well_side", "at_least"): (
        "پهنای نورگیر{1} نباید کمتر از {0} باشد.",
        "A light well{1} must be at least {0} wide.",
    ),
    ("facing_distance", "at_least"): (
        "پنجرهٔ{1} باید از پنجرهٔ{2} واحد دیگر که روبه‌روی آن است دست‌کم {0} فاصله داشته باشد.",
        "A window{1} must be at least {0} from a window{2} of another dwelling that faces it.",
    ),
    ("window_distance", "at_least"): (
        "پنجرهٔ{1} باید از مرز همسایه‌ای که روبه‌روی آن است دست‌کم {0} فاصله داشته باشد.",
        "A window{1} must be at least {0} from the neighbour's boundary that it looks at.",
    ),
    ("parking_space_width", "at_least"): (
        "جای پارک{3} باید در سراسر {4} طول دست‌کم {0} پهنا داشته باشد.",
        "A parking space{3} must be at least {0} wide over a length of {4}.",
    ),
    ("parking_space_length", "at_least"): (
        "جای پارک{3} باید در سراسر {4} پهنا دست‌کم {0} طول داشته باشد.",
        "A parking space{3} must be at least {0} long over a width of {4}.",
    ),
    ("parking_manoeuvre", "at_least"): (
        "پشت جای پارک{3} باید دست‌کم {0} فضای آزاد برای حرکت خودرو باشد.",
        "Behind a parking space{3} at least {0} must be free for cars to move.",
    ),
}
_ROOMS: Final = {"main": Words("اصلی", "main"), "minor": Words("فرعی", "minor")}


_OR: Final = (" یا ", " or ")


def thing_text(rule: Rule, limit: Words) -> Words | None:
    """The sentence of a provision on things, with its limit as it is told; None for another measure."""
    provision = rule.provision
    sentence = _SENTENCES.get((provision.measure, provision.relation))
    if sentence is None:
        return None
    first, other = _of_rooms(provision.where.rooms), _of_rooms(provision.where.facing)
    fa, en = sentence
    if not first.fa:
        fa = fa.replace("پنجرهٔ{1}", "هر پنجره")
    cars, size = _for_cars(provision.where.cars), _size(rule)
    text = Words(
        fa.format(limit.fa, first.fa, other.fa, cars.fa, size.fa),
        en.format(limit.en, first.en, other.en, cars.en, size.en),
    )
    if (sill := rule.value.options.get("sill")) is not None:
        high = amount(float(sill), "m")
        text = Words(
            f"{text.fa[:-1]}، مگر لبهٔ زیرینش {high.fa} یا بیشتر از کف بالاتر باشد.",
            f"{text.en[:-1]}, unless its sill is {high.en} or more above the floor.",
        )
    return text


def _of_rooms(rooms: tuple[str, ...]) -> Words:
    """Whose windows or light wells: " of main rooms"; nothing where the law asks of all."""
    if not rooms or set(rooms) == set(_ROOMS):
        return Words("", "")
    which = listed([_ROOMS[room] for room in rooms])
    return Words(f" اتاق‌های {which.fa}", f" of {which.en} rooms")


def _for_cars(cars: tuple[int, ...]) -> Words:
    """For how many cars a parking space is: " for 2 cars"; nothing where the law asks of all."""
    if not cars:
        return Words("", "")
    fa, en = (_OR[0].join(figure(n, 0).fa for n in cars), _OR[1].join(str(n) for n in cars))
    return Words(f" {fa} خودرو", f" for {en} car{'s' if cars != (1,) else ''}")


def _size(rule: Rule) -> Words:
    """What the law says of the other side of a parking space."""
    given = rule.value.options.get("length", rule.value.options.get("width"))
    return Words("", "") if given is None else amount(float(given), "m")
