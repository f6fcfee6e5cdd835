from datetime import UTC, datetime, timedelta

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from monitor.diff.noise import DOUBTS, MEMORY, MOST_KEPT, MOST_LEARNT, MOST_TOLD, SLACK, STABLE, Noise, learnt, weighed
from monitor.model import Excerpt, Part

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
EVERY = timedelta(minutes=10)
SECOND = timedelta(seconds=1)
WORDS = ["apple", "pear", "plum", "fig", "grape", "melon"]


def page(*texts: str) -> Excerpt:
    return Excerpt(page="page:x", parts=tuple(Part(text=text) for text in texts))


class Watch:
    """A page that is looked at again and again, as the pipeline does."""

    def __init__(self, *texts: str) -> None:
        self.last, self.noise, self.now = page(*texts), Noise(), NOW
        self.told: list[tuple[str, str]] = []

    def look(self, *texts: str, again: tuple[Excerpt, ...] = (), after: timedelta = EVERY) -> None:
        was, self.now = self.now, self.now + after
        read, doubted = page(*texts), frozenset()
        if again:
            self.noise, doubted = learnt(self.noise, self.last, (read, *again), self.now)
        outcome = weighed(self.last, read, self.noise, self.now, was=was, every=EVERY, doubted=doubted)
        self.last, self.noise = outcome.now, outcome.noise
        self.told += [(move.before.text if move.before else "", move.after.text if move.after else "") for move in outcome.told]


def test_what_says_another_thing_at_each_of_three_readings_is_noise_from_then_on():
    watch = Watch("Heading", "apple")
    watch.look("Heading", "pear", again=(page("Heading", "plum"), page("Heading", "fig")))
    for word in ("plum", "apple", "grape", "melon"):
        watch.look("Heading", word)
    assert watch.told == []
    assert {ignored.why for ignored in watch.noise.ignored} == {"differs each time it is read"}


def test_figures_that_differ_at_each_reading_are_noise_and_words_beside_them_are_not():
    watch = Watch("Stock 100 of gallium")
    watch.look("Stock 101 of gallium", again=(page("Stock 102 of gallium"), page("Stock 103 of gallium")))
    watch.look("Stock 110 of gallium")
    assert watch.told == []
    watch.look("Stock 110 of germanium")
    assert watch.told == [("Stock 110 of gallium", "Stock 110 of germanium")]


def test_of_what_is_ignored_again_and_again_the_last_is_kept_and_how_often_it_came():
    watch = Watch("Stock 100 of gallium")
    watch.look("Stock 101 of gallium", again=(page("Stock 102 of gallium"), page("Stock 103 of gallium")))
    for figure in (110, 120):
        watch.look(f"Stock {figure} of gallium")

    (kept,) = watch.noise.ignored
    assert (kept.after, kept.times) == ("Stock 120 of gallium", 3)


def test_what_comes_back_among_the_readings_is_noise_too_where_there_are_three_versions():
    watch = Watch("Heading", "apple")
    watch.look("Heading", "pear", again=(page("Heading", "pear"), page("Heading", "plum"), page("Heading", "apple")))
    watch.look("Heading", "fig")
    watch.look("Heading", "pear")
    assert watch.told == []


def test_what_is_now_and_then_not_there_at_all_is_noise_where_it_says_another_thing_each_time():
    watch = Watch("Heading", "Body")
    watch.look("Heading", "apple", "Body", again=(page("Heading", "Body"), page("Heading", "pear", "Body")))
    assert watch.told == []


def test_a_change_between_two_readings_is_no_noise():
    watch = Watch("Rule 1", "Rule 2 in force")
    watch.look("Rule 1", "Rule 2 in force", "Rule 3", again=(page("Rule 1", "Rule 2 ended", "Rule 3"),) * 2)
    watch.look("Rule 1", "Rule 2 ended", "Rule 3")
    assert watch.told == [("", "Rule 3"), ("Rule 2 in force", "Rule 2 ended")]


