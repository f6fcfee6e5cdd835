import shutil
from pathlib import Path

import proofs
import pytest

from monitor.evidence.pack import write


@pytest.fixture(scope="session")
def proven(tmp_path_factory) -> Path:
    """A store with five acts; nobody may change it."""
    store = tmp_path_factory.mktemp("proven")
    proofs.kept(store)
    return store


@pytest.fixture(scope="session")
def made(proven: Path, tmp_path_factory) -> Path:
    """Its evidence; nobody may change it."""
    pack = tmp_path_factory.mktemp("pack") / "pack.zip"
    write(proofs.contents(proven), pack)
    return pack


@pytest.fixture
def pack(made: Path, tmp_path: Path) -> Path:
    """A copy of it, without what lies beside it."""
    return Path(shutil.copy(made, tmp_path / "pack.zip"))
