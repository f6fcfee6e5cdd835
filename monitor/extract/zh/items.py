"""The controlled items of an act: its marked lines as entries of the tree, without notes, definitions and procedure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from monitor.extract import codes, item_tree
from monitor.extract.item_tree import CODED, PLAIN, Introductions, ListLine
from monitor.extract.zh import item_names
from monitor.extract.zh.lines import Line, Marked, entries, marked
from monitor.extract.zh.lines import line as join
from monitor.model import Item

RESERVED = re.compile(r"【?\[?保留\]?】?[。;.]?$")
NOTE = re.compile(r"\(?(?:技术)?(?:说明|注释?|备注)\s?\d*[:.]|控制要点\d*[:.]")
OPEN_NOTE = re.compile(r"[^:：]{1,8}[:：]\s*(?:[（(]?\d{1,2}[)）.．、](?:(?![（(；;]\d)[\s\S])*)?")
DEFINES = re.compile(r"[^,。;]{1,30}?,?(?:系|是)?指(?![标数令导示引定南])")
NOT_CONTROLLED = re.compile(r"不(?:受|予|在此)?(?:本公告)?(?:管制|管控|控制)")
# What ends a list: how to apply, who must do what.
PROCEDURE = re.compile(
    r"(?:出口(?:经营者|商|企业|人)|进口经营者|出口上述|本(?:公告|决定|通知|目录|清单)|申请|海关|经审查|有关(?:部门|单位|企业)|任何(?:单位|组织|个人|国家)|"
    r"出口时|(?:商务部|国务院)|对(?:上述|以上|本|违反|国家安全)|自\d{4}年|未按|违反|特此)"
    r"|(?:临时)?管制(?:期限|措施)|(?:实施|有效)?期限|有关事项|其余事项|其他事项"
    r"|(?:上述|以上|前述|前款|所有未|未列入)[^。;:]{0,40}?(?:,|应当?|不得|须|需要?|可以|依法|依照|按照)"
)
# What is meant beside what is listed: no goods by name.
CATCH_ALL = re.compile(
    r"(?:其他(?:物项)?[。:]?$|除(?:上述|前述|以上|本|所列|此)|其他(?:一切|任何|所有|可能|满足|符合|有助|可用于|用于|未列)|"
    r"以及其他(?:可能|有助))"
)
ELSEWHERE = re.compile(r"附件\d*[^,。;]{0,20}?所列")
HEADING = re.compile(r"[^,。;()]{1,30}(?:相关)?(?:物项|技术|设备|材料|产品)[:。]?$")
INTRODUCTIONS = Introductions(
    conditions=re.compile(
        r"(?:所有|全部|下列|以下|下述|[两二三四])(?:各项|种|个)?(?:特性|特征|条件|要求|参数|指标|功能)|特性|特征"
    ),
    examples=re.compile(r"(?:包括|例如|如)[^,;。:]{0,6}[:,]?$"),
    kinds=re.compile(r"(?:下列|以下|下述|如下|前述)"),
)
INTANGIBLE = re.compile(r"(?:技术|软件|工艺|资料|程序|数据)(?:及其载体|及资料|和资料|及软件|和技术|和软件)?(?:\(|[,。;:]|$)")
# What an act says before it names a thing in prose.
LEAD = re.compile(
    r"(?:决定|现|自[^,。;]{1,20}起|全面|暂时|继续)*+(?:暂停|恢复|停止|禁止|限制|增列|新增|增加)?(?:对|将|把|向)?(?:出口|进口)?"
)
# A line of a list without any mark: `热压机;`.
UNMARKED = re.compile(r"[^。;:]{2,60}[;。]$|[^。;]{2,60}:$")
WIDE = frozenset({"top", "sub"})
CODELIKE = frozenset({"none", "dash"})  # marks that say nothing where a control code follows
CIRCLED = re.compile("[\u2460-\u2473]")


def items(lines: Sequence[Line]) -> tuple[Item, ...]:
    """The items a run of lines controls; notes, placeholders, conditions and references are none."""
    return tuple(_with_notes(item_tree.items(_entries(lines), "zh"), lines))


def ends(line: Line) -> bool:
    """Whether a line is on how to apply, and ends a list."""
    words = marked(line).words
    return not codes.HEAD.match(words) and not codes.TARIFF.search(words) and bool(PROCEDURE.match(words))


def catches_all(line: Line) -> bool:
    """Whether a line means whatever stands beside the list."""
    return bool(CATCH_ALL.match(marked(line).words))


def by_tariff(lines: Iterable[Line]) -> tuple[Item, ...]:
    """The things named right before a tariff number, where no list shows what is an item."""
    items: list[Item] = []
    for line in lines:
        if not (tariff := codes.TARIFF.search(line.text)):
            continue
        marked_line = marked(line)
        start = max(line.text.rfind(mark, marked_line.start, tariff.start()) for mark in ",;:。")
        start = marked_line.start if start < 0 else start + 1
        start = LEAD.match(line.text, start, tariff.start()).end()  # type: ignore[union-attr]  # it may be empty
        things, closing = item_names.things(line, start)
        for thing in things:
            if thing.name:
                quote = line.quote(max(line.literal.find(thing.name, start), start)).strip()
                items.append(Item(names={"zh": thing.name}, hs=tuple(dict.fromkeys([*thing.hs, *closing])), quote=quote))
    return tuple(items)


def _entries(lines: Iterable[Line]) -> Iterator[ListLine]:
    noting: Line | None = None
    marked_lines = [marked_line for line in _joined(lines) for marked_line in _marked(line)]
    plain = any(marked_line.level == "none" and _is_plain(marked_line) for marked_line in marked_lines)
    for marked_line in marked_lines:
        entry = _entry(marked_line, plain=plain)
        noting = _note(noting, marked_line, entry)
        if entry and not noting and not _says_nothing(marked_line):
            yield entry


def _joined(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, one that is only a control code joined to the next."""
    above: Line | None = None
    for line in lines:
        if above:
            line = join(f"{above.raw} {line.raw}", traditional=line.traditional)  # noqa: PLW2901 -- the line with its code
        above = line if codes.HEAD.fullmatch(marked(line).words) else None
        if not above:
            yield line
    if above:
        yield above


