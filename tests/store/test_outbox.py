"""What waits in the outbox: gathered in one thread, sent elsewhere, and the word of the day."""

from datetime import timedelta

import pytest
from acts import control, listing
from channels import HOUR, Channel, flush, hourly

from monitor.alert.event import NoticeKind
from monitor.render.alert import compose_alert
from monitor.store import ALERTS, OPS, outbox, owing


async def waiting(desk, destination: str = ALERTS):
    return await desk.waiting(destination)


async def arrive(desk, receipts: dict[str, str]) -> None:
    """Let what waits arrive where it is told to; what is not named goes on waiting."""
    for owed in await waiting(desk):
        if owed.key in receipts:
            await desk.pipeline.history(
                outbox.mark_sent, owed.id, receipts[owed.key], desk.clock.now()
            )


async def place(desk, owed) -> str | None:
    """Where a message goes once it is on its way."""
    return (
        await desk.pipeline.history(outbox.mark_sending, owed, not_before=None, doubtful=False)
    ).thread


async def daily(desk):
    """The one word of the day that is owed."""
    await desk.pipeline.history(owing.enqueue_daily, "2025-10-09", OPS, desk.clock.now())
    (owed,) = [owed for owed in await waiting(desk, OPS) if owed.kind is NoticeKind.DAILY]
    return await desk.notice(owed)


@pytest.fixture
async def late(desk, ministry):
    """A desk at which three acts wait that were published hours apart."""
    await desk.poll()
    for number in (55, 56, 57):
        ministry.publish(str(number), control(number, "1C909"))
        await desk.poll(after=timedelta(hours=1))
    await desk.pipeline.history(
        outbox.batch_pending, ALERTS, "Slack could not be reached.", desk.clock.now()
    )
    return desk


async def test_what_waits_is_gathered_behind_one_message_that_says_what_and_why(late):
    first, *others = await waiting(late)
    alert = compose_alert(await late.notice(first))

    assert [owed.kind for owed in (first, *others)] == [
        NoticeKind.DIGEST,
        NoticeKind.ACT,
        NoticeKind.ACT,
        NoticeKind.ACT,
    ]
    assert alert.headline == "3 messages had to wait"
    assert alert.summary == "Slack could not be reached. All follow in this thread."
    assert [line.text.partition(" (")[0] for line in alert.acts] == ["🟠 China puts 1 item"] * 3


async def test_a_message_is_about_its_own_act_by_key_and_by_number(late):
    ask = late.pipeline.history
    numbers = {
        message.key: message.id
        for message in await ask(outbox.list_messages, kinds=[NoticeKind.ACT])
    }

    for act in ("mofcom-2025-55", "mofcom-2025-57"):
        assert await ask(outbox.list_keys_told, f"{act}:act") == [act]
        assert await ask(outbox.list_keys_told, str(numbers[f"{act}:act"])) == [act]
    assert await ask(outbox.list_keys_told, "999") == []


async def test_what_is_gathered_stands_in_the_thread_of_the_digest_and_so_does_what_follows_it(
    late, ministry
):
    digest = (await waiting(late))[0]
    await arrive(late, {digest.key: "C1:1"})
    assert [await place(late, owed) for owed in await waiting(late)] == ["C1:1"] * 3

    await arrive(late, {"mofcom-2025-55:act": "C1:2"})
    amended = control(55, "1C909", "1C910")
    ministry.publish("55", amended)
    await late.poll(after=timedelta(days=1))
    places = {owed.kind: await place(late, owed) for owed in await waiting(late)}

    assert places[NoticeKind.AMENDED] == "C1:1"  # a reply can't have a thread of its own
    assert places[NoticeKind.PARENT] == "C1:2"  # but it can be edited


async def test_gathering_twice_gathers_nothing_twice(late):
    before = [(owed.id, owed.key) for owed in await waiting(late)]
    await late.pipeline.history(outbox.batch_pending, ALERTS, "again", late.clock.now())

    assert [(owed.id, owed.key) for owed in await waiting(late)] == before


async def test_one_message_is_not_gathered(desk, ministry):
    await desk.poll()
    ministry.publish("55", control(55, "1C909"))
    await desk.poll()
    await desk.pipeline.history(outbox.batch_pending, ALERTS, "why", desk.clock.now())

    assert [owed.kind for owed in await waiting(desk)] == [NoticeKind.ACT]


async def test_what_waits_at_a_closed_destination_goes_elsewhere_and_says_so(desk, ministry):
    await desk.poll()
    ministry.publish("10", listing(10, "TechInsights"))
    await desk.poll()
    moved = await desk.pipeline.history(outbox.send_elsewhere, ALERTS, OPS)
    (owed,) = await waiting(desk, OPS)
    alert = compose_alert(await desk.notice(owed))

    assert (moved, await waiting(desk)) == (2, [])  # the act, and its details
    assert alert.status[0] == "This was meant for alerts, which can't be reached."


async def test_a_long_list_is_owed_once_more_as_a_file_in_its_thread(desk, ministry):
    await desk.poll()
    ministry.publish("10", listing(10, *(f"Firm {number}" for number in range(30))))
    ministry.publish("11", listing(11, "One Firm"))
    await desk.poll(after=timedelta(hours=1))

    assert [(owed.kind, owed.key) for owed in await waiting(desk)] == [
        (NoticeKind.ACT, "uel-2025-10:act"),
        (NoticeKind.ROWS, "uel-2025-10:act:rows"),
        (NoticeKind.ACT, "uel-2025-11:act"),
        (NoticeKind.PARENT, "uel-2025-10:parent:2"),
    ]


async def test_the_word_of_the_day_is_owed_once_and_says_how_fresh_every_source_is(desk, ministry):
    await desk.poll()
    ministry.status["index"] = 500
    await desk.poll()
    await daily(desk)
    alert = compose_alert(await daily(desk))

    assert alert.headline == "No change told in the last day: 1 of 1 source gives nothing"
    assert alert.facts[0].label == "toy.notices gives nothing"
    assert alert.facts[0].text.startswith("last read 9 Oct 2025 01:05 UTC; unreachable (server): ")


async def test_the_word_of_the_day_names_what_was_refused_and_neither_what_arrived_nor_what_only_waits(
    desk, ministry
):
    channel = Channel()
    await hourly(desk, ministry, 3)
    channel.weather = ["fine", "permanent", "refused"]
    await flush(desk, channel)
    ministry.publish("4", control(4, "1C909"))
    await desk.poll(after=HOUR)
    undelivered = (await daily(desk)).body.undelivered

    assert [(message.key, answer) for message, answer in undelivered] == [
        ("mofcom-2025-2:act", "to alerts: no"),
        ("mofcom-2025-3:act", "to alerts: no"),
    ]


async def test_the_summary_of_a_day_names_the_first_ten_and_counts_the_others(desk, ministry):
    await desk.poll()
    for number in range(1, 13):
        ministry.publish(str(number), listing(number, f"Firm {number}"))
        await desk.poll(after=timedelta(minutes=20))
    alert = compose_alert(await daily(desk))

    assert (
        alert.headline
        == "12 changes told in the last day: the one source was not read all the while"
    )
    assert len(alert.acts) == 11
    assert alert.acts[-1].text == "… and 2 more changes"
