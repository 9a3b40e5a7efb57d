"""Files that are no drawings, or are made to exhaust whoever reads them, are refused before they are parsed.

Each of them is refused within the time and the memory that are asked here, in a process of its own whose
address space is limited: what would need more dies and fails the test.
"""

import gzip
import io
import subprocess
import sys
import zipfile

import pytest

from gis.drawing.guard import MAX_DEPTH, MAX_ENTITIES, survey
from gis.drawing.laying import MAX_FLOORS, MAX_OUTLINES, lay
from gis.drawing.plan import MAX_SHAPES
from gis.drawing.reading import read_sheet
from gis.errors import DrawingError
from tests.unit.gis.drawing.draughtsman import box, content, draw, paper, plan

HEAD, TAIL = b"0\nSECTION\n2\nENTITIES\n", b"0\nENDSEC\n0\nEOF\n"
_BOUNDED = """
import resource, sys
limit = 512 * 1024 * 1024
from gis.drawing.reading import read_sheet
from gis.errors import DrawingError
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
content = sys.stdin.buffer.read()
resource.setrlimit(resource.RLIMIT_AS, (used + len(content) + limit,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (int(resource.getrusage(resource.RUSAGE_SELF).ru_utime) + 20,) * 2)
try:
    read_sheet(content)
except DrawingError as fault:
    print(fault.code)
"""


def refused(dxf: bytes) -> DrawingError:
    with pytest.raises(DrawingError) as fault:
        read_sheet(dxf)
    return fault.value


def refused_in_bounds(dxf: bytes) -> str:
    """The code with which a process of 20 s and 512 MB beside the file refuses it."""
    done = subprocess.run(
        [sys.executable, "-c", _BOUNDED], input=dxf, capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-500:]
    return done.stdout.decode().strip()


def blocks(inserts: dict[str, list[str]], model: list[str]) -> bytes:
    """A drawing whose blocks insert each other as said, and whose model inserts `model`."""
    drawing = paper()
    for name in inserts:
        drawing.blocks.new(name)
    for name, inner in inserts.items():
        for other in inner:
            drawing.blocks.get(name).add_blockref(other, (0, 0))  # type: ignore[union-attr]
    for name in model:
        drawing.modelspace().add_blockref(name, (0, 0))
    return content(drawing)


def test_a_million_entities_are_refused_in_bounds() -> None:
    """A file of a million points, below the limit of size, is refused by its lines."""
    assert refused_in_bounds(HEAD + b"0\nPOINT\n" * 1_000_000 + TAIL) == "drawing.too_many_lines"


def test_a_file_of_200_mb_is_refused_in_bounds() -> None:
    """One line of 200 MB is refused by the size of its file."""
    assert refused_in_bounds(b"0\nSECTION\n1\n" + b"A" * 200_000_000) == "drawing.too_large"


def test_a_line_longer_than_any_text_is_refused_in_bounds() -> None:
    """Ten megabytes on one line are within the limit of the file and not of a line."""
    assert refused_in_bounds(HEAD + b"1\n" + b"A" * 10_000_000 + b"\n" + TAIL) == "drawing.line_too_long"


def test_more_entities_than_a_drawing_has_are_refused_in_bounds() -> None:
    """Half as many points, whose lines would be allowed, are refused at the first entity too many."""
    assert refused_in_bounds(HEAD + b"0\nPOINT\n" * 499_000 + TAIL) == "drawing.too_many_entities"


def test_the_most_that_is_allowed_is_read_in_bounds() -> None:
    """As many lines as are allowed, all of one polyline, end in a refusal and not in a crash."""
    corners = b"10\n0.1\n20\n0.2\n" * 249_000
    polyline = b"0\nLWPOLYLINE\n100\nAcDbEntity\n8\nPLOT_BOUNDARY\n100\nAcDbPolyline\n90\n249000\n70\n1\n"
    assert refused_in_bounds(HEAD + polyline + corners + TAIL) == "drawing.too_many_corners"


def test_lines_without_end_are_refused_in_bounds() -> None:
    """A file of 16 million empty lines is refused by their number."""
    assert refused_in_bounds(HEAD + b"\n" * 16_000_000 + TAIL) == "drawing.too_many_lines"


def test_blocks_that_unfold_without_end_are_refused_in_bounds() -> None:
    """Ten blocks that insert the next one ten times each would unfold to ten thousand million entities."""
    tower = {f"B{n}": [f"B{n + 1}"] * 10 for n in range(10)} | {"B10": []}
    assert refused_in_bounds(blocks(tower, ["B0"])) == "drawing.blocks_unfold"


def test_one_insert_in_a_million_rows_and_columns_is_refused() -> None:
    """A block with one line, inserted in 1,000 × 1,000 places by one entity, is a million lines."""
    drawing = paper()
    drawing.blocks.new("B").add_line((0, 0), (1, 1))
    grid = {"row_count": 1000, "column_count": 1000}
    drawing.modelspace().add_blockref("B", (0, 0), dxfattribs=grid)
    assert refused(content(drawing)).code == "drawing.blocks_unfold"


def test_blocks_that_insert_each_other_are_refused() -> None:
    """A in B and B in A have no end; a block in itself neither."""
    assert refused(blocks({"A": ["B"], "B": ["A"]}, ["A"])).code == "drawing.block_in_itself"
    assert refused(blocks({"A": ["A"]}, ["A"])).code == "drawing.block_in_itself"


