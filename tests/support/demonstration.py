"""The bundled scenario as `monitor replay` tells it, played once for all processes that ask something of it."""

from pathlib import Path

import pytest
from command import Done, run
from made_once import made_once

STORE = ".replay"


def played(factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """The folder in which it was played, whose store nobody may change, and what was said."""
    return made_once(factory, "demonstration", _play)


def _play(folder: Path) -> Done:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return run("replay", COLUMNS="80")
