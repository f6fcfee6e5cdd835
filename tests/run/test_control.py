import asyncio
import socket
from contextlib import closing, suppress

import pytest

from monitor.errors import ConfigError, MonitorError, StoreError, StoreHeld
from monitor.model import Problem
from monitor.run.control import Polled, Reply, ask, serve_control
from monitor.run.orders import Order, PollOrder


async def test_an_answer_about_thousands_of_sources_comes_whole(tmp_path):
    polled = tuple(
        Polled(f"toy.source_{at}", problems=(Problem(kind="server", text="it said 500"),))
        for at in range(2_000)
    )

    async def answer(_: Order) -> Reply:
        return Reply(polled)

    async with serve_control(tmp_path / "socket", answer):
        assert tuple(await ask(tmp_path / "socket", PollOrder(all=True))) == polled


async def silent(_: Order) -> Reply:
    return Reply()


async def sent(path, said: bytes, *, whole: bool = True) -> bytes:
    """What the socket answers to whatever is sent."""
    reader, writer = await asyncio.open_unix_connection(path)
    with suppress(ConnectionError):
        writer.write(said)
        if whole:
            writer.write_eof()
        await writer.drain()
    answer = b""
    with suppress(ConnectionError):
        answer = await reader.read()
    writer.close()
    return answer


async def stopped(_: Order) -> Reply:
    raise asyncio.CancelledError


async def mistaken(_: Order) -> Reply:
    raise ConfigError("no such source")


async def broken(_: Order) -> Reply:
    raise StoreError("no room left")


@pytest.mark.parametrize(
    ("answer", "error"), [(stopped, MonitorError), (mistaken, ConfigError), (broken, MonitorError)]
)
async def test_an_order_is_the_askers_mistake_only_where_the_monitor_says_so(
    answer, error: type[MonitorError], tmp_path
):
    async with serve_control(tmp_path / "socket", answer):
        with pytest.raises(MonitorError) as refused:
            await ask(tmp_path / "socket", PollOrder())
    assert refused.type is error


BAD = {
    "garbage": b"\xff\xfe\x00garbage\n",
    "no line": b"x" * 10_000_000,
    "a deep nest": b'[{"type":"PollOrder","sources":' + b"[" * 30_000 + b"\n",
    "another's question": b'[{"type":"PollOrder","sources":5}]\n',
    "no day": b'[{"type":"PollOrder","since":"soon"}]\n',
    "an earlier version's": b'{"sources":["toy.notices"]}\n',
}


@pytest.mark.parametrize("said", BAD.values(), ids=BAD)
async def test_a_bad_line_is_refused_with_one_line_in_the_log_and_the_next_is_answered(
    said: bytes, tmp_path, caplog
):
    async def answer(order: Order) -> Reply:
        assert order == PollOrder()
        return Reply((Polled("toy.notices"),))

    async with serve_control(tmp_path / "socket", answer):
        await sent(tmp_path / "socket", said)
        assert [polled.source for polled in await ask(tmp_path / "socket", PollOrder())] == [
            "toy.notices"
        ]
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert len(record.getMessage()) < 300


async def test_who_leaves_without_a_word_is_no_news(tmp_path, caplog):
    async with serve_control(tmp_path / "socket", silent):
        assert await sent(tmp_path / "socket", b"") == b""
    assert caplog.records == []


async def test_who_never_asks_is_not_waited_for(tmp_path):
    async with serve_control(tmp_path / "socket", silent, patience=0.05):
        assert b"no request came within 0.05 seconds" in await sent(
            tmp_path / "socket", b"{", whole=False
        )


async def test_who_asks_and_is_gone_before_the_answer_disturbs_nobody(tmp_path):
    answered = asyncio.Event()

    async def slow(_: Order) -> Reply:
        await answered.wait()
        return Reply(tuple(Polled(f"toy.source_{at}") for at in range(50_000)))

    async with serve_control(tmp_path / "socket", slow):
        _, writer = await asyncio.open_unix_connection(tmp_path / "socket")
        writer.write(b'[{"type":"PollOrder"}]\n')
        await writer.drain()
        writer.transport.abort()
        answered.set()
        assert len(await ask(tmp_path / "socket", PollOrder())) == 50_000


@pytest.mark.parametrize(
    "make",
    [lambda path: path.mkdir(), lambda path: path.write_text("mine")],
    ids=["a folder", "a file"],
)
async def test_what_is_no_socket_is_not_removed(make, tmp_path):
    make(tmp_path / "socket")
    with pytest.raises(
        StoreError, match=r"socket: is no socket, and the monitor needs its place; move it away"
    ):
        async with serve_control(tmp_path / "socket", silent):
            pass
    assert (tmp_path / "socket").exists()


async def test_a_socket_that_a_killed_monitor_left_behind_is_replaced(tmp_path):
    with closing(socket.socket(socket.AF_UNIX)) as left:
        left.bind(str(tmp_path / "socket"))
    async with serve_control(tmp_path / "socket", silent):
        assert await ask(tmp_path / "socket", PollOrder()) == ()


async def test_an_answer_of_another_version_is_one_clear_error(tmp_path):
    closed = asyncio.Event()

    async def other(reader, writer) -> None:
        await reader.readline()
        writer.write(b'{"polled":7}\n')
        writer.close()
        await writer.wait_closed()
        closed.set()

    async with await asyncio.start_unix_server(other, tmp_path / "socket"):
        with pytest.raises(StoreHeld, match="answers as no monitor of this version does"):
            await ask(tmp_path / "socket", PollOrder())
        await closed.wait()