def test_blocks_deeper_than_any_drawing_are_refused() -> None:
    """Blocks within blocks up to the limit are read, one more is not."""
    for depth, code in ((MAX_DEPTH, None), (MAX_DEPTH + 1, "drawing.blocks_too_deep")):
        tower = {f"B{n}": [f"B{n + 1}"] for n in range(depth - 1)} | {f"B{depth - 1}": []}
        dxf = blocks(tower, ["B0"])
        assert (refused(dxf).code if code else read_sheet(dxf).outlines) == (code or ())


def test_a_block_of_another_file_is_refused_where_it_is_inserted() -> None:
    """What an external reference draws is not in the file; one that is never inserted harms nobody."""
    drawing = paper()
    drawing.add_xref_def("/etc/passwd", "OTHER")
    assert read_sheet(content(drawing)).outlines == ()
    drawing.modelspace().add_blockref("OTHER", (0, 0))
    assert refused(content(drawing)).code == "drawing.external_reference"


def archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("plan.dxf", b"\n" * 20_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (archive(), "drawing.not_dxf"),
        (gzip.compress(b"\n" * 20_000_000), "drawing.not_dxf"),
        (b"%PDF-1.7\n", "drawing.not_dxf"),
        (b"AC1032\0\0\0\0", "drawing.not_dxf"),
        (b"AutoCAD Binary DXF\r\n\x1a\x00", "drawing.not_dxf"),
        (HEAD + b"1\n\0\0\0\n" + TAIL, "drawing.not_dxf"),
        (b"<html>", "drawing.not_dxf"),
        (b"", "drawing.empty"),
        (b" \r\n\r\n", "drawing.empty"),
        (HEAD + b"0\nLINE\n", "drawing.cut_off"),
        (HEAD + b"0\nLINE\nENDTAB\n0\n" + TAIL, "drawing.corrupt"),
        (HEAD + b"99999\nx\n" + TAIL, "drawing.corrupt"),
        (draw({"PLOT_BOUNDARY": box(0, 0, 10, 2571)}).replace(b"2571.0", b"1e400"), "drawing.not_finite"),
        (draw({"PLOT_BOUNDARY": box(0, 0, 10, 2571)}).replace(b"2571.0", b"nan"), "drawing.not_finite"),
        (HEAD + b"0\nLWPOLYLINE\n8\nP\n10\none\n20\n2\n" + TAIL, "drawing.corrupt"),
    ],
)
def test_what_is_no_drawing_is_refused_by_its_content(sent: bytes, code: str) -> None:
    """Its name does not count: archives, other kinds of files, cut off and broken ones are told."""
    assert refused(sent).code == code


def test_a_broken_file_is_refused_at_its_line() -> None:
    """Whoever must repair it is told the line."""
    fault = refused(HEAD + b"0\nLINE\nENDTAB\n0\n" + TAIL)
    assert (fault.where, fault.values["line"]) == ("line 7", 7)


def test_the_limit_itself_is_allowed() -> None:
    """As many entities as are allowed are surveyed, one more is refused."""
    assert survey(HEAD + b"0\nPOINT\n" * MAX_ENTITIES + TAIL).entities == MAX_ENTITIES
    with pytest.raises(DrawingError, match="more than"):
        survey(HEAD + b"0\nPOINT\n" * (MAX_ENTITIES + 1) + TAIL)


def test_any_cut_of_a_drawing_is_refused_and_never_a_defect() -> None:
    """A drawing cut off anywhere is refused as a drawing that cannot be read."""
    dxf = draw({"PLOT_BOUNDARY": box(0, 0, 10, 25)}, {"PLAN_INFO": "PLOT_AREA_M2=250"})
    for part in range(1, 60):
        assert refused(dxf[: len(dxf) * part // 60]).code.startswith("drawing.")


def test_more_outlines_or_floors_than_a_building_has_are_refused() -> None:
    """What is parsed within bounds is measured within bounds: outlines, floors and their pairs are few."""
    crowd = plan(draw({"PARKING_SLOT": [box(9 * n, 0, 9 * n + 5, 3) for n in range(MAX_SHAPES)]}))
    assert len(crowd.shapes) == MAX_SHAPES
    with pytest.raises(DrawingError, match="more than 500"):
        plan(draw({"PARKING_SLOT": [box(9 * n, 0, 9 * n + 5, 3) for n in range(MAX_SHAPES + 1)]}))
    feet = {"BLK_1_LVL_0_BLDG_FOOT_PRINT": [box(n, 0, n + 8, 9) for n in range(MAX_OUTLINES + 1)]}
    with pytest.raises(DrawingError, match="outlines"):
        lay(plan(draw({**feet, "BLK_1_FLR_0_BLT_UP_AREA": box(100, 0, 108, 9)})))
    floors = {f"BLK_1_FLR_{n}_BLT_UP_AREA": box(100, 0, 108, 9) for n in range(MAX_FLOORS + 1)}
    with pytest.raises(DrawingError, match="floors"):
        lay(plan(draw({**floors, "BLK_1_LVL_0_BLDG_FOOT_PRINT": box(0, 0, 8, 9)})))
