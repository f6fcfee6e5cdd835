"""Earlier acts that stand on the lines below a sentence, which does the same to each of them:
`现决定废止下列公告:`.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from monitor.extract import gate, why
from monitor.extract.account import Said
from monitor.extract.zh import references
from monitor.extract.zh.lines import Line, marked
from monitor.extract.zh.names import Piece
from monitor.extract.zh.operations import Context, Operation, times
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.words import CHANGES, CHINESE, GATE
from monitor.model import Action, Measure

WORDS = CHINESE.table("listed_acts")


def operations(page: Sections, context: Context) -> Iterator[Operation]:
    """What the act does to those that it lists."""
    for line in page.body:
        head = WORDS.head.search(line.text)
        if head is None:
            continue
        verb = "before" if head["before"] else "after"
        if bar := gate.bar(line.text, head.start(verb), GATE):
            why.sentence(bar, line.text)
            continue
        cited = [
            reference
            for entry in takewhile(_is_entry, page.after(line))
            for reference in references.references(entry.text, series=context.series)[:1]
        ]
        if cited and all(reference.key for reference in cited):
            sentence, action = Piece(line, 0, len(line.text)), CHANGES[head[verb]]
            start, end = times(sentence, context)
            yield Operation(
                action,
                sentence,
                references=tuple(cited),
                starts=start,
                ends=end if action is Action.SUSPEND else None,
                read_whole=True,
            )


def _is_entry(line: Line) -> bool:
    return marked(line).level != "none"


def without_taken(said: Iterable[Said], measures: Sequence[Measure]) -> Iterator[Said]:
    """The sentences of an act without those that only name an act which a measure has."""
    keys = {target.key for measure in measures for target in measure.amends}
    for sentence in said:
        cited = references.references(sentence.words)
        taken = cited and all(reference.key in keys for reference in cited)
        if not (taken and WORDS.entry.fullmatch(sentence.words)):
            yield sentence
