"""Reports, editions and late acts are told in the thread of what they belong to, among many others."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from happenings import act, edition, happened, record, record_edition, report

from monitor.alert.event import NoticeKind
from monitor.store import ALERTS, History, notices, outbox

NOW = datetime(2025, 10, 20, 1, 0, tzinfo=UTC)


def test_among_many_the_report_and_the_edition_are_told_in_the_thread_of_their_act(tmp_path: Path):
    with History(tmp_path) as history:
        happened(history, 300, NOW)
        record(history, report(250, "2025-10-10", 250), NOW)
        record_edition(history, edition(250, 250), NOW)

        told = [
            history(notices.compose_notice, owed.id)
            for owed in history(outbox.list_pending, ALERTS)
        ]

    assert [(notice.kind, notice.event) for notice in told] == [
        (NoticeKind.PRESS, "uel-2025-250"),
        (NoticeKind.EDITION, "uel-2025-250"),
    ]


def test_a_late_act_is_told_in_the_thread_of_its_early_signs(tmp_path: Path):
    with History(tmp_path) as history:
        happened(history, 40, NOW)
        record(history, report(777, "2025-11-20", 777), NOW)
        record_edition(history, edition(888, 888), NOW)
        later = NOW + timedelta(hours=1)
        record(history, act(777, "2025-11-20"), later)
        record(history, act(888, "2025-11-20"), later + timedelta(hours=1))

        told = {
            owed.key
            for owed in history(outbox.list_pending, ALERTS)
            if owed.kind is NoticeKind.EFFECT
        }

    assert {
        "press:https://news.example/777:effect:uel-2025-777",
        "edition-888:effect:uel-2025-888",
    } <= told
    assert "edition-888:effect:uel-2025-777" not in told
