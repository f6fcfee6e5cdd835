"""What the outbox knows of a way out: say a notice, correct it, look whether it was said."""

from typing import Protocol, runtime_checkable

from monitor.alert.notice import Notice
from monitor.deliver.pace import Pace

Receipt = str
"""Where a message stands, so that it can be answered and edited (Slack: `channel:ts`); empty where a mouth has no such place."""


class Mouth(Protocol):
    """A destination. All methods are synchronous and raise only DeliveryError."""

    @property
    def name(self) -> str:
        """What the destination is called in logs and status; never a secret."""
        ...

    @property
    def searchable(self) -> bool:
        """Whether `find` can answer; if not, a message of unknown fate is said again, marked as a possible repeat."""
        ...

    @property
    def pace(self) -> Pace:
        """How fast it may be spoken to; two destinations that are one place share it."""
        ...

    def post(self, notice: Notice, *, thread: Receipt | None) -> Receipt:
        """Say it, in the thread of the message at `thread` if there is one."""
        ...

    def update(self, notice: Notice, receipt: Receipt) -> Receipt:
        """Let the message at `receipt` say this instead; may be repeated freely. Returns where it stands now."""
        ...

    def find(self, key: str, *, thread: Receipt | None, since: Receipt | None) -> Receipt | None:
        """Where the notice of this key was said, if it was; `since` is the last message known to be older.

        A DeliveryError means that the answer is still unknown.
        """
        ...


@runtime_checkable
class Recalling(Protocol):
    """A destination that can also say what it was told last."""

    def recalled(self, since: Receipt | None) -> list[str]:
        """The keys of what was said after the message at `since`, as far as it is quickly found.

        A DeliveryError means that the answer is still unknown.
        """
        ...
