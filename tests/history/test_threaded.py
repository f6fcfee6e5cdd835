"""Questions of many to the history in one transaction."""

import asyncio
from functools import partial

import pytest

from monitor.history import History
from monitor.history.threaded import HistoryThread, Together


class End(BaseException):
    """What ends a process in the middle of what it does."""


async def test_what_ends_a_question_ends_those_who_wait_for_its_answer_and_the_next_is_asked_anew(tmp_path):
    history, asked = HistoryThread(History(tmp_path)), []

    def answer(_history: History, questions):
        asked.append(questions)
        if len(asked) == 1:
            raise End
        return [question.upper() for question in questions]

    together = Together(partial(history, answer), patience=0.0)
    ends = await asyncio.wait_for(asyncio.gather(together("a"), together("b"), return_exceptions=True), timeout=10)

    assert [type(end) for end in ends] == [End, End]
    assert await asyncio.wait_for(together("c"), timeout=10) == "C"
    history.close()


async def test_who_waits_while_the_asking_is_called_off_does_not_wait_for_ever(tmp_path):
    history = HistoryThread(History(tmp_path))
    together = Together(partial(history, lambda _history, questions: questions), patience=60.0)
    with together.expected(), together.expected():
        asking = asyncio.ensure_future(together("a"))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert together._asker is not None
        together._asker.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(asking, timeout=10)
    history.close()


async def test_the_history_is_asked_nothing_where_whoever_asked_is_gone(tmp_path):
    history, asked = HistoryThread(History(tmp_path)), []
    together = Together(partial(history, lambda _history, questions: asked.append(questions) or questions), patience=0.0)
    asking = asyncio.ensure_future(together("a"))
    await asyncio.sleep(0)
    asking.cancel()
    assert together._asker is not None
    await asyncio.wait([together._asker], timeout=10)

    assert asked == []
    history.close()
