"""A way out through apprise (mail, Teams, Discord, Telegram and a hundred more), where that library is installed. Does I/O."""

import logging
from typing import TYPE_CHECKING

from monitor.alert.event import NoticeKind
from monitor.alert.notice import Notice
from monitor.deliver.mouth import Receipt
from monitor.deliver.pace import Pace
from monitor.errors import ConfigError, DeliveryError
from monitor.render import plain
from monitor.render.alert import compose
from monitor.render.rows import as_csv, file_name

# An optional extra: it is looked for when a destination needs it.
if TYPE_CHECKING:
    from apprise import Apprise as Library
    from apprise.attachment.memory import AttachMemory

INSTALL = "needs the library apprise: pip install 'regulatory-monitor[apprise]' (here: .venv/bin/uv sync --extra apprise)"


class Apprise:
    """One of apprise's addresses, told each notice at least once as title and plain text.

    There are no threads, edits and look-ups, so replies stand alone and name what they answer.
    """

    searchable = False

    def __init__(self, name: str, url: str) -> None:
        self.name = f"apprise:{name}"
        self.pace = Pace()
        self._library = _library(name)
        if not self._library.add(url):
            raise ConfigError(f"destinations.{name}.apprise: what its variable holds is no address that apprise knows")

    def __repr__(self) -> str:
        return f"Apprise({self.name})"

    def post(self, notice: Notice, *, thread: Receipt | None) -> Receipt:  # noqa: ARG002  # the notice names its thread
        alert = compose(notice)
        self.send(plain.title(alert), plain.body(alert), file=_file(notice))
        return ""

    def update(self, notice: Notice, receipt: Receipt) -> Receipt:  # noqa: ARG002
        """Nothing: what an edit would say is also said by the message that caused it."""
        return ""

    def find(self, key: str, *, thread: Receipt | None, since: Receipt | None) -> Receipt | None:  # noqa: ARG002
        return None

    def send(self, title: str, body: str, *, file: "AttachMemory | None" = None) -> None:
        """Send a title and a text, and a file where the service takes files.

        Raises:
            DeliveryError: they were not, or not surely, taken; apprise does not say which of the two, so it is unknown.
        """
        try:
            sent = bool(self._library.notify(title=title, body=body, body_format="text", attach=file))
        except Exception:  # noqa: BLE001 - a hundred services, and each has errors of its own
            sent = False
        if not sent:
            raise DeliveryError(f"{self.name} did not say that it took the message", outcome="unknown")


def _file(notice: Notice) -> "AttachMemory | None":
    """The full list, where the message is about that."""
    if notice.kind is not NoticeKind.ROWS:
        return None
    from apprise.attachment.memory import AttachMemory  # noqa: PLC0415 - see above

    return AttachMemory(as_csv(notice), name=file_name(notice.key), mimetype="text/csv")  # type: ignore[no-untyped-call]


def _library(name: str) -> "Library":
    try:
        import apprise  # noqa: PLC0415 - see above
    except ImportError as error:
        raise ConfigError(f"destinations.{name}.apprise {INSTALL}") from error
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)  # it logs addresses, and those are secrets
    return apprise.Apprise(asset=apprise.AppriseAsset(app_id="Regulatory monitor", app_desc="Regulatory monitor", app_url=""))
