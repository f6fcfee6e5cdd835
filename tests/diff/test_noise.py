from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from each import for_each
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from monitor.diff.noise import (
    DOUBTS,
    MEMORY,
    MOST_KEPT,
    MOST_LEARNT,
    MOST_TOLD,
    SLACK,
    STABLE,
    Noise,
    learn_noise,
    weigh_change,
)
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
            self.noise, doubted = learn_noise(self.noise, self.last, (read, *again), self.now)
        outcome = weigh_change(
            self.last, read, self.noise, self.now, was=was, every=EVERY, doubted=doubted
        )
        self.last, self.noise = outcome.now, outcome.noise
        self.told += [
            (move.before.text if move.before else "", move.after.text if move.after else "")
            for move in outcome.told
        ]


def test_what_says_another_thing_at_each_of_three_readings_is_noise_from_then_on():
    watch = Watch("Heading", "apple")
    watch.look("Heading", "pear", again=(page("Heading", "plum"), page("Heading", "fig")))
    for word in ("plum", "apple", "grape", "melon"):
        watch.look("Heading", word)
    assert watch.told == []
    assert {ignored.why for ignored in watch.noise.ignored} == {"differs each time it is read"}


def test_figures_that_differ_at_each_reading_are_noise_and_words_beside_them_are_not():
    watch = Watch("Stock 100 of gallium")
    watch.look(
        "Stock 101 of gallium", again=(page("Stock 102 of gallium"), page("Stock 103 of gallium"))
    )
    watch.look("Stock 110 of gallium")
    assert watch.told == []
    watch.look("Stock 110 of germanium")
    assert watch.told == [("Stock 110 of gallium", "Stock 110 of germanium")]


def test_what_comes_back_among_the_readings_is_noise_too_where_there_are_three_versions():
    watch = Watch("Heading", "apple")
    watch.look(
        "Heading",
        "pear",
        again=(page("Heading", "pear"), page("Heading", "plum"), page("Heading", "apple")),
    )
    watch.look("Heading", "fig")
    watch.look("Heading", "pear")
    assert watch.told == []


def test_what_is_now_and_then_not_there_at_all_is_noise_where_it_says_another_thing_each_time():
    watch = Watch("Heading", "Body")
    watch.look(
        "Heading", "apple", "Body", again=(page("Heading", "Body"), page("Heading", "pear", "Body"))
    )
    assert watch.told == []


def test_a_change_between_two_readings_is_no_noise():
    watch = Watch("Rule 1", "Rule 2 in force")
    watch.look(
        "Rule 1", "Rule 2 in force", "Rule 3", again=(page("Rule 1", "Rule 2 ended", "Rule 3"),) * 2
    )
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


def test_a_figure_that_changes_at_every_look_is_told_four_times():
    watch = Watch("Heading", "Item 1 of 9")
    for number in range(2, 14):
        watch.look("Heading", f"Item {number} of 9")
    assert len(watch.told) == 4


def test_what_has_rested_for_long_is_told_again_when_it_changes():
    watch = Watch("Heading", "apple")
    for number in range(8):
        watch.look("Heading", f"word {number}")
    watch.look("Heading", "word at last", after=timedelta(days=2))
    assert watch.told[-1][1] == "word at last"


@pytest.mark.parametrize(
    ("times", "is_told_at_once"), [(0, True), (DOUBTS - 1, True), (DOUBTS, False)]
)
def test_what_was_gone_so_often_when_asked_at_once_is_told_only_once_it_stays(
    times: int, is_told_at_once: bool
):
    watch = Watch("Heading", "old")
    for _ in range(times):
        watch.look("Heading", "new", again=(page("Heading", "old"), page("Heading", "old")))
    watch.look("Heading", "new", again=(page("Heading", "new"),) * 2)
    assert watch.told == [("old", "new")] * is_told_at_once

    watch.look("Heading", "new", again=(page("Heading", "new"),) * 2, after=STABLE)
    assert watch.told == [("old", "new")]


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


@pytest.mark.parametrize(
    ("after", "is_told"), [(SLACK * EVERY, False), (SLACK * EVERY + SECOND, True)]
)
def test_what_changed_at_every_look_is_news_again_once_it_has_rested(
    after: timedelta, is_told: bool
):
    watch = Watch("Heading", "Item 1 of 9")
    for number in range(2, 8):
        watch.look("Heading", f"Item {number} of 9")
    watch.look("Heading", "Item 8 of 9", after=after)
    assert (watch.told[-1][1] == "Item 8 of 9") is is_told


