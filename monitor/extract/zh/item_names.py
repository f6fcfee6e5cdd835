"""Read the names of goods in Chinese, in lists and in prose: without numbers, conditions and
remarks.
"""

import re
from collections.abc import Iterator

from monitor.extract import codes
from monitor.extract.item_tree import IN_BRACKETS, Thing, find_bracket_start
from monitor.extract.zh.lines import Line
from monitor.extract.zh.names import JOINT, Piece, mask_brackets
from monitor.extract.zh.words import CHINESE
from monitor.model import Item

WORDS = CHINESE.table("item_names")

LONG = 30  # characters: what is made with it stays in a shorter name
QUOTES = re.compile('"')
DEEPER = {"(": 1, ")": -1}
LONGEST_DULL = 40  # characters; what is longer says enough
# The commas of `2,4-二硝基甲苯`, `N,N-二甲基`, `1,1'-`: letters or digits on both sides, and a dash after
# them.
RATIO = re.compile(r"(?<![A-Za-z\d])\d{1,4}:\d{1,5}(?![\d-])")  # 1:500, but not P507:2-…
LOCANT = re.compile(r"(?<![A-Za-z\d.])(?:\d{1,2}|[A-Z])'?(?:,(?:\d{1,2}|[A-Z])'?){1,9}(?=[-(\[])")
CLOSED = re.compile(r"[。;]\s*$")


def read_things(line: Line, start: int) -> tuple[tuple[Thing, ...], tuple[str, ...]]:
    """Read the names in a line, each with its numbers; and the numbers behind the
    sentence's end.
    """
    text = line.text
    tariffs = list(codes.TARIFF.finditer(text, start))
    if not tariffs:
        return (Thing(read_name(line, start, len(text))),), ()
    if CLOSED.search(text[start : tariffs[0].start()][-4:]):
        numbers = tuple(number for tariff in tariffs for number in codes.list_numbers(tariff))
        return (Thing(read_name(line, start, tariffs[0].start())),), numbers
    return tuple(_list_numbered_things(line, start, tariffs)), ()


def _list_numbered_things(line: Line, start: int, tariffs: list[re.Match[str]]) -> Iterator[Thing]:
    for begin, tariff in zip((start, *(tariff.end() for tariff in tariffs)), tariffs, strict=False):
        joint = WORDS.joined.match(line.text, begin, tariff.start()) if begin > start else None
        here = joint.end() if joint else begin
        yield Thing(
            read_name(line, here, find_bracket_start(line.text, here, tariff.start())),
            codes.list_numbers(tariff),
        )


def read_name(line: Line, start: int, end: int) -> str:
    """The shortest name of the thing itself between two places; empty where the words only
    measure.
    """
    text = line.text[start:end]
    begin, stop = _find_clause(text)
    if begin == stop:
        return ""
    begin += _find_head_noun(text[begin:stop])
    measure = WORDS.over.match(text, begin, stop)
    if measure and not is_dull(text[measure.end() : stop]):
        begin = measure.end()
    kind = WORDS.any_kind.match(text[begin:stop])
    if kind and stop - begin - kind.end() > len("设备"):
        begin += kind.end()
    return line.said(start + begin, start + stop).strip("：:。；;，,、")


def _find_clause(text: str) -> tuple[int, int]:
    """The clause that names the thing: the first that does not only measure or tell what it can
    do.
    """
    begin = 0
    for end in _list_clause_ends(text):
        if end < begin:
            continue
        clause = text[begin:end]
        if clause and not _is_only_measure(clause):
            tested = WORDS.tested.search(text, begin)
            return begin, min(end, tested.start()) if tested and tested.start() > begin else end
        if text[end : end + 1] in (":", ";", "。") and clause:
            break
        begin = _find_brackets_end(text, end) if text[end : end + 1] == "(" else end + 1
    return 0, 0


def _is_only_measure(clause: str) -> bool:
    bare = IN_BRACKETS.sub("", clause).rstrip()
    if not (
        WORDS.compared.search(bare)
        or WORDS.only_says.match(clause)
        or WORDS.ends_in_unit.search(bare[-14:])
    ):
        return False
    over = WORDS.over.match(clause)
    if over and over.end() + 1 < len(clause):
        return False
    noun = clause.rfind("的")
    last = max((match.end() for match in WORDS.compared.finditer(clause)), default=0)
    return noun < 0 or noun + 1 < last or noun + 1 >= len(clause)


def _list_clause_ends(text: str) -> Iterator[int]:
    """Yield where clauses end, or where a bracket with a remark on the thing begins."""
    depth = after = 0
    locants = {
        place
        for pattern in (LOCANT, RATIO)
        for match in pattern.finditer(text)
        for place in range(*match.span())
    }
    for place, character in enumerate(text):
        if character == "(":
            if not depth and place >= after:
                after = _find_brackets_end(text, place)
            if not depth and place and _is_remark(text, place, after):
                yield place
            depth += 1
        elif character == ")":
            depth = max(depth - 1, 0)
        elif character in ";。" or (character in ",:" and not depth and place not in locants):
            yield place
    yield len(text)


