"""The metric frame: what may carry a city, and what may not."""

import numpy as np
import pytest
import shapely

from gis.errors import FrameError
from gis.frame import Frame


@pytest.mark.parametrize(
    ("srid", "code"),
    [
        (4326, "frame.geographic"),  # degrees
        (4978, "frame.geographic"),  # geocentric metres
        (2249, "frame.unit"),  # US survey feet
        (2163, "frame.datum"),  # "Not specified (based on Clarke 1866 …)"
        (3857, "frame.not_metric"),  # 22 % too long at Tehran
        (5703, "frame.not_projected"),  # heights
        (7405, "frame.not_projected"),  # grid and heights
        (999999, "frame.unknown"),
        (0, "frame.unknown"),
        (-1, "frame.unknown"),
    ],
)
def test_refuses_what_cannot_be_measured_in(srid: int, code: str) -> None:
    """A frame is refused by its own code, with the place and the number that was given."""
    with pytest.raises(FrameError) as refusal:
        Frame.of(srid)
    assert refusal.value.code == code
    assert refusal.value.where == "srid"
    assert refusal.value.values["srid"] == srid
    assert str(srid) in refusal.value.detail


@pytest.mark.parametrize("srid", [32638, 32639, 32640, 32641, 2058, 26986, 2154, 2056])
def test_accepts_the_projected_metre_frames_of_real_cities(srid: int) -> None:
    """UTM 38N–41N of Iran, its ED50 zone and the frames of the four real scenes are frames."""
    assert Frame.of(srid).srid == srid


def test_longitude_comes_first() -> None:
    """The point 500000, 0 of UTM 39N is where the meridian 51° E meets the equator."""
    point = Frame.of(32639).to_wgs84(shapely.Point(500000, 0))
    assert (point.x, point.y) == pytest.approx((51.0, 0.0), abs=1e-9)


def test_there_and_back_is_the_same_place() -> None:
    """A lot that goes to degrees or tile coordinates and back moves less than a hundredth of a millimetre."""
    frame = Frame.of(32639)
    lot = shapely.box(560000, 3800000, 560010, 3800025)
    for back in (frame.from_wgs84(frame.to_wgs84(lot)), frame.from_web_mercator(frame.to_web_mercator(lot))):
        assert shapely.hausdorff_distance(lot, back) < 1e-5


def test_arrays_are_transformed_as_a_whole() -> None:
    """An array of shapes gives an array of the same length, empty shapes and missing ones kept."""
    shapes = np.array(
        [shapely.Point(500000, 0), shapely.Point(), None, shapely.box(5e5, 0, 6e5, 9)], dtype=object
    )
    moved = Frame.of(32639).to_wgs84(shapes)
    assert moved[0].equals_exact(shapely.Point(51, 0), 1e-9)
    assert moved[1].is_empty
    assert moved[2] is None
    assert moved[3].geom_type == "Polygon"


def test_heights_are_left_behind() -> None:
    """A three-dimensional shape comes back flat: the law measures in the plane."""
    assert not Frame.of(32639).to_wgs84(shapely.Point(500000, 0, 1200)).has_z


@pytest.mark.parametrize(
    "point", [(1e308, 0.0), (0.0, 1e308), (np.nan, 35.0), (np.inf, 35.0), (51.0, np.nan)]
)
def test_refuses_coordinates_it_cannot_carry(point: tuple[float, float]) -> None:
    """Infinite and absurd coordinates are refused with the point named, never turned into geometry."""
    with np.errstate(all="ignore"), pytest.raises(FrameError) as refusal:
        Frame.of(32639).from_wgs84(shapely.LineString([(51, 35), point]))
    assert refusal.value.code == "frame.out_of_range"
    assert refusal.value.values["count"] == 1


def test_grid_north_leans_east_of_the_central_meridian() -> None:
    """Convergence is (λ − λ0)·sin φ: 0.652° × 0.564 = 0.368° at 34.34° N, west of the meridian negative."""
    frame = Frame.of(32639)
    east, north = 560000.0, 3800000.0
    point = frame.to_wgs84(shapely.Point(east, north))
    expected = (point.x - 51.0) * np.sin(np.radians(point.y))
    assert frame.convergence(east, north) == pytest.approx(expected, abs=1e-3)
    assert frame.convergence(440000.0, north) == pytest.approx(-expected, abs=1e-3)


def test_the_wrong_datum_moves_a_plan_by_two_hundred_metres() -> None:
    """The same numbers in ED50(ED77) and in WGS 84 lie 100–300 m apart (domain 4.7): never mix frames."""
    numbers = shapely.Point(560000, 3800000)
    ed50 = Frame.of(32639).from_wgs84(Frame.of(2059).to_wgs84(numbers))
    assert 100 < ed50.distance(numbers) < 300
