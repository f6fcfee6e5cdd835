import pytest
from fetching import CHUNKED, PAGE, failure, page
from raw_server import Exchange, answer, raw_server

from monitor.fetch import Fetcher, exchange
from monitor.source.page import Request

IN_PIECES = answer(b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE), CHUNKED, length=None)


@pytest.mark.parametrize("whole", [answer(PAGE), IN_PIECES], ids=["of a length", "in pieces"])
async def test_a_connection_is_used_again_once_an_answer_was_read_to_its_end(web: Fetcher, whole: bytes) -> None:
    async with raw_server(whole, keep=True) as server:
        for _ in range(3):
            assert (await page(web, server.url)).body.whole == PAGE
        assert (server.connections, len(server.requests)) == (1, 3)


@pytest.mark.parametrize(
    "last",
    [answer(PAGE, "Connection: close"), answer(PAGE).replace(b"HTTP/1.1", b"HTTP/1.0"), answer(PAGE, status="503 Away")],
    ids=["to be closed", "of 1.0", "not read"],
)
async def test_a_connection_is_not_used_again_that_is_to_be_closed_or_on_which_more_may_come(web: Fetcher, last: bytes) -> None:
    async def script(turn: Exchange) -> None:
        await turn.send(last if b"/last" in turn.request else answer(PAGE))

    async with raw_server(script, keep=True) as server:
        if b"503" in last:
            await failure(web, f"{server.url}last")
        else:
            await page(web, f"{server.url}last")
        await page(web, server.url)
        assert server.connections == 2


async def test_what_a_server_says_unasked_is_no_answer_to_the_next_question(web: Fetcher) -> None:
    async def script(turn: Exchange) -> None:
        await turn.send(answer(PAGE) + (answer(b"<html>forged</html>") if b"/first" in turn.request else b""))

    async with raw_server(script, keep=True) as server:
        await failure(web, f"{server.url}first")
        assert (await page(web, server.url)).body.whole == PAGE


async def test_a_connection_that_its_server_closed_meanwhile_costs_no_page(web: Fetcher) -> None:
    async with raw_server(answer(PAGE)) as server:  # which closes it after each answer, and does not say so
        for _ in range(3):
            await page(web, server.url)
        assert len(server.requests) == 3


async def test_an_idle_connection_is_not_used_any_more_after_some_seconds(web: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    async with raw_server(answer(PAGE), keep=True) as server:
        await page(web, server.url)
        monkeypatch.setattr(exchange, "KEPT", 0.0)
        await page(web, server.url)
        assert server.connections == 2


async def test_a_word_before_the_answer_is_passed_over(web: Fetcher) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"
    async with raw_server(hints + answer(PAGE)) as server:
        assert (await page(web, server.url)).body.whole == PAGE


async def test_who_wants_to_speak_otherwise_gives_no_page(web: Fetcher) -> None:
    async with raw_server(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\n\r\n") as server:
        assert (await failure(web, server.url)).kind == "protocol"


async def test_what_is_asked_with_a_form_arrives_with_it(web: Fetcher) -> None:
    async with raw_server(answer(PAGE)) as server:
        await page(web, Request(server.url, form={"page": "2"}))
        assert b"content-length: 6" in server.requests[0].lower()
