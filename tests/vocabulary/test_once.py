"""No list of authorities, registers or zones stands twice: what other modules need of them they
read in the vocabulary.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.vocabulary.authorities import AUTHORITIES, ISSUERS
from monitor.vocabulary.countries import demonyms
from monitor.vocabulary.registers import REGISTERS

ROOT = Path(__file__).parents[2]
ELSEWHERE = sorted(
    path
    for folder in ("monitor", "scrapers")
    for path in (ROOT / folder).rglob("*.py")
    if path.parent not in (ROOT / "monitor/vocabulary", ROOT / "monitor/names")
)
CODES = {term.code for term in (*AUTHORITIES, *ISSUERS, *REGISTERS)}
NAMES = {
    name
    for register in REGISTERS
    for name in (register.name, register.own, *register.written)
    if name
}
SERIES = {series.own for authority in (*AUTHORITIES, *ISSUERS) for series in authority.series}
KNOWN = CODES | NAMES | SERIES
HAN = re.compile(r"\\u(?:3400|4e00)-\\u9f|一-[龠龥龯鿿]|0x(?:3400|4e00)", re.IGNORECASE)
ZONE = re.compile(r"(?:Africa|America|Asia|Australia|Europe|Pacific)/\w+")


def tables(source: str) -> Iterator[list[str]]:
    """The strings that stand directly in each dict, list, tuple or set of a module."""
    for node in ast.walk(ast.parse(source)):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.Dict):
            parts = [*node.keys, *node.values]
        elif isinstance(node, ast.List | ast.Tuple | ast.Set):
            parts = [
                part
                for each in node.elts
                for part in (each.elts if isinstance(each, ast.Tuple) else [each])
            ]
        yield [
            part.value
            for part in parts
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        ]


def listed(source: str) -> list[set[str]]:
    """The tables of a module that hold several of what the vocabulary has."""
    if (
        r"\u" not in source
        and sum(word in source for word in KNOWN) + len(ZONE.findall(source)) < 2
    ):
        return []  # most modules: they need not be parsed
    several = [
        {word for word in words if word in KNOWN or ZONE.fullmatch(word)}
        for words in tables(source)
    ]
    return [words for words in several if len(words) > 1]


def test_no_module_has_a_table_of_what_the_vocabulary_has():
    assert {path: tables for path in ELSEWHERE if (tables := listed(path.read_text()))} == {}


def test_what_is_chinese_is_said_in_one_place():
    """A second range would not take some character that the first takes, and with it somebody's
    name.
    """
    assert [path for path in ELSEWHERE if HAN.search(path.read_text())] == []


@pytest.mark.parametrize(
    "range_of_han", [r"[\u4e00-\u9fff]", "[一-龥]", r"[^A-Z\u3400-\u9fa5]", "range(0x3400, 0xA000)"]
)
def test_such_a_range_would_be_seen(range_of_han: str):
    assert HAN.search(range_of_han)


def test_of_which_country_a_code_is_is_told_in_one_place():
    own = re.compile(r'startswith\("[a-z]{2}-"\)|\{"CN", "HK", "MO"\}')

    assert [path for path in ELSEWHERE if own.search(path.read_text())] == []


FORMS = re.compile(r"(?:\b|\\b)(?:Ltd|Inc|Corp|GmbH|LLC|JSC|有限公司)(?:\\\.)?[|)]")


def test_no_module_has_a_pattern_of_its_own_for_legal_forms():
    assert [path for path in ELSEWHERE if FORMS.search(path.read_text())] == []


@pytest.mark.parametrize(
    "source", [r"(?:Inc|Ltd)\.", r"(?<=\bCorp\.)", "(?:股份有限公司|有限公司)"]
)
def test_such_a_pattern_would_be_seen(source: str):
    assert FORMS.search(source)


def test_no_module_has_a_table_of_nationalities():
    called = set(demonyms())

    assert [
        path
        for path in ELSEWHERE
        if any(len(called.intersection(words)) > 2 for words in tables(path.read_text()))
    ] == []


def test_what_countries_are_called_is_asked_of_cldr_in_one_place():
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in ELSEWHERE
        if "from babel import" in path.read_text()
    }

    assert {path for path in asking if not path.startswith("monitor/names/")} == set()


@pytest.mark.parametrize(
    "source",
    [
        'ISSUERS = (("商务部公告", "cn-mofcom"), ("外交部令", "cn-mfa"))',
        'LISTS = {"不可靠实体清单": UNRELIABLE, "关注名单": WATCHED}',
        'ZONES = {"cn": "Asia/Shanghai", "jp": "Asia/Tokyo"}',
    ],
)
def test_such_a_table_would_be_seen(source: str):
    assert listed(source)
