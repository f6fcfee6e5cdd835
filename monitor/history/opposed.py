"""Two laws at once: what forbids to obey a foreign measure, and the foreign measure itself, found by the names in both.

Nothing is concluded from it: both are put side by side, each in its own words.
"""

from collections.abc import Iterable, Iterator, Sequence

from sqlmodel import Session, col, select

from monitor import vocabulary
from monitor.alert.event import names_of
from monitor.alert.notice import Side
from monitor.history import watched
from monitor.history.acts import event_of
from monitor.history.columns import parts
from monitor.history.tables import MarkRow
from monitor.model import Announcement, Edition, Entity, Fact, Measure, RowAction
from monitor.vocabulary.letters import bare
from monitor.vocabulary.registers import BLOCKED


def opposed(session: Session, about: Fact | Edition | None) -> tuple[tuple[Side, Side], ...]:
    """For each firm of an act or an edition what forbids to obey, and what that must not be obeyed; mostly there is none."""
    if isinstance(about, Announcement):
        return of_acts(session, [about])
    return tuple(_protected(session, list(_demanding(about)))) if isinstance(about, Edition) else ()


def of_acts(session: Session, acts: Iterable[Announcement]) -> tuple[tuple[Side, Side], ...]:
    """The same of many acts, each pair once; what is on record is read once, however many they are."""
    acts = list(acts)
    orders = [act for act in acts if _protects(act)]
    against = _against(session, orders) if orders else ()
    demanding = [pair for act in acts if not _protects(act) for pair in _demanding(act)]
    return tuple(dict.fromkeys([*against, *_protected(session, demanding)]))


def _protects(act: Announcement) -> bool:
    return any(measure.register == BLOCKED.code and measure.entities for measure in act.measures)


def _against(session: Session, orders: Sequence[Announcement]) -> Iterator[tuple[Side, Side]]:
    """The firms that orders protect and that stand on a register of another country."""
    blocking = [(order, measure) for order in orders for measure in order.measures if measure.register == BLOCKED.code]
    forbids = _by_name(pair for order, measure in blocking for pair in _sides(order, measure))
    for record in watched.on_record(session):
        if isinstance(record.subject, Entity) and _foreign(record.register) and not record.gone:
            name = next((name for name in names_of([record.subject]) if name in forbids), None)
            if name:
                subject, since = record.subject, record.since[:10]
                for side in forbids[name]:
                    yield side, Side(side.name, record.register, subject.quote, since, record.url)


def _protected(session: Session, demanding: list[tuple[str, Side]]) -> Iterator[tuple[Side, Side]]:
    """What forbids to obey that which lists them, where an order on record protects one of them."""
    demands = _by_name(demanding)
    for some in parts(sorted(demands)):
        marked = col(MarkRow.name).in_(some)
        events = session.exec(select(MarkRow.event).where(MarkRow.about == BLOCKED.code, marked).distinct()).all()
        acts = (act for key in sorted(events) if (event := event_of(session, key)) for act in event.acts)
        for name, forbids in (pair for act in acts for measure in act.measures for pair in _sides(act, measure)):
            if forbids.register == BLOCKED.code:
                yield from ((forbids, side) for side in demands.get(name, ()))


def _by_name(sides: Iterable[tuple[str, Side]]) -> dict[str, list[Side]]:
    by_name: dict[str, list[Side]] = {}
    for name, side in sides:
        by_name.setdefault(name, []).append(side)
    return by_name


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
