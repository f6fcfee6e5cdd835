from dataclasses import replace

import msgspec
import pytest
from acts import UEL, control, entity, listing, press, suspension

from monitor.alert.event import Day, Freshness, Notice, NoticeKind, ToldAct, count
from monitor.model import Action, Announcement, Edition, Measure, RowChange, Severity, Stated
from monitor.render.alert import compose_alert
from monitor.watch.values import Match, MatchVerdict, Relation, ScreeningResult


def in_thread(act: Announcement, kind: NoticeKind = NoticeKind.ACT) -> Notice:
    return Notice(
        "1",
        kind,
        "cn_mofcom.notices",
        "cn-mofcom",
        "2025-10-09T01:00:00Z",
        body=ToldAct(act),
        in_thread=True,
    )


def ending(action: Action) -> Announcement:
    return Announcement(
        key="mofcom-2025-70",
        authority="cn-mofcom",
        title="公告",
        measures=(Measure(action=action),),
        understood="full",
    )


@pytest.mark.parametrize(
    "act",
    [
        listing(10, "Dedrone"),
        suspension(70, "mofcom-2025-61"),
        ending(Action.REPEAL),
        ending(Action.RESUME),
    ],
    ids=str,
)
def test_in_a_thread_whom_an_act_lists_and_what_it_ends_is_said_in_the_channel_too(act):
    assert in_thread(act).reaches_channel


def test_in_a_thread_goods_and_a_correction_are_said_there_alone():
    assert not in_thread(control(56, "2B902.a")).reaches_channel
    assert not in_thread(ending(Action.ADD)).reaches_channel
    assert not in_thread(listing(10, "Dedrone"), NoticeKind.PARENT).reaches_channel


def test_whom_and_what_the_measures_of_an_act_list_is_counted_together():
    goods, names = control(56, "2B902.a", "2B903"), listing(10, *"ABC")
    both = msgspec.structs.replace(goods, measures=(*goods.measures, *names.measures))

    assert count(both) == 5


def of_source(kind: NoticeKind, **more) -> Notice:
    return Notice("1", kind, "cn_mofcom.notices", "cn-mofcom", "2025-10-09T01:00:00Z", **more)


@pytest.mark.parametrize("kind", [NoticeKind.DUE, NoticeKind.UNTAKEN])
def test_what_calls_people_to_an_event_is_said_in_the_channel_too(kind):
    assert of_source(kind, in_thread=True).reaches_channel


@pytest.mark.parametrize(
    ("severity", "said"),
    [
        (Severity.LOW, False),
        (Severity.NORMAL, False),
        (Severity.HIGH, True),
        (Severity.CRITICAL, True),
    ],
)
def test_that_a_source_gives_again_is_said_in_the_channel_where_its_trouble_was_more_than_usual(
    severity, *, said
):
    assert (
        of_source(NoticeKind.RECOVERED, in_thread=True, severity=severity).reaches_channel is said
    )


STATED = Stated(entities=12)
ACME = Match(
    kind="exact", score=1.0, verdict=MatchVerdict.MATCH, reason="the same name", entry="Acme", key="supplier:acme",
    relation=Relation.SUPPLIER,
    subject="Acme",
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "verdict", "said"),
    [
        (NoticeKind.EDITION, "match", True),
        (NoticeKind.PRESS, "possible", True),
        (NoticeKind.PARENT, "match", False),
        (NoticeKind.EDITION, None, False),
    ],
)
def test_news_that_touch_the_readers_own_are_said_in_the_channel_too(kind, verdict, *, said):
    found = (msgspec.structs.replace(ACME, verdict=MatchVerdict(verdict)),) if verdict else ()
    touches = ScreeningResult(names=1, products=0, listed=1, found=found)

    assert of_source(kind, in_thread=True, touches=touches).reaches_channel is said


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        (Measure(action=Action.ADD, register=UEL, stated=STATED), True),
        (Measure(action=Action.ADD, register=UEL), False),
        (Measure(action=Action.ADD, entities=(entity("Dedrone"),)), False),
        (Measure(action=Action.REMOVE), True),
        (Measure(action=Action.AMEND), False),
    ],
    ids=lambda value: str(getattr(value, "action", value)),
)
def test_in_a_thread_an_act_stands_out_that_lists_somebody_or_ends_something(measure, *, said):
    act = Announcement(
        key="mofcom-2025-70",
        authority="cn-mofcom",
        title="公告",
        measures=(measure,),
        understood="full",
    )

    assert in_thread(act).reaches_channel is said


def test_a_message_is_one_of_its_own_that_was_never_said_before_unless_it_is_told_otherwise():
    message = of_source(NoticeKind.ACT, body=ToldAct(listing(10, "Dedrone")))

    assert not message.in_thread
    assert "(possible repeat)" not in compose_alert(message).headline
    assert "(possible repeat)" in compose_alert(replace(message, repeated=True)).headline


def test_a_source_of_which_only_its_last_look_is_known_was_not_quiet_all_day():
    day = of_source(
        NoticeKind.DAILY,
        body=Day(sources=(Freshness("cn_mofcom.notices", "2025-10-09T01:00:00Z"),)),
    )
    quiet = replace(day, body=Day(sources=(replace(day.body.sources[0], quiet=True),)))

    assert "without a gap" not in compose_alert(day).summary
    assert "without a gap" in compose_alert(quiet).summary


def test_an_edition_has_as_many_rows_as_it_changes_and_a_report_none():
    changes = tuple(RowChange(action="add", id=name, name=name) for name in "AB")

    assert (
        count(
            Edition(
                key="un-sc-1",
                register="un-sc",
                authority="un-sc",
                rows=3,
                before=3,
                changes=changes,
            )
        )
        == 2
    )
    assert count(press("Dedrone")) == 0
