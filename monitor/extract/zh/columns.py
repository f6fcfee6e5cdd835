"""The table of an annex: which column says what, and its rows as lines and items. A heading that a page repeats is read once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec

from monitor.extract import codes
from monitor.extract.zh import item_names, items, places
from monitor.extract.zh.lines import Line
from monitor.extract.zh.lines import line as line_of
from monitor.model import Item
from monitor.vocabulary.letters import HAN

HEADINGS = (  # the first that matches a heading's words tells its column
    ("order", re.compile(r"^(?:序号|编号$|no\.?$|\d*$)", re.IGNORECASE)),
    ("hs", re.compile(r"^(?:.{0,6}(?:海关.{0,4}编[号码]|商品编[号码]|税则号列?|税号|hs.{0,6})(?:\(.*\))?$)", re.IGNORECASE)),
    ("code", re.compile(r"^(?:.{0,8}(?:管制|物项|清单).{0,2}编[号码])")),
    ("latin", re.compile(r"^(?:.{0,6}(?:英文|外文).{0,6}$|english.{0,20}$|name.{0,12}$)", re.IGNORECASE)),
    ("country", re.compile(r"^(?:.{0,4}(?:国别|国家|地区|country).{0,8}$)", re.IGNORECASE)),
    ("name", re.compile(r"^(?:.{0,8}(?:名称|中文名|中文|姓名|物项|品名|实体|企业)(?:及描述)?(?:\(.*\))?$)")),
    (
        "other",
        re.compile(
            r"^(?:.{0,4}(?:类别|类型|分类|领域|行业|批次|性质)$|(?:注册|住所)?地址$|备注$|说明$|单位$|描述$|原因$|"
            r"依据$|.{0,4}编号$)"
        ),
    ),
)
NAMING = frozenset({"name", "latin", "code", "hs"})
TARIFF = re.compile(r"\d{6,10}|\d{4}\.\d{2}(?:\.?\d{2}){0,2}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table with what its columns are for; `columns` is empty where no heading told it."""

    line: Line
    columns: tuple[str, ...]

    def cell(self, column: str) -> str:
        """The words under a heading; empty where there is none."""
        return next((cell for name, cell in zip(self.columns, self.line.cells, strict=False) if name == column), "")


def rows(lines: Iterable[Line]) -> Iterator[Row | Line]:
    """Every line that is no heading; a table that goes on over a page keeps the columns of its beginning."""
    columns: tuple[str, ...] = ()
    for line in lines:
        if not line.cells:
            yield line
        elif headings := _headings(line):
            columns = headings
        else:
            yield Row(line, _spanned(columns, len(line.cells)))


def _spanned(columns: tuple[str, ...], width: int) -> tuple[str, ...]:
    """The columns of a row; where a cell of the row above spans it, those on the left are not printed again."""
    missing = len(columns) - width
    if missing >= 0 and NAMING.isdisjoint(columns[:missing]):
        return columns[missing:]
    return ()


def _headings(row: Line) -> tuple[str, ...]:
    """What the columns are for, if the row is a heading."""
    headings = tuple(_heading(line_of(cell, traditional=row.traditional).text) if cell else "" for cell in row.cells)
    known = sum(bool(column) for column in headings)
    return headings if NAMING & set(headings) and known == sum(bool(cell) for cell in row.cells) else ()


def _heading(text: str) -> str:
    return next((column for column, pattern in HEADINGS if pattern.match(text)), "")


def names_only(row: Row) -> Line:
    """The row with the cells of its names only, as an entity is read from it."""
    cells = [row.cell("name"), row.cell("latin")] if row.columns else [cell for cell in row.line.cells if not _is_country(cell)]
    return replace(row.line, cells=tuple(cell for cell in cells if cell))


def names(lines: Iterable[Line]) -> Iterator[tuple[Line, str | None]]:
    """The lines as entities are read from them, without the headings of tables, and the country that a row says."""
    for part in rows(lines):
        yield (names_only(part), country(part)) if isinstance(part, Row) else (part, None)


def _is_country(cell: str) -> bool:
    return cell in places.countries()


def country(row: Row) -> str | None:
    """The country that the row says."""
    name = row.cell("country") if row.columns else next((cell for cell in row.line.cells if _is_country(cell)), "")
    return places.first(name) if name else None


def goods(rows: Sequence[Row]) -> list[Item]:
    """The items of a table; a row without a name adds its tariff numbers to the item above."""
    made: list[Item] = []
    code: tuple[str, ...] = ()
    for row in rows:
        own, name, hs = _fields(row)
        code = own or code
        if name and (item := _item(row, code, name, hs)):
            made.append(item)
        elif hs and made and not name:
            made[-1] = msgspec.structs.replace(made[-1], hs=tuple(dict.fromkeys([*made[-1].hs, *hs])))
    return made


def _fields(row: Row) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Control codes, name and tariff numbers, by the headings or else by their looks."""
    if row.columns:
        return codes.split(row.cell("code")), row.cell("name"), _tariff(row.cell("hs"))
    cells = [cell for cell in row.line.cells if cell]
    coded = next((cell for cell in cells if codes.HEAD.fullmatch(cell)), "")
    numbers = next((cell for cell in cells if TARIFF.fullmatch(re.split("[,、; ]", cell)[0])), "")
    return codes.split(coded), next((cell for cell in cells if HAN.search(cell)), ""), _tariff(numbers)


def _tariff(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(number.replace(".", "") for number in TARIFF.findall(cell)))


def _item(row: Row, code: tuple[str, ...], name: str, hs: tuple[str, ...]) -> Item | None:
    """The row as the line that an act would print, so that one grammar reads both."""
    printed = line_of(f"{'、'.join(code)} {name}".strip(), traditional=row.line.traditional)
    item = next(iter(items.items([printed])), None)
    own = tuple(dict.fromkeys([*hs, *codes.tariff_numbers(printed.text)]))
    code = item.codes if item else code
    if not code and not own:
        return None
    if item:
        return msgspec.structs.replace(item, hs=own, quote=row.line.raw)
    named = item_names.name(printed, 0, len(printed.text)) or codes.TARIFF.sub("", name).strip("；;。 ")
    return Item(names={"zh": named}, codes=code, hs=own, quote=row.line.raw)
