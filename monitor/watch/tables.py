"""The rows of somebody's list: CSV or TSV in any charset, XLSX, XLS, ODS; every sheet, every row
at its number. Pure.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise, zip_longest

import bs4

from monitor import document
from monitor.errors import ConfigError, SourceError, Unreadable
from monitor.vocabulary.letters import bare

Tell = Callable[[str], None]
SHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
MOST_ROWS = 250_000  # 15 s and 250 MB
END = "\x00the end"  # what no list holds
BEGINNING = 40  # rows by which charset and separator are told
SEPARATORS = ",;\t|"
# Of what is no UTF-8, the one in which the headings are words we know.
CHARSETS = ("gb18030", "cp932", "big5hkscs", "cp949")
PRIVATE = re.compile("[\ue000-\uf8ff]")  # what no text holds, and some charsets make of any byte
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
ALONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
HIGH = re.compile(rb"[\x80-\xff]")
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet (a CSV has one without a name) and its rows, of which so many stand before them
    there.
    """

    sheet: str
    rows: Rows
    before: int = 0


def read_tables(file: str, body: bytes, tell: Tell, mapped: Mapping[str, str]) -> Iterator[Table]:
    """All tables of a file, also those below the first of a sheet; a hidden sheet is reported, not
    read.

    Raises:
        ConfigError: it is neither a sheet nor text.
    """
    for whole in _whole_tables(file, body, tell, mapped):
        table = _turn(_unpack(file, whole, mapped), mapped)
        starts = [0, *_heads_below(table.rows), len(table.rows)]
        yield from (
            Table(table.sheet, table.rows[start:end], start)
            for start, end in pairwise(starts)
            if start < end or not start
        )


def _unpack(file: str, table: Table, mapped: Mapping[str, str]) -> Table:
    """A table whose lines of CSV stand in its first column, whole."""
    lines = [next(filter(None, row), "") for row in table.rows if len(list(filter(None, row))) < 2]
    if len(lines) < len(table.rows) or len(lines) < 2:
        return table
    text = "\n".join(lines)
    separator = max(SEPARATORS, key=lambda one: _separated(text, one, mapped))
    return (
        Table(table.sheet, _parsed(file, text, separator))
        if _separated(text, separator, mapped)[0] > 1
        else table
    )


def _turn(table: Table, mapped: Mapping[str, str]) -> Table:
    """A table whose headings stand below each other, as in a form or where each firm is a
    column: its columns are rows.
    """
    turned = [list(column) for column in zip_longest(*table.rows[:HEADED_WITHIN], fillvalue="")]
    layouts = find_layout(table.rows, mapped), find_layout(turned, mapped)
    known, better = (len(layout.fields) if layout else 0 for layout in layouts)
    is_better = len(table.rows) <= HEADED_WITHIN and better > max(known, 1)
    return Table(f"{table.sheet}, columns as rows", turned) if is_better else table


def _heads_below(rows: Rows) -> Iterator[int]:
    """Where another table begins: behind an empty row two headings or more, among them one of
    names.
    """
    for number in range(2, len(rows)):
        if not any(map(str.strip, rows[number - 1])) and _is_heading(row := rows[number]):
            fields = [find_field(cell) for cell in row if cell.strip()]
            if all(fields) and len({*fields}) > 1 and _names_something(frozenset(fields)):
                yield number


def _whole_tables(file: str, body: bytes, tell: Tell, mapped: Mapping[str, str]) -> Iterator[Table]:
    if file.lower().endswith(SHEETS) or body.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        yield from _sheets(file, body, tell, mapped)
    else:
        yield Table("", _text(file, body, mapped))


def _sheets(file: str, body: bytes, tell: Tell, mapped: Mapping[str, str]) -> Iterator[Table]:
    try:
        sheets = document.read_binary(body, every_row=True)
    except Unreadable as error:
        raise ConfigError(f"{file}: {error}") from error
    # systems export text or a web page under that name
    if sheets is None and file.lower().endswith(".xls"):
        if body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
            yield from _in_web_page(file, body)
        else:
            yield Table("", _text(file, body, mapped))
    elif sheets is None:
        raise ConfigError(f"{file}: is called a sheet and is none; save it as CSV UTF-8 or XLSX")
    else:
        yield from _shown(file, sheets, tell)


