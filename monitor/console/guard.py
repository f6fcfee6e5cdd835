"""Decide who may ask the console, and for what; refuse all else in a line before any lookup.

A foreign page in the reader's browser can send questions here. By a name that it lets point at this
machine, it could read the answers (DNS rebinding). So a question must name a host of ours, and come
from a page of ours or from none.
"""

import asyncio
import base64
import binascii
import hmac
import ipaddress
import re
import secrets
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.config import ConsoleSettings
from monitor.errors import ConfigError
from monitor.model import frozen

ASKING = ("GET", "HEAD")
SCREENING = frozenset({"/screen", "/api/v1/screen"})  # the only questions that have a body
DEED, DISMISSAL = "/deed", "/dismiss"  # where those who may have something done
LARGEST = 2 * 1024 * 1024  # bytes of such a body
PATIENCE = 30.0  # seconds for such a body to come
POSTS = 20  # screenings and decisions of one asker in a minute
GUESSES = 10  # wrong passwords of one address in a minute
SLOWLY = 1.0  # seconds that every password from such an address takes then, right or wrong
# in the scope of a question: what is called once its asker has shown that he may ask
LET_IN = "monitor.let_in"
ASKER = "monitor.asker"  # in the scope of a question: its `Asker`
MINUTE = 60.0
TOO_SLOW = "what was sent took too long to come"
TOO_LARGE = "more than can be taken here; `monitor screen FILE` takes files of any size"
HOST = re.compile(
    r"(?:\[(?P<address>[0-9a-f:.]{2,45})\]|(?P<name>[0-9a-z._-]{1,253}))(?::[0-9]{1,5})?"
)
ANY = frozenset({"0.0.0.0", "::"})  # noqa: S104 - not listened at here: what else is an address of this machine
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # with `no-referrer` a form of ours would come from the origin `null`
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-cache",
    "Vary": "Accept-Language",
}


@frozen
class Door:
    """The listening address (`host`), its names, and how an asker proves permission; on loopback
    nobody needs to.
    """

    host: str
    hosts: frozenset[str] = frozenset()
    token: str | None = None
    user_header: str | None = None
    proxies: frozenset[str] = frozenset()
    deciders: frozenset[str] = frozenset()

    @property
    def is_local(self) -> bool:
        """Return whether only this machine can reach it."""
        return _is_loopback(self.host)

    def is_ours(self, host: str) -> bool:
        """Return whether a request for this host is meant for us. Only the owner of a name makes it
        point here.
        """
        named = HOST.fullmatch(host.casefold())
        name = (named["address"] or named["name"]) if named else ""
        if name in self.hosts or name in {"localhost", self.host.casefold()} - ANY:
            return True
        return _is_loopback(name) if self.is_local else _is_address(name)


def make_door(settings: ConsoleSettings, host: str) -> Door:
    """The door as config.toml has it.

    Raises:
        ConfigError: others could reach it and nothing says who may; nothing says who may write; or
            the token is not in the environment.
    """
    token = (
        settings.token.held("console.token", "the password that a browser asks for")
        if settings.token
        else None
    )
    if settings.decide and not settings.user_header:
        raise ConfigError(
            "console.decide: nobody says who asks; name the header of your reverse proxy with"
            " console.user_header"
        )
    made = Door(
        host=host,
        hosts=frozenset(name.casefold() for name in settings.hosts),
        token=token,
        user_header=settings.user_header,
        proxies=frozenset(settings.proxies),
        deciders=frozenset(settings.decide),
    )
    if not made.is_local and not (made.token or made.user_header):
        raise ConfigError(
            f"--host {host}: others could read your watch list there; say who may look with"
            " console.token or console.user_header in config.toml, or leave it at 127.0.0.1"
        )
    return made


@frozen
class Asker:
    """The asker of a question.

    `who` is the user that the proxy names, or the address that the password came from. `decider` is
    the user if they may decide. `reads_all`: they may also read what others screened.
    """

    who: str = ""
    decider: str = ""
    reads_all: bool = True


