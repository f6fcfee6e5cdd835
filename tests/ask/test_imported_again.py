"""A second file on an entry keeps what the first said; a question knows what the list has."""

from pathlib import Path

from command import run

from monitor.ask.screen import add_known_names
from monitor.ask.watchlist import keep_known
from monitor.watch.entries import Entry, Party
from monitor.watch.match import WatchList

OLD = Party(
    name="Nova AG", country="DE", parent="Nord AG", share=60, note="old", origin="a.xlsx [S] row 2"
)


def keep(new: Entry, before: Entry = OLD) -> tuple[Entry, list[str]]:
    (merged,), lines = keep_known([new], [before])
    return merged, lines


def test_another_file_keeps_what_the_first_said_and_a_line_says_so() -> None:
    new = Party(name="Nova AG", note="new", aliases=("Nova",), origin="b.csv row 7")
    merged, lines = keep(new)

    assert merged == OLD.replace(note="new", aliases=("Nova",), origin="b.csv row 7")
    assert lines == [
        "Nova AG was on the list by a.xlsx [S] row 2: kept with what that says, but not note 'old'"
    ]


def test_the_same_file_takes_back_what_it_said() -> None:
    new = Party(name="Nova AG", origin="a.xlsx [S] row 9")
    assert keep(new) == (new, [])


def test_what_says_no_more_is_not_spoken_of() -> None:
    new = OLD.replace(origin="b.csv row 1")
    assert keep(new) == (new, [])
    assert keep_known([new], []) == ([new], [])


def test_a_file_with_fewer_rows_removes_none_and_says_how_many_stay(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("Supplier\nNova AG\nZeta Oy\nAcme Ltd\n")
    (tmp_path / "new.csv").write_text("Supplier\nZeta Oy\nAcme Ltd\n")
    (tmp_path / "own.csv").write_text("Product\nServo drive\n")
    at = ("--store", tmp_path / "store", "watch", "import")
    told = [
        run(*at, tmp_path / name).stdout.splitlines()
        for name in ("old.csv", "old.csv", "new.csv", "own.csv")
    ]

    preview = run(*at, tmp_path / "own.csv", "--preview").stdout.splitlines()

    assert preview[-1] == "1 entry; nothing was kept"
    assert told == [
        ["3 read, 3 new or changed"],
        ["3 read, 0 new or changed"],
        [
            "2 read, 0 new or changed",
            "an import removes nothing: 1 entry of that role, not in this file, stays on the list",
        ],
        ["1 read, 1 new or changed"],
    ]


def test_a_name_is_asked_with_the_other_names_that_the_watch_list_has_of_it() -> None:
    ours = Party(name="Nova AG", aliases=("Zed Ltd",), remarked=("Old Ltd",), ids=("HRB 1",))
    asked = add_known_names(Party(name="nova ag"), WatchList([ours, Party(name="Other")]))

    assert asked == ours.replace(name="nova ag")
    other = Party(name="Nova AG", person=True)
    assert add_known_names(other, WatchList([ours])) == other