def _in_web_page(file: str, body: bytes) -> Iterator[Table]:
    try:
        text = document.decode(body)
        document.weigh(text)
    except SourceError as error:
        raise ConfigError(f"{file}: {error}") from error
    for number, block in enumerate(document.read_html(bs4.BeautifulSoup(text, "lxml")).blocks, 1):
        if block.kind is document.BlockKind.TABLE:
            yield Table(f"table {number}", block.rows)


def _shown(file: str, sheets: document.Document, tell: Tell) -> Iterator[Table]:
    sheet = ""
    for block in sheets.blocks:
        if block.kind is document.BlockKind.TABLE:
            yield Table(sheet, block.rows)
        elif block.kind is document.BlockKind.PARAGRAPH:
            tell(
                f"{file} [{block.text}]: the sheet is hidden and was not read; unhide it if it"
                " belongs to the list"
            )
        else:
            sheet = block.text


def _text(file: str, body: bytes, mapped: Mapping[str, str]) -> Rows:
    """Rows of a text as spreadsheets save it: UTF-8, UTF-16 or a country's own; commas,
    semicolons, tabs or bars.
    """
    tries = [text for charset in _charsets(body) if (text := _decoded(body, charset)) is not None]
    if not tries:
        raise ConfigError(
            f"{file}: neither a sheet nor text in UTF-8 or GB 18030; save it as CSV UTF-8 or XLSX"
        )
    text = (
        max(tries, key=lambda text_tried: _worth(text_tried, mapped))
        if len(tries) > 1
        else tries[0]
    )
    return _parsed(
        file, text, max(SEPARATORS, key=lambda separator: _separated(text, separator, mapped))
    )


def _charsets(body: bytes) -> Sequence[str]:
    for mark, charset in BOMS:
        if body.startswith(mark):
            return (charset,)
    if b"\x00" in body[:200]:
        return ("utf-16-le", "utf-16-be") if body[1:2] == b"\x00" else ("utf-16-be",)
    if _decoded(body, "utf-8") is not None:
        return ("utf-8",)
    # Single letters with an accent stand alone; characters of two bytes do not.
    western = len(ALONE.findall(body[:100_000])) * 2 > len(HIGH.findall(body[:100_000]))
    return ("cp1252", "cp1250", "latin-1") if western else CHARSETS


def _decoded(body: bytes, charset: str) -> str | None:
    try:
        text = body.decode(charset).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None
    return None if charset in CHARSETS and PRIVATE.search(text) else text


def _beginning(text: str, separator: str) -> Rows:
    lines = io.StringIO(
        "".join(
            line for line, _ in zip(io.StringIO(text, newline=""), range(BEGINNING), strict=False)
        ),
        newline="",
    )
    try:
        return [
            row
            for row, _ in zip(
                csv.reader(lines, delimiter=separator), range(BEGINNING), strict=False
            )
        ]
    except csv.Error:
        return []


def _worth(text: str, mapped: Mapping[str, str]) -> int:
    return max(_separated(text, separator, mapped)[0] for separator in SEPARATORS)


def _separated(text: str, separator: str, mapped: Mapping[str, str]) -> tuple[int, int]:
    """How many headings are known, then how many cells there are, if this is what parts the
    cells.
    """
    rows = _beginning(text, separator)
    layout = find_layout(rows, mapped)
    return len(layout.fields) if layout else 0, sum(len(row) for row in rows)


