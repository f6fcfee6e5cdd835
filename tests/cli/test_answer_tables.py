"""How answers look on a terminal: tables of values that were never in a store."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from acts import control, entity
from statutes import act, measure, timeline

from monitor.ask.answers import AsOf, KeyDates
from monitor.ask.coverage import SourceState, State
from monitor.ask.screen import Screened, Screening
from monitor.ask.standing import make_record_standing
from monitor.ask.stories import Story
from monitor.cli import ask as tables
from monitor.cli import screen
from monitor.clock import format_instant
from monitor.model import KeyDate, KeyDateKind, Problem, Term
from monitor.store import Act, OnRecord, RegisterStatus
from monitor.watch.entries import Party
from monitor.watch.match import Dismissal, Pairing
from monitor.watch.values import MatchVerdict, Relation

NOW = datetime(2025, 11, 7, 8, 0, 39, tzinfo=UTC)
TEAL = Party(name="Teal Drones")


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "200")


def register(reader: str, *, held: int = 0, asks: bool = False) -> RegisterStatus:
    return RegisterStatus(
        reader=reader, rows=1_234, held=held, asks=asks, published=None, read_at=NOW
    )


def state(*registers: RegisterStatus, sources: tuple[SourceState, ...] = ()) -> State:
    return State(
        sources,
        registers,
        {"sent": 3, "pending": 1},
        (Act("mofcom-2025-70", "[bold]题\x1b[31m", NOW),),
    )


def rows(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_a_held_register_tells_the_way_out_that_helps(capsys: pytest.CaptureFixture[str]):
    held = (
        register("un_sc.roll", held=22, asks=True),
        register("us_fcc.covered", held=5),
        register("eu_fsf.consolidated"),
    )
    tables.show_state(state(*held))
    shown = rows(capsys)

    assert "un_sc.roll 1,234 7 Nov 2025 08:00 UTC 22 (monitor poll --release un_sc.roll)" in shown
    assert "us_fcc.covered 1,234 7 Nov 2025 08:00 UTC 5 (until the next read agrees)" in shown
    assert "eu_fsf.consolidated 1,234 7 Nov 2025 08:00 UTC" in shown


def test_a_state_shows_sources_messages_and_acts_and_no_markup_works(
    capsys: pytest.CaptureFixture[str],
):
    down = SourceState(
        "toy.notices",
        None,
        NOW,
        Problem(kind="server", text="answered 503"),
        ("/1: gone", "/2: gone"),
    )
    tables.show_state(state(sources=(down,)))
    shown = rows(capsys)

    assert "toy.notices never 7 Nov 2025 08:00 UTC server: answered 503 /1: gone; /2: gone" in shown
    assert "messages: 1 pending, 3 sent, counting the replies in threads" in shown
    assert "mofcom-2025-70 7 Nov 2025 08:00 UTC [bold]题 [31m" in shown
    assert not any("held back" in line for line in shown)  # there is no register


def test_rows_of_whole_registers_are_a_table_of_their_own(capsys: pytest.CaptureFixture[str]):
    row = OnRecord(
        subject=entity("Beta  GmbH"), register="un-sc", row="2", since=format_instant(NOW)
    )
    tables.show_asof(AsOf((), (row,)))

    assert rows(capsys) == [
        "subject state list since act why link",
        (
            "Beta GmbH listed UN Security Council Consolidated List first seen 7 Nov 2025 (New"
            " York) record 2"
        ),
    ]


@pytest.mark.parametrize(
    ("found", "basis"),
    [
        ({}, "as printed"),
        ({"computed": True}, "computed"),
        ({"computed": True, "duration": "P1Y"}, "computed from 1 year"),
    ],
)
def test_a_day_that_no_text_prints_is_shown_as_computed(
    capsys: pytest.CaptureFixture[str], found: dict, basis: str
):
    act = control(57, "1C909.a")
    day = KeyDate(
        kind=KeyDateKind.END,
        on="2026-11-10",
        act=act.key,
        authority=act.authority,
        action="add",
        quote="一年",
        **found,
    )
    tables.show_key_dates(KeyDates((day,), {act.key: act}))

    assert (
        rows(capsys)[1]
        == f"10 Nov 2026 (Beijing) MOFCOM MOFCOM No. 57 of 2025 has its last day {basis} “一年”"
    )


def match(**more) -> Pairing:
    return Pairing(
        kind="exact",
        score=1.0,
        verdict=MatchVerdict.MATCH,
        reason="the same",
        entry=TEAL,
        subject=entity("Teal", "蒂尔"),
        **more,
    )


def answered() -> Screening:
    """Teal on the watch list, dismissed, and on record, gone; and somebody who is nowhere."""
    said = Dismissal(entry=TEAL.key, subject="teal", by="Ann", at="2025-11-08T00:02:01Z")
    gone = OnRecord(
        subject=entity("Teal", "蒂尔"), register="un-sc", row="7", gone="2025-11-08T11:40:00Z"
    )
    found = (
        Screened(asked="Teal", match=match(dismissed=said)),
        Screened(
            asked="Teal",
            match=match(),
            on_record=gone,
            stands=make_record_standing(gone, NOW.date()),
        ),
    )
    return Screening((Party(name="Teal"), Party(name="Nobody")), found, (), records=12, watched=1)


def test_a_screening_says_where_each_match_is_from_and_whose_word_is_against_it(
    capsys: pytest.CaptureFixture[str],
):
    screen.show(answered(), None, {}, as_json=False)

    assert [line.split("\t")[:6] for line in capsys.readouterr().out.splitlines()[1:]] == [
        [
            "Teal",
            "is your supplier (dismissed by Ann on 8 Nov 2025 00:02 UTC)",
            "Teal Drones (supplier:tealdrones)",
            "on your watch list",
            "",
            "",
        ],
        [
            "Teal",
            "is it",
            "Teal (蒂尔)",
            "gone since 8 Nov 2025 (New York)",
            "UN Security Council Consolidated List",
            "",
        ],
        [
            "Nobody",
            "nothing alike among 12 names and goods on record and 1 entry of your watch list",
            "",
            "",
            "",
            "",
        ],
    ]


@pytest.mark.parametrize(
    ("relation", "verdict"),
    [
        (Relation.SUPPLIER, "is your supplier"),
        (Relation.CUSTOMER, "is your customer"),
        (Relation.OWN, "is your own firm"),
    ],
)
def test_an_entry_of_the_watch_list_alone_is_not_said_to_be_listed(
    capsys: pytest.CaptureFixture[str], relation: Relation, verdict: str
):
    entry = TEAL.replace(relation=relation)
    ours = Screened(asked="Teal", match=match().replace(entry=entry))
    answer = Screening((Party(name="Teal"),), (ours,), (), records=12, watched=1)
    screen.show(answer, None, {}, as_json=False)

    assert [line.split("\t")[1] for line in capsys.readouterr().out.splitlines()[1:]] == [
        verdict,
        "nothing alike among 12 names and goods on record",
    ]


def test_where_nothing_was_ever_read_it_is_said_which_rows_were_of_no_use_and_that_no_file_was_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    out = tmp_path / "result.csv"
    screen.show(
        replace(answered(), unusable=("v.csv row 3: no name",)),
        out,
        {},
        as_json=False,
        on_nothing=True,
    )

    assert capsys.readouterr().err.splitlines() == [
        f"monitor: {out}: not written, since nothing is known",
        "monitor: v.csv row 3: no name",
    ]
    assert not out.exists()


def test_of_more_names_than_a_terminal_shows_it_is_said_how_many_are_like_nobody(
    capsys: pytest.CaptureFixture[str],
):
    nobody = [Party(name=f"Nobody {number}") for number in range(screen.SHOWN_WITHOUT)]
    screen.show(replace(answered(), asked=(Party(name="Teal"), *nobody)), None, {}, as_json=False)

    assert f"{len(nobody)} nothing alike" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2025, 11, 6), "Duties (announced)"),
        (date(2025, 11, 8), "Duties"),
        (date(2025, 11, 20), "Duties (suspended)"),
    ],
)
def test_what_an_act_demands_is_marked_where_it_is_not_in_force(capsys, day, label):
    term = Term(kind="duty", text="must report")
    bound = measure("add", starts="2025-11-08", terms=(term,))
    stay = measure("suspend", "a", starts="2025-11-10", ends="2026-11-10")
    lives = timeline(act("a", bound), act("s", stay)).of_act("a")

    tables.show_story(Story(lifecycles=tuple(lives)), datetime.combine(day, time(4), UTC))

    assert f"{label}: must report" in rows(capsys)
