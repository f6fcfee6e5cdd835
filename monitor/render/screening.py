"""What of an alert touches the reader's own watch list: said first, with the reason; what is none is said too."""

from collections.abc import Iterator, Sequence

from monitor.model import Touch, Touches
from monitor.render import dates, words
from monitor.render.parts import Line, Table
from monitor.render.text import cut, listed

NAMED = 3
SHOWN = 8
RELATIONS = {"own": "your own", "supplier": "supplier", "customer": "customer", "product": "product", "part": "part"}


def headline(touches: Touches | None) -> str:
    """`2 of 14 touch your watch list`; nothing where none does."""
    if touches is None or not touches.sure:
        return ""
    count = len({touch.subject for touch in touches.sure})
    return f"{count:,} of {touches.listed:,} {'touches' if count == 1 else 'touch'} your watch list"


def summary(touches: Touches | None) -> str:
    """The same as a sentence, with the names; that none touches, where there is a list."""
    if touches is None:
        return ""
    return " ".join(filter(None, (_held(touches), _unread(touches))))


def _unread(touches: Touches) -> str:
    """That the answer is of a part of the list only."""
    return f"Your watch list could not be read whole: {'; '.join(touches.unread)}." if touches.unread else ""


def _held(touches: Touches) -> str:
    if touches.unread and not touches.names + touches.products:
        return ""
    if touches.sure:
        names = [f"{cut(touch.subject, 60)} ({_ours(touch)})" for touch in touches.sure[:NAMED]]
        more = [f"{len(touches.sure) - NAMED:,} more"] if len(touches.sure) > NAMED else []
        return f"{headline(touches)}: {listed([*names, *more])}."
    none = f"Touches none of your {words.things(touches.names, 'name')}, {words.things(touches.products, 'product')}"
    return f"{none}; {len(touches.possible):,} possible." if touches.possible else f"{none}."


def lines(touches: Touches | None) -> Iterator[Line]:
    """Each match with its kind, its score and the reason; what a person should look at; what a person dismissed."""
    if touches is None:
        return
    yield from (Line("Touches you", _match(touch)) for touch in touches.sure[:SHOWN])
    if len(touches.sure) > SHOWN:
        yield Line("Touches you", f"and {len(touches.sure) - SHOWN:,} more of your watch list")
    yield from (Line("Not held against", text) for text in touches.unread)
    if not touches.sure and (touches.names + touches.products or not touches.unread):
        yield Line("Touches you", _held(touches).removeprefix("Touches ").partition(";")[0].rstrip("."))
    yield from (Line("Please look", _match(touch)) for touch in touches.possible[:SHOWN])
    if len(touches.possible) > SHOWN:
        yield Line("Please look", f"and {len(touches.possible) - SHOWN:,} more that may be of your watch list")
    yield from (Line("Not yours", _dismissed(touch)) for touch in touches.dismissed[:SHOWN])


def table(touches: Touches) -> Table:
    """All matches of a changed list against history."""
    rows = tuple(
        (touch.entry, touch.subject, touch.kind, f"{touch.score:.2f}", touch.verdict, touch.reason) for touch in touches.found
    )
    return Table("Matches", ("Yours", "Listed", "Kind", "Score", "Verdict", "Reason"), rows)


def looked_back(touches: Touches) -> str:
    """What a changed watch list touches of all that was listed before, in a sentence."""
    entries = list(dict.fromkeys(touch.entry for touch in (*touches.sure, *touches.possible)))
    names = listed([*(cut(name, 60) for name in entries[:NAMED]), *_more(entries)])
    return (
        f"Your watch list has changed; held against {touches.listed:,} names and items on record, {names}"
        f" {'is' if len(entries) == 1 else 'are'} or may be listed."
    )


def _more(entries: Sequence[str]) -> list[str]:
    return [f"{len(entries) - NAMED:,} more"] if len(entries) > NAMED else []


def _match(touch: Touch) -> str:
    return f"{touch.subject} is {_ours(touch)}: {touch.kind}, {touch.score:.2f}; {touch.reason}"


def _ours(touch: Touch) -> str:
    owner = f", {touch.owner}" if touch.owner else ""
    return f"{RELATIONS.get(touch.relation, touch.relation)} {cut(touch.entry, 60)}{owner}"


def _dismissed(touch: Touch) -> str:
    day = dates.day(touch.dismissed_at)
    undo = f"monitor watch undismiss '{touch.key}' '{cut(touch.subject, 60)}'"
    return f"{touch.subject} is not {_ours(touch)}, says {touch.dismissed_by} ({day}); to undo: {undo}"