def test_two_versions_in_turns_are_never_learnt_as_noise():
    watch = Watch("Heading", "old")
    for _ in range(5):
        watch.look("Heading", "new", again=(page("Heading", "old"), page("Heading", "new")))
    assert watch.told == []
    watch.look("Heading", "new", again=(page("Heading", "new"),))
    watch.look("Heading", "new", again=(page("Heading", "new"),), after=STABLE)
    assert watch.told == [("old", "new")]


def test_what_goes_back_and_forth_is_told_each_way_once_and_then_once_it_stays():
    watch = Watch("Heading", "A")
    for word in ("B", "A", "B", "A", "B"):
        watch.look("Heading", word)
    assert watch.told == [("A", "B"), ("B", "A")]
    for _ in range(40):
        watch.look("Heading", "B")
    assert watch.told == [("A", "B"), ("B", "A"), ("A", "B")]


def test_what_changes_at_every_look_is_told_four_times():
    watch = Watch("Heading", "apple")
    for number in range(12):
        watch.look("Heading", f"word {number * 7 % 13}{number}")
    assert len(watch.told) == 4


def test_what_has_rested_for_long_is_told_again_when_it_changes():
    watch = Watch("Heading", "apple")
    for number in range(8):
        watch.look("Heading", f"word {number}")
    watch.look("Heading", "word at last", after=timedelta(days=2))
    assert watch.told[-1][1] == "word at last"


@pytest.mark.parametrize(("times", "is_told_at_once"), [(DOUBTS - 1, True), (DOUBTS, False)])
def test_what_was_gone_so_often_when_asked_at_once_is_told_only_once_it_stays(times: int, is_told_at_once: bool):
    watch = Watch("Heading", "old")
    for _ in range(times):
        watch.look("Heading", "new", again=(page("Heading", "old"), page("Heading", "old")))
    watch.look("Heading", "new", again=(page("Heading", "new"),) * 2)
    assert watch.told == [("old", "new")] * is_told_at_once

    watch.look("Heading", "new", again=(page("Heading", "new"),) * 2, after=STABLE)
    assert watch.told == [("old", "new")]


def test_what_stays_when_the_page_is_asked_at_once_is_told_at_once():
    watch = Watch("Heading", "old")
    watch.look("Heading", "new", again=(page("Heading", "new"),) * 2)
    assert watch.told == [("old", "new")]
    assert watch.noise.doubts == {}


def test_a_part_that_was_gone_for_a_moment_is_told_as_gone_once_it_is():
    watch = Watch("Heading", "Rule 1", "Rule 2")
    watch.look("Heading", "Rule 1", again=(page("Heading", "Rule 1", "Rule 2"),) * 2)
    assert watch.told == []
    watch.look("Heading", "Rule 1")
    assert watch.told == [("Rule 2", "")]
    watch.look("Heading", "Rule 1")
    assert watch.told == [("Rule 2", "")]


def test_two_that_go_back_and_forth_at_once_are_each_told_when_they_stay():
    watch = Watch("Heading", "A", "Another heading", "pear")
    for one, other in (("B", "fig"), ("A", "pear"), ("B", "fig")):
        watch.look("Heading", one, "Another heading", other)
    assert len(watch.told) == 4
    watch.look("Heading", "B", "Another heading", "fig", after=STABLE - EVERY)
    assert len(watch.told) == 4
    watch.look("Heading", "B", "Another heading", "fig", after=EVERY)
    assert sorted(watch.told[4:]) == [("A", "B"), ("pear", "fig")]


@pytest.mark.parametrize(("after", "is_told"), [(MEMORY, False), (MEMORY + SECOND, True)])
def test_what_was_told_is_remembered_for_so_long(after: timedelta, is_told: bool):
    watch = Watch("Heading", "A")
    watch.look("Heading", "B", after=timedelta())
    watch.look("Heading", "A", after=timedelta(days=1))
    watch.look("Heading", "B", after=after - timedelta(days=1))
    assert (watch.told[2:] == [("A", "B")]) is is_told


