"""A name as printed (brackets, role, gender, country) → `Entity`; names in prose → its pieces;
those that a pronoun means.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence

from monitor.extract.zh import places
from monitor.extract.zh.lines import Line
from monitor.extract.zh.words import CHINESE
from monitor.model import Entity, EntityKind, frozen
from monitor.names.numerals import parse_number
from monitor.names.sounds import romanize_word, strip_vowels
from monitor.vocabulary.letters import HAN, HAN_RANGE

WORDS = CHINESE.table("names")

ORG_END = WORDS.org_end
LATIN_END = re.compile(r"[A-Za-z0-9.)&!\"']$")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
PERSON_END = WORDS.person_end
GENDER = WORDS.gender
BRACKETS = {"(": re.compile(r"[()]"), "《": re.compile("[《》]")}
JOINT = WORDS.joint
LONGEST_END = 140  # characters: more than any words that show that a name is at its end


@frozen
class Piece:
    """A name's place in a line."""

    line: Line
    start: int
    end: int

    @classmethod
    def of(cls, line: Line) -> "Piece":
        """A whole line."""
        return cls(line, 0, len(line.text))

    @property
    def text(self) -> str:
        """The words to be parsed."""
        return self.line.text[self.start : self.end]

    def part(self, start: int, end: int) -> "Piece":
        """A piece of this piece."""
        return Piece(self.line, self.start + start, self.start + end)

    @property
    def quote(self) -> str:
        """The words exactly as printed."""
        return self.line.quote(self.start, self.end).strip()

    def said(self) -> str:
        """The words as printed, without quotation marks around them; those around a part stay."""
        printed = self.line.said(self.start, self.end).strip("、,， ")
        bare = printed.strip("“”\"‘’'「」『』、,， ")
        return printed if QUOTED_PART.search(bare) else bare


QUOTED_PART = re.compile('[“”"「」『』]')


def mask_brackets(text: str, opening: str = "(") -> str:
    """The text with everything in brackets blotted out, so that a pattern sees only what stands
    outside.
    """
    if opening not in text:
        return text
    depth, here, out, opened = 0, 0, [], (0, 0)
    for bracket in BRACKETS[opening].finditer(text):
        place = bracket.start() + (bracket[0] == opening)
        out.append("\x00" * (place - here) if depth else text[here:place])
        opened = opened if depth else (len(out), place)
        depth = depth + 1 if bracket[0] == opening else max(depth - 1, 0)
        here = place
    if depth:  # a bracket that is never closed hides nothing
        return "".join(out[: opened[0]]) + text[opened[1] :]
    return "".join([*out, text[here:]])


# A sentence without the middle of its long lists: its forms are known by words that stand near each
# other, however many names stand between them.

FEW = 4  # parts of a list in a row that are left in place
HIDDEN = re.compile("\x00{2,}")


@frozen
class Folded:
    """A sentence as its forms see it: `places` leads from each character of `text` to that of
    the sentence.
    """

    piece: Piece
    text: str
    places: Sequence[int]

    def part(self, start: int, end: int) -> Piece:
        """The words of the sentence at a place of `text`, with all that is left out between
        them.
        """
        if start >= end:
            return self.piece.part(0, 0)
        return self.piece.part(self.places[start], self.places[end - 1] + 1)


def fold_sentence(sentence: Piece, seen: str) -> Folded:
    """A sentence, `seen` with some words blotted out and none moved, without what is blotted out
    and the middle of its lists.
    """
    whole = Folded(sentence, seen, range(len(seen)))
    bare = _drop_gaps(whole, [(match.start(), match.end() - 1) for match in HIDDEN.finditer(seen)])
    long = (
        match.span()
        for match in CHINESE.table("operations").middle.finditer(bare.text)
        if match[0].count("、") > FEW
    )
    return _drop_gaps(bare, list(long))


def _drop_gaps(seen: Folded, gaps: Iterable[tuple[int, int]]) -> Folded:
    if not gaps:
        return seen
    begins, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(seen.text)]
    kept = list(zip(begins, ends, strict=True))
    places = [place for begin, end in kept for place in seen.places[begin:end]]
    return Folded(seen.piece, "".join(seen.text[begin:end] for begin, end in kept), places)


