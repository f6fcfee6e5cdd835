"""The way out that always works: alerts on a terminal as Slack would look, or as one JSON object a line. Does I/O."""

from functools import cached_property
from json import dumps
from typing import TYPE_CHECKING, Any, TextIO

import msgspec

from monitor.alert.event import NoticeKind
from monitor.alert.notice import Notice
from monitor.deliver.mouth import Receipt
from monitor.deliver.pace import Pace
from monitor.errors import DeliveryError
from monitor.outward import redacted

# What an alert looks like is loaded when there is one: most polls have nothing to say.
if TYPE_CHECKING:
    from rich.console import Console

    from monitor.render.alert import Alert


class Terminal:
    """Prints to a console or file; there is nothing to answer, to edit or to look through afterwards."""

    name = "terminal"
    searchable = False
    pace = Pace(gap=0)

    def __init__(self, out: "Console | TextIO | None" = None, *, json: bool = False) -> None:
        self._out = out
        self._json = json

    @cached_property
    def _console(self) -> "Console":
        from rich.console import Console  # noqa: PLC0415

        return self._out if isinstance(self._out, Console) else Console(file=self._out)

    def post(self, notice: Notice, *, thread: Receipt | None = None) -> Receipt:  # noqa: ARG002  # the notice says it
        from monitor.render.alert import compose  # noqa: PLC0415

        if notice.kind is NoticeKind.ROWS:  # the alert has the first rows, and as JSON all of them
            return ""
        alert = compose(notice)
        try:
            self._write(_line(notice, alert, self._encoding) if self._json else self._picture(alert))
        except (OSError, ValueError) as error:  # the pipe or the file was closed
            raise DeliveryError("the terminal takes no more output", outcome="refused") from error
        return ""

    def update(self, notice: Notice, receipt: Receipt = "") -> Receipt:  # noqa: ARG002  # it is printed anew
        return self.post(notice)

    def find(self, key: str, *, thread: Receipt | None = None, since: Receipt | None = None) -> Receipt | None:  # noqa: ARG002
        return None

    @property
    def _encoding(self) -> str:
        return getattr(self._console.file, "encoding", None) or "utf-8"

    def _picture(self, alert: "Alert") -> str:
        from monitor.render.terminal import show  # noqa: PLC0415

        with self._console.capture() as capture:
            show(alert, self._console)
        return capture.get()

    def _write(self, text: str) -> None:
        """Print; a character the terminal does not have becomes a question mark."""
        self._console.file.write(redacted(text).encode(self._encoding, "replace").decode(self._encoding))
        self._console.file.flush()


def _line(notice: Notice, alert: "Alert", encoding: str) -> str:
    """One object; in escapes where the terminal could not show its characters."""
    found = dumps(told(notice, alert), ensure_ascii=False)
    try:
        found.encode(encoding)
    except UnicodeEncodeError:
        found = dumps(told(notice, alert), ensure_ascii=True)
    return f"{found}\n"


def told(notice: Notice, alert: "Alert") -> dict[str, Any]:
    """The notice as JSON; what is absent is left out."""
    fact = notice.act or notice.report or notice.edition or notice.reminder
    whole = {
        "at": notice.first_seen,
        "key": notice.key,
        "kind": str(notice.kind),
        "source": notice.source,
        "authority": notice.authority,
        "event": notice.event or (notice.acts[0].key if notice.acts else None),
        "thread": alert.thread,
        "headline": alert.headline,
        "summary": alert.summary,
        "status": list(alert.status),
        "facts": msgspec.to_builtins(fact) if fact else None,
        "before": msgspec.to_builtins(notice.before) if notice.before else None,
        "not_read": list(alert.not_read),
        "evidence": msgspec.to_builtins(notice.evidence) if notice.evidence else None,
        "problem": msgspec.to_builtins(notice.problem) if notice.problem else None,
        "touches": msgspec.to_builtins(notice.touches) if notice.touches else None,
        "severity": notice.severity if notice.severity != "normal" else None,
        "repeated": notice.repeated,
    }
    return {name: value for name, value in whole.items() if value}
