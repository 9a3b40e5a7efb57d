"""The sentences about a drawing, in Persian and English."""

from __future__ import annotations

from typing import Final

from gis.words import Words, amount, figure

At = tuple[int | None, int | None]
"""Block and level, None where a thing belongs to none."""
_FACTS: Final = {
    "plot_area": (
        Words("مساحت زمین در متن نقشه", "The plot area by the text of the drawing"),
        Words("در مرز ترسیم‌شدهٔ زمین", "by the drawn boundary"),
    ),
    "plot_sides": (
        Words("حاصل‌ضرب عمق و عرض متوسط زمین در متن نقشه", "Average depth × width of the plot by the text"),
        Words("مساحت مرز ترسیم‌شدهٔ زمین", "the area within the drawn boundary"),
    ),
    "written": (
        Words("اندازهٔ نوشته‌شده روی خط اندازه", "The dimension as written"),
        Words("اندازهٔ ترسیم‌شدهٔ آن", "as drawn"),
    ),
    "covered_area": (
        Words("سطح پوشیده در لایهٔ خودش", "The covered area on its own layer"),
        Words("سطح همهٔ خطوط بنا روی زمین", "the footprints on the plot together"),
    ),
    "built_area": (
        Words("نزدیک‌ترین سطح بنا روی زمین", "The nearest footprint on the plot"),
        Words("سطح این طبقه", "this floor"),
    ),
    "deduction": (
        Words(
            "بخش درون طبقه از سطحی که از زیربنا کسر می‌شود", "The part within its floor of what is to deduct"
        ),
        Words("همهٔ آن سطح", "all of that area"),
    ),
    "rooms": (
        Words("ارتفاع ترسیم‌شدهٔ ساختمان", "The drawn height of the building"),
        Words("مجموع ارتفاع داخلی طبقات روی زمین", "the clear heights of the floors above ground together"),
    ),
    "yard_height": (
        Words(
            "ارتفاعی که متن حیاط برای بالاترین تراز می‌نویسد", "The height that a yard of the top level states"
        ),
        Words("ارتفاع ترسیم‌شدهٔ ساختمان", "the drawn height of the building"),
    ),
    "parking": (
        Words("شمار جای پارک در متن نقشه", "The number of parking spaces by the text"),
        Words("شمار جای پارک ترسیم‌شده", "as drawn"),
    ),
    "parcel_area": (
        Words("مساحت ملک در نقشهٔ شهر", "The area of the parcel in the cadastre"),
        Words("مساحت زمین در این نقشهٔ ساختمانی", "the plot of the drawing"),
    ),
    "on_plot": (
        Words("بخشی از این سطح بنا که درون مرز زمین است", "The part of this footprint within the plot"),
        Words("همهٔ این سطح بنا", "all of this footprint"),
    ),
}
_WHY: Final = {
    "no_plot": Words("مرز زمین در نقشه ترسیم نشده است", "the boundary of the plot is not drawn"),
    "many_plots": Words("بیش از یک مرز زمین ترسیم شده است", "more than one boundary of the plot is drawn"),
    "plot_area_not_declared": Words(
        "مساحت زمین در متن نقشه نوشته نشده است", "the text of the drawing does not state it"
    ),
    "written_no_number": Words("متن روی خط اندازه عدد نیست", "the text over the dimension is no number"),
    "no_footprint": Words(
        "سطح بنای متناظر روی زمین ترسیم نشده است", "no footprint on the plot is drawn for it"
    ),
    "many_floors": Words(
        "برای یک طبقه بیش از یک سطح جداگانه ترسیم شده است و معلوم نیست کدام سطحِ آن است",
        "more than one outline is drawn for one floor, and which is its own cannot be told",
    ),
    "no_floor": Words("سطح طبقهٔ آن ترسیم نشده است", "the outline of its floor is not drawn"),
    "many_heights": Words(
        "برای ساختمان بیش از یک ارتفاع ترسیم شده است", "more than one height of the building is drawn"
    ),
    "no_height": Words("ارتفاع ساختمان ترسیم نشده است", "the height of the building is not drawn"),
}
_OPEN: Final = {
    "plot_area": Words("مساحت زمین", "The plot area"),
    "written": Words("اندازهٔ نوشته‌شده", "The written dimension"),
    "covered_area": Words("سطح پوشیده", "The covered area"),
    "built_area": Words("سطح طبقه", "The area of the floor"),
    "deduction": Words("سطح کسرشده از زیربنا", "The area to deduct"),
    "height": Words("ارتفاع ساختمان", "The height of the building"),
}
_LEFT_OUT: Final = {
    "open": Words("چندضلعی بسته نیست", "the outline is not closed"),
    "no_area": Words("سطحی ندارد", "it has no area"),
    "crosses_itself": Words("چندضلعی خودش را قطع می‌کند", "the outline crosses itself"),
    "drawn_twice": Words("دو بار ترسیم شده و یک بار به حساب آمده است", "it is drawn twice and counted once"),
    "no_outline": Words(
        "در لایه‌ای است که جای سطح‌های بسته است و خودش سطح بسته نیست",
        "it stands on a layer for closed outlines and is none",
    ),
}


