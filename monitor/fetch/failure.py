"""The border where foreign exceptions become one clear line about a host."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from monitor.config import redact
from monitor.errors import ErrorKind, FetchError

LONGEST_QUOTE = 80


def clean(text: str) -> str:
    """Foreign text fit for one line of a terminal or a message, and short."""
    return redact.clean(text[:LONGEST_QUOTE])


@contextmanager
def foreign(host: str, *, truncated: bool = False) -> Iterator[None]:
    """Turn what the network raises into a FetchError. `truncated`: the body has begun, so a broken answer is a cut one."""
    try:
        yield
    except TimeoutError as error:
        raise FetchError(f"{host}: no whole answer within the deadline", kind=ErrorKind.DEADLINE) from error
    except httpx.RemoteProtocolError as error:
        kind, text = _broken(str(error), truncated=truncated)
        raise FetchError(f"{host}: {text}", kind=kind) from error
    except (httpx.ReadError, httpx.WriteError) as error:
        raise FetchError(f"{host}: the connection was reset", kind=ErrorKind.RESET) from error
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        kind, text = _unconnected(error)
        raise FetchError(f"{host}: {text}", kind=kind) from error
    except (httpx.LocalProtocolError, httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        # httpx quotes the header or address it refuses, and either may hold a secret
        raise FetchError(f"{host}: the request can't be sent", kind=ErrorKind.REQUEST) from error
    except httpx.HTTPError as error:
        raise FetchError(f"{host}: {type(error).__name__}", kind=ErrorKind.CONNECT) from error
    except ssl.SSLError as error:  # httpcore lets those of a read through
        raise FetchError(f"{host}: {_tls(error)}", kind=ErrorKind.TLS) from error
    except OSError as error:
        raise FetchError(f"{host}: the connection failed", kind=ErrorKind.RESET) from error


def _broken(text: str, *, truncated: bool) -> tuple[ErrorKind, str]:
    # h11 quotes the bytes it choked on, so its own text is not repeated
    if truncated:
        return ErrorKind.TRUNCATED, "the connection ended before the body did"
    if "disconnected" in text:
        return ErrorKind.RESET, "the connection was closed without an answer"
    return ErrorKind.PROTOCOL, "the answer is not HTTP"


def _unconnected(error: BaseException) -> tuple[ErrorKind, str]:
    causes = list(_causes(error))
    cause = next((cause for cause in causes if isinstance(cause, ssl.SSLError)), causes[-1])
    if isinstance(cause, ssl.SSLCertVerificationError):
        return ErrorKind.TLS, f"the certificate is not accepted: {clean(cause.verify_message)}"
    if isinstance(cause, ssl.SSLError):
        return ErrorKind.TLS, _tls(cause)
    if isinstance(cause, ConnectionRefusedError):
        return ErrorKind.CONNECT, "the connection was refused"
    return ErrorKind.CONNECT, f"no connection: {clean(getattr(cause, 'strerror', None) or str(cause) or 'no reason given')}"


def _tls(error: ssl.SSLError) -> str:
    return f"TLS failed: {clean(error.reason or 'no reason given').replace('_', ' ').lower()}"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__
