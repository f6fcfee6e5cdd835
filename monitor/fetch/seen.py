"""What one answer showed of its server, for whoever looks into why a page does not come: status, address, certificate, date."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from monitor.fetch.failure import clean

PRIVATE = {"set-cookie", "set-cookie2", "authorization", "proxy-authenticate"}  # what an answer may give to us alone


@dataclass(frozen=True)
class Certificate:
    """Who vouches for a host, and until when."""

    issuer: str
    expires: str


@dataclass(frozen=True)
class Seen:
    """One answer, before its body. `at` is our clock when it came, `date` the server's."""

    url: str
    status: int
    at: datetime
    date: datetime | None
    address: str
    certificate: Certificate | None
    content_type: str
    headers: Mapping[str, str] = field(default_factory=dict)


def seen(answer: httpx.Response, at: datetime, through: str = "") -> Seen:
    """What is to be seen of an answer without reading its body; `through` a proxy, whose address is no publisher's."""
    wire = answer.extensions.get("network_stream")
    peer = wire.get_extra_info("server_addr") if wire else None
    tls = wire.get_extra_info("ssl_object") if wire else None
    return Seen(
        url=str(answer.request.url),
        status=answer.status_code,
        at=at,
        date=_date(answer.headers.get("date", "")),
        address=f"through {through}" if through else str(peer[0]) if peer else "",
        certificate=_certificate(tls.getpeercert() or {}) if tls else None,
        content_type=clean(answer.headers.get("content-type", "")),
        headers={name: clean(value) for name, value in answer.headers.items() if name.lower() not in PRIVATE},
    )


def _certificate(told: dict[str, Any]) -> Certificate:
    issuer = {name: value for part in told.get("issuer", ()) for name, value in part}
    name = issuer.get("organizationName") or issuer.get("commonName") or "unknown"
    return Certificate(clean(name), _day(told.get("notAfter", "")))


def _day(text: str) -> str:
    """`Jun  1 12:00:00 2027 GMT` as 2027-06-01."""
    try:
        return datetime.strptime(text, "%b %d %H:%M:%S %Y %Z").replace(tzinfo=UTC).date().isoformat()
    except ValueError:
        return "unknown"


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
