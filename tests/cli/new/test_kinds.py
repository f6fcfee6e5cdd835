"""What a publisher's pages are is said, never guessed; a register gets a module of its own; ours
stay as they are installed.
"""

import subprocess
import sys
from pathlib import Path

import papers
import pytest
from command import run

from monitor.cli.new import begin
from monitor.cli.pages import Kind
from monitor.config import Config
from monitor.errors import ConfigError
from monitor.source.page import Body, Page, Register

ROOT = Path(__file__).parents[3]
SETTINGS = str(ROOT / "pyproject.toml")
URL = "https://www.customs.example/notices/index.html"
ROWS = "".join(
    f"<li><a href='/notices/n_{n}.html'>Notice on export controls on rare earths No. {n}</a></li>"
    for n in range(3)
)
LIST = (
    "<html><head><title>Notices</title></head><body><div class='main'><ul"
    f" class='list1'>{ROWS}</ul></div></body></html>"
)
TABLE = (
    "<html><head><title>List</title></head><body><table><tr><th>No.</th><th>Name of"
    " entity</th><th>Date added</th></tr>"
    + "".join(
        f"<tr><td>{n}</td><td>Firm {n} Ltd.</td><td>2026-01-0{n}</td></tr>" for n in range(1, 6)
    )
    + "</table></body></html>"
)
WIDE = (
    "<html><body><table><tr><th>Ref.</th><th>Full registered name of the listed entity, person or"
    ' vessel as in its "papers"</th>'
    + "".join(f"<th>A further column | number {n}</th>" for n in range(9))
    + "</tr>"
    + f"<tr>{'<td>Words</td>' * 11}</tr>" * 4
    + "</table></body></html>"
)
CSV = "Name,Country,Added\nFirm 1,IR,2026-01-01\nFirm 2,IR,2026-01-02\nFirm 3,RU,2026-01-03\n"


def test_what_is_official_is_never_taken_for_press_and_a_list_of_three_links_is_a_list(
    package: str, begun
) -> None:
    source, lines = begun(LIST, Kind.OFFICIAL)

    assert (source.kind, source.language) == ("acts", "en")
    assert "finds 3 links" in " ".join(lines)
    assert 'authority="jp-mofa")' in Path(package, "jp_mofa.py").read_text()


def test_what_is_called_press_is_press(begun) -> None:
    assert begun(LIST, Kind.PRESS)[0].kind == "press"


@pytest.mark.parametrize("body", [TABLE, CSV, "sheet"], ids=["table", "csv", "sheet"])
def test_a_register_gets_a_reader_of_its_rows_and_says_what_was_guessed(begun, body: str) -> None:
    rows = [["No.", "Name", "Added"], *([str(n), f"Firm {n}", "2026"] for n in range(5))]
    made = papers.workbook(*rows) if body == "sheet" else body.encode()

    source, lines = begun(made, Kind.REGISTER)
    register = source.read(Page(URL, Body(made)))

    assert isinstance(register, Register)
    assert [register.read(record.raw).subject.names["en"][:4] for record in register.records][
        :3
    ] == ["Firm"] * 3
    assert "guessed: a table of" in lines[0]


@pytest.mark.parametrize("body", [TABLE, WIDE, CSV], ids=["table", "wide", "csv"])
def test_what_is_written_of_a_register_passes_our_own_checks(
    package: str, begun, body: str
) -> None:
    begun(body, Kind.REGISTER)
    written = str(Path(package, "jp_mofa.py").absolute())
    checks = (
        ["ruff", "check", "--ignore", "INP001", "--config", SETTINGS],
        ["ruff", "format", "--check", "--config", SETTINGS],
        ["mypy", "--config-file", SETTINGS, "--cache-dir", str(Path("types").absolute())],
    )

    for check in checks:
        command = [sys.executable, "-m", *check, written]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout


def test_rows_of_one_name_lose_nothing_and_an_id_is_left_to_who_knows_the_list(begun) -> None:
    body = "Ref.,Name,Country\nR-7,Alpha,IR\nR-8,Alpha,RU\nR-9,Beta,RU\n"
    source, lines = begun(body, Kind.REGISTER)
    register = source.read(Page(url=URL, body=Body(body.encode())))
    first, _ = (register.read(record.raw) for record in register.records)

    assert first.fields == {"ref": ("R-7", "R-8"), "country": ("IR", "RU")}
    assert "which of them is an id that stays" in "\n".join(lines)


def test_a_table_with_semicolons_is_read_with_them(begun) -> None:
    body = "Reference;Name;Listed on\n1;Acme, Aviation Ltd;2 May 2030\n2;Borealis;3 May 2030\n3;Chi;x\n"
    source, lines = begun(body, Kind.REGISTER)

    assert "name in 'Name', columns Reference, Name, Listed on" in "\n".join(lines)
    register = source.read(Page(url=URL, body=Body(body.encode())))
    assert len(list(register.records)) == 3


def test_a_page_without_a_table_is_no_register(begun) -> None:
    with pytest.raises(ConfigError, match="no table"):
        begun(LIST, Kind.REGISTER)


def test_where_nobody_can_be_asked_the_kind_is_to_be_said(package: str) -> None:
    Path("page").write_text(LIST)

    done = run("new", "kr_customs", URL, "--page", "page")

    assert (done.returncode, "--kind: name the kind of pages" in done.stderr) == (2, True)
    refused = run("new", "kr_customs", URL, "--page", "page", "--kind", "ministry")
    assert refused.returncode == 2
    assert "'official', 'press', 'register'" in refused.stderr


def test_an_installed_package_stays_as_it_is_and_the_scraper_comes_into_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / "site-packages" / "theirs"
    installed.mkdir(parents=True)
    (installed / "__init__.py").touch()
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.syspath_prepend(installed.parent)
    monkeypatch.chdir(here)
    Path("page").write_text(LIST)

    lines = list(
        begin(Config(packages=("theirs",)), "kr_customs", URL, Path("page"), Kind.OFFICIAL)
    )

    assert Path("own_scrapers/kr_customs.py").is_file()
    assert Path("tests/pages/kr_customs/announcements-first.html").is_file()
    assert [path.name for path in installed.iterdir() if path.suffix == ".py"] == ["__init__.py"]
    assert any("own_scrapers" in line and "config.toml" in line for line in lines)
    assert not any("pytest" in line for line in lines), "there is no test of pages here"


@pytest.mark.parametrize("kind", Kind)
def test_the_steps_read_what_was_saved_and_run_the_test_of_pages_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    package = f"{kind}_of_theirs"
    (tmp_path / "theirs" / package).mkdir(parents=True)
    (tmp_path / "theirs" / package / "__init__.py").touch()
    (tmp_path / "theirs/tests").mkdir()
    (tmp_path / "theirs/tests/test_pages.py").touch()
    (tmp_path / "page").write_text(TABLE if kind is Kind.REGISTER else LIST)
    monkeypatch.syspath_prepend(tmp_path / "theirs")
    monkeypatch.chdir(tmp_path)

    lines = list(begin(Config(packages=(package,)), "kr_customs", URL, Path("page"), kind))

    steps = [line for line in lines if line.startswith("next")]
    assert any("monitor read theirs/tests/pages/kr_customs/" in step for step in steps)
    assert "pytest theirs/tests/test_pages.py  " in steps[-1]
    assert steps[-1].endswith("run it again, and at last `make test`")
    assert [step[:6] for step in steps] == [f"next {number}" for number in range(1, len(steps) + 1)]
