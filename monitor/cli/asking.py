"""A question to the history, and its answer: shown, and at its end what it rests on; nothing is said of what was never read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import msgspec

from monitor.cli.layout import print_sentence
from monitor.cli.tables import print_json
from monitor.config.stores import Store
from monitor.errors import MonitorError
from monitor.history import History, there, troubles
from monitor.pipeline.answers import AsOf
from monitor.pipeline.coverage import Coverage, coverage, coverage_line, nothing_read
from monitor.pipeline.knowledge import Knowledge
from monitor.pipeline.screen import in_files, kept
from monitor.source.schedule import Freshness
from monitor.watch.match import Thresholds

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.source.scraper import Source
    from monitor.watch.entries import Entry

T = TypeVar("T")


@dataclass(frozen=True)
class CommandDesk:
    """Where questions are asked: the store, the sources that fill it, the moment, and whether a program asks."""

    store: Store
    config: "Config"
    sources: "list[Source]"
    as_json: bool
    now: datetime

    def ask(
        self,
        question: Callable[[History], T],
        show: Callable[[T], None],
        about: Callable[[T], str] = lambda _: "",
        *,
        alone: bool = False,
    ) -> T:
        """Show the answer and what it rests on; `about` says of which register, authority or country it is.

        An answer that stands `alone` is one also where no act was ever looked for: pages of config.toml were read.

        Raises:
            MonitorError: nothing was ever read that could answer, or the question names what is not known. What was read is
                shown all the same.
        """
        if not there(self.store):
            raise self._empty(self._covered(None))
        with History(self.store, read_only=True) as history:
            return self._ask(
                history, question, show, about, alone=alone and any(state.last_ok for state in history(troubles.healths).values())
            )

    def _ask(
        self,
        history: History,
        question: Callable[[History], T],
        show: Callable[[T], None],
        about: Callable[[T], str],
        *,
        alone: bool,
    ) -> T:
        covered = self._covered(history)
        if covered.is_empty and not alone:
            raise self._empty(covered)
        try:
            answer = question(history)
        except MonitorError:
            self.end(covered)
            raise
        if about(answer) and (covered := self._covered(history, about(answer))).is_empty:
            raise self._empty(covered)
        show(answer)
        remarks = answer.remarks if isinstance(answer, AsOf) else ()
        self.end(msgspec.structs.replace(covered, remarks=(*covered.remarks, *remarks)))
        return answer

    @property
    def thresholds(self) -> Thresholds:
        """From which likeness on a name is taken for another, as the settings have it."""
        return Thresholds(self.config.watch.match, self.config.watch.review)

    @property
    def watched(self) -> "list[Entry]":
        """The watch list, in the settings' files and in the store."""
        return [*in_files(self.config)[0], *kept(self.store)[0]]

    def freshness(self, history: History) -> Freshness:
        """How lately each authority was read."""
        return Freshness(self.sources, history(troubles.healths), self.now, self.config.health.patience)

    def knowledge(self, history: History) -> Knowledge:
        """What is on record, and how fresh that is."""
        return Knowledge(history, self.freshness(history))

    def coverage(self) -> Coverage:
        """What any answer rests on."""
        if not there(self.store):
            return self._covered(None)
        with History(self.store, read_only=True) as history:
            return self._covered(history)

    def _covered(self, history: History | None, about: str = "") -> Coverage:
        return coverage(history, self.sources, self.now, self.config.health.patience, about)

    def _empty(self, covered: Coverage) -> MonitorError:
        self.end(covered)
        return MonitorError(nothing_read(covered, str(self.store)))

    def line(self, covered: Coverage) -> str:
        """What an answer rests on, in a line."""
        return f"coverage: {coverage_line(covered, self.now)}"

    def end(self, covered: Coverage) -> None:
        """The last line of an answer."""
        if self.as_json:
            print_json({"coverage": covered})
        else:
            print_sentence(self.line(covered), "dim")

    def end_or_refuse(self, covered: Coverage) -> None:
        """Show what an answer rests on that was given already.

        Raises:
            MonitorError: it rests on nothing.
        """
        if covered.is_empty:
            raise self._empty(covered)
        self.end(covered)
