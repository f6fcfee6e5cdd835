"""A watch list: whom we buy from and sell to, what is ours, what we make of which parts; from a CSV or a sheet. Pure."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Literal

import msgspec

from monitor.errors import ConfigError, Unreadable
from monitor.model import Value
from monitor.watch import names, words
from monitor.watch.spellings import spellings

Relation = Literal["supplier", "customer", "own", "product", "part"]
SHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
SEVERAL = re.compile(r"[;；|\n]|、")
NUMBERS = re.compile(r"[;；|\n、,，/]|\s{2,}")
MOST_ROWS = 250_000  # 15 s and 250 MB
LONGEST_NAME = 500  # characters; more is a quotation mark that closed too late
OF_GOODS = ("hs", "codes", "eccn", "materials", "part_of")
END = "\x00the end"  # what no list holds
HEADED_WITHIN = 10  # rows; above the headings a sheet may have a title
Tell = Callable[[str], None]
# What a column may be called, levelled to letters and digits; the first of a field is the one we would print.
HEADINGS = """
name: name company companyname supplier suppliername customer customername vendor vendorname entity product productname
name: part partname component item itemname 名称 公司名称 公司 企业名称 企业 供应商 供应商名称 客户 客户名称 产品
name: 产品名称 品名 物料名称 零件 零部件 部件 部件名称 子公司
aliases: aliases alias aka othernames othername alsoknownas localname chinesename englishname namezh nameen shortname
aliases: acronym formername 别名 其他名称 英文名 英文名称 中文名 中文名称 简称 曾用名 又名
country: country countrycode countryiso nation location 国家 国别 国家地区 国家或地区 所在国
ids: id ids identifier registration registrationnumber registrationno companynumber regno lei duns dunsnumber vat taxid
ids: uscc imo 统一社会信用代码 信用代码 注册号 编号 税号登记
parent: parent parentcompany group ultimateparent 母公司 集团 所属集团 上级公司
owner: owner responsible contact accountowner buyer relationowner manager 负责人 联系人 采购员
relation: relation relationship type role 关系 类型
kind: kind entitytype persontype 主体类型
hs: hs hscode hscodes tariff tariffcode tariffnumber hts cn8 commoditycode taric 海关编码 海关商品编号 海关商品编码
hs: hs编码 商品编码 商品编号 税则号 税则号列 税号
eccn: eccn eccns eccnnumber useccn exportcontrolclassificationnumber 美国管制编码 美国eccn
codes: controlcode controlcodes code codes exportcontrolcode dualusecode 管制编码 管制编号 物项编码
codes: 出口管制编码 出口管制编号 管制物项编号
materials: materials material rawmaterial rawmaterials substance substances contains composition elements 材料 原材料
materials: 材质 成分 元素 物质
part_of: partof bom assembly parentproduct usedin finishedproduct finishedgood 所属产品 用于产品 成品 上级物料 父件 总成
ref: ref reference
note: note notes description remark remarks comment comments 备注 说明
"""
RELATIONS = {
    **dict.fromkeys(("supplier", "vendor", "供应商"), "supplier"),
    **dict.fromkeys(("customer", "client", "客户"), "customer"),
    **dict.fromkeys(("own", "subsidiary", "affiliate", "子公司", "关联公司", "本公司"), "own"),
}


class Party(Value, frozen=True, kw_only=True, tag="party"):
    """Someone we deal with, or a firm of our own. `owner` of us keeps the relation; `origin` is the file and row it is from."""

    name: str
    relation: Literal["supplier", "customer", "own"] = "supplier"
    aliases: tuple[str, ...] = ()
    country: str | None = None
    ids: tuple[str, ...] = ()
    parent: str | None = None
    person: bool = False
    owner: str = ""
    note: str = ""
    origin: str = ""

    @property
    def key(self) -> str:
        """What the entry is known by: `supplier:acmeltd`."""
        return f"{self.relation}:{names.plain(self.name)}"


class Product(Value, frozen=True, kw_only=True, tag="product"):
    """What we make, buy or sell, or a line of a bill of materials (`part_of` a product).

    `eccn` are numbers of the American list, `codes` those of any other: the same letters are another good there.
    """

    name: str
    relation: Literal["product", "part"] = "product"
    hs: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    eccn: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    part_of: str = ""
    owner: str = ""
    note: str = ""
    origin: str = ""

    @property
    def key(self) -> str:
        """What the entry is known by: `part:motor:magnet`."""
        return ":".join((self.relation, *(names.plain(part) for part in (self.part_of, self.name) if part)))


Entry = Party | Product


class Imported(Value, frozen=True, kw_only=True):
    """What a file gave, and row by row what could not be used; `refs` are what the rows are called, one for each entry."""

    entries: tuple[Entry, ...]
    unusable: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()


def entries(file: str, body: bytes, relation: Relation | None) -> Imported:
    """The entries of a CSV file or a sheet; without a `relation` its columns tell whether they are parties or goods.

    Raises:
        ConfigError: it is neither, or no column is known to hold the names.
    """
    told: list[str] = []
    found: dict[str, Entry] = {}
    refs: list[str] = []
    for where, cells in _rows(file, body, told.append):
        of_goods = any(field in cells for field in OF_GOODS)
        read = read_entry(cells, relation or ("product" if of_goods else "supplier"), where, partial(_tell, told, where))
        if read is not None and read.key in found:
            told.append(f"{where}: {read.name} stands above already; the first is kept")
        elif read is not None:
            found[read.key] = read
            refs.append(_first(cells, "ref") or where.rpartition(" row ")[2])
    return Imported(entries=tuple(found.values()), unusable=tuple(told), refs=tuple(refs))


def _rows(file: str, body: bytes, tell: Tell) -> Iterator[tuple[str, Mapping[str, list[str]]]]:
    """Each row under its headings, with where it stands."""
    for sheet, table in _tables(file, body):
        top, columns = _headed(file, table)
        for number, row in enumerate(table[top + 1 :], top + 2):
            where = f"{file}{sheet} row {number}"
            if len(row) > len(columns):
                tell(f"{where}: {len(row)} cells under {len(columns)} headings; is a name with a comma in quotation marks?")
            elif any(cell.strip() for cell in row):
                yield where, _under(columns, row)


def _headed(file: str, table: Sequence[Sequence[str]]) -> tuple[int, list[str]]:
    """Which of the first rows is the headings, and the field of each column."""
    for number, row in enumerate(table[:HEADED_WITHIN]):
        columns = [_field(cell) for cell in row]
        if "name" in columns:
            return number, columns
    heads = ", ".join(cell for cell in table[0] if cell) if table else "nothing"
    raise ConfigError(f"{file}: no column holds names; its first row is: {heads[:120]}. Call one of them `name` or 名称")


def _tell(told: list[str], where: str, why: str) -> None:
    told.append(f"{where}: {why}")


def _under(columns: Sequence[str], row: Sequence[str]) -> dict[str, list[str]]:
    cells: dict[str, list[str]] = {}
    for field, cell in zip(columns, row, strict=False):
        if field and cell.strip():
            cells.setdefault(field, []).append(cell.strip())
    return cells


def _tables(file: str, body: bytes) -> Iterator[tuple[str, Sequence[Sequence[str]]]]:
    if not file.lower().endswith(SHEETS):
        yield "", _csv(file, body)
        return
    from monitor.document import BlockKind, from_binary  # noqa: PLC0415 - parsers that only a sheet needs

    try:
        sheets = from_binary(body)
    except Unreadable as error:
        raise ConfigError(f"{file}: {error}") from error
    if sheets is None:
        raise ConfigError(f"{file}: is called a sheet and is none; save it as CSV UTF-8 or XLSX")
    sheet = ""
    for block in sheets.blocks:
        if block.kind is BlockKind.TABLE:
            yield sheet, block.rows
        else:
            sheet = f" [{block.text}]"


def _csv(file: str, body: bytes) -> list[list[str]]:
    """Rows of a CSV as spreadsheets save them: UTF-8 or the Chinese Windows' own, commas, semicolons or tabs."""
    for charset in ("utf-8-sig", "gb18030"):
        try:
            text = body.decode(charset)
        except UnicodeDecodeError:
            continue
        return _parsed(file, text)
    raise ConfigError(f"{file}: neither a sheet nor text in UTF-8 or GB 18030; save it as CSV UTF-8 or XLSX")


