"""Two laws in conflict: an order not to obey a foreign measure, and that measure, found by shared
names. The message draws no conclusion: it shows both, each in its own words.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from monitor import vocabulary
from monitor.alert.event import Side, list_event_names
from monitor.model import Announcement, Edition, Entity, Fact, Measure, RowAction
from monitor.store import watched
from monitor.store.acts import load_event
from monitor.store.columns import chunk_values
from monitor.store.session import Session
from monitor.store.tables import MarkRow
from monitor.vocabulary.letters import bare
from monitor.vocabulary.registers import BLOCKED


def find_conflicts(session: Session, about: Fact | Edition | None) -> tuple[tuple[Side, Side], ...]:
    """Find conflicts for the firms of an act or edition: orders to disobey the measures against
    them. Mostly there are none.
    """
    if isinstance(about, Announcement):
        return find_conflicts_of_acts(session, [about])
    return (
        tuple(_find_listing_protected(session, list(_list_demanding(about))))
        if isinstance(about, Edition)
        else ()
    )


def find_conflicts_of_acts(
    session: Session, acts: Iterable[Announcement]
) -> tuple[tuple[Side, Side], ...]:
    """Find the conflicts of many acts, each pair once; the records are read only once."""
    acts = list(acts)
    orders = [act for act in acts if _is_blocking(act)]
    against = _find_protected_listed(session, orders) if orders else ()
    demanding = [pair for act in acts if not _is_blocking(act) for pair in _list_demanding(act)]
    return tuple(dict.fromkeys([*against, *_find_listing_protected(session, demanding)]))


def _is_blocking(act: Announcement) -> bool:
    return any(measure.register == BLOCKED.code and measure.entities for measure in act.measures)


def _find_protected_listed(
    session: Session, orders: Sequence[Announcement]
) -> Iterator[tuple[Side, Side]]:
    """Find firms that orders protect and another country's register lists."""
    blocking = [
        (order, measure)
        for order in orders
        for measure in order.measures
        if measure.register == BLOCKED.code
    ]
    forbids = _group_by_name(
        pair for order, measure in blocking for pair in _list_sides(order, measure)
    )
    for record in watched.iterate_on_record(session):
        if isinstance(record.subject, Entity) and _is_foreign(record.register) and not record.gone:
            name = next(
                (name for name in list_event_names([record.subject]) if name in forbids), None
            )
            if name:
                subject, since = record.subject, record.since[:10]
                for side in forbids[name]:
                    yield side, Side(side.name, record.register, subject.quote, since, record.url)


def _find_listing_protected(
    session: Session, demanding: list[tuple[str, Side]]
) -> Iterator[tuple[Side, Side]]:
    """Find orders that forbid to obey this list, if one on record protects a listed firm."""
    demands = _group_by_name(demanding)
    for some in chunk_values(sorted(demands)):
        marked = MarkRow.name.in_(some)
        events = session.list_values(MarkRow.event, marked, distinct=True, about=BLOCKED.code)
        acts = (
            act
            for key in sorted(events)
            if (event := load_event(session, key))
            for act in event.acts
        )
        for name, forbids in (
            pair for act in acts for measure in act.measures for pair in _list_sides(act, measure)
        ):
            if forbids.register == BLOCKED.code:
                yield from ((forbids, side) for side in demands.get(name, ()))


def _group_by_name(sides: Iterable[tuple[str, Side]]) -> dict[str, list[Side]]:
    by_name = defaultdict[str, list[Side]](list)
    for name, side in sides:
        by_name[name].append(side)
    return by_name


def _list_demanding(about: Announcement | Edition) -> Iterator[tuple[str, Side]]:
    """List the names on an act or register edition of another country."""
    if isinstance(about, Announcement):
        listing = (measure for measure in about.measures if _is_foreign(measure.register or ""))
        yield from (pair for measure in listing for pair in _list_sides(about, measure))
    elif _is_foreign(about.register):
        for change in about.changes:
            if change.action is not RowAction.REMOVE:
                quote = change.entity.quote if change.entity else ""
                yield (
                    bare(change.name),
                    Side(
                        change.name,
                        about.register,
                        quote or change.name,
                        about.published or "",
                        about.url,
                    ),
                )


def _list_sides(act: Announcement, measure: Measure) -> Iterator[tuple[str, Side]]:
    for entity in measure.entities:
        printed = next(iter(entity.names.values()), "")
        side = Side(printed, measure.register or "", measure.quote, act.published or "", act.url)
        yield from ((name, side) for name in list_event_names([entity]))


def _is_foreign(register: str) -> bool:
    known = vocabulary.current().registers.get(register)
    return known is not None and known.country != BLOCKED.country
