"""A change of a watched page: which words came and which went, in a line each; never a screenful, and never told as an act."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from monitor.model import PageChange, Rewording
from monitor.render import words
from monitor.render.text import cut, listed
from monitor.render.words import Line
from monitor.vocabulary.letters import SPACELESS_RANGE

SHOWN = 10  # parts that a message shows
LONGEST = 300  # characters of a part that came or went
AROUND = 5  # words shown beside those that differ
MOST_COMPARED = 1_000_000  # pairs of words; beyond, the two wordings are shown beside each other
# A character of a script without spaces, a word or a number with what joins its parts, a mark, or space: a comma that comes
# behind a word makes no other word of it.
TOKEN = re.compile(rf"[{SPACELESS_RANGE}]|[^\W{SPACELESS_RANGE}]+(?:[.,:/'’-][^\W{SPACELESS_RANGE}]+)*|[^\w\s]|\s+")


def headline(change: PageChange) -> str:
    """Which page, and its first words that are new."""
    name = change.page.partition(":")[2]
    if change.new:
        return f"{name}: new page: {change.title or change.url}"
    first = next(iter(_in_order(change)), None)
    return f"{name} changed: {_words(first) if first and first.after else counted(change)}"


def summary(change: PageChange) -> str:
    """How much of it changed; that it is nobody's act."""
    if change.new:
        return "A page it links to that was not there before; it begins as follows."
    title = f"“{cut(change.title, 80)}”" if change.title else "The page"
    return f"{title}: {counted(change)}. What changed is the page; whether it is an act, read there."


def counted(change: PageChange) -> str:
    """`2 parts added, 1 part reworded`."""
    numbers = Counter(_done(wording) for wording in change.rewordings)
    told = [f"{words.things(numbers[done], 'part')} {done}" for done in ("added", "reworded", "removed") if numbers[done]]
    return listed([*told, *([f"{change.more:,} more"] if change.more else [])])


def _done(wording: Rewording) -> str:
    return "added" if not wording.before else "removed" if not wording.after else "reworded"


def facts(change: PageChange) -> Iterator[Line]:
    """A line for each part: what came first, since it is what people look for, then what reads otherwise, then what went."""
    wordings = _in_order(change)
    for wording in wordings[:SHOWN]:
        yield _line(wording, label="" if change.new else _done(wording).capitalize())
    if left_out := len(wordings[SHOWN:]) + change.more:
        yield Line("", f"… and {words.things(left_out, 'more part')}; the page as it was is kept")


def _in_order(change: PageChange) -> Sequence[Rewording]:
    order = ("added", "reworded", "removed")
    return sorted(change.rewordings, key=lambda wording: order.index(_done(wording)))


def _words(wording: Rewording) -> str:
    if wording.before and wording.after:
        return difference(wording.before, wording.after)
    return cut(wording.after or wording.before, LONGEST)


def _line(wording: Rewording, label: str) -> Line:
    name = f"{cut(wording.id, 60)}: " if wording.id and wording.id != wording.url and wording.id not in wording.after else ""
    return Line(label, name + _words(wording), wording.url)


def difference(before: str, after: str) -> str:
    """Both wordings as one, only with what stands beside the words that differ: `… a licence from [-1 May-] [+1 June+] on …`."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    if len(old) * len(new) > MOST_COMPARED:
        return f"[-{cut(before, LONGEST)}-] [+{cut(after, LONGEST)}+]"
    steps = _smoothed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes(), old)
    pieces = [_piece(step, old, new, first=at == 0, last=at == len(steps) - 1) for at, step in enumerate(steps)]
    return cut("".join(pieces).strip(), 2 * LONGEST)


Step = tuple[str, int, int, int, int]


def _smoothed(steps: Sequence[Step], old: Sequence[str]) -> list[Step]:
    """Changes that only a space parts are one."""
    smooth: list[Step] = []
    for step in steps:
        kind, first, last, start, end = step
        blank = kind == "equal" and not "".join(old[first:last]).strip()
        if smooth and smooth[-1][0] != "equal" and (kind != "equal" or blank):
            _, before, _, since, _ = smooth[-1]
            smooth[-1] = ("replace", before, last, since, end)
        else:
            smooth.append((kind, first, last, start, end))
    return smooth


def _piece(step: Step, old: Sequence[str], new: Sequence[str], *, first: bool, last: bool) -> str:
    kind, begins, ends, since, until = step
    if kind == "equal":
        return _context(old[begins:ends], first=first, last=last)
    went, came = "".join(old[begins:ends]), "".join(new[since:until])
    lead = " " if (went or came)[:1].isspace() else ""
    tail = " " if (came or went)[-1:].isspace() else ""
    marked = [
        f"[-{cut(went.strip(), LONGEST // 2)}-]" if went.strip() else "",
        f"[+{cut(came.strip(), LONGEST // 2)}+]" if came.strip() else "",
    ]
    return f"{lead}{' '.join(filter(None, marked))}{tail}"


def _context(equal: Sequence[str], *, first: bool, last: bool) -> str:
    """The words next to a change; those further off are left out."""
    near = 2 * AROUND  # a word and its space
    if len(equal) <= 2 * near + 1 and not (first or last):  # all that could be left out is a space
        return "".join(equal)
    head = "" if first else "".join(equal[:near])
    tail = "" if last else "".join(equal[-near:])
    gap = "… " if first and len(equal) > near else " …" if last and len(equal) > near else " … " if not (first or last) else ""
    return f"{head}{gap}{tail}"
