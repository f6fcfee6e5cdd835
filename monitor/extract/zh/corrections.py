"""Acts that put another one right (`更正`, `勘误`, `应为`): which one, and the names or numbers as they should have been."""

import re
from collections.abc import Iterator

from monitor.extract import gate
from monitor.extract.zh import issuers, references
from monitor.extract.zh.clauses import Context, Operation
from monitor.extract.zh.names import Piece
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.subjects import GATE
from monitor.model import Action, Entity, Item
from monitor.vocabulary.letters import HAN_RANGE

CORRECTS = re.compile("更正|勘误|应为|应改为|误为|有误|漏印|漏列|补正|订正")
QUOTED = re.compile(r'"(?P<name>[^"]{2,80})"')
LATIN = re.compile(
    rf"(?:应为|更正为|改为|订正为|应改为)[:\"]*(?P<name>[A-Z][^{HAN_RANGE}\";。]{{2,160}}?)(?=[\"。;,]*(?:[{HAN_RANGE}]|$|。))"
)
RENAMED = re.compile(
    rf'(?:实体|企业|公司|机构)(?:中文)?名称[^。;]{{0,60}}?(?:应为|更正为|改为|订正为):?"(?P<name>[{HAN_RANGE}][^"]{{1,60}})"'
)
INSTEAD = r"(?:应为|更正为|改为|订正为|应改为|应作)[:\"]*"
NUMBERED = re.compile(rf"{INSTEAD}(?P<number>\d{{8,10}})(?!\d)")
TERM = re.compile(rf"{INSTEAD}(?:自)?(?:\d{{4}}年\d|[\d一二两三四五六七八九十]+(?:年|个月|日|天))")
OF_NAME = re.compile("(?:英文|外文)(?:名称?|译名)|名称")


def operations(sentence: Piece, page: Sections, context: Context) -> Iterator[Operation]:
    """The act that a sentence corrects, of an act that puts another one right."""
    own = _references(sentence.text, page, context)
    verb = CORRECTS.search(sentence.text)
    if not own or (verb and gate.bar(sentence.text, verb.start(), GATE)):
        return
    entities, items = tuple(_renamed(sentence)), tuple(_renumbered(sentence))
    yield Operation(
        Action.AMEND,
        sentence,
        references=own,
        read_whole=True,
        entities=entities,
        items=items,
        unclear=_unclear(sentence, named=bool(entities or items)),
    )


def _references(text: str, page: Sections, context: Context) -> tuple[references.Reference, ...]:
    series = page.series or issuers.series_of(page.authority)
    cited = references.references(text.replace("本部", ""), series=series, year=context.year)
    own = tuple(reference for reference in cited if reference.key and reference.key != page.key)
    if own or not CORRECTS.search(text) or text == page.title.text:
        return own
    return _references(page.title.text, page, context)


def _renumbered(sentence: Piece) -> Iterator[Item]:
    """The number of a thing as it should have been."""
    for match in NUMBERED.finditer(sentence.text):
        number = match["number"]
        yield Item(names={"zh": number}, hs=(number,), quote=sentence.line.quote(sentence.start, sentence.end).strip())


def _unclear(sentence: Piece, *, named: bool) -> str:
    """Why what is put right is not told: a day or a term moves a day which only the act that is corrected tells whole."""
    if TERM.search(sentence.text):
        return "the day or the term that it puts right is told in its words only"
    return "" if named or not OF_NAME.search(sentence.text) else "what it puts right is told in its words only"


def _renamed(sentence: Piece) -> Iterator[Entity]:
    """The entity whose name in Latin letters is put right: by its name in Chinese, with the new one."""
    text = sentence.text
    if (new := RENAMED.search(text)) and not LATIN.search(text):
        chinese = sentence.part(*new.span("name")).said()
        yield Entity(names={"zh": chinese}, kind="org", quote=sentence.line.quote(sentence.start, sentence.end).strip())
        return
    latin, name = LATIN.search(text), QUOTED.search(text)
    if latin and name and OF_NAME.search(text) and latin.start() > name.end():
        chinese = sentence.part(*name.span("name")).said()
        yield Entity(
            names={"zh": chinese, "en": sentence.part(*latin.span("name")).said()},
            kind="org",
            quote=sentence.line.quote(sentence.start, sentence.end).strip(),
        )