def test_words_that_change_at_every_look_are_all_told():
    watch = Watch("Heading", "apple")
    for word in WORDS[1:] * 3:
        watch.look("Heading", f"{word} {len(watch.told)}")
    assert len(watch.told) == 3 * len(WORDS[1:])


def test_a_part_that_comes_or_goes_where_a_figure_changes_at_every_look_is_told():
    watch = Watch("Heading", "Item 1 of 9")
    for number in range(2, 8):
        watch.look("Heading", f"Item {number} of 9")
    told = len(watch.told)
    watch.look("Heading", "Licences are needed from 1 May", "Item 8 of 9")
    watch.look("Heading", "Item 9 of 9")
    assert watch.told[told:] == [
        ("", "Licences are needed from 1 May"),
        ("Licences are needed from 1 May", ""),
    ]


def test_entries_that_come_at_the_top_at_every_look_are_all_told():
    watch, entries = Watch("News"), []
    for word in (*WORDS, "quince", "cherry"):
        entries.insert(0, f"About the {word}")
        watch.look("News", *entries)
    assert [after for _, after in watch.told] == entries[::-1]


def test_what_comes_where_nothing_but_figures_differed_is_told():
    watch = Watch("Stock 100 of gallium")
    watch.look(
        "Stock 101 of gallium", again=(page("Stock 102 of gallium"), page("Stock 103 of gallium"))
    )
    watch.look("Stock 102 of gallium", "Stock 7 of tin")
    watch.look("Stock 102 of gallium")
    assert watch.told == [("", "Stock 7 of tin"), ("Stock 7 of tin", "")]


def test_each_kind_of_what_is_ignored_is_counted_by_itself():
    watch = Watch("Stock 100 of gallium", "Page views: 1", "Downloads: 1")
    again = tuple(
        page(f"Stock {number} of gallium", "Page views: 1", "Downloads: 1") for number in (102, 103)
    )
    watch.look("Stock 101 of gallium", "Page views: 1", "Downloads: 1", again=again)
    for number in (2, 3):
        watch.look(
            f"Stock {110 + number} of gallium", f"Page views: {number}", f"Downloads: {number}"
        )

    assert {kept.after: (kept.before, kept.times) for kept in watch.noise.ignored} == {
        "Stock 113 of gallium": ("Stock 112 of gallium", 3),
        "Page views: 3": ("Page views: 2", 2),
        "Downloads: 3": ("Downloads: 2", 2),
    }


PAGES = st.lists(
    st.lists(st.sampled_from(["Heading", *WORDS, "甲", "Views: 1", "Views: 2"]), max_size=6),
    min_size=1,
    max_size=12,
)


@given(PAGES)
@examples(150)
def test_no_change_is_lost_it_is_told_ignored_with_a_reason_or_held(pages: list[list[str]]):
    watch = Watch("Heading")
    for texts in pages:
        told, kept = len(watch.told), sum(ignored.times for ignored in watch.noise.ignored)
        before = watch.last
        watch.look(*texts)
        if before != watch.last and sorted(part.text for part in before.parts) != sorted(
            part.text for part in watch.last.parts
        ):
            assert (
                len(watch.told) > told
                or sum(ignored.times for ignored in watch.noise.ignored) > kept
            )


@pytest.mark.parametrize("looks", [400])
def test_what_is_remembered_has_bounds(looks: int):
    watch = Watch("Heading", "apple")
    for number in range(looks):
        watch.look("Heading", *(f"{letter}{number}" for letter in "abc"), after=timedelta(hours=1))
    assert len(watch.noise.ignored) <= MOST_KEPT
    assert len(watch.noise.variants) <= MOST_LEARNT
    assert len(watch.noise.told) <= MOST_TOLD


# A list with a counter in each row


