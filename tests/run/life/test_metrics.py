from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from monitor.errors import ErrorKind
from monitor.model import Problem, Severity
from monitor.run.life.metrics import Measured, Metrics, compute_time_to_alert
from monitor.run.life.pulse import Pulse
from monitor.source.health import Health
from monitor.store import OutboxState, ToldAlert, TroubleState, Vitals, Waiting

NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
SECOND = NOW.timestamp()
TROUBLE = TroubleState(
    "cn-mofcom", Problem(kind=ErrorKind.BLIND, text="all of it"), Severity.HIGH, NOW
)


def vitals(health: dict[str, Health] | None = None) -> Vitals:
    waiting = (Waiting("alerts", 2, NOW - timedelta(minutes=3), None),)
    return Vitals(
        health or {},
        {OutboxState.SENT: 7, OutboxState.PENDING: 2},
        waiting,
        quarantined=1,
        troubles=(TROUBLE,),
    )


def measured(*told: ToldAlert, health: dict[str, Health] | None = None) -> Measured:
    pulse = Pulse(NOW - timedelta(hours=1), ticks=12, ticked=NOW)
    return Measured(
        pulse, vitals(health), {"a.a": NOW}, told, sources=3, polling=1, due=2, complaints=0
    )


def figures(text: bytes) -> dict[str, float]:
    """Each sample by its name and labels."""
    families = text_string_to_metric_families(text.decode())
    return {
        " ".join(
            [sample.name, *(sample.labels[name] for name in sorted(sample.labels, reverse=True))]
        ): sample.value
        for family in families
        for sample in family.samples
    }


def test_all_that_tells_whether_a_monitor_is_blind_is_there():
    health = {"a.a": Health(last_ok=NOW), "b.b": Health(problem=Problem(kind="server", text="503"))}
    said = figures(Metrics().exposition(measured(health=health)))

    assert said["monitor_source_last_good_read_timestamp_seconds a.a"] == SECOND
    assert said["monitor_source_newest_item_timestamp_seconds a.a"] == SECOND
    assert (said["monitor_source_failing a.a"], said["monitor_source_failing b.b"]) == (0, 1)
    assert "monitor_source_last_good_read_timestamp_seconds b.b" not in said
    assert (
        said["monitor_sources"],
        said["monitor_polling_sources"],
        said["monitor_due_sources"],
    ) == (3, 1, 2)
    assert (
        said["monitor_outbox_messages sent"],
        said["monitor_outbox_messages undeliverable"],
    ) == (7, 0)
    assert said["monitor_outbox_oldest_timestamp_seconds"] == SECOND - 180
    assert said["monitor_quarantined_pages"] == 1
    assert said["monitor_trouble blind cn-mofcom"] == 1
    assert (said["monitor_ticks_total"], said["monitor_last_tick_timestamp_seconds"]) == (
        12,
        SECOND,
    )
    assert said["process_resident_memory_bytes"] > 1_000_000


def test_the_time_to_alert_is_counted_from_the_official_stamp_and_adds_up():
    metrics = Metrics()
    metrics.exposition(measured(ToldAlert("2025-10-09T08:58:00+08:00", "cn-mofcom", NOW)))
    said = figures(
        metrics.exposition(
            measured(ToldAlert("2025-10-09", "cn-mofcom", NOW), ToldAlert("", "cn-mofcom", NOW))
        )
    )

    assert (
        said["monitor_time_to_alert_seconds_count time"],
        said["monitor_time_to_alert_seconds_sum time"],
    ) == (1, 120)
    assert [
        said[f"monitor_time_to_alert_seconds_bucket time {step}"] for step in (60.0, 120.0)
    ] == [0, 1]
    assert (
        said["monitor_time_to_alert_seconds_count day"],
        said["monitor_time_to_alert_seconds_sum day"],
    ) == (1, 9 * 3_600)


@pytest.mark.parametrize(
    ("published", "hours"),
    [
        ("2025-10-09", 9),  # the day began in Beijing at 16:00 UTC of the day before
        ("2025-10-09T08:00", 1),  # by the authority's own clock
        ("2025-10-09T00:00+00:00", 1),
        ("2025-10-10", 0),  # dated ahead
    ],
)
def test_a_day_begins_where_its_publisher_is(published: str, hours: int):
    assert compute_time_to_alert(ToldAlert(published, "cn-mofcom", NOW)) == timedelta(hours=hours)
