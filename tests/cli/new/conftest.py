"""A package of scrapers of one's own in an empty folder, and a scraper that is begun there."""

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.cli.new import begin
from monitor.cli.pages import Kind
from monitor.config import Config
from monitor.source.scraper import Source

URL = "https://www.office.example/press/index.html"
Begun = Callable[..., tuple[Source, list[str]]]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Its name, that no other test has imported."""
    name = f"own_{abs(hash(tmp_path))}"
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    return name


@pytest.fixture
def begun(package: str) -> Begun:
    """A scraper of a saved page, as its source, and what was said."""

    def begun(
        body: str | bytes, kind: Kind = Kind.OFFICIAL, name: str = "jp_mofa"
    ) -> tuple[Source, list[str]]:
        Path("page").write_bytes(body.encode() if isinstance(body, str) else body)
        lines = list(begin(Config(packages=("scrapers", package)), name, URL, Path("page"), kind))
        module = importlib.import_module(f"{package}.{name}")
        (source,) = [each for each in vars(module).values() if isinstance(each, Source)]
        return source, lines

    return begun
