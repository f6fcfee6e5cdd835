"""Before anything is to be said: who takes nothing is named once, with the reason, and whoever
can't be asked is no such case.
"""

import logging
from datetime import timedelta

import pytest
from channels import Channel

from monitor.deliver.channel import Unopened
from monitor.deliver.sending import check, keep_checking
from monitor.errors import DeliveryError
from monitor.render.alert import compose_alert
from monitor.store import notices, outbox


class Asked(Channel):
    """A channel that can be asked whether it lets us in."""

    def __init__(self, answer: DeliveryError | None = None) -> None:
        super().__init__()
        self.answer = answer

    def check(self) -> None:
        if self.answer:
            raise self.answer


def refused(why: str, *, closed: bool = True) -> DeliveryError:
    return DeliveryError(why, outcome="refused", closed=closed)


async def test_who_takes_nothing_is_named_with_all_whom_the_same_reason_shuts_out(desk, caplog):
    channels = {
        "alerts": Asked(refused("the token was revoked")),
        "ops": Asked(refused("the token was revoked")),
        "desk": Asked(refused("no such channel")),
        "fine": Asked(),
        "busy": Asked(refused("asks for patience", closed=False)),
        "mail": Channel(),
    }
    await check(desk.pipeline.history, channels, desk.clock)
    said = [
        (record.levelno, record.getMessage())
        for record in caplog.records
        if record.name == "monitor.deliver.sending"
    ]

    assert said == [
        (logging.WARNING, "busy: its access can't be checked: asks for patience"),
        (
            logging.ERROR,
            (
                "nothing can be sent to alerts and ops: the token was revoked. Polls go on; what is"
                " owed waits, and is not lost"
            ),
        ),
        (
            logging.ERROR,
            (
                "nothing can be sent to desk: no such channel. Polls go on; what is owed waits, and"
                " is not lost"
            ),
        ),
    ]


async def test_a_destination_that_lets_us_in_again_is_closed_no_more_and_one_that_does_not_say_stays_as_it_was(
    desk,
):
    history = desk.pipeline.history
    seen = []
    for answer in (
        refused("the token was revoked"),
        refused("asks for patience", closed=False),
        None,
    ):
        await check(history, {"alerts": Asked(answer)}, desk.clock)
        seen.append(
            [
                (closed.destination, closed.why)
                for closed in await history(outbox.list_closed_destinations)
            ]
        )

    assert seen == [
        [("alerts", "the token was revoked")],
        [("alerts", "the token was revoked")],
        [],
    ]


async def test_all_that_one_token_let_in_are_open_once_it_works_again_though_nothing_waits_there(
    desk,
):
    history = desk.pipeline.history
    channels = {name: Asked(refused("no such token")) for name in ("alerts", "ops")}
    waits, closed = [], []

    class Clock:
        """A clock on which the token works when somebody has slept twice."""

        now = desk.clock.now

        async def sleep(self, seconds: float) -> None:
            waits.append(seconds)
            closed.append([each.destination for each in await load()])
            for channel in channels.values() if len(waits) == 2 else ():
                channel.answer = None

    async def load():
        return await history(outbox.list_closed_destinations)

    await keep_checking(history, channels, Clock())

    assert closed == [["alerts", "ops"]] * 2
    assert (await load(), waits) == ([], [300, 300])


async def test_since_when_a_destination_takes_nothing_outlives_a_start_and_another_reason(desk):
    history, since = desk.pipeline.history, desk.clock.now()
    for why in ("no such token", "can't look for a message: no such token", "no such channel"):
        await check(history, {"alerts": Asked(refused(why))}, desk.clock)
        desk.clock.move_to(desk.clock.now() + timedelta(hours=1))

    (closed,) = await history(outbox.list_closed_destinations)
    assert (closed.since, closed.why) == (since, "no such channel")


@pytest.mark.parametrize(
    ("closed", "told"),
    [
        (["desk"], {"ops"}),
        (["alerts", "ops"], {"desk", "mail"}),
        (["alerts", "ops", "desk", "mail"], set()),
    ],
)
async def test_others_are_told_once_of_a_destination_that_takes_nothing(desk, closed, told):
    history = desk.pipeline.history
    names = ("alerts", "ops", "desk", "mail")
    for _ in range(2):
        channels = {
            name: Unopened(name, "the key is not set") if name in closed else Channel()
            for name in names
        }
        await check(history, channels, desk.clock)
    messages = await history(outbox.list_messages)

    assert {each.destination for each in messages} == told
    assert len(messages) == len(told)
    notice = await history(notices.load_told_notice, messages[0].id) if messages else None
    assert (
        not notice
        or f"{' and '.join(closed)}: the key is not set." in compose_alert(notice).summary
    )
    await check(history, {name: Channel() for name in names}, desk.clock)
    assert await history(outbox.list_closed_destinations) == []