class Pace:
    """Limits how often in a minute an asker may do something."""

    def __init__(self, most: int, now: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._now = now
        self._done: dict[str, list[float]] = {}

    def allows(self, who: str) -> bool:
        """Return whether the asker may do it once more."""
        oldest = self._now() - MINUTE
        done = {
            one: [moment for moment in moments if moment > oldest]
            for one, moments in self._done.items()
        }
        self._done = {one: moments for one, moments in done.items() if moments}
        return len(self._done.get(who, ())) < self._most

    def count(self, who: str) -> None:
        """Count one more time."""
        self._done.setdefault(who, []).append(self._now())


class Guard:
    """Lets pass what may be asked, with headers that keep what is foreign in an answer from
    doing anything.
    """

    def __init__(
        self, app: ASGIApp, door: Door, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._app = app
        self._door = door
        self._posts = Pace(POSTS, now)
        self._guesses = Pace(GUESSES, now)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        guarded = _add_headers(send)
        headers = Headers(scope=scope)
        is_slowed = "authorization" in headers and not self._guesses.allows(
            find_address(scope.get("client"))
        )
        refusal = self._strange(headers) or self._unknown(scope, headers)
        if refusal is None and (let_in := scope.get(LET_IN)):
            let_in()
        if is_slowed:
            await asyncio.sleep(SLOWLY)
        if refusal:
            refusal.headers["Connection"] = "close"  # a refused asker holds no connection
            await refusal(scope, receive, guarded)
            return
        user = self._user(scope, headers)
        decider = user if user in self._door.deciders else ""
        reads_all = bool(decider) or not self._door.user_header
        scope = {**scope, ASKER: Asker(self._who(scope, headers), decider, reads_all)}
        if refusal := self._forbidden(scope, headers):
            await refusal(scope, receive, guarded)
            return
        await self._app(
            scope, _limit_body(receive) if scope["method"] == "POST" else receive, guarded
        )

    def _strange(self, headers: Headers) -> Response | None:
        """Refuse a question for another host, or from a page of another."""
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._door.is_ours(hosts[0]):
            return _refuse_request(
                421, "this host is not called so; name it under console.hosts in config.toml"
            )
        if any(not _is_same(origin, hosts[0]) for origin in headers.getlist("origin")):
            return _refuse_request(403, "asked from a page of another host")
        if (
            headers.get("sec-fetch-site") in {"cross-site", "same-site"}
            and headers.get("sec-fetch-mode") != "navigate"
        ):
            return _refuse_request(403, "asked from a page of another host")
        return None

    def _unknown(self, scope: Scope, headers: Headers) -> Response | None:
        """Refuse an asker without proof of permission."""
        if not (self._door.token or self._door.user_header) or self._who(scope, headers):
            return None
        if not self._door.token:
            return _refuse_request(403, "the reverse proxy has not said who asks")
        peer = find_address(scope.get("client"))
        if not self._guesses.allows(peer):
            return _refuse_request(429, "too many wrong passwords; wait a minute", retry_after="60")
        if "authorization" in headers:
            self._guesses.count(peer)
        return _refuse_request(
            401,
            "the password is missing or wrong",
            www_authenticate='Basic realm="monitor", charset="UTF-8"',
        )

    def _who(self, scope: Scope, headers: Headers) -> str:
        """Name the asker by the proxy's user or the token; "" without either."""
        door, peer = self._door, _find_peer(scope)
        if user := self._user(scope, headers):
            return f"user {user}"
        given = _read_password(headers.get("authorization", ""))
        has_token = door.token is not None and secrets.compare_digest(
            given.encode(), door.token.encode()
        )
        return f"token at {peer}" if has_token else ""

    def _user(self, scope: Scope, headers: Headers) -> str:
        """Read the user from the proxy's header."""
        named = (
            headers.getlist(self._door.user_header)
            if self._door.user_header and _find_peer(scope) in self._door.proxies
            else []
        )
        return named[0].strip() if len(named) == 1 else ""

    def _forbidden(self, scope: Scope, headers: Headers) -> Response | None:
        """Refuse what nobody may ask for: writes, too large a request, too many."""
        screens = scope["path"] in SCREENING or (
            scope["path"] in (DEED, DISMISSAL) and bool(scope[ASKER].decider)
        )
        if scope["method"] not in (*ASKING, *(("POST",) if screens else ())):
            allowed = ", ".join((*ASKING, "POST") if screens else ASKING)
            return _refuse_request(405, "nothing is written here", allow=allowed)
        if scope["method"] in ASKING:
            return None
        if _read_length(headers) > LARGEST:
            return _refuse_request(
                413,
                f"more than {LARGEST // 1024 // 1024} MB; `monitor screen FILE` takes files of any"
                " size",
            )
        who = scope[ASKER].who or _find_peer(scope)
        if not self._posts.allows(who):
            return _refuse_request(
                429,
                f"more than {POSTS} screenings or decisions in a minute; wait a moment",
                retry_after="60",
            )
        self._posts.count(who)
        return None


def _refuse_request(status: int, why: str, **headers: str) -> Response:
    return PlainTextResponse(
        f"{why}\n", status, {name.replace("_", "-"): value for name, value in headers.items()}
    )


def _limit_body(receive: Receive) -> Receive:
    """Limit the length of a body, and the time that it may take."""
    left, until = LARGEST, asyncio.get_running_loop().time() + PATIENCE
    whole = False

    async def limited() -> Message:
        nonlocal left, whole
        try:
            async with asyncio.timeout_at(None if whole else until):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408, TOO_SLOW) from None
        left -= len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if left < 0:
            raise HTTPException(413, TOO_LARGE)
        return message

    return limited


def _add_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending


def _read_length(headers: Headers) -> int:
    said = headers.get("content-length", "0")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else LARGEST + 1


def find_address(client: Sequence[object] | None) -> str:
    """Return a client's address for counting; for IPv6 the network of one customer."""
    host = str(client[0]) if client else ""
    if ":" not in host or not _is_address(host):
        return host
    return str(ipaddress.ip_network((host.partition("%")[0], 64), strict=False))


def _find_peer(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _read_password(header: str) -> str:
    """Read what follows `Bearer`, or the password of `Basic` for any user; "" without either."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(value.strip(), validate=True).decode().partition(":")[2]
    except (binascii.Error, ValueError):
        return ""


def _is_same(origin: str, host: str) -> bool:
    """Return whether a page's origin is the host that it asks."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and _strip_port(
        parts.netloc, parts.scheme
    ) == _strip_port(host, parts.scheme)


def _strip_port(host: str, scheme: str) -> str:
    return host.casefold().removesuffix(":443" if scheme == "https" else ":80")


def _is_address(name: str) -> bool:
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        return False


def _is_loopback(name: str) -> bool:
    return name == "localhost" or (_is_address(name) and ipaddress.ip_address(name).is_loopback)


# The forms of those who may have something done.

SECRET = secrets.token_bytes(32)  # of this process: a page of an earlier one is loaded again
OLD = "this form is not of a page that was made for you now; load the page again"


def make_token(user: str, nonce: str = "") -> str:
    """Make a token that proves that a form comes from our page for this user. It identifies the
    deed for good.
    """
    nonce = nonce or secrets.token_hex(16)
    return f"{nonce}.{hmac.digest(SECRET, f'{nonce} {user}'.encode(), 'sha256').hex()}"


def check_token(form: FormData, user: str) -> str:
    """Check that a form comes from our page for this user; return its nonce.

    Raises:
        HTTPException: it does not.
    """
    token = str(form.get("token", ""))
    nonce = token.partition(".")[0]
    if not nonce or not hmac.compare_digest(token.encode(), make_token(user, nonce).encode()):
        raise HTTPException(403, OLD)
    return nonce
