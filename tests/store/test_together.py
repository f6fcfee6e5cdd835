"""Questions of many to the history in one transaction."""

import asyncio
from functools import partial
from pathlib import Path

import pytest

from monitor.errors import StoreFull
from monitor.store import History
from monitor.store.threaded import HistoryThread, Together


class End(BaseException):
    """What ends a process in the middle of what it does."""


async def test_what_ends_a_question_ends_those_who_wait_for_its_answer_and_the_next_is_asked_anew(
    tmp_path,
):
    history, asked = HistoryThread(History(tmp_path)), []

    def answer(_history: History, questions):
        asked.append(questions)
        if len(asked) == 1:
            raise End
        return [question.upper() for question in questions]

    together = Together(partial(history, answer), patience=0.0)
    ends = await asyncio.wait_for(
        asyncio.gather(together("a"), together("b"), return_exceptions=True), timeout=10
    )

    assert [type(end) for end in ends] == [End, End]
    assert await asyncio.wait_for(together("c"), timeout=10) == "C"
    history.close()


async def test_who_waits_while_the_asking_is_called_off_does_not_wait_for_ever(tmp_path):
    history = HistoryThread(History(tmp_path))
    together = Together(partial(history, lambda _history, questions: questions), patience=60.0)
    with together.expected(), together.expected():
        before = asyncio.all_tasks()
        asking = asyncio.ensure_future(together("a"))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        (asker,) = asyncio.all_tasks() - before - {asking}
        asker.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(asking, timeout=10)
    history.close()


async def test_the_history_is_asked_nothing_where_whoever_asked_is_gone(tmp_path):
    history, asked = HistoryThread(History(tmp_path)), []
    together = Together(
        partial(history, lambda _history, questions: asked.append(questions) or questions),
        patience=0.0,
    )
    before = asyncio.all_tasks()
    asking = asyncio.ensure_future(together("a"))
    await asyncio.sleep(0)
    (asker,) = asyncio.all_tasks() - before - {asking}
    asking.cancel()
    await asyncio.wait([asker], timeout=10)

    assert asked == []
    history.close()


async def test_those_who_ask_at_the_same_time_are_put_to_the_history_once(tmp_path: Path):
    asked: list[list[int]] = []

    def doubled(_: History, numbers: list[int]) -> list[int]:
        asked.append(list(numbers))
        return [2 * number for number in numbers]

    thread = HistoryThread(History(tmp_path))
    together: Together[int, int] = Together(partial(thread, doubled), patience=5.0)

    async def ask(number: int) -> int:
        with together.expected():
            await asyncio.sleep(0.001 * number)
            return await together(number)

    assert await asyncio.gather(*map(ask, range(5))) == [0, 2, 4, 6, 8]
    assert asked == [[0, 1, 2, 3, 4]]
    thread.close()


async def test_what_one_of_them_brings_about_is_no_failure_of_the_others(tmp_path: Path):
    def inverse(_: History, numbers: list[int]) -> list[float]:
        return [1 / number for number in numbers]

    thread = HistoryThread(History(tmp_path))
    together: Together[int, float] = Together(partial(thread, inverse), patience=0.0)

    answers = await asyncio.gather(*map(together, (1, 0, 2)), return_exceptions=True)

    assert answers[0::2] == [1.0, 0.5]
    assert isinstance(answers[1], ZeroDivisionError)
    thread.close()


async def test_where_there_is_no_room_nobody_asks_once_more(tmp_path: Path):
    tries: list[int] = []

    def full(_: History, numbers: list[int]) -> list[int]:
        tries.append(len(numbers))
        raise StoreFull("no room")

    thread = HistoryThread(History(tmp_path))
    together: Together[int, int] = Together(partial(thread, full), patience=0.0)

    answers = await asyncio.gather(*map(together, range(3)), return_exceptions=True)

    assert all(isinstance(answer, StoreFull) for answer in answers)
    assert tries == [3]
    thread.close()
