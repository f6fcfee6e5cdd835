"""A config.toml with a mistake: what runs and what is known is said all the same."""

from pathlib import Path

import pytest
from command import one_line, typed

from monitor.config import salvage

MISTAKES = {
    "no TOML": 'store = "{store}"\n[slack\n',
    "an unknown key": 'store = "{store}"\nstoer = 1\n',
    "a wrong type": 'store = "{store}"\n[fetch]\nat_a_time = "two"\n',
    "a package that is not there": 'store = "{store}"\npackages = ["nowhere_at_all"]\n',
    "no UTF-8": 'store = "{store}"\n# \udcff\n',
    "a source that is not there": 'store = "{store}"\nonly = ["cn_mofcmo"]\n',
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of an earlier version, of which is answered as well."""
    return Path(__file__).parents[1] / "stores" / "0.2.0" / "store"


@pytest.mark.parametrize("mistake", MISTAKES)
def test_status_says_the_mistake_and_what_it_can(mistake: str, store: Path, tmp_path: Path):
    path = tmp_path / "config.toml"
    path.write_bytes(MISTAKES[mistake].format(store=store).encode("utf-8", "surrogateescape"))
    done = typed(path, "status")

    assert done.returncode == 1
    assert "no daemon runs on this store" in done.stdout
    assert "what follows is as far as can be read" in done.stderr.splitlines()[0]
    assert "acts" in done.stdout or "MOFCOM" in done.stdout


def test_other_commands_refuse_it(store: Path, tmp_path: Path):
    (tmp_path / "config.toml").write_text(MISTAKES["an unknown key"].format(store=store))

    assert typed(tmp_path / "config.toml", "asof 2025-11-15").returncode == 2


def test_a_file_that_is_not_there_is_no_file_with_a_mistake(tmp_path: Path):
    done = typed(tmp_path / "none.toml", "status")

    assert (done.returncode, done.stdout) == (2, "")
    assert "name another with --config, or write one with `monitor init`" in one_line(done)


def test_the_store_is_found_among_mistakes(tmp_path: Path):
    (tmp_path / "config.toml").write_text('[slack\nstore = \'/a "b"\'  # ours\nfolder = "/f"\n')

    assert (salvage(tmp_path / "config.toml").store, salvage(tmp_path / "config.toml").folder) == (
        '/a "b"',
        "/f",
    )