def read_entities(piece: Piece, known: Container[str] = ()) -> list[Entity]:
    """The names in a run of prose such as `A(a)、B(b)和C等6家实体`; persons that are `known` stand
    for themselves.
    """
    piece = _drop_frame(piece)
    return [made for part in _split_names(piece, known) if (made := read_entity(part, prose=True))]


def _drop_frame(piece: Piece) -> Piece:
    if others := WORDS.and_others.search(mask_brackets(piece.text)):
        piece = piece.part(0, others.start())
    for pattern in (WORDS.counted_group, WORDS.modifier):
        masked = mask_brackets(piece.text)
        front = pattern.match(masked.split("、")[0])
        if pattern is WORDS.modifier and not front:
            front = _find_long_modifier(masked)
        if front and not WORDS.firm_first.match(front[0]):
            piece = piece.part(front.end(), len(piece.text))
    return piece


def _find_long_modifier(masked: str) -> re.Match[str] | None:
    """Find a description of the first name that has a joint itself (`无法核实用户、用途的甲公司`): no part of it
    is a name.
    """
    front = WORDS.modifier.match(masked.partition("\x00")[0] + "(" if "\x00" in masked else masked)
    if front and any(ORG_END.search(part) for part in front[0].split("、")[:-1]):
        return None
    return front


def _split_names(piece: Piece, known: Container[str]) -> list[Piece]:
    masked = mask_brackets(piece.text)
    parts: list[Piece] = []
    here = 0
    for joint in JOINT.finditer(masked):
        if joint.start() <= here or not _may_end(masked, here, joint, known):
            continue
        if joint[0] == "、" and WORDS.title_alone.search(masked[here : joint.start()]):
            continue
        parts.append(piece.part(here, joint.start()))
        here = joint.end()
    return [*parts, piece.part(here, len(masked))]


def _may_end(masked: str, here: int, joint: re.Match[str], known: Container[str]) -> bool:
    """Return whether a name may end before this joint, instead of holding it (`波音防务、空间与安全集团`)."""
    left = masked[max(here, joint.start() - LONGEST_END) : joint.start()]
    left = WORDS.counted_behind.sub("", left)
    if left.endswith((")", '"')) or WORDS.branches.search(left) or ORG_END.search(left):
        return True
    if _is_before_another(left, masked, joint, known):
        return True
    if joint[0] != "、" and _is_between_persons(left, masked, joint.end()):
        return True
    if joint[0] not in ("、", "和"):
        following = WORDS.counted_behind.sub(
            "", _cut_at_stop(WORDS.next_person, masked, joint.end())
        )
        return bool(PERSON_END.search(left) and PERSON_END.match(following))
    if LATIN_END.search(left) or PERSON_END.search(left):
        return True
    return joint[0] == "、" and not ORG_END.search(
        _cut_at_stop(WORDS.next_joint, masked, joint.end())
    )


def _is_before_another(left: str, masked: str, joint: re.Match[str], known: Container[str]) -> bool:
    """Return whether whoever follows is of the one before (`甲某某及其秘书乙某某`), or the one before is
    a person for sure.
    """
    if joint[0] != "、" and masked.startswith(("该", "其"), joint.end()):
        return True
    bearer = WORDS.to_bearer.sub("", left)
    return bool(WORDS.short_name.fullmatch(bearer)) and (joint[0] == "以及" or bearer in known)


def _is_between_persons(left: str, masked: str, right: int) -> bool:
    """Return whether a joint stands between two persons, or a person and a quoted name
    (`甲某某、乙某某和"某学院"`).
    """
    if not WORDS.short_name.fullmatch(left.rpartition("、")[2]):
        return False
    following = _cut_at_stop(WORDS.next_person, masked[right : right + LONGEST_END], 0)
    following = WORDS.counted_behind.sub("", following)
    return bool(
        WORDS.short_name.fullmatch(following) and not ORG_END.search(following)
    ) or masked.startswith('"', right)


def _cut_at_stop(stop: re.Pattern[str], text: str, start: int) -> str:
    """The words from a place to the next stop."""
    match = stop.search(text, start)
    return text[start : match.start() if match else len(text)]


