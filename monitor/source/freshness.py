"""Whether an authority's sources were read lately enough to say what has not happened. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from monitor.clock import iso
from monitor.model import LastRead
from monitor.source.health import Health
from monitor.source.schedule import longest_silence
from monitor.source.scraper import Source
from monitor.vocabulary.terms import country_of


@dataclass(frozen=True, slots=True)
class Freshness:
    """How the switched-on `sources` stand `now`; `patience` is the least silence that is allowed to each."""

    sources: Sequence[Source]
    health: Mapping[str, Health]
    now: datetime
    patience: timedelta

    def stale(self, authority: str) -> LastRead | None:
        """The last good read of the authority's acts, where it is too old; None where one of its sources is fresh.

        Other publishers of its country stand in for an authority without a source of its own.
        """
        acts = [source for source in self.sources if source.kind == "acts"]
        country = country_of(authority)
        own = [source for source in acts if source.authority == authority]
        own_or_near = own or [source for source in acts if country_of(source.authority) == country]
        if any(map(self._is_fresh, own_or_near)):
            return None
        read = [at for source in own_or_near if (at := self._last_ok(source))]
        of = authority if own or not own_or_near else country
        return LastRead(of=of, at=iso(max(read)) if read else None, has_source=bool(own_or_near))

    def all_stale(self, authorities: Iterable[str]) -> dict[str, LastRead]:
        """Those of the authorities that are stale."""
        return {authority: last_read for authority in authorities if (last_read := self.stale(authority))}

    def at_end_of(self, day: date) -> "Freshness":
        """The same at the end of an earlier day, as far as later reads leave it known."""
        return replace(self, now=min(self.now, datetime.combine(day + timedelta(days=1), time.min, UTC)))

    def count_fresh(self, authority: str) -> int:
        """How many sources of the authority's country were read lately, and read well when last looked at."""
        country = country_of(authority)
        return sum(
            self._is_fresh(source) and not self.health[source.id].problem
            for source in self.sources
            if country_of(source.authority) == country
        )

    def _is_fresh(self, source: Source) -> bool:
        at = self._last_ok(source)
        return at is not None and not is_stale(source, at, self.patience, self.now)

    def _last_ok(self, source: Source) -> datetime | None:
        health = self.health.get(source.id)
        return health.last_ok if health else None


def is_stale(source: Source, at: datetime, patience: timedelta, now: datetime) -> bool:
    """Whether a source that was read last `at` should have been read since."""
    return now - at > longest_silence(source, patience, now)
