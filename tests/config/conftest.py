"""A config.toml with some text, as it is read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.config import Config, load


@pytest.fixture
def loaded(tmp_path: Path) -> Callable[..., Config]:
    def loaded(text: str, *asked) -> Config:
        (tmp_path / "config.toml").write_text(text)
        return load(tmp_path / "config.toml", *asked)

    return loaded