def read_entity(
    piece: Piece, *, kind: EntityKind | None = None, prose: bool = False, country: str | None = None
) -> Entity | None:
    """Read who is named; None if the words only mention some entities."""
    piece = _drop_branches(_drop_lead(_drop_owner(piece) if prose else piece), prose=prose)
    if made := _read_latin_first(piece, kind or "org"):
        return made
    name, inside, rest = _split_bracket(piece)
    if inside and not HAN.search(name.text) and ORG_END.search(inside.text):
        name, inside = inside, name  # Alpha Optics Co.（甲光学公司）
    name, of = _drop_before_firm(name) if prose else (name, None)
    name, place = _strip_labels(name, prose=prose, spelt=inside is not None)
    country, words = country or of or place, name.text.strip()
    if prose and not inside and WORDS.generic.search(words.strip('"')):
        return None
    if prose and (
        epithet := (WORDS.of_somebody if ORG_END.search(words) else WORDS.epithet).match(words)
    ):
        name, words = name.part(epithet.end(), len(words)), words[epithet.end() :]
    gender = GENDER.search(rest.text)
    role = rest.part(gender.end(), len(rest.text.partition("。")[0])).said() if gender else ""
    if inside and not LATIN.search(inside.text):
        role = role or inside.said()
        inside = None
    person = _is_person(words, kind, gendered=bool(gender))
    if person and (before := WORDS.role_first.match(words)):
        role = role or name.part(*before.span("role")).said()
        country = country or places.first(before["role"])
        name = name.part(*before.span("name"))
    elif prose:
        name, nation = _cut_nation(name, words, inside, is_person=person)
        country = country or nation
    kind = kind or ("person" if person else "org")
    return _make_entity(piece, name, inside, kind=kind, role=role, country=country)


def _drop_before_firm(name: Piece) -> tuple[Piece, str | None]:
    """Remove what prose says before the name of a firm; the country that this says."""
    country = None
    while ORG_END.search(name.text) and (lead := WORDS.before_firm.match(name.text)):
        country = country or places.first(lead["kind"] or "")
        name = name.part(lead.end(), len(name.text))
    return name, country


def _drop_owner(piece: Piece) -> Piece:
    """Remove one whom a list only tells of before the name: all, where no name follows."""
    _, inside, rest = _split_bracket(piece)
    if inside and (owner := WORDS.of_owner.match(rest.text)):
        return rest.part(owner.end(), len(rest.text))
    return piece.part(0, 0) if inside and WORDS.told_of.match(rest.text) else piece


def _drop_lead(piece: Piece) -> Piece:
    """Remove the word that leads to a name with its Latin form: `对甲公司(Alpha Inc.),冻结…`."""
    led = WORDS.before_entry.match(piece.text)
    return piece.part(led.end(), len(piece.text)) if led else piece


MAINLAND = re.compile("(?:中国)?大陆|中国")
LATIN_FIRST = re.compile(
    rf"(?P<latin>[A-ZÀ-Ý][^(){HAN_RANGE}:;。]{{2,120}}(?:\((?:Pvt|Pty|Private|[A-Z][A-Za-z. -]{{1,30}})\.?\)"
    rf"[^(){HAN_RANGE}:;。]{{0,60}})?)(?:\((?P<inside>[^()]{{1,120}})\))?(?:,(?P<behind>[^,;:()。]{{2,12}}))?[,;。]?"
)


def _read_latin_first(piece: Piece, kind: EntityKind) -> Entity | None:
    """Read an entry of a Latin name with what else it prints of it: `Alpha Co. (甲公司,某国)`,
    `Alpha Co. (别名:乙),某国`; None where something else stands there.
    """
    match = LATIN_FIRST.fullmatch(piece.text)
    if not match or not (match["inside"] or match["behind"]):
        return None
    spans = [match.span("behind")] if match["behind"] else []
    inside = match.start("inside")
    spans += [
        (inside + found.start(), inside + found.end())
        for found in re.finditer("[^,;、]+", match["inside"] or "")
    ]
    names: dict[str, str] = {}
    aliases: list[str] = []
    country, role = None, ""
    for part in (piece.part(*span) for span in spans):
        place, width = places.leading(part.text)
        label = WORDS.alias.match(part.text)
        if MAINLAND.fullmatch(part.text) or (place and width == len(part.text)):
            country, role = place or "CN", part.said()
        elif label:
            aliases.append(part.part(label.end(), len(part.text)).said())
        elif HAN.search(part.text) and ORG_END.search(part.text) and "zh" not in names:
            names["zh"] = part.said()
        else:
            return None
    names["en"] = piece.part(*match.span("latin")).said().rstrip(" ,")
    return Entity(
        names,
        kind,
        aliases=tuple(aliases),
        country=country,
        role=role or None,
        quote=piece.quote,
    )


