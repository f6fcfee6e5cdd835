"""Watch alerts, reminders, held removals and pages not read have an owner, as acts have."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from acts import suspension
from clicks import asked
from happenings import record

from monitor.alert.event import NoticeKind
from monitor.errors import ErrorKind
from monitor.model import Problem
from monitor.render.alert import compose_alert
from monitor.store import ALERTS, OPS, History, handling, notices, outbox, owing, reminders, watched
from monitor.triage.values import DeskRules, Stage, Verb
from monitor.watch.values import Match, MatchVerdict, ScreeningResult

NOW = datetime(2025, 11, 7, 1, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 9, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def touch(history: History) -> None:
    """A changed watch list touches somebody who was listed before."""
    match = Match(
        kind="name",
        score=1.0,
        verdict=MatchVerdict.MATCH,
        reason="same",
        entry="Acme Ltd",
        key="acme",
        relation="supplier",
        subject="ACME",
    )
    result = ScreeningResult(names=1, products=0, listed=1, found=(match,))
    history(watched.record_look_back, {"acme": "d"}, result, history(watched.read_watch_stamp), NOW)


def remind(history: History) -> None:
    """The day comes on which a suspension ends by an act that was there when its source was
    first read.
    """
    record(history, suspension(70, "mofcom-2025-61"), NOW, silent=True)
    history(reminders.remind, LATER)


def hold(history: History) -> None:
    """Rows seem to have gone from a register."""
    problem = Problem(kind=ErrorKind.HELD, text="84 of 946 rows seem to have gone")
    history(owing.enqueue_remark, NoticeKind.HELD, "un_sc.consolidated", problem, NOW)


KINDS = {
    NoticeKind.WATCH: (touch, ALERTS),
    NoticeKind.REMINDER: (remind, ALERTS),
    NoticeKind.HELD: (hold, OPS),
}


@pytest.fixture(params=KINDS)
def told(history: History, request) -> tuple[History, str, str]:
    """A history, the event that a message of this kind is about, and where it arrived."""
    happen, where = KINDS[request.param]
    happen(history)
    (owed,) = [owed for owed in history(outbox.list_pending, where) if owed.kind is request.param]
    history(outbox.mark_sent, owed.id, "1.0", LATER)
    return history, history(notices.compose_notice, owed.id).event, where


def test_it_waits_until_somebody_decides_and_its_message_says_who_has_it(told):
    history, event, where = told
    (waits,) = history(handling.list_cases)
    history(handling.handle, asked(Verb.TAKE, event), LATER)
    (edit,) = [
        owed for owed in history(outbox.list_pending, where) if owed.kind is NoticeKind.STATE
    ]
    status = compose_alert(history(notices.compose_notice, edit.id)).status
    history(handling.handle, asked(Verb.DONE, event, decision="no effect"), LATER)

    assert (waits.event, waits.handled.stage, list(waits.told)) == (event, Stage.OPEN, [where])
    assert status[0].startswith("Taken by Li Wei")
    assert history(handling.list_cases) == []


def test_who_let_it_rest_is_called_and_nobody_else_is_before(told):
    history, event, where = told
    until = (LATER + 24 * HOUR).isoformat().replace("+00:00", "Z")
    history(handling.handle, asked(Verb.SNOOZE, event, until=until), LATER)
    desks = {where: DeskRules(after=HOUR)}
    history(reminders.call_people, desks, LATER + 2 * HOUR)
    rests = [owed.kind for owed in history(outbox.list_pending, where)]
    history(reminders.call_people, desks, LATER + 25 * HOUR)
    called = [owed for owed in history(outbox.list_pending, where) if owed.kind is NoticeKind.DUE]

    assert NoticeKind.UNTAKEN not in rests
    assert len(called) == 1
    assert "To decide: " in compose_alert(history(notices.compose_notice, called[0].id)).headline


def test_what_nobody_takes_calls_its_desk_and_leads_to_where_it_is_taken(told):
    history, event, where = told
    history(reminders.call_people, {where: DeskRules(after=HOUR)}, LATER + 2 * HOUR)
    (owed,) = [
        owed for owed in history(outbox.list_pending, where) if owed.kind is NoticeKind.UNTAKEN
    ]
    notice = history(notices.compose_notice, owed.id)
    called = compose_alert(replace(notice, console="https://console.example"))
    place = "act" if event.startswith("mofcom") else "event"

    assert called.headline.startswith("Not taken yet: ")
    assert called.console == f"https://console.example/{place}/{quote(event)}"
