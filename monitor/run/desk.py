"""The daemon's link to Slack: clicks reach the one thread that writes the history, and wake the
couriers.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from monitor.ask import cases, reviewing
from monitor.config.variables import read_secret
from monitor.deliver import slack
from monitor.deliver.channel import run_in_thread
from monitor.errors import ConfigError, MonitorError, StoreError
from monitor.model import frozen
from monitor.poll.poll import Pipeline
from monitor.run import triage
from monitor.store import ALERTS, OPS, handling
from monitor.triage.values import Case, Handling, Offer, TriageRequest, Verb

if TYPE_CHECKING:
    from monitor.deliver.slack.socket_mode import SocketMode

T = TypeVar("T")

PATIENCE = 2.5  # seconds: Slack waits three for an answer
INSTALL = (
    "SLACK_APP_TOKEN is set, and buttons need the library slack-bolt: pip install"
    " 'regulatory-monitor[triage]' (here: .venv/bin/uv sync --extra triage)"
)


@frozen
class TriageDesk:
    """Handles clicks from any other thread than the loop's. `wake` starts couriers; `met` gets an
    error of the store.
    """

    pipeline: Pipeline
    loop: asyncio.AbstractEventLoop
    wake: Callable[[], None]
    met: Callable[[BaseException], None]

    def do(self, request: TriageRequest) -> Handling:
        """Have it done, on record."""
        return self._within(self._do(request))

    def case(self, what: str) -> Case | None:
        """The event that is meant."""
        return self._within(self.pipeline.history(handling.find_case, what))

    def headline(self, case: Case) -> str:
        """Return what it is, in one sentence."""
        return self._within(self.pipeline.history.run(cases.format_case_headline, case))

    def offer(self, case: Case) -> Offer | None:
        """List the parts of an event's act that can be reviewed."""
        return self._within(self.pipeline.history.run(reviewing.make_offer, case.event))

    def today(self) -> str:
        """The day (ISO)."""
        return f"{self.pipeline.now:%Y-%m-%d}"

    @property
    def destinations(self) -> Sequence[str]:
        """Return the destinations that a message can be sent to."""
        return [ALERTS, OPS, *self.pipeline.config.destinations]

    @property
    def topics(self) -> Sequence[str]:
        """The topics of config.toml."""
        return list(self.pipeline.config.topics)

    def _within(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a click on the loop.

        Raises:
            MonitorError: it takes longer than Slack waits, and still runs; or the monitor stops,
                and it does not run.
        """
        try:
            begun = asyncio.run_coroutine_threadsafe(work, self.loop)
        except RuntimeError as error:  # the loop is closed
            work.close()
            raise MonitorError("the monitor ends just now") from error
        try:
            return begun.result(PATIENCE)
        except TimeoutError as error:
            raise MonitorError("the history is busy, and did not answer in time") from error

    async def _do(self, request: TriageRequest) -> Handling:
        if request.verb is Verb.REVIEW and not request.refused:
            request = await self._propose(request)
        try:
            handling = await triage.apply_triage_order(
                self.pipeline.history, request, self.pipeline.now
            )
        except StoreError as error:
            self.met(error)
            raise
        self.wake()
        return handling

    async def _propose(self, request: TriageRequest) -> TriageRequest:
        """A request for a review with what its marks mean; refused if they mean nothing."""
        try:
            return await self.pipeline.history.run(
                triage.add_proposal,
                self.pipeline.config,
                self.pipeline.archive,
                request,
                self.pipeline.now,
            )
        except StoreError:
            raise
        except MonitorError as error:
            return msgspec.structs.replace(request, refused=str(error))


async def keep_hearing(
    pipeline: Pipeline,
    wake: Callable[[], None],
    met: Callable[[BaseException], None],
    *,
    look_every: float | None = None,
) -> None:
    """Receive clicks from Slack, with its tokens, until cancelled.

    Raises:
        ConfigError: the library is not installed.
    """
    token, app_token = read_secret(slack.TOKEN), read_secret(slack.APP_TOKEN)
    if not (token and app_token):
        return
    desk = TriageDesk(pipeline, asyncio.get_running_loop(), wake, met)
    # its library takes a while to load
    ear = await run_in_thread(lambda: _open_socket_mode(token, app_token, desk, pipeline))
    try:
        while True:
            await run_in_thread(ear.look)
            await asyncio.sleep(look_every or ear.look_every)
    finally:
        with suppress(RuntimeError):  # the interpreter ends
            Thread(target=ear.close, name="socket mode", daemon=True).start()


def _open_socket_mode(
    token: str, app_token: str, desk: TriageDesk, pipeline: Pipeline
) -> "SocketMode":
    try:
        from monitor.deliver.slack.socket_mode import SocketMode  # noqa: PLC0415 - of an extra
    except ImportError as error:
        raise ConfigError(INSTALL) from error
    return SocketMode(
        token, app_token, desk, pipeline.config.triage, base_url=pipeline.config.slack.api
    )
