from collections import Counter

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from monitor.diff.parts import moved
from monitor.model import Excerpt, Part

TEXTS = st.lists(st.sampled_from(["alpha", "beta", "gamma and more", "delta", "epsilon", "第一条", "第二条"]), max_size=12)


def page(*texts: str, **more) -> Excerpt:
    return Excerpt(page="page:x", parts=tuple(Part(text=text) for text in texts), **more)


def rows(*pairs: tuple[str, str], **more) -> Excerpt:
    return Excerpt(page="page:x", parts=tuple(Part(id=name, text=text) for name, text in pairs), **more)


def sides(moves) -> list[tuple[str, str]]:
    return [(move.before.text if move.before else "", move.after.text if move.after else "") for move in moves]


@given(TEXTS, st.randoms())
@examples(200)
def test_order_means_nothing(texts: list[str], dice):
    shuffled = list(texts)
    dice.shuffle(shuffled)
    assert moved(page(*texts), page(*shuffled)) == []


@given(TEXTS, TEXTS)
@examples(300)
def test_what_moved_makes_the_one_page_of_the_other(old: list[str], new: list[str]):
    moves = moved(page(*old), page(*new))
    gone = Counter(move.before.text for move in moves if move.before)
    came = Counter(move.after.text for move in moves if move.after)
    assert Counter(old) - gone + came == Counter(new)
    assert not gone & came


@given(TEXTS, TEXTS)
@examples(100)
def test_there_and_back_the_same_parts_move(old: list[str], new: list[str]):
    there, back = sides(moved(page(*old), page(*new))), sides(moved(page(*new), page(*old)))
    assert Counter(side for pair in there for side in pair if side) == Counter(side for pair in back for side in pair if side)


def test_parts_that_were_reworded_and_changed_places_are_known_by_what_they_say():
    before = page("Heading", "The fee is 100 euros", "Ships leave on Monday mornings")
    after = page("Heading", "Ships leave on Tuesday mornings", "The fee is 120 euros")

    assert sorted(sides(moved(before, after))) == [
        ("Ships leave on Monday mornings", "Ships leave on Tuesday mornings"),
        ("The fee is 100 euros", "The fee is 120 euros"),
    ]


def test_a_counter_that_went_on_is_known_by_its_label_though_another_part_has_more_of_its_letters():
    before, after = page("Page views: 9"), page("Page prices: 9", "Page views: 1,024,111")

    assert sides(moved(before, after)) == [("", "Page prices: 9"), ("Page views: 9", "Page views: 1,024,111")]


def test_another_text_at_the_same_place_is_another_wording_of_it():
    assert sides(moved(page("Heading", "plum"), page("Heading", "gooseberry"))) == [("plum", "gooseberry")]


@pytest.mark.parametrize(
    ("before", "after", "is_one"),
    [
        ("Buy umbrellas now", "Coffee of the hills", True),
        ("The fee is 100 euros", "The fee is 120 euros", False),
        ("", "new", False),
    ],
)
def test_another_text_in_the_place_of_one_is_an_exchange_another_wording_is_none(before: str, after: str, is_one: bool):
    (move,) = moved(page(*filter(None, ["Heading", before])), page("Heading", after))
    assert move.is_exchange is is_one


def test_what_is_reworded_out_of_likeness_is_known_by_the_heading_that_it_stands_below():
    before = page("Minerals", "plum", "Ships", "fig")
    after = page("Minerals", "gooseberry", "Ships", "cathode")

    assert sides(moved(before, after)) == [("plum", "gooseberry"), ("fig", "cathode")]
    turned = page("Ships", "cathode", "Minerals", "gooseberry")
    assert sides(moved(before, turned)) == [("fig", "cathode"), ("plum", "gooseberry")]
    assert [move.place for move in moved(before, after)] == [move.place for move in moved(page("Minerals", "Ships"), after)]


def test_a_part_that_is_doubled_is_told_once():
    assert sides(moved(page("a"), page("a", "a"))) == [("", "a")]


def test_a_row_is_known_by_its_id_whatever_it_says():
    assert sides(moved(rows(("7", "Alpha | May")), rows(("8", "Beta"), ("7", "Gamma | July")))) == [
        ("", "Beta"),
        ("Alpha | May", "Gamma | July"),
    ]


def test_a_row_has_a_place_of_its_own_wherever_it_stands():
    first, second = moved(rows(("7", "Alpha"), ("8", "Beta")), rows(("7", "Gamma"), ("8", "Delta")))
    (again,) = moved(rows(("8", "Delta"), ("7", "Gamma")), rows(("8", "Delta"), ("7", "Epsilon")))

    assert first.place == again.place != second.place


def test_what_leaves_a_window_is_not_gone():
    assert moved(rows(("1", "a"), ("2", "b")), rows(("2", "b"), window=True)) == []


@pytest.mark.parametrize(("parts", "told"), [(200, "sheet 1 of iron"), (201, "sheet 201 of iron")])
def test_the_wordings_of_a_page_of_which_too_many_moved_are_not_held_together(parts: int, told: str):
    numbers = range(1, parts + 1)
    before = page(*(f"sheet {number} of iron" for number in numbers))
    after = page(*(f"sheet {number} of irons" for number in reversed(numbers)))

    assert {new: old for old, new in sides(moved(before, after))}["sheet 1 of irons"] == told