def place(at: At) -> Words:
    """The block and the level of a thing, empty where neither is known.

    >>> place((1, 0)), place((None, None)).en
    (Words(fa='بلوک ۱، تراز ۰: ', en='Block 1, level 0: '), '')
    """
    (block, level), named = at, []
    if block is not None:
        number = figure(block, 0)
        named.append(Words(f"بلوک {number.fa}", f"block {number.en}"))
    if level is not None:
        number = figure(level, 0)
        named.append(Words(f"تراز {number.fa}", f"level {number.en}"))
    if not named:
        return Words("", "")
    joined = Words("، ".join(n.fa for n in named), ", ".join(n.en for n in named)).opening()
    return Words(f"{joined.fa}: ", f"{joined.en}: ")


def _after(at: Words, name: Words) -> str:
    """An English name at the beginning of its sentence, or after the place."""
    return name.en[:1].lower() + name.en[1:] if at.en else name.en


def compared(
    fact: str,
    verdict: str,
    values: tuple[float, float],
    unit: str,
    *,
    tolerance: float,
    at: At,
) -> Words:
    """The sentence of a comparison.

    >>> compared("plot_area", "differs", (121.527, 132.313), "m2", tolerance=0.662, at=(None, None)).en[:79]
    'The plot area by the text of the drawing is 121.53 m², by the drawn boundary 13'
    >>> compared("parking", "agrees", (5, 5), "spaces", tolerance=0, at=(None, None)).en
    'The number of parking spaces by the text is 5 parking spaces, as drawn 5 parking spaces: they agree.'
    """
    (declared, measured), (said, drawn) = values, _FACTS[fact]
    one, two, where = amount(declared, unit), amount(measured, unit), place(at)
    opening = Words(f"{where.fa}{said.fa} {one.fa} و {drawn.fa} {two.fa} است", "")
    english = f"{where.en}{_after(where, said)} is {one.en}, {drawn.en} {two.en}"
    if verdict == "agrees" and measured < declared - tolerance:
        return Words(f"{opening.fa}؛ در آن می‌گنجد.", f"{english}: it fits within.")
    if verdict == "agrees":
        return Words(f"{opening.fa}؛ با هم می‌خوانند.", f"{english}: they agree.")
    apart, allowed = amount(abs(measured - declared), unit), amount(tolerance, unit)
    return Words(
        f"{opening.fa}؛ اختلاف {apart.fa} و رواداری {allowed.fa} است.",
        f"{english}. They differ by {apart.en}; {allowed.en} would be tolerated.",
    )


def undecided(fact: str, why: str, where: At) -> Words:
    """The sentence of a comparison that cannot be made.

    >>> undecided("plot_area", "no_plot", (None, None)).en
    'The plot area cannot be checked: the boundary of the plot is not drawn.'
    """
    at, name, reason = place(where), _OPEN[fact], _WHY[why]
    return Words(
        f"{at.fa}{name.fa} را نمی‌توان سنجید: {reason.fa}.",
        f"{at.en}{_after(at, name)} cannot be checked: {reason.en}.",
    )