def _cut_nation(
    name: Piece, words: str, inside: Piece | None, *, is_person: bool
) -> tuple[Piece, str | None]:
    """Cut the country that a name in prose opens with, where it is no part of the name."""
    nation, width = places.leading(words)
    own = WORDS.organ.match(words, width) or (inside and _is_sound(words, width, inside.text))
    if not nation or len(words) - width <= 1 or own:
        return name, None
    has_bearer = is_person or words.startswith("籍", width)
    if has_bearer and (bearer := WORDS.of_nation.match(words, width)):
        width = bearer.end()
    return name.part(width, len(name.text)), nation


def _strip_labels(name: Piece, *, prose: bool, spelt: bool) -> tuple[Piece, str | None]:
    """Remove what says of which sort somebody is from a name, and what stands behind a person's;
    its country, if one stands there.

    `spelt`: the name's letters stand behind it.
    """
    if prose and spelt and (sort := WORDS.sort.match(name.text)):
        name = name.part(sort.end(), len(name.text))
    place = WORDS.of_place.search(name.text) if spelt else None
    if place and ORG_END.search(name.text[: place.start()]):
        return name.part(0, place.start()), places.first(place["place"])
    if prose and (behind := WORDS.behind_person.search(name.text)):
        name = name.part(0, behind.start("tail"))
    if ship := WORDS.ship.fullmatch(name.text.strip()):
        name = name.part(*ship.span("name"))
    if quoted := WORDS.country_quoted.fullmatch(name.text.strip()):
        return name.part(*quoted.span("name")), places.first(quoted["place"])
    if prose and (quoted := WORDS.kind_quoted.fullmatch(name.text.strip())):
        return name.part(*quoted.span("name")), None
    return name, None


def _drop_branches(piece: Piece, *, prose: bool) -> Piece:
    """Remove branches from a name; in prose also who reported it, and the total."""
    if branches := WORDS.branches.search(piece.text):
        piece = piece.part(0, branches.start())
    if not prose:
        return piece
    reports = WORDS.reports.match(piece.text)
    bare = piece.part(reports.end() if reports else 0, len(piece.text))
    return bare.part(0, len(WORDS.counted_behind.sub("", bare.text)))


def _is_sound(words: str, width: int, latin: str) -> bool:
    """Return whether a seeming country is only the sound of a name: `马里纳公司(Marina Co.)` is not of
    Mali.
    """
    spelt = (romanize_word(words[:width]), latin.strip().partition(" ")[0].casefold())
    country, name = (strip_vowels(word).replace("r", "l") for word in spelt)
    return bool(WORDS.sound.match(words, width)) and name != country and name.startswith(country)


def _is_person(words: str, kind: EntityKind | None, *, gendered: bool) -> bool:
    if kind:
        return kind == "person"
    if ORG_END.search(words):
        return gendered
    return gendered or bool(
        PERSON_END.search(words)
        or WORDS.after_role.search(words)
        or WORDS.short_name.fullmatch(words)
    )


def _make_entity(
    piece: Piece,
    name: Piece,
    inside: Piece | None,
    *,
    kind: EntityKind,
    role: str,
    country: str | None,
) -> Entity | None:
    printed = name.said()
    names: dict[str, str] = {}
    aliases: tuple[str, ...] = ()
    number = WORDS.ship_number.search(inside.text) if inside else None
    if inside and number:
        inside = inside.part(0, number.start())
    if HAN.search(printed):
        names["zh"] = printed
    elif LATIN.search(printed):
        names["en"] = printed
    if inside:
        latin, aliases = _read_latin_name(inside, printed if "en" in names else "")
        names |= {"en": latin} if latin else {}
    if not names:
        return None
    return Entity(
        names,
        kind,
        aliases=aliases,
        country=country,
        role=role or None,
        ids={"IMO": number["number"]} if number else {},
        quote=piece.quote,
    )


