"""A click is done once, with all that follows from it: the log, the dismissals, the edits that
are owed.
"""

import asyncio
from datetime import timedelta

import msgspec
import pytest
from acts import control, listing
from channels import Channel, flush
from clicks import ANA, LI, asked, click

from monitor.alert.event import NoticeKind
from monitor.clock import format_instant
from monitor.config import WatchSettings
from monitor.errors import MonitorError
from monitor.render.alert import compose_alert
from monitor.store import ALERTS, OPS, OutboxState, handling, mutes, outbox, watched
from monitor.triage.values import Person, Stage, Verb

EVENT = "uel-2025-10"


@pytest.fixture
def toy_config(toy_config, tmp_path):
    suppliers = tmp_path / "suppliers.csv"
    suppliers.write_text("Name,Country,Owner\nTechInsights Inc.,CA,Ann\nAcme Widgets Ltd,GB,Bob\n")
    return msgspec.structs.replace(toy_config, watch=WatchSettings(suppliers=(str(suppliers),)))


@pytest.fixture
async def told(desk, ministry) -> Channel:
    """A listing of two suppliers that has arrived."""
    await desk.poll()
    ministry.publish("10", listing(10, "TechInsights", "Acme Widgets"))
    await desk.poll()
    channel = Channel()
    await flush(desk, channel)
    return channel


async def standing(desk, event: str = EVENT):
    return (await desk.pipeline.history(handling.find_case, event)).handled


async def edits(desk) -> list[tuple[str, ...]]:
    """What the edits that wait would say of how the event stands."""
    waits = [owed for owed in await desk.waiting() if owed.kind is NoticeKind.STATE]
    return [compose_alert(await desk.notice(owed)).status for owed in waits]


async def test_a_click_is_done_once_however_often_it_comes(desk, told):
    same = asked(Verb.TAKE)
    done = await asyncio.gather(
        *(desk.pipeline.history(handling.handle, same, desk.clock.now()) for _ in range(5))
    )

    assert len({handling.number for handling in done}) == 1
    assert len(await desk.pipeline.history(handling.list_handlings, EVENT)) == 1
    assert len(await edits(desk)) == 1


async def test_its_message_says_at_once_who_has_it_and_what_was_decided(desk, told):
    await click(desk, Verb.TAKE)
    taken = await edits(desk)
    await click(desk, Verb.DONE, decision="contract checked", text="no open order", person=ANA)
    decided = await edits(desk)

    assert taken == [("Taken by Li Wei, 9 Oct 2025, 01:10 UTC",)]
    assert decided == [
        ("Contract checked: no open order (decided by Ana Ruiz, 9 Oct 2025, 01:10 UTC)",)
    ]
    await flush(desk, told)
    assert told.edits == ["1"]


async def test_who_asks_without_a_name_is_called_as_before_and_by_their_id_where_nobody_knows_it(
    desk, told
):
    await click(desk, Verb.TAKE)
    nameless = [
        await click(desk, Verb.TAKE, person=Person(handle, ""))
        for handle in (LI.handle, "slack:U0MEI")
    ]

    assert [(handling.by, handling.handle) for handling in nameless] == [
        ("Li Wei", "slack:U0LI"),
        ("U0MEI", "slack:U0MEI"),
    ]


async def test_an_edit_on_its_way_does_not_swallow_what_is_clicked_meanwhile(desk, told):
    await click(desk, Verb.TAKE)
    (edit,) = [owed for owed in await desk.waiting() if owed.kind is NoticeKind.STATE]
    await desk.pipeline.history(outbox.mark_sending, edit, not_before=None, doubtful=False)
    await click(desk, Verb.DONE, decision="no effect")

    assert len(await edits(desk)) == 2


async def test_of_a_package_every_message_that_was_told_shows_how_it_stands(desk, ministry):
    await desk.poll()
    ministry.publish("57", control(57, "1C909.a"))
    ministry.publish("58", control(58, "3A001"))
    await desk.poll()
    channel = Channel()
    await flush(desk, channel)
    await click(desk, Verb.TAKE, "mofcom-2025-57")
    await flush(desk, channel)

    assert [key for key, _ in channel.said] == ["mofcom-2025-57:act", "mofcom-2025-58:act"]
    assert channel.edits[-2:] == ["1", "2"]


