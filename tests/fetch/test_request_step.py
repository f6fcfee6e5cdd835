from datetime import UTC, datetime

import httpx
import pytest
from cases import read_cases
from fetching import LIMIT, PAGE, Dial, failure, on_the_internet, page
from pytest_httpserver import HTTPServer
from raw_server import answer, raw_server
from werkzeug import Request as Asked
from werkzeug import Response as Given

from monitor.errors import FetchError
from monitor.fetch import Fetched, Fetcher, Validators
from monitor.fetch.request_step import (
    LONGEST,
    MOST,
    Answered,
    RequestStep,
    fill_epoch,
    make_first_step,
    make_response_record,
)
from monitor.source.page import Request


async def test_a_redirect_is_followed_and_the_page_bears_its_last_address(
    web: Fetcher, httpserver: HTTPServer
) -> None:
    location = {"Location": httpserver.url_for("/2025/").replace("localhost", "127.0.0.1") + "#top"}
    httpserver.expect_request("/").respond_with_data(status=301, headers=location)
    httpserver.expect_request("/2025/").respond_with_data(PAGE)
    secret = {"X-Api-Key": "secret", "X-Requested-With": "XMLHttpRequest"}

    got = await page(web, Request(httpserver.url_for("/"), headers=secret))

    first, second = (asked.headers for asked, _ in httpserver.log)
    assert got.url == location["Location"].removesuffix("#top")
    assert (first["X-Api-Key"], second.get("X-Api-Key")) == ("secret", None)
    assert second["X-Requested-With"] == "XMLHttpRequest"


@pytest.mark.parametrize(
    ("status", "method"), [(302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")]
)
async def test_a_redirected_form_is_posted_again_only_where_the_status_says_so(
    web: Fetcher, httpserver: HTTPServer, status: int, method: str
) -> None:
    httpserver.expect_request("/a").respond_with_data(status=status, headers={"Location": "/b"})
    httpserver.expect_request("/b", method=method).respond_with_data(PAGE)

    got = await page(web, Request(httpserver.url_for("/a"), form={"page": "1"}))

    assert got.url == httpserver.url_for("/b")
    assert httpserver.log[1][0].form.to_dict() == ({"page": "1"} if method == "POST" else {})


async def test_behind_a_redirect_only_a_strong_etag_is_a_validator(
    web: Fetcher, httpserver: HTTPServer
) -> None:
    """The redirect may lead to another, older page next time, which is "not modified since"
    though it is news to us.
    """
    headers = {"ETag": '"v1"', "Last-Modified": "Thu, 09 Oct 2025 01:00:00 GMT"}
    httpserver.expect_request("/latest").respond_with_data(status=302, headers={"Location": "/9"})
    httpserver.expect_request("/9").respond_with_data(PAGE, headers=headers)

    result = await web.fetch(
        Request(httpserver.url_for("/latest")), size_limit=LIMIT, validators=Validators('"v0"', "x")
    )

    assert isinstance(result, Fetched)
    assert result.validators == Validators('"v1"', None)
    assert httpserver.log[1][0].headers["If-None-Match"] == '"v0"'
    assert "If-Modified-Since" not in httpserver.log[1][0].headers


@pytest.mark.parametrize("status", [302, 307])
def test_what_one_host_is_told_goes_on_within_it_and_to_no_other(status: int) -> None:
    headers = {"X-Api-Key": "secret", "Accept-Language": "zh"}
    step = make_first_step(Request("https://x.gov/a", headers=headers), None)

    assert step.follow(status, "/b").headers == headers
    assert step.follow(status, "https://store.example/b").headers == {"Accept-Language": "zh"}


def test_a_redirect_to_https_is_followed() -> None:
    assert (
        str(make_first_step(Request("http://x.gov/a"), None).follow(301, "https://x.gov/a").url)
        == "https://x.gov/a"
    )


async def test_a_redirect_to_itself_with_a_cookie_is_followed(
    web: Fetcher, httpserver: HTTPServer
) -> None:
    def respond(asked: Asked) -> Given:
        if asked.cookies.get("pass") == "1":
            return Given(PAGE)
        return Given(status=302, headers={"Location": "/", "Set-Cookie": "pass=1; Path=/"})

    httpserver.expect_request("/").respond_with_handler(respond)

    assert (await page(web, httpserver.url_for("/"))).body.whole == PAGE


async def test_a_redirect_loop_is_named(web: Fetcher, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data(
        status=302, headers={"Location": "/b?token=secret"}
    )
    httpserver.expect_request("/b").respond_with_data(status=302, headers={"Location": "/a"})

    error = await failure(web, httpserver.url_for("/a"))

    assert (error.kind, str(error)) == ("redirect", "localhost: redirects in a loop")
    assert len(httpserver.log) == 2


async def test_more_than_five_redirects_are_refused(web: Fetcher, httpserver: HTTPServer) -> None:
    for step in range(7):
        httpserver.expect_request(f"/{step}").respond_with_data(
            status=302, headers={"Location": f"/{step + 1}"}
        )

    assert str(await failure(web, httpserver.url_for("/0"))) == "localhost: more than 5 redirects"
    assert len(httpserver.log) == 6


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/secret",
        "ftp://127.0.0.1/",
        "javascript:secret",
        "http://",
        "http://u:secret@127.0.0.1/",
        "http://x:y/",
        "//",
    ],
)
async def test_a_redirect_out_of_the_web_is_refused(web: Fetcher, location: str) -> None:
    async with raw_server(answer(b"", f"Location: {location}", status="302 Found")) as server:
        assert (await failure(web, server.url)).kind == "redirect"
        assert server.connections == 1


def test_a_redirect_from_https_to_http_is_refused() -> None:
    with pytest.raises(FetchError, match=r"^x\.gov: redirects from https to http$"):
        make_first_step(Request("https://x.gov/a"), None).follow(301, "http://x.gov/a?token=secret")


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://2130706433/",
    ],
)
async def test_a_redirect_into_the_private_network_is_refused(target: str) -> None:
    async with raw_server(answer(b"", f"Location: {target}", status="302 Found")) as server:
        dial = Dial(server.port)
        web = on_the_internet(
            dial,
            ["93.184.215.14"],
            [target.split("/")[2].strip("[]").replace("2130706433", "127.0.0.1")],
        )
        error = await failure(web, "http://www.x.gov/")
        await web.aclose()

    assert error.kind == "private-address"
    assert str(error).endswith(
        "is a private address; see allow_private under [fetch] (redirected from www.x.gov)"
    )
    assert dial.dialled == ["93.184.215.14"]


