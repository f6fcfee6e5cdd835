"""The bundled scenario as `monitor replay` tells it, played once for all processes that ask something of it."""

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest
from command import Done, eventually, run

STORE = ".replay"


def played(factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """The folder in which it was played, whose store nobody may change, and what was said."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demonstration"
    told = folder / "told.json"
    try:
        folder.mkdir()
    except FileExistsError:
        eventually(told.exists)
    else:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            done = run("replay", COLUMNS="80")
        (folder / "telling").write_text(json.dumps(asdict(done)))
        (folder / "telling").rename(told)
    return folder, Done(**json.loads(told.read_text()))
