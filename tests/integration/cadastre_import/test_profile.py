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
        ('key = "town"', 'key = "My Town"', "city.key", "pattern"),
        ("srid = 32639", 'srid = "32639"', "city.srid", "integer"),
        ("srid = 32639", "srid = 32639\nowner = 1", "city.owner", "not permitted"),
        ('name.en = "Town"\n', "", "city.name.en", "required"),
        ('name = "parcels"', 'name = "lots"', "layer[0].name", "'parcels'"),
        ("day = 2024-03-20", 'day = "2024-03-20"', "layer[0].day", "date"),
        ("day = 2024-03-20", "day = 1403", "layer[0].day", "date"),
        ('columns.key = "id"', 'columns.name = "id"', "layer[0]", "columns.name is not a column here"),
        ('columns.key = "id"\n', "", "layer[0]", "columns.key is required"),
        ('columns.key = "id"', 'columns.key = "id"\nunit = "feet"', "layer[0].unit", "'foot'"),
        ('columns.key = "id"', 'columns.key = "id"\nmode = "some"', "layer[0].mode", "'partial'"),
        ('columns.key = "id"', 'columns.key = "id"\ncomplete = "all"', "layer[0].complete", "'extent'"),
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