_PLACED: Final = {
    "boundary": Words(
        "مرز زمین فقط به یک صورت روی ملک می‌نشیند", "the boundary fits the parcel in one way only"
    ),
    "front_yard": Words(
        "حیاط جلو فقط در یکی از حالت‌ها رو به گذر است", "the front yard lies at the street in one way only"
    ),
    "said": Words("فرستنده گفته است کدام حالت درست است", "its sender says which way is right"),
    "road": Words(
        "گذر ترسیم‌شده فقط در یکی از حالت‌ها کنار گذر است", "the drawn road lies at the street in one way only"
    ),
}


def placed(standing: str, by: str | None, ways: int, missed: float | None) -> Words:
    """The sentence of a placement; `missed`: metres of the farthest corner in the best way.

    >>> placed("placed", "boundary", 1, 0.02).en
    'The drawing lies on the parcel: the boundary fits the parcel in one way only. Its farthest ... off.'
    >>> placed("no_plot", None, 0, None).en
    'The drawing cannot be laid on the parcel: the boundary of the plot is not drawn.'
    """
    off = amount(missed or 0.0, "m")
    if standing == "placed" and by is not None:
        why = _PLACED[by]
        return Words(
            f"نقشه روی ملک نشست: {why.fa}. دورترین گوشه {off.fa} فاصله دارد.",
            f"The drawing lies on the parcel: {why.en}. Its farthest corner is {off.en} off.",
        )
    if standing == "ambiguous":
        number = figure(ways, 0)
        return Words(
            f"مرز زمین به {number.fa} صورت روی ملک می‌نشیند و نقشه نمی‌گوید کدام درست است؛ باید گفته شود.",
            f"The boundary fits the parcel in {number.en} ways, and nothing drawn tells which; say it.",
        )
    if standing == "no_plot" or missed is None:
        why = _WHY["no_plot"]
        return Words(
            f"نقشه را نمی‌توان روی ملک نشاند: {why.fa}.",
            f"The drawing cannot be laid on the parcel: {why.en}.",
        )
    return Words(
        f"مرز زمین در نقشه با این ملک نمی‌خواند: در بهترین حالت دورترین گوشه {off.fa} فاصله دارد.",
        f"The drawn plot is not this parcel: at best its farthest corner is {off.en} off.",
    )


def outline_apart(missed: float, area: float, tolerance: float, *, agrees: bool) -> Words:
    """The sentence that compares the drawn boundary with the parcel's.

    >>> outline_apart(0.02, 0.3, 0.05, agrees=True).en
    'The drawn boundary and that of the cadastre are at most 0.02 m apart: they agree.'
    """
    off, only, allowed = amount(missed, "m"), amount(area, "m2"), amount(tolerance, "m")
    if agrees:
        return Words(
            f"مرز ترسیم‌شده و مرز ملک در نقشهٔ شهر حداکثر {off.fa} فاصله دارند؛ با هم می‌خوانند.",
            f"The drawn boundary and that of the cadastre are at most {off.en} apart: they agree.",
        )
    return Words(
        f"مرز ترسیم‌شده و مرز ملک در نقشهٔ شهر تا {off.fa} فاصله دارند و {only.fa} فقط در یکی از آن دو است؛ "
        f"رواداری {allowed.fa} است.",
        f"The drawn boundary and that of the cadastre are up to {off.en} apart, "
        f"and {only.en} lie in one of them alone; {allowed.en} would be tolerated.",
    )


def left_out(code: str, layer: str, count: int) -> Words:
    """The sentence of something that is not taken into the plan.

    >>> left_out("open", "BLK_1_SHADE_OVERHANG", 1).en
    'Layer BLK_1_SHADE_OVERHANG: 1 item is not as it should be: the outline is not closed.'
    """
    kind, _, entity = code.partition(":")
    why, number = _LEFT_OUT[kind], figure(count, 0)
    what = f" ({entity})" if entity else ""
    verb = "item is" if count == 1 else "items are"
    return Words(
        f"لایهٔ {layer}: {number.fa} مورد{what} آن‌طور که باید نیست: {why.fa}.",
        f"Layer {layer}: {number.en} {verb} not as it should be{what}: {why.en}.",
    )
