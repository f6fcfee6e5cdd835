"""Scenarios: recorded pages with the moments from which each address answered them."""

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import msgspec
from msgspec.structs import replace

from monitor.config import files, parse
from monitor.errors import ConfigError

LARGEST = 10 * files.MEGABYTE
BUNDLED = Path(__file__).parent / "2025-10"


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The answer of `url` from `at` on: the bytes of `file`, or a short body for `status`."""

    at: datetime
    url: str
    file: str | None = None
    status: int = 200
    content_type: str = "text/html"
    headers: dict[str, str] = {}


class Stretch(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"begins": "from", "ends": "to"}
):
    """A time in which the monitor runs; between two of them the clock jumps."""

    begins: datetime
    ends: datetime


class Scenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """A folder with scenario.toml and its pages. `questions` are commands that what it leaves
    can answer.
    """

    title: str
    sources: tuple[str, ...]
    awake: tuple[Stretch, ...]
    answers: tuple[Answer, ...]
    questions: tuple[str, ...] = ()
    folder: Path = BUNDLED

    @cached_property
    def _by_url(self) -> dict[str, list[Answer]]:
        answers = defaultdict(list)
        for answer in sorted(self.answers, key=lambda answer: answer.at):
            answers[answer.url].append(answer)
        return answers

    def answer(self, url: str, moment: datetime) -> Answer | None:
        """Find the answer of `url` at `moment`; None before its first one."""
        answers = self._by_url.get(url, [])
        index = bisect_right([answer.at for answer in answers], moment)
        return answers[index - 1] if index else None

    def respond(
        self, url: str, headers: Mapping[str, str], moment: datetime
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Answer a request at `moment`: the status, headers and body."""
        answer = self.answer(url, moment) or Answer(moment, url, status=404)
        body = (
            (self.folder / answer.file).read_bytes()
            if answer.file
            else f"<html><title>{answer.status}</title></html>".encode()
        )
        said = {"Content-Type": answer.content_type, **answer.headers}
        if answer.status != 200:
            return answer.status, said, body
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if headers.get("If-None-Match") == etag:
            return 304, {"ETag": etag}, b""
        return 200, {"ETag": etag, **said}, body


def load(folder: Path) -> Scenario:
    """Load the scenario in `folder`.

    Raises:
        ConfigError: there is none, or it can't be played.
    """
    path = folder / "scenario.toml"
    written = files.read_file_bytes(
        path,
        most=LARGEST,
        error=ConfigError,
        way="a scenario is a folder with scenario.toml and its pages",
    )
    try:
        scenario = msgspec.convert(parse(written, path), Scenario)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{files.shorten_path(path)}: {error}") from error
    missing = [
        answer.file
        for answer in scenario.answers
        if answer.file and not files.is_file(folder / answer.file)
    ]
    if missing or not scenario.awake:
        raise ConfigError(
            f"{path}: " + (f"no such page: {missing[0]}" if missing else "no [[awake]] stretch")
        )
    awake = sorted(scenario.awake, key=lambda stretch: stretch.begins.astimezone(UTC))
    return replace(scenario, folder=folder, awake=tuple(awake))
