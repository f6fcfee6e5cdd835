import asyncio
import json
from collections.abc import Awaitable, Callable
from types import SimpleNamespace

import httpx
import pytest
from fetching import Hands, SimulatedClock
from played_browser import Context, Error, Script, Tab, passing
from proxy_server import proxy_server
from raw_server import answer
from rendered_site import AGENT, looking, rendered, site

from monitor.errors import ErrorKind, FetchError
from monitor.fetch import answer as kinds
from monitor.fetch import browser
from monitor.fetch.answer import MARK
from monitor.fetch.browser import Rendering
from monitor.fetch.parts import MOST, FetchedPart, PartRequest
from monitor.source.page import Body, Page

PAGE = """<html><head><title>Notices</title><link rel="stylesheet" href="/style.css"><script src="/app.js" defer></script></head>
<body><img src="/picture.png"><ul id="notices"><li>Loading</li></ul></body></html>"""
APP = """fetch('/notices.json', {headers: {'X-Mine': '{env:OUR_TOKEN}'}}).then(answer => answer.json())
.then(notices => setTimeout(() => {
document.getElementById('notices').innerHTML = notices.map(notice => '<li>' + notice + '</li>').join('') }, 50))"""
NOTICES = json.dumps(
    ["商务部公告2025年第70号", "Exports of gallium need a licence"], ensure_ascii=False
)
WELL = {"/": PAGE, "/app.js": APP, "/notices.json": NOTICES}


async def refused(web, url: str, **options) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await rendered(web, url, **options)
    return caught.value


@pytest.mark.long
async def test_words_that_a_script_writes_are_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUR_TOKEN", "canary-4411")
    script = answer(APP.encode(), "Content-Type: text/javascript", "Cache-Control: max-age=600")
    async with site(WELL | {"/app.js": script}) as (there, server), looking(robots=True) as web:
        page = await rendered(web, server.url)
        there.bodies["/notices.json"] = '["Order 13"]'
        later = await rendered(web, server.url)
    assert [item.get_text() for item in page.select("#notices li")] == json.loads(NOTICES)
    assert page.body.whole.startswith(browser.MARK)
    assert "<li>Order 13</li>" in later.text
    assert there.asked == ["/robots.txt", "/", "/app.js", "/notices.json", "/", "/notices.json"]
    assert all(f"User-Agent: {AGENT}\r\n" in head for head in there.heads.values())
    assert "x-mine: {env:OUR_TOKEN}" in there.heads["/notices.json"].lower().replace(
        "our_token", "OUR_TOKEN"
    )
    assert "canary" not in "".join(there.heads.values())


@pytest.mark.parametrize(
    ("kind", "body", "shown"),
    [
        ("text/html; charset=gb2312", b"", True),
        ("application/xhtml+xml", b"", True),
        ("", b" <!DOCTYPE html><p>x", True),
        ("", b"%PDF-1.7", False),
        ("text/xml", b"<html>", False),
        ("application/json", b"{}", False),
    ],
)
def test_a_browser_shows_as_a_page_what_is_html(kind: str, body: bytes, *, shown: bool) -> None:
    assert kinds.is_html(Page("https://a.example/", Body(body), content_type=kind)) is shown


@pytest.mark.long
async def test_all_that_a_page_asks_for_goes_through_the_proxy_and_nothing_of_it_into_a_network() -> (
    None
):
    inside = """for (const place of ['http://10.0.0.1/', 'http://intranet/', 'http://127.0.0.1:1/', 'http://other.example/x.js'])
fetch(place).catch(() => 0); new WebSocket('ws://10.0.0.1/socket'); navigator.sendBeacon('http://10.0.0.2/');
window.open('/window');
new RTCPeerConnection({iceServers: [{urls: 'stun:10.0.0.1'}]}).createDataChannel('x');"""
    scripts = (
        '<script src="/inside.js"></script><script src="http://cdn.example/cdn.js"></script></head>'
    )
    bodies = WELL | {"/inside.js": inside, "/cdn.js": "", "/": PAGE.replace("</head>", scripts)}
    async with (
        site(bodies) as (there, server),
        proxy_server({"ministry.example": server.port, "cdn.example": server.port}) as proxy,
        looking(allow_private=False) as web,
    ):
        page = await rendered(web, "http://ministry.example/", proxy=f"http://{proxy.place}")
        proxy.hosts = {"ministry.example": server.port}
        error = await refused(web, "http://ministry.example/", proxy=f"http://{proxy.place}")
    assert "gallium" in page.text
    assert (error.kind, "did not come: cdn.example: answered 502" in str(error)) == ("server", True)
    hosts = [asked.split("/")[2] for asked in proxy.asked]
    assert set(hosts) == {"ministry.example", "cdn.example", "other.example"}
    assert "/window" not in there.asked


