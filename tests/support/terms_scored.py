"""Hold the terms that were read of acts against labels made by hand, kind by kind.

A text begins with `# ID …what it is… [authority]`; below are a title, a blank line and the text, and
behind `=>` its labels: `kind policy | number unit | quote`, `-` for no number. A label that begins
with `maybe` may be read or not, as each of its kinds. One that begins with `not` is known to be
missed; `beside` tells what is read and should not be.

A label is found by a read term of its kind, number and policy whose quote overlaps its own. A read
term is right where a label allows it.
"""

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement, Term

SHARED = 12  # characters that two quotes of one sentence have in common, at least
MARKS = ("maybe", "not", "beside")


@dataclass(frozen=True)
class Label:
    """What a text says: of which kind, with which number, in which words."""

    kinds: tuple[str, ...]
    policy: str
    number: str
    quote: str
    mark: str = ""


@dataclass(frozen=True)
class Act:
    """A text and its labels."""

    name: str
    authority: str
    page: str
    labels: tuple[Label, ...] = field(default=())

    @property
    def due(self) -> list[Label]:
        """The labels that should be found."""
        return [label for label in self.labels if label.mark in ("", "not")]


def load(path: Path) -> list[Act]:
    """The labelled acts of a file."""
    cases = ("\n\n" + path.read_text(encoding="utf-8")).split("\n\n# ")[1:]
    return [_act(case) for case in cases]


def _act(case: str) -> Act:
    head, _, rest = case.partition("\n")
    page, _, labels = rest.partition("\n=>\n")
    name, _, authority = head.rstrip("]").rpartition(" [")
    return Act(name, authority, page, tuple(map(_label, labels.strip().splitlines())))


def _label(line: str) -> Label:
    what, number, quote = line.split(" | ", 2)
    words = what.split()
    mark = words.pop(0) if words[0] in MARKS else ""
    policy = "" if mark == "maybe" else " ".join(words[1:])
    kinds = tuple(words) if mark == "maybe" else (words[0],)
    return Label(kinds, policy, "" if number == "-" else number, quote, mark)


def read_terms(act: Act) -> list[Term]:
    """The terms that are read of an act, each once."""
    facts = extract.understand(read_text(act.page), authority=act.authority or None)
    acts = (fact for fact in facts if isinstance(fact, Announcement))
    terms = (
        term
        for each in acts
        for term in chain(each.terms, *(measure.terms for measure in each.measures))
    )
    return list(dict.fromkeys(terms))


def number_of(term: Term) -> str:
    """The number and unit of a term as a label writes them."""
    if term.value is None:
        return ""
    value = term.value if isinstance(term.value, str) else f"{term.value:.10g}"
    return f"{value} {term.unit}"


def finds(term: Term, label: Label, *, loosely: bool = False) -> bool:
    """Whether a term says what a label does; `loosely` it may leave out its number and policy."""
    numbers = {"", number_of(term)} | ({label.number} if loosely and term.value is None else set())
    policies = {"", term.policy or ""} | ({label.policy} if loosely and not term.policy else set())
    same = label.number in numbers and label.policy in policies
    return same and term.kind in label.kinds and _overlap(term.quote, label.quote)


def _overlap(one: str, other: str) -> bool:
    one, other = _bare(one), _bare(other)
    pieces = (one[at : at + SHARED] for at in range(len(one) - SHARED + 1))
    return one in other or other in one or any(piece in other for piece in pieces)


def _bare(words: str) -> str:
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", words)).lower()


def find_missed(act: Act, read: Sequence[Term]) -> Iterator[Label]:
    """The labels that no read term finds; each term finds one, first those that say the most."""
    free = list(read)
    for label in sorted(act.due, key=lambda label: not (label.number or label.policy)):
        match = next((term for term in free if finds(term, label)), None)
        if match:
            free.remove(match)
        else:
            yield label


def find_wrong(act: Act, read: Sequence[Term]) -> Iterator[Term]:
    """The read terms that no label allows."""
    allowed = [label for label in act.labels if label.mark != "beside"]
    for term in read:
        if not any(finds(term, label, loosely=True) for label in allowed):
            yield term


def score(acts: Sequence[Act]) -> dict[str, Counter[str]]:
    """How many terms of each kind are labelled, missed, read and wrong."""
    counts: dict[str, Counter[str]] = {}
    for act in acts:
        read = read_terms(act)
        for label in act.due:
            counts.setdefault(label.kinds[0], Counter())["labelled"] += 1
        for label in find_missed(act, read):
            counts[label.kinds[0]]["missed"] += 1
        for term in read:
            counts.setdefault(term.kind, Counter())["read"] += 1
        for term in find_wrong(act, read):
            counts[term.kind]["wrong"] += 1
    return counts


def format_score(counts: dict[str, Counter[str]]) -> Iterator[str]:
    """Recall and precision, all together and by kind."""
    total = sum(counts.values(), Counter())
    for kind, counted in {"all": total, **counts}.items():
        recall = 1 - counted["missed"] / (counted["labelled"] or 1)
        precision = 1 - counted["wrong"] / (counted["read"] or 1)
        labelled = f"{counted['labelled']} labelled, {counted['read']} read"
        yield f"{kind:12} recall {recall:.2f}  precision {precision:.2f}  {labelled}"


if __name__ == "__main__":
    for path in sys.argv[1:]:
        sys.stdout.write("\n".join(format_score(score(load(Path(path))))) + "\n")