def _parsed(file: str, text: str, separator: str) -> Rows:
    """The rows of a text; one more at its end shows whether a quotation mark has swallowed it."""
    apart = "" if text.endswith(("\r", "\n")) or not text else "\r\n"
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(f"{text}{apart}{END}", newline=""), delimiter=separator):
            if len(rows) > MOST_ROWS:
                raise ConfigError(
                    f"{file}: has more than {MOST_ROWS:,} rows; leave out firms that you have no"
                    " dealings with, or split it"
                )
            rows.append(row)
    except csv.Error as error:
        raise ConfigError(
            f"{file} row {len(rows) + 1}: can't be read: {error}; is a quotation mark left open?"
        ) from error
    if rows.pop() != [END]:
        raise ConfigError(
            f"{file} row {len(rows) + 1}: a quotation mark is opened and not closed; close it, or"
            " double it"
        )
    return rows


# What the columns of somebody's list hold, by their headings, in whichever row those stand. Pure.

BRACKET = re.compile(r"[(\[（【<][^()\[\]（）【】<>]*[)\]）】>]")
PARTS = re.compile(r"(?<![^\S\n\r])[^\S\n\r]*+[/|\n\r·]\s*")
LONGEST_HEADING = 60
LANGUAGE = re.compile(
    r"latein|latin|chines|englis|deutsch|german|local|original|native|pinyin|中文|英文|原文|原名"
)
HEADED_WITHIN = 40  # rows; above the headings a sheet may have a title, a logo, who made it


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its `letter` in the sheet, its heading, and the field it holds, empty where it
    is of no use.
    """

    letter: str
    heading: str
    field: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the headings stand (the first row under them is `below`, from 0), and what each
    column holds.
    """

    below: int
    columns: tuple[Column, ...]

    @property
    def fields(self) -> frozenset[str]:
        """All fields that some column holds."""
        return frozenset(column.field for column in self.columns if column.field)


def find_layout(rows: Sequence[Sequence[str]], mapped: Mapping[str, str]) -> Layout | None:
    """The row of headings among the first rows: the one that says most. `mapped` are headings as a
    person explains them.

    Two rows may be one heading, where a cell of the upper one spans several below.
    """
    best: tuple[int, Layout] | None = None
    for number, row in enumerate(rows[:HEADED_WITHIN]):
        above = _spread(rows[number - 1], len(row)) if number else []
        both = _two_rows(row, rows[number + 1] if number + 1 < len(rows) else ())
        tries = [
            (number + 1, row, []),
            *([(number + 1, row, above)] if above else []),
            *([(number + 2, both, [])] if both else []),
        ]
        for below, headings, spanned in tries[: 3 if both else 2 if above else 1]:
            tried = Layout(below, tuple(_columns(headings, spanned, mapped)))
            worth = (
                2 * len(tried.fields)
                + len([column for column in tried.columns if column.field])
                + (headings is both)
            )
            if (
                _names_something(tried.fields)
                and _is_heading(row)
                and (best is None or worth > best[0])
            ):
                best = worth, tried
    return best[1] if best else None


