"""The profile is read strictly: each refusal names the file, the key and what was expected."""

from pathlib import Path

import pytest

from api.cadastre.importing import ImportRefused
from api.cadastre.importing.profile import load_profile

GOOD = """
[city]
key = "town"
name.fa = "شهر"
name.en = "Town"
srid = 32639

[[layer]]
name = "parcels"
file = "lots.gpkg"
day = 2024-03-20
columns.key = "id"
"""


def loaded(folder: Path, body: str | bytes) -> ImportRefused:
    """The refusal of a profile with this text."""
    path = folder / "town.toml"
    path.write_bytes(body if isinstance(body, bytes) else body.encode())
    with pytest.raises(ImportRefused) as caught:
        load_profile(path)
    return caught.value


def test_a_good_profile_is_read(tmp_path: Path) -> None:
    """Defaults: metres, the whole layer, completeness unknown."""
    path = tmp_path / "town.toml"
    path.write_text(GOOD)
    layer = load_profile(path).profile.layer[0]
    assert (layer.unit, layer.mode, layer.complete, layer.duplicates) == (
        "metre",
        "full",
        "unknown",
        "reject",
    )


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        ('key = "town"', 'key = "My Town"', "city.key", "a short name of a-z, 0-9 and _"),
        ("srid = 32639", 'srid = "32639"', "city.srid", "a whole number such as 32639, not \"32639\""),
        ("srid = 32639", "srid = 32639\nowner = 1", "city.owner", "its members are: key, name, srid"),
        ('name.en = "Town"\n', "", "city.name.en", "needs the member en"),
        ('name = "parcels"', 'name = "lots"', "layer[0].name", '"parcels", "streets"'),
        ("day = 2024-03-20", 'day = "2024-03-20"', "layer[0].day", "a day without quotation marks"),
        ("day = 2024-03-20", "day = 1403", "layer[0].day", "a day without quotation marks"),
        ('columns.key = "id"', 'columns.name = "id"', "layer[0]", "columns.name is not a column here"),
        ('columns.key = "id"\n', "", "layer[0]", "columns.key is required"),
        ('columns.key = "id"', 'columns.key = "id"\nunit = "feet"', "layer[0].unit", '"metre", "foot" or'),
        ('columns.key = "id"', 'columns.key = "id"\nmode = "some"', "layer[0].mode", '"full" or "partial"'),
        ('columns.key = "id"', 'columns.key = "id"\ncomplete = "all"', "layer[0].complete", '"extent"'),
        ('columns.key = "id"', 'columns.key = "id"\ncomplete = [[1, 2], [3, 4]]', "layer[0]", "or more"),
        (
            'columns.key = "id"', 'columns.key = "id"\noptions.width_kind = "carriageway"', "layer[0]",
            "for the layer streets",
        ),
        ('columns.key = "id"', 'columns.key = "id"\nunits.key = "foot"', "layer[0]", "registered_area_m2"),
        ("[[layer]]", "[checks]\noverlap_m2 = 0\n[[layer]]", "checks.overlap_m2", "greater than 0"),
        ("[[layer]]", "[checks]\noverlap_m2 = nan\n[[layer]]", "checks.overlap_m2", "finite"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, where: str, said: str) -> None:
    """One wrong value, one refusal with its place and what was expected."""
    assert old in GOOD
    fault = loaded(tmp_path, GOOD.replace(old, new))
    assert fault.code == "profile_invalid"
    assert fault.where == f"town.toml: {where}"
    assert said in fault.detail


