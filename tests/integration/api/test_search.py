"""Finding a parcel: by point, code, plate, key and address, however it is written."""

from collections.abc import Iterator
from datetime import date

import httpx
import pytest
import shapely
from sqlalchemy import Connection, text

from api.cadastre.search import Found, find
from api.cadastre.text import fold
from api.core.database import engine
from api.core.settings import Settings
from tests.integration.api.town import EAST, FRAME, NORTH, ON


def keys(answer: httpx.Response) -> list[str]:
    """The keys of a page, in its order."""
    assert answer.status_code == 200, answer.text
    return [item["key"] for item in answer.json()["items"]]


def ask(client: httpx.Client, **question: object) -> httpx.Response:
    """One search."""
    return client.get("/api/parcels", params=question)  # type: ignore[arg-type]


def lon_lat(east: float, north: float) -> str:
    """A place of the town as the wire says it."""
    point = FRAME.to_wgs84(shapely.Point(EAST + east, NORTH + north))
    return f"{point.x:.9f},{point.y:.9f}"


ADDRESSES = [
    ("خیابان نیلوفر کوچه شقایق پلاک 3", ["P-3"]),
    ("خيابان نيلوفر، كوچة شقايق، پلاك ٣", ["P-3"]),  # Arabic letters and digits
    ("شقایق ۳", ["P-3"]),
    ("كوچۀ شقایق پلاک ۲", ["P-2"]),  # the parcel's old row is not found beside its new one
    ("نیلوفر شقای پلاک 3", []),
]


@pytest.mark.parametrize(("q", "found"), ADDRESSES)
def test_address_words_find_the_parcel(visitor: httpx.Client, q: str, found: list[str]) -> None:
    """Letters and digits of both keyboards find the same parcel; an old row of it is not shown."""
    if found:
        assert keys(ask(visitor, q=q)) == found
    else:
        assert ask(visitor, q=q).json()["suggestions"], q


SHORT = ("P-3", "خیابان نیلوفر، پلاک 2")
"""P-3, which stands behind P-2 in the table, at an address of just these words."""


@pytest.fixture
def shorter(fresh_town: Settings) -> Iterator[Connection]:
    """The town in which P-3 has the address `SHORT` and P-6 that of P-2, but as number 22."""
    opened = engine(fresh_town, "owner")
    with opened.begin() as connection:
        for key, address in (SHORT, ("P-6", "خیابان نیلوفر، پلاک 22")):
            connection.execute(
                text("UPDATE cadastre.parcel SET address = :a, search = CAST(:s AS tsvector) WHERE key = :k"),
                {"a": address, "s": fold(address), "k": key},
            )
        yield connection
    opened.dispose()


def _found(connection: Connection, question: str, limit: int = 20, after: str | None = None) -> Found:
    return find(connection, question, date.fromisoformat(ON), limit, after)


@pytest.mark.parametrize("q", ["خیابان نیلوفر پلاک ۲", "پلاك ۲ نيلوفر خيابان", "نیلوفر ۲", "پلاک ۲"])
def test_the_address_of_just_the_asked_words_comes_first(shorter: Connection, q: str) -> None:
    """«خیابان نیلوفر، پلاک ۲» before the older row with an alley more; number 22 is another number."""
    assert [item["key"] for item in _found(shorter, q).items] == ["P-3", "P-2"]


def test_pages_in_the_order_of_length_repeat_nothing(shorter: Connection) -> None:
    """Page by page of one each: the short addresses by their ids, then all others by theirs."""
    seen, cursor = [], None
    while not seen or cursor:
        page = _found(shorter, "نیلوفر پلاک", 1, cursor)
        seen += [item["key"] for item in page.items]
        cursor = page.next
    assert seen[:2] == ["P-3", "P-6"]
    assert len(seen) == len(set(seen)) == 19


