"""The spatial law: what may be built on a lot, and whether a proposal may. Useful without any service.

The plot of domain 3.11: 10 × 25 m north of a street of 6 m that is to be 8 m wide. One metre of the lot goes
to the street, one condition of the law (a street of 12 m) is not met, and one storey is lost.

>>> from datetime import date
>>> import shapely
>>> axis = shapely.LineString([(-50, -3), (60, -3)])
>>> street = Street("S-1", "Nilufar", axis, None, 6.0, 8.0, "right_of_way")
>>> neighbours = [shapely.box(-10, 0, 0, 25), shapely.box(10, 0, 20, 25), shapely.box(0, 25, 10, 50)]
>>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[street], neighbours=neighbours)
>>> lot.area_before, lot.widening.loss_area, lot.area_after
(250.0, 10.0, 240.0)

A site is the lot with its zones, and with what the layer register says of each layer here:

>>> names = ("zones", "streets", "parcels", "overlays", "buildings")
>>> layers = {name: LayerState(name, "complete") for name in names}
>>> zone = ZoneShare("R121", 240.0, 1.0, lot.after)
>>> site = Site(lot, Frame.of(32639), (zone,), (), layers)

The law is data, and every number of it is dated and cited:

>>> citations = '''
... [SAMPLE-1]
... title = {fa = "طرح تفصیلی نمونه", en = "Sample detailed plan"}
... number = "SAMPLE-1"
... authority = {fa = "مرجع نمونه (SAMPLE)", en = "SAMPLE authority"}
... published = 2024-03-20
... '''
>>> plan = '''
... [book]
... id = "example"
... title = {fa = "نمونه", en = "Example"}
... sample = true
... checked_on = 2026-01-15
... every_zone_needs = ["coverage", "density", "storeys"]
...
... [[provision]]
... id = "coverage"
... title = {fa = "سطح اشغال", en = "Ground coverage"}
... measure = "coverage"
... relation = "at_most"
... unit = "1"
... zones = ["R121"]
... value = [{from = 2024-03-20, cite = "SAMPLE-1#2", limit = 0.60, base = "after"}]
...
... [[provision]]
... id = "density"
... title = {fa = "تراکم", en = "Density"}
... measure = "density"
... relation = "at_most"
... unit = "1"
... zones = ["R121"]
... value = [{from = 2024-03-20, cite = "SAMPLE-1#3", limit = 1.80, base = "before_if_strip_ceded"}]
...
... [[provision]]
... id = "storeys"
... title = {fa = "تعداد طبقات", en = "Number of storeys"}
... measure = "storeys"
... relation = "at_most"
... unit = "storeys"
... zones = ["R121"]
...   [[provision.value]]
...   from = 2024-03-20
...   cite = "SAMPLE-1#4"
...   limit = 3
...   less_one_for_each_unmet = [
...     {measure = "street_width", relation = "at_least", limit = 12, cite = "SAMPLE-1#4-1"},
...   ]
... '''
>>> book = RuleBook.parse(plan, citations)
>>> for item in law_for(site, book, on=date(2026, 3, 21)):  # doctest: +ELLIPSIS
...     print(item.text.en)
The building may cover up to 60% of the land left after the widening, that is 144 m².
All floors together may reach 180% of the area of the land: 450 m² if you cede ... charge, else 432 m².
You may build up to 2 storeys. One storey is taken off because the street width is 8 m and 12 m is required.

Three storeys of 144 m² each, at the north of the plot:

>>> floors = tuple(Storey(n, "floor", "residential", shapely.box(0, 10.6, 10, 25), 3.2, 1) for n in range(3))
>>> report = assess(site, Proposal(floors), book, on=date(2026, 3, 21))
>>> report.verdict
'violates'
>>> for finding in report.findings:  # doctest: +ELLIPSIS
...     print(f"{finding.verdict}: {finding.text.en}")
complies: The coverage is 60% (144 m²), within the 60% (144 m²) allowed.
complies: The density is 180% (432 m²), within the 180% (432 m²) allowed.
violates: The number of storeys is 3, more than the 2 allowed. One storey is taken off ... 12 m is required.
>>> report.to_dict()["area"]
{'before_m2': 250.0, 'loss_m2': 10.0, 'after_m2': 240.0}
"""

from gis.alignment import Street, Widening
from gis.assess import assess
from gis.edges import Edge
from gis.errors import GisError, LawError, ProposalError, RuleBookError
from gis.frame import Frame
from gis.law_item import LawItem, law_for
from gis.lot import Lot
from gis.merging import merge
from gis.proposal import Proposal, Storey
from gis.report import ENGINE, Evidence, Finding, Report
from gis.rulebook import BookFault, BookRefused, Provision, RuleBook
from gis.site import Building, LayerState, Overlay, Site, ZoneShare
from gis.subdivision import Piece, Subdivision, assess_subdivision

__all__ = [
    "ENGINE",
    "BookFault",
    "BookRefused",
    "Building",
    "Edge",
    "Evidence",
    "Finding",
    "Frame",
    "GisError",
    "LawError",
    "LawItem",
    "LayerState",
    "Lot",
    "Overlay",
    "Piece",
    "Proposal",
    "ProposalError",
    "Provision",
    "Report",
    "RuleBook",
    "RuleBookError",
    "Site",
    "Storey",
    "Street",
    "Subdivision",
    "Widening",
    "ZoneShare",
    "assess",
    "assess_subdivision",
    "law_for",
    "merge",
]
