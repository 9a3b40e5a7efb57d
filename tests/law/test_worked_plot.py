"""The worked plot of domain.md 3.11, number by number, and what the report says of it."""

from __future__ import annotations

import json

import shapely

from gis import Finding, Report, assess, law_for
from tests.law.plots import DAY, FRAME, MASS, NEIGHBOURS, house, plot, sample_book, site

BOOK = sample_book()


def finding(report: Report, provision: str) -> Finding:
    (found,) = (f for f in report.findings if f.provision == provision)
    return found


def test_ten_square_metres_go_to_the_street() -> None:
    """Half of the two metres by which the street grows: 1 m × 10 m; 240 m² stay, 24 m deep."""
    lot = plot()
    assert (lot.area_before, lot.widening.loss_area, lot.area_after) == (250.0, 10.0, 240.0)
    assert (lot.depth, lot.frontage, lot.orientation) == (24.0, 10.0, "northern")


def test_coverage_is_limited_to_144_square_metres() -> None:
    """60 % of the land after widening; the two metres more of the 60 % + 2 rule are another rule."""
    found = finding(assess(site(), house(), BOOK, on=DAY), "coverage.r121")
    assert found.verdict == "complies"
    assert found.basis is not None
    assert (found.basis.base_area, found.basis.value_area, found.basis.limit_area) == (240.0, 144.0, 144.0)
    more = house(footprint=shapely.box(0, 10.59, 10, 25))
    assert finding(assess(site(), more, BOOK, on=DAY), "coverage.r121").verdict == "violates"


def test_density_relates_to_450_or_432_by_the_gift_of_the_strip() -> None:
    """180 %: of 250 m² when the owner gives the strip free, of 240 m² when not."""
    for ceded, limit in ((True, 450.0), (False, 432.0)):
        basis = finding(assess(site(), house(3, ceded=ceded), BOOK, on=DAY), "density.r121").basis
        assert basis is not None
        assert (basis.limit_area, basis.value_area) == (limit, 432.0)


def test_a_street_of_eight_metres_takes_one_of_three_storeys() -> None:
    """A plot of 201–300 m² wants a street of 12 m; the unmet condition is named and cited."""
    report = assess(site(), house(3), BOOK, on=DAY)
    found = finding(report, "storeys.r121")
    assert (found.verdict, found.value, found.limit, found.margin) == ("violates", 3.0, 2.0, -1.0)
    assert found.rule is not None
    assert found.rule.limit is not None
    assert [c.cite.ref for c in found.rule.limit.unmet] == ["SAMPLE-1403-1#2-3-1"]
    assert report.verdict == "violates"
    assert finding(assess(site(), house(2), BOOK, on=DAY), "storeys.r121").verdict == "complies"


def test_on_a_street_of_twelve_metres_three_storeys_stand() -> None:
    """Exactly at the condition is met."""
    from tests.law.plots import street

    wide = site(plot(streets=[street(12.0, None)]))
    assert finding(assess(wide, house(3), BOOK, on=DAY), "storeys.r121").verdict == "complies"


def test_the_report_on_the_wire() -> None:
    """The contract's form: areas, citation, sentences in both languages, evidence in degrees."""
    wire = assess(site(), house(3), BOOK, on=DAY).to_dict()
    assert wire["verdict"] == "violates"
    assert wire["area"] == {"before_m2": 250.0, "loss_m2": 10.0, "after_m2": 240.0}
    assert wire["book"] == {"id": "sample_city", "sha256": BOOK.sha256, "sample": True}
    (storeys,) = (f for f in wire["findings"] if f["provision"] == "storeys.r121")
    assert storeys["cite"]["ref"] == "SAMPLE-1403-1#2-3"
    assert storeys["cite"]["from"] == "2024-03-20"
    assert storeys["reason"] is None
    assert storeys["text"]["fa"].startswith("تعداد طبقات ۳ است، ولی تا ۲ مجاز است.")
    assert {e["role"] for e in storeys["evidence"]} == {"excess"}
    (strip,) = wire["evidence"]
    assert (strip["role"], strip["label"]["value"]) == ("strip", 10.0)
    drawn = FRAME.from_wgs84(shapely.geometry.shape(strip["geometry"]))
    assert drawn.hausdorff_distance(shapely.box(0, 0, 10, 1)) < 1e-3
    json.dumps(wire, allow_nan=False)


def test_the_same_question_gives_the_same_report_to_the_letter() -> None:
    """A stored report can be replayed: everything is built anew, nothing differs."""
    first = json.dumps(assess(site(), house(3), sample_book(), on=DAY).to_dict(), ensure_ascii=False)
    second = json.dumps(assess(site(), house(3), sample_book(), on=DAY).to_dict(), ensure_ascii=False)
    assert first == second


def test_what_may_be_built_is_said_in_sentences() -> None:
    """A citizen reads storeys, ground and floor area, each with the clause behind it."""
    said = {item.to_dict()["provision"]: item for item in law_for(site(), BOOK, on=DAY)}
    assert said["storeys.r121"].text.fa == (
        "تا ۲ طبقه می‌توانید بسازید. یک طبقه کم شده است، چون عرض گذر ۸ متر است و دست‌کم ۱۲ متر لازم است."
    )
    assert said["coverage.r121"].text.fa == (
        "ساختمان می‌تواند تا ۶۰٪ زمین پس از اصلاحی را بپوشاند، یعنی ۱۴۴ متر مربع."
    )
    assert "۴۵۰ متر مربع، وگرنه ۴۳۲ متر مربع" in said["density.r121"].text.fa
    wire = said["setback.northern_yard"].to_dict()
    assert (wire["limit"], wire["subject"], wire["verdict"]) == (7.6, {"kind": "edge", "ref": "0"}, None)
    assert said["setback.side"].limit is None
    assert said["setback.side"].text.fa == (
        "برای ساختمان تا ۵ طبقه: می‌توانید تا مرز کناری بسازید. "
        "برای ساختمان بیش از ۵ طبقه: از مرز کناری دست‌کم ۳ متر فاصله بگیرید."
    )


def test_a_limit_is_told_so_that_whoever_keeps_to_the_sentence_keeps_to_the_law() -> None:
    """A depth of 24.003 m asks for 7.6012 m of yard: the sentence says 7.61 m, the limit stays exact."""
    lot = plot(shapely.box(0, 0, 10, 25.003), neighbours=(*NEIGHBOURS[:2], shapely.box(0, 25.003, 10, 50)))
    (yard,) = (
        i for i in law_for(site(lot), BOOK, on=DAY) if i.to_dict()["provision"] == "setback.northern_yard"
    )
    assert yard.to_dict()["limit"] == 7.6012
    assert "7.61 m" in yard.text.en


def test_the_mass_may_stand_exactly_on_the_yard_line() -> None:
    """The yard of a northern plot: 0.4 × 24 − 2 = 7.6 m from the corrected street line at y = 1."""
    for y, verdict in ((8.6, "complies"), (8.5999, "violates")):
        built = house(1, shapely.box(0, y, 8, 25))
        found = finding(assess(site(), built, BOOK, on=DAY), "setback.northern_yard")
        assert found.verdict == verdict, found
    assert MASS.area == 144.0
