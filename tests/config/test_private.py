"""Nobody but its owner looks into a store, whatever the umask, and whatever an older version
left behind.
"""

import os
import stat
from pathlib import Path

import pytest
from acts import listing
from command import typed

from monitor.config import files
from monitor.run.control import serve_control
from monitor.store import DATABASE, History, troubles
from monitor.store.archive import FolderArchive
from monitor.store.lock import Lock


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """Of a folder and all in it; a folder's as that of a file, since who may list it may enter
    it.
    """
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.lstat().st_mode)
        & ~(0o100 if path.is_dir() else 0)
        for path in (folder, *folder.rglob("*"))
    }


def test_a_poll_writes_nothing_that_others_may_read(
    settings: Path, ministry, tmp_path: Path, umask
):
    calendar = tmp_path / "served.ics"
    settings.write_text(settings.read_text() + f'[calendar]\nfile = "{calendar}"\n')
    typed(settings, "poll")
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    assert typed(settings, "poll toy").returncode == 0

    found = modes(tmp_path / "store")
    assert {"archive", DATABASE, "lock"} <= found.keys()
    assert set(found.values()) == {0o600}
    assert stat.S_IMODE(calendar.stat().st_mode) == 0o666 & ~umask  # it is for others


def test_what_sqlite_and_the_socket_add_while_a_monitor_runs_is_its_owners_too(
    tmp_path: Path, umask
):
    store = tmp_path / "store"
    with Lock(store), History(store) as history:
        history(troubles.load_source_healths)
        assert {f"{DATABASE}-wal", f"{DATABASE}-shm"} <= modes(store).keys()
        assert set(modes(store).values()) == {0o600}


async def test_the_socket_is_its_owners(tmp_path: Path, umask):
    async with serve_control(tmp_path / "socket", lambda _asked: None):
        assert modes(tmp_path)["socket"] == 0o600


def test_a_store_of_an_older_version_is_closed_when_it_is_written(tmp_path: Path, umask):
    store = tmp_path / "store"
    with Lock(store), History(store) as history:
        history(troubles.load_source_healths)
    FolderArchive(store / "archive").put(b"old")
    for path in (store, *store.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    with Lock(store), History(store) as history:
        history(troubles.load_source_healths)
        assert {name: mode for name, mode in modes(store).items() if mode != 0o600}.keys() <= {
            name
            for name in modes(store)
            if name.startswith(("archive", "identity"))  # behind a closed door
        }
    FolderArchive(store / "archive").put(b"new")
    assert modes(store)["archive"] == 0o600


def test_a_replay_and_a_copy_for_a_rehearsal_are_closed_too(settings: Path, tmp_path: Path, umask):
    story = tmp_path / "story"
    story.mkdir()
    awake = "from = 2025-10-09T00:00:00Z\nto = 2025-10-09T00:01:00Z"
    (story / "scenario.toml").write_text(
        f'title = "none"\nsources = ["cn_mofcom"]\nanswers = []\n[[awake]]\n{awake}\n'
    )
    done = typed(tmp_path / "played", "replay", story)

    assert done.returncode == 0, done.stderr
    assert set(modes(tmp_path / "played").values()) == {0o600}


def test_a_folder_that_is_everybodys_is_left_as_it_is(tmp_path: Path):
    tmp_path.chmod(0o1777)
    files.make_private_folder(tmp_path)

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777