def _read_latin_name(inside: Piece, printed: str) -> tuple[str, tuple[str, ...]]:
    """The Latin name in the brackets, and what else the entity is called there; what is told of it
    in Chinese behind a comma is none: `Alpha Ltd,注册地某国`.
    """
    words = WORDS.alias.split(inside.text, maxsplit=1)
    name = inside.part(0, len(WORDS.told_behind.split(words[0])[0])).said()
    name = name.strip("()") if name.count("(") != name.count(")") or name.startswith("(") else name
    alias = (
        inside.part(len(inside.text) - len(words[1]), len(inside.text)).said()
        if len(words) > 1
        else ""
    )
    others = tuple(word for word in (alias, name if printed else "") if word and word != printed)
    return printed or name, others


def _split_bracket(piece: Piece) -> tuple[Piece, Piece | None, Piece]:
    """A name, what stands in the brackets after it, and the rest: `甲(A Co.),男,职务`."""
    text = piece.text
    if glued := _find_glued(text):
        bare, behind = (piece.part(*glued.span(group)) for group in ("name", "latin"))
        return bare, behind, piece.part(glued.end(), len(text))
    spans = _list_bracket_spans(text)
    latin = [
        span
        for span in spans
        if len(LATIN.findall(text[slice(*span)])) > len(HAN.findall(text[slice(*span)]))
        and not _is_within_latin(text, span)
    ]
    if len(latin) > 1 and WORDS.office.fullmatch(text, latin[0][1] + 1, latin[1][0] - 1):
        latin = latin[1:]
    last = [span for span in spans if span[1] + 1 >= len(text.rstrip(";。、"))]
    for start, end in latin[:1] or last[:1]:
        return (
            piece.part(0, start - 1),
            piece.part(start, end),
            piece.part(min(end + 1, len(text)), len(text)),
        )
    stop = WORDS.rest.search(text)
    cut = stop.start() if stop else len(text)
    return piece.part(0, cut), None, piece.part(cut, len(text))


def _find_glued(text: str) -> re.Match[str] | None:
    """Find the Latin form right behind a name that is surely at its end, as the lines of a cell
    are joined.
    """
    glued = WORDS.glued.match(text)
    ends = glued and (ORG_END.search(glued["name"]) or PERSON_END.fullmatch(glued["name"]))
    return glued if ends else None


def _is_within_latin(text: str, span: tuple[int, int]) -> bool:
    """Return whether brackets stand within a name in Latin letters (`Far Hill (Asia)
    Co., Ltd.`).
    """
    behind = text[span[1] + 1 :].lstrip()
    return HAN.search(text, 0, span[0]) is None and LATIN.match(behind) is not None