async def test_a_message_that_waits_says_how_its_event_stands_when_it_is_said(desk, ministry):
    await desk.poll()
    ministry.publish("10", listing(10, "Halifax Forum"))
    await desk.poll()
    await click(desk, Verb.TAKE)
    (waits,) = await desk.waiting()

    assert compose_alert(await desk.notice(waits)).status == (
        "Taken by Li Wei, 9 Oct 2025, 01:10 UTC",
    )


async def test_what_is_not_ours_is_dismissed_as_by_the_watch_list_s_own_command(desk, told):
    case = await desk.pipeline.history(handling.find_case, EVENT)
    first, second = case.pairs
    one = await click(desk, Verb.NOT_OURS, pairs=(first.digest,), text="another firm of that name")
    rest = await click(desk, Verb.NOT_OURS)
    dismissed = await desk.pipeline.history(watched.list_dismissals)

    assert [(pair.entry, pair.subject) for pair in (first, second)] == [
        (each.entry, each.subject) for each in dismissed
    ]
    assert {each.by for each in dismissed} == {"Li Wei"}
    assert (one.after.stage, rest.after.stage, rest.after.decision) == (
        Stage.OPEN,
        Stage.DONE,
        "not ours",
    )
    assert (await desk.pipeline.history(handling.find_case, EVENT)).pairs == ()


async def test_a_second_destination_is_told_what_the_first_was_and_only_once(desk, told):
    done = await click(desk, Verb.TELL, to=OPS)
    again = await click(desk, Verb.TELL, to=OPS)
    (owed,) = [owed for owed in await desk.waiting(OPS) if owed.kind is NoticeKind.ACT]
    notice = await desk.notice(owed)

    assert (done.refused, again.refused) == ("", "ops has an alert on it already")
    assert notice.fact.key == EVENT
    assert notice.why == "a person had it sent here"


async def test_what_is_refused_is_on_record_and_changes_nothing(desk, told):
    done = await click(desk, Verb.DONE)

    assert done.refused == "give the decision"
    assert (await standing(desk)).stage is Stage.OPEN
    assert [
        each.refused for each in await desk.pipeline.history(handling.list_handlings, EVENT)
    ] == ["give the decision"]
    assert await edits(desk) == []


async def test_of_what_nobody_was_told_nothing_can_be_done(desk):
    with pytest.raises(MonitorError, match="no such event has an alert"):
        await click(desk, Verb.TAKE, "uel-2025-99")


async def muted(desk, **more) -> None:
    until = format_instant(desk.clock.now() + timedelta(days=7))
    await click(desk, Verb.MUTE, event="", until=until, **more)


async def test_news_of_a_muted_register_is_on_record_and_not_told(desk, ministry):
    await desk.poll()
    await muted(desk, to="register:cn-unreliable-entities", text="too many")
    ministry.publish("11", listing(11, "Halifax Forum"))
    ministry.publish("57", control(57, "1C909.a"))
    await desk.poll()
    owed = [owed for owed in await desk.owed() if owed[0] is NoticeKind.ACT]
    every = await desk.pipeline.history(outbox.list_messages, every=True)

    assert [key for _, key in owed] == ["mofcom-2025-57:act"]
    assert [
        (message.key, message.state, message.failure)
        for message in every
        if message.key == "uel-2025-11:act"
    ] == [
        (
            "uel-2025-11:act",
            OutboxState.CANCELLED,
            "muted: register:cn-unreliable-entities until 2025-10-16T01:05:00Z",
        )
    ]


