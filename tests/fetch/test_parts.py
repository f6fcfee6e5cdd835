from datetime import UTC, datetime, timedelta

import httpx
import pytest

from monitor.errors import FetchError
from monitor.fetch.parts import (
    MOST_BYTES,
    FetchedPart,
    PartRequest,
    ScriptCache,
    compute_freshness,
    make_part,
    make_part_step,
)
from monitor.source.page import Request

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PAGE = Request("https://www.ministry.example/list", headers={"X-Key": "{env:MINISTRY_KEY}"})


def sent(asked: PartRequest, cookies: str = "") -> httpx.Request:
    return make_part_step(asked, PAGE, cookies).ask(
        user_agent="regulatory-monitor/1", cookies=httpx.Cookies()
    )


def test_what_a_page_is_asked_with_goes_to_its_own_host_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MINISTRY_KEY", "canary")
    assert (
        sent(PartRequest("https://www.ministry.example/api", "fetch")).headers["x-key"] == "canary"
    )
    assert (
        not {"x-key", "cookie"}
        & sent(PartRequest("https://cdn.example/app.js", "script")).headers.keys()
    )


def test_a_script_says_what_it_likes_but_not_who_we_are_nor_what_we_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MINISTRY_KEY", "canary")
    said = {
        "Content-Type": "text/plain",
        "X-Mine": "{env:MINISTRY_KEY}",
        "User-Agent": "Mozilla",
        "Sec-Fetch-Mode": "cors",
    }
    asked = sent(
        PartRequest("https://api.ministry.example/", "fetch", "POST", said, b"{env:MINISTRY_KEY}"),
        cookies="seen=1",
    )
    assert (asked.method, asked.content) == ("POST", b"{env:MINISTRY_KEY}")
    assert (asked.headers["x-mine"], asked.headers["user-agent"]) == (
        "{env:MINISTRY_KEY}",
        "regulatory-monitor/1",
    )
    assert (asked.headers["cookie"], "sec-fetch-mode" in asked.headers) == ("seen=1", False)


def test_what_a_script_says_to_one_host_is_not_said_to_another_it_is_led_to() -> None:
    step = make_part_step(
        PartRequest(
            "https://api.ministry.example/", "fetch", headers={"Authorization": "Bearer x"}
        ),
        PAGE,
        "seen=1",
    )
    assert step.follow(302, "https://api.ministry.example/2").said == {
        "Authorization": "Bearer x",
        "cookie": "seen=1",
    }
    assert step.follow(307, "https://elsewhere.example/").said == {}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_who_looks_changes_nothing(method: str) -> None:
    with pytest.raises(FetchError, match=f"may not {method}"):
        make_part_step(PartRequest("https://api.ministry.example/", "fetch", method), PAGE, "")


def answered(status: int, body: bytes = b"", **headers: str) -> httpx.Response:
    told = {"content-length": str(len(body)), **headers}
    return httpx.Response(
        status, headers=told, stream=Whole(body), request=httpx.Request("GET", "https://a.example/")
    )


class Whole(httpx.AsyncByteStream):
    def __init__(self, body: bytes) -> None:
        self.body = body

    async def __aiter__(self):
        yield self.body


@pytest.mark.parametrize("status", [200, 204, 400, 401, 404])
async def test_that_there_is_nothing_is_an_answer_to_a_script(status: int) -> None:
    part = await make_part(answered(status, **{"x-said": "yes"}), limit=10, now=NOW)
    assert (part.status, part.body, part.told) == (status, b"", {"x-said": "yes"})


@pytest.mark.parametrize("status", [204, 205, 304])
async def test_an_answer_that_has_no_body_is_not_waited_for_one(status: int) -> None:
    bare = httpx.Response(
        status, stream=Whole(b"cut"), request=httpx.Request("GET", "https://a.example/")
    )
    assert (await make_part(bare, limit=10, now=NOW)).body == b""


@pytest.mark.parametrize(("status", "kind"), [(429, "busy"), (500, "server"), (503, "server")])
async def test_a_server_that_fails_gives_none(status: int, kind: str) -> None:
    with pytest.raises(FetchError) as caught:
        await make_part(answered(status), limit=10, now=NOW)
    assert caught.value.kind == kind


SCRIPT = PartRequest("https://a.example/app.js", "script")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "public, max-age=600"}, 600),
        ({"cache-control": "max-age=31536000, immutable"}, 86400),
        ({"cache-control": "max-age=600, no-store"}, 0),
        ({"cache-control": "no-cache"}, 0),
        ({"cache-control": "s-maxage=600"}, 0),
        ({"cache-control": "max-age=600", "vary": "*"}, 0),
        ({"last-modified": "Sun, 01 Mar 2026 09:00:00 GMT"}, 8640),
        ({"last-modified": "Mon, 02 Mar 2026 19:00:00 GMT"}, 0),
        ({"last-modified": "yesterday"}, 0),
        ({"last-modified": "Sun, 01 Mar 2026 09:00:00 -0000"}, 8640),
        ({"last-modified": "Wed, 01 Mar 2006 09:00:00 GMT"}, 86400),
        (
            {
                "cache-control": "private",
                "vary": "Accept-Encoding",
                "last-modified": "Mon, 02 Mar 2026 08:50:00 GMT",
            },
            60,
        ),
        ({}, 0),
    ],
)
def test_an_answer_is_fresh_for_as_long_as_its_server_says(
    headers: dict[str, str], seconds: int
) -> None:
    assert compute_freshness(headers, NOW) == timedelta(seconds=seconds)


def part(size: int = 10, *, status: int = 200) -> FetchedPart:
    return FetchedPart(status, {"cache-control": "max-age=60"}, bytes(size))


def test_a_script_is_used_again_while_it_is_fresh_by_the_way_it_came() -> None:
    kept = ScriptCache()
    kept.put(SCRIPT, "", part(), NOW)
    assert kept.take(SCRIPT, "", NOW + timedelta(seconds=59)) == part()
    assert kept.take(SCRIPT, "", NOW + timedelta(seconds=60)) is None
    assert kept.take(SCRIPT, "proxy.example:3128", NOW) is None


@pytest.mark.parametrize(
    "asked", [PartRequest(SCRIPT.url, "fetch"), PartRequest(SCRIPT.url, "document")]
)
def test_words_are_asked_for_each_time(asked: PartRequest) -> None:
    kept = ScriptCache()
    kept.put(asked, "", part(), NOW)
    kept.put(SCRIPT, "", part(status=404), NOW)
    assert kept.take(SCRIPT, "", NOW) is None
    kept.put(SCRIPT, "", part(), NOW)
    assert kept.take(asked, "", NOW) is None


def test_what_was_not_used_for_longest_goes_first_where_there_is_too_much() -> None:
    large = part(MOST_BYTES * 2 // 5)
    kept, one, two, three = (
        ScriptCache(),
        SCRIPT,
        PartRequest("https://a.example/2.js", "script"),
        PartRequest("https://a.example/3.js", "script"),
    )
    kept.put(one, "", large, NOW)
    kept.put(two, "", large, NOW)
    kept.take(one, "", NOW)
    kept.put(three, "", large, NOW)
    assert [kept.take(asked, "", NOW) is not None for asked in (one, two, three)] == [
        True,
        False,
        True,
    ]