SLIPS = {
    "colums.key = 'id'": '"colums" is no member of [[layer]] number 2 (streets); did you mean "columns"?',
    'complete = "extnt"': (
        'complete of [[layer]] number 2 (streets) must be "extent", "unknown", "none", '
        '{file = "…", source_layer = "…"} or a polygon [[x, y], [x, y], [x, y]] in the city\'s frame, '
        'not "extnt"; did you mean "extent"?'
    ),
    'complete = {fiel = "x.gpkg"}': (
        '"fiel" is no member of complete of [[layer]] number 2 (streets); did you mean "file"?'
    ),
    'complete = [["a", 1], [1, 2], [2, 2]]': (
        'complete[0][0] of [[layer]] number 2 (streets) must be a number, not "a"'
    ),
    "complete = [[1], [1, 2], [2, 2]]": (
        "complete[0] of [[layer]] number 2 (streets) must be a corner [x, y] in the city's frame, not a list"
    ),
    'unit = "meter"': (
        'unit of [[layer]] number 2 (streets) must be "metre", "foot" or "us-survey-foot", not "meter"; '
        'did you mean "metre"?'
    ),
    "options.width_knd = 'carriageway'": (
        '"width_knd" is no member of options of [[layer]] number 2 (streets); did you mean "width_kind"?'
    ),
    "nulls.key = 0": (
        "nulls.key of [[layer]] number 2 (streets) must be a list of the source values that mean "
        '"not known", not 0'
    ),
    "keep = [1]": "keep[0] of [[layer]] number 2 (streets) must be text in quotation marks, not 1",
    '"two\\nlines" = 1': (
        '"two\\nlines" is no member of [[layer]] number 2 (streets); its members are: name, none, file, '
        "source_layer, crs, encoding, unit, units, day, mode, complete, columns, nulls, keep, duplicates, "
        "options"
    ),
}


@pytest.mark.parametrize(("slip", "said"), SLIPS.items())
def test_a_slip_is_one_line_with_table_member_and_choice(tmp_path: Path, slip: str, said: str) -> None:
    """Which of the tables, which member, what it may be and what was probably meant."""
    second = '[[layer]]\nname = "streets"\nfile = "s.gpkg"\nday = 2024-03-20\n'
    given = "" if slip.startswith("colums") else "columns.key = 'id'\n"
    assert loaded(tmp_path, f"{GOOD}\n{second}{slip}\n{given}").detail == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'name = "parcels"', 'nmae = "parcels"',
            '"nmae" is no member of [[layer]] number 1 (lots.gpkg); did you mean "name"?',
        ),
        (
            'name = "parcels"\n', "",
            '[[layer]] number 1 (lots.gpkg) needs the member name: the name of a layer, such as "parcels"',
        ),
        ("[[layer]]", "[[layers]]", '"layers" is no member of the profile; did you mean "layer"?'),
        (
            "[[layer]]", "[layer]",
            "layer of the profile must be one table or more under [[layer]], in double brackets, not a table",
        ),
        (
            "[[layer]]", "[checks]\ngap_width = 1\n[[layer]]",
            '"gap_width" is no member of [checks]; did you mean "gap_width_m"?',
        ),
        (
            'columns.key = "id"', 'columns.key = ""',
            ('columns.key of [[layer]] number 1 (parcels) must be the name of a source column, '
            'a template ("{A}-{B}") or a list of these, not ""'),
        ),
    ],
)  # fmt: skip
def test_a_misspelt_or_missing_member_is_one_fault(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A required member under a wrong name is not told twice."""
    assert loaded(tmp_path, GOOD.replace(old, new, 1)).detail == said


def test_a_column_of_ours_that_is_misspelt_is_guessed(tmp_path: Path) -> None:
    """After the columns that the layer has."""
    fault = loaded(tmp_path, GOOD.replace("columns.key", "columns.ky"))
    assert fault.detail.startswith("[[layer]] number 1 (parcels): columns.ky is not a column here; ")
    assert fault.detail.endswith("; did you mean columns.key?")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """A second fault does not wait for the first to be mended."""
    fault = loaded(tmp_path, GOOD.replace("32639", '"x"').replace("2024-03-20", "3"))
    assert "layer[0].day" in fault.detail


def test_no_layer_is_no_profile(tmp_path: Path) -> None:
    """A city without any source has nothing to import."""
    assert "layer" in loaded(tmp_path, GOOD.split("[[layer]]", maxsplit=1)[0]).where


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("[city\n", "profile_not_toml"),
        (b"\xff\xfe[city]", "profile_not_utf8"),
    ],
)
def test_a_file_that_is_no_toml(tmp_path: Path, body: str | bytes, code: str) -> None:
    """Broken syntax and another encoding are told apart."""
    assert loaded(tmp_path, body).code == code


def test_a_profile_that_is_not_there(tmp_path: Path) -> None:
    """The message names the path."""
    with pytest.raises(ImportRefused) as caught:
        load_profile(tmp_path / "none.toml")
    assert caught.value.code == "profile_unreadable"
    assert "none.toml" in caught.value.where
