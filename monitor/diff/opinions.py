"""Compare the grammar's reading of an act with a second reader's. No I/O."""

from monitor.model import DIRECTION, Action, Announcement, Entity, Item, Measure, Opinion, Unread
from monitor.vocabulary.letters import folded


def add_doubts(act: Announcement, opinion: Opinion) -> Announcement:
    """Add a second reader's contradictions to the act, which then counts as partly unparsed."""
    doubts = list_disagreements(act, opinion)
    understood = "part" if doubts and act.understood == "full" else act.understood
    return act.replace(understood=understood, not_read=(*act.not_read, *doubts))


def list_disagreements(act: Announcement, opinion: Opinion) -> tuple[Unread, ...]:
    """Find opposite statements of both readers on a subject or an earlier act; with both quotes."""
    ours, theirs = _map_actions(act.measures), _map_actions(opinion.measures)
    return tuple(
        Unread(
            what=DIRECTION,
            why=(
                f"a second reader ({opinion.model}) says {their.action} of {name}, the grammar"
                f" {our.action}: “{our.quote}”"
            ),
            quote=their.quote,
        )
        for name, our in ours.items()
        if (their := theirs.get(name)) and _sign(their.action) * _sign(our.action) < 0
    )


def list_new(act: Announcement, opinion: Opinion) -> tuple[Measure, ...]:
    """The measures of an opinion with what the grammar did not read: only that is worth a
    person's look.
    """
    known = {(name, _sign(measure.action)) for name, measure in _map_actions(act.measures).items()}
    found = (
        (
            measure,
            any((name, _sign(measure.action)) not in known for name in _list_names(measure)),
        )
        for measure in opinion.measures
    )
    acted = {measure.action for measure in act.measures}
    return tuple(
        measure
        for measure, is_new in found
        if is_new or (not _list_names(measure) and measure.action not in acted)
    )


def _map_actions(measures: tuple[Measure, ...]) -> dict[str, Measure]:
    """Map names to the action on them; a name with two actions is left out, because the right one
    is unsure.
    """
    deeds: dict[str, Measure] = {}
    twice: set[str] = set()
    for measure in measures:
        for name in _list_names(measure):
            twice |= (
                {name}
                if name in deeds and _sign(deeds[name].action) != _sign(measure.action)
                else set()
            )
            deeds.setdefault(name, measure)
    return {name: measure for name, measure in deeds.items() if name not in twice}


def _list_names(measure: Measure) -> set[str]:
    subjects: tuple[Entity | Item, ...] = (*measure.entities, *measure.items)
    return {folded(name) for subject in subjects for name in subject.names.values()} | {
        act.key for act in measure.amends
    }


def _sign(action: Action) -> int:
    """Return whether a deed burdens (1), lifts (-1), or may do either (0)."""
    lifts = (Action.REMOVE, Action.REPEAL, Action.SUSPEND)
    return (action in (Action.ADD, Action.RESTRICT, Action.RESUME)) - (action in lifts)
