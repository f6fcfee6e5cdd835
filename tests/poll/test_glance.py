"""A page known by its words: what moves beside what it says need not be read, what it says
itself always is.
"""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import Excerpt, Part
from monitor.poll.watched_pages import BELIEVED, Sketch, make_sketch

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
TEXT, CLOCK, LIST = 1, 2, 3
READER = "as it is set"


def words(
    text: str = "Gallium is listed.", clock: str = "08:00", **more: list[str]
) -> dict[int, list[str]]:
    return {TEXT: [text], CLOCK: [clock]} | {
        int(place.removeprefix("at")): said for place, said in more.items()
    }


def excerpt(*texts: str) -> Excerpt:
    return Excerpt(
        page="page:trial", parts=tuple(Part(text=text) for text in texts or ("Gallium is listed.",))
    )


def taught(*rounds: tuple[dict[int, list[str]], Excerpt]) -> Sketch:
    """What is known after the page was read in these rounds."""
    sketch, last = None, None
    for said, read in rounds:
        sketch, last = make_sketch(sketch, last, said, read, READER, NOW), read
    assert sketch
    return sketch


def test_where_nothing_was_seen_to_move_anything_that_moves_is_read():
    assert not taught((words(), excerpt())).says(words(clock="09:00"))


def test_what_moved_once_while_the_page_said_the_same_may_move():
    sketch = taught((words(), excerpt()), (words(clock="09:00"), excerpt()))

    assert sketch.says(words(clock="10:00"))
    assert not sketch.says(words(text="Gallium and germanium are listed.", clock="10:00"))
    assert not sketch.says(words(clock="10:00", at9=["A new place."]))


def test_what_moved_together_with_what_the_page_says_is_not_beside_it():
    longer = "Gallium and germanium are listed."
    sketch = taught((words(), excerpt()), (words(text=longer, clock="09:00"), excerpt(longer)))

    assert not sketch.says(words(text=longer, clock="10:00"))


def test_a_list_in_another_order_says_the_same_and_stays_a_part_of_what_it_says():
    first, second = excerpt("No. 1", "No. 2"), excerpt("No. 2", "No. 1")
    sketch = taught((words(at3=["No. 1", "No. 2"]), first), (words(at3=["No. 2", "No. 1"]), second))

    assert not sketch.says(words(at3=["No. 1", "No. 3"]))


@pytest.mark.parametrize(
    "said", ["Ｇａｌｌｉｕｍ is listed.", "Gallium\u200b is listed.", "Gallium  is\u00a0listed."]
)
def test_words_that_are_only_set_otherwise_stay_a_part_of_what_it_says(said: str):
    sketch = taught((words(), excerpt()), (words(text=said), excerpt()))

    assert not sketch.says(words(text="Gallium is listed no more."))


def test_a_place_that_is_empty_now_may_say_what_the_page_says_when_it_is_filled_again():
    sketch = taught((words(at3=["Notice of the day"]), excerpt()), (words(), excerpt()))

    assert not sketch.says(words(at3=["Germanium is listed."]))


def test_what_another_reader_has_seen_to_move_is_not_taken_over():
    sketch = taught((words(), excerpt()), (words(clock="09:00"), excerpt()))
    anew = make_sketch(sketch, excerpt(), words(clock="10:00"), excerpt(), "set otherwise", NOW)

    assert not anew.says(words(clock="11:00"))


def test_it_is_believed_for_a_day_and_only_as_the_page_is_still_read():
    sketch = taught((words(), excerpt()))

    assert sketch.is_believed(READER, NOW)
    assert sketch.is_believed(READER, NOW + BELIEVED - timedelta(seconds=1))
    assert not sketch.is_believed(READER, NOW + BELIEVED)
    assert not sketch.is_believed("otherwise", NOW)
    assert not sketch.is_believed(READER, NOW - timedelta(seconds=1))


def test_a_page_of_so_many_words_that_to_look_for_each_would_take_long_is_always_read():
    long = "Gallium was. " * 10_000  # a hundred thousand letters

    def runs(turn: int, count: int) -> list[str]:
        return [f"Draw {turn} of {number}" for number in range(count)]

    few = taught(*((words(text=long, at3=runs(turn, 1_000)), excerpt(long)) for turn in (1, 2)))
    many = taught(*((words(text=long, at3=runs(turn, 1_001)), excerpt(long)) for turn in (1, 2)))

    assert few.says(words(text=long, at3=runs(3, 1_000)))
    assert not many.says(words(text=long, at3=runs(3, 1_001)))
