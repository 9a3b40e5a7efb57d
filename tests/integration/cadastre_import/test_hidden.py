"""Where a row was rejected its layer is not complete: nobody knows what the row would have said there."""

import io
import struct
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
import shapely
from rich.console import Console
from shapely import Geometry, LineString, Point

from api.cadastre.importing import ImportReport
from api.cadastre.importing.report import StateReport
from tests.integration.cadastre_import.test_absence import status
from tests.integration.cadastre_import.test_kinds import BOTH
from tests.integration.cadastre_import.town import EAST, NORTH, Town, content, square, write

LOTS = {"A": square(0, 0), "B": square(1, 0), "Z": square(9, 0)}
FAR = square(50, 50)
LINE_OF_A_RING = shapely.Polygon([(EAST + x, NORTH + 5) for x in (2, 8, 4, 2)])
NO_NUMBER = shapely.to_wkb(square(0, 0), byte_order=1)[:-24] + struct.pack("<d", np.nan) * 3
NO_EASTING = shapely.to_wkb(square(0, 0), byte_order=1)
NO_EASTING = NO_EASTING[:29] + struct.pack("<d", np.nan) + NO_EASTING[37:]
KEY, CODED = {"key": "id"}, {"key": "id", "code": "code"}


def brought(
    town: Town, layer: str, shapes: Sequence[Geometry | bytes | None], columns: Mapping[str, Sequence[Any]],
    names: Mapping[str, str] = KEY, **more: Any,
) -> Town:  # fmt: skip
    """One more source, complete for all lots; its first row is sound and far from them."""
    file = f"{layer}_{len(town.layers)}.gpkg"
    write(town.folder / file, [FAR, *shapes], columns, crs=more.pop("written", "EPSG:32639"))
    return town.layer(layer, file, columns=dict(names), **{"complete": BOTH, **more})


def known(town: Town, layer: str) -> str:
    """What the sites of the three lots know of a layer: complete, incomplete, unknown."""
    return "".join(status(town, lot, layer)[0] for lot in LOTS)


def state(report: ImportReport, layer: str) -> StateReport:
    """What the report says of a layer."""
    return next(one for one in report.states if one.layer == layer)


def test_an_overlay_without_its_kind(town: Town) -> None:
    """Something lies on A and nobody knows what; it is said, and the same file again is no change."""
    columns = {"id": ["f", "x"], "kind": ["flood", None]}
    names = {"key": "id", "kind": "kind"}
    brought(town.parcels(LOTS), "overlays", [square(0, 0, 0.5, 1)], columns, names)
    report = town.run()
    assert known(town, "overlays") == "icc"
    told = state(report, "overlays")
    assert (told.left_out, told.left_out_m2, told.unplaced) == (1, 50.0, ())
    assert "without the places of 1 rejected rows (50 m²); 66.6 % of the parcels" in told.complete
    out = io.StringIO()
    report.print(Console(file=out, width=80))
    assert "without the places of 1 rejected rows (50 m²)" in " ".join(out.getvalue().split())
    before = content(town.settings)
    again = town.run()
    assert not again.changed
    assert content(town.settings) == before
    assert state(again, "overlays").left_out == 1


def test_a_line_on_a_lot_that_has_no_kind(town: Town) -> None:
    """A line has no area, so what is around it is taken out."""
    line = LineString([(EAST + 2, NORTH + 2), (EAST + 8, NORTH + 2)])
    columns = {"id": ["f", "x"], "kind": ["flood", " "]}
    brought(town.parcels(LOTS), "overlays", [line], columns, {"key": "id", "kind": "kind"}).run()
    assert known(town, "overlays") == "icc"


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        (Point(EAST + 5, NORTH + 5), "wrong_geometry_type"),
        (LineString([(EAST + 2, NORTH + 5), (EAST + 8, NORTH + 5)]), "wrong_geometry_type"),
        (LINE_OF_A_RING, "not_repairable"),
    ],
)
@pytest.mark.parametrize("layer", ["buildings", "zones"])
def test_a_shape_that_cannot_stand_still_has_a_place(
    town: Town, layer: str, shape: Geometry, code: str
) -> None:
    """The box around what was drawn, with half a metre around it."""
    columns = {"id": ["f", "x"], "code": ["R1", "R2"]}
    names = CODED if layer == "zones" else KEY
    report = brought(town.parcels(LOTS), layer, [shape], columns, names).run()
    assert next(one for one in report.sources if one.layer == layer).reasons == {code: 1}
    assert known(town, layer) == "icc"


