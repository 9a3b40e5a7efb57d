"""When the bootstrap does what: decided on real folders."""

import os
from pathlib import Path

import pytest

from bootstrap import machine, postgres, tools
from bootstrap.terminal import Stop
from bootstrap.web import fingerprint, is_up_to_date


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """Sources of a web with what npm and vite leave beside them."""
    for name in ("src/main.ts", "index.html", "node_modules/vue/index.js", "dist/index.html"):
        path = tmp_path / "web" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "words").mkdir()
    return tmp_path / "web"


def test_the_web_is_built_again_only_when_a_source_changed(web: Path) -> None:
    """Without a stamp, or after a change of a source or a word, it is out of date."""
    words = web.parent / "words"
    assert not is_up_to_date(web, words)
    (web / "dist" / ".built-from").write_text(fingerprint(web, words))
    assert is_up_to_date(web, words)
    (web / "node_modules" / "vue" / "index.js").write_text("newer")
    assert is_up_to_date(web, words)
    (words / "fa.json").write_text("{}")
    assert not is_up_to_date(web, words)


@pytest.mark.parametrize("change", ["content", "name", "new", "gone"])
def test_the_fingerprint_sees_every_change_of_a_source(web: Path, change: str) -> None:
    """Another content, another name, a new file and a missing one each give another fingerprint."""
    before = fingerprint(web)
    source = web / "src" / "main.ts"
    match change:
        case "content":
            source.write_text("other")
        case "name":
            source.rename(source.with_name("start.ts"))
        case "new":
            source.with_name("more.ts").write_text("")
        case "gone":
            source.unlink()
    assert fingerprint(web) != before


def test_a_web_without_its_page_is_not_built(web: Path) -> None:
    """A stamp alone, without the page, does not count."""
    (web / "dist" / ".built-from").write_text(fingerprint(web, web.parent / "words"))
    (web / "dist" / "index.html").unlink()
    assert not is_up_to_date(web, web.parent / "words")


def test_a_server_counts_only_with_all_its_programs_and_extensions(tmp_path: Path) -> None:
    """A folder with another tool's `postgres` alone, an empty one and a missing one are no server."""
    lonely = tmp_path / "bin"
    lonely.mkdir()
    (lonely / "postgres").symlink_to("/bin/true")
    assert postgres.find(places=[lonely, tmp_path, tmp_path / "missing"]) is None
    here = postgres.find()
    assert here
    assert postgres.find(places=[lonely, here.folder]) == here
    assert postgres.find(major=here.major + 50) is None


def test_without_root_the_line_to_run_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Who may not install packages is told what an administrator must run, and the other way out."""
    apt = tmp_path / "apt-get"
    apt.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Stop) as stop:
        machine.install(postgres.PACKAGES, "PostgreSQL with PostGIS", "; or set DATABASE_URL")
    assert str(stop.value) == (
        "missing: PostgreSQL with PostGIS. Once, as root: "
        "apt-get install --no-install-recommends postgresql-15 postgresql-15-postgis-3; or set DATABASE_URL"
    )


def test_without_apt_the_system_s_own_means_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """On another system nothing is tried."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Stop, match=r"^missing: Python's module venv; there is no apt here, install it by"):
        machine.install(["python3-venv"], "Python's module venv")


def test_a_disk_that_is_nearly_full_is_told_before_the_start(tmp_path: Path) -> None:
    """The message says where, how much is free and how much is needed; a missing folder is its parent."""
    free = machine.free_megabytes(tmp_path)
    machine.require_space(tmp_path / "not" / "there", min(1, free), "the project")
    with pytest.raises(
        Stop, match=rf"the disk of {tmp_path} is nearly full: \d+ MB free, the project needs \d+ MB"
    ):
        machine.require_space(tmp_path, free + 10_000, "the project")


def test_other_tools_settings_do_not_lead_ours_astray(monkeypatch: pytest.MonkeyPatch) -> None:
    """An active environment of another project is left out; what a network needs (proxies, mirrors) stays."""
    monkeypatch.setenv("VIRTUAL_ENV", "/elsewhere")
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy:3128")
    env = tools.clean_environment()
    assert not {"VIRTUAL_ENV", "PYTHONPATH"} & set(env)
    assert env["HTTPS_PROXY"] == "http://proxy:3128"
    assert env["UV_PYTHON_DOWNLOADS"] == "never"
