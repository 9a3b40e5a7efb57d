"""Edges of real lots: three cadastres that tell their streets in three ways.

Rennes: streets are the free space between parcels, axes carry a carriageway width. Kriegstetten: every
street is a parcel of its own, axes have no width. Cambridge: all streets together are two giant parcels, and
coordinates are quantised to about 0.78 m. Lots are named by their numbers in the source and were checked on a
drawing.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from gis.alignment import Street, WidthKind
from gis.lot import Lot
from gis.street_land import street_land

GEODATA = Path(os.environ.get("PARVANEH_GEODATA") or Path(__file__).parents[3] / "shared" / "geodata")
REACH = 100.0  # metres around a lot that Lot.build asks for

pytestmark = pytest.mark.realdata


def layer(file: str, name: str) -> tuple[np.ndarray, Mapping[str, np.ndarray]]:
    """Flat geometries and columns of a source layer; the test is skipped by the file's name where absent."""
    path = GEODATA / file
    if not path.exists():
        pytest.skip(f"{file} is not beside the project (PARVANEH_GEODATA)")
    meta, _, wkb, columns = pyogrio.raw.read(path, layer=name)
    return shapely.force_2d(shapely.from_wkb(wkb)), dict(zip(meta["fields"], columns, strict=True))


@dataclass
class Scene:
    """Parcels with their numbers, streets, and lots built as asked for."""

    parcels: np.ndarray
    numbers: list[str]
    streets: list[Street]
    tolerance: float = 0.05

    def __post_init__(self) -> None:
        self.parcel_tree = shapely.STRtree(self.parcels)
        self.street_tree = shapely.STRtree([street.axis for street in self.streets])

    def lot(self, index: int) -> Lot | None:
        """The lot of a parcel from everything within REACH; None where the parcel is itself street."""
        parcel = self.parcels[index]
        around = self.parcel_tree.query(parcel, predicate="dwithin", distance=REACH)
        others = [self.parcels[i] for i in around if i != index]
        streets = [
            self.streets[i] for i in self.street_tree.query(parcel, predicate="dwithin", distance=REACH)
        ]
        window = shapely.box(*shapely.buffer(shapely.box(*parcel.bounds), REACH).bounds)
        own, *other = street_land([parcel, *others], [street.axis for street in streets], window)
        if own:
            return None
        return Lot.build(
            self.numbers[index],
            parcel,
            streets=streets,
            neighbours=others,
            street_land=[parcel for parcel, found in zip(others, other, strict=True) if found],
            tolerance=self.tolerance,
        )

    def named(self, number: str) -> Lot:
        """The lot with this number in the source."""
        lot = self.lot(self.numbers.index(number))
        assert lot is not None
        return lot


def streets_of(
    axes: np.ndarray, keys: np.ndarray, names: np.ndarray, widths: np.ndarray | None, kind: WidthKind | None
) -> list[Street]:
    return [
        Street(
            str(keys[i]), names[i] or "", axis, None, None if widths is None else float(widths[i]), None, kind
        )
        for i, axis in enumerate(axes)
    ]


def fronted(lot: Lot) -> bool:
    return any(edge.kind == "street" for edge in lot.edges)


@pytest.fixture(scope="module")
def rennes() -> Scene:
    parcels, column = layer("fr_simplu_demo02_rennes.gpkg", "parcels")
    axes, road = layer("fr_simplu_demo02_rennes.gpkg", "roads")
    numbers = [
        f"{section}{number}" for section, number in zip(column["SECTION"], column["NUMERO"], strict=True)
    ]
    streets = streets_of(axes, road["ID"], road["NOM_VOIE_G"], road["LARGEUR"], "carriageway")
    return Scene(parcels, numbers, streets)


@pytest.fixture(scope="module")
def kriegstetten() -> Scene:
    parcels, column = layer("kriegstetten_ch.gpkg", "parcels")
    axes, road = layer("kriegstetten_ch.gpkg", "street_axes")
    return Scene(parcels, list(column["number"]), streets_of(axes, road["tid"], road["street"], None, None))


