"""A blocking call beside the event loop, on a thread that nobody waits for when the process has to end."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


async def aside(call: Callable[[], T]) -> T:
    """What `call` gives. Where we are cancelled it goes on, unheard; asyncio.to_thread would hold up the end until it is done."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()

    def work() -> None:
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001 - raised anew where it is awaited
            _unless_closed(loop, _fail, answer, error)
        else:
            _unless_closed(loop, _succeed, answer, result)

    Thread(target=work, name="deliver", daemon=True).start()
    return await answer


def _unless_closed(loop: asyncio.AbstractEventLoop, settle: Callable[..., None], *told: object) -> None:
    with suppress(RuntimeError):  # the loop is closed: nobody listens any more
        loop.call_soon_threadsafe(settle, *told)


def _succeed(answer: asyncio.Future[T], result: T) -> None:
    if not answer.done():
        answer.set_result(result)


def _fail(answer: asyncio.Future[T], error: BaseException) -> None:
    if not answer.done():
        answer.set_exception(error)
