"""Pages that a person saved: taken as if they had been fetched, and refused by name where they
are another's or older.
"""

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import papers
import pytest
from command import Done, run
from examples import long

PAGES = Path(__file__).parent.parent / "pages"
HEADS = ["No.", "Country or Region", "Company or Organization", "Also Known As", "Type of WMD"]
ACT = PAGES / "cn_mofcom" / "announcement-2025-57.html"


@pytest.fixture(name="give")
def give_(tmp_path: Path):
    def give(file: Path, source: str, *more: str) -> Done:
        return run(
            "--store",
            tmp_path / "store",
            "hand-in",
            file,
            "--source",
            source,
            "--by",
            "A. Person",
            *more,
        )

    return give


def end_users(path: Path, *names: str, saved: int) -> Path:
    rows = [
        [float(n), "ロシア\nRussian Federation", name, "", "核\nN"]
        for n, name in enumerate(names, 1)
    ]
    path.write_bytes(papers.workbook(HEADS, *rows))
    moment = datetime(2026, 11, saved, 9, tzinfo=UTC).timestamp()
    os.utime(path, (moment, moment))
    return path


def test_an_act_is_told_as_if_it_had_been_fetched_and_says_who_gave_it(give) -> None:
    done = give(
        ACT,
        "cn_mofcom.announcements",
        "--note",
        "the site answers 403 here",
        "--saved-at",
        "2026-11-20T08:00+08:00",
    )

    assert done.returncode == 0, done.stderr
    said = " ".join(re.sub(r"[│╭╰─╮╯]", " ", done.stdout).split())
    assert "39 items" in said
    assert (
        "handed in by A. Person, saved 20 Nov 2026 00:00 UTC, not fetched (the site answers 403"
        " here)" in said
    )


def test_status_says_who_feeds_a_source_and_of_one_without_a_page_nobody(
    give, tmp_path: Path
) -> None:
    give(ACT, "cn_mofcom.announcements")
    asked = run(
        "--store", tmp_path / "store", "status", "cn_mofcom.announcements", "cn_gov.policies"
    )

    fed, other = asked.stdout.split("cn_gov.policies")
    assert "handed in by A. Person" in " ".join(fed.split())
    assert "handed in" not in other


def test_the_facts_of_a_page_that_is_handed_in_are_those_that_its_reader_finds(
    give, tmp_path: Path
) -> None:
    give(ACT, "cn_mofcom.announcements")

    shown = run("--store", tmp_path / "store", "show", "mofcom-2025-57").stdout

    assert "1C909" in shown


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("announcement-2025-57", "0 links, 1 fact"),
        ("announcements-october", "11 links, 0 facts"),
    ],
)
def test_what_was_found_on_a_page_is_counted(give, page: str, found: str) -> None:
    done = give(ACT.with_name(f"{page}.html"), "cn_mofcom.announcements")

    assert done.stderr.splitlines()[-1].endswith(f": {found}")


def test_the_first_list_is_a_baseline_and_the_next_is_told(give, tmp_path: Path) -> None:
    first = give(end_users(tmp_path / "a.xlsx", "Nord", "Sud", saved=1), "jp_meti.end_user_list")
    second = give(
        end_users(tmp_path / "b.xlsx", "Nord", "Sud", "West Works", saved=2),
        "jp_meti.end_user_list",
    )

    assert (first.returncode, first.stdout) == (0, "")
    assert (second.returncode, "West Works" in second.stdout) == (0, True)


def test_a_list_says_nothing_of_the_days_after_it_was_saved(give, tmp_path: Path) -> None:
    give(end_users(tmp_path / "a.xlsx", "Nord", saved=1), "jp_meti.end_user_list")

    known = run("--store", tmp_path / "store", "status", "--json").stdout.splitlines()

    (register,) = json.loads(known[-1])["coverage"]["registers"]
    assert register["read_at"] == "2026-11-01T09:00:00Z"


@pytest.mark.parametrize(
    ("page", "reader", "host"),
    [
        ("denied_persons-2019.txt", "us_bis.denied_persons", "https://www.bis.gov/"),
        ("entity_list-2025.xml", "us_bis.entity_list", "part=744"),
        ("control_list-2025.xml", "us_bis.control_list", "part=774"),
    ],
)
def test_a_list_cites_the_address_that_leads_to_it(
    give, tmp_path: Path, page: str, reader: str, host: str
) -> None:
    done = give(PAGES / "us_bis" / page, reader)
    kept = ("--store", tmp_path / "store", "export")
    rows = [
        json.loads(row)
        for kind in ("entities", "items")
        for row in run(*kept, kind, "--format", "jsonl").stdout.splitlines()
    ]

    assert done.returncode == 0, done.stderr
    assert rows
    assert all(host in row["url"] for row in rows)


