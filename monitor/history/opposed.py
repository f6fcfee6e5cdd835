"""Two laws at once: what forbids to obey a foreign measure, and the foreign measure itself, found by the names in both.

Nothing is concluded from it: both are put side by side, each in its own words.
"""

from collections.abc import Iterable, Iterator

from sqlmodel import Session, col, select

from monitor import vocabulary
from monitor.alert.event import names_of
from monitor.alert.notice import Side
from monitor.history import watched
from monitor.history.acts import event_of
from monitor.history.tables import MarkRow
from monitor.model import Announcement, Edition, Entity, Fact, Measure, RowAction
from monitor.vocabulary.letters import bare
from monitor.vocabulary.registers import BLOCKED

AT_ONCE = 500


def opposed(session: Session, about: Fact | Edition | None) -> tuple[tuple[Side, Side], ...]:
    """For each firm of an act or an edition what forbids to obey, and what that must not be obeyed; mostly there is none."""
    if isinstance(about, Announcement):
        protecting = [measure for measure in about.measures if measure.register == BLOCKED.code and measure.entities]
        if protecting:
            return tuple(_against(session, about, protecting))
    if isinstance(about, Announcement | Edition):
        return tuple(_protected(session, list(_demanding(about))))
    return ()


def _against(session: Session, act: Announcement, measures: Iterable[Measure]) -> Iterator[tuple[Side, Side]]:
    """The firms that an order protects and that stand on a register of another country."""
    forbids = {name: side for measure in measures for name, side in _sides(act, measure)}
    for record in watched.on_record(session):
        if isinstance(record.subject, Entity) and _foreign(record.register) and not record.gone:
            name = next((name for name in names_of([record.subject]) if name in forbids), None)
            if name:
                demands = Side(forbids[name].name, record.register, record.subject.quote, record.since[:10], record.url)
                yield forbids[name], demands


def _protected(session: Session, demanding: list[tuple[str, Side]]) -> Iterator[tuple[Side, Side]]:
    """What forbids to obey that which lists them, where an order on record protects one of them."""
    demands = dict(demanding)
    names = sorted(demands)
    for start in range(0, len(names), AT_ONCE):
        marked = col(MarkRow.name).in_(names[start : start + AT_ONCE])
        events = session.exec(select(MarkRow.event).where(MarkRow.about == BLOCKED.code, marked).distinct()).all()
        acts = (act for key in sorted(events) if (event := event_of(session, key)) for act in event.acts)
        for name, forbids in (pair for act in acts for measure in act.measures for pair in _sides(act, measure)):
            if name in demands and forbids.register == BLOCKED.code:
                yield forbids, demands[name]


def _demanding(about: Announcement | Edition) -> Iterator[tuple[str, Side]]:
    """Whom an act or an edition of another country lists."""
    if isinstance(about, Announcement):
        listing = (measure for measure in about.measures if _foreign(measure.register or ""))
        yield from (pair for measure in listing for pair in _sides(about, measure))
    elif _foreign(about.register):
        for change in about.changes:
            if change.action is not RowAction.REMOVE:
                quote = change.entity.quote if change.entity else ""
                yield bare(change.name), Side(change.name, about.register, quote or change.name, about.published or "", about.url)


def _sides(act: Announcement, measure: Measure) -> Iterator[tuple[str, Side]]:
    for entity in measure.entities:
        printed = next(iter(entity.names.values()), "")
        side = Side(printed, measure.register or "", measure.quote, act.published or "", act.url)
        yield from ((name, side) for name in names_of([entity]))


def _foreign(register: str) -> bool:
    known = vocabulary.current().registers.get(register)
    return known is not None and known.country != BLOCKED.country
