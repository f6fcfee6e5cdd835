"""Whom sentences, lists and tables in languages whose verb closes its clause name: by Latin names,
and what stands beside those.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

from monitor.extract import change_tables
from monitor.extract.verb_final.deeds import Deed
from monitor.extract.verb_final.lines import LEVEL, Line, split_columns, split_row
from monitor.extract.verb_final.tables import hide_columns
from monitor.extract.words import Words
from monitor.model import Action, Entity, EntityKind
from monitor.vocabulary.countries import spelt
from monitor.vocabulary.forms import FORM

LATIN = r"[A-Z][A-Za-zÀ-ɏ0-9 .,'’&/-]*+(?:\([A-Za-z .-]{1,20}\)[A-Za-zÀ-ɏ0-9 .,'’&/-]*+)?"
# before a Latin name: `英語名`
TONGUE = r"(?:(?:英[語文](?:名称?|表記)?|영문명?|영어명)[\s::]{0,3})?"
# how it is read, before a Latin name: `(リ・ヨンス、RI Yong Su)`, `(李英洙, RI Yong Su)`
READING = r"(?:(?:[^\W\dA-Za-z_]|[ ・·ー=-]){1,40}[、,;/]\s?)?"
# another name behind a Latin one: `(Pak Song Chol 別称:Park Sung-chul)`
OTHER = r"(?:[、,;]?\s?(?:別称|別名|旧称|通称|가명|별칭|별명|이명|일명)[\s:]{0,3}(?P<other>[^()]{1,80}))?"
PAIR = re.compile(
    rf"(?P<own>[^\s、,;:()「」『』・|][^、,;:()「」『』\n|]{{0,80}}?)\s?\({READING}{TONGUE}(?P<latin>{LATIN}){OTHER}(?:[、，;；년年생生][^()]{{0,80}})?\)"
    r"(?!\s?[A-Za-z][A-Za-z .,&-]*+(?![^\W\dA-Za-z_]))"
)  # `Acme (Pvt) Ltd` is no pair; `甲(Ko) IT技術者` is one
SPACED = re.compile(rf"([^\WA-Za-z\d_]{{2,40}})\s({LATIN})")
# a name that begins with a word in marks: `「北方」基金(Northern Fund)`
QUOTED = re.compile(
    rf"(?P<own>[「『][^「」『』]{{1,30}}[」』][^\s、,;:()「」『』]{{1,40}})\s?\((?P<latin>{LATIN})\)"
)
BARE = re.compile(rf"(?P<latin>{LATIN})")
# the Latin name first: `Acme Co., Ltd. (某有限公司)`
TURNED = re.compile(rf"(?P<latin>{LATIN})\((?P<own>[^()A-Za-z\d]{{2,60}})\)")
PLACED = re.compile(rf"(?P<latin>{LATIN})\((?P<place>[^()]{{2,20}})\)")
# the year of a birth, or a ship's number, behind a name: `(Kim Yong Ho, 1974년 …`
BORN = re.compile(r",\s?(?:(?:19|20)\d\d\s?(?:\.\s?[\d. ]{0,8})?|IMO\W{0,3}\d{7})\Z")
# a ship's name in marks, with its number: `'청송 3호'(IMO 8712341)`
SHIP = re.compile(
    r"[‘'“\"「『](?P<own>[^‘’'“”\"「」『』]{1,40})[’'”\"」』]\s?\(IMO[^()\d]{0,8}\d{7}[^()]{0,20}\)"
)
# the word for a kind before a name: `団体:`, `(個人)`
LABEL = re.compile(r"(?:[^\s:(),.]{1,6}\s?:|\([^\s:(),.]{1,6}\))\s?")
NO_NAME = re.compile(r"(?:HSK?|ECCN|CAS|IMO|No|EAR|WMD)\b|[A-Z]{2,5}\Z")
STATE = re.compile(r"\b(?:Republic|Kingdom|Federation|Emirates?)\b")
# between an old name and a new one, which nobody adds
ARROW = re.compile(r"[→⇒➡]|[-=]>")
JOINT = re.compile(r"\s?(?:[,、;·・]|및|[와과]|及び|並びに)\s?")
# in a list: `12.`, `QDi.077`
NUMBER = re.compile(r"No\.?|(?:[A-Za-z]{1,4}[.-]?)?\d{1,5}\.?")
# before a name: `QDi.077 `, `① `
IDENTIFIER = re.compile(r"[A-Za-z]{1,4}[.-]?\d{2,5}\s+|[①-⑳]\s*")
ALIAS = re.compile(r"[A-Z][^\d,]{1,60}")


def find_named(sentence: Line, words: Words, since: int, until: int) -> list[Entity]:
    """Those whom a sentence itself names with their Latin names in brackets, in a part of it; not
    those by whom it describes others (`Xの子会社であるY`).
    """
    language = words.as_written["language"]
    ships = (match.span("own") for match in SHIP.finditer(sentence.text, since, until))
    return [
        made
        for match in PAIR.finditer(sentence.text, since, until)
        if not words.describes.match(sentence.text, match.end())
        and (made := _read_entity(sentence, match, words))
        and " " in match["latin"]
    ] + [
        Entity({language: sentence.raw[slice(*span)]}, "vessel", quote=sentence.raw.strip())
        for span in ships
    ]


def _read_entity(line: Line, match: re.Match[str], words: Words) -> Entity | None:
    latin = BORN.sub("", line.raw[match.start("latin") : match.end("latin")]).strip(" \u3000,")
    names = {"en": latin}
    if "own" in match.groupdict():
        own = line.raw[match.start("own") : match.end("own")]
        joints = words.before_name.finditer(own)
        cut = max((each.end() for each in joints if not _is_in_name(each, latin, words)), default=0)
        cut = max(cut, number.end() if (number := IDENTIFIER.match(own)) else 0)
        names = _read_own_name(own[cut:].strip(" \u3000・·-–"), words) | names
    if (
        NO_NAME.match(latin)
        or words.ours.search(next(iter(names.values())))
        or len(latin) < 2
        or not next(iter(names.values()))
    ):
        return None
    aliases = _split_others(match.groupdict().get("other") or "")
    kind = _choose_kind(line.text, latin, words)
    return Entity(names, kind, aliases=aliases, quote=line.raw.strip())


def _split_others(names: str) -> tuple[str, ...]:
    """Split other names that stand in one field, `甲（Ko）` too; `Acme Co., Ltd.` is one name."""
    return tuple(filter(None, map(str.strip, filter(None, OTHERS.split(names)))))


OTHERS = re.compile(rf"[、;]|,(?!\s?{FORM})|(?<=[^\W\dA-Za-z_])\s?[(（]([^()（）]+)[)）]\Z")


def _is_in_name(joint: re.Match[str], latin: str, words: Words) -> bool:
    """Return whether a state before a name is a part of it: its Latin name has one too, and the
    rest has none (`甲共和国の友の会`, Friends of the Republic of X).
    """
    own, end = joint.string, joint.end()
    is_state = STATE.search(latin) and words.state.search(own, end - len("공화국의 "), end)
    return bool(is_state) and not words.state.search(own, end)


def _read_own_name(own: str, words: Words) -> dict[str, str]:
    """A name in the language of the act; a country in a column beside a name, or how many they
    are, is none.
    """
    language = words.as_written["language"]
    return {} if own in spelt(language) or words.counted.fullmatch(own) else {language: own}


def _choose_kind(text: str, latin: str, words: Words) -> EntityKind:
    if words.firm.search(text) or re.search(rf"\b{FORM}\b", latin):
        return "org"
    return "person" if words.person.search(text) else "org"


def list_named(lines: Sequence[Line], words: Words) -> Iterator[tuple[int, list[Entity]]]:
    """The entries of lists and the rows of tables, by the line on which they stand."""
    yield from _list_counted(lines, words)
    for place, line in enumerate(hide_columns(lines, words)):
        if not line.cells and words.stop.search(line.text + "\n"):
            continue
        printed = (*split_columns(line, words), *split_row(line))
        if cells := line.cells or printed or tuple(_split_fields(line, words)):
            if entity := _read_row_name(Line(line.raw, line.text, cells), words):
                yield place, [entity if line.cells else entity.replace(quote=line.raw.strip())]
            continue
        if not ARROW.search(line.text):
            yield from ((place, [entity]) for entity in _list_entry(line, words))


def _list_entry(line: Line, words: Words) -> Iterator[Entity]:
    """Those whom an entry of a list names."""
    mark = words.mark.match(line.text)
    rest = _cut_behind(line, mark) if mark else line
    label = words.label.match(rest.text) or LABEL.match(rest.text)
    if label and words.beside_entry.match(label[0]):
        return
    if label and any(word.search(label[0]) for word in (words.firm, words.person, words.change)):
        rest = _cut_behind(rest, label)
    if ship := SHIP.match(rest.text) if mark else None:
        own = {words.as_written["language"]: rest.raw[slice(*ship.span("own"))]}
        yield Entity(own, "vessel", quote=line.raw.strip())
    bare = BARE.match(rest.text) if mark else _match_placed(rest.text, words)
    for match in list(_list_pairs(rest.text)) or filter(None, (bare,)):
        if entity := _read_entity(rest, match, words):
            kind = _choose_kind(label[0], match["latin"], words) if label else entity.kind
            yield entity.replace(kind=kind, quote=line.raw.strip())


def _split_fields(line: Line, words: Words) -> Iterator[str]:
    """Yield the name and the other names in an entry of fields with labels: `・国名:中国 Acme Ltd.
    別名:ACM`; nothing of an entry without the country's, or another of those beside a name.
    """
    mark = words.mark.match(line.text)
    fields = FIELD.split(line.raw[mark.end() :].strip()) if mark else []
    labelled = [words.beside_field.match(field.translate(LEVEL)) for field in fields]
    for field, beside in zip(fields, labelled, strict=True) if any(labelled) else ():
        label = words.label.match(field.translate(LEVEL))
        if not beside:
            yield field[label.end() if label else 0 :].strip()


FIELD = re.compile(r"[\u3000\t]+|\s{2,}")


def _match_placed(text: str, words: Words) -> re.Match[str] | None:
    """Match a line that is only a Latin name and its country: `Acme Trading LLC (アラブ首長国連邦)`."""
    placed = PLACED.fullmatch(text.strip())
    return placed if placed and placed["place"] in spelt(words.as_written["language"]) else None


def _list_pairs(text: str) -> Iterator[re.Match[str]]:
    """The names of both kinds that open a text, each right behind what joins it to the last."""
    since = 0
    while match := PAIR.match(text, since) or QUOTED.match(text, since):
        yield match
        joint = JOINT.match(text, match.end())
        since = joint.end() if joint else len(text)


def take_change_tables(lines: Sequence[Line], words: Words) -> tuple[list[Deed], list[Line]]:
    """What tables with a column of changes do, a deed for each kind; and the lines without them."""
    deeds: dict[Action, Deed] = {}
    kept = list(lines)
    for is_row, run in groupby(enumerate(lines), key=lambda each: bool(each[1].cells)):
        rows = list(run) if is_row else []
        cells = [line.cells for _, line in rows]
        changes = change_tables.read_one_list(cells, words.as_written["language"])
        for action, whom in changes.items():
            deed = Deed(action, whom[0].quote, rows[0][0], headed=True)
            deeds.setdefault(action, deed).entities += whom
        for place, line in rows if changes else ():
            kept[place] = Line(" " * len(line.raw), " " * len(line.text))
    return list(deeds.values()), kept


def _list_counted(lines: Sequence[Line], words: Words) -> Iterator[tuple[int, list[Entity]]]:
    """The names below a heading that counts them, one a line, in the language of the act alone."""
    for place, line in enumerate(lines):
        heading = words.heads_names.fullmatch(line.text)
        count = int(heading["count"]) if heading else 0
        below = lines[place + 1 : place + 1 + count]
        if heading and count == len(below) and all(OWN_NAME.fullmatch(each.text) for each in below):
            kind: EntityKind = "person" if words.person.search(heading["kind"]) else "org"
            named = [_read_own_name(each.raw, words) for each in below]
            yield (
                place,
                [
                    Entity(name, kind, quote=each.raw)
                    for name, each in zip(named, below, strict=True)
                    if name
                ],
            )


# a line that is nothing but a name, without letters, signs or figures
OWN_NAME = re.compile(r"[^\W\dA-Za-z_](?:[^\W\dA-Za-z_]|[ ·・ー]){1,30}")


def _cut_behind(line: Line, match: re.Match[str]) -> Line:
    return Line(line.raw[match.end() :], line.text[match.end() :])


def _read_row_name(line: Line, words: Words) -> Entity | None:
    """Read the name in a row: the own name before its Latin one, else a firm's name elsewhere."""
    cells = [cell for cell in line.cells if cell and not _is_beside(cell, words)]
    for cell in cells:
        if match := PAIR.match(cell.translate(LEVEL)):
            return _read_entity(Line(cell, cell.translate(LEVEL)), match, words)
        if match := TURNED.fullmatch(cell.translate(LEVEL)):
            return _read_entity(Line(cell, cell.translate(LEVEL)), match, words)
    cells = [part for cell in cells for part in _split_pair(cell)]
    latin = next(
        (cell for cell in cells if BARE.fullmatch(cell.translate(LEVEL)) and len(cell) > 3), ""
    )
    before = cells[: cells.index(latin)][-1:] if latin else []
    firms = (cell for cell in cells if cell != latin and words.firm.search(cell))
    own = next(iter((*before, *firms)), "")
    if not latin or re.search(r"\b[Nn]ames?\b|Country", latin):
        return None
    names = ({words.as_written["language"]: own} if own else {}) | {"en": latin}
    further = (cell for cell in cells if cell not in (own, latin) and ALIAS.fullmatch(cell))
    labelled = (words.other.sub("", cell) for cell in line.cells if words.other.match(cell))
    aliases = tuple(chain.from_iterable(map(_split_others, (*further, *labelled))))
    return Entity(names, _choose_kind(line.text, latin, words), aliases=aliases, quote=line.raw)


def _split_pair(cell: str) -> Iterable[str]:
    """Split a cell with an own name and, behind a space, the Latin one."""
    pair = SPACED.fullmatch(cell.translate(LEVEL))
    return pair.groups() if pair else (cell,)


def _is_beside(cell: str, words: Words) -> bool:
    """Return whether a cell beside a name is a number, a kind of name, a country or other names."""
    kinds = (words.firm, words.person, words.change)
    number = NUMBER.fullmatch(cell.translate(LEVEL)) or words.other.match(cell)
    return bool(number or any(kind.fullmatch(cell) for kind in kinds)) or cell in spelt(
        words.as_written["language"]
    )
