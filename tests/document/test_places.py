"""Words by place: known again by tags, ids and classes alone, whatever lies between, and never
at a price.
"""

import pytest

from monitor.document.places import LARGEST, find_words_by_place
from monitor.errors import Unreadable

PAGE = """<!doctype html><html><body><div class="clock">{clock}</div>
<main id="content"><h1>Notice</h1><p>Gallium &amp; <b>germanium</b> are listed.</p><!-- {clock} --><p>From May on.</p></main>
<footer><p>{visitors} visitors</p></footer></body></html>"""


def page(clock: str = "08:00", visitors: int = 7) -> str:
    return PAGE.format(clock=clock, visitors=visitors)


def test_words_that_move_at_one_place_leave_all_others_as_they_were():
    before, after = find_words_by_place(page()), find_words_by_place(page(clock="09:30"))

    (moved,) = [place for place in before if before[place] != after[place]]
    assert (before[moved], after[moved]) == (["08:00"], ["09:30"])
    assert before.keys() == after.keys()


def test_items_of_one_list_stand_at_one_place_and_words_cut_by_an_entity_are_one():
    assert ["Gallium &", "are listed.", "From May on."] in find_words_by_place(page()).values()


def test_another_class_is_another_place():
    assert (
        find_words_by_place("<p class='a'>one</p>").keys()
        != find_words_by_place("<p class='b'>one</p>").keys()
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "word " * (LARGEST // 5),
        "<b>x</b>" * 100_000,
        "<p " + " ".join(f"a{number}" for number in range(20_000)) + ">",
    ],
    ids=["large", "many", "attributes"],
)
def test_what_is_not_cheap_is_left_to_whoever_can_be_stopped(html: str):
    with pytest.raises(Unreadable):
        find_words_by_place(html)


def test_a_tag_with_endless_attributes_is_refused_wherever_it_stands() -> None:
    endless = f"<b {'a ' * 30_000}>"

    for text in (
        endless,
        f"<p>{'word ' * 20_000}</p>{endless}",
        f"<p>{'<b>word</b>' * 5_000}{endless}<p>{'word ' * 20_000}",
    ):
        with pytest.raises(Unreadable, match="attributes"):
            find_words_by_place(text)
    assert find_words_by_place(f"<p>{'word ' * 20_000}</p><i>end</i>")
