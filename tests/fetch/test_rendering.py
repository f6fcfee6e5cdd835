import asyncio
import json

import pytest
from fetching import LIMIT, SimulatedClock
from proxy_server import proxy_server
from raw_server import answer
from rendered_site import AGENT, looking, rendered, site

from monitor.errors import FetchError
from monitor.fetch import answer as kinds
from monitor.fetch import browser
from monitor.source.page import Body, Page, Request

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
        forbidden = await refused(web, server.url.replace("127.0.0.1", "localhost"))
        there.bodies["/robots.txt"] = ""  # of the same site by its other name
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
async def test_a_browser_reads_a_page_in_the_charset_that_its_source_declares() -> None:
    page = answer(PAGE.replace("Loading", "公告").encode("gb18030"), "Content-Type: text/html")
    async with site({"/": page}) as (_, server), looking() as web:
        fetched = await web.fetch(
            Request(server.url, charset="gb18030"), size_limit=LIMIT, render=True
        )
    assert "公告" in fetched.page.text


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


@pytest.mark.long
async def test_what_does_not_come_of_others_fails_the_page_only_where_it_came_before() -> None:
    page = "<html><p>公告</p><script>fetch('http://localhost:{port}/count').catch(() => 0)</script></html>"
    gone = answer(b"", status="503 Service Unavailable")
    async with site({"/count": gone}) as (there, server), looking() as web:
        there.bodies["/"] = answer(
            page.replace("{port}", str(server.port)).encode("gb18030"),
            "Content-Type: text/html; charset=gb2312",
        )
        first = await rendered(web, server.url)
        there.bodies["/count"] = "7"
        await rendered(web, server.url)
        there.bodies["/count"] = gone
        error = await refused(web, server.url)
    assert first.select("p")[0].get_text() == "公告"
    assert (error.kind, "did not come: localhost: answered 503" in str(error)) == ("server", True)
