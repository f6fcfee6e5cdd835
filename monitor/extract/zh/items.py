"""The controlled items of an act: a tree of marked lines, read by its codes and its conditions."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from monitor.extract import codes
from monitor.extract.zh.lines import Line
from monitor.extract.zh.markers import Level, Marked, marked
from monitor.model import Item

RESERVED = re.compile(r"【?\[?保留\]?】?[。;.]?$")
NOTE = re.compile(r"(?:说明|注释?|备注|技术说明)\d*[:.]")
COMPARED = re.compile(r"大于|小于|不低于|不超过|不小于|不大于|≥|≤|[<>]|以上|以内|之间")
END_OF_LIST = re.compile(r"(?:[一二三四五六七八九]、)?(?:出口经营者|出口上述|本公告|申请|海关|经审查|有关|上述|以上物项|任何)")
HEADING = re.compile(r"[^,。;()]{1,30}(?:相关)?(?:物项|技术|设备|材料|产品)[:。]?$")
ALL_OF = re.compile(r"(?:所有|全部|下列|以下|下述)(?:各项)?(?:特性|特征|条件|要求)|特性|特征")
ANY_OF = re.compile("任一")
DEPTHS: dict[Level, int] = {"top": 0, "sub": 1, "number": 3, "bracket": 4, "letter": 5, "dash": 6, "none": 9}
CODED_DEPTH = 2
MEASURED = re.compile(r"\d|大于|小于|不低于|不超过|以上|以下|以内|特性|特征|专门设计|专用于|项所|项管制|含有|任[一意]")
PURPOSE = re.compile(r"用于(?!生产|制造|研制|开发)")
DULL = re.compile(
    r"(?:专用)?(?:零部件|部件|组件|技术|设备|装置|材料|物项|软件|工艺|产品|制品|系统|合金|靶材|化合物|"
    r"资料)(?:[和及](?:其)?[\u4e00-\u9fff]{1,4})?$"
)
OF = re.compile("的")
IN_BRACKETS = re.compile(r"\([^()]*\)")
DEEPER = {"(": 1, ")": -1}
LONGEST_DULL = 40  # characters; what is longer says enough
ANY_KIND = re.compile(r"^(?:以下|下列)?(?:任一|任意|各类|各种)")


@dataclass
class Node:
    """A marked line with the lines below it. `codes` are its own, `depth` its place in the numbering."""

    entry: Marked
    depth: int
    words: str
    start: int
    codes: tuple[str, ...] = ()
    children: list["Node"] = field(default_factory=list)

    @property
    def hs(self) -> tuple[str, ...]:
        """The tariff numbers printed on its own line."""
        return codes.tariff_numbers(self.words)

    @property
    def all_hs(self) -> tuple[str, ...]:
        """The tariff numbers of the whole branch."""
        return tuple(dict.fromkeys([*self.hs, *(number for child in self.children for number in child.all_hs)]))


def items(lines: Sequence[Line]) -> tuple[Item, ...]:
    """The items a run of lines controls; notes, placeholders, conditions and references are none."""
    roots = _tree(lines)
    coded = any(_has_codes(node) for node in roots)
    found = [item for node in roots for item in _read(node, (), coded=coded)]
    return tuple(_with_notes(found, lines))


def by_tariff(lines: Iterable[Line]) -> tuple[Item, ...]:
    """The things named right before a tariff number, where no list shows what is an item."""
    found: list[Item] = []
    for line in lines:
        if not (tariff := codes.TARIFF.search(line.text)):
            continue
        entry = marked(line)
        start = max(line.text.rfind(mark, entry.start, tariff.start()) for mark in ",;:。")
        start = entry.start if start < 0 else start + 1
        text = line.text[start : tariff.start()]
        node = Node(entry, 0, line.text[entry.start :], start + _head_noun(text))
        if made := _item(node, (), node.hs):
            found.append(made)
    return tuple(found)


def _tree(lines: Iterable[Line]) -> list[Node]:
    roots: list[Node] = []
    path: list[Node] = []
    noting = False
    for line in lines:
        entry = marked(line)
        node = _node(entry)
        noting = _still_noting(noting, entry, node)
        if noting or node is None:
            continue
        while path and path[-1].depth >= node.depth:
            path.pop()
        (path[-1].children if path else roots).append(node)
        path.append(node)
    return roots


def _still_noting(noting: bool, entry: Marked, node: Node | None) -> bool:
    if NOTE.match(entry.words):
        return True
    return noting and not (node and (node.codes or entry.level in ("top", "sub")))


def _node(entry: Marked) -> Node | None:
    words, start = entry.words, entry.start
    head = codes.HEAD.match(words)
    if not head and entry.level == "none":
        return None
    own = codes.split(head["codes"]) if head else ()
    bracketed = codes.BRACKETED.search(words)
    if bracketed:
        own = (*own, *codes.split(bracketed["codes"]))
    shift = head.end() if head else 0
    depth = DEPTHS[entry.level] if entry.level != "none" else CODED_DEPTH
    return Node(entry, depth, words[shift:], start + shift, own)


def _has_codes(node: Node) -> bool:
    return bool(node.codes) or any(_has_codes(child) for child in node.children)


def _read(node: Node, inherited: tuple[str, ...], *, coded: bool) -> list[Item]:
    """The items of a branch: its parts where the parts are items of their own, else the branch as one."""
    if RESERVED.match(node.words) or (coded and not inherited and not _has_codes(node)):
        return []
    own = node.codes or inherited
    parts = [child for child in node.children if not RESERVED.match(child.words)]
    if any(_has_codes(child) for child in parts) or (_is_group(node, parts, own) and parts):
        return [item for child in parts for item in _read(child, own, coded=coded)]
    if _is_bare_heading(node, own):
        return []
    made = _item(node, own, node.all_hs if parts else node.hs)
    return [made] if made else []


def _is_group(node: Node, parts: list[Node], own: tuple[str, ...]) -> bool:
    """Whether the lines below are items rather than conditions or finer kinds."""
    if not own:
        return not _conditions(node)
    if not node.codes:
        return False
    if _conditions(node):
        return bool(ANY_OF.search(node.words)) and any(part.hs for part in parts)
    return any(part.entry.level == "number" for part in parts) or any(part.hs for part in parts)


def _conditions(node: Node) -> bool:
    introduction = IN_BRACKETS.sub("", node.words)
    return introduction.rstrip().endswith((":", ",")) and bool(ALL_OF.search(introduction))


def _is_bare_heading(node: Node, own: tuple[str, ...]) -> bool:
    if own:
        return not node.words
    return node.depth < DEPTHS["number"] and not node.hs and bool(HEADING.match(node.words)) and "相关" in node.words


def _item(node: Node, own: tuple[str, ...], hs: tuple[str, ...]) -> Item | None:
    name = _name(node)
    if not name or (not own and END_OF_LIST.match(name)):
        return None
    return Item(names={"zh": name}, codes=own, hs=hs, quote=node.entry.line.quote(node.start).strip())


def _name(node: Node) -> str:
    """The shortest name of the thing itself: without tariff numbers, remarks, measures."""
    line = node.entry.line
    text = line.text[node.start :]
    end = _name_end(text)
    start = _head_noun(text[:end])
    start += (
        len(match[0]) if (match := ANY_KIND.match(text[start:end])) and len(text[start:end]) - match.end() > len("设备") else 0
    )
    return line.said(node.start + start, node.start + end).strip("：:。；;，,、")


def _name_end(text: str) -> int:
    depth = after = 0
    begins, ends = _condition(text)
    for place, character in enumerate(text):
        if character == "(":
            if not depth and place >= after:
                after = _brackets_end(text, place)
            if not depth and _is_remark(text, place, after):
                return place
            depth += 1
        elif character == ")":
            depth = max(depth - 1, 0)
        elif character in ";。" or (character in ",:" and not depth and place and not begins <= place <= ends):
            return place
    return len(text)


def _is_remark(text: str, place: int, after: int) -> bool:
    """A bracket that nothing follows but punctuation and further brackets says something about the thing, it does not name it."""
    return after == len(text) or text[after] in "。;:," or text.startswith("(参考", place)


def _brackets_end(text: str, place: int) -> int:
    """Where the brackets end that follow each other from a place on; one that is never closed is only its own opening."""
    depth, opened = 0, place
    for here in range(place, len(text)):
        if not depth and text[here] != "(":
            return here
        opened = opened if depth else here
        depth += DEEPER.get(text[here], 0)
    return opened + 1 if depth else len(text)


def _condition(text: str) -> tuple[int, int]:
    """From where to where a text only compares, and names nothing yet: its commas and colons end no name."""
    compared, noun = COMPARED.search(text), text.find("的")
    return compared.end() if compared else len(text) + 1, noun if noun >= 0 else len(text)


def _head_noun(name: str) -> int:
    """Where the noun begins after measures and purposes; 0 where the noun alone would say too little."""
    told = [match for pattern in (MEASURED, PURPOSE) for match in pattern.finditer(name)]
    first = min((match.end() for match in told), default=len(name) + 1)
    joints = [joint.end() for joint in OF.finditer(name)]
    for joint in reversed(joints):
        if joint - 1 < first:
            break
        if len(name) - joint >= 2 and not _is_dull(name[joint : joint + LONGEST_DULL]):
            last = max((match.start() for match in told if match.start() < len(name)), default=-1)
            return next((place for place in joints if place <= joint and last < place), joint)
    return 0


def _is_dull(noun: str) -> bool:
    return bool(DULL.fullmatch(ANY_KIND.sub("", noun)))


def _with_notes(found: list[Item], lines: Sequence[Line]) -> Iterable[Item]:
    notes: dict[str, tuple[int, Line]] = {}
    for place, line in enumerate(lines):
        if NOTE.match(line.text):
            for code in codes.split(line.text):
                notes.setdefault(code, (place, line))
    for item in found:
        own = min((notes[code] for code in item.codes if code in notes), key=lambda note: note[0], default=None)
        yield Item(names=item.names, codes=item.codes, hs=item.hs, note=own[1].raw.strip() if own else "", quote=item.quote)