def test_the_box_is_brought_into_the_citys_frame(town: Town) -> None:
    """A house given as a point in degrees."""
    from pyproj import Transformer

    turned = Transformer.from_crs("EPSG:32639", "EPSG:4326", always_xy=True)
    shapes = [shapely.transform(one, lambda p: np.column_stack(turned.transform(*p.T)))
              for one in (FAR, Point(EAST + 15, NORTH + 5))]  # fmt: skip
    file = write(town.folder / "b.gpkg", shapes, {"id": ["f", "x"]}, crs="EPSG:4326")
    town.parcels(LOTS).layer("buildings", file.name, columns=KEY, complete=BOTH).run()
    assert known(town, "buildings") == "cic"


def test_a_second_row_of_one_key(town: Town) -> None:
    """The first stands; what the second drew on B is not known."""
    brought(town.parcels(LOTS), "buildings", [square(1, 0, 0.5, 0.5)], {"id": ["f", "f"]}).run()
    assert known(town, "buildings") == "cic"


def test_the_same_row_twice_hides_nothing(town: Town) -> None:
    """Key, columns and shape are those of the accepted row, however its ring is written."""
    house = square(0, 0, 0.5, 0.5)
    turned = shapely.Polygon(list(house.exterior.coords)[2:-1] + list(house.exterior.coords)[:2])
    columns = {"id": ["f", "h", "h"], "storeys": [1, 2, 2]}
    names = {"key": "id", "storeys": "storeys"}
    report = brought(town.parcels(LOTS), "buildings", [house, turned], columns, names).run()
    assert state(report, "buildings").left_out == 0
    assert known(town, "buildings") == "ccc"


def test_the_same_place_under_two_codes_is_open(town: Town) -> None:
    """One key, one shape, two zones: which of them holds is not known."""
    columns = {"id": ["f", "z", "z"], "code": ["R1", "R1", "R2"]}
    brought(town.parcels(LOTS), "zones", [square(0, 0), square(0, 0)], columns, CODED).run()
    assert known(town, "zones") == "icc"


def test_a_house_without_a_shape_lies_on_the_parcel_that_it_names(town: Town) -> None:
    """Its footprint is not known, its lot is."""
    columns = {"id": ["f", "x"], "lot": [None, "B"]}
    brought(town.parcels(LOTS), "buildings", [None], columns, {"key": "id", "parcel_key": "lot"}).run()
    assert known(town, "buildings") == "cic"


@pytest.mark.parametrize("lot", [None, "nowhere"])
def test_a_row_without_any_place_may_be_missing_anywhere(town: Town, lot: str | None) -> None:
    """The layer is unknown everywhere; a warning names the row and what to do."""
    columns = {"id": ["f", "x"], "lot": ["Z", lot]}
    town = brought(town.parcels(LOTS), "buildings", [None], columns, {"key": "id", "parcel_key": "lot"})
    report = town.run()
    assert known(town, "buildings") == "uuu"
    (said,) = report.warnings
    assert (
        "1 rejected row has no place that is known (buildings_1.gpkg, row 2: The row has no geometry.)"
        in said
    )
    assert "import again" in said
    assert state(report, "buildings").unplaced == ("buildings_1.gpkg, row 2: The row has no geometry.",)
    assert not town.run().changed


