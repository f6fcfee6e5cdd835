"""What a person said of a reading holds of each new one, is stale once the page is another, and
is asked for again.
"""

from datetime import UTC, datetime, timedelta

import pytest
from acts import control, entity, listing
from clicks import LI, asked
from happenings import record

from monitor.alert.event import NoticeKind
from monitor.diff.review import keep_head
from monitor.model import Measure, Proposal, Severity
from monitor.render.alert import compose_alert
from monitor.store import (
    ALERTS,
    OPS,
    History,
    acts,
    handling,
    notices,
    outbox,
    reminders,
    reviews,
    sightings,
)
from monitor.triage.values import Stage, Verb
from monitor.watch.values import Match, MatchVerdict, ScreeningResult

NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
KEY = "uel-2025-10"
ACT = listing(10, "Halifax Forum")


@pytest.fixture
def history(history: History) -> History:
    record(history, ACT, NOW)
    for owed in history(outbox.list_pending, ALERTS):
        history(outbox.mark_sent, owed.id, f"at {owed.key}", NOW)
    return history


def propose(history: History, key: str = KEY, **parts: tuple[Measure, ...]) -> Proposal:
    """What a person says of an act, of its page as it is now."""
    ((page, _),) = history(notices.list_pages_of_act, key)
    return Proposal(
        act=key, url=page.url, sha256=page.sha256, quote="Zephyr", reason="it is named", **parts
    )


def apply(history: History, proposal: Proposal, at: datetime, **more):
    request = asked(Verb.REVIEW, proposal.act, proposal=proposal, to=proposal.act, **more)
    return history(handling.handle, request, at)


def review(history: History, *, add: str = "", strike: str = "", at: datetime = NOW + HOUR):
    """Have names added to what is read of the listing, and struck from it."""
    parts = {
        part: (keep_head(ACT.measures[0], entities=(entity(name),)),)
        for part, name in (("add", add), ("strike", strike))
        if name
    }
    return apply(history, propose(history, **parts), at)


def names(history: History) -> list[str]:
    (measure,) = history(acts.load_acts, [KEY])[KEY].measures
    return [one.names["en"] for one in measure.entities]


def calls(history: History, at: datetime) -> list[str]:
    history(reminders.call_people, {}, at)
    owed = [owed for where in (ALERTS, OPS) for owed in history(outbox.list_pending, where)]
    return [one.key for one in owed if one.kind in (NoticeKind.DUE, NoticeKind.REMARK)]


def read_again(
    history: History, act=ACT, sha256: str = "b" * 64, at: datetime = NOW + 2 * HOUR
) -> None:
    record(history, act, at, sha256=sha256)


def test_it_is_told_in_the_thread_with_name_reason_and_words(history: History):
    review(history, add="Zephyr")
    (told,) = [
        owed for owed in history(outbox.list_pending, ALERTS) if owed.kind is NoticeKind.AMENDED
    ]
    alert = compose_alert(history(notices.compose_notice, told.id))

    assert (
        alert.headline
        == "Li Wei reviewed how UEL Notice No. 10 of 2025 was read: 1 name added; measures changed"
    )
    assert (
        alert.summary
        == "It is named (“Zephyr”). `monitor review uel-2025-10` has the machine's reading."
    )
    assert alert.thread


def test_what_was_added_and_struck_holds_of_the_page_as_it_is_edited(history: History):
    review(history, add="Zephyr", strike="Halifax Forum")
    read_again(history, listing(10, "Halifax Forum", "Acme Widgets"))
    machine = history(reviews.load_machine_reading, KEY)

    assert names(history) == ["Acme Widgets", "Zephyr"]
    assert [one.names["en"] for one in machine.measures[0].entities] == [
        "Halifax Forum",
        "Acme Widgets",
    ]