def _list_bracket_spans(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    depth, begins = 0, 0
    for place, character in enumerate(text):
        if character == "(":
            depth += 1
            begins = place + 1 if depth == 1 else begins
        elif character == ")" and depth:
            depth -= 1
            if not depth:
                spans.append((begins, place))
    return [*spans, (begins, len(text))] if depth else spans


STOPS = re.compile("[,。;:、(]|\\)")
LONGEST = 60  # characters before the brackets in which a name begins


def read_in_prose(piece: Piece) -> list[Entity]:
    """Read the names in prose: those with a Latin name behind them, else the firm that opens a
    sentence.
    """
    text = piece.text
    latin = [
        made
        for bracket in WORDS.latin_name.finditer(text)
        if (made := _read_name_before(piece, bracket))
    ]
    if latin:
        return latin
    opening = (
        match for match in WORDS.opens.finditer(text) if not WORDS.nobody.search(match["who"])
    )
    return [entity for match in opening for entity in read_entities(piece.part(*match.span("who")))]


def read_firms(piece: Piece) -> list[Entity]:
    """Read the names of a phrase of only firms, or with their Latin forms; none for a
    description.
    """
    entities = [
        entity
        for entity in read_entities(piece)
        if "en" in entity.names or WORDS.firm_end.search(entity.names.get("zh", ""))
    ]
    return entities or read_in_prose(piece)


def _read_name_before(piece: Piece, bracket: re.Match[str]) -> Entity | None:
    """The name that stands before the brackets with its Latin form; none of one only told of."""
    if any(told.match(piece.text, bracket.end()) for told in (WORDS.of_owner, WORDS.told_of)):
        return None
    first = max(bracket.start() - LONGEST, 0)
    opens = max(
        (stop.end() for stop in STOPS.finditer(piece.text, first, bracket.start())), default=first
    )
    lead = WORDS.leads.match(piece.text, opens, bracket.start())
    assert lead
    country = places.first(lead["place"]) if lead["place"] else None
    asked = piece.text.startswith("经", lead.end()) and WORDS.asks.match(piece.text, bracket.end())
    begin = lead.end() + bool(asked)
    return read_entity(piece.part(begin, bracket.end()), prose=True, country=country)


def is_pointing_back(who: Piece) -> bool:
    """Return whether the words name nobody and point back (`其`, `该企业`, `上述2家企业和人员`)."""
    first, *others = WORDS.pronoun_joint.split(mask_brackets(who.text))
    return bool(WORDS.points.match(first)) and all(
        WORDS.points.match(part) or WORDS.also.fullmatch(part) for part in others
    )


def find_meant_entities(who: Piece, lines: Sequence[Line]) -> list[Entity]:
    """Find those whom words point back to, by their own line and the `lines` before it."""
    named_before = list(_list_earlier_names(who, lines))
    entities = [
        entity
        for part in WORDS.pronoun_joint.split(who.text)
        if (match := WORDS.points.match(part))
        for entity in _choose_pointed(match, named_before)
    ]
    return list({str(entity.names): entity for entity in entities}.values())


def _list_earlier_names(who: Piece, lines: Sequence[Line]) -> Iterator[list[Entity]]:
    """The names of the lines before a place, the nearest first."""
    own = Piece(who.line, 0, who.start)
    moved = (match.span("who") for match in WORDS.moved.finditer(own.text))
    moved_here = [each for span in moved for each in read_entities(own.part(*span))]
    yield read_in_prose(own) or moved_here
    for line in reversed(lines):
        yield read_in_prose(Piece.of(line))


def find_before(sentence: Piece, lines: Sequence[Line]) -> list[Entity]:
    """Find the nearest names before a sentence; none without names."""
    return next((names for names in _list_earlier_names(sentence.part(0, 0), lines) if names), [])


def add_latin_name(named: Entity, lines: Sequence[Line]) -> Entity:
    """Add to a Chinese name the Latin one behind it in an earlier line (`甲公司（Alpha Inc.）`)."""
    words = named.names.get("zh", "")
    if not words or "en" in named.names:
        return named
    places = ((line, line.text.find(f"{words}(")) for line in lines)
    whole = (read_entity(_cut_behind_bracket(line, place)) for line, place in places if place >= 0)
    latin = next(
        (
            each.names["en"]
            for each in whole
            if each and each.names.get("zh") == words and "en" in each.names
        ),
        "",
    )
    return named.replace(names={**named.names, "en": latin}) if latin else named


def _cut_behind_bracket(line: Line, place: int) -> Piece:
    """The words of a line from a place to the end of the first brackets."""
    first = next(iter(_list_bracket_spans(line.text[place:])), None)
    return Piece(line, place, place + first[1] + 1 if first else len(line.text))


def _choose_pointed(match: re.Match[str], named_before: Sequence[list[Entity]]) -> list[Entity]:
    nearest = next((names for names in named_before if names), [])
    if match["self"]:
        return [entity for entity in nearest if entity.kind == "person"][-1:]
    if match["one"]:
        return [entity for entity in nearest if entity.kind == "org"][-1:]
    count = parse_number(match["count"][:-1]) if match["count"] else None
    entities = [entity for names in reversed(named_before) for entity in names]
    return entities[-count:] if count else nearest
