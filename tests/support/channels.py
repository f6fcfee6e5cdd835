"""Channels that answer as a test tells them, and what is owed to them."""

from datetime import timedelta

from acts import control

from monitor.alert.event import NoticeKind
from monitor.deliver import channel
from monitor.deliver.channel import DeliveryPolicy, Pace
from monitor.deliver.sending import deliver
from monitor.errors import DeliveryError
from monitor.store import ALERTS


class Killed(Exception):
    """Stands for SIGKILL: nothing after it is done."""


class Channel(channel.Channel):
    """A channel that can be told how to answer: what it took is in `said` (but details), the
    answers to come in `weather`.
    """

    name = "channel"
    pace = Pace(gap=0)

    def __init__(self, *, searchable: bool = True) -> None:
        self.searchable = searchable
        self.said: list[tuple[str, str | None]] = []
        self.edits: list[str] = []
        self.repeats = 0
        self.weather: list[str] = []
        self.looked: list[tuple[str, str | None]] = []

    def post(self, notice, *, thread):
        if notice.kind is NoticeKind.DETAILS:  # they follow their act, whatever the weather
            return ""
        answer = self.weather.pop(0) if self.weather else "fine"
        if answer == "closed":
            raise DeliveryError("no such channel", outcome="refused", retry_after=300, closed=True)
        if answer in ("refused", "permanent"):
            raise DeliveryError(
                "no", outcome=answer, retry_after=30 if answer == "refused" else None
            )
        self.said.append((notice.key, thread))
        self.repeats += notice.repeated
        if answer == "lost":
            raise DeliveryError("the line broke", outcome="unknown")
        if answer == "killed":
            raise Killed
        return str(len(self.said))

    def update(self, notice, receipt):
        self.edits.append(receipt)
        return receipt

    def find(self, key, *, thread, since):
        if key.endswith(":details"):
            return ""
        self.looked.append((key, since))
        return next((str(i) for i, (said, _) in enumerate(self.said, 1) if said == key), None)


async def flush(desk, channel: Channel, *, after: timedelta = timedelta(0)) -> list[DeliveryError]:
    desk.clock.move_to(desk.clock.now() + after)
    return await deliver(desk.pipeline.history, {ALERTS: channel}, desk.clock)


HOUR = timedelta(hours=1)


async def hourly(desk, ministry, count: int) -> None:
    """So many acts, published hours apart."""
    await desk.poll()
    for number in range(1, count + 1):
        ministry.publish(str(number), control(number, "1C909"))
        await desk.poll(after=HOUR)


async def told(desk, channel: Channel, policies: DeliveryPolicy) -> list[DeliveryError]:
    return await deliver(desk.pipeline.history, {ALERTS: channel}, desk.clock, {ALERTS: policies})


class Forgetful(Channel):
    """A channel that is first asked what it heard."""

    def __init__(self, *answers: DeliveryError | list[str]) -> None:
        super().__init__()
        self.answers = [*answers]

    def recalled(self, since):
        answer = self.answers.pop(0)
        if isinstance(answer, DeliveryError):
            raise answer
        return answer


class Newer(Channel):
    """A channel that, as Slack does, looks only behind the message that it is told is older."""

    def find(self, key, *, thread, since):
        return next(
            (
                str(at)
                for at, (said, _) in enumerate(self.said, 1)
                if said == key and at > int(since or 0)
            ),
            None,
        )