@pytest.mark.long
async def test_a_page_whose_scripts_come_to_no_rest_ends_with_its_time_and_holds_up_no_other() -> (
    None
):
    bodies = WELL | {
        "/hangs": "<html><script>while (true) {}</script></html>",
        "/asks": "<html><script>setInterval(() => fetch('/notices.json'), 200)</script></html>",
    }
    async with site(bodies) as (_, server), looking(deadline=10.0) as web:
        hangs, asks = await asyncio.gather(
            refused(web, f"{server.url}hangs"), refused(web, f"{server.url}asks")
        )
        assert "gallium" in (await rendered(web, server.url)).text
    for error in (hangs, asks):
        assert (error.kind, str(error)) == (
            "render",
            "127.0.0.1: its scripts did not end within 10 s",
        )


@pytest.mark.long
async def test_a_page_whose_words_did_not_come_is_a_failure_and_no_shorter_page() -> None:
    async with site(WELL) as (there, server), looking(robots=True) as web:
        there.bodies["/robots.txt"] = "User-agent: *\nDisallow: /notices"
        forbidden = await refused(web, server.url)
        there.bodies["/robots.txt"] = ""
    async with site(WELL) as (there, server), looking() as web:
        there.bodies["/notices.json"] = answer(b"", status="503 Service Unavailable")
        failing = await refused(web, server.url)
        there.bodies["/notices.json"] = json.dumps(["x" * 3000])
        large = await refused(web, server.url, limit=2000)
        there.bodies["/app.js"] = "for (let n = 0; n < 300; n++) fetch('/n' + n)"
        many = await refused(web, server.url)
        there.bodies["/app.js"] = "document.body.append('x'.repeat(1100000))"
        grown = await refused(web, server.url)
    assert (forbidden.kind, "what its scripts ask for did not come" in str(forbidden)) == (
        "robots",
        True,
    )
    assert (failing.kind, "503" in str(failing)) == ("server", True)
    assert (large.kind, many.kind, grown.kind) == ("too-large", "render", "too-large")


@pytest.mark.long
async def test_a_page_may_lead_on_post_and_keep_its_cookies_at_the_hosts_pace() -> None:
    clock = SimulatedClock()
    bodies = {
        "/": answer(
            b"<html><script>document.cookie = 'seen=1'; location.href = '/list'</script></html>",
            "Set-Cookie: visit=7",
        ),
        "/list": (
            "<html><body><main>Empty</main><iframe src='/frame'></iframe><script"
            " src='/search.js'></script></body></html>"
        ),
        "/search.js": (
            """fetch('/search', {method: 'POST', body: '{"page": 1}', headers: {'Content-Type': 'application/json'}})
.then(answer => answer.json()).then(found => { document.querySelector('main').textContent = found.title });
fetch('/away', {method: 'DELETE'}).catch(() => 0)"""
        ),
        "/search": '{"title": "Order 12 on gallium"}',
    }
    async with site(bodies) as (there, server), looking(clock=clock, gap=1.5) as web:
        error = await refused(web, server.url)
        there.bodies["/search.js"] = bodies["/search.js"].partition("fetch('/away'")[0]
        page = await rendered(web, server.url)
    assert "may not DELETE" in str(error)
    assert (page.url, page.select("main")[0].get_text()) == (
        f"{server.url}list",
        "Order 12 on gallium",
    )
    assert there.asked[-4:] == ["/", "/list", "/search.js", "POST /search"]
    assert there.heads["/search"].endswith("\r\n\r\n")
    assert {"visit=7", "seen=1"} <= set(
        there.heads["/search"].split("ookie: ")[1].split("\r\n")[0].split("; ")
    )
    assert clock.slept
    assert set(clock.slept) <= {1.5}