@pytest.fixture(scope="module")
def cambridge() -> Scene:
    parcels, column = layer("cambridge_kendall_ci.gpkg", "parcels")
    axes, road = layer("cambridge_kendall_ci.gpkg", "street_centerlines")
    whole = np.array([_land(parcel) for parcel in parcels], dtype=object)
    streets = streets_of(axes, road["ID"], road["Street"], None, None)
    return Scene(whole, [str(number) for number in column["ML"]], streets, tolerance=1.2)


def _land(parcel: BaseGeometry) -> BaseGeometry:
    """The parcel with its broken rings repaired and without the lines that the repair leaves."""
    if parcel.is_valid:
        return parcel
    parts = shapely.get_parts(shapely.make_valid(parcel))
    return shapely.union_all(parts[shapely.get_dimensions(parts) == 2])


# ------------------------------------------------------------------ Rennes: gaps between parcels


def test_rennes_finds_the_streets_that_a_plain_distance_misses(rennes: Scene) -> None:
    """Half the carriageway and a metre reach 22 of 626 lots; the gap with the axis in it finds at least 250.

    The others lie along streets whose axes are not in the file (the scene has 39 of them): they stay unknown.
    """
    plain = sum(
        any(parcel.distance(street.axis) <= (street.existing_width or 0) / 2 + 1 for street in rennes.streets)
        for parcel in rennes.parcels
    )
    lots = [lot for i in range(len(rennes.parcels)) if (lot := rennes.lot(i))]
    found = [lot for lot in lots if fronted(lot)]
    assert plain == 22
    assert len(lots) == 626
    assert len(found) >= 250
    assert not any(lot.widening.known for lot in found)  # a carriageway's width proves no right of way
    for lot in found:
        assert all(edge.street is not None for edge in lot.edges if edge.kind == "street")
    # nothing is invented: a lot farther than 40 m from every axis has no front
    for lot in found:
        assert min(lot.before.distance(street.axis) for street in rennes.streets) <= 40


def test_rennes_named_lots(rennes: Scene) -> None:
    """Hand-checked: a lot in its row, a cut corner, a through lot, and a tower within another parcel."""
    row = rennes.named("BW0567")  # between two rows on Rue Marcel Sembat, which lies to its north
    assert [edge.kind for edge in row.edges] == ["street", "side", "rear", "side"]
    assert row.main_street is not None
    assert row.main_street.name == "R MARCEL SEMBAT"
    assert (row.frontage, row.edges[0].measured_width) == (
        pytest.approx(12.23, abs=0.02),
        pytest.approx(11.5, abs=0.1),
    )
    assert row.orientation == "southern"

    corner = rennes.named("BW0566")  # cut corner of Rue du Champ de l'Orme and Rue Marcel Sembat
    assert corner.corner
    assert not corner.through
    assert {edge.street.name for edge in corner.edges if edge.street} == {
        "R DU CHAMP DE L ORME",
        "R MARCEL SEMBAT",
    }

    through = rennes.named("BW0368")  # from Rue Bigot de Préameneu to Rue du Chemin Vert
    assert [edge.kind for edge in through.edges] == ["street", "side", "street", "side"]
    assert through.through
    assert through.depth == pytest.approx(24.3, abs=0.1)

    inside = rennes.named("BW0557")  # a tower's footprint with a parcel of its own within BW0559
    assert not fronted(inside)
    assert {edge.kind for edge in inside.edges} == {"unknown"}


# ------------------------------------------------------------------ Kriegstetten: streets are parcels