def test_words_too_frequent_to_rank_are_walked_by_id(shorter: Connection) -> None:
    """Of 5,000 more lots each page is ordered within itself, and all pages together hold each lot once."""
    shorter.execute(
        text("""
            INSERT INTO cadastre.parcel
                (key, valid_from, import_id, digest, area_m2, address, search, geom, tile_geom)
            SELECT 'X-' || n, p.valid_from, 1, p.digest, 1, a.address, a.search, p.geom, p.tile_geom
            FROM generate_series(1, 5000) n, cadastre.parcel p, cadastre.parcel a
            WHERE p.key = 'P-1' AND a.key = CASE WHEN n % 2 = 0 THEN 'P-6' ELSE 'P-1' END
            ORDER BY n
        """)
    )
    shorter.execute(text("ANALYZE cadastre.parcel"))
    shorter.execute(text("UPDATE cadastre.token SET n = 5019 WHERE token IN ('نیلوفر', 'پلاک')"))
    first = _found(shorter, "نیلوفر پلاک", 100)
    second = _found(shorter, "نیلوفر پلاک", 100, first.next)
    pages = [[len(fold(item["address"]).split()) for item in page.items] for page in (first, second)]
    assert all(page == sorted(page) and set(page) == {4, 6} for page in pages)
    cursor, seen = second.next, [item["key"] for page in (first, second) for item in page.items]
    while cursor:
        page = _found(shorter, "نیلوفر پلاک", 100, cursor)
        seen += [item["key"] for item in page.items]
        cursor = page.next
    assert len(seen) == len(set(seen)) == 5019


def test_a_word_that_is_still_being_typed_finds_its_street(visitor: httpx.Client) -> None:
    """The last word may be a beginning."""
    assert len(keys(ask(visitor, q="نیلوفر شقا"))) == 19


def test_a_misspelt_word_is_corrected_from_the_citys_own(visitor: httpx.Client) -> None:
    """«نیلوفز» is no word of the town; «نیلوفر» is suggested and used."""
    answer = ask(visitor, q="نیلوفز پلاک 5")
    assert answer.json()["suggestions"][0] == "نیلوفر پلاک 5"
    assert "P-5" in keys(answer)


def test_nothing_resembling_finds_nothing(visitor: httpx.Client) -> None:
    """A word like none of the city's gives an empty page and no guess."""
    answer = ask(visitor, q="qqqqqq")
    assert answer.json() == {"items": [], "next": None, "suggestions": []}


CODES = ["1-2-14-3-0-0-0", "1-2-14-3", "۱-۲-۱۴-۳", "1/2/14/3", "0-0-0-3-14-2-1", "3-14-2-1", "01-02-14-03"]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", ["code", "q"])
def test_a_renovation_code_is_found_however_it_is_written(
    visitor: httpx.Client, code: str, name: str
) -> None:
    """Any digits and separators, absent levels left out, and reversed as right-to-left display shows it."""
    assert keys(ask(visitor, **{name: code})) == ["P-3"]


def test_the_beginning_of_a_code_finds_all_below_it_and_nothing_beside(visitor: httpx.Client) -> None:
    """1-2-14 finds the block's 19 parcels, 1-2-1 (which is no block) none."""
    assert len(keys(ask(visitor, code="1-2-14"))) == 19
    assert keys(ask(visitor, code="1-2-1")) == []


def test_the_code_of_an_apartment_finds_its_parcel(visitor: httpx.Client) -> None:
    """A node's code leads to the land below it."""
    assert keys(ask(visitor, q="۱-۲-۱۴-۱-۱-۲-۰")) == ["P-1"]


PLATES = [
    "104/45", "۱۰۴/۴۵", "١٠٤-٤٥", "۱۰۴ از ۴۵", "پلاک ثبتی ۱۰۴ از ۴۵", "۱۰۴ فرعی از ۴۵ اصلی",
    "۱۰۴ فرعي از ۴۵ اصلي", "۱۰۴ فرعی از ۴۵",
    "۱۰۴ از ۴۵ اصلی", "۴۵ اصلی / ۱۰۴", "۴۵ اصلی - ۱۰۴ فرعی", "۱۰۴ فرعی از ۴۵ بخش ۱ نمونه",
]  # fmt: skip


