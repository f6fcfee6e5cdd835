"""Any acts that do anything to each other, for laws that hold of all of them."""

from datetime import date, timedelta

import msgspec
from acts import UEL, entity
from hypothesis import strategies as st
from statutes import act, measure

from monitor.model import Announcement, Item
from monitor.timeline import Lifecycle, Timeline

ACTIONS = st.sampled_from(
    ["add", "suspend", "resume", "repeal", "remove", "replace", "amend", "restrict"]
)
DAYS = st.integers(0, 40).map(lambda days: (date(2025, 11, 1) + timedelta(days=days)).isoformat())
KEYS = [f"mofcom-2025-{number}" for number in range(1, 7)]
TARGETS = st.lists(
    st.sampled_from([*KEYS, "mofcom-2025-1 二", "mofcom-2025-2 一(三)", "unseen-2024-1"]),
    max_size=2,
    unique=True,
)
NAMES = st.lists(st.sampled_from(["Dedrone", "Epirus", "Teledyne"]), max_size=2, unique=True)
CODES = st.lists(st.sampled_from(["1C909", "1C909.a", "2B001"]), max_size=1)
PLACES = st.lists(st.sampled_from(["US", "JP"]), max_size=1)
MEASURES = st.builds(
    lambda action, targets, starts, ends, register, names, codes, places: measure(
        action,
        *targets,
        starts=starts,
        ends=ends,
        register=register,
        entities=tuple(entity(name) for name in names),
        items=tuple(Item(names={"en": f"goods {code}"}, codes=(code,)) for code in codes),
        destinations=tuple(places),
    ),
    ACTIONS,
    TARGETS,
    st.one_of(st.just(""), DAYS),
    st.one_of(st.just(""), DAYS),
    st.sampled_from([None, UEL]),
    NAMES,
    CODES,
    PLACES,
)


@st.composite
def statute_books(draw: st.DrawFn) -> list[Announcement]:
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, unique=True))
    return [act(key, *draw(st.lists(MEASURES, max_size=2)), published=draw(DAYS)) for key in keys]


def told(line: Timeline) -> list[object]:
    """A timeline as plain values."""
    return list(map(life, line.lifecycles))


def life(lifecycle: Lifecycle) -> object:
    """A life as plain values."""
    spans = [
        (
            span.since,
            span.until,
            span.status,
            span.why,
            span.last,
            [cause.act.key for cause in span.because],
        )
        for span in lifecycle.spans
    ]
    named = msgspec.to_builtins((lifecycle.entities, lifecycle.items, lifecycle.destinations))
    return lifecycle.act.key, lifecycle.clauses, lifecycle.apart, named, lifecycle.seen, spans