def _two_rows(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Two rows of headings as one, where a cell of the upper one spans several below and others
    span both; else nothing.

    A language in the lower row is of the kind that it stands under: Lieferant over lateinisch and
    中文名称.
    """
    spread = _spread(upper, max(len(upper), len(lower)))
    under = [cell.strip() for cell in (*lower, *[""] * (len(upper) - len(lower)))]
    spans = [bool(cell) and spread.count(cell) > 1 for cell in spread]
    told = [
        cell for cell in under if cell and (find_field(cell) or LANGUAGE.search(cell.casefold()))
    ]
    is_split = told and all(
        bool(cell) == in_span or (cell and find_field(cell))
        for cell, in_span in zip(under, spans, strict=True)
    )
    of_languages = (
        all(under)
        and sum(map(bool, map(str.strip, upper))) == 1
        and any(LANGUAGE.search(cell.casefold()) for cell in under)
    )
    if not of_languages and (not is_split or not any(spans) or all(spans)):
        return []
    kept = (
        cell if find_field(cell) or (cell and not LANGUAGE.search(cell.casefold())) else ""
        for cell in under
    )
    return [cell or above for cell, above in zip(kept, spread, strict=True)]


def _is_heading(row: Sequence[str]) -> bool:
    cells = [cell for cell in row if cell.strip()]
    return (
        bool(cells)
        and all(len(cell) <= LONGEST_HEADING for cell in cells)
        and not any(cell.strip().isdecimal() for cell in cells)
    )


def _names_something(fields: frozenset[str]) -> bool:
    return bool(fields & {"name", "party", "product"}) or (
        "note" in fields and bool(fields & {"hs", "eccn", "codes"})
    )


def _spread(row: Sequence[str], width: int) -> list[str]:
    """A row in which an empty cell says what the one to its left says, as merged cells do."""
    spread, last = [], ""
    for place in range(width):
        last = row[place] if place < len(row) and row[place].strip() else last
        spread.append(last)
    return spread


def _columns(
    row: Sequence[str], above: Sequence[str], mapped: Mapping[str, str]
) -> Iterator[Column]:
    given = {normalize_heading(heading): field for heading, field in mapped.items()}
    for place, cell in enumerate(row):
        upper = above[place] if place < len(above) else ""
        both = f"{upper} {cell}".strip()
        if (
            cell.strip()
            or (upper and place == 0)
            or normalize_heading(make_column_letter(place)) in given
        ):
            meant = (
                given.get(normalize_heading(cell))
                or given.get(normalize_heading(make_column_letter(place)))
                or find_field(cell)
                or load_headings().get(normalize_heading(both), "")
            )
            yield Column(
                make_column_letter(place),
                " ".join((cell or upper).split()) or make_column_letter(place),
                meant or (find_field(upper) if not cell.strip() else ""),
            )


def make_column_letter(place: int) -> str:
    """The letter that a spreadsheet calls a column by, counted from 0."""
    return (make_column_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def parse_column_letter(column: Column) -> int:
    """Where a column stands in a row, counted from 0."""
    number = 0
    for letter_of in column.letter:
        number = number * 26 + ord(letter_of) - ord("A") + 1
    return number - 1


def normalize_heading(heading: str) -> str:
    """A heading by its letters, digits and signs of percent alone."""
    return "%".join(map(bare, heading.split("%")))


@cache
def load_headings() -> dict[str, str]:
    """Each heading, levelled → its field."""
    rows = (line.partition(": ") for line in HEADINGS.strip().splitlines())
    return {normalize_heading(name): field for field, _, spelt in rows for name in spelt.split()}


def find_field(heading: str) -> str:
    """Which field a heading stands for; empty where we do not know."""
    if len(heading) > LONGEST_HEADING:
        return ""
    outside = BRACKET.sub(" ", heading)
    tries = chain((heading, outside), PARTS.split(outside), BRACKET.findall(heading))
    for words in tries:
        if known_field := load_headings().get(normalize_heading(words)) or load_headings().get(
            normalize_heading(words).rstrip("0123456789*")
        ):
            return known_field
    low = " ".join(re.sub(r"[_.:*-]+", " ", heading.casefold()).split())
    if len(low.split()) < 2 and low.isascii():
        return ""
    return next((name for name, pattern in INSIDE if pattern.search(low)), "")


def suggest_fields(word: str) -> str:
    """The fields that a column can be mapped to, for a message."""
    return f"{word!r} is no field; one of: {', '.join(FIELDS)}"


# What the columns of lists are called: in English, Chinese, German, French, Spanish and Japanese,
# and as systems export them.

# Levelled to letters and digits, in small letters; the first of a field is the one we would print.
HEADINGS = """
ref: ref reference vendorno vendornumber vendorid vendorcode supplierno suppliernumber supplierid suppliercode
ref: customerno customerid customernumber customercode suppliersap accountnumber lieferantennummer lieferantennr
ref: kreditorennummer kreditor kundennummer debitorennummer lifnr kunnr partno partnumber partnr itemno itemnumber
ref: itemcode productcode productno productid sku matnr materialnumber materialno materialnr materialnummer
ref: artikelnummer artikelnr teilenummer 供应商编码 供应商编号 供应商代码 客户编码 客户编号 物料编码 物料编号 物料号
ref: 料号 产品编码 产品编号 零件号 编号 序号 仕入先コード 取引先コード 品番 品目コード no nr lfdnr
name: name name1 名称 名前 名 bezeichnung1 fullname
party: company companyname supplier suppliername customer customername vendor vendorname entity entityname
party: businesspartner businesspartnername bpname legalname legalentity organisation organization organizationname
party: accountname client clientname manufacturer manufacturername partner partnername lieferant lieferantname
party: lieferantenname firma firmenname kunde kundenname hersteller geschäftspartner kreditorname fournisseur
party: nomdufournisseur raisonsociale proveedor razonsocial fornitore 公司名称 公司 企业名称 企业 单位名称 供应商
party: 供应商名称 供应商全称 供货商 供货商名称 厂商 厂商名称 客户 客户名称 客户全称 制造商 生产商 子公司 往来单位 会社名
party: 企業名 取引先 取引先名 取引先名称 仕入先 仕入先名 仕入先名称 得意先 得意先名 メーカー メーカー名 顧客名 供應商
party: 供應商名稱 客戶名稱 업체명 회사명 상호 법인명 공급업체 거래처 거래처명 협력사 고객사 고객명 제조사
product: product productname item itemname part partname component componentname goods goodsdescription
product: productdescription itemdescription partdescription materialdescription materialshorttext shorttext commodity
product: article articlename artikel artikelbezeichnung materialkurztext kurztext teilebezeichnung produkt produktname
product: warenbezeichnung maktx désignation 产品 产品名称 品名 物料 物料名称 物料描述 货物名称 商品名称 零件 零件名称
product: 零部件 部件 部件名称 货品名称 商品描述 品目 品名仕様 製品名 部品名 商品名 品目名 產品名稱 품목 품명 제품명 부품명 상품명
aliases: aliases alias aka othernames othername alsoknownas localname chinesename englishname namezh nameen shortname
aliases: tradename tradingname acronym formername searchterm searchterm1 suchbegriff name2 name3 name4 dba 别名 其他名称 英文名
aliases: 英文名称 英文全称 中文名 中文名称 简称 曾用名 又名 略称 英語名 英文社名 旧社名 通称
country: country countrycode countryiso iso2 iso3 lnd registeredin countryname nation location countryregion countryofregistration
country: countryofincorporation suppliercountry vendorcountry land länderschlüssel landesschlüssel pays país pais paese
country: land1 国家 国别 国家地区 国家或地区 所在国 所属国家 注册国 国 国名 国コード 国籍 所在国地域 國家 국가 국가명 국적 소재국
ids: id ids identifier registration registrationnumber registrationno companynumber regno lei leicode duns dunsnumber
ids: dunsno vat vatid vatno vatnumber vatregno ustid ustidnr umsatzsteuerid taxid taxno taxnumber taxcode steuernummer
ids: handelsregister hrb uscc imo imonumber ein tin inn ogrn passport passportno siren siret cnpj gstin 统一社会信用代码
ids: 社会信用代码 信用代码 注册号 税号登记 纳税人识别号 组织机构代码 营业执照号 法人番号 登録番号 統一編號
ids: 사업자등록번호 법인등록번호
parent: parent parentcompany group groupname ultimateparent ultimateparentcompany beneficialowner shareholder
parent: muttergesellschaft konzern ownedby majorityowner holdingcompany 母公司 集团 所属集团 上级公司 控股股东 股东
parent: 实际控制人 親会社 グループ 親会社名 모회사 최대주주
share: share owner% ownership ownershippercent shareholding sharepercent stake percentowned ownershippct beteiligung anteil
share: 持股比例 股权比例 出資比率 持株比率 占股比例 parentshare
held_from: heldfrom heldsince ownedfrom ownedsince sharefrom sharesince stakesince beteiligungseit beteiligtseit 入股日期
held_until: helduntil heldto owneduntil ownedto shareuntil shareto stakesold stakesoldon beteiligungbis beteiligtbis 退股日期
owner: owner responsible contact accountowner buyer buyername relationowner manager accountmanager purchaser einkäufer
owner: ansprechpartner verantwortlich acheteur 负责人 联系人 采购员 采购 业务员 担当者 担当 購買担当
relation: relation relationship type role vendortype partnertype 关系 类型 区分
kind: kind entitytype persontype 主体类型
hs: hs hscode hscodes hsno hsnumber tariff tariffcode tariffnumber tariffno hts htscode htsus htsuscode htsno cn8 cncode
hs: commoditycode commoditycodes commoditynumber taric tariccode scheduleb schedulebno schedulebnumber schedulebcode hsn
hs: hsncode hsnsac hsnno ncm importcode exporthscode customscode customstariffnumber intrastatcode statisticalnumber
hs: zolltarifnummer zolltarifnr zolltarif warennummer statistischewarennummer statwarennr warentarifnummer
hs: hszolltarifnummer stawn nomenclature codedouanier codesh partidaarancelaria codicedoganale 海关编码 海关商品编号
hs: 海关商品编码 hs编码 hscode海关编码 商品编码 商品编号 税则号 税则号列 税号 税则 海关税号 hs編碼 hsコード 関税番号 세번 세번부호
hs: 統計番号 統計品目番号 税番 輸出統計品目番号 稅則號列
eccn: eccn eccns eccnnumber eccnno useccn eccnus exportcontrolclassificationnumber eccncode ear99 美国管制编码 美国eccn
eccn: eccn编码 us出口管制分类
codes: controlcode controlcodes code codes exportcontrolcode dualusecode dualuse euduallist eudualuse controllistnumber
codes: ausfuhrliste alnummer alnr ausfuhrlistennummer exportkontrollnummer 管制编码 管制编号 物项编码 出口管制编码
codes: 出口管制编号 管制物项编号 两用物项编码 該当項番 項番 輸出令項番
materials: materials material rawmaterial rawmaterials substance substances contains composition elements werkstoff
materials: werkstoffe rohstoff materialzusammensetzung matière materia 材料 原材料 材质 成分 元素 物质 主要成分 材質
materials: 素材
part_of: partof bom assembly parentproduct usedin finishedproduct finishedgood parentitem parentpart toplevel baugruppe
part_of: oberteil endprodukt 所属产品 用于产品 成品 上级物料 父件 总成 母件 親品目
note: note notes description remark remarks comment comments descriptionofgoods beschreibung bemerkung anmerkung text
note: langtext bezeichnung descripción descrizione 备注 说明 描述 規格 规格 规格型号 備考 摘要 仕様 비고 설명 규격
"""
# Of a heading of several words, what decides, the surest first.
INSIDE_TOLD = r"""
eccn \beccn\b
hs \b(?:hs|hts|htsus|taric|hsn|tariff|zolltarif\w*|warennummer|schedule b|commodity code|cn code)\b
hs 海关编码|税则|税号|hs编码|hsコード|税番
ids \b(?:lei|vat|duns|tax|ust-?id\w*|registration|imo|uscc)\b|信用代码|法人番号
country \b(?:country|land|pays|nation)\b|国家|国别|国名
ref \b(?:number|no|nr|id|code|key|nummer)\b\.?$|编码$|编号$|代码$|コード$
materials \b(?:raw materials?|composition|werkstoff)\b|材质|成分
parent \b(?:parent|ultimate|konzern|group) (?:company|name|owner)\b|母公司|親会社
product \b(?:product|item|part|component|article|material) (?:name|description|text|title)\b
product 品名|产品名|物料(?:名|描述)|商品名
party \b(?:supplier|vendor|customer|company|manufacturer|lieferant\w*|kunde\w*|firma)\b(?: name)?
party (?:供应商|客户|公司|企业)全?名称?|取引先|仕入先
codes \b(?:export control|dual[- ]use|control (?:code|list))\b|管制
"""
INSIDE = [
    (field, re.compile(pattern))
    for field, _, pattern in (line.partition(" ") for line in INSIDE_TOLD.strip().splitlines())
]
FIELDS = list(dict.fromkeys(line.partition(":")[0] for line in HEADINGS.strip().splitlines()))
