import io
import subprocess
import sys
from dataclasses import replace

import pytest
from acts import control
from rich.console import Console

from monitor.cli.progress import ignore_progress, watch_progress


@pytest.fixture
def screen():
    return Console(file=io.StringIO(), force_terminal=True, width=100)


def shown(screen):
    return screen.file.getvalue()


def test_a_terminal_shows_the_pages_settled_and_owed_of_each_source_and_of_all(screen):
    with watch_progress("pages", console=screen) as progress:
        progress("cn_toy.notices", 3)
        progress("cn_toy.notices", -1)
        progress("us_toy.rules", 2)

    assert "cn_toy.notices" in shown(screen)
    assert "1/3" in shown(screen)
    assert "0/2" in shown(screen)
    assert "1/5" in shown(screen)


def test_a_source_that_owes_nothing_more_has_no_line(screen):
    with watch_progress("pages", console=screen) as progress:
        screen.file.truncate(0)
        progress("cn_toy.notices", 1)
        progress("cn_toy.notices", -1)
        progress("us_toy.rules", 2)

    last = shown(screen).rpartition("pages")[2]

    assert "cn_toy.notices" not in last
    assert "us_toy.rules" in last


def test_a_source_whose_index_led_to_pages_gets_its_line_back(screen):
    with watch_progress("pages", console=screen) as progress:
        for owed in (1, -1, 12, -1):
            progress("cn_toy.notices", owed)

    assert "2/13" in shown(screen).rpartition("cn_toy.notices")[2]


def test_what_was_shown_is_wiped_when_the_pass_is_over(screen):
    with watch_progress("pages", console=screen) as progress:
        progress("cn_toy.notices", 1)

    assert shown(screen).endswith("\x1b[2K")


@pytest.mark.parametrize("known", [{"quiet": True}, {}])
def test_nothing_is_shown_where_nobody_looks_on(known, capfd):
    with watch_progress("pages", **known) as progress:
        progress("cn_toy.notices", 3)

    assert progress is ignore_progress
    assert capfd.readouterr() == ("", "")


def test_nothing_is_shown_on_a_terminal_that_is_to_be_quiet(screen):
    with watch_progress("pages", quiet=True, console=screen) as progress:
        progress("cn_toy.notices", 3)

    assert shown(screen) == ""


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
        "import sys, monitor.cli.progress as p\nwith p.watch_progress('pages', quiet=True): pass\nsys.exit('rich' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