def _is_remark(text: str, place: int, after: int) -> bool:
    """A bracket that nothing follows but punctuation and further brackets says something about
    the thing, it does not name it.
    """
    return after == len(text) or text[after] in "。;:," or bool(codes.BRACKETED.match(text, place))


def _find_brackets_end(text: str, place: int) -> int:
    """Find the end of adjacent brackets from a place on; an unclosed one is only its opening."""
    depth, opened = 0, place
    for here in range(place, len(text)):
        if not depth and text[here] != "(":
            return here
        opened = opened if depth else here
        depth += DEEPER.get(text[here], 0)
    return opened + 1 if depth else len(text)


def _find_head_noun(words: str) -> int:
    """Find where the noun begins after measures and purposes; 0 if the noun alone says
    too little.
    """
    bare = LOCANT.sub(lambda locant: "-" * len(locant[0]), words)
    qualifiers = [
        match for pattern in (WORDS.measured, WORDS.purpose) for match in pattern.finditer(bare)
    ]
    if len(words) > LONG:
        qualifiers.extend(WORDS.making.finditer(bare))
    first = min((match.end() for match in qualifiers), default=len(words) + 1)
    joints = [joint.end() for joint in WORDS.of.finditer(words)]
    for joint in reversed(joints):
        if joint - 1 < first:
            break
        if len(words) - joint >= 2 and not is_dull(words[joint : joint + LONGEST_DULL]):
            return _find_content_start(words, joints, joint)
    return 0


def _find_content_start(words: str, joints: list[int], joint: int) -> int:
    """The noun with what it contains before it: `含铒的光纤材料` is no other material."""
    before = max((place for place in joints if place < joint), default=0)
    content = words[before:joint]
    return before if WORDS.content.match(content) and not WORDS.measured.search(content) else joint


def is_dull(noun: str) -> bool:
    """Return whether a noun alone names no kind of goods: `设备`, `专用零部件`, `技术及其载体`."""
    return bool(WORDS.dull.fullmatch(QUOTES.sub("", WORDS.any_kind.sub("", noun))))


NUMBER = re.compile(r"(?<!\d)\d{8,10}(?!\d)")
# goods that an act knows by their tariff number alone
BY_NUMBER = re.compile(r".{0,40}(?:编[号码]|税号|号列)\d{8,10}|\d{8,10}项下.{0,8}")
QUOTED = re.compile(r'"(?P<name>[^"]{2,60})"[^"]{0,8}$')


def read_things_in_prose(piece: Piece) -> tuple[Item, ...]:
    """The things a phrase names, each with the numbers that stand in the brackets behind it."""
    made = (_read_thing(part) for part in _split_prose(piece))
    return tuple({(str(item.names), item.hs, item.codes): item for item in made if item}.values())


def _split_prose(piece: Piece) -> Iterator[Piece]:
    """The phrase cut where one thing ends and the next begins; what is joined before a last `的`
    only describes.
    """
    masked = mask_brackets(piece.text)
    tail = WORDS.tails.search(masked)
    masked = masked[: tail.start()] if tail else masked
    described = max((match.end() for match in WORDS.of.finditer(masked)), default=0)
    joints = [joint for joint in JOINT.finditer(masked) if joint.start() >= described]
    here = 0
    for joint in joints:
        yield piece.part(here, joint.start())
        here = joint.end()
    yield piece.part(here, len(masked))


def _read_thing(part: Piece) -> Item | None:
    masked = mask_brackets(part.text)
    stop = masked.find("(")
    end = stop if stop > 0 else len(masked)
    start = max((match.end() for match in WORDS.of.finditer(masked, 0, end - 1)), default=0)
    start = _skip_lead(masked, start, end)
    start = coded.end() if (coded := codes.HEAD.match(masked, start, end)) else start
    tail = WORDS.tails.search(masked, start, end)
    end = tail.start() if tail else end
    name = part.part(start, end).said().strip('“”"《》：:，,') if end > start else ""
    own_name = (
        WORDS.inside.match(part.text)
        or WORDS.quoted.search(part.text)
        or QUOTED.search(masked[:end], start)
    )
    own = tuple(
        dict.fromkeys([*WORDS.coded.findall(part.text), *WORDS.technology.findall(part.text)])
    )
    hs = codes.list_tariff_numbers(part.text) or tuple(dict.fromkeys(NUMBER.findall(part.text)))
    name = part.part(*own_name.span("name")).said() if own_name else name
    if hs and not own and (WORDS.nothing.match(name) or BY_NUMBER.fullmatch(name)):
        name, own_name = hs[0], None
    elif WORDS.nothing.match(name) and not own:
        return None
    return Item(
        {"zh": name or own[0]},
        own,
        hs,
        quote=part.quote,
    )


def _skip_lead(text: str, start: int, end: int) -> int:
    match = WORDS.leads.match(text, start, end)
    return match.end() if match else start
