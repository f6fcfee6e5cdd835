import asyncio
import os
import socket
from contextlib import closing
from pathlib import Path

import msgspec

from monitor.run.control import SOCKET, Reply, serve_control
from monitor.run.life import daemon_state
from monitor.run.life.pulse import Working
from monitor.run.orders import StateQuestion
from monitor.store.lock import Lock


async def doing(request: object) -> Reply:
    assert request == StateQuestion()
    return Reply(
        working=Working(
            pid=os.getpid(),
            version="9",
            since="",
            sources=1,
            polling=(),
            ticks=1,
            last_tick=None,
            last_good_cycle=None,
        )
    )


async def state(store: Path) -> tuple[str, int | None]:
    seen = await daemon_state.ask_daemon(store)
    return str(seen.state), seen.pid


async def test_of_a_store_where_nothing_ever_ran_it_is_said_that_nothing_runs_and_nothing_is_made(
    tmp_path: Path,
):
    assert await state(tmp_path / "store") == ("none", None)
    assert not (tmp_path / "store").exists()


async def test_a_lock_without_a_process_is_none(tmp_path: Path):
    with Lock(tmp_path):
        pass

    assert await state(tmp_path) == ("none", os.getpid())


async def test_a_lock_without_a_process_beside_a_socket_is_of_one_that_was_killed(tmp_path: Path):
    with Lock(tmp_path), closing(socket.socket(socket.AF_UNIX)) as left:
        left.bind(str(tmp_path / SOCKET))

    assert await state(tmp_path) == ("gone", os.getpid())


async def test_a_store_that_is_held_without_a_socket_is_held_by_no_daemon_that_could_be_asked(
    tmp_path: Path,
):
    with Lock(tmp_path):
        seen = await daemon_state.ask_daemon(tmp_path)

    assert (seen.state, seen.pid, "no socket" in seen.why) == ("silent", os.getpid(), True)


async def test_a_daemon_that_does_not_answer_in_time_is_said_to_be_silent(tmp_path: Path):
    over = asyncio.Event()

    async def never(_: object) -> Reply:
        await over.wait()
        return Reply()

    with Lock(tmp_path):
        async with serve_control(tmp_path / SOCKET, never):
            seen = await daemon_state.ask_daemon(tmp_path, patience=0.2)
            over.set()

    assert (seen.state, seen.does, "does not answer" in seen.why) == ("silent", None, True)


async def test_a_daemon_that_answers_says_what_it_does(tmp_path: Path):
    with Lock(tmp_path):
        async with serve_control(tmp_path / SOCKET, doing):
            seen = await daemon_state.ask_daemon(tmp_path)

    assert (seen.state, seen.does) == ("working", (await doing(StateQuestion())).working)


async def test_who_asks_after_the_lock_keeps_no_daemon_from_its_store(tmp_path: Path):
    over = asyncio.Event()

    async def ask_on() -> int:
        asked = 0
        while not over.is_set():
            await daemon_state.ask_daemon(tmp_path)
            asked += 1
            await asyncio.sleep(0)
        return asked

    def hold_again_and_again() -> int:
        held = 0
        for _ in range(300):
            with Lock(tmp_path):
                held += 1
        return held

    asking = asyncio.get_running_loop().create_task(ask_on())
    held = await asyncio.to_thread(hold_again_and_again)
    over.set()

    assert (held, await asking > 0) == (300, True)


class Poll(msgspec.Struct):
    """What a daemon of 0.3 and before takes any object for."""

    sources: tuple[str, ...] = ()


async def test_a_daemon_of_an_earlier_version_is_said_not_to_say_what_it_does_and_polls_nothing_for_the_question(
    tmp_path: Path,
):
    asked = []

    async def earlier(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            asked.append(msgspec.json.decode(await reader.readline(), type=Poll))
        except msgspec.ValidationError:
            writer.write(
                b'{"polled":[],"refused":"another version of monitor asks","misused":true}\n'
            )
        writer.close()

    with Lock(tmp_path):
        async with await asyncio.start_unix_server(earlier, tmp_path / SOCKET):
            seen = await daemon_state.ask_daemon(tmp_path)

    assert (seen.state, seen.why, asked) == ("silent", "its version does not report its state", [])
