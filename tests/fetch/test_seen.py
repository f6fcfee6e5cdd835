import ssl
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from fetching import LIMIT, PAGE, fetcher
from proxy_server import proxy_server
from raw_server import answer, raw_server

from monitor.fetch import Fetcher, Seen
from monitor.fetch.answer import Certificate, seen
from monitor.source.page import Request

NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)


class Line:
    """A connection as httpx shows it: who is at its other end, and its certificate."""

    def __init__(self, certificate: dict[str, object] | None, address: tuple[str, int] | None = ("93.184.215.14", 443)) -> None:
        self.certificate, self.address = certificate, address

    def get_extra_info(self, name: str) -> object:
        return {"server_addr": self.address, "ssl_object": self}[name]

    def getpeercert(self) -> dict[str, object] | None:
        return self.certificate


def answered(line: Line | None = None, **headers: str) -> httpx.Response:
    extensions = {"network_stream": line} if line else {}
    return httpx.Response(
        200, headers=headers, request=httpx.Request("GET", "https://www.ministry.example/list?page=2"), extensions=extensions
    )


def issued(*names: tuple[str, str], until: str = "Jun  1 12:00:00 2027 GMT") -> dict[str, object]:
    return {"issuer": tuple((name,) for name in names), "notAfter": until}


ORGANISATION, NAME = ("organizationName", "Let's Encrypt"), ("commonName", "R11")


@pytest.mark.parametrize(
    ("certificate", "issuer", "expires"),
    [
        (issued(("countryName", "US"), ORGANISATION, NAME), "Let's Encrypt", "2027-06-01"),
        (issued(NAME), "R11", "2027-06-01"),
        (issued(("countryName", "US")), "unknown", "2027-06-01"),
        (issued(ORGANISATION, until="one day"), "Let's Encrypt", "unknown"),
        ({}, "unknown", "unknown"),
        (None, "unknown", "unknown"),
    ],
)
def test_who_vouches_for_a_host_and_until_when_is_told_as_far_as_it_is_known(
    certificate: dict[str, object] | None, issuer: str, expires: str
) -> None:
    assert seen(answered(Line(certificate)), NOW).certificate == Certificate(issuer, expires)


async def test_the_certificate_of_a_real_server_is_told_with_its_address(
    web: Fetcher, server_side: ssl.SSLContext, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    answers: list[Seen] = []
    async with raw_server(answer(PAGE), tls=server_side) as server:
        await web.fetch(Request(f"https://localhost:{server.port}/"), size_limit=LIMIT, watch=answers.append)

    (told,) = answers
    assert told.certificate is not None
    assert told.certificate.issuer == "localhost"
    assert datetime.fromisoformat(told.certificate.expires).year >= 2024
    assert told.address == "127.0.0.1"


async def test_of_a_server_behind_a_proxy_the_proxy_is_told_and_no_address() -> None:
    answers: list[Seen] = []
    web = fetcher(allow_private=False)
    async with raw_server(answer(PAGE)) as server, proxy_server({"ministry.example": server.port}) as proxy:
        asked = Request("http://ministry.example/")
        await web.fetch(asked, size_limit=LIMIT, watch=answers.append, proxy=f"http://{proxy.place}")
        await web.aclose()

    assert [told.address for told in answers] == [f"through {proxy.place}"]
    assert answers[0].certificate is None


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Thu, 09 Oct 2025 01:00:30 GMT", datetime(2025, 10, 9, 1, 0, 30, tzinfo=UTC)),
        ("Thu, 09 Oct 2025 09:00:30 +0800", datetime(2025, 10, 9, 1, 0, 30, tzinfo=UTC)),
        ("Thu, 09 Oct 2025 01:00:30 -0000", datetime(2025, 10, 9, 1, 0, 30, tzinfo=UTC)),
        ("today", None),
        ("", None),
    ],
)
def test_the_clock_of_a_server_is_told_where_it_says_one(date: str, moment: datetime | None) -> None:
    assert seen(answered(date=date), NOW).date == moment


def test_what_an_answer_gives_to_us_alone_is_not_told() -> None:
    headers = {"Content-Type": "text/html\x1b[31m", "Set-Cookie": "session=s3cret", "Authorization": "s3cret", "Server": "nginx"}
    told = seen(answered(**headers), NOW)

    assert (told.url, told.status, told.at) == ("https://www.ministry.example/list?page=2", 200, NOW)
    assert told.content_type == "text/html [31m"
    assert told.headers == {"content-type": "text/html [31m", "server": "nginx"}
