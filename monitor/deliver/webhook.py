"""A way out to a program of the operator's own: the notice as signed JSON, POSTed to any
address. Does I/O.
"""

import hmac
from collections.abc import Mapping
from json import dumps
from typing import Any
from urllib.parse import quote

import httpx

from monitor.alert.event import ATTACHED, Notice
from monitor.clock import Clock, SystemClock, format_instant
from monitor.config import Config, Section
from monitor.config.variables import Variable
from monitor.deliver.channel import Channel, Pace, Receipt
from monitor.errors import ConfigError, DeliveryError, Outcome
from monitor.fetch.answer import retry_after
from monitor.render.alert import compose_alert
from monitor.render.csv_rows import encode_notice
from monitor.render.text import keep_web_url

TIMEOUT = 30.0  # seconds for each step of a request: to connect, to send, to wait for the answer
PROBE = 300.0  # seconds: how often an address that a person has to mend is tried again
LATER = 30.0  # seconds, if the program asks for a delay without a length
LONGEST_ADDRESS = 8_000  # characters
MAX_WAIT = 900.0  # seconds; a longer Retry-After is ignored

# None of these let the message out: no connection, no TLS, no way through the proxy.
NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
TO_MEND = {401, 403, 404, 407, 409, 410}
ASKS_TO_WAIT = {408, 425, 429}
KEY_CHARACTERS = "!#$&'()*+,/:;=?@[]~-._"  # characters of a key that a header may have as they are


class Settings(Section, kw_only=True, forbid_unknown_fields=True):
    """The variables with the address that takes alerts as JSON, and with the key that signs
    them.
    """

    # The variable with the address that takes alerts as JSON.
    webhook: Variable
    # The variable with the key that signs them.
    secret: Variable | None = None


def opened(name: str, settings: Settings, config: Config) -> Channel:
    """The program at the address."""
    url = settings.webhook.held(
        f"destinations.{name}.webhook", "an address that takes alerts as JSON"
    )
    key = (
        settings.secret.held(f"destinations.{name}.secret", "the key that signs them")
        if settings.secret
        else None
    )
    return Webhook(name, url, secret=key, user_agent=config.fetch.name)


class Webhook(Channel):
    """A program at an address, which gets each notice at least once; a repeat is marked, with the
    same `Idempotency-Key`. With a `secret` each request is signed: `X-Monitor-Signature` is `v1=`
    and the HMAC-SHA256, in hex, of `v1:`, the `X-Monitor-Timestamp`, `:` and the body. Private
    addresses are allowed, redirects are not followed.
    """

    def __init__(
        self,
        name: str,
        url: str,
        *,
        secret: str | None = None,
        user_agent: str = "regulatory-monitor",
        timeout: float = TIMEOUT,
        clock: Clock | None = None,
    ) -> None:
        if keep_web_url(url, limit=LONGEST_ADDRESS) != url:
            raise ConfigError(
                f"destinations.{name}.webhook: what its variable holds is not a web address"
            )
        self.name = f"webhook:{name}"
        self._key = f"destinations.{name}"
        self.pace = Pace()
        self._url = url
        self._secret = secret
        self._user_agent = user_agent
        self._timeout = timeout
        self._clock = clock or SystemClock()

    def __repr__(self) -> str:
        return f"Webhook({self.name})"

    def post(self, notice: Notice, *, thread: Receipt | None = None) -> Receipt:  # noqa: ARG002  # the notice names its thread
        if notice.kind not in ATTACHED:  # their own message had rows and details
            self.send(
                notice.key, encode_notice(notice, compose_alert(notice)), repeated=notice.repeated
            )
        return ""

    def update(self, notice: Notice, receipt: Receipt) -> Receipt:  # noqa: ARG002  # `kind` says that it is an edit
        return self.post(notice, thread=None)

    @property
    def advice(self) -> str:
        unsigned = (
            f"not signed: name a variable in {self._key}.secret, so that its receiver can"
            " recognize us"
        )
        return "" if self._secret else unsigned

    def try_out(self, words: str) -> None:
        told = {
            "key": f"doctor:{format_instant(self._clock.now())}",
            "kind": "test",
            "headline": words,
        }
        self.send(told["key"], told)

    def send(self, key: str, message: Mapping[str, Any], *, repeated: bool = False) -> None:
        """POST an object under its key.

        Raises:
            DeliveryError: it was not, or not surely, taken.
        """
        body = dumps(message).encode()
        key = quote(key, safe=KEY_CHARACTERS, errors="replace")
        answer = self._answered(body, key)
        # 409 means that the program knows the key; for a message never sent before only if it names
        # the key itself.
        known = answer.status_code == 409 and (
            repeated or answer.headers.get("Idempotency-Key") == key
        )
        if not (answer.is_success or known):
            raise self._refusal(answer)

    def _answered(self, body: bytes, key: str) -> httpx.Response:
        """Post to the address and return the status, without waiting for the answer's body."""
        try:
            # One connection for each message: the other side may close a kept one just as the next
            # message leaves.
            with (
                httpx.Client(timeout=self._timeout) as client,
                client.stream(
                    "POST", self._url, content=body, headers=self._headers(body, key)
                ) as answer,
            ):
                return answer
        except NEVER_LEFT as error:
            failure = DeliveryError(
                f"{self.name} can't be reached ({type(error).__name__})", Outcome.REFUSED
            )
        except httpx.HTTPError as error:
            failure = DeliveryError(
                f"no whole answer from {self.name} ({type(error).__name__})",
                Outcome.UNKNOWN,
            )
        raise failure  # out here it does not chain the exception, which has the address

    def _headers(self, body: bytes, key: str) -> dict[str, str]:
        timestamp = str(int(self._clock.now().timestamp()))
        signed = (
            {"X-Monitor-Signature": sign_body(self._secret, timestamp, body)}
            if self._secret
            else {}
        )
        about = {
            "Content-Type": "application/json",
            "User-Agent": self._user_agent,
            "Idempotency-Key": key,
        }
        return {**about, "X-Monitor-Timestamp": timestamp, **signed}

    def _refusal(self, answer: httpx.Response) -> DeliveryError:
        status, answered = answer.status_code, f"{self.name} answers {answer.status_code}"
        wait = retry_after(answer.headers.get("Retry-After", ""), now=self._clock.now())
        if status in ASKS_TO_WAIT or (status == 503 and wait is not None):
            return DeliveryError(
                answered,
                Outcome.REFUSED,
                retry_after=min(max(wait or LATER, 1.0), MAX_WAIT),
            )
        if status >= 500:
            return DeliveryError(answered, Outcome.UNKNOWN)
        # a redirect: our message goes to its own address only
        if status in TO_MEND or status < 400:
            return DeliveryError(
                f"{answered}: its address or secret has to be mended",
                Outcome.REFUSED,
                retry_after=PROBE,
                closed=True,
            )
        return DeliveryError(f"{answered}: it does not take the message", Outcome.PERMANENT)


def sign_body(secret: str, timestamp: str, body: bytes) -> str:
    """Compute the signature that a receiver compares with the header: the request is ours and
    unchanged.
    """
    return (
        "v1="
        + hmac.new(
            secret.encode(), b":".join([b"v1", timestamp.encode(), body]), "sha256"
        ).hexdigest()
    )