def test_it_is_stale_once_the_bytes_of_its_page_are_others_whatever_they_say(history: History):
    review(history, add="Zephyr")
    read_again(history, sha256="0" * 64)
    fresh = history(acts.load_acts, [KEY])[KEY].reviewed
    read_again(history)
    stale = history(acts.load_acts, [KEY])[KEY].reviewed

    assert names(history) == ["Halifax Forum", "Zephyr"]
    assert (fresh.stale, stale.stale, stale.by) == (False, True, "Li Wei")


def test_a_stale_review_is_asked_for_again_once_of_whoever_made_it_and_its_event_is_open(
    history: History,
):
    review(history, add="Zephyr")
    history(handling.handle, asked(Verb.DONE, KEY, decision="no effect"), NOW + HOUR)
    read_again(history)
    (first,) = calls(history, NOW + 3 * HOUR)
    again = calls(history, NOW + 6 * HOUR)
    (due,) = [owed for owed in history(outbox.list_pending, ALERTS) if owed.kind is NoticeKind.DUE]
    notice = history(notices.compose_notice, due.id)

    assert again == [first]
    assert (notice.mentions, "has changed since it was reviewed" in notice.why) == (("U0LI",), True)
    assert history(handling.find_case, KEY).handled.stage is Stage.OPEN


def test_a_review_of_the_page_as_it_is_now_is_fresh_again(history: History):
    review(history, add="Zephyr")
    read_again(history)
    review(history, add="Acme Widgets", at=NOW + 4 * HOUR)

    assert not history(acts.load_acts, [KEY])[KEY].reviewed.stale
    assert names(history) == ["Halifax Forum", "Zephyr", "Acme Widgets"]


def test_a_review_of_a_page_that_has_changed_meanwhile_is_refused(history: History):
    proposal = propose(history)
    read_again(history)
    done = apply(history, proposal, NOW + 3 * HOUR)

    assert done.refused == "the page has changed since; look at it again"
    assert history(reviews.load_machine_reading, KEY) is None


def test_an_act_that_nobody_was_told_of_is_reviewed_too_and_the_keepers_are_asked_again(
    history: History,
):
    old = control(3, "1C905")
    record(history, old, NOW + HOUR, silent=True)
    proposal = propose(history, old.key, strike=(keep_head(old.measures[0]),))
    done = apply(history, proposal, NOW + 2 * HOUR)
    record(history, old, NOW + 3 * HOUR, sha256="c" * 64, silent=True)

    asks = calls(history, NOW + 4 * HOUR)

    assert (done.refused, history(acts.load_acts, [old.key])[old.key].measures) == ("", ())
    assert [key.rpartition(":")[0] for key in asks] == [f"{old.key}:remark"]


@pytest.mark.parametrize(
    "is_told", [True, False], ids=["in its thread", "by itself where nobody was told of the act"]
)
def test_a_name_that_a_person_adds_and_that_is_ours_is_told_as_critical(history: History, is_told):
    match = Match(
        kind="name",
        score=1.0,
        verdict=MatchVerdict.MATCH,
        reason="same",
        entry="Z",
        key="z",
        relation="supplier",
        subject="Z",
    )
    touches = ScreeningResult(names=1, products=0, listed=1, found=(match,))
    act = ACT if is_told else control(3, "1C905")
    record(history, act, NOW + HOUR, silent=True)
    apply(history, propose(history, act.key), NOW + 2 * HOUR, touches=touches)
    owed = [
        one for one in history(outbox.list_pending, ALERTS) if one.severity is Severity.CRITICAL
    ]

    assert (NoticeKind.AMENDED if is_told else NoticeKind.WATCH) in [one.kind for one in owed]


def test_who_is_erased_is_named_by_no_reading(history: History):
    review(history, add="Zephyr")
    (person,) = history(handling.list_people_kept)
    history(handling.erase, person.number, LI.name, NOW + 2 * HOUR)

    assert history(acts.load_acts, [KEY])[KEY].reviewed.by == "somebody who was erased (no role)"
    assert all(
        version.now.reviewed.by != LI.name for version in history(sightings.list_act_versions)
    )
