import asyncio
import threading
import weakref
from contextlib import nullcontext

import pytest

from monitor.console import turns as taking
from monitor.console.turns import KEPT, NOT_NOW, Answer, TooMany, Turns


class Toy:
    """A desk whose store moves when a test says so."""

    def __init__(self) -> None:
        self.moves = 0
        self.looks = 0

    def at_one_moment(self) -> nullcontext[tuple[int]]:
        self.looks += 1
        return nullcontext((self.moves,))

    def read_ahead(self) -> bool:
        return False

    def rest(self) -> None: ...

    def close(self) -> None: ...


@pytest.fixture
def toy():
    return Toy()


@pytest.fixture
def opened(toy):
    made = []

    def turns() -> Turns:
        made.append(Turns(toy))
        return made[-1]

    yield turns
    for each in made:
        each.close()


def counted(answers: list[int]):
    """A look-up that gives another answer each time."""

    def look_up(_) -> Answer:
        answers.append(len(answers))
        return Answer(str(len(answers)).encode())

    return look_up


async def test_what_was_answered_is_answered_again_until_the_store_moves(opened, toy):
    turns, looked_up = opened(), []
    first = [(await turns.answer("q", counted(looked_up))).body for _ in range(3)]
    toy.moves += 1
    then = (await turns.answer("q", counted(looked_up))).body

    assert first == [b"1"] * 3
    assert then == b"2"
    assert toy.looks == 4


async def test_answers_that_nobody_is_given_again_take_no_room(opened, toy):
    turns = opened()
    old = weakref.ref(await turns.answer("q", lambda _: Answer(b"x")))
    kept = weakref.ref(await turns.answer("another", lambda _: Answer(b"y")))
    toy.moves += 1
    now = weakref.ref(await turns.answer("another", lambda _: Answer(b"z")))

    assert (old(), kept()) == (None, None)
    assert now() is not None


async def test_of_very_many_answers_those_that_were_asked_for_last_are_kept(opened):
    turns, looked_up = opened(), []
    await turns.answer("first", counted(looked_up))
    await turns.answer("second", counted(looked_up))
    for number in range(KEPT - 1):
        await turns.answer("first", counted(looked_up))
        await turns.answer(number, lambda _: Answer(b"x"))
    await turns.answer("first", counted(looked_up))
    await turns.answer("second", counted(looked_up))

    assert looked_up == [0, 1, 2]


async def test_what_is_to_be_asked_again_is_looked_up_again(opened):
    turns, looked_up = opened(), []
    for _ in range(2):
        await turns.answer("q", lambda _: Answer(str(looked_up.append(1)).encode(), NOT_NOW))

    assert len(looked_up) == 2


async def test_who_comes_while_too_many_wait_is_sent_away_and_nobody_else(opened, monkeypatch):
    monkeypatch.setattr(taking, "WAITING", 2)
    turns, door = opened(), threading.Event()
    waiting = [asyncio.create_task(turns.once(lambda _: door.wait(30))) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(TooMany):
        await turns.once(lambda _: None)
    door.set()

    assert await asyncio.gather(*waiting) == [True, True]
    assert await turns.once(lambda _: "again") == "again"