def _parsed(file: str, text: str) -> list[list[str]]:
    """The rows of a text; one more at its end shows whether a quotation mark has swallowed it."""
    head = next(io.StringIO(text, newline=""), "")
    apart = "" if text.endswith(("\r", "\n")) or not text else "\r\n"
    found: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(f"{text}{apart}{END}", newline=""), delimiter=max(",;\t", key=head.count)):
            if len(found) > MOST_ROWS:
                raise ConfigError(f"{file}: has more than {MOST_ROWS:,} rows; leave out whom you don't deal with, or split it")
            found.append(row)
    except csv.Error as error:
        raise ConfigError(f"{file} row {len(found) + 1}: can't be read: {error}; is a quotation mark left open?") from error
    if found.pop() != [END]:
        raise ConfigError(f"{file} row {len(found) + 1}: a quotation mark is opened and not closed; close it, or double it")
    return found


@cache
def _fields() -> dict[str, str]:
    rows = (line.partition(": ") for line in HEADINGS.strip().splitlines())
    return {name: field for field, _, spelt in rows for name in spelt.split()}


def _field(heading: str) -> str:
    """Which field a column holds; empty where we do not know."""
    level = "".join(letter for letter in heading.casefold() if letter.isalnum())
    return _fields().get(level, "")


def entry(cells: Mapping[str, list[str]], relation: Relation) -> Entry:
    """One entry of fields by name, each with its values.

    Raises:
        ConfigError: a value can't be used.
    """
    told: list[str] = []
    made = read_entry(cells, relation, "", told.append)
    if made is None or told:
        raise ConfigError("; ".join(told))
    return made