ADDRESS = "https://www.ministry.example/list"
BARE = Page(
    ADDRESS, Body(b"<html><body>Loading</body></html>"), content_type="text/html; charset=utf-8"
)
Look = Callable[..., Awaitable[Page]]


class Words:
    """What each thing gives that a page asks for, by the end of its address; and what was asked
    with which cookies.
    """

    def __init__(self, **parts: bytes | Exception) -> None:
        self.parts = parts
        self.asked: list[PartRequest] = []
        self.cookies: list[str] = []

    async def load(self, asked: PartRequest, cookies: str) -> FetchedPart:
        self.asked.append(asked)
        self.cookies.append(cookies)
        part = self.parts.get(asked.url.rpartition("/")[2], b"{}")
        if isinstance(part, Exception):
            raise part
        return FetchedPart(200, {"content-type": "application/json", "content-length": "9"}, part)


@pytest.fixture
def look(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> Look:
    """Looks at a page with a browser that is played. Its scripts may run for five seconds."""
    monkeypatch.setattr(browser, "async_api", SimpleNamespace(Error=Error))
    monkeypatch.setattr(browser, "LONGEST", 30.0)

    async def at(
        script: Script,
        words: Words | None = None,
        *,
        page: Page = BARE,
        limit: int = 100_000,
        came: set[str] | None = None,
        **more,
    ) -> Page:
        context = Context(script, {}, takes_cookies=more.get("takes_cookies", True))
        load = more.get("load") or (words or Words()).load
        run = Rendering(page, load, set() if came is None else came, seconds=5.0, size_limit=limit)
        try:
            return await passing(hands, run.run(context, more.get("cookies", httpx.Cookies())))  # type: ignore[arg-type,return-value]
        finally:
            await context.close()

    return at


async def not_looked_at(
    look: Look, script: Script, words: Words | None = None, **options: object
) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await look(script, words, **options)
    assert str(caught.value).startswith("www.ministry.example: ")
    return caught.value


async def test_the_tree_that_scripts_leave_is_the_page_under_the_address_they_lead_to(
    look: Look,
) -> None:
    async def leads(tab: Tab) -> None:
        given = await tab.asks("/list?page=2", "document", navigates=True)
        tab.url, tab.tree = (
            f"{ADDRESS}?page=2#top",
            f"<html>公告 {bytes(given['body']).decode()}</html>",
        )  # type: ignore[arg-type]

    words = Words(**{"list?page=2": b"two"})
    page = await look(leads, words)

    assert (page.url, page.body.whole) == (
        f"{ADDRESS}?page=2",
        MARK + "<html>公告 two</html>".encode(),
    )
    assert (page.content_type, page.charset) == ("text/html; charset=utf-8", "utf-8")
    assert [asked.url for asked in words.asked] == [f"{ADDRESS}?page=2"]


async def test_a_page_is_taken_once_it_has_asked_for_nothing_for_a_second(look: Look) -> None:
    async def writes_late(tab: Tab) -> None:
        async def on() -> None:
            for number in range(3):
                await asyncio.sleep(0.9)
                await tab.asks(f"/{number}")
                tab.tree += str(number)

        tab.tree = "written "
        tab.later(on())

    assert (await look(writes_late)).body.whole == MARK + b"written 012"


async def test_what_is_on_its_way_is_waited_for_however_long_and_takes_none_of_the_time_of_scripts(
    look: Look,
) -> None:
    async def slowly(asked: PartRequest, cookies: str) -> FetchedPart:
        await asyncio.sleep(20.0)
        return FetchedPart(200, {}, b"late")

    async def waits(tab: Tab) -> None:
        tab.later(writes(tab, "/a"))

    async def writes(tab: Tab, url: str) -> None:
        given = await tab.asks(url)
        tab.tree = bytes(given["body"]).decode()  # type: ignore[arg-type]

    assert (await look(waits, load=slowly)).body.whole == MARK + b"late"


async def test_a_page_that_never_loads_or_never_rests_or_never_lets_anybody_ask_is_a_failure(
    look: Look,
) -> None:
    async def loads_for_ever(tab: Tab) -> None:
        await asyncio.Event().wait()

    async def asks_for_ever(tab: Tab) -> None:
        async def on() -> None:
            while True:
                await asyncio.sleep(0.5)
                await tab.asks("/news")

        tab.later(on())

    async def runs_for_ever(tab: Tab) -> None:
        tab.busy = [loads_for_ever]

    for script in (loads_for_ever, asks_for_ever, runs_for_ever):
        error = await not_looked_at(look, script)
        assert (error.kind, str(error)) == (
            "render",
            "www.ministry.example: its scripts did not end within 5 s",
        )


@pytest.mark.parametrize("seconds", [0.0, 3.0])
@pytest.mark.parametrize("is_heard_out", [True, False])
async def test_a_script_that_still_ran_when_the_page_seemed_at_rest_is_heard_to_its_end(
    look: Look, seconds: float, *, is_heard_out: bool
) -> None:
    async def slowly(asked: PartRequest, cookies: str) -> FetchedPart:
        await asyncio.sleep(seconds)
        return FetchedPart(200, {}, b"")

    async def asks_and_writes(tab: Tab) -> None:
        async def on() -> None:
            await asyncio.sleep(0.5)
            tab.tree += " and late"

        if is_heard_out:
            await tab.asks("/late")
        else:
            tab.later(tab.asks("/late"))  # type: ignore[arg-type]
            await asyncio.sleep(0)
        tab.later(on())

    async def runs(tab: Tab) -> None:
        tab.tree, tab.busy = "words", [asks_and_writes]

    assert (await look(runs, load=slowly)).body.whole == MARK + b"words and late"


async def test_what_is_on_its_way_when_the_time_is_over_is_given_up(look: Look) -> None:
    given_up: list[str] = []

    async def never(asked: PartRequest, cookies: str) -> FetchedPart:
        try:
            await asyncio.Event().wait()
        finally:
            given_up.append(asked.url)
        raise AssertionError

    async def waits(tab: Tab) -> None:
        tab.later(tab.asks("/a"))  # type: ignore[arg-type]
        tab.later(tab.asks("/b"))  # type: ignore[arg-type]

    assert (await not_looked_at(look, waits, load=never)).kind == "render"
    assert sorted(given_up) == ["https://www.ministry.example/a", "https://www.ministry.example/b"]


DOWN = FetchError(
    "api.example: answered 503 Service Unavailable", kind=ErrorKind.SERVER, retry_after=60.0
)


def asking(url: str, **how: object) -> Script:
    async def script(tab: Tab) -> None:
        tab.tree = str((await tab.asks(url, **how)).get("aborted", "came"))  # type: ignore[arg-type]

    return script


@pytest.mark.parametrize(
    "url", ["/api", "https://ministry.example/api", "https://data.ministry.example/api"]
)
async def test_what_does_not_come_of_the_same_publisher_fails_the_page(
    look: Look, url: str
) -> None:
    error = await not_looked_at(look, asking(url), Words(api=DOWN))

    assert (error.kind, error.retry_after) == ("server", 60.0)
    assert "what its scripts ask for did not come: api.example: answered 503" in str(error)


async def test_what_does_not_come_of_others_fails_the_page_only_where_it_came_before_or_leads_on(
    look: Look,
) -> None:
    url, came = "https://counter.example/api", set[str]()
    assert b"failed" in (await look(asking(url), Words(api=DOWN), came=came)).body.whole
    assert b"came" in (await look(asking(url), came=came)).body.whole
    assert came == {f"GET {url}"}
    assert (await not_looked_at(look, asking(url), Words(api=DOWN), came=came)).kind == "server"
    assert (
        await not_looked_at(look, asking(url, kind="document", navigates=True), Words(api=DOWN))
    ).kind == "server"


async def test_what_comes_when_it_is_asked_for_again_fails_nothing(look: Look) -> None:
    words = Words(api=DOWN)

    async def tries_again(tab: Tab) -> None:
        await tab.asks("/api")
        words.parts["api"] = b"words"
        tab.tree = bytes((await tab.asks("/api"))["body"]).decode()  # type: ignore[arg-type]

    assert (await look(tries_again, words)).body.whole == MARK + b"words"


async def test_only_what_may_hold_words_is_asked_for_and_a_sheet_of_style_is_empty(
    look: Look,
) -> None:
    got: dict[str, object] = {}

    async def asks_for_all(tab: Tab) -> None:
        for kind in ("stylesheet", "image", "font", "media", "script", "xhr", "fetch"):
            got[kind] = await tab.asks(f"/{kind}", kind)
        got["frame"] = await tab.asks("/frame", "document", frame="another", navigates=True)
        got["in a frame"] = await tab.asks("/inside", "fetch", frame="another")

    words = Words()
    await look(asks_for_all, words)

    assert [asked.url.rpartition("/")[2] for asked in words.asked] == ["script", "xhr", "fetch"]
    assert got["stylesheet"] == {"status": 200, "content_type": "text/css", "body": ""}
    assert got["fetch"] == {
        "status": 200,
        "headers": {"content-type": "application/json"},
        "body": b"{}",
    }
    refused = {"aborted": "blockedbyclient"}
    assert [got[kind] for kind in ("image", "font", "media", "frame", "in a frame")] == [
        refused
    ] * 5


@pytest.mark.parametrize(
    ("content_type", "charset", "declared"),
    [
        ("text/html; charset=gb2312", "gb18030", "text/html; charset=gb18030"),
        ("application/xhtml+xml", None, "application/xhtml+xml"),
        ("", None, "text/html"),
    ],
)
async def test_a_browser_is_told_what_kind_of_page_came(
    look: Look, content_type: str, charset: str | None, declared: str
) -> None:
    told: list[str] = []

    async def script(tab: Tab) -> None:
        told.append(tab.declared)

    page = Page(ADDRESS, Body(b"<html></html>"), content_type=content_type, charset=charset)
    assert (await look(script, page=page)).body.whole == MARK + b"<html></html>"
    assert told == [declared]


@pytest.mark.parametrize(("count", "comes"), [(MOST, True), (MOST + 1, False)])
async def test_a_page_may_ask_for_so_many_things_and_no_more(
    look: Look, count: int, *, comes: bool
) -> None:
    async def asks(tab: Tab) -> None:
        for number in range(count):
            await tab.asks(f"/{number}")

    if comes:
        await look(asks)
    else:
        error = await not_looked_at(look, asks)
        assert (error.kind, "asks for more than 200 things" in str(error)) == ("render", True)


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (40, ""),
        (39, "the rendered page is larger"),
        (30, "the rendered page is larger"),
        (29, "what its scripts ask"),
    ],
)
async def test_a_page_and_all_it_asks_for_may_be_as_large_as_the_limit_and_no_larger(
    look: Look, limit: int, said: str
) -> None:
    async def grows(tab: Tab) -> None:
        await tab.asks("/first")
        await tab.asks("/second")
        tab.tree = "x" * 10

    words = Words(first=bytes(20), second=bytes(10))
    if said:
        error = await not_looked_at(look, grows, words, limit=limit)
        assert (error.kind, said in str(error)) == ("too-large", True)
    else:
        assert (await look(grows, words, limit=limit)).body.whole == MARK + b"x" * 10


