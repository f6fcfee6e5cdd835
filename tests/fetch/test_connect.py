import asyncio
import json
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from cases import read_cases
from command import run
from fetching import (
    LIMIT,
    PAGE,
    Dial,
    Hands,
    SimulatedClock,
    failure,
    fetcher,
    on_the_internet,
    page,
)
from proxy_server import proxy_server
from raw_server import Exchange, answer, raw_server

from monitor.errors import FetchError
from monitor.fetch import Fetcher
from monitor.fetch.connect import is_public
from monitor.source.page import Request

HOSTILE = [
    "http://127.0.0.1",
    "http://127.0.0.53",
    "http://localhost",
    "http://2130706433",
    "http://0x7f000001",
    "http://017700000001",
    "http://127.1",
    "http://0x7f.1",
    "http://0.0.0.0",
    "http://0",
    "http://[::1]",
    "http://[::]",
    "http://[::ffff:127.0.0.1]",
    "http://[::ffff:7f00:1]",
    "http://[::127.0.0.1]",
    "http://[64:ff9b::7f00:1]",
    "http://[2002:7f00:1::]",
    "http://[fe80::1]",
    "http://[fd00::1]",
    "http://[fec0::1]",
    "http://[ff02::1]",
    "http://169.254.169.254",
    "http://10.0.0.1",
    "http://172.16.0.1",
    "http://192.168.1.1",
    "http://100.64.0.1",
    "http://192.0.0.8",
    "http://192.0.0.11",
    "http://192.88.99.1",
    "http://192.88.99.255",
    "http://192.0.0.1",
    "http://198.18.0.1",
    "http://203.0.113.1",
    "http://240.0.0.1",
    "http://[3fff::1]",
    "http://[3fff:fff:ffff::1]",
    "http://[::ffff:192.88.99.1]",
    "http://[2002:c058:6301::]",
    "http://[64:ff9b::c058:6301]",
    "http://[64:ff9b:1::1]",
    "http://[5f00::1]",
    "http://[100::1]",
    "http://[100:0:0:1::1]",
    "http://[2001::1]",
    "http://[2001:2::1]",
    "http://[2001:db8::1]",
    "http://224.0.0.1",
    "http://255.255.255.255",
    "https://127.0.0.1",
]


@pytest.mark.parametrize("url", HOSTILE)
async def test_a_private_address_is_never_dialled(url: str) -> None:
    async with raw_server(answer(PAGE)) as server:
        dial = Dial(server.port)
        web = on_the_internet(dial)
        error = await failure(web, f"{url}:{server.port}/?token=secret")
        await web.aclose()

    assert (error.kind, dial.dialled, server.connections) == ("private-address", [], 0)


@pytest.mark.parametrize(
    "address",
    ["10.1.2.3", "127.0.0.1", "169.254.169.254", "::1", "fe80::1%eth0", "::ffff:10.0.0.1"],
)
async def test_a_name_of_a_private_address_is_never_dialled(address: str) -> None:
    dial = Dial(1)
    web = on_the_internet(dial, [address])

    error = await failure(web, "http://intranet.example/")

    assert (error.kind, dial.dialled) == ("private-address", [])
    assert (
        str(error)
        == f"intranet.example: {address} is a private address; see allow_private under [fetch]"
    )


async def test_the_default_transport_checks_addresses() -> None:
    web = fetcher(allow_private=False)
    async with raw_server(answer(PAGE)) as server:
        assert (await failure(web, server.url)).kind == "private-address"
        assert server.connections == 0
    await web.aclose()


async def test_a_name_that_changes_its_answer_reaches_only_what_was_checked() -> None:
    async with raw_server(answer(PAGE)) as server:
        dial = Dial(server.port)
        web = on_the_internet(dial, ["93.184.215.14"], ["127.0.0.1"])
        assert (await page(web, "http://rebind.example/")).body.whole == PAGE
        assert (await failure(web, "http://rebind.example/")).kind == "private-address"
        await web.aclose()

    assert dial.dialled == ["93.184.215.14"]
    assert server.connections == 1


async def test_a_name_that_resolves_to_nothing_is_told_as_such() -> None:
    web = on_the_internet(Dial(1), [])

    error = await failure(web, "http://nowhere.example/")

    assert (error.kind, str(error)) == ("dns", "nowhere.example: the name has no address")
    await web.aclose()