def read_entry(cells: Mapping[str, list[str]], relation: Relation, where: str, tell: Tell) -> Entry | None:
    """One entry of fields by name; what of it can't be used is told, and there is none where it has no name."""
    if "name" not in cells:
        tell("no name")
        return None
    if relation in ("product", "part"):
        return _product(cells, relation, where, tell)
    return _party(cells, relation, where, tell)


def _party(cells: Mapping[str, list[str]], relation: Relation, where: str, tell: Tell) -> Party | None:
    first, *more = cells["name"]
    if len(first) > LONGEST_NAME:
        tell(f"a name of {len(first):,} characters; is a quotation mark left open?")
        return None
    spelt = spellings(first)
    if not names.plain(spelt[0]):
        tell(f"{first!r} is no name")
        return None
    return Party(
        name=first,
        relation=_relation(cells, relation, tell),
        aliases=tuple(dict.fromkeys([*more, *_split(cells.get("aliases", ()), SEVERAL)])),
        country=_country(cells, tell),
        ids=tuple(_split(cells.get("ids", ()), NUMBERS)),
        parent=_first(cells, "parent") or None,
        person=_first(cells, "kind").casefold() in {"person", "individual", "个人", "自然人"},
        owner=_first(cells, "owner"),
        note=_first(cells, "note"),
        origin=where,
    )


def _product(cells: Mapping[str, list[str]], relation: Literal["product", "part"], where: str, tell: Tell) -> Product:
    return Product(
        name=cells["name"][0],
        relation="part" if "part_of" in cells else relation,
        hs=tuple(_tariffs(cells, tell)),
        codes=tuple(_codes(cells, "codes", tell)),
        eccn=tuple(_codes(cells, "eccn", tell)),
        materials=tuple(_split(cells.get("materials", ()), NUMBERS)),
        part_of=_first(cells, "part_of"),
        owner=_first(cells, "owner"),
        note=_first(cells, "note"),
        origin=where,
    )


def _first(cells: Mapping[str, list[str]], field: str) -> str:
    return cells.get(field, [""])[0]


def _split(cells: Iterable[str], between: re.Pattern[str]) -> list[str]:
    return [part.strip() for cell in cells for part in between.split(cell) if part.strip()]


def _relation(cells: Mapping[str, list[str]], relation: Relation, tell: Tell) -> Literal["supplier", "customer", "own"]:
    said = _first(cells, "relation")
    known = RELATIONS.get(said.casefold(), "" if said else relation)
    if not known:
        tell(f"relation {said!r} is not known (supplier, customer, own); taken as {relation}")
    return msgspec.convert(known or relation, Literal["supplier", "customer", "own"])  # type: ignore[no-any-return]  # a Literal


def _country(cells: Mapping[str, list[str]], tell: Tell) -> str | None:
    said = _first(cells, "country")
    code = country_code(said)
    if said and code is None:
        tell(f"country {said!r} is not known; kept without")
    return code


def country_code(said: str) -> str | None:
    """The ISO code of a country by its code or its name in English or Chinese; nothing where it is none."""
    from babel import Locale  # noqa: PLC0415 - only a list with countries needs it

    if len(said) == 2 and said.upper() in Locale("en").territories:
        return said.upper()
    found = words.places().get("".join(letter for letter in said.casefold() if letter.isalnum()), "")
    return found.upper() if len(found) == 2 else None


def _tariffs(cells: Mapping[str, list[str]], tell: Tell) -> Iterator[str]:
    for said in _split(cells.get("hs", ()), NUMBERS):
        if number := tariff(said):
            yield number
        else:
            tell(f"HS number {said!r} is not 4 to 12 digits; left out")


def tariff(said: str) -> str:
    """The digits of a tariff number (`8507.60.0020`); empty where it is none."""
    digits = re.sub(r"[.\s-]", "", said)
    return digits if digits.isascii() and digits.isdecimal() and 4 <= len(digits) <= 12 else ""


def _codes(cells: Mapping[str, list[str]], field: str, tell: Tell) -> Iterator[str]:
    for said in _split(cells.get(field, ()), NUMBERS):
        if re.fullmatch(r"[0-9][A-E][0-9]{3}(?:\.?[0-9a-z])*+|EAR99|ML\d.*", said, re.IGNORECASE):
            yield said
        else:
            tell(f"control code {said!r} is not like 3A001.b.2; left out")