async def test_scripts_that_lead_out_of_the_web_leave_no_page(look: Look) -> None:
    async def leads_away(tab: Tab) -> None:
        tab.url = "chrome-error://chromewebdata/"

    error = await not_looked_at(look, leads_away)
    assert (error.kind, str(error)) == (
        "render",
        "www.ministry.example: its scripts lead to no page",
    )


async def test_cookies_of_the_page_go_with_what_it_asks_for_and_one_that_no_browser_takes_costs_nothing(
    look: Look,
) -> None:
    cookies = httpx.Cookies({"visit": "7", "seen": ""})
    words = Words()
    await look(asking("/api"), words, cookies=cookies)
    await look(asking("/api"), words, cookies=cookies, takes_cookies=False)

    assert [set(said.split("; ")) for said in words.cookies] == [{"visit=7", "seen="}, {""}]


async def test_what_a_page_says_is_handed_on_as_it_says_it(look: Look) -> None:
    words = Words()
    how = {
        "method": "POST",
        "headers": {"content-type": "text/plain"},
        "post_data_buffer": b"page=2",
    }
    await look(asking("/search", kind="xhr", **how), words)

    assert words.asked == [
        PartRequest(
            "https://www.ministry.example/search",
            "xhr",
            "POST",
            {"content-type": "text/plain"},
            b"page=2",
        )
    ]