def test_an_older_list_and_the_same_once_more_tell_nothing(give, tmp_path: Path) -> None:
    new = end_users(tmp_path / "b.xlsx", "Nord", "Sud", saved=2)
    give(new, "jp_meti.end_user_list")

    again = give(new, "jp_meti.end_user_list")
    older = give(end_users(tmp_path / "a.xlsx", "Nord", saved=1), "jp_meti.end_user_list")

    assert (again.returncode, again.stdout) == (0, "")
    assert (older.returncode, older.stdout) == (1, "")
    assert "older: " in older.stderr
    assert "saved 2026-11-01" in older.stderr


OTHERS = sorted(
    path
    for path in PAGES.glob("*/*")
    if not path.name.endswith(".facts.json")
    and path.parent.name in ("cn_mfa", "un_sc", "us_dhs", "us_fcc", "gb_fcdo", "tw_shtc", "us_ofac")
)
SOME_AND_OTHERS = [*OTHERS[::4], *long(*(page for at, page in enumerate(OTHERS) if at % 4))]


@pytest.mark.parametrize(
    "file", SOME_AND_OTHERS, ids=lambda path: f"{path.parent.name}.{path.stem}"
)
@pytest.mark.parametrize("source", ["jp_meti.end_user_list", "cn_mofcom.announcements"])
def test_a_page_of_another_source_or_none_at_all_is_refused_by_name(
    give, tmp_path: Path, file: Path, source: str
) -> None:
    done = give(file, source)

    assert done.returncode in (1, 2)
    assert done.stdout == ""
    assert file.name in done.stderr
    assert source in done.stderr


@pytest.mark.parametrize(
    "tag",
    [
        '<link href="https://example.org/act" rel="canonical">',
        "<link rel='canonical' href='https://example.org/act'/>",
        "<meta content='https://example.org/act' property='og:url'>",
        "<link rel=canonical href=https://example.org/act>",
        '<meta name="Url" content="https://example.org/act">',
    ],
)
def test_a_page_that_says_it_stands_elsewhere_is_refused_however_its_tag_is_written(
    give, tmp_path: Path, tag: str
) -> None:
    body = re.sub(
        r"<meta[^>]*name=\"Url\"[^>]*>", "", ACT.read_text(encoding="utf-8"), flags=re.IGNORECASE
    )
    page = tmp_path / "act.html"
    page.write_text(body.replace("<head>", f"<head>{tag}", 1), encoding="utf-8")
    assert tag in page.read_text(encoding="utf-8")

    done = give(page, "cn_mofcom.announcements")

    assert (done.returncode, done.stdout) == (2, "")
    assert "https://example.org/act is no address of cn_mofcom.announcements" in " ".join(
        done.stderr.split()
    )


def test_an_act_that_says_no_address_is_taken_under_the_one_that_is_given_and_else_refused(
    give, tmp_path: Path
) -> None:
    page = tmp_path / "act.html"
    page.write_text(
        re.sub(
            r"<meta[^>]*name=\"Url\"[^>]*>",
            "",
            ACT.read_text(encoding="utf-8"),
            flags=re.IGNORECASE,
        )
    )

    without = give(page, "cn_mofcom.announcements")
    given = give(
        page,
        "cn_mofcom.announcements",
        "--url",
        "https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_1.html",
    )

    assert (without.returncode, without.stdout) == (2, "")
    assert "it says no address of its own; give --url" in " ".join(without.stderr.split())
    assert (given.returncode, "39 items" in given.stdout) == (0, True), given.stderr


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--url", "https://www.mfa.gov.cn/x.html"), "is no address of cn_mofcom.announcements"),
        (("--saved-at", "yesterday"), "is no date"),
        (("--saved-at", "2999-01-01"), "lies ahead"),
    ],
)
def test_what_can_t_be_true_of_a_page_is_refused(give, more: tuple[str, str], said: str) -> None:
    done = give(ACT, "cn_mofcom.announcements", *more)

    assert (done.returncode, said in done.stderr) == (2, True)
