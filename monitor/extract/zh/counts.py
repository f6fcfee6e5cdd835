"""How many entities a text says it lists, and of which country."""

import re
from collections.abc import Iterable

from monitor.extract.zh import places
from monitor.extract.zh.numerals import NUMERAL, number
from monitor.model import Stated

COUNTED = re.compile(
    rf"(?P<count>{NUMERAL})(?P<unit>家|名|个|位)(?P<of>[^,。;、()家名个位]{{0,20}}?)"
    "(?:实体|企业|公司|机构|个人|人员|组织|成员|高管|官员|议员|人士|人)"
)


SHARE = re.compile(rf"(?P<place>{places.country_pattern()})(?:籍|的)?(?P<count>{NUMERAL})(?:家|名|个|位)")


def stated(texts: Iterable[str]) -> tuple[Stated | None, str | None]:
    """What the first text that counts says, and the one country it names."""
    for text in texts:
        counted = {(match["unit"] == "家", number(match["count"])): match["of"] for match in COUNTED.finditer(text)}
        total = sum(count for _, count in counted if count)
        if total:
            shares = {
                code: count
                for match in SHARE.finditer(text)
                if (code := places.first(match["place"])) and (count := number(match["count"]))
            }
            nations = {nation: count for (_, count), of in counted.items() if count and (nation := places.first(of))}
            country = next(iter(nations)) if len(nations) == 1 else None
            return Stated(entities=total, by_destination=shares if len(shares) > 1 else nations), country
    return None, None
