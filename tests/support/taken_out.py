"""Take each fact out of the reading of acts that are understood in full, and ask whether the account
of the act still closes: then the loss went unnoticed. No labels are needed.

`python -m tests.support.taken_out` prints the figures of the acts in `tests/extract/texts`; behind
it, folders with texts of acts, and `--missed` for what went unnoticed.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from monitor import extract
from monitor.cli.read import read_document
from monitor.document import Document, read_text
from monitor.errors import SourceError
from monitor.extract import account, referee
from monitor.model import Announcement, Measure
from tests.support import terms_scored

TEXTS = Path(__file__).parents[1] / "extract/texts"
PARAGRAPHS = ("known-forms.en", "known-forms.zh", "unknown-forms.en", "unknown-forms.zh")
CASES = ("cases.en", "cases.zh")
MOST = 4  # facts of one kind that are taken out of a measure, one at a time
KINDS = {
    "name": "entities",
    "goods": "items",
    "earlier act": "amends",
    "start": "starts",
    "end": "ends",
}


class Page(NamedTuple):
    """A page with the name of its text, and whose it is."""

    name: str
    document: Document
    authority: str | None = None


class Loss(NamedTuple):
    """A fact that was taken out of an act: its kind and words, and whether that was noticed."""

    act: str
    language: str
    kind: str
    fact: str
    noticed: bool


class Reading(NamedTuple):
    """An act that is understood in full, with what was read of its sentences, and what closes its
    account.
    """

    act: Announcement
    measures: Sequence[Measure]
    close: Callable[[Sequence[Measure]], account.Closed]
    text: str

    def closes(self, measures: Sequence[Measure]) -> bool:
        """Return whether it is understood in full with these measures in the place of its own."""
        closed, left = self.close(measures)
        if not closed:
            return False
        act = self.act.replace(
            measures=tuple(closed),
            understood="part" if left else "full",
            not_read=tuple(left),
            beside=(),
        )
        (judged,) = referee.judge_facts([act], self.text)
        return isinstance(judged, Announcement) and judged.understood == "full"


def list_losses(pages: Iterable[Page]) -> Iterator[Loss]:
    """Take each fact out of the pages' acts that are understood in full."""
    for page in pages:
        if reading := read_in_full(page):
            for kind, fact, measures in list_without(reading.measures):
                noticed = not reading.closes(measures)
                yield Loss(page.name, reading.act.language, kind, fact, noticed)


def read_in_full(page: Page) -> Reading | None:
    """Read the act of a page; None if it prints none, or is understood in part."""
    closings: list[tuple[Sequence[Measure], Callable[[Sequence[Measure]], account.Closed]]] = []
    close_act = account.close_act

    def keep(
        measures: Sequence[Measure], close: Callable[[Sequence[Measure]], account.Closed]
    ) -> account.Closed:
        closings.append((tuple(measures), close))
        return close_act(measures, close)

    with (
        patch.object(account, "close_act", keep),
        patch.object(referee, "judge_facts", wraps=referee.judge_facts) as judged,
    ):
        facts = extract.understand(page.document, authority=page.authority)
    acts = [fact for fact in facts if isinstance(fact, Announcement)]
    if len(acts) != 1 or acts[0].understood != "full" or not closings:
        return None
    measures, close = closings[-1]
    return Reading(acts[0], measures, close, judged.call_args.args[1])


def list_without(measures: Sequence[Measure]) -> Iterator[tuple[str, str, list[Measure]]]:
    """The measures without one fact: its kind, its words, and the others."""
    for place, measure in enumerate(measures):
        before, behind = list(measures[:place]), list(measures[place + 1 :])
        for kind, field in KINDS.items():
            held = getattr(measure, field)
            if not isinstance(held, tuple):
                if held:
                    yield kind, held.on, [*before, measure.replace(**{field: None}), *behind]
                continue
            for at, fact in enumerate(held[:MOST]):
                rest = measure.replace(**{field: (*held[:at], *held[at + 1 :])})
                words = getattr(fact, "key", "") or " ".join(fact.names.values())
                yield kind, words, [*before, rest, *behind]
        if len(measures) > 1:
            yield "measure", f"{measure.action}: {measure.quote}", [*before, *behind]


def list_pages() -> list[Page]:
    """The pages of the texts in tests/extract."""
    read = {path.stem: path.read_text(encoding="utf-8") for path in TEXTS.glob("*.txt")}
    found = [
        (page.partition("\n")[0], page.partition("\n")[2].partition("\n---\n")[0], None)
        for page in read["further-forms"].removeprefix("=== ").split("\n=== ")
    ]
    for name in PARAGRAPHS:
        found += [(page.partition("\n")[0], page, None) for page in read[name].split("\n\n")]
    for name in CASES:
        for case in read[name].split("\n\n# ")[1:]:
            promise, _, page = case.partition("\n=>\n")[0].partition("\n")
            authority = promise.rstrip("]").partition(" [")[2]
            found.append((promise, page, authority or None))
    pages = [Page(name, read_text(text), authority) for name, text, authority in found]
    acts = terms_scored.load(TEXTS / "terms.txt")
    return pages + [Page(each.name, read_text(each.page), each.authority) for each in acts]


def list_files(folders: Iterable[Path]) -> Iterator[Page]:
    """The pages in the files of folders."""
    for path in (path for folder in folders for path in sorted(folder.iterdir())):
        try:
            yield Page(path.stem, read_document(path.read_bytes()))
        except SourceError:
            continue


def count_noticed(losses: Iterable[Loss]) -> dict[str, tuple[int, int]]:
    """Count by kind how many losses were noticed, of how many."""
    total, noticed = Counter[str](), Counter[str]()
    for loss in losses:
        total[loss.kind] += 1
        noticed[loss.kind] += loss.noticed
    return {kind: (noticed[kind], total[kind]) for kind in (*KINDS, "measure") if total[kind]}


if __name__ == "__main__":
    write = sys.stdout.write
    folders = [Path(word) for word in sys.argv[1:] if word != "--missed"]
    losses = list(list_losses(list_files(folders) if folders else list_pages()))
    for loss in losses if "--missed" in sys.argv else ():
        if not loss.noticed:
            write(f"{loss.language} | {loss.kind} | {loss.act} | {loss.fact[:120]}\n")
    for kind, (noticed, total) in count_noticed(losses).items():
        write(f"{kind}: {noticed} of {total}, {noticed / total:.0%}\n")
