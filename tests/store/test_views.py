"""The questions of docs/questions.sql, asked in the words of SQLite of a history of which the
answers are known.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from acts import control, entity, listing, suspension
from documents import ROOT, text
from happenings import record
from sqlalchemy import inspect

from monitor.diff.listings import describe_listing
from monitor.diff.rows import Version
from monitor.model import Action, Evidence, Item, Listing, Target
from monitor.source.page import Request
from monitor.store import ALERTS, DATABASE, Delta, History, Stamp, addresses, dialect, facts, outbox

DOCUMENT = ROOT / "docs" / "analysis.md"
NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)


def questions() -> dict[str, str]:
    _, *blocks = text(DOCUMENT.with_name("questions.sql")).split("\n\n-- ")
    return {block.partition(":")[0]: block.partition("\n")[2] for block in blocks}


def goods(number: int, *, published: str, codes: tuple[str, ...], clauses: tuple[str, ...] = ()):
    """A control of goods with their tariff numbers, one measure for each clause."""
    act = control(number, published=published)
    measures = tuple(
        msgspec.structs.replace(
            act.measures[0],
            clauses=(clause,) if clause else (),
            items=tuple(Item(names={"zh": f"goods {code}"}, hs=(code,)) for code in codes),
        )
        for clause in clauses or ("",)
    )
    return msgspec.structs.replace(act, measures=measures)


def on_a_whole_register(history: History, *firms: str) -> None:
    page = Request("https://treasury.example/list.csv")
    place = history(addresses.take_up, "toy.roll", [page], "toy.roll", NOW)[0]
    described = {
        str(row): describe_listing(Listing(subject=entity(firm))) for row, firm in enumerate(firms)
    }
    moved = {row: Version(b"%d" % int(row) * 32, row.encode()) for row in described}
    evidence = Evidence(url=page.url, sha256="1" * 64, fetched_at="2025-10-09T01:00:00Z")
    delta = Delta(
        reader="toy.roll",
        register="us-ofac-sdn",
        url=page.url,
        published=None,
        rows=len(firms),
        sha256="1" * 64,
        moved=moved,
        described=described,
    )
    history(
        facts.record_register,
        place,
        delta,
        evidence,
        Stamp("1" * 64),
        lambda *_: pytest.fail("a baseline is no change"),
        NOW,
    )


def say(history: History, after: timedelta) -> None:
    for owed in history(outbox.list_pending, ALERTS):
        leaving = history(outbox.mark_sending, owed, not_before=None, doubtful=False)
        assert leaving
        history(outbox.mark_sent, leaving.id, "1", owed.created_at + after)


@pytest.fixture(scope="module")
def answers(tmp_path_factory) -> dict[str, list[tuple]]:
    store = tmp_path_factory.mktemp("views")
    acts = [
        control(57, "1C909", published="2025-10-09T08:55+08:00"),
        listing(10, "Dedrone", "Elbit", published="2025-10-09T08:40+08:00"),
        goods(55, published="2025-10-01", codes=("28053019",)),
        goods(61, published="2025-10-02", codes=("2805", "8486"), clauses=("1", "2")),
        suspension(70, "mofcom-2025-55"),
    ]
    part = suspension(71)
    measure = msgspec.structs.replace(
        part.measures[0], amends=(Target(key="mofcom-2025-61", clauses=("2",)),)
    )
    taken_off = listing(11, "Elbit", published="2025-10-20")
    removal = msgspec.structs.replace(taken_off.measures[0], action=Action.REMOVE)
    with History(store) as history:
        on_a_whole_register(history, "DEDRONE", "Elbit", "Somebody Else")
        for act in acts:
            record(history, act, NOW)
            say(history, timedelta(minutes=3))
        record(history, msgspec.structs.replace(part, measures=(measure,)), NOW)
        record(history, msgspec.structs.replace(taken_off, measures=(removal,)), NOW)
    asked = {"day": "2025-11-15", "hs": "280530"}
    with closing(sqlite3.connect(f"file:{store / DATABASE}?mode=ro", uri=True)) as connection:
        told = {
            name: connection.execute(sql, asked).fetchall() for name, sql in questions().items()
        }
        told["before"] = connection.execute(
            questions()["controlled"], {"day": "2025-11-06", "hs": "28053019"}
        ).fetchall()
        told["bites later"] = connection.execute(
            questions()["bites"], {"day": "2026-10-20"}
        ).fetchall()
        told["bites early"] = connection.execute(
            questions()["bites"], {"day": "2025-10-15"}
        ).fetchall()
    return told


@pytest.mark.files
def test_there_are_five_questions_and_each_is_asked(answers):
    assert list(questions()) == ["bites", "minutes", "twice", "controlled", "suspended"]
    assert all(isinstance(answers[name], list) for name in questions())


@pytest.mark.files
def test_what_bites_soon_is_told_by_register_with_what_comes_back(answers):
    assert answers["bites"] == []
    early = [
        (register, day, act)
        for register, day, act, _, why in answers["bites early"]
        if why == "begins"
    ]
    assert early == [
        ("cn-dual-use-items", "2025-11-07", "mofcom-2025-70"),
        ("cn-dual-use-items", "2025-11-07", "mofcom-2025-71"),
        ("cn-dual-use-items", "2025-11-08", "mofcom-2025-55"),
        ("cn-dual-use-items", "2025-11-08", "mofcom-2025-57"),
        ("cn-dual-use-items", "2025-11-08", "mofcom-2025-61"),
        ("cn-unreliable-entities", "2025-10-20", "uel-2025-11"),
    ]
    assert answers["bites later"] == [
        ("cn-dual-use-items", "2026-11-11", "mofcom-2025-55", "add", "is suspended no longer"),
        ("cn-dual-use-items", "2026-11-11", "mofcom-2025-61", "add", "is suspended no longer"),
    ]


@pytest.mark.files
def test_the_median_from_publication_to_the_first_message_counts_those_with_a_printed_time(answers):
    # published 00:55 and 00:40 UTC, found at 01:00, told at 01:03: 8 and 23 minutes
    assert answers["minutes"] == [("toy.notices", 15.5, 2)]


@pytest.mark.files
def test_who_stands_on_two_registers_is_found_and_who_was_taken_off_is_not(answers):
    assert [registers.split(",") for _, registers in answers["twice"]] == [
        ["cn-unreliable-entities", "us-ofac-sdn"]
    ]
    assert answers["twice"][0][0].lower() == "dedrone"


@pytest.mark.files
def test_goods_under_a_tariff_number_are_controlled_where_nothing_suspends_them(answers):
    assert answers["controlled"] == [("2805", "goods 2805", "mofcom-2025-61", "2025-11-08")]
    assert answers["before"] == []


@pytest.mark.files
def test_what_is_suspended_names_who_did_and_when_it_returns(answers):
    assert [(target, clause, by, day) for target, _, clause, by, day in answers["suspended"]] == [
        ("mofcom-2025-55", "", "mofcom-2025-70", "2026-11-11"),
        ("mofcom-2025-61", "2", "mofcom-2025-71", "2026-11-11"),
    ]


def test_every_column_of_a_view_is_told_in_the_document(tmp_path: Path):
    rows = {
        line.split("|")[1].strip().strip("`"): line
        for line in text(DOCUMENT).splitlines()
        if line.startswith("| `")
    }
    with History(tmp_path) as history, history.tables() as connection:
        columns = {
            view: [column["name"] for column in inspect(connection).get_columns(view)]
            for view in dialect.make_view_definitions()
        }

    assert list(rows) == list(dialect.make_view_definitions())
    assert {
        view: [column for column in names if f"`{column}`" not in rows[view]]
        for view, names in columns.items()
    } == {view: [] for view in dialect.make_view_definitions()}