async def test_what_is_muted_is_owed_to_nobody_and_is_told_once_a_person_has_it_sent(
    desk, ministry
):
    await desk.poll()
    await muted(desk, to="source:toy")
    ministry.publish("11", listing(11, "Halifax Forum"))
    await desk.poll()
    quiet = await desk.pipeline.history(handling.find_case, "uel-2025-11")
    done, again = [await click(desk, Verb.TELL, "uel-2025-11", to=ALERTS) for _ in range(2)]
    owed = await desk.pipeline.history(handling.find_case, "uel-2025-11")

    assert (quiet.told, quiet.untold) == (
        {},
        {ALERTS: "muted: source:toy until 2025-10-16T01:05:00Z"},
    )
    assert (owed.told, owed.untold) == ({ALERTS: None}, {})
    assert (done.refused, again.refused) == ("", "alerts has an alert on it already")
    assert [waits.kind for waits in await desk.waiting()] == [NoticeKind.ACT]


async def test_what_was_dropped_there_is_told_once_a_person_has_it_sent_again(desk, told):
    await click(desk, Verb.TELL, to=OPS)
    (first,) = await desk.waiting(OPS)
    await desk.pipeline.history(outbox.drop_messages, [first.id], "Li Wei", "", desk.clock.now())
    dropped = await desk.pipeline.history(handling.find_case, EVENT)
    again = await click(desk, Verb.TELL, to=OPS)

    assert dropped.untold == {OPS: "a person dropped it"}
    assert again.refused == ""
    assert [waits.kind for waits in await desk.waiting(OPS)] == [NoticeKind.ACT]


async def test_what_touches_the_watch_list_is_told_though_it_is_muted_and_says_so(desk, ministry):
    await desk.poll()
    await muted(desk, to="source:toy")
    ministry.publish("10", listing(10, "TechInsights"))
    await desk.poll()
    (owed,) = await desk.waiting()

    said = "it touches your watch list, though source:toy is muted until 2025-10-16T01:05:00Z"
    assert (await desk.notice(owed)).why.endswith(said)


async def test_a_mute_ends_by_itself_or_when_somebody_takes_it_back(desk, ministry):
    await desk.poll()
    await muted(desk, to="source:toy")
    await click(desk, Verb.UNMUTE, event="", to="source:toy", person=ANA)
    again = await click(desk, Verb.UNMUTE, event="", to="source:toy")
    await muted(desk, to="register:cn-unreliable-entities")
    ministry.publish("11", listing(11, "Halifax Forum"))
    await desk.poll(after=timedelta(days=8))

    assert "is not muted" in again.refused
    assert [key for _, key in await desk.owed()] == ["uel-2025-11:act"]
    assert await desk.pipeline.history(mutes.list_news_mutes, desk.clock.now()) == []


async def test_an_event_is_known_by_its_acts_and_by_its_messages(desk, told):
    places = {
        what: await desk.pipeline.history(handling.find_case, what)
        for what in (EVENT, "1", "nothing")
    }

    assert {what: case and case.event for what, case in places.items()} == {
        EVENT: EVENT,
        "1": EVENT,
        "nothing": None,
    }


async def test_a_case_says_by_which_rule_where_and_when_it_was_told_and_what_it_touches(desk, told):
    case = await desk.pipeline.history(handling.find_case, EVENT)

    assert set(case.told) == {ALERTS}
    assert case.told[ALERTS] == desk.clock.now()
    assert [pair.entry_name for pair in case.pairs] == ["Acme Widgets Ltd", "TechInsights Inc."]
    assert (case.severity, case.registers, case.sources) == (
        "critical",
        ("cn-unreliable-entities",),
        ("toy.notices",),
    )
    assert case.dates == {"2025-10-09": "begins"}
    assert LI.handle not in str(case)


async def test_an_edit_waits_where_its_message_stands_while_that_destination_is_closed(desk, told):
    await click(desk, Verb.TAKE)
    await desk.pipeline.history(outbox.send_elsewhere, ALERTS, OPS)
    waits = {name: [owed.kind for owed in await desk.waiting(name)] for name in (ALERTS, OPS)}

    assert waits == {ALERTS: [NoticeKind.STATE], OPS: []}


async def test_an_edit_of_what_stands_where_nobody_speaks_any_more_is_owed_no_longer(desk, told):
    await click(desk, Verb.TAKE)
    await desk.pipeline.history(outbox.reroute_orphaned_messages, [OPS], OPS)

    assert [owed.kind for name in (ALERTS, OPS) for owed in await desk.waiting(name)] == []
