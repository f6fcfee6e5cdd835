"""The shape of a Chinese page: what of an act it has, whatever its words mean."""

import re
from collections.abc import Iterator

from monitor.extract.net import Shape
from monitor.extract.zh import dates, head, issuers
from monitor.extract.zh.clauses import sentences
from monitor.extract.zh.lines import Line
from monitor.extract.zh.sections import Sections
from monitor.vocabulary.letters import HAN_RANGE
from monitor.vocabulary.registers import UNRELIABLE

KIND = re.compile("公告|令(?=$|第|[(〔\\[:\\d二]|20)|决定|通告|通知|批示|命令|更正|勘误|禁令")
LAST = 8  # lines from the end of the body in which somebody signs
SIGNER = re.compile(
    rf"(?:部长|署长|主任|局长|总理|行政长官|主席)[:：]?[{HAN_RANGE}·]{{2,5}}(?:\s*[、 ]?部?长?[{HAN_RANGE}]{{2,4}})?$"
)
# Up to what is decided on these grounds: a comma need not stand between.
CITED = re.compile("(?:根据|依据|按照|依照|遵照)[^,。;:]{0,200}?(?:[,。;:]|(?=决定|现将|现予))")
# Laws on which nothing but our subjects rests.
TELLING = re.compile(f"反外国|{UNRELIABLE.own}规定|域外|阻断|安全审查")


def shape(page: Sections) -> Shape:
    """What the page has of an act."""
    opener = issuers.opening(page.title.text)
    signer = next((issuer for line in page.body[-LAST:] if (issuer := issuers.signs(_undated(line.text)))), None)
    field = any(line.text.startswith("【发布文号】") for line in page.body[:6])
    kind = KIND.search(page.title.text) or next((heading for line in page.body[:4] if (heading := _heading(line))), None)
    signed = bool(signer) or any(SIGNER.fullmatch(line.text) for line in page.body[-LAST:])
    issuer = opener or signer
    return Shape(
        issuer=(issuer.authority if issuer else "") or (page.authority if page.key or field else ""),
        numbered=bool(page.key) or field,
        kind=kind[0] if kind else "",
        signed=signed,
        dated=any(head.SIGNATURE.match(line.text) for line in page.body[-LAST:]),
    )


def _without_grounds(text: str) -> str:
    """The sentence without the laws it cites, but for those that say what it is on."""
    return CITED.sub(lambda cited: cited[0] if TELLING.search(cited[0]) else "", text)


def _undated(text: str) -> str:
    return dates.FULL_DAY.sub("", text).strip(" ,、")


def _heading(line: Line) -> re.Match[str] | None:
    """A line that only names issuer and kind (`商务部公告`)."""
    return KIND.search(line.text) if len(line.text) < 30 and issuers.opening(line.text) and "。" not in line.text else None


def spoken(page: Sections) -> Iterator[str]:
    """What the sentences of a page say, without the laws that they cite as their grounds."""
    for line in page.body:
        if line.text != page.title.text:
            for sentence in sentences(line):
                yield _without_grounds(sentence.text)