@pytest.mark.parametrize("q", PLATES)
def test_a_registration_plate_is_found_in_words_and_in_short(visitor: httpx.Client, q: str) -> None:
    """104 sub of 45 main is one parcel."""
    assert keys(ask(visitor, q=q)) == ["P-4"]


@pytest.mark.parametrize("q", ["P-6", "p-6", " P-6 "])
def test_a_key_is_found(visitor: httpx.Client, q: str) -> None:
    """The parcel's own key, in any case."""
    assert keys(ask(visitor, q=q)) == ["P-6"]


def test_the_parcel_under_a_point_comes_first(visitor: httpx.Client) -> None:
    """A point on P-3: P-3 holds it at distance 0, its neighbours follow by distance."""
    items = ask(visitor, near=lon_lat(22, 5), limit=3).json()["items"]
    assert [(item["key"], item["contains"], item["distance_m"]) for item in items] == [
        ("P-3", True, 0.0),
        ("P-2", False, 2.0),
        ("P-4", False, 8.0),
    ]


def test_a_point_on_the_street_finds_the_nearest(visitor: httpx.Client) -> None:
    """On the street, 1 m before P-1 and 5 m before Q-1, no parcel holds the point and P-1 is the nearest."""
    items = ask(visitor, near=lon_lat(5, -1), limit=2).json()["items"]
    assert [(item["key"], item["contains"], item["distance_m"]) for item in items] == [
        ("P-1", False, 1.0),
        ("Q-1", False, 5.0),
    ]


@pytest.mark.parametrize("near", ["0,0", "-180,-90", "180,90", "51.65,34.35", "34.35,51.65"])
def test_far_from_everything_nothing_is_near(visitor: httpx.Client, near: str) -> None:
    """A point beyond 200 m of any parcel, even where the frame cannot be used, finds nothing."""
    assert keys(ask(visitor, near=near)) == []


def test_a_point_with_its_numbers_exchanged_is_refused_with_that_hint(visitor: httpx.Client) -> None:
    """Latitude first lies far from the city; the refusal says both and which of them lies in it."""
    lon, lat = lon_lat(22, 5).split(",")
    answer = ask(visitor, near=f"{lat},{lon}")
    assert (answer.status_code, answer.json()["code"]) == (422, "point_swapped")
    assert answer.json()["args"]["swapped"] == f"{float(lon):g},{float(lat):g}"
    assert "longitude,latitude" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("question", "by"),
    [
        ({"code": "1-2-14-3"}, "code"),
        ({"code": "3-14-2-1"}, "code_reversed"),
        ({"code": "1-2-14"}, "beginning"),
        ({"code": "14-2-1"}, "beginning_reversed"),
        ({"q": "0-2-1-1-14-2-1"}, "node_reversed"),
        ({"q": "104/45"}, "plate"),
        ({"q": "P-6"}, "key"),
        ({"q": "نیلوفر پلاک 5"}, "words"),
        ({"q": "نیلوفر پلاک 5 شقا"}, "begun"),
        ({"q": "نیلوفز پلاک 5"}, "spelling"),
        ({"near": lon_lat(22, 5)}, "point"),
    ],
    ids=str,
)
def test_each_parcel_says_what_of_it_was_matched(
    visitor: httpx.Client, question: dict[str, object], by: str
) -> None:
    """A code that names nothing as written is read from the other end, and the item says so."""
    items = ask(visitor, **question).json()["items"]
    assert {item["matched_by"] for item in items} == {by}


EITHER_WAY = ["۴۵ از ۱۰۴", "٤٥/١٠٤", "45-104", "پلاک 45 / 104", "45/104 بخش 2"]


@pytest.mark.parametrize("q", EITHER_WAY)
def test_a_plate_that_does_not_say_its_order_is_also_read_the_other_way_round(
    visitor: httpx.Client, q: str
) -> None:
    """45/104 is sub 45 of main 104, which the town has not; sub 104 of main 45 is told as the reverse."""
    items = ask(visitor, q=q).json()["items"]
    assert [(item["key"], item["matched_by"]) for item in items] == [("P-4", "plate_reversed")]


