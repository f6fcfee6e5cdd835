"""What of an alert touches the reader's own watch list: said first, with the reason; what is none is said too."""

from collections.abc import Iterator, Sequence

from monitor.model import Match, ScreeningResult
from monitor.render import dates, words
from monitor.render.parts import Line, Table
from monitor.render.text import cut, listed

NAMED = 3
SHOWN = 8
RELATIONS = {"own": "your own", "supplier": "supplier", "customer": "customer", "product": "product", "part": "part"}


def headline(touches: ScreeningResult | None) -> str:
    """`2 of 14 touch your watch list`; nothing where none does."""
    if touches is None or not touches.sure:
        return ""
    count = len({match.subject for match in touches.sure})
    return f"{count:,} of {touches.listed:,} {'touches' if count == 1 else 'touch'} your watch list"


def summary(touches: ScreeningResult | None, understood: str = "full") -> str:
    """The same as a sentence, with the names; that none touches, where there is a list.

    `understood` says of how much of the act that can be said: of one that was not understood nothing.
    """
    if touches is None:
        return ""
    return " ".join(filter(None, (_held(touches, understood), _unread(touches))))


def _unread(touches: ScreeningResult) -> str:
    """That the answer is of a part of the list only."""
    return f"Your watch list could not be read whole: {'; '.join(touches.unread)}." if touches.unread else ""


def _held(touches: ScreeningResult, understood: str) -> str:
    if touches.unread and not touches.names + touches.products:
        return ""
    if touches.sure:
        names = [f"{cut(match.subject, 60)} ({_ours(match)})" for match in touches.sure[:NAMED]]
        more = [f"{len(touches.sure) - NAMED:,} more"] if len(touches.sure) > NAMED else []
        return f"{headline(touches)}: {listed([*names, *more])}."
    yours = f"{words.things(touches.names, 'name')}, {words.things(touches.products, 'product')}"
    if understood == "none" and not touches.possible:
        return f"Whether it touches your {yours} is not known: it was not understood."
    none = f"Touches none of your {yours}{' in what could be read' if understood != 'full' else ''}"
    return f"{none}; {len(touches.possible):,} possible." if touches.possible else f"{none}."


def lines(touches: ScreeningResult | None, understood: str = "full") -> Iterator[Line]:
    """Each match with its kind, its score and the reason; what a person should look at; what a person dismissed."""
    if touches is None:
        return
    yield from (Line("Touches you", _match(match)) for match in touches.sure[:SHOWN])
    if len(touches.sure) > SHOWN:
        yield Line("Touches you", f"and {len(touches.sure) - SHOWN:,} more of your watch list")
    yield from (Line("Not held against", text) for text in touches.unread)
    if not touches.sure and (touches.names + touches.products or not touches.unread):
        held = _held(touches, understood).removeprefix("Touches ").removeprefix("Whether it touches ")
        yield Line("Touches you", held.partition(";")[0].rstrip("."))
    yield from (Line("Please look", _match(match)) for match in touches.possible[:SHOWN])
    if len(touches.possible) > SHOWN:
        yield Line("Please look", f"and {len(touches.possible) - SHOWN:,} more that may be of your watch list")
    yield from (Line("Not yours", _dismissed(match)) for match in touches.dismissed[:SHOWN])


def table(touches: ScreeningResult) -> Table:
    """All matches of a changed list against history."""
    rows = tuple(
        (match.entry, match.subject, match.kind, f"{match.score:.2f}", match.verdict, match.reason) for match in touches.found
    )
    return Table("Matches", ("Yours", "Listed", "Kind", "Score", "Verdict", "Reason"), rows)


def looked_back(touches: ScreeningResult) -> str:
    """What a changed watch list touches of all that was listed before, in a sentence."""
    entries = list(dict.fromkeys(match.entry for match in (*touches.sure, *touches.possible)))
    names = listed([*(cut(name, 60) for name in entries[:NAMED]), *_more(entries)])
    return (
        f"Your watch list has changed; held against {touches.listed:,} names and items on record, {names}"
        f" {'is' if len(entries) == 1 else 'are'} or may be listed."
    )


def _more(entries: Sequence[str]) -> list[str]:
    return [f"{len(entries) - NAMED:,} more"] if len(entries) > NAMED else []


def _match(match: Match) -> str:
    return f"{match.subject} is {_ours(match)}: {match.kind}, {match.score:.2f}; {match.reason}"


def _ours(match: Match) -> str:
    owner = f", {match.owner}" if match.owner else ""
    return f"{RELATIONS.get(match.relation, match.relation)} {cut(match.entry, 60)}{owner}"


def _dismissed(match: Match) -> str:
    day = dates.day(match.dismissed_at)
    undo = f"monitor watch undismiss '{match.key}' '{cut(match.subject, 60)}'"
    return f"{match.subject} is not {_ours(match)}, says {match.dismissed_by} ({day}); to undo: {undo}"
