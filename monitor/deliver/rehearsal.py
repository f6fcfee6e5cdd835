"""A rehearsal's destinations: the terminal shows what would go to each, once in full and elsewhere by its headline. Does I/O."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock

from monitor.alert.event import ATTACHED
from monitor.alert.notice import Notice
from monitor.alert.route import NO_RULE, disturbs
from monitor.config.times import Hours
from monitor.deliver.channel import Channel, Pace, Receipt
from monitor.deliver.terminal import Terminal
from monitor.render.alert import compose


@dataclass(eq=False)  # each is one of its own, whatever another has shown
class Shown:
    """What a rehearsal has shown so far, of all its destinations together, which speak side by side."""

    keys: set[str] = field(default_factory=set)
    messages: Counter[str] = field(default_factory=Counter)
    fitted_by_none: int = 0
    lock: Lock = field(default_factory=Lock)


@dataclass
class Rehearsed:
    """One destination of a rehearsal; where there is `alone` one place to go, nothing is said of it."""

    destination: str
    terminal: Terminal
    shown: Shown
    quiet: Hours | None
    alone: bool
    name: str = Terminal.name
    searchable: bool = False
    pace: Pace = field(default_factory=lambda: Pace(gap=0))

    def post(self, notice: Notice, *, thread: Receipt | None = None) -> Receipt:  # noqa: ARG002 - the notice says it
        with self.shown.lock:
            if notice.kind not in ATTACHED:
                self.shown.messages[self.destination] += 1
                self.shown.fitted_by_none += notice.why == NO_RULE
            return self._show(notice)

    def update(self, notice: Notice, receipt: Receipt = "") -> Receipt:  # noqa: ARG002 - it is printed anew
        with self.shown.lock:
            return self._show(notice)

    def find(self, key: str, *, thread: Receipt | None = None, since: Receipt | None = None) -> Receipt | None:  # noqa: ARG002
        return None

    def _show(self, notice: Notice) -> Receipt:
        """In full the first time that any destination is told; that no rule fitted is said once, at the end."""
        if self.alone or notice.kind in ATTACHED:
            return self.terminal.post(notice)
        key = notice.key.removesuffix(f"@{self.destination}")
        notice = replace(notice, why="") if notice.why == NO_RULE else notice
        where = f"{self.destination}{''.join(self._circumstances(notice))}"
        if key in self.shown.keys and not self.terminal.is_json:
            self.terminal.remark(f"→ also to {where}: {compose(notice).headline}")
            return ""
        self.shown.keys.add(key)
        return self.terminal.told(notice, to=self.destination, where=f"→ to {where}")

    def _circumstances(self, notice: Notice) -> Iterator[str]:
        if notice.mentions:
            yield f", mentions {', '.join(notice.mentions)}"
        until = self.quiet.until(datetime.fromisoformat(notice.first_seen)) if self.quiet else None
        if until and not disturbs(notice.severity, notice.kind):
            yield f", at {until:%H:%M} after its quiet hours ({self.quiet})"


def summed_up(channels: Mapping[str, Channel]) -> Iterator[str]:
    """How many messages went where, and how many no rule fitted; nothing where there was one place to go."""
    told = [channel for channel in channels.values() if isinstance(channel, Rehearsed) and not channel.alone]
    for shown in dict.fromkeys(channel.shown for channel in told):
        counts = ", ".join(f"{channel.destination} {shown.messages[channel.destination]}" for channel in told)
        yield f"messages by destination: {counts}"
        if shown.fitted_by_none:
            yield f"no rule of config.toml fits {shown.fitted_by_none} of them: those go to alerts"