def _is_plain(marked_line: Marked) -> bool:
    return not codes.HEAD.match(marked_line.words) and bool(codes.TARIFF.search(marked_line.words))


def _marked(line: Line) -> list[Marked]:
    """The entries of a line; circled figures part them too."""
    circled = [match.start() for match in CIRCLED.finditer(line.literal)]
    if not circled:
        return entries(line)
    parts = zip([0, *circled], [*circled, len(line.text)], strict=True)
    return [Marked(line.part(begin, end), "bracket", "", 1 if begin in circled else 0) for begin, end in parts if end > begin]


def _note(noting: Line | None, marked_line: Marked, entry: ListLine | None) -> Line | None:
    """The note that an entry stands in: its own line, and those below one that says nothing itself or begins to count."""
    if NOTE.match(marked_line.words):
        return marked_line.line
    ended = noting and noting.raw != marked_line.line.raw and not OPEN_NOTE.fullmatch(noting.raw)
    return None if ended or (entry and (entry.codes or marked_line.level in WIDE)) else noting


def _says_nothing(marked_line: Marked) -> bool:
    """Whether the words are of the act rather than of its list: definitions, exclusions, procedure, what stands elsewhere."""
    words = marked_line.words
    if codes.HEAD.match(words):
        return False
    return bool(
        PROCEDURE.match(words)
        or CATCH_ALL.match(words)
        or DEFINES.match(words)
        or NOT_CONTROLLED.search(words)
        or ELSEWHERE.search(words)
    )


def _entry(marked_line: Marked, *, plain: bool) -> ListLine | None:
    words, start = marked_line.words, marked_line.start
    head = codes.HEAD.match(words)
    priced, bracketed = codes.TARIFF.search(words), codes.BRACKETED.search(words)
    if not head and not priced and not bracketed and marked_line.level == "none" and not (plain and UNMARKED.match(words)):
        return None
    printed = (match["codes"] for match in (head, bracketed) if match)
    own = (*codes.split("、".join(printed)), *codes.TECHNOLOGY.findall(words))
    start += head.end() if head else 0
    words = marked_line.line.text[start:]
    named, closing = item_names.things(marked_line.line, start)
    return ListLine(
        level=_level(marked_line, coded=bool(head or bracketed)),
        quote=marked_line.line.quote(start).strip(),
        things=named,
        codes=own,
        closing=closing,
        introduces=INTRODUCTIONS.of(words),
        wide=marked_line.level in WIDE,
        ordinal=marked_line.level == "number",
        reserved=bool(RESERVED.match(words)),
        heading=_is_bare_heading(marked_line, words, own),
        intangible=bool(INTANGIBLE.search(words)),
    )


def _level(marked_line: Marked, *, coded: bool) -> str:
    if coded and marked_line.level in CODELIKE:
        return CODED
    return PLAIN if marked_line.level == "none" else marked_line.level


def _is_bare_heading(marked_line: Marked, words: str, own: tuple[str, ...]) -> bool:
    if own:
        return not words
    return marked_line.level in WIDE and not codes.TARIFF.search(words) and bool(HEADING.match(words)) and "相关" in words


def _with_notes(items: list[Item], lines: Sequence[Line]) -> Iterable[Item]:
    notes: dict[str, tuple[int, Line]] = {}
    for place, line in enumerate(lines):
        if NOTE.match(line.text):
            for code in codes.split(line.text):
                notes.setdefault(code, (place, line))
    for item in items:
        own = min((notes[code] for code in item.codes if code in notes), key=lambda note: note[0], default=None)
        yield Item(names=item.names, codes=item.codes, hs=item.hs, note=own[1].raw.strip() if own else "", quote=item.quote)
