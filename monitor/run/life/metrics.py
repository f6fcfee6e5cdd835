"""A daemon's figures for Prometheus: some computed at each request, some about the delay of
alerts.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from prometheus_client import (
    CollectorRegistry,
    Histogram,
    Metric,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from monitor import vocabulary
from monitor.config import VERSION
from monitor.model import frozen
from monitor.run.life.pulse import Pulse
from monitor.store import OutboxState, ToldAlert, Vitals

MINUTE, HOUR, DAY = 60, 3_600, 86_400
STEPS = (
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
)


@frozen
class Measured:
    """The figures at a request: `newest` is each source's last change, `due` the number of waiting
    sources. `told` are the alerts since the last request, `complaints` the number of problems.
    """

    pulse: Pulse
    vitals: Vitals
    newest: Mapping[str, datetime]
    told: Iterable[ToldAlert]
    sources: int
    polling: int
    due: int
    complaints: int


class Metrics(Collector):
    """All figures of one daemon; histograms count from its start."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry(auto_describe=False)
        self._measured: Measured | None = None
        self._to_alert = Histogram(
            "monitor_time_to_alert_seconds",
            "From what the publisher prints as its time, or from the beginning of its day, to when"
            " the alert had arrived.",
            ["stamp"],
            buckets=STEPS,
            registry=self._registry,
        )
        for stamp in ("time", "day"):
            self._to_alert.labels(stamp)
        ProcessCollector(registry=self._registry)
        self._registry.register(self)

    def exposition(self, measured: Measured) -> bytes:
        """The text that Prometheus reads."""
        for alert in measured.told:
            if (took := compute_time_to_alert(alert)) is not None:
                self._to_alert.labels("time" if _is_timed(alert) else "day").observe(
                    took.total_seconds()
                )
        self._measured = measured
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        """Collect the figures for the registry."""
        if self._measured:
            yield from _measure_daemon(self._measured)
            yield from _measure_sources(self._measured)
            yield from _measure_store(self._measured.vitals)


def compute_time_to_alert(alert: ToldAlert) -> timedelta | None:
    """Return an alert's delay after publication; a day begins in its publisher's zone. None
    without a day.
    """
    try:
        published = datetime.fromisoformat(alert.published)
    except ValueError:
        return None
    if published.tzinfo is None:
        published = published.replace(tzinfo=vocabulary.zone(alert.authority))
    return max(alert.at - published, timedelta())


def _is_timed(alert: ToldAlert) -> bool:
    return "T" in alert.published


def _measure_daemon(now: Measured) -> Iterator[Metric]:
    pulse = now.pulse
    running = GaugeMetricFamily("monitor_info", "The version that runs.", labels=["version"])
    running.add_metric([VERSION], 1)
    yield running
    yield CounterMetricFamily("monitor_ticks", "Ticks that came to a good end.", pulse.ticks)
    yield _make_moment_metric(
        "monitor_last_tick", "When a tick last came to a good end.", pulse.ticked
    )
    yield _make_moment_metric(
        "monitor_last_good_cycle",
        "When all that had been due was last looked at and kept.",
        pulse.through,
    )
    yield GaugeMetricFamily("monitor_complaints", "Problems, as in /healthz.", now.complaints)


def _measure_sources(now: Measured) -> Iterator[Metric]:
    health = now.vitals.health
    yield GaugeMetricFamily("monitor_sources", "Sources that are watched.", now.sources)
    yield GaugeMetricFamily(
        "monitor_polling_sources", "Sources that are being looked at.", now.polling
    )
    yield GaugeMetricFamily(
        "monitor_due_sources", "Sources that are due and wait for their turn.", now.due
    )
    read = {source: state.last_ok for source, state in health.items() if state.last_ok}
    yield _make_moments_metric(
        "monitor_source_last_good_read", "When a source was last read well.", read
    )
    yield _make_moments_metric(
        "monitor_source_newest_item",
        "When a source last brought something that was not known.",
        now.newest,
    )
    failing = GaugeMetricFamily(
        "monitor_source_failing", "Whether its last poll failed.", labels=["source"]
    )
    for source, state in health.items():
        failing.add_metric([source], int(state.problem is not None))
    yield failing
    troubles = GaugeMetricFamily(
        "monitor_trouble", "Open incidents that were reported.", labels=["about", "kind"]
    )
    for trouble in now.vitals.troubles:
        troubles.add_metric([trouble.about, trouble.problem.kind], 1)
    yield troubles


def _measure_store(vitals: Vitals) -> Iterator[Metric]:
    messages = GaugeMetricFamily(
        "monitor_outbox_messages", "Messages by what became of them.", labels=["state"]
    )
    for state in OutboxState:
        messages.add_metric([state], vitals.messages.get(state, 0))
    yield messages
    oldest = min((place.since for place in vitals.waiting), default=None)
    yield _make_moment_metric(
        "monitor_outbox_oldest", "When the oldest pending message was enqueued.", oldest
    )
    quarantined = "Pages that are left alone since they stopped their readers."
    yield GaugeMetricFamily("monitor_quarantined_pages", quarantined, vitals.quarantined)


def _make_moment_metric(name: str, words: str, at: datetime | None) -> Metric:
    """A moment in seconds since 1970; no sample where there was none."""
    return GaugeMetricFamily(
        f"{name}_timestamp_seconds", words, value=at.timestamp() if at else None
    )


def _make_moments_metric(name: str, words: str, by_source: Mapping[str, datetime]) -> Metric:
    family = GaugeMetricFamily(f"{name}_timestamp_seconds", words, labels=["source"])
    for source, at in by_source.items():
        family.add_metric([source], at.timestamp())
    return family
