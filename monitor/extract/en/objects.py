"""What a predicate of an English act acts on: its words without the conditions behind, and what kind of thing they name."""

import re
from dataclasses import dataclass

from monitor import vocabulary
from monitor.extract.en import places
from monitor.extract.en.names import listed, without_stop
from monitor.extract.en.numerals import NUMBER
from monitor.extract.en.verbs import Predicate, Voice
from monitor.vocabulary import PerVocabulary, country_of
from monitor.vocabulary.countries import CHINA
from monitor.vocabulary.registers import EU_DUAL_USE, EU_SANCTIONS


@dataclass(frozen=True)
class Context:
    """What the sentences of an act are read against: who issues it, under which title and key, and whom it has determined."""

    issuer: str
    title: str
    key: str
    published: str | None
    determined: str = ""


HEAD = re.compile(
    r"\b(?:"
    r"(?P<licence>[Gg]eneral (?:[Tt]rade |[Ee]xport )?(?:[Ll]icen[cs]e|[Pp]ermit)s?|[Ll]icen[cs]e [Ee]xceptions?|OGELs?|"
    r"[Ll]icen[cs]es?(?! requirements?| validation)|[Pp]ermits?|exemptions?|waivers?)|"
    r"(?P<denial>denials?|debarments?|designations?|listings?|[Ss]anctions|[Cc]ounter-?measures|asset freezes?|"
    r"measures (?=against|on|imposed|(?:taken|adopted|applied) (?:against|on)\b)|order denying)|"
    r"(?P<date>(?:effective|compliance|expiry|expiration)? ?dates?)\b|"
    r"(?P<rule>Annex(?:es)?|Articles?|Schedules?|(?:sub)?paragraphs?|[Ss]ections?|Regulations?|Decisions?|Orders?|"
    r"(?:order|rule|regulation|decree|decision|notice)s?|requirements?|amendments?|measures|implementation|Announcements?|"
    r"validation|validity|fees?|dues|controls?|restrictions?|embargo|stay|quotas?|Commerce Control List|CCL|ITAR|EAR|"
    r"Supplement|actions?|catalogues?|authori[sz]ations?|emergency|privileges|"
    r"[Ll]ists? of (?:controlled|goods|items|technologies))|"
    r"(?P<goods>ECCNs?|[Ii]tems?|goods|products?|HS codes?|PL codes?|technolog(?:y|ies)|equipment|commodit(?:y|ies)|software|"
    r"materials?|entry (?=\d)|entries (?=\d))|"
    r"(?P<who>persons?|individuals?|entit(?:y|ies)|compan(?:y|ies)|vessels?|part(?:y|ies)|firms?|organi[sz]ations?|entr(?:y|ies)|"
    r"banks?|nationals?|affiliates?|address(?:es)?|group)"
    r")\b"
)
LISTS = PerVocabulary(
    lambda known: [
        (re.compile(phrase), register)
        for register in known.registers.values()
        if not register.imposed
        for phrase in register.phrases or (rf"\b{re.escape(register.name)}\b",)
    ]
)
OBJECT_ENDS = re.compile(
    r"(?<!\s),?\s++(?:effective (?=on\b|from\b|as\b|immediately|upon\b|\d|[A-Z]\w+ \d)|with (?:immediate )?effect|as of\b|"
    r"under the destinations?\b|(?:both |each |all |an entity )?(?:located|based|registered|incorporated|headquartered|"
    r"domiciled) (?:in|at)\b|"
    r"for (?:[a-z]+ing\b|the [a-z]+(?:ment|tion|sion|ing)\b)|for (?:an?|one|two|three|the purposes?|assisting|having|"
    r"engaging|their|its|a period)\b|until\b|"
    r"through\b|pursuant\b|because\b|in accordance\b|which\b|that\b|"
    r"(?:following|after) (?:an?|the|its|their|consult\w+|review)\b|"
    r"at the request|on \d|on [A-Z]\w+ \d|from [A-Z]\w+ \d|from \d|has determined|so that|no longer\b|meets?\b|engaged\b)|"
    r";\s++(?:it|they|this)\b"
)
ADVERBIAL = re.compile(
    r"\A(?:Therefore|Accordingly|Consequently|Furthermore|Moreover|In addition|Thus|Hence|As a result|"
    r"Finally),?\s(?:in accordance with|"
    r"pursuant to|under|on the basis of) [^;:]{1,200}?,\s(?=(?:the|this|that|these|those|its|all|an?)\b)|"
    r"\A(?:Therefore|Accordingly|Consequently|Furthermore|Moreover|In addition|Thus|Hence|As a result|Finally),?\s|"
    r"\A(?:[Ii]n accordance with|[Pp]ursuant to|[Oo]n the basis of) [^;:]{1,200}?,\s(?=(?:the|this|that|these|those|its|all|"
    r"an?)\b)|"
    r"\A(?:[Ww]ith (?:immediate )?effect(?: from)?|[Ff]rom|[Ee]ffective|[Aa]s of|[Oo]n|[Uu]ntil)\s[^;:]{0,40}?\d{4},?\s*"
    r"(?:to [^,]{0,30}\d{4},?\s*)?|"
    r"\A[Ff]or [\w ]{1,30}?\b(?:day|month|year)s?(?: from [^;:]{0,20}?\d{4})?,\s*|"
    r"\A[Ff]or the purposes? of (?:[\w()]{1,30} ){1,5}?[\w()]{0,20}\d[\w()]{0,20},? (?=the\b)|"
    r"\A[Ii]n Annex [^,;:]{1,60}?,(?: (?:Section|Part|point|table) \w{1,4}(?: \([^()]{1,60}\))?,)? (?=(?:the )?entr(?:y|ies)\b)|"
    r"\A(?:[Ii]n|[Tt]o) (?:Part \w{1,4} of )?Annex [^,;:]{1,90}?,? (?=(?:the )?(?:following )?(?:person|individual|entit|vessel))"
)
TO_LIST = re.compile(
    r"\s(?:to|from|on|onto|in|into|off)\s(?:the|its|their|OFAC's|China's|Annex|Schedule|Supplement|section|Appended)\b"
)
BARE = re.compile(rf"(?:and\s+)?(?P<count>{NUMBER})", re.IGNORECASE)
PLACED = re.compile(r"\b(?:destinations?|[Cc]ountry [Gg]roup|countries|white list|intermediate list)\b")
PREPOSITION = re.compile(r"\s(?:of|for|to|under|by|in|with|that|from|on|against|located|produced|owned|made)\b")