async def test_of_several_addresses_that_all_fail_the_last_says_why() -> None:
    dial = Dial(1)
    web = on_the_internet(dial, ["2001:4860:4860::8888", "2001:4860:4860::8844"])

    error = await failure(web, "http://www.x.gov/")

    assert (error.kind, str(error)) == ("connect", "www.x.gov: no connection: unreachable")
    assert dial.dialled == ["2001:4860:4860::8888", "2001:4860:4860::8844"]
    await web.aclose()


async def test_of_several_addresses_the_public_ones_are_tried_in_order() -> None:
    async with raw_server(answer(PAGE)) as server:
        dial = Dial(server.port)
        web = on_the_internet(dial, ["127.0.0.1", "2001:4860:4860::8888", "93.184.215.14"])
        assert (await page(web, "http://www.x.gov/")).body.whole == PAGE
        await web.aclose()

    assert dial.dialled == ["2001:4860:4860::8888", "93.184.215.14"]


@pytest.mark.parametrize(
    "address",
    ["93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"],
)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


async def test_a_self_signed_certificate_is_refused(
    web: Fetcher, server_side: ssl.SSLContext
) -> None:
    async with raw_server(answer(PAGE), tls=server_side) as server:
        error = await failure(web, f"https://localhost:{server.port}/")

    assert (error.kind, server.requests) == ("tls", [])
    assert str(error) == "localhost: the certificate is not accepted: self-signed certificate"