@pytest.mark.parametrize("q", ["45 فرعی از 104 اصلی", "45 فرعی از 104", "۴۵ از ۱۰۴ اصلی", "104 اصلی / 45"])
def test_a_plate_that_says_its_order_is_not_read_the_other_way_round(visitor: httpx.Client, q: str) -> None:
    """Sub 45 of main 104 is another property than sub 104 of main 45."""
    assert keys(ask(visitor, q=q)) == []


def test_of_both_orders_of_a_plate_both_hits_are_told(shorter: Connection) -> None:
    """Where sub 45 of main 104 is there too, it comes first, in one page or in two."""
    shorter.execute(
        text("UPDATE cadastre.parcel SET plate_main = 104, plate_sub = 45 WHERE key = 'Q-1'"),
    )
    both = [("Q-1", "plate"), ("P-4", "plate_reversed")]
    assert [(item["key"], item["matched_by"]) for item in _found(shorter, "45/104").items] == both
    assert [item["key"] for item in _found(shorter, "104/45").items] == ["P-4", "Q-1"]
    first = _found(shorter, "45/104", 1)
    second = _found(shorter, "45/104", 1, first.next)
    assert [(item["key"], item["matched_by"]) for item in first.items + second.items] == both
    assert second.next is None


def test_coordinates_are_understood_in_the_one_field(visitor: httpx.Client) -> None:
    """Longitude and latitude in either order, with a comma of either script."""
    lon, lat = lon_lat(22, 5).split(",")
    assert keys(ask(visitor, q=f"{lat}, {lon}"))[0] == keys(ask(visitor, q=f"{lon}، {lat}"))[0] == "P-3"


def test_pages_follow_each_other_without_gap_or_repeat(visitor: httpx.Client) -> None:
    """19 parcels in pages of 7 are 7, 7 and 5, each once."""
    seen: list[str] = []
    sizes = []
    cursor = None
    while True:
        answer = ask(visitor, q="نیلوفر", limit=7, **({"cursor": cursor} if cursor else {}))
        page = keys(answer)
        sizes.append(len(page))
        seen += page
        cursor = answer.json()["next"]
        if cursor is None:
            break
    assert sizes == [7, 7, 5]
    assert len(set(seen)) == 19


REFUSED = [
    {},
    {"q": "x", "near": "51,34"},
    {"q": ""},
    {"q": "x" * 201},
    {"q": "a\x00b"},
    {"near": "nan,nan"},
    {"near": "1e400,1"},
    {"near": "190,0"},
    {"near": "0,91"},
    {"near": "51,34", "cursor": "WyJrZXkiLCAxXQ"},
    {"q": ["a", "b"]},
    {"near": "51"},
    {"code": "abc"},
    {"code": "1-2-3-4-5-6-7-8"},
    {"q": "نیلوفر", "limit": 0},
    {"q": "نیلوفر", "limit": 101},
    {"q": "نیلوفر", "cursor": "nonsense"},
    {"q": "نیلوفر", "cursor": "WyJrZXkiLCAiYSJd"},
]


@pytest.mark.parametrize("question", REFUSED, ids=str)
def test_what_cannot_be_asked_is_refused(visitor: httpx.Client, question: dict[str, object]) -> None:
    """Every unclear, oversized or broken question is a 422 with a code, never a 500."""
    answer = ask(visitor, **question)
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"]


def test_a_cursor_of_another_question_is_refused(visitor: httpx.Client) -> None:
    """A cursor goes on with its own question only."""
    cursor = ask(visitor, code="1-2-14", limit=5).json()["next"]
    assert cursor
    assert ask(visitor, q="نیلوفر", cursor=cursor).status_code == 422
    assert ask(visitor, q="34.35, 51.65", cursor=cursor).status_code == 422


@pytest.mark.parametrize(
    "q", ["'", "'''' | !", "<-> & |", "\\", "%", "a'b\\'c", "😀", "‌", "؟", "-", "/", "0" * 200]
)
def test_signs_of_query_languages_are_only_letters(visitor: httpx.Client, q: str) -> None:
    """Quotes, operators, wildcards and lone marks are answered like any text."""
    assert ask(visitor, q=q).status_code == 200
