"""How answers look on a terminal: tables of values that were never in a store."""

from datetime import UTC, datetime

import pytest
from acts import control, entity

from monitor.cli import answers as tables
from monitor.history import Act, ListingPeriod, OnRecord, RegisterStatus
from monitor.model import KeyDate, Problem
from monitor.pipeline.answers import AsOf, KeyDates, SourceState, State
from monitor.pipeline.screen import Screened, Screening
from monitor.watch.entries import Party
from monitor.watch.match import Dismissal, Pairing

NOW = datetime(2025, 11, 7, 8, 0, 39, tzinfo=UTC)
TEAL = Party(name="Teal Drones")


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "200")


def register(reader: str, *, held: int = 0, asks: bool = False) -> RegisterStatus:
    return RegisterStatus(reader=reader, rows=1_234, held=held, asks=asks, published=None, read_at=NOW)


def state(*registers: RegisterStatus, sources: tuple[SourceState, ...] = ()) -> State:
    return State(sources, registers, {"sent": 3, "pending": 1}, (Act("mofcom-2025-70", "[bold]题\x1b[31m", NOW),))


def rows(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_a_held_register_tells_the_way_out_that_helps(capsys: pytest.CaptureFixture[str]):
    held = (register("un_sc.roll", held=22, asks=True), register("us_fcc.covered", held=5), register("eu_fsf.consolidated"))
    tables.show_state(state(*held), as_json=False)
    shown = rows(capsys)

    assert "un_sc.roll 1,234 2025-11-07 08:00 22 (monitor release un_sc.roll)" in shown
    assert "us_fcc.covered 1,234 2025-11-07 08:00 5 (until the next read agrees)" in shown
    assert "eu_fsf.consolidated 1,234 2025-11-07 08:00" in shown


def test_a_state_shows_sources_messages_and_acts_and_no_markup_works(capsys: pytest.CaptureFixture[str]):
    down = SourceState("toy.notices", None, NOW, Problem(kind="server", text="answered 503"), ("/1: gone", "/2: gone"))
    tables.show_state(state(sources=(down,)), as_json=False)
    shown = rows(capsys)

    assert "toy.notices never 2025-11-07 08:00 server: answered 503 /1: gone; /2: gone" in shown
    assert "messages: 1 pending, 3 sent" in shown
    assert "mofcom-2025-70 2025-11-07 08:00 [bold]题 [31m" in shown
    assert not any("held back" in line for line in shown)  # there is no register


def test_rows_of_whole_registers_are_a_table_of_their_own(capsys: pytest.CaptureFixture[str]):
    tables.show_asof(AsOf((), (ListingPeriod("un-sc", "2", "Beta  GmbH", NOW, None),)), as_json=False)

    assert rows(capsys) == ["whole register row name first seen (UTC) gone (UTC)", "un-sc 2 Beta GmbH 2025-11-07T08:00:39Z"]


@pytest.mark.parametrize(
    ("found", "basis"),
    [({}, "explicit"), ({"computed": True}, "computed"), ({"computed": True, "duration": "P1Y"}, "computed from 1 year")],
)
def test_a_day_that_no_text_prints_is_shown_as_computed(capsys: pytest.CaptureFixture[str], found: dict, basis: str):
    act = control(57, "1C909.a")
    day = KeyDate(kind="end", on="2026-11-10", act=act.key, authority=act.authority, action="add", quote="一年", **found)
    tables.show_key_dates(KeyDates((day,), {act.key: act}), as_json=False)

    assert rows(capsys)[1] == f"2026-11-10 MOFCOM MOFCOM No. 57 of 2025 has its last day {basis} “一年”"


def match(**more) -> Pairing:
    return Pairing(
        kind="exact", score=1.0, verdict="match", reason="the same", entry=TEAL, subject=entity("Teal", "蒂尔"), **more
    )


def test_a_screening_says_where_each_match_is_from_and_whose_word_is_against_it(capsys: pytest.CaptureFixture[str]):
    said = Dismissal(entry=TEAL.key, subject="teal", by="Ann", at="2025-11-08T00:02:01Z")
    gone = OnRecord(subject=entity("Teal"), register="un-sc", gone="2025-11-08T01:40:00Z")
    found = (Screened(asked="Teal", match=match(dismissed=said)), Screened(asked="Teal", match=match(), on_record=gone))
    tables.show_screening(Screening((Party(name="Teal"), Party(name="Nobody")), found, ()), as_json=False)

    assert rows(capsys) == [
        "Teal",
        "match, dismissed by Ann on 2025-11-08 1.00 exact watch list: supplier:tealdrones",
        "the same",
        "match 1.00 exact on record: 蒂尔 / Teal, un-sc, gone since 2025-11-08",
        "the same",
        "Nobody",
        tables.NOTHING_ALIKE,
    ]