@pytest.mark.parametrize("shape", [NO_NUMBER, NO_EASTING, shapely.transform(square(0, 0), lambda p: p * 20)])
def test_coordinates_that_cannot_be_believed_are_no_place(town: Town, shape: Geometry | bytes) -> None:
    """A corner that is no number, or a shape outside of its system: it may have been meant anywhere."""
    columns = {"id": ["f", "x"]}
    brought(town.parcels(LOTS), "overlays", [shape], columns, options={"kind": "flood"}).run()
    assert known(town, "overlays") == "uuu"


def test_a_ring_that_is_open_still_has_its_corners(town: Town) -> None:
    """Bytes that are no polygon, with coordinates that can be read."""
    whole = bytearray(shapely.to_wkb(square(0, 0, 0.5, 0.5), byte_order=1))
    whole[9:13] = (4).to_bytes(4, "little")
    columns = {"id": ["f", "x"]}
    brought(town.parcels(LOTS), "overlays", [bytes(whole[:-16])], columns, options={"kind": "flood"}).run()
    assert known(town, "overlays") == "icc"


def test_a_street_that_is_missing_is_missing_as_far_as_edges_look(town: Town) -> None:
    """A hundred metres around it: the lot at 95 m does not know, those at 110 and 115 m do."""
    far = {"N": square(9, 0), "E": square(30.5, 0)}
    axis = LineString([(EAST + 195, NORTH - 500), (EAST + 195, NORTH + 500)])
    sound = LineString([(EAST + 5000, NORTH), (EAST + 5000, NORTH + 50)])
    write(town.folder / "s.gpkg", [sound, axis], {"id": ["S", "S"]})
    around = [[EAST - 500, NORTH - 500], [EAST + 900, NORTH - 500], [EAST + 900, NORTH + 500]]
    around.append([EAST - 500, NORTH + 500])
    town.parcels({**far, "W": square(7, 0)}).layer("streets", "s.gpkg", columns=KEY, complete=around).run()
    assert [status(town, lot, "streets")[0] for lot in "NEW"] == ["i", "c", "c"]


def test_the_neighbours_of_a_missing_lot_look_into_the_open(town: Town) -> None:
    """B came twice, the second time larger; A has its edge in common with it, the far lot has not."""
    write(
        town.folder / "lots.gpkg",
        [square(0, 0), square(2, 0), square(1, 0), square(9, 0)],
        {"id": ["A", "B", "B", "Z"]},
    )
    town.layer("parcels", "lots.gpkg", columns=KEY, complete=BOTH).run()
    assert known(town, "parcels") == "iic"


def test_the_corrected_file_makes_the_place_known_again(town: Town) -> None:
    """Next month the row has its kind; or a partial file of that corner brings it."""
    names = {"key": "id", "kind": "kind"}
    shape = [square(0, 0, 0.5, 1)]
    first = brought(town.parcels(LOTS), "overlays", shape, {"id": ["f", "x"], "kind": ["flood", None]}, names)
    first.run()
    assert known(town, "overlays") == "icc"
    later = brought(town.again(), "overlays", shape, {"id": ["f", "x"], "kind": ["flood", "flood"]}, names)
    later.run()
    assert known(town, "overlays") == "ccc"


def test_a_layer_that_nobody_called_complete_is_not_told_of(town: Town) -> None:
    """There is nothing to take a place out of."""
    columns = {"id": ["f", "x"]}
    report = brought(town.parcels(LOTS), "buildings", [None], columns, complete="unknown").run()
    assert state(report, "buildings").complete == "unknown"
    assert report.warnings == []


def test_a_partial_file_takes_its_rejected_rows_out_of_what_stood(town: Town) -> None:
    """It declares nothing, and still leaves A open, where the whole layer was complete before."""
    brought(town.parcels(LOTS), "buildings", [], {"id": ["f"]}).run()
    assert known(town, "buildings") == "ccc"
    more = brought(town.again(), "buildings", [Point(EAST + 5, NORTH + 5)], {"id": ["f", "x"]},
                   mode="partial", complete="unknown")  # fmt: skip
    assert state(more.run(), "buildings").left_out == 1
    assert known(town, "buildings") == "icc"
    assert not more.run().changed
