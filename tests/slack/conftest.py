from collections.abc import Iterator
from pathlib import Path

import pytest
from emulator import Workspace
from lives import CONFIG, Lives

from monitor.config import Config
from monitor.source.registry import Registry


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    running = Workspace(tmp_path / "slack")
    yield running
    running.stop()


@pytest.fixture
def lives(tmp_path: Path) -> Iterator[Lives]:
    nursery = Lives(tmp_path / "daemon.log")
    yield nursery
    nursery.close()


@pytest.fixture
def settings_of(tmp_path: Path):
    """config.toml for a workspace as it is reached through `api`; no source in it is ever
    polled.
    """
    toys = [source.id for source in Registry(Config(packages=("toy_scrapers",))).sources]
    others = "".join(
        f'[sources."{toy}"]\nenabled = {str(toy == "toy.notices").lower()}\n' for toy in toys
    )

    def written(workspace: Workspace, api: str, *, gap: float = 0.001, grace: float = 0.05) -> Path:
        path = tmp_path / "config.toml"
        path.write_text(
            CONFIG.format(
                store=tmp_path / "store",
                api=api,
                alerts=workspace.alerts,
                troubles=workspace.troubles,
                gap=gap,
                grace=grace,
                others=others,
            )
        )
        return path

    return written
