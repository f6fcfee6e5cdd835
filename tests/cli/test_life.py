import json
from pathlib import Path

import msgspec
import pytest
from acts import listing
from command import typed

from monitor.cli.ask import list_daemon_lines
from monitor.run.life.daemon_state import DaemonSeen, DaemonState
from monitor.run.life.pulse import Complaint, DaemonTrouble, Next, Working
from monitor.store.lock import Lock

DOES = Working(
    pid=7,
    version="0.2.0",
    since="2025-10-09T01:00:00Z",
    sources=40,
    polling=("a.a", "b.b", "c.c", "d.d", "e.e", "f.f"),
    next=Next("us_ofac.recent", "2025-10-09T01:05:00Z"),
    ticks=3,
    last_tick="2025-10-09T01:00:15Z",
    last_good_cycle="2025-10-09T01:00:10Z",
)


WRONG = msgspec.structs.replace(
    DOES,
    wrong=(Complaint(DaemonTrouble.STORE, "no room"), Complaint(DaemonTrouble.TICKS, "no tick")),
)
WORKS = (
    "monitor 0.2.0 runs since 9 Oct 2025 01:00 UTC (process 7): watches 40 sources, reads a.a, b.b,"
    " c.c, d.d and 2 more; next us_ofac.recent at 9 Oct 2025 01:05 UTC; all that was due was last"
    " looked at by 9 Oct 2025 01:00 UTC"
)
NOTHING = "nothing is polled; `monitor run` begins one"


@pytest.mark.parametrize(
    ("seen", "lines"),
    [
        (DaemonSeen(state=DaemonState.WORKING, does=DOES), [WORKS]),
        (
            DaemonSeen(state=DaemonState.WORKING, does=WRONG),
            [WORKS, "wrong: no room", "wrong: no tick"],
        ),
        (
            DaemonSeen(state=DaemonState.SILENT, pid=7, why="it does not answer"),
            ["process 7 holds this store, and does not answer: it does not answer"],
        ),
        (DaemonSeen(state=DaemonState.NONE), [f"no daemon runs on this store: {NOTHING}"]),
        (
            DaemonSeen(state=DaemonState.GONE, pid=7),
            [
                (
                    "no daemon runs on this store; the last one (process 7) did not end by itself:"
                    f" {NOTHING}"
                )
            ],
        ),
    ],
    ids=["works", "is wrong", "is silent", "none", "gone"],
)
def test_how_the_daemon_is_and_what_it_knows_to_be_wrong_is_a_line_each(
    seen: DaemonSeen, lines: list[str]
):
    assert list(list_daemon_lines(seen)) == lines
    assert (DOES.goes_round, WRONG.goes_round) == (True, False)


def test_it_is_the_first_that_status_says_also_where_nothing_was_ever_read(tmp_path: Path):
    first, _ = typed(tmp_path, "status").stdout.splitlines()
    line, *_ = typed(tmp_path, "status --json").stdout.splitlines()

    assert first == "no daemon runs on this store: nothing is polled; `monitor run` begins one"
    assert json.loads(line) == {"daemon": {"state": "none"}}


def test_where_the_lock_can_t_be_read_nobody_says_that_no_daemon_runs(tmp_path: Path):
    (tmp_path / "lock").mkdir()
    result = typed(tmp_path, "status")

    assert (result.returncode, result.stdout) == (1, "")
    assert "can't be read: Is a directory; the store's holder is unknown" in result.stderr


def test_alive_says_that_alone_and_is_exit_1_where_nobody_works(tmp_path: Path):
    with Lock(tmp_path):
        result = typed(tmp_path, "status --alive --json")

    assert (result.returncode, result.stderr) == (1, "")
    assert json.loads(result.stdout)["daemon"]["state"] == "silent"


def test_of_a_named_source_status_says_what_its_quiet_rests_on(settings: Path, ministry):
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    for _ in range(3):
        assert typed(settings, "poll toy").returncode == 0
    asked = typed(settings, "status toy --json")
    daemon, quiet, coverage = map(json.loads, asked.stdout.splitlines())
    shown = typed(settings, "status toy.notices").stdout.splitlines()

    assert [list(line) for line in (daemon, quiet, coverage)] == [
        ["daemon"],
        ["quiet"],
        ["coverage"],
    ]
    assert (quiet["quiet"]["source"], quiet["quiet"]["proven"], quiet["quiet"]["looks"]) == (
        "toy.notices",
        True,
        2,
    )
    assert (
        "; read well 2 times since; without a gap; the last that it brought was uel-2025-10 (new,"
        " http://" in shown[1]
    )
    assert quiet["quiet"]["change"]["sha256"] in shown[1]
    assert typed(settings, "status tyo").returncode == 2
