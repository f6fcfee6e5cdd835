from datetime import timedelta

from channels import Channel

from monitor.alert.event import NoticeKind
from monitor.deliver.sending import deliver
from monitor.poll.round import enqueue_due, tell_stale
from monitor.source.page import Request
from monitor.store import OPS, addresses, polls

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


async def test_a_baseline_that_takes_hours_and_brings_page_after_page_is_not_told_as_silent(desk):
    history, awake, told = desk.pipeline.history, desk.clock.now(), []
    requests = [Request(f"https://ministry.example/{number}") for number in range(3)]
    for place in await history(addresses.take_up, "toy.notices", requests, "toy.notice", awake):
        desk.clock.move_to(desk.clock.now() + 25 * MINUTE)
        await history(addresses.mark_page_unchanged, place.id, desk.clock.now(), came=True)
        await history(
            polls.tell_stale, {"toy.notices": 30 * MINUTE}, awake, desk.clock.now(), {}, {}
        )
        told += await desk.troubles()
    await history(
        polls.tell_stale,
        {"toy.notices": 30 * MINUTE},
        awake,
        desk.clock.now() + 31 * MINUTE,
        {},
        {},
    )

    assert told == []
    assert await desk.troubles() == [NoticeKind.PROBLEM]


async def test_a_source_that_is_not_polled_is_told_as_silent_all_the_same_and_once(desk, ministry):
    await desk.poll()
    awake = desk.clock.now()
    for hours in range(1, 4):
        desk.clock.move_to(awake + hours * HOUR)
        await tell_stale(desk.pipeline, awake)

    told = await desk.notices("ops")
    assert [notice.source for notice in told if "toy" in notice.problem.text] == ["cn-mofcom"]
    assert {notice.problem.kind for notice in told} == {"stale", "blind"}
    await deliver(desk.pipeline.history, {OPS: Channel()}, desk.clock)
    await desk.poll()
    # the message may be edited while one of the two is back and the other is not yet
    *edits, end = await desk.troubles()
    assert end is NoticeKind.RECOVERED
    assert {*edits} <= {NoticeKind.UPDATED}


async def test_a_source_whose_poll_may_just_answer_is_not_told_as_silent(desk, ministry):
    await desk.poll()
    awake = desk.clock.now()
    desk.clock.move_to(awake + HOUR)
    names = [source.id for source in desk.pipeline.registry.sources]
    await enqueue_due(desk.pipeline, [], [OPS], awake=awake, just_due=names)
    silent = await desk.troubles()
    await enqueue_due(desk.pipeline, [], [OPS], awake=awake)

    assert silent == []
    assert NoticeKind.PROBLEM in await desk.troubles()


async def test_after_a_long_sleep_of_the_machine_no_source_is_blamed_for_its_silence(
    desk, ministry
):
    await desk.poll()
    desk.clock.move_to(desk.clock.now() + 8 * HOUR)
    await tell_stale(desk.pipeline, desk.clock.now())

    assert await desk.troubles() == []
