"""A notice whose foreign text can do nothing but be read: controls, direction marks and invisible characters are gone."""

from dataclasses import replace
from typing import TypeVar

import msgspec

from monitor.alert.notice import BackDated, Freshness, Notice, Trouble, Week
from monitor.config.redact import clean, cleaned
from monitor.model import Value
from monitor.triage.values import Handled

V = TypeVar("V", bound=Value)


def sanitized(notice: Notice) -> Notice:
    """The same notice, clean; its key is ours and stays as it is."""
    return replace(
        notice,
        source=clean(notice.source),
        act=_maybe(notice.act),
        before=_maybe(notice.before),
        elsewhere=_maybe(notice.elsewhere),
        report=_maybe(notice.report),
        edition=_maybe(notice.edition),
        page=_maybe(notice.page),
        reminder=_maybe(notice.reminder),
        evidence=_maybe(notice.evidence),
        touches=_maybe(notice.touches),
        annexes=tuple((clean(title), _value(evidence)) for title, evidence in notice.annexes),
        acts=_each(notice.acts),
        unread=_each(notice.unread),
        screened={key: _value(result) for key, result in notice.screened.items()},
        known={key: _value(act) for key, act in notice.known.items()},
        touched_by=_each(notice.touched_by),
        problem=_maybe(notice.problem),
        meant_for=clean(notice.meant_for),
        sources=_freshness(notice.sources),
        trouble=_trouble(notice.trouble) if notice.trouble else None,
        ahead=_each(notice.ahead),
        why=clean(notice.why),
        again=clean(notice.again),
        back_dated=tuple(map(_late, notice.back_dated)),
        undelivered=tuple((sanitized(message), clean(answer)) for message, answer in notice.undelivered),
        gathered=tuple(map(sanitized, notice.gathered)),
        handled=_handled(notice.handled) if notice.handled else None,
        week=_week(notice.week) if notice.week else None,
    )


def _late(late: BackDated) -> BackDated:
    return replace(late, act=clean(late.act), published=clean(late.published), source=clean(late.source))


def _handled(handled: Handled) -> Handled:
    return replace(handled, by=clean(handled.by), decision=clean(handled.decision), text=clean(handled.text))


def _week(week: Week) -> Week:
    waiting = tuple((sanitized(message), _handled(handled)) for message, handled in week.waiting)
    return replace(week, waiting=waiting, muted=tuple((clean(subject), until) for subject, until in week.muted))


def _trouble(trouble: Trouble) -> Trouble:
    return replace(trouble, since=clean(trouble.since), lasted=clean(trouble.lasted), paths=_freshness(trouble.paths))


def _freshness(sources: tuple[Freshness, ...]) -> tuple[Freshness, ...]:
    return tuple(replace(source, source=clean(source.source), problem=_maybe(source.problem)) for source in sources)


def _each(values: tuple[V, ...]) -> tuple[V, ...]:
    return tuple(_value(value) for value in values)


def _maybe(value: V | None) -> V | None:
    return None if value is None else _value(value)


def _value(value: V) -> V:
    return msgspec.convert(cleaned(msgspec.to_builtins(value)), type(value))
