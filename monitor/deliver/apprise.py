"""A way out through apprise (mail, Teams, Discord, Telegram and a hundred more), where that
library is installed. Does I/O.
"""

import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from monitor.alert.event import Notice, NoticeKind
from monitor.config import Config, Section
from monitor.config.variables import Variable
from monitor.deliver.channel import Channel, Pace, Receipt
from monitor.errors import ConfigError, DeliveryError, Outcome
from monitor.render.alert import compose_alert
from monitor.render.csv_rows import make_file_name, render_csv
from monitor.render.plain import join_label, render_plain
from monitor.render.text import cut, replace_brackets
from monitor.render.values import Alert

if TYPE_CHECKING:
    from apprise.attachment import memory

INSTALL = (
    "needs the library apprise: pip install 'regulatory-monitor[apprise]' (here: .venv/bin/uv sync"
    " --extra apprise)"
)
MOST = 3_500  # characters: less than a message of any messenger worth the name
ROWS = 20
LINE = 300
TITLE = 120
MARKUP = re.compile(r"[\\*_\[\]`~]")


class Settings(Section, kw_only=True, forbid_unknown_fields=True):
    """The variable with an address of apprise."""

    # The variable with an address of apprise (mail, Teams, Discord …).
    apprise: Variable


def opened(name: str, settings: Settings, config: Config) -> Channel:  # noqa: ARG001 - what every way out gets
    """Open the channel for any address of apprise."""
    return Apprise(
        name, settings.apprise.held(f"destinations.{name}.apprise", "an address of apprise")
    )


class Apprise(Channel):
    """One of apprise's addresses: it gets each notice at least once, as title and plain text.
    Without threads, edits and search, replies stand alone and name their subject.
    """

    def __init__(self, name: str, url: str) -> None:
        self.name = f"apprise:{name}"
        self.pace = Pace()
        try:
            import apprise  # noqa: PLC0415 - of an extra

            asset = apprise.AppriseAsset(
                app_id="Regulatory monitor", app_desc="Regulatory monitor", app_url=""
            )
        except ImportError as error:
            raise ConfigError(f"destinations.{name}.apprise {INSTALL}") from error
        # it logs addresses, and those are secrets
        logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
        self._library = apprise.Apprise(asset=asset)
        if not self._library.add(url):
            raise ConfigError(
                f"destinations.{name}.apprise: what its variable holds is no address that apprise"
                " knows"
            )
        # Teams, however its address is written
        self._is_card = self._library[0].url().startswith("workflow")  # type: ignore[no-untyped-call]

    def __repr__(self) -> str:
        return f"Apprise({self.name})"

    def post(self, notice: Notice, *, thread: Receipt | None = None) -> Receipt:  # noqa: ARG002  # the notice names its thread
        if notice.kind is not NoticeKind.DETAILS:  # their own message has them
            alert = compose_alert(notice)
            self.send(make_title(alert), make_body(alert), file=_make_attachment(notice))
        return ""

    def try_out(self, words: str) -> None:
        self.send("Test message", words)

    def send(self, title: str, body: str, *, file: "memory.AttachMemory | None" = None) -> None:
        """Send a title and a text, and a file if the service takes files.

        Raises:
            DeliveryError: they were not, or maybe not, accepted; apprise does not tell which, so it
                is unknown.
        """
        why, form = "", "text"
        if self._is_card:
            title, body, form = "", make_card_text(title, body), "markdown"
        try:
            sent = bool(self._library.notify(title=title, body=body, body_format=form, attach=file))
        except Exception as error:  # noqa: BLE001 - a hundred services, and each has errors of its own, which know the address
            sent, why = False, f" ({type(error).__name__})"
        if not sent:  # out here it does not chain the exception
            raise DeliveryError(f"{self.name} did not confirm the message{why}", Outcome.UNKNOWN)


def _make_attachment(notice: Notice) -> "memory.AttachMemory | None":
    """The full list, where the message is about that."""
    from apprise.attachment import memory  # noqa: PLC0415 - of an extra

    if notice.kind is not NoticeKind.ROWS:
        return None
    return memory.AttachMemory(
        render_csv(notice), name=make_file_name(notice.key), mimetype="text/csv"
    )  # type: ignore[no-untyped-call]


def make_title(alert: Alert) -> str:
    """The headline with its mark, on one line."""
    return cut(_disarm_text(alert.title), TITLE)


def make_body(alert: Alert) -> str:
    """Write all of the alert, the most needed first; a cut ends in an ellipsis, and the address
    stays whole.
    """
    address = "".join(f"\n\n{url}" for url in (alert.console, alert.url) if url)
    text = "\n".join(cut(_disarm_text(line), LINE) for line in _list_lines(alert))
    return (cut(text, max(MOST - len(address), 0)) + address).strip() or "–"


def make_card_text(title: str, body: str) -> str:
    """Write both in the Markdown of a card of Teams. It cuts a title of its own, and breaks lines
    only between paragraphs.
    """
    return "\n\n".join(_mark_up(line) for line in (title, *body.split("\n")) if line)


def _mark_up(line: str) -> str:
    text = MARKUP.sub(r"\\\g<0>", line)
    # an address of ours: all others are disarmed
    is_address = line.startswith(("https://", "http://"))
    return f"[{text}]({line.replace(')', '%29')})" if is_address else text


def _list_lines(alert: Alert) -> Iterator[str]:
    needed = {join_label(line) for line in alert.essence}
    for line in render_plain(alert, ROWS):
        # A reader may see only this: it is not cut at the length of a line.
        yield from _fold_text(line) if line in needed else (line,)
    if alert.why:
        yield f"You get this because {alert.why}"


def _fold_text(text: str) -> Iterator[str]:
    yield from (text[at : at + LINE] for at in range(0, min(len(text), 4 * LINE), LINE))


def _disarm_text(text: str) -> str:
    """Text that no messenger takes for a mention (`@everyone`, `<!here>`) or for an address."""
    return replace_brackets(text).replace("@", "@\u200b").replace("://", ":\u200a//")
