"""A notice as JSON, for whatever reads alerts instead of a person. Pure."""

from typing import Any

import msgspec

from monitor.alert.notice import Notice
from monitor.model import Severity
from monitor.render.alert import Alert


def notice_as_json(notice: Notice, alert: Alert) -> dict[str, Any]:
    """The notice as JSON; what is absent is left out."""
    fact = notice.act or notice.report or notice.edition or notice.page or notice.reminder
    whole = {
        "at": notice.first_seen,
        "key": notice.key,
        "kind": str(notice.kind),
        "source": notice.source,
        "authority": notice.authority,
        "event": notice.event or (notice.acts[0].key if notice.acts else None),
        "thread": alert.thread,
        "headline": alert.headline,
        "summary": alert.summary,
        "status": list(alert.status),
        "facts": msgspec.to_builtins(fact) if fact else None,
        "before": msgspec.to_builtins(notice.before) if notice.before else None,
        "not_read": list(alert.not_read),
        "back_dated": [msgspec.to_builtins(late) for late in notice.back_dated],
        "evidence": msgspec.to_builtins(notice.evidence) if notice.evidence else None,
        "problem": msgspec.to_builtins(notice.problem) if notice.problem else None,
        "trouble": msgspec.to_builtins(notice.trouble) if notice.trouble else None,
        "touches": msgspec.to_builtins(notice.touches) if notice.touches else None,
        "severity": notice.severity if notice.severity is not Severity.NORMAL else None,
        "repeated": notice.repeated,
    }
    return {name: value for name, value in whole.items() if value}