async def test_a_trusted_certificate_is_accepted_for_its_own_name_only(
    web: Fetcher,
    server_side: ssl.SSLContext,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    async with raw_server(answer(PAGE), tls=server_side) as server:
        assert (await page(web, f"https://localhost:{server.port}/")).body.whole == PAGE
        error = await failure(web, f"https://127.0.0.1:{server.port}/")

    assert error.kind == "tls"
    assert "not valid for '127.0.0.1'" in str(error)


async def test_a_longer_body_is_refused_behind_tls_too(
    web: Fetcher,
    server_side: ssl.SSLContext,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    async with raw_server(answer(PAGE, length=9), tls=server_side) as server:
        assert (await failure(web, f"https://localhost:{server.port}/")).kind == "truncated"


async def test_garbage_inside_a_tls_connection_is_a_tls_failure(
    web: Fetcher,
    server_side: ssl.SSLContext,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def spoil(exchange: Exchange) -> None:
        await exchange.send(answer(PAGE, length=10_000))
        exchange.send_beneath_tls(b"\x17\x03\x03\x00\x20" + b"secret" * 6)
        await asyncio.sleep(0.1)

    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    async with raw_server(spoil, tls=server_side) as server:
        assert (await failure(web, f"https://localhost:{server.port}/")).kind == "tls"


async def test_a_server_that_speaks_no_tls_is_a_tls_failure(web: Fetcher) -> None:
    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 secret\r\n")
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        assert (
            await failure(web, f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
        ).kind == "tls"


HOST = "www.ministry.example"


@pytest.fixture
async def guarded():
    it = fetcher(allow_private=False)
    yield it
    await it.aclose()


async def through(web: Fetcher, url: str, proxy: str) -> bytes:
    answered = await web.fetch(Request(url), size_limit=LIMIT, proxy=proxy)
    return answered.page.body.whole


async def refused(web: Fetcher, url: str, proxy: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await through(web, url, proxy)
    assert "s3cret" not in repr(caught.value)
    return caught.value


async def test_a_page_comes_through_the_proxy_which_alone_resolves_its_name(
    guarded: Fetcher,
) -> None:
    async with raw_server(answer(PAGE)) as server, proxy_server({HOST: server.port}) as proxy:
        assert await through(guarded, f"http://{HOST}/list", f"http://{proxy.place}") == PAGE
        assert proxy.asked == [f"GET http://{HOST}/list"]
        assert b"User-Agent: monitor-test" in server.requests[0]
        assert b"roxy" not in server.requests[0]


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_tls_is_the_publishers_own_within_a_tunnel(
    guarded: Fetcher,
    scheme: str,
    server_side: ssl.SSLContext,
    certificate,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    monkeypatch.setenv("TUNNEL", "set below")
    async with raw_server(answer(PAGE), tls=server_side) as server:
        hosts = {"ministry.example": server.port, HOST: server.port}
        async with proxy_server(hosts, account="us:s3cret") as proxy:
            monkeypatch.setenv("TUNNEL", f"{scheme}://us:s3cret@{proxy.place}")
            assert await through(guarded, "https://ministry.example/", "TUNNEL") == PAGE
            error = await refused(guarded, f"https://{HOST}/", "TUNNEL")
    assert error.kind == "tls"
    assert str(error).startswith(f"{HOST}: the certificate is not accepted")
    assert [asked.partition(" ")[2] for asked in proxy.asked] == [
        "ministry.example:443",
        f"{HOST}:443",
    ]


async def test_socks_takes_a_name_without_tls_too(guarded: Fetcher) -> None:
    async with raw_server(answer(PAGE)) as server, proxy_server({HOST: server.port}) as proxy:
        assert await through(guarded, f"http://{HOST}/", f"socks5://{proxy.place}") == PAGE
        assert proxy.asked == [f"SOCKS {HOST}:80"]


async def test_robots_is_asked_through_the_same_proxy_and_each_proxy_for_itself() -> None:
    web = fetcher(allow_private=False, robots=True, user_agent="regulatory-monitor/1")

    async def script(exchange: Exchange) -> None:
        rules = b"User-agent: *\nDisallow: /secret"
        await exchange.send(answer(rules if b"/robots.txt" in exchange.request else PAGE))

    async with (
        raw_server(script) as server,
        proxy_server({HOST: server.port}) as one,
        proxy_server({HOST: server.port}) as two,
    ):
        await through(web, f"http://{HOST}/", f"http://{one.place}")
        error = await refused(web, f"http://{HOST}/secret", f"http://{one.place}")
        await through(web, f"http://{HOST}/", f"http://{two.place}")
        await web.aclose()
    assert error.kind == "robots"
    assert one.asked == two.asked == [f"GET http://{HOST}/robots.txt", f"GET http://{HOST}/"]


async def test_the_gap_is_the_hosts_whichever_way_it_is_asked() -> None:
    clock = SimulatedClock()
    web = fetcher(clock=clock, gap=5.0)
    async with (
        raw_server(answer(PAGE)) as server,
        proxy_server({"127.0.0.1": server.port}) as proxy,
    ):
        await page(web, server.url)
        await through(web, server.url, f"http://{proxy.place}")
        await web.aclose()
    assert clock.slept == [5.0]


@pytest.mark.parametrize(
    ("refusal", "kind", "words"),
    [
        (b"407 Proxy Authentication Required", "proxy", "asks for a name and password"),
        (b"403 s3cret", "proxy", "does not let us through (403)"),
        (b"502 s3cret", "connect", "reached nobody there"),
    ],
)
async def test_what_a_proxy_refuses_is_told_as_the_proxys(
    guarded: Fetcher, refusal: bytes, kind: str, words: str
) -> None:
    async with proxy_server(refuse=refusal) as proxy:
        error = await refused(guarded, f"https://{HOST}/", f"http://{proxy.place}")
    assert (error.kind, str(error)) == (kind, f"{HOST}: the proxy {proxy.place} {words}")


@pytest.mark.parametrize("url", [f"https://{HOST}/", f"http://{HOST}/"])
@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_a_proxy_that_does_not_take_our_password_is_told_without_it(
    guarded: Fetcher, url: str, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with proxy_server({HOST: 1}, account="us:another") as proxy:
        monkeypatch.setenv("TUNNEL", f"{scheme}://us:s3cret@{proxy.place}")
        error = await refused(guarded, url, "TUNNEL")
    assert str(error) == f"{HOST}: the proxy {proxy.place} does not take our name and password"
    assert error.kind == "proxy"


async def test_a_socks_proxy_that_asks_for_a_password_or_reaches_nobody_is_told(
    guarded: Fetcher,
) -> None:
    async with proxy_server({}, account="us:s3cret") as closed, proxy_server({}) as lost:
        asks = await refused(guarded, f"http://{HOST}/", f"socks5://{closed.place}")
        reaches = await refused(guarded, f"http://{HOST}/", f"socks5://{lost.place}")
    assert (asks.kind, str(asks)) == (
        "proxy",
        f"{HOST}: the proxy {closed.place} asks for a name and password",
    )
    assert (reaches.kind, str(reaches)) == (
        "connect",
        f"{HOST}: the proxy {lost.place} reached nobody there",
    )


async def test_a_proxy_that_is_not_there_or_breaks_off_or_is_silent_is_told(
    guarded: Fetcher, hands: Hands
) -> None:
    begun = asyncio.Event()

    async def silence(exchange: Exchange) -> None:
        begun.set()
        await asyncio.Event().wait()

    async with raw_server(b"") as silent, raw_server(silence) as endless:
        closes = await refused(guarded, f"https://{HOST}/", f"http://127.0.0.1:{silent.port}")
        waits = asyncio.create_task(
            refused(guarded, f"https://{HOST}/", f"http://127.0.0.1:{endless.port}")
        )
        await asyncio.wait_for(begun.wait(), 10)
        await hands.move(21.0)
        waited = await waits
    gone = await refused(guarded, f"https://{HOST}/", f"http://127.0.0.1:{silent.port}")
    nowhere = await refused(guarded, f"https://{HOST}/", "http://proxy.invalid:3128")
    assert (
        str(closes)
        == f"{HOST}: the proxy 127.0.0.1:{silent.port} closed the connection without an answer"
    )
    assert str(gone) == f"{HOST}: the proxy 127.0.0.1:{silent.port} can't be reached"
    assert str(nowhere) == f"{HOST}: the proxy proxy.invalid:3128 has a name that does not resolve"
    assert {error.kind for error in (closes, gone, nowhere, waited)} == {"proxy"}
    assert str(waited).endswith("gives no answer")


@asynccontextmanager
async def socks_that_answers(*answers: bytes) -> AsyncIterator[tuple[str, asyncio.Event]]:
    """Where one listens that says these words one after the other, and whether whoever asked has
    hung up.
    """
    left = asyncio.Event()

    async def says(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for words in answers:
            await reader.read(512)
            writer.write(words)
        await reader.read()
        left.set()
        writer.close()

    async with await asyncio.start_server(says, "127.0.0.1", 0) as listener:
        yield f"127.0.0.1:{listener.sockets[0].getsockname()[1]}", left


@pytest.mark.parametrize(
    ("reply", "kind", "words"),
    read_cases(
        """
        1 | connect | reached nobody there
        2 | proxy | does not let us through
        3 | connect | reached nobody there
        5 | connect | reached nobody there
        6 | connect | reached nobody there
        7 | proxy | does not let us through
        """
    ),
)
async def test_what_a_socks_proxy_refuses_is_told_as_what_it_is_and_leaves_no_connection(
    guarded: Fetcher, reply: int, kind: str, words: str
) -> None:
    async with socks_that_answers(b"\5\0", bytes([5, reply, 0, 1, 0, 0, 0, 0, 0, 0])) as (
        place,
        left,
    ):
        error = await refused(guarded, f"http://{HOST}/", f"socks5://{place}")
        await asyncio.wait_for(left.wait(), 10)
    assert (error.kind, str(error)) == (kind, f"{HOST}: the proxy {place} {words}")


@pytest.mark.parametrize(
    ("url", "scheme"),
    [(f"http://{HOST}/", "http"), (f"https://{HOST}/", "http"), (f"http://{HOST}/", "socks5")],
)
@pytest.mark.parametrize("account", ["us:", "us:s3cret"])
async def test_a_proxy_is_told_who_we_are_as_it_was_set_with_or_without_a_password(
    guarded: Fetcher, url: str, scheme: str, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with proxy_server({}, account=account) as proxy:
        monkeypatch.setenv("TUNNEL", f"{scheme}://{account}@{proxy.place}")
        error = await refused(guarded, url, "TUNNEL")
    assert len(proxy.asked) == 1
    assert "password" not in str(error)


async def test_a_proxy_that_does_not_even_take_the_call_is_not_waited_for_until_the_deadline(
    hands: Hands,
) -> None:
    web = fetcher(allow_private=False, deadline=3600.0)
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        place = f"127.0.0.1:{deaf.getsockname()[1]}"
        callers = [socket.socket() for _ in range(3)]
        for caller in callers:  # they wait to be taken, and there is no room for another
            caller.settimeout(0)
            caller.connect_ex(deaf.getsockname())
        waits = asyncio.create_task(refused(web, f"http://{HOST}/", f"http://{place}"))
        for _ in range(300):  # until it has looked up the name, and called
            await hands.move(9.0)
            await asyncio.sleep(0.001)
            if waits.done():
                break
        error = await asyncio.wait_for(waits, 10)
        for caller in callers:
            caller.close()
    assert (error.kind, str(error)) == ("proxy", f"{HOST}: the proxy {place} can't be reached")
    await web.aclose()


async def test_what_speaks_no_socks_is_told(guarded: Fetcher) -> None:
    async def chatter(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 s3cret\r\n\r\n")
        await reader.read(64)
        writer.close()

    listener = await asyncio.start_server(chatter, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    async with listener:
        error = await refused(guarded, f"https://{HOST}/", f"socks5://127.0.0.1:{port}")
    assert (error.kind, str(error)) == (
        "proxy",
        f"{HOST}: the proxy 127.0.0.1:{port} is no SOCKS5 proxy",
    )


async def test_a_proxy_over_tls_has_to_prove_who_it_is(
    guarded: Fetcher,
    server_side: ssl.SSLContext,
    certificate,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with (
        raw_server(answer(PAGE)) as server,
        proxy_server({HOST: server.port}, tls=server_side) as proxy,
    ):
        doubted = await refused(guarded, f"http://{HOST}/", f"https://localhost:{proxy.port}")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        trusting = fetcher(allow_private=False)
        assert await through(trusting, f"http://{HOST}/", f"https://localhost:{proxy.port}") == PAGE
        await trusting.aclose()
    assert (
        str(doubted)
        == f"{HOST}: the proxy localhost:{proxy.port} makes no TLS connection that can be trusted"
    )


async def test_within_a_proxy_over_tls_the_publisher_has_to_prove_who_it_is_too(
    guarded: Fetcher,
    server_side: ssl.SSLContext,
    certificate,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    async with raw_server(answer(PAGE), tls=server_side) as server:
        hosts = {"ministry.example": server.port, HOST: server.port}
        async with proxy_server(hosts, tls=server_side) as proxy:
            place = f"https://localhost:{proxy.port}"
            assert await through(guarded, "https://ministry.example/", place) == PAGE
            error = await refused(guarded, f"https://{HOST}/", place)
    assert error.kind == "tls"
    assert str(error).startswith(f"{HOST}: the certificate is not accepted")


@pytest.mark.parametrize(
    "host",
    [
        *(
            "127.0.0.1",
            "10.0.0.1",
            "127.1",
            "0x7f000001",
            "2130706433",
            "[::1]",
            "[::ffff:10.0.0.1]",
            "127.0.0.1.",
        ),
        *(
            "localhost",
            "intranet",
            "wiki.corp",
            "printer.local",
            "a.localhost",
            "metadata.internal",
            "router.home.arpa",
            "x.lan.",
        ),
    ],
)
async def test_what_lies_within_a_network_is_not_asked_of_a_proxy_either(
    guarded: Fetcher, host: str
) -> None:
    async with proxy_server() as proxy:
        error = await refused(guarded, f"http://{host}/?token=s3cret", f"http://{proxy.place}")
    assert (error.kind, proxy.asked) == ("private-address", [])


async def test_a_redirect_into_a_network_is_not_followed_through_a_proxy(guarded: Fetcher) -> None:
    there = answer(b"", "Location: http://10.0.0.1/admin", status="302 Found")
    async with (
        raw_server(there) as server,
        proxy_server({HOST: server.port, "10.0.0.1": server.port}) as proxy,
    ):
        error = await refused(guarded, f"http://{HOST}/", f"http://{proxy.place}")
    assert (error.kind, len(proxy.asked)) == ("private-address", 1)


async def test_a_variable_that_is_not_set_is_named(
    web: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_SUCH_PROXY", raising=False)
    error = await refused(web, f"http://{HOST}/", "NO_SUCH_PROXY")
    assert (error.kind, "NO_SUCH_PROXY is not set in the environment" in str(error)) == (
        "proxy",
        True,
    )


async def test_a_publisher_that_breaks_off_behind_a_proxy_is_not_the_proxys_fault(
    guarded: Fetcher,
) -> None:
    async def script(exchange: Exchange) -> None:
        exchange.reset()
        await asyncio.sleep(0)

    async with raw_server(script) as server, proxy_server({HOST: server.port}) as proxy:
        error = await refused(guarded, f"http://{HOST}/", f"socks5://{proxy.place}")
    assert (error.kind, "proxy" in str(error)) == ("reset", False)


async def test_whoever_names_no_proxy_goes_directly_whatever_the_environment_says(
    web: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    async with raw_server(answer(PAGE)) as server:
        assert (await page(web, server.url)).body.whole == PAGE
        assert await through(web, server.url, "direct") == PAGE
    assert (await failure(web, server.url)).kind == "connect"


CONFIG = f"""packages = []
[fetch]
gap = "0.01 seconds"
proxy = "OFFICE_PROXY"
[[page]]
name = "news"
url = "http://{HOST}/news"
text = true
[[page]]
name = "inside"
url = "http://127.0.0.1:1/"
text = true
proxy = "direct"
"""


async def monitor(folder: Path, *words: str, password: str, port: int):
    (folder / "config.toml").write_text(CONFIG)
    address = f"http://us:{password}@127.0.0.1:{port}"
    words = ("--config", str(folder / "config.toml"), "--store", str(folder / "store"), *words)
    return await asyncio.to_thread(run, *words, OFFICE_PROXY=address)


async def test_all_is_asked_through_the_proxy_of_config_and_its_password_is_kept_nowhere(
    tmp_path: Path,
) -> None:
    text = answer(
        b"<html><main><p>Exports of gallium need a licence from May on.</p></main></html>",
        "Content-Type: text/html",
    )
    async with (
        raw_server(text) as server,
        proxy_server({HOST: server.port}, account="us:s3cret-canary") as proxy,
    ):
        well = await monitor(
            tmp_path, "poll", "page:news", password="s3cret-canary", port=proxy.port
        )
        ill = await monitor(tmp_path, "poll", "page:news", password="wr0ng-canary", port=proxy.port)
        examined = await monitor(
            tmp_path, "doctor", "page:news", "--json", password="wr0ng-canary", port=proxy.port
        )
        inside = await monitor(
            tmp_path, "poll", "page:inside", password="s3cret-canary", port=proxy.port
        )
    assert (well.returncode, "recorded as the baseline" in well.stderr) == (0, True)
    # https is tried first, through the proxy too
    plain = [asked for asked in proxy.asked if not asked.startswith("CONNECT")]
    assert plain[:2] == [f"GET http://{HOST}/robots.txt", f"GET http://{HOST}/news"]
    assert (
        ill.returncode,
        f"the proxy 127.0.0.1:{proxy.port} does not take our name and password" in ill.stderr,
    ) == (1, True)
    (finding,) = [json.loads(line) for line in examined.stdout.splitlines() if "page:news" in line]
    assert (finding["problem"]["kind"], "see that the proxy runs" in finding["remedy"]) == (
        "proxy",
        True,
    )
    assert "private" in inside.stderr
    said = "".join(
        part for done in (well, ill, examined, inside) for part in (done.stdout, done.stderr)
    )
    kept = b"".join(file.read_bytes() for file in (tmp_path / "store").rglob("*") if file.is_file())
    assert "canary" not in said
    assert b"canary" not in kept


async def test_a_proxy_whose_variable_is_not_set_is_a_mistake_of_the_configuration(
    tmp_path: Path,
) -> None:
    (tmp_path / "config.toml").write_text(CONFIG)
    done = await asyncio.to_thread(
        run, "--config", str(tmp_path / "config.toml"), "--store", str(tmp_path), "poll"
    )
    assert done.returncode == 2
    assert (
        "proxy of page:news: OFFICE_PROXY is not set in the environment; it has to hold the address"
        " of a proxy" in done.stderr
    )
