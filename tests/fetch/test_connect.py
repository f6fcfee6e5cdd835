import asyncio
import ssl
from pathlib import Path

import pytest
from fetching import PAGE, Dial, failure, fetcher, on_the_internet, page
from raw_server import Exchange, answer, raw_server

from monitor.fetch import Fetcher
from monitor.fetch.connect import is_public

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


@pytest.mark.parametrize("address", ["10.1.2.3", "127.0.0.1", "169.254.169.254", "::1", "fe80::1%eth0", "::ffff:10.0.0.1"])
async def test_a_name_of_a_private_address_is_never_dialled(address: str) -> None:
    dial = Dial(1)
    web = on_the_internet(dial, [address])

    error = await failure(web, "http://intranet.example/")

    assert (error.kind, dial.dialled) == ("private-address", [])
    assert str(error) == f"intranet.example: {address} is a private address"


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


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


async def test_a_self_signed_certificate_is_refused(web: Fetcher, server_side: ssl.SSLContext) -> None:
    async with raw_server(answer(PAGE), tls=server_side) as server:
        error = await failure(web, f"https://localhost:{server.port}/")

    assert (error.kind, server.requests) == ("tls", [])
    assert str(error) == "localhost: the certificate is not accepted: self-signed certificate"


async def test_a_trusted_certificate_is_accepted_for_its_own_name_only(
    web: Fetcher, server_side: ssl.SSLContext, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    async with raw_server(answer(PAGE), tls=server_side) as server:
        assert (await page(web, f"https://localhost:{server.port}/")).body.whole == PAGE
        error = await failure(web, f"https://127.0.0.1:{server.port}/")

    assert error.kind == "tls"
    assert "not valid for '127.0.0.1'" in str(error)


async def test_a_longer_body_is_refused_behind_tls_too(
    web: Fetcher, server_side: ssl.SSLContext, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    async with raw_server(answer(PAGE, length=9), tls=server_side) as server:
        assert (await failure(web, f"https://localhost:{server.port}/")).kind == "truncated"


async def test_garbage_inside_a_tls_connection_is_a_tls_failure(
    web: Fetcher, server_side: ssl.SSLContext, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
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
        assert (await failure(web, f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/")).kind == "tls"
