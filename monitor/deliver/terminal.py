"""The way out that always works: alerts on a terminal as Slack would look, or as one JSON object a line. Does I/O."""

from functools import cached_property
from json import dumps
from typing import TextIO

# What an alert looks like is loaded when there is one: most polls have nothing to say.
from rich.console import Console

from monitor.alert.event import ATTACHED
from monitor.alert.notice import Notice
from monitor.config.outward import redacted
from monitor.deliver import terminal_look
from monitor.deliver.channel import Pace, Receipt
from monitor.deliver.json import notice_as_json
from monitor.errors import DeliveryError, Outcome
from monitor.render import alert as alerts


class Terminal:
    """Prints to a console or file; there is nothing to answer, to edit or to look through afterwards."""

    name = "terminal"
    searchable = False
    pace = Pace(gap=0)

    def __init__(self, out: Console | TextIO | None = None, *, json: bool = False) -> None:
        self._out = out
        self._json = json

    @cached_property
    def _console(self) -> Console:
        return terminal_look.console_of(self._out)

    def post(self, notice: Notice, *, thread: Receipt | None = None) -> Receipt:  # noqa: ARG002  # the notice says it
        return self.told(notice)

    @property
    def is_json(self) -> bool:
        """Whether a program reads it."""
        return self._json

    def told(self, notice: Notice, *, to: str = "", where: str = "") -> Receipt:
        """Say it, and of a rehearsal `to` which destination it would go; a person reads `where` above it.

        Raises:
            DeliveryError: the pipe or the file was closed.
        """
        if notice.kind in ATTACHED:  # the alert has the first rows and the details, and as JSON all of them
            return ""
        alert = alerts.compose(notice)
        try:
            if where and not self._json and alert.kind not in terminal_look.OPS:
                self.remark(where)
            self._write(_line(notice, alert, self._encoding, to) if self._json else self._picture(alert))
        except (OSError, ValueError) as error:  # the pipe or the file was closed
            raise DeliveryError("the terminal takes no more output", outcome=Outcome.REFUSED) from error
        return ""

    def remark(self, text: str) -> None:
        """One line that is no message."""
        self._write(f"{text}\n")

    def update(self, notice: Notice, receipt: Receipt = "") -> Receipt:  # noqa: ARG002  # it is printed anew
        if notice.trouble and notice.trouble.over:
            return ""  # its end is told by itself
        return self.post(notice)

    def find(self, key: str, *, thread: Receipt | None = None, since: Receipt | None = None) -> Receipt | None:  # noqa: ARG002
        return None

    @property
    def _encoding(self) -> str:
        return getattr(self._console.file, "encoding", None) or "utf-8"

    def _picture(self, alert: alerts.Alert) -> str:
        with self._console.capture() as capture:
            terminal_look.show(alert, self._console)
        return capture.get()

    def _write(self, text: str) -> None:
        """Print; a character the terminal does not have becomes a question mark."""
        self._console.file.write(redacted(text).encode(self._encoding, "replace").decode(self._encoding))
        self._console.file.flush()


def _line(notice: Notice, alert: alerts.Alert, encoding: str, to: str = "") -> str:
    """One object; in escapes where the terminal could not show its characters."""
    whole = notice_as_json(notice, alert) | ({"to": to} if to else {})
    line = dumps(whole, ensure_ascii=False)
    try:
        line.encode(encoding)
    except UnicodeEncodeError:
        line = dumps(whole, ensure_ascii=True)
    return f"{line}\n"
