import subprocess
import sys
from dataclasses import replace

import pytest
from acts import control
from terminals import look_on

from monitor.cli.progress import watch_progress


@pytest.mark.parametrize(
    ("moves", "there", "absent"),
    [
        (
            [("cn_toy.notices", 3), ("cn_toy.notices", -1), ("us_toy.rules", 2)],
            ("cn_toy.notices", "1/3", "0/2", "1/5"),
            (),
        ),
        (
            [("cn_toy.notices", 1), ("cn_toy.notices", -1), ("us_toy.rules", 2)],
            ("us_toy.rules",),
            ("cn_toy.notices",),
        ),
        # its index led to pages
        ([("cn_toy.notices", owed) for owed in (1, -1, 12, -1)], ("cn_toy.notices", "2/13"), ()),
    ],
)
def test_a_terminal_shows_of_each_source_that_owes_pages_and_of_all_how_many_are_settled(
    monkeypatch: pytest.MonkeyPatch, moves, there, absent
):
    screen = look_on(monkeypatch)
    with watch_progress("pages", quiet=False) as progress:
        for source, owed in moves:
            progress(source, owed)
    last = screen.getvalue().rpartition("pages")[2]

    assert (
        [words for words in there if words not in last]
        == [words for words in absent if words in last]
        == []
    )
    assert screen.getvalue().endswith("\x1b[2K")  # wiped when the pass is over


@pytest.mark.parametrize("terminal", [False, True])
def test_nothing_is_shown_where_nobody_looks_on_or_it_is_to_be_quiet(
    terminal: bool, monkeypatch: pytest.MonkeyPatch, capfd
):
    screen = look_on(monkeypatch) if terminal else None
    with watch_progress("pages", quiet=terminal) as progress:
        progress("cn_toy.notices", 3)

    assert (screen.getvalue() if screen else "", *capfd.readouterr()) == ("", "", "")


async def test_a_pass_tells_what_it_owes_and_settles_whatever_became_of_it(desk, ministry):
    told = []
    ministry.publish("18", control(18, "1C902.a"))
    ministry.publish("broken", "?" * 100)
    pipeline = replace(desk.pipeline, progress=lambda source, owed: told.append((source, owed)))
    await pipeline.poll(pipeline.registry.source("toy.notices"))

    assert {source for source, _ in told} == {"toy.notices"}
    assert [owed for _, owed in told] == [1, -1, 3, -1, -1, -1]


def test_the_picture_is_not_loaded_where_nobody_looks_on():
    code = (
        "import sys, monitor.cli.progress as p\nwith p.watch_progress('pages', quiet=True):"
        " pass\nsys.exit('rich' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
