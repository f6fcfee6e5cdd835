"""The sites of the offices at a moment of a plan, without a network: right where nothing is
amiss, else as faults are.
"""

import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count

import httpx
import msgspec
from toy_offices import offices

from monitor.clock import Clock
from monitor.model import Action, Announcement, Entity, Measure, Start, to_json
from year.plan import Fault, Plan, Published, Trouble

HTML, JSON, XML, CSV = (
    "text/html; charset=utf-8",
    "application/json",
    "application/xml",
    "text/csv; charset=utf-8",
)
STANDING = 4  # acts from before the time that is simulated; of a register ten times as many rows
NEWEST = 15  # acts on an index
LAG = timedelta(hours=12)  # by which one replica is behind another
WALL = (
    "<html><head><title>Just a moment...</title></head><body>Checking your browser before accessing"
    " the site.</body></html>"
)
MAINTENANCE = (
    "<html><head><title>系统维护</title></head><body><p>网站正在维护中，请稍后访问。"
    "</p></body></html>"
)


class Cut(httpx.AsyncByteStream):
    """A body whose connection ends in the middle of it."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._body[: len(self._body) // 2]
        raise httpx.RemoteProtocolError(
            "peer closed connection without sending complete message body"
        )


class Web(httpx.AsyncBaseTransport):
    """All sites, by the clock; counts what it was asked for."""

    def __init__(self, plan: Plan, clock: Clock) -> None:
        self._clock = clock
        self._published: defaultdict[str, list[Published]] = defaultdict(list)
        self._troubles: defaultdict[str, list[Trouble]] = defaultdict(list)
        for change in plan.published:
            self._published[change.office].append(change)
        for trouble in plan.troubles:
            self._troubles[trouble.office].append(trouble)
        self.asked = count()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        next(self.asked)
        now, office = self._clock.now(), request.url.host.partition(".")[0]
        fault = next(
            (trouble.fault for trouble in self._troubles[office] if trouble.holds(now)), None
        )
        if fault in REFUSALS:
            refused = REFUSALS[fault]()
            raise refused
        if fault in ANSWERS:
            status, body, headers = ANSWERS[fault]
            return httpx.Response(status, headers=headers, content=body, request=request)
        if fault is Fault.MOVED and not request.url.path.startswith("/new"):
            return httpx.Response(
                301, headers={"location": f"/new{request.url.path}"}, request=request
            )
        path = request.url.path.removeprefix("/new")
        kind, body = self._page(office, path, now, fault)
        return self._answer(request, kind, body, fault)

    def _answer(
        self, request: httpx.Request, kind: str, body: bytes, fault: Fault | None
    ) -> httpx.Response:
        asked, tag = request.headers.get("if-none-match"), f'"{sha256(body).hexdigest()[:16]}"'
        if asked and (asked == tag or fault is Fault.STALE):
            return httpx.Response(304, headers={"etag": tag}, request=request)
        if fault is Fault.CUT:
            headers = {"content-type": kind, "content-length": str(len(body))}
            return httpx.Response(200, headers=headers, stream=Cut(body), request=request)
        return httpx.Response(
            200, headers={"content-type": kind, "etag": tag}, content=body, request=request
        )

    def _page(
        self, office: str, path: str, now: datetime, fault: Fault | None
    ) -> tuple[str, bytes]:
        if path != "/":
            number = int(path.rpartition("/")[2])
            return HTML, _act(
                office,
                next(
                    (change for change in self._published[office] if change.number == number),
                    number,
                ),
            )
        done = [change for change in self._published[office] if change.at <= now]
        if fault is Fault.FLAPPING and done and done[-1].at > now - LAG and next(self.asked) % 2:
            done.pop()  # one of the replicas lags behind
        kind, text = FORMS[offices.form(office)](office, done, fault)
        if fault is Fault.CHARSET:
            text = "".join(letter if letter < "\x80" else "?" for letter in text)
        return kind, text.encode()


def _acts(done: Sequence[Published]) -> list[Published | int]:
    """The acts, the newest first; those from before have a number only, which is negative."""
    return [*reversed(done), *range(-1, -STANDING - 1, -1)]


def _act(office: str, which: Published | int) -> bytes:
    name, day = (
        (f"{office}-old{which}", "2025-06-02")
        if isinstance(which, int)
        else (which.name, f"{which.at:%Y-%m-%d}")
    )
    firm = Entity(names={"en": f"Firm {name}", "zh": f"公司{name}"}, kind="org")
    starts = Start(on=day, basis="publication")
    measure = Measure(
        action=Action.ADD, register="cn-unreliable-entities", starts=starts, entities=(firm,)
    )
    act = Announcement(
        key=f"cn-mofcom-{day}-{name}",
        authority="cn-mofcom",
        title=f"关于将若干家实体列入不可靠实体清单的公告 {name}",
        published=day,
        measures=(measure,),
        understood="full",
    )
    return to_json(act)


def _number(which: Published | int) -> int:
    return which if isinstance(which, int) else which.number


def _index(office: str, done: Sequence[Published], fault: Fault | None) -> tuple[str, str]:
    if fault is Fault.EMPTY:
        return HTML, "<html><body><ul class='acts'></ul></body></html>"
    numbers = map(_number, _acts(done)[: 3 if fault is Fault.PARTIAL else NEWEST])
    items = "".join(
        f"<li><a href='/act/{number}'>关于将若干家实体列入不可靠实体清单的公告 {number}</a></li>"
        for number in numbers
    )
    css = "announcements" if fault is Fault.LAYOUT else "acts"
    return (
        HTML,
        f"<html><head><title>公告</title></head><body><ul class='{css}'>{items}</ul></body></html>",
    )


def _feed(office: str, done: Sequence[Published], fault: Fault | None) -> tuple[str, str]:
    acts = [] if fault is Fault.EMPTY else _acts(done)[: 3 if fault is Fault.PARTIAL else NEWEST]
    told = [{"act": _act(office, act).decode()} for act in acts]
    return (
        JSON,
        msgspec.json.encode({"documents" if fault is Fault.LAYOUT else "acts": told}).decode(),
    )


def effects(published: Sequence[Published]) -> Iterator[tuple[str, str, Published]]:
    """What each change of one office does, in words by which it is known when it is told: an
    action, and to what.
    """
    removed, amended = count(STANDING * 5), count()
    for change in published:
        if change.action == "remove":
            yield "remove", f"{change.office}-old-{next(removed)}", change
        elif change.action == "amend":
            yield "amend", f"{change.office}-old-{next(amended)}", change
        else:
            yield "add", change.name, change


def rows(office: str, done: Sequence[Published]) -> dict[str, str]:
    """The rows of a register by id, each with its remark, once all this is done."""
    standing = {f"{office}-old-{number}": "" for number in range(STANDING * 10)}
    for action, name, change in effects(done):
        if action == "remove":
            del standing[name]
        else:
            standing[name] = f"amended by {change.number}" if action == "amend" else ""
    return standing


def _roll(office: str, done: Sequence[Published], fault: Fault | None) -> tuple[str, str]:
    standing = rows(office, done)
    listed = list(standing)[
        : 0 if fault is Fault.EMPTY else len(standing) // 2 if fault is Fault.PARTIAL else None
    ]
    entry = "person" if fault is Fault.LAYOUT else "entry"
    body = "".join(
        f"<{entry}><id>{name}</id><name>若干家受到限制的外国实体名称 {name}</name>"
        f"<country>US</country><remark>{standing[name]}</remark></{entry}>"
        for name in listed
    )
    day = f"{done[-1].at:%Y-%m-%d}" if done else "2025-12-31"
    return (
        XML,
        (
            f'<?xml version="1.0" encoding="UTF-8"?><roll day="{day}"'
            f' count="{len(standing)}">{body}</roll>'
        ),
    )


def _board(office: str, done: Sequence[Published], fault: Fault | None) -> tuple[str, str]:
    standing = list(rows(office, done))
    listed = (
        []
        if fault is Fault.EMPTY
        else standing[: len(standing) // 2]
        if fault is Fault.PARTIAL
        else standing
    )
    heading = "Title,State" if fault is Fault.LAYOUT else "Name,Country"
    return CSV, "\n".join(
        [heading, *(f"若干家受到限制的外国实体名称 {name},US" for name in listed), ""]
    )


def _caused(error: Exception, cause: ssl.SSLCertVerificationError) -> Exception:
    cause.verify_code, cause.verify_message = 10, "certificate has expired"  # OpenSSL gives both
    error.__cause__ = cause
    return error


FORMS = {"index": _index, "feed": _feed, "roll": _roll, "board": _board}
PLAIN = {"content-type": HTML}
ANSWERS: dict[Fault | None, tuple[int, bytes, dict[str, str]]] = {
    Fault.SERVER: (503, b"Service Unavailable", PLAIN),
    Fault.WALL: (200, WALL.encode(), PLAIN),
    Fault.MAINTENANCE: (200, MAINTENANCE.encode(), PLAIN),
    Fault.LOOP: (302, b"", {"location": "/"}),
    Fault.BUSY: (429, b"", {"retry-after": "600"}),
}
REFUSALS: dict[Fault | None, Callable[[], Exception]] = {
    Fault.SILENCE: TimeoutError,
    Fault.RESET: lambda: httpx.ReadError("reset"),
    Fault.DOWN: lambda: httpx.ConnectError("refused"),
    Fault.CERTIFICATE: lambda: _caused(
        httpx.ConnectError("no TLS"), ssl.SSLCertVerificationError(1, "certificate has expired")
    ),
}
