from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(name="saved")
def saved_(tmp_path: Path) -> Callable[[bytes], Path]:
    def save(body: bytes) -> Path:
        path = tmp_path / f"{len(list(tmp_path.iterdir())):04}"
        path.write_bytes(body)
        return path

    return save
