"""Find the issuers of Chinese acts: the central bodies by their printed names, and the series of
their acts.
"""

from collections.abc import Iterator
from functools import cache

from monitor import vocabulary
from monitor.extract.words import Names, make_names_pattern, make_phrase
from monitor.model import frozen
from monitor.vocabulary import Authority, Vocabulary, country_of
from monitor.vocabulary.countries import CHINA, spelt

# Older or shorter names, and bodies whose acts are joint acts of one of ours.
ALSO_CALLED = {
    "商务部安全与管制局": "商务部",
    "商务部办公厅": "商务部",
    "反外国不当域外管辖工作机制": "应对外国不当域外管辖工作机制",
    "不当域外管辖工作机制": "应对外国不当域外管辖工作机制",
    "阻断工作机制": "应对外国不当域外管辖工作机制",
    "外商投资安全审查工作机制办公室": "国家发展改革委",
    "网络安全审查办公室": "国家网信办",
    "香港特区政府": "香港特别行政区",
    "澳门特区政府": "澳门特别行政区",
}
# Numbers of these bodies are skipped: in the number of a joint act they stand beside ours.
BESIDE = (
    "对外贸易经济合作部|外经贸部|国防科工委|国防科学技术工业委员会|中央军委国防动员部|金融监管总局|中国证监会|国家疾控局|"
    "国家卫生健康委|国家文物局|国家知识产权局|国家标准委|教育部|文化和旅游部|民政部|水利部"
)


@frozen
class Issuer:
    """A body by the name that its numbers have, and its authority."""

    authority: str
    name: str

    def numbers(self, *, order: bool = False) -> str:
        """The series of its announcements or of its orders; "" where its numbers are no keys."""
        known = vocabulary.current().authorities[self.authority].series
        return next(
            (series.code for series in known if (series.head, series.orders) == (self.name, order)),
            "",
        )


def _map_issuer_names(known: Vocabulary) -> dict[str, Issuer]:
    names = {
        name: issuer
        for authority in known.authorities.values()
        for name, issuer in _list_issuer_names(authority)
    }
    return names | {name: names[own] for name, own in ALSO_CALLED.items()}


def _list_issuer_names(authority: Authority) -> Iterator[tuple[str, Issuer]]:
    """Each name of an authority; one that heads no series of its own stands for the first."""
    heads = {series.head for series in authority.series}
    for name in authority.own:
        yield name, Issuer(authority.code, name if name in heads else authority.own[0])


BY_NAME = Names(_map_issuer_names)


def make_name_pattern() -> str:
    """A pattern for any name of an issuer, or of who stands beside one."""
    return f"{make_names_pattern(BY_NAME)}|{BESIDE}"


def make_known_pattern() -> str:
    """A pattern for any name of an issuer that is one of ours."""
    return make_names_pattern(BY_NAME)


def make_ours_pattern() -> str:
    """A pattern for an issuer of ours: a ministry of another country (`美国商务部`) or of a province
    bears the same words.
    """
    return rf"(?<![国本亚大兰盟省市])(?:中华人民共和国|中国|国家(?={make_name_pattern()}))?(?:{make_name_pattern()})"


def make_signed_pattern() -> str:
    """A pattern for issuers that sign together: nothing but their names, and what joins them."""
    return (
        rf"(?:(?:中华人民共和国)?(?:{make_name_pattern()})(?:办公厅|行政长官|秘书处)?[、,和"
        r" ]?){1,20}(?:\(.{0,12}\))?"
    )


def find_series(authority: str) -> str:
    """The series of an authority's announcements; "" for one that numbers none."""
    known = vocabulary.current().authorities.get(authority)
    return known.series[0].code if known and known.series else ""


def is_of_orders(series: str) -> bool:
    """Return whether a series is one of orders."""
    known = vocabulary.current().series.get(series)
    return known is not None and known.orders


NAME = make_phrase(make_name_pattern)
OPENS = make_phrase(lambda: rf"(?:中华人民共和国)?(?P<name>{make_name_pattern()})")
SIGNED = make_phrase(make_signed_pattern)


@frozen
class Known:
    """An issuer found in a text, and where its name begins and ends."""

    issuer: Issuer
    start: int
    end: int


def find_first_issuer(text: str) -> Known | None:
    """Find the first issuer of ours in a text; a joint act has the number of that one."""
    for match in NAME.finditer(text):
        issuer = BY_NAME.get(match[0])
        if issuer and not _is_foreign(text, match.start()):
            return Known(issuer, match.start(), match.end())
    return None


def is_of_others(text: str, authority: str) -> bool:
    """Return whether a foreign authority's sentence names a body of China last: it tells what that
    does.
    """
    country = country_of(authority)
    if country in ("", "cn"):
        return False
    named = [
        country_of(issuer.authority)
        for match in NAME.finditer(text)
        if (issuer := BY_NAME.get(match[0])) and not _is_foreign(text, match.start())
    ]
    return bool(named) and named[-1] != country


def find_opening_issuer(text: str) -> Issuer | None:
    """The issuer that a text begins with."""
    match = OPENS.match(text)
    return BY_NAME.get(match["name"]) if match else None


def find_signing_issuer(text: str) -> Issuer | None:
    """Return the issuer that signs a line with nothing but issuers."""
    return find_opening_issuer(text) if SIGNED.fullmatch(text) else None


def _is_foreign(text: str, start: int) -> bool:
    before = text[:start].removesuffix("中华人民共和国")
    return before.endswith(
        ("国", "省", "市", "欧盟", "共和国", *_list_countries())
    ) and not before.endswith("中国")


@cache
def _list_countries() -> tuple[str, ...]:
    """The Chinese names of other countries."""
    return tuple(name for name, code in spelt("zh").items() if code not in CHINA and len(name) > 1)