def test_kriegstetten_fronts_agree_with_the_surveyed_land_cover(kriegstetten: Scene) -> None:
    """The survey's own road cover is the judge: lots with 2 m of public road outside have a front, and back.

    Public street parcels are those numbered 90xxx. Four lots stay without a front: their road parcel has no
    axis through it. Every front found lies on road cover, public or private, but for a handful.
    """
    cover, column = layer("kriegstetten_ch.gpkg", "land_cover")
    roads = shapely.union_all(
        shapely.make_valid(cover[np.isin(column["art"], ["Strasse_Weg", "Trottoir", "Verkehrsinsel"])])
    )
    public_land = shapely.union_all(
        kriegstetten.parcels[
            [len(number) == 5 and number.startswith("90") for number in kriegstetten.numbers]
        ]
    )
    public = shapely.intersection(roads, public_land)
    found_beside_public = beside_public = found = found_beside_road = 0
    for i, parcel in enumerate(kriegstetten.parcels):
        lot = kriegstetten.lot(i)
        if lot is None:
            continue
        outside = parcel.buffer(0.3).difference(parcel)
        beside = outside.intersection(public).area / 0.3 >= 2.0
        beside_public += beside
        found_beside_public += beside and fronted(lot)
        found += fronted(lot)
        found_beside_road += fronted(lot) and outside.intersection(roads).area / 0.3 >= 1.0
    assert beside_public >= 400
    assert found_beside_public >= 0.99 * beside_public
    assert found >= 425
    assert found_beside_road >= 0.97 * found


def test_kriegstetten_named_lots(kriegstetten: Scene) -> None:
    """Hand-checked: two lots behind others, a corner, a lot in its row, and one at the head of a dead end."""
    for number in ("387", "371"):  # reached over their neighbours' land
        assert {edge.kind for edge in kriegstetten.named(number).edges} == {"unknown"}
    corner = kriegstetten.named("530")  # Büntackerstrasse and Unterholzstrasse meet in a rounded corner
    assert corner.corner
    assert [edge.kind for edge in corner.edges] == ["street", "street", "rear", "side"]
    assert corner.edges[0].measured_width == pytest.approx(5.5, abs=0.1)
    row = kriegstetten.named("322")
    assert (row.frontage, row.orientation) == (pytest.approx(19.0, abs=0.05), "western")
    head = kriegstetten.named("372")  # the turning head of Büntackerstrasse, past the end of its axis
    assert head.frontage == pytest.approx(11.0, abs=0.1)
    assert head.main_street is not None
    assert head.main_street.name == "Büntackerstrasse"
    assert head.edges[0].measured_width is None


# ------------------------------------------------------------------ Cambridge: quantised parcels


def test_cambridge_lots_find_their_street(cambridge: Scene) -> None:
    """Of the 468 lots wholly in a window of East Cambridge 444 have a front, and no boundary is left dark.

    The 24 others lie behind: 17 on Lilac Court, a private way over the lots' own land, and houses at the rear
    (114½ and 120R Berkshire Street, 377A Cardinal Medeiros Avenue) or strips without a street.
    """
    window = shapely.box(233400, 901700, 234100, 902400)
    inside = [i for i, parcel in enumerate(cambridge.parcels) if window.contains(parcel)]
    lots = [lot for i in inside if (lot := cambridge.lot(i))]
    assert len(inside) == len(lots) == 468
    assert sum(fronted(lot) for lot in lots) >= 440
    behind = {lot.key for lot in lots if not fronted(lot)}
    assert {"37-125", "37-124", "37-120", "40-236", "40-205"} <= behind
    assert not any(edge.evidence == "none" for lot in lots for edge in lot.edges)


def test_cambridge_named_lots(cambridge: Scene) -> None:
    """Hand-checked: a lot in its row on Michael Way, a through lot from Vandine Street to York Place."""
    row = cambridge.named("39-143")
    assert [edge.kind for edge in row.edges] == ["street", "side", "rear", "side"]
    assert row.main_street is not None
    assert row.main_street.name == "Michael Way"
    assert row.orientation == "northern"
    assert row.edges[0].measured_width == pytest.approx(10.3, abs=0.8)
    through = cambridge.named("40-117")
    assert (through.through, through.corner) == (True, False)
    assert {edge.street.name for edge in through.edges if edge.street} == {"Vandine St", "York Pl"}
