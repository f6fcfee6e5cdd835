"""How an answer leaves: with its ETag, so that what has not moved is not sent again; and what failed in words that are nobody's
secret.
"""

import logging

from starlette.requests import Request
from starlette.responses import Response

from monitor.console.desk import WatchListUnread
from monitor.console.turns import Answer
from monitor.errors import ConfigError, EvidenceLost, MonitorError, NamesUnread, StoreError

log = logging.getLogger(__name__)

BROKEN = "the store can't be read now; what `monitor serve` prints says why"
UNREAD = "the watch list can't be read now, so that nothing is held against it; what `monitor serve` prints says why"
LOST = "the page is missing from the archive, or damaged there"


def respond(request: Request, answer: Answer, kind: str) -> Response:
    """The answer; or that it is the one that the asker has."""
    headers = {"ETag": answer.tag}
    if answer.status == 200 and answer.tag in _held(request):
        return Response(status_code=304, headers=headers)
    return Response(answer.body, answer.status, headers, kind)


def _held(request: Request) -> set[str]:
    """The tags of what the asker has."""
    return {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}


def status_of(error: MonitorError) -> int:
    """The status by which a program knows what is wrong."""
    if isinstance(error, ConfigError):
        return 400
    return 503 if isinstance(error, StoreError) and not isinstance(error, EvidenceLost) else 404


def wrong(error: MonitorError) -> str:
    """What is wrong, for whoever asks from elsewhere: where the store lies is for whoever runs it."""
    if isinstance(error, EvidenceLost):
        return LOST
    if isinstance(error, StoreError) and not isinstance(error, NamesUnread):
        log.error("console: %s", error)
        return UNREAD if isinstance(error, WatchListUnread) else BROKEN
    return str(error)
