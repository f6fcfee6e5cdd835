"""Timestamp a pack by an authority of the operator's choice (RFC 3161). Uses the network; never
fails a pack.
"""

import hashlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx

from monitor.config import redact
from monitor.errors import ConfigError
from monitor.evidence.pack import Stamp, Stamped
from monitor.evidence.verify import STAMP, UNSTAMPED

INSTALL = (
    "needs the extra evidence: pip install 'regulatory-monitor[evidence]' (here: .venv/bin/uv sync"
    " --extra evidence)"
)
TIMEOUT = 15.0  # seconds
LARGEST = 64 * 1024  # bytes of a token with its certificates
GRANTED = (0, 1)  # granted as requested, or with listed changes
KINDS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


class Unstamped(Exception):
    """The reason why there is no timestamp, in words."""


def make_stamper(address: str, user_agent: str) -> Stamp:
    """Build the request for a timestamp of some bytes; it has only their SHA-256.

    Raises:
        ConfigError: the extra is not installed.
    """
    try:
        import rfc3161_client  # noqa: PLC0415 - of an extra

        question = rfc3161_client.TimestampRequestBuilder().hash_algorithm(
            rfc3161_client.HashAlgorithm.SHA256
        )
    except ModuleNotFoundError as error:
        raise ConfigError(f"evidence.timestamp: {INSTALL}") from error
    host = urlsplit(address).hostname or address

    def stamp(stamped: bytes) -> Stamped:
        request = question.data(stamped).nonce(nonce=True).cert_request(cert_request=True).build()
        try:
            reply = _ask_authority(address, request.as_bytes(), user_agent)
            moment = _check_reply(
                rfc3161_client.decode_timestamp_response, reply, stamped, request.nonce
            )
        except Unstamped as why:
            told = f"no timestamp: {host}: {why}"
            of = hashlib.sha256(stamped).hexdigest()  # so that it fits no other pack
            return Stamped(UNSTAMPED, f"{told}\n{of}\n".encode(), told)
        return Stamped(STAMP, reply, f"timestamp of {moment} by {host} ({STAMP} in the pack)")

    return stamp


def _ask_authority(address: str, request: bytes, user_agent: str) -> bytes:
    """Request a timestamp once; redirects are not followed.

    Raises:
        Unstamped: there is none.
    """
    reply = b""
    try:
        with (
            httpx.Client(timeout=TIMEOUT, headers={"User-Agent": user_agent}) as client,
            client.stream("POST", address, content=request, headers=KINDS) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                raise Unstamped(f"answered {answer.status_code}")
            for piece in answer.iter_bytes():
                reply += piece
                if len(reply) > LARGEST:
                    raise Unstamped(f"its reply is larger than {LARGEST // 1024} KB")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unstamped(f"no answer ({type(error).__name__})") from error
    return reply


def _check_reply(
    decode: Callable[[bytes], Any], reply: bytes, stamped: bytes, nonce: int | None
) -> str:
    """Return the instant in a reply, if it answers this request. The signer is not checked here.

    Raises:
        Unstamped: a refusal, another request's reply, or none.
    """
    try:
        response = decode(reply)
        if response.status not in GRANTED:
            raise Unstamped(
                "refuses:"
                f" {redact.clean(' '.join(response.status_string))[:200] or response.status}"
            )
        told = response.tst_info
    except ValueError as error:
        raise Unstamped("its reply is none of RFC 3161") from error
    if told.message_imprint.message != hashlib.sha256(stamped).digest() or told.nonce != nonce:
        raise Unstamped("its reply is about something else")
    return f"{told.gen_time:%Y-%m-%d %H:%M:%S} UTC"