class Board:
    """Rows with a column of figures that move at every look, as `written` puts them."""

    def __init__(self, written: str, *titles: str) -> None:
        self.written, self.views, self.dice = (
            written,
            {title: 100 * (at + 1) for at, title in enumerate(titles)},
            Random(1),
        )

    def row(self, title: str) -> str:
        return self.written.format(title=title, views=self.views[title])

    def page(self) -> tuple[str, ...]:
        return ("Notices", *map(self.row, self.views), "Contact us")

    def move(self, *new: str, gone: tuple[str, ...] = ()) -> None:
        self.views = dict.fromkeys(new, 1) | {
            title: views + self.dice.randint(1, 9)
            for title, views in self.views.items()
            if title not in gone
        }


def settled(board: Board) -> Watch:
    """A watch by which what moves at every look has been seen often enough."""
    watch = Watch(*board.page())
    for _ in range(6):
        board.move()
        watch.look(*board.page())
    watch.told = []
    return watch


TITLES = (
    "Entities of concern: 3 firms added",
    "Export licences: what to send",
    "Tariff, part 2",
    "Office hours in May",
)
WRITTEN = [
    "{views} | {title}",
    "{title} | {views}",
    "{title} (views {views})",
    "{views} {title} 2026-11-25",
]


@for_each("written", WRITTEN)
@for_each(
    "new",
    [
        "Entities of concern: 2 firms added",
        "Export licences: what not to send",
        "Gallium",
        "第70号公告",
        "Tariff of 2026, part 3",
    ],
)
def test_a_new_row_of_a_list_whose_counters_move_at_every_look_is_told_as_new_and_nothing_else_is(
    written: str, new: str
):
    board = Board(written, *TITLES)
    watch = settled(board)
    board.move(new)
    watch.look(*board.page())

    assert watch.told == [("", board.row(new))]
    for _ in range(3):  # its own counter is learnt like that of the others
        board.move()
        watch.look(*board.page())
    assert {before for before, _ in watch.told[1:]} <= {
        board.written.format(title=new, views=views) for views in range(40)
    }


@pytest.mark.parametrize("written", WRITTEN)
def test_a_row_that_goes_while_counters_move_is_told_and_so_is_one_that_is_reworded(written: str):
    board = Board(written, *TITLES)
    watch = settled(board)
    before = board.row("Tariff, part 2")
    board.move(gone=("Tariff, part 2",))
    watch.look(*board.page())
    assert watch.told == [(before, "")]

    before = board.row("Office hours in May")
    board.views = {
        "Office hours in June" if title == "Office hours in May" else title: n
        for title, n in board.views.items()
    }
    board.move()
    watch.look(*board.page())
    assert watch.told[1:] == [(before, board.row("Office hours in June"))]


def test_another_figure_than_the_one_that_moves_at_every_look_is_told():
    board = Board("{title} | {views}", *TITLES)
    watch = settled(board)
    before = board.row(TITLES[0])
    board.views = {
        title.replace("3 firms", "4 firms"): views for title, views in board.views.items()
    }
    board.move()
    watch.look(*board.page())

    assert watch.told == [(before, board.row(TITLES[0].replace("3 firms", "4 firms")))]


def test_a_hundred_rows_whose_counters_move_are_learnt_as_soon_as_one():
    board = Board(
        "{views} | {title}",
        *(f"Notice on {letter}{other}" for letter in "abcdefghij" for other in "klmnopqrst"),
    )
    watch = settled(board)
    board.move("Gallium")
    watch.look(*board.page())

    assert watch.told == [("", "1 | Gallium")]


def test_a_new_row_beside_a_banner_that_differs_each_time_is_told():
    watch = Watch("Heading", "apple", "Rule 1")
    watch.look(
        "Heading",
        "pear",
        "Rule 1",
        again=(page("Heading", "plum", "Rule 1"), page("Heading", "fig", "Rule 1")),
    )
    watch.look("Heading", "Gallium needs a licence", "plum", "Rule 1")

    assert [after for _, after in watch.told] == ["Gallium needs a licence"]


def test_letters_of_a_script_without_spaces_are_no_token_that_differs():
    watch = Watch("今日访问1200次浏览量")
    watch.look(
        "今日访问1201次浏览量", again=(page("今日访问1202次浏览量"), page("今日访问1203次浏览量"))
    )
    watch.look("商务部公告2025年第70号对镓实施管制")

    assert watch.told == [("今日访问1201次浏览量", "商务部公告2025年第70号对镓实施管制")]
