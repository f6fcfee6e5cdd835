"""What an English act forbids, licenses or charges, where it does nothing to somebody, something or an earlier act."""

import re
from dataclasses import replace

from monitor.extract import frame, gate, why
from monitor.extract.en import dates
from monitor.extract.en.names import listed
from monitor.extract.en.objects import Context, abroad, european_list, names_somebody, register_of
from monitor.extract.en.operations import Operation, earlier, goods_named
from monitor.extract.en.subjects import GATE
from monitor.model import Action, Entity, Item
from monitor.vocabulary import country_of
from monitor.vocabulary.registers import BLOCKED, COUNTERED, DUAL_USE

FORBIDS = re.compile(
    r"\b[Nn]o\s[^.;]{2,160}?\s(?:shall|may)\b(?! be required)|\b(?:(?:may|shall|must|will) not|cannot)\b|"
    r"\b(?:is|are|shall be|will be|remains?)\s(?:hereby\s)?(?:prohibited|banned|refused|detained|barred|blocked|frozen)\b"
)
NEEDS = re.compile(
    r"\b(?:licen[cs]es?|permits?|authori[sz]ations?|permission)\b[^.;]{0,80}?\s(?:is|are|shall be|will be)\s"
    r"(?:hereby )?(?:required|refused|suspended)\b|"
    r"\b(?:(?:shall |will |now )?require[sd]?|needs?|(?:is|are|shall be) subject to|must be)\s"
    r"(?:an?\s|prior\s|export\s|individual\s|situational\s|METI\s|the\s){0,3}(?:licen|permi|authori|approv|control|catch)"
)
EXPORTS_OF = re.compile(
    r"\b[Ee]xports?\sof\s(?P<goods>(?!controls?\b|licen)[^.:]{2,160}?)"
    r"(?=\s(?:(?<!related\s)(?<!relating\s)(?<!pertaining\s)to|is|are|shall|must|without|requires?|may|will|and their)\b|$)"
)
# `licences are required to export lathes to Chad`, `a permit is required for lathes`: goods behind what is needed.
NEEDED_FOR = re.compile(
    r"\b(?:is|are|shall be|will be) required (?:to (?:re)?export|for(?: the)?(?: exports?(?: of)?)?)\s"
    r"(?P<goods>(?:(?!(?:any|all|such|the|each|to|of)\b)[\w-]+)[^.;:,]{2,160}?)"
    r"(?=,|\s(?:(?<!related\s)(?<!relating\s)(?<!pertaining\s)to|from|by|when|where|if|unless|under|with effect|destined)\b|$)"
)
# What a licence does that is printed itself; a charge that is introduced.
LICENSED = re.compile(
    r"\b[Tt]h(?:is|e) (?:(?P<general>[Gg]eneral) )?(?:\w+ ){0,3}?(?:[Ll]icen[cs]e|permit) (?:permits|authori[sz]es|allows|"
    r"takes effect|comes into (?:force|effect)|is in force|enters into force)\b"
)
# Of what is in force: that it shall not be applied forbids nothing.
PUT_OFF = re.compile(
    r"\b(?:[Mm]easures?|[Cc]ontrols?|[Rr]equirements?|[Pp]rohibitions?|[Rr]estrictions?|[Pp]rovisions?)\b[^.;]{0,200}?"
    r"\b(?:shall|will|do|does|need) not (?:be )?(?:appl|implement|enforc|impos|carried out)"
)
PROLONGS = re.compile(r"\bshall (?:continue to )?apply until\b|\bremains? in force until\b")
OF_ITSELF = re.compile(r"\b[Tt]his (?:Regulation|Decision|Order|[Nn]otice|[Rr]ule|[Ll]icen[cs]e|[Aa]nnouncement) shall\b")
FOLLOWING = re.compile(r"\bfollowing (?:[\w-]+ ){0,4}(?:items?|goods|products?|technolog\w+|materials?|equipment)\b")
CHARGES = re.compile(r"\b(?:fees?|dues|charges?)\b[^.;]{0,60}\b(?:shall|will|are to) be (?:collected|charged|levied|imposed)\b")
BLOCKS = re.compile(r"\b(?:recogni[sz]e|comply with|enforce|implement|abide by)\b[^.;]{0,80}\b(?:measures?|them|sanctions|law)\b")


def restriction(sentence: str, context: Context) -> Operation | None:
    """What a sentence forbids, licenses or charges; nothing where it does none of these, or somebody else does."""
    if licensed := LICENSED.search(sentence):
        on = register_of("General License" if licensed["general"] else sentence, context.title, context.issuer)
        return Operation(Action.ADD, on.code if on else None, sentence)
    if PROLONGS.search(sentence) and not OF_ITSELF.search(sentence):
        return Operation(Action.AMEND, european_list(context), sentence, amends=earlier(sentence, context))
    if CHARGES.search(sentence):
        return Operation(Action.ADD, None, sentence, destinations=abroad(sentence, context))
    if PUT_OFF.search(sentence):
        ends = dates.END.search(sentence) or dates.DURATION.search(sentence)
        return Operation(Action.SUSPEND if ends else Action.REPEAL, None, sentence, amends=earlier(sentence, context))
    if not (match := FORBIDS.search(sentence) or NEEDS.search(sentence)):
        return None
    bar = gate.bar(sentence, match.start(), GATE)
    if bar:
        why.sentence(bar, sentence.strip())
    operation = _forbidden(sentence, sentence[: match.start()], context)
    action = frame.settled(operation.action, sentence, match.start(), frame.ENGLISH, goods=True)
    return replace(operation, action=action) if action and not bar else None


def _forbidden(sentence: str, subject: str, context: Context) -> Operation:
    if context.issuer == "cn-mfa":
        return Operation(Action.ADD, COUNTERED.code, sentence, entities=_countered(context.title))
    if BLOCKS.search(sentence):
        return Operation(Action.RESTRICT, BLOCKED.code, sentence)
    exports = _exports(sentence)
    on = register_of(sentence, context.title, context.issuer)
    ours = DUAL_USE.code if exports and country_of(context.issuer) == "cn" else european_list(context)
    return Operation(
        Action.RESTRICT,
        on.code if on and on.goods else ours,
        sentence,
        destinations=abroad(sentence, context),
        items=goods_of(sentence),
        entities=() if exports else _barred(subject),
        goods=FOLLOWING.search(sentence) is not None,
    )


def _exports(sentence: str) -> list[str]:
    return list(dict.fromkeys(match["goods"] for pattern in (EXPORTS_OF, NEEDED_FOR) for match in pattern.finditer(sentence)))


def goods_of(sentence: str) -> tuple[Item, ...]:
    """The goods by name whose exports a sentence forbids or licenses."""
    return tuple(item for goods in _exports(sentence) for item in goods_named(goods, sentence.strip()))


def _countered(title: str) -> tuple[Entity, ...]:
    """Against whom a title says that a decision is; `a Defence Company` names nobody."""
    who = title.partition(" against ")[2]
    return () if who.startswith(("a ", "an ", "certain ", "some ", "relevant ")) else tuple(listed(who))


def _barred(subject: str) -> tuple[Entity, ...]:
    """Those by name whom a ban without a list is on."""
    return tuple(listed(subject)) if names_somebody(subject.strip(" ,")) else ()
