"""A register from read to read: what stands in it now, what did on a day, and every change with
the bytes before and after it.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import zstandard
from happenings import EVIDENCE

from monitor import vocabulary
from monitor.alert.event import NoticeKind, place_edition
from monitor.diff.listings import describe_listing
from monitor.diff.rows import Version
from monitor.model import Edition, Item, Listing, RowChange
from monitor.source.page import Request
from monitor.store import (
    OPS,
    Address,
    Delta,
    History,
    Stamp,
    addresses,
    facts,
    notices,
    outbox,
    polls,
    registers,
)
from monitor.store import dossier as dossiers

NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
READER, CODE = "toy.roll", "cn-unreliable-entities"
PAGE, MIRROR = (Request(f"https://ministry.example/{name}") for name in ("roll", "mirror"))


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """A register of three firms that was read once."""
    with History(tmp_path) as history:
        read(history, NOW, moved={"1": "Acme", "2": "Bolt", "3": "Crane"}, rows=3)
        yield history


def version(text: str) -> Version:
    return Version(
        hashlib.sha256(text.encode()).digest(), zstandard.ZstdCompressor().compress(text.encode())
    )


def read(
    history: History,
    at: datetime,
    *changes: RowChange,
    moved: dict[str, str] | None = None,
    gone: str = "",
    held: str = "",
    rows: int = 3,
    page: Request = PAGE,
    place: Address | None = None,
    sha256: str = "1",
    **more,
) -> None:
    """It is read once more; of each record that moved its bytes are what it is called."""
    records = moved or {}
    edition = Edition(
        key=f"edition-{at:%H}",
        register=CODE,
        authority="cn-mofcom",
        rows=rows,
        before=3,
        changes=changes,
    )
    delta = Delta(
        **{
            "reader": READER,
            "register": CODE,
            "url": page.url,
            "published": None,
            "rows": rows,
            "sha256": sha256 * 64,
            "moved": {name: version(text) for name, text in records.items()},
            "gone": frozenset(gone.split()),
            "held": frozenset(held.split()),
            "described": {
                name: describe_listing(Listing(subject=Item(names={"en": text})))
                for name, text in records.items()
            },
            "edition": edition if changes else None,
            **more,
        }
    )
    place = history(addresses.take_up, READER, [page], READER, at)[0] if place is None else place
    history(
        facts.record_register, place, delta, EVIDENCE, Stamp(sha256 * 64, '"v1"'), place_edition, at
    )


def stood(history: History, at: datetime) -> set[str]:
    return {row.row for row in history(registers.list_records_on, READER, at)}


def held(history: History) -> dict[str, datetime | None]:
    return {
        row.row: row.held
        for row in history(registers.list_records_on, READER, NOW + 99 * HOUR)
        if row.held
    }


def changed(history: History) -> None:
    """One firm is renamed, one goes, one comes, each an hour after the other."""
    read(
        history,
        NOW + HOUR,
        RowChange(action="amend", id="1", name="Acme Ltd"),
        moved={"1": "Acme Ltd"},
    )
    read(history, NOW + 2 * HOUR, RowChange(action="remove", id="2", name="Bolt"), gone="2", rows=2)
    read(history, NOW + 3 * HOUR, RowChange(action="add", id="4", name="Dyne"), moved={"4": "Dyne"})


@pytest.mark.parametrize(
    ("hours", "expected"), [(-1, ""), (0, "123"), (1, "123"), (2, "13"), (3, "134")]
)
def test_on_each_day_those_stood_in_it_that_had_come_by_then(
    history: History, hours: int, expected: str
):
    changed(history)

    assert stood(history, NOW + hours * HOUR) == {*expected}


def test_one_that_went_and_came_back_did_not_stand_in_it_meanwhile(history: History):
    read(history, NOW + HOUR, RowChange(action="remove", id="2", name="Bolt"), gone="2", rows=2)
    read(
        history,
        NOW + 2 * HOUR,
        RowChange(action="add", id="2", name="Bolt"),
        moved={"2": "Bolt again"},
    )

    assert ["2" in stood(history, NOW + hours * HOUR) for hours in range(3)] == [True, False, True]


def test_every_change_is_kept_with_the_bytes_before_it_and_after_it_and_the_body_that_brought_it(
    history: History,
):
    changed(history)
    dossier = history(dossiers.load_dossier, [], [(CODE, name) for name in "124"])

    assert [
        (row.row, row.action, row.before, row.raw.decode(), row.gone) for row in dossier.rows
    ] == [
        ("1", None, False, "Acme Ltd", None),
        ("2", None, False, "Bolt", NOW + 2 * HOUR),
        ("4", None, False, "Dyne", None),
        ("1", "amend", True, "Acme", None),
        ("1", "amend", False, "Acme Ltd", None),
        ("2", "remove", True, "Bolt", None),
        ("4", "add", False, "Dyne", None),
    ]
    assert [row.sha256 is None for row in dossier.rows] == [
        False,
        True,
        False,
        True,
        False,
        True,
        False,
    ]
    assert [finding.key for finding in dossier.findings] == [
        "edition-02",
        "edition-03",
        "edition-04",
    ]
    assert history(dossiers.load_dossier, [], [("another register", "1")]).rows == ()


def test_rows_are_asked_for_a_page_at_a_time_and_by_words_of_their_name_or_id(history: History):
    def asked(**more) -> list[str]:
        return [row.name for row in history(registers.list_records_on, READER, NOW, **more)]

    assert asked(limit=2) == ["Acme", "Bolt"]
    assert asked(after="2") == ["Crane"]
    assert asked(words="OL") == ["Bolt"]
    assert asked(words="3") == ["Crane"]
    assert asked(words="%") == []
    assert history(registers.list_records_on, "toy.other", NOW) == []


def test_what_is_held_is_held_since_it_was_first_missed_and_is_free_once_it_is_back(
    history: History,
):
    read(history, NOW + HOUR, held="2 3", rows=1, asks=True)
    read(history, NOW + 2 * HOUR, held="2 3", rows=1, asks=True)
    assert held(history) == {"2": NOW + HOUR, "3": NOW + HOUR}
    assert [
        (each.rows, each.held, each.asks) for each in history(registers.list_register_statuses)
    ] == [(3, 2, True)]
    state = history(registers.load_register_state, READER)
    assert (state.standing.held, state.held_sha256, state.asks) == ({"2", "3"}, "1" * 64, True)

    read(history, NOW + 3 * HOUR, held="3", rows=2)
    assert held(history) == {"3": NOW + 3 * HOUR}

    read(history, NOW + 4 * HOUR)
    state = history(registers.load_register_state, READER)
    assert (held(history), state.held_sha256, state.asks) == ({}, None, False)


@pytest.mark.parametrize(
    ("more", "kinds"),
    [
        ({"asks": True}, [NoticeKind.HELD]),
        ({"proven": True}, [NoticeKind.HELD]),
        ({"asks": True, "unconfirmed": True}, []),
        ({}, []),
    ],
    ids=["a person is to look", "whole by its form", "missed once only", "nobody is asked"],
)
def test_of_what_is_held_people_are_told_once_and_only_where_they_can_do_something(
    history: History, more, kinds
):
    for hours in (1, 2):
        read(history, NOW + hours * HOUR, held="2 3", rows=1, **more)

    waits = history(outbox.list_pending, OPS)
    assert [owed.kind for owed in waits] == kinds
    for owed in waits:
        text = history(notices.compose_notice, owed.id).problem.text
        name = vocabulary.register(CODE)
        assert text.startswith(f"2 of 3 rows of the {name} are missing since 2025-10-09")
        assert text.endswith(f"`monitor poll --release {READER}` confirms it now")
        assert ("whole by its form" in text) == ("proven" in more)


def test_what_is_new_of_its_layout_is_told_once(history: History):
    for hours, remarks in ((1, "a new column"), (2, "a new column"), (3, "no column any more")):
        read(history, NOW + hours * HOUR, remarks=frozenset([remarks]))

    assert [
        history(notices.compose_notice, owed.id).problem.text
        for owed in history(outbox.list_pending, OPS)
    ] == [
        "a new column",
        "no column any more",
    ]


@pytest.mark.parametrize(
    ("days", "published"),
    [(("2025-10-02", "2025-10-01"), "2025-10-02"), (("2025-10-02", None), "2025-10-02")],
)
def test_a_register_was_published_on_the_latest_day_that_it_ever_named(
    history: History, days, published: str
):
    assert history(registers.list_register_statuses)[0].published is None
    for hours, day in enumerate(days, 1):
        read(history, NOW + hours * HOUR, published=day)

    (status,) = history(registers.list_register_statuses)
    assert (status.published, status.first_read, status.read_at) == (published, NOW, NOW + 2 * HOUR)


def test_its_stamp_is_kept_where_all_is_believed_and_that_of_its_mirror_goes_where_the_bytes_differ(
    history: History,
):
    def stamps() -> list[str | None]:
        return [
            place.etag for place in history(addresses.take_up, READER, [PAGE, MIRROR], READER, NOW)
        ]

    assert stamps() == ['"v1"', None]
    read(history, NOW + HOUR, page=MIRROR)
    assert stamps() == ['"v1"', '"v1"']
    read(history, NOW + 2 * HOUR, page=MIRROR, sha256="2")
    assert stamps() == [None, '"v1"']
    read(history, NOW + 3 * HOUR, page=MIRROR, sha256="2", held="2", rows=2)
    assert stamps() == [None, None]


def test_bytes_are_given_of_what_stands_there_now_only(history: History):
    changed(history)

    assert history(registers.load_record_bytes, READER, ["1", "2", "9"]) == {"1": b"Acme Ltd"}
    assert history(registers.load_record_bytes, READER, []) == {}


def test_editions_are_those_between_two_moments_the_newest_first(history: History):
    changed(history)

    def told(since: int, until: int, register: str = CODE) -> list[str]:
        return [
            each.edition.key
            for each in history.walk(
                registers.list_editions, register, NOW + since * HOUR, NOW + until * HOUR
            )
        ]

    assert told(0, 9) == ["edition-04", "edition-03", "edition-02"]
    assert told(1, 2) == ["edition-03", "edition-02"]
    assert told(0, 9, "another register") == []


@pytest.mark.parametrize(
    ("more", "owed"),
    [({}, ["later"]), ({"held": "2", "rows": 2}, ["read", "later"])],
    ids=["all is believed", "something is held"],
)
def test_an_edition_that_was_read_is_done_with_once_it_is_believed_and_so_are_those_before_it(
    history: History, more, owed
):
    names = ("earlier", "read", "later")
    places = [
        history(
            addresses.save_handed_in_page,
            READER,
            Request(f"https://ministry.example/{name}"),
            READER,
            NOW,
        )
        for name in names
    ]
    assert len(history(polls.list_due_pages, READER, NOW)) == 3
    read(history, NOW + HOUR, place=places[1], **more)

    assert [
        place.request.url.rpartition("/")[2]
        for place in history(polls.list_due_pages, READER, NOW + HOUR)
    ] == owed


def test_editions_that_wait_stay_owed_where_the_register_itself_was_read(history: History):
    history(
        addresses.save_handed_in_page, READER, Request("https://ministry.example/2024"), READER, NOW
    )
    read(history, NOW + HOUR)

    assert len(history(polls.list_due_pages, READER, NOW + HOUR)) == 1


@pytest.mark.parametrize(
    ("changes", "held", "lied"),
    [
        ((RowChange(action="add", id="4", name="Dyne"),), "", True),
        ((), "", False),
        ((RowChange(action="add", id="4", name="Dyne"),), "2", False),
    ],
    ids=["news", "no news", "not all is believed"],
)
def test_a_server_that_said_that_nothing_had_moved_lied_only_where_its_register_has_news(
    history: History, changes: tuple[RowChange, ...], held: str, lied: bool
):
    (place,) = history(addresses.take_up, READER, [PAGE], READER, NOW)
    history(addresses.mark_page_unchanged, place.id, NOW + HOUR)
    read(history, NOW + 25 * HOUR, *changes, moved={"4": "Dyne"}, held=held)

    assert (history(addresses.take_up, READER, [PAGE], READER, NOW)[0].lies > 0) == lied


def test_days_of_rows_are_known_that_were_ahead_when_a_row_came_and_until_it_is_gone(
    history: History,
):
    said = {
        "4": {"effective": "2025-11-01", "expires": "2026-10-31"},
        "5": {"effective": "2025-10-09", "expires": "2025-10-09"},
        "6": {"listed_on": "2025-11-01"},
        "7": {"expires": "2026-10-31"},
    }
    described = {
        name: describe_listing(Listing(subject=Item(names={"en": f"Firm {name}"}), fields=fields))
        for name, fields in said.items()
    }
    read(history, NOW + HOUR, moved=dict.fromkeys(said, "Firm"), described=described, rows=7)

    def ask(since: date, until: date) -> list[tuple[str, str, tuple[str, ...]]]:
        found = history(registers.list_row_dates, since, until)
        return [(day.on, day.kind, day.rows) for day in found]

    starts, ends = "2025-11-01", "2026-10-31"
    assert ask(date.min, date.max) == [
        (starts, "start", ("Firm 4", "Firm 6")),
        (ends, "end", ("Firm 4", "Firm 7")),
    ]
    assert ask(date(2025, 11, 1), date(2025, 11, 1)) == [(starts, "start", ("Firm 4", "Firm 6"))]
    assert ask(date(2025, 11, 2), date(2026, 10, 30)) == []
    read(history, NOW + 2 * HOUR, gone="4 7", rows=5)
    assert ask(date.min, date.max) == [(starts, "start", ("Firm 6",))]