def register_of(text: str, title: str, issuer: str, *, entities: bool = False) -> vocabulary.NamedRegister | None:
    """The list that a text of an issuer is on: the one it names, else the one its title names.

    `entities`: of the lists of entities.
    """
    country = vocabulary.current().authorities[issuer].country if issuer in vocabulary.current().authorities else ""
    for words in (text, title):
        named = [
            (match.start(), -match.end(), register)
            for pattern, register in LISTS()
            if register.country == country and not (entities and register.goods) and (match := pattern.search(words))
        ]
        if named:
            return min(named, key=lambda naming: naming[:2])[2]
    return None


def object_of(predicate: Predicate) -> str:
    """What a predicate is done to, without the list and the conditions behind it."""
    object_text = ADVERBIAL.sub("", predicate.what.lstrip(" ,"))
    if predicate.what == predicate.after.strip():
        listing = next((match.start() for match in TO_LIST.finditer(object_text)), len(object_text))
        object_text = object_text[:listing]
    end = OBJECT_ENDS.search(object_text)
    object_text = object_text[: end.start()] if end else object_text
    object_text = re.sub(r"(?<!\s),?\s++(?:and to|and|by|to)\s*+$", "", without_stop(object_text))
    if predicate.voice is Voice.PASSIVE and (included := INCLUDING.match(predicate.after)):
        return f"{object_text}, {without_stop(included['names'])}"
    before, _, behind = predicate.after.partition(":")
    behind = UNDER_EACH.sub("", behind)
    if behind and (ANNOUNCES.search(object_text + before) or (COUNTS.search(object_text) and NAMES.match(behind))):
        return f"{object_text.partition(':')[0]}: {without_stop(behind)}"
    return object_text


# `X, under the destination of Chad, and Y, under the destination of Mali`: where each of them stands.
UNDER_EACH = re.compile(
    r",? under the destinations? of (?:the )?(?:[A-Z][\w'’-]*(?: (?:of|and the) )?\s?){1,4}(?=,|;|\.|$|\sand\b)"
)
ANNOUNCES = re.compile(r"\b(?:following|below)\b")
# `three entities under the destination of Chad: Alpha Ltd.; Beta Institute`, where no number stands behind the colon.
COUNTS = re.compile(
    rf"(?:\b{NUMBER}|\A\s*These)(?:\s\(\d{{1,3}}\))?\s(?:[\w-]+\s){{0,3}}?(?:entit|person|individual|compan|firm|organi|"
    rf"vessel|part|entr)",
    re.IGNORECASE,
)
INCLUDING = re.compile(
    rf",?\s(?P<names>(?:including|namely|among them)\s[^;:]{{2,900}}?)(?:,?\s(?:and|while)\s{NUMBER}\b[^;:]{{0,90}})?$"
)
NAMES = re.compile(r"\s*(?!(?:The|This|In|It|Under|On)\b)[A-Z](?:(?!\bunder\b)[^:])*$")