@pytest.mark.parametrize(
    ("url", "said"),
    read_cases(
        """
        ftp://x.gov/a | x.gov: ftp scheme can't be fetched
        //x.gov/a | no host: no scheme can't be fetched
        http://us:s3cret@x.gov/a?b | x.gov: an address with a password can't be fetched
        http:///a | no host: an address without a host can't be fetched
        http://x.gov:y/s3cret | x.gov:y: not an address that can be fetched
        """
    ),
)
def test_what_is_not_a_web_address_is_refused_by_what_is_wrong_with_it(url: str, said: str) -> None:
    with pytest.raises(FetchError, match=f"^{said}$"):
        make_first_step(Request(url), None)


async def test_a_header_holds_what_the_environment_does_or_is_not_sent(
    web: Fetcher, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    httpserver.expect_request("/").respond_with_data(PAGE)
    asks = Request(httpserver.url_for("/"), headers={"Authorization": "Bearer {env:OFFICE_KEY}"})
    monkeypatch.setenv("OFFICE_KEY", "canary")
    await page(web, asks)
    monkeypatch.delenv("OFFICE_KEY")
    error = await failure(web, asks)

    assert [asked.headers["Authorization"] for asked, _ in httpserver.log] == ["Bearer canary"]
    assert (error.kind, str(error)) == (
        "request",
        "localhost: header Authorization: OFFICE_KEY is not set in the environment",
    )


NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)


def answered(
    url: str = "https://ministry.example/act", status: int = 200, **headers: str
) -> Answered:
    return Answered(RequestStep(httpx.URL(url)), httpx.Response(status, headers=headers), NOW)


def test_an_answer_is_kept_with_its_address_its_moment_and_its_headers():
    kept = make_response_record(answered(status=302, etag='"v1"'))

    assert (kept.url, kept.at, kept.status) == (
        "https://ministry.example/act",
        "2025-10-09T01:00:00Z",
        302,
    )
    assert kept.headers == {"etag": '"v1"'}


def test_what_a_server_gave_to_us_alone_is_not_kept():
    secret = {
        "set-cookie": "session=s3cret",
        "location": "https://store.example/act?X-Amz-Signature=s3cret",
    }

    assert "s3cret" not in str(
        make_response_record(answered("https://store.example/act?X-Amz-Signature=s3cret", **secret))
    )


def test_a_server_that_sends_headers_without_end_is_cut_short():
    kept = make_response_record(
        answered(**{f"x-{number}": "long" * LONGEST for number in range(2 * MOST)})
    )

    assert len(kept.headers) == MOST
    assert {len(value) for value in kept.headers.values()} == {LONGEST}


def test_a_header_is_shown_on_one_line_and_else_as_it_came():
    told = {
        "x-node": "a  b",
        "x-color": "\x1b[31mred\nnews",
        "x-office": "Ministère  des  Finances",
    }
    headers = httpx.Headers(
        [(name.encode(), value.encode("latin-1")) for name, value in told.items()]
    )

    kept = make_response_record(
        Answered(
            RequestStep(httpx.URL("https://ministry.example/act")),
            httpx.Response(200, headers=headers),
            NOW,
        )
    )

    assert kept.headers == {
        "x-node": "a  b",
        "x-color": " [31mred news",
        "x-office": "Ministère  des  Finances",
    }


def test_of_an_address_for_minutes_the_page_is_named_without_what_lets_in():
    assert (
        make_response_record(answered("https://store.example/act.pdf?sig=s3cret")).url
        == "https://store.example/act.pdf"
    )
    assert (
        make_response_record(answered("https://ministry.example/act?page=2")).url
        == "https://ministry.example/act?page=2"
    )


def test_a_url_may_hold_the_second_in_which_it_is_asked_for():
    request = Request("https://www.federalregister.gov/api/v1/current.json?_={epoch}")

    assert fill_epoch(request, datetime(2026, 10, 2, tzinfo=UTC)).url.endswith(
        "current.json?_=1790899200"
    )
    assert fill_epoch(Request("https://x.example/"), datetime(2026, 10, 2, tzinfo=UTC)) == Request(
        "https://x.example/"
    )