@pytest.mark.parametrize(("after", "is_told"), [(SLACK * EVERY, False), (SLACK * EVERY + SECOND, True)])
def test_what_changed_at_every_look_is_news_again_once_it_has_rested(after: timedelta, is_told: bool):
    watch = Watch("Heading", "apple")
    for word in ("pear", "plum", "fig", "grape", "melon"):
        watch.look("Heading", word)
    watch.look("Heading", "quince", after=after)
    assert (watch.told[-1][1] == "quince") is is_told


def test_a_part_that_comes_or_goes_where_something_changes_at_every_look_is_told():
    watch = Watch("Heading", "apple")
    for word in ("pear", "plum", "fig", "grape", "melon"):
        watch.look("Heading", word)
    told = len(watch.told)
    watch.look("Heading", "Licences are needed from 1 May", "melon")
    watch.look("Heading", "melon")
    assert watch.told[told:] == [("", "Licences are needed from 1 May"), ("Licences are needed from 1 May", "")]


def test_entries_that_come_at_the_top_at_every_look_are_all_told():
    watch, entries = Watch("News"), []
    for word in (*WORDS, "quince", "cherry"):
        entries.insert(0, f"About the {word}")
        watch.look("News", *entries)
    assert [after for _, after in watch.told] == entries[::-1]


def test_what_comes_where_nothing_but_figures_differed_is_told():
    watch = Watch("Stock 100 of gallium")
    watch.look("Stock 101 of gallium", again=(page("Stock 102 of gallium"), page("Stock 103 of gallium")))
    watch.look("Stock 102 of gallium", "Stock 7 of tin")
    watch.look("Stock 102 of gallium")
    assert watch.told == [("", "Stock 7 of tin"), ("Stock 7 of tin", "")]


def test_each_kind_of_what_is_ignored_is_counted_by_itself():
    watch = Watch("Stock 100 of gallium", "Page views: 1", "Downloads: 1")
    again = tuple(page(f"Stock {number} of gallium", "Page views: 1", "Downloads: 1") for number in (102, 103))
    watch.look("Stock 101 of gallium", "Page views: 1", "Downloads: 1", again=again)
    for number in (2, 3):
        watch.look(f"Stock {110 + number} of gallium", f"Page views: {number}", f"Downloads: {number}")

    assert {kept.after: (kept.before, kept.times) for kept in watch.noise.ignored} == {
        "Stock 113 of gallium": ("Stock 112 of gallium", 3),
        "Page views: 3": ("Page views: 2", 2),
        "Downloads: 3": ("Downloads: 2", 2),
    }


PAGES = st.lists(
    st.lists(st.sampled_from(["Heading", *WORDS, "甲", "Views: 1", "Views: 2"]), max_size=6), min_size=1, max_size=12
)


@given(PAGES)
@examples(150)
def test_no_change_is_lost_it_is_told_ignored_with_a_reason_or_held(pages: list[list[str]]):
    watch = Watch("Heading")
    for texts in pages:
        told, kept = len(watch.told), sum(ignored.times for ignored in watch.noise.ignored)
        before = watch.last
        watch.look(*texts)
        if before != watch.last and sorted(part.text for part in before.parts) != sorted(part.text for part in watch.last.parts):
            assert len(watch.told) > told or sum(ignored.times for ignored in watch.noise.ignored) > kept


@pytest.mark.parametrize("looks", [400])
def test_what_is_remembered_has_bounds(looks: int):
    watch = Watch("Heading", "apple")
    for number in range(looks):
        watch.look("Heading", *(f"{letter}{number}" for letter in "abc"), after=timedelta(hours=1))
    assert len(watch.noise.ignored) <= MOST_KEPT
    assert len(watch.noise.variants) <= MOST_LEARNT
    assert len(watch.noise.told) <= MOST_TOLD
