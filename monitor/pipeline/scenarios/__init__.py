"""Scenarios: recorded pages with the moments from which each address answered them."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import msgspec

from monitor.config import files, parse
from monitor.errors import ConfigError

LARGEST = 10 * files.MEGABYTE
BUNDLED = Path(__file__).parent / "2025-10"


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `url` answers from `at` on: the bytes of `file`, or a short body that goes with `status`."""

    at: datetime
    url: str
    file: str | None = None
    status: int = 200
    content_type: str = "text/html"
    headers: dict[str, str] = {}


class Stretch(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"begins": "from", "ends": "to"}):
    """A time in which the monitor runs; between two of them the clock jumps."""

    begins: datetime
    ends: datetime


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    sources: tuple[str, ...]
    awake: tuple[Stretch, ...]
    answers: tuple[Answer, ...]
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scenario:
    """A folder with scenario.toml and its pages. `questions` are commands that what it leaves can answer."""

    folder: Path
    title: str
    sources: tuple[str, ...]
    awake: tuple[Stretch, ...]
    answers: tuple[Answer, ...]
    questions: tuple[str, ...] = ()

    @cached_property
    def _by_url(self) -> dict[str, list[Answer]]:
        answers = defaultdict(list)
        for answer in sorted(self.answers, key=lambda answer: answer.at):
            answers[answer.url].append(answer)
        return answers

    def answer(self, url: str, moment: datetime) -> Answer | None:
        """What `url` answers at `moment`; None where nothing stands there yet."""
        answers = self._by_url.get(url, [])
        index = bisect_right([answer.at for answer in answers], moment)
        return answers[index - 1] if index else None

    def body(self, answer: Answer) -> bytes:
        """The bytes of an answer."""
        return (
            (self.folder / answer.file).read_bytes() if answer.file else f"<html><title>{answer.status}</title></html>".encode()
        )


def load(folder: Path) -> Scenario:
    """The scenario in `folder`.

    Raises:
        ConfigError: no scenario there, or one that can't be played.
    """
    path = folder / "scenario.toml"
    written = files.body(path, most=LARGEST, error=ConfigError, way="a scenario is a folder with scenario.toml and its pages")
    try:
        file = msgspec.convert(parse(written, path), _File)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{files.shown_path(path)}: {error}") from error
    missing = [answer.file for answer in file.answers if answer.file and not files.is_file(folder / answer.file)]
    if missing or not file.awake:
        raise ConfigError(f"{path}: " + (f"no such page: {missing[0]}" if missing else "no [[awake]] stretch"))
    return Scenario(
        folder,
        file.title,
        file.sources,
        tuple(sorted(file.awake, key=lambda stretch: stretch.begins.astimezone(UTC))),
        file.answers,
        file.questions,
    )