def zone_of(predicate: Predicate) -> str:
    """The words of the sentence that belong to a predicate."""
    return predicate.after if predicate.voice is not Voice.PASSIVE else f"{predicate.what} {predicate.form}{predicate.after}"


def kind_of(object_text: str, predicate: Predicate, context: Context) -> str:
    """What sort of thing it is done to, by its head noun."""
    kind = _head(ASIDE.sub("", object_text.partition(":")[0]))
    if kind == "rule" and predicate.verb in ("impose", "take") and re.search(r"\bmeasures\b", object_text):
        return "denial" if context.determined or "against" in object_text + predicate.after else kind
    if EXPORTS_TO.match(object_text) and places.all_in(object_text):
        return "place"
    return _by_its_list(kind, object_text, predicate, context) if kind in ("", "goods") else kind


def _by_its_list(kind: str, object_text: str, predicate: Predicate, context: Context) -> str:
    """Goods, or what has no head noun that tells: names, places, a list itself, and else what the list it is on has."""
    on = register_of(predicate.what + predicate.after, context.title, context.issuer)
    if (on is None or not on.goods) and names_somebody(object_text):
        return "who"
    if kind:
        return kind
    if places.coded(object_text) or (places.all_in(object_text) and PLACED.search(f"{predicate.after} {object_text}")):
        return "place"
    if A_LIST.fullmatch(object_text) and register_of(object_text, "", context.issuer):
        return "list"
    listed_there = TO_LIST.search(predicate.after) is not None
    lists_goods = (
        on.goods if on else listed_there and ("xport" in context.title or CONTROLLED.search(predicate.after) is not None)
    )
    return "goods" if lists_goods else "who" if BARE.fullmatch(object_text) else ""


CONTROLLED = re.compile(r"\bcontrolled\b|\b(?:need|requir)\w*\s(?:\w+\s){0,3}licen[cs]e")
ASIDE = re.compile(r"(?<=\w)\s\([^()]{1,80}\)")
EXPORTS_TO = re.compile(r"[Ee]xports? to\s")
A_LIST = re.compile(r"(?:the|its|their)\s(?:(?:[A-Z][\w-]*|and|of)\s){1,8}[Ll]ist")


def _head(object_text: str) -> str:
    """The kind of its head noun: the last one before a preposition, as in `the affiliates rule of May`."""
    first = PREPOSITION.search(object_text)
    kinds = [str(match.lastgroup) for match in HEAD.finditer(object_text, 0, first.start() if first else len(object_text))]
    if "denial" in kinds:
        return "denial"
    if kinds:
        return kinds[-1]
    later = HEAD.search(object_text)
    return str(later.lastgroup) if later else ""


def names_somebody(words: str) -> bool:
    """Whether words end in a name, or in those who made something: `Quantum computers` name nobody."""
    last = words.rstrip(" .").rpartition(" ")[2]
    return any(listed(words)) and (not last[:1].islower() or MADE_BY.search(words) is not None)


MADE_BY = re.compile(r"\b(?:by|of) [A-Z]|:")


def european_list(context: Context) -> str | None:
    """Which list of the Union an act of its institutions is on."""
    if country_of(context.issuer) != "eu":
        return None
    if re.search(r"2021/821|dual-use|EU control list|export authori|authori[sz]ation required", context.title):
        return EU_DUAL_USE.code
    return EU_SANCTIONS.code if re.search(r"CFSP|restrictive measures|269/2014|833/2014|765/2006", context.title) else None


def abroad(words: str, context: Context) -> tuple[str, ...]:
    """The places that words name and to which an act can forbid or allow something; for one of China none of its own."""
    home = CHINA if country_of(context.issuer) == "cn" else frozenset()
    bare = re.sub(r"\b[A-Z][\w ]{2,24}-(?:related|origin)\b", "", words)
    return tuple(place for place in places.all_in(bare) if place not in home)
