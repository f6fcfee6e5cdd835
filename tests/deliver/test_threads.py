"""A call beside the loop: it is heard where somebody waits for it, and holds nobody up where
nobody does.
"""

import asyncio
import threading

import pytest

from monitor.deliver.channel import run_in_thread


async def test_what_a_call_gives_or_raises_comes_to_who_waits_for_it():
    def fails() -> None:
        raise KeyError("gone")

    assert await run_in_thread(lambda: 5) == 5
    with pytest.raises(KeyError, match="gone"):
        await run_in_thread(fails)


async def test_a_call_never_holds_up_the_end_of_the_process():
    assert await run_in_thread(lambda: threading.current_thread().daemon)


@pytest.mark.parametrize("ending", [lambda: 5, lambda: 1 // 0])
async def test_the_end_of_a_call_that_nobody_waits_for_any_more_is_passed_over(ending):
    complaints: list[dict] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, about: complaints.append(about))
    may_end = threading.Event()
    threads: list[threading.Thread] = []

    def work() -> None:
        threads.append(threading.current_thread())
        may_end.wait(10)
        ending()

    waiting = asyncio.ensure_future(run_in_thread(work))
    while not threads:  # noqa: ASYNC110 - until it has begun
        await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait({waiting})
    may_end.set()
    await asyncio.to_thread(threads[0].join)
    await asyncio.sleep(0)

    assert waiting.cancelled()
    assert complaints == []
