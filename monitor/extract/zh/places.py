"""Countries that a Chinese text names → ISO codes."""

import re
from collections.abc import Iterable
from functools import cache

from monitor.extract.zh.lines import NUMERAL
from monitor.model import Stated
from monitor.names.numerals import parse_number
from monitor.vocabulary.countries import CHINA, spelt


@cache
def countries() -> dict[str, str]:
    """Chinese names of countries and what they are coded."""
    known = spelt("zh")
    return {name: code for name, code in known.items() if code not in CHINA and len(name) > 1}


@cache
def country_pattern() -> str:
    """A pattern for any country's name, longest first."""
    return (
        "(?:"
        + "|".join(re.escape(name) for name in sorted(countries(), key=len, reverse=True))
        + ")"
    )


@cache
def _compile_countries() -> re.Pattern[str]:
    return re.compile(country_pattern())


def leading(text: str) -> tuple[str | None, int]:
    """The country a text begins with, and where its name ends."""
    match = _compile_countries().match(text)
    return (countries()[match[0]], match.end()) if match else (None, 0)


def first(text: str) -> str | None:
    """The first country a text names."""
    match = _compile_countries().search(text)
    return countries()[match[0]] if match else None


# What may stand beside a country in a destination, and is none itself.
BESIDE = re.compile(
    "用户|用途|军|特定|有关|相关|下列|上述|部分|敏感|实体|组织|机构|企业|公司|集团|会社|个人|客户|自然人|任何|所有|境外|国外|海外|外国|国家|地区|政府|中国|我国|境内|他人|第三方"
)
ENGAGED = re.compile("(?:从事|参与)[^的]{0,60}的")  # what users there do
JOINTS = re.compile("、|以及|或者?|和|与|及|等|各国?")


def unknown_in(text: str) -> list[str]:
    """List the names without a code in a row of destinations, such as `东盟`."""
    rest = _compile_countries().sub("、", ENGAGED.sub("", text))
    return [part for part in JOINTS.split(rest) if len(BESIDE.split(part, maxsplit=1)[0]) > 1]


def all_in(text: str) -> list[str]:
    """All countries a text names, in order."""
    return [countries()[match[0]] for match in _compile_countries().finditer(text)]


# How many entities a text says it lists, and of which country.

COUNTED = re.compile(
    rf"(?P<count>{NUMERAL})(?P<unit>家|名|个|位)(?P<of>[^,。;、()家名个位]{{0,20}}?)"
    "(?:实体|企业|公司|机构|个人|人员|组织|成员|高管|官员|议员|人士|分子|帮凶|骨干|学者|人)"
)


SHARE = re.compile(rf"(?P<place>{country_pattern()})(?:籍|的)?(?P<count>{NUMERAL})(?:家|名|个|位)")


def stated(texts: Iterable[str]) -> tuple[Stated | None, str | None]:
    """Read the count and the one country in the first text that counts."""
    for text in texts:
        counted = {
            (match["unit"] == "家", parse_number(match["count"])): match["of"]
            for match in COUNTED.finditer(text)
        }
        total = sum(count for _, count in counted if count)
        if total:
            shares = {
                code: count
                for match in SHARE.finditer(text)
                if (code := first(match["place"])) and (count := parse_number(match["count"]))
            }
            nations = {
                nation: count
                for (_, count), of in counted.items()
                if count and (nation := first(of))
            }
            country = next(iter(nations)) if len(nations) == 1 else None
            return Stated(
                entities=total, by_destination=shares if len(shares) > 1 else nations
            ), country
    return None, None
