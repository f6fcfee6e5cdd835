"""Chinese pages → facts: an act with its measures, a reply that is or repeats one, or its news."""

from monitor.document import Document
from monitor.extract import referee, why
from monitor.extract.zh import issuers, reports, statements
from monitor.extract.zh.acts import read_act
from monitor.extract.zh.sections import Form, Sections, read_sections
from monitor.extract.zh.words import IMPOSED
from monitor.model import Fact


def facts(document: Document, *, url: str = "", authority: str | None = None) -> list[Fact]:
    """Read what a Chinese page announces, repeats or reports; nothing if it does none of these."""
    page = read_sections(document, url=url, authority=authority)
    return referee.judge_facts(
        _read_facts(page, url, authority), f"{document.title}\n{document.text}"
    )


def _read_facts(page: Sections, url: str, authority: str | None) -> list[Fact]:
    # who speaks may end the title as an act does: `某办:将甲列入…清单`
    may_speak = page.form is Form.OTHER or (page.form is Form.ACT and not page.number)
    speaker = issuers.find_opening_issuer(page.title.text) if may_speak else None
    speaks = speaker is not None and speaker.authority == page.authority
    if (speaks and page.authority in IMPOSED) or (
        authority in IMPOSED and page.form is not Form.LESSON
    ):
        return statements.read_statement(page, url)
    if page.form is Form.LESSON:
        why.explain_page("it explains or invites, and decides nothing", page.title.raw)
        return []
    if page.form is Form.REPLY:
        return statements.read_reply(page, url) or _read_press(page, url, authority)
    if page.form is Form.NEWS:
        why.explain_page("the press tells it", page.title.raw)
        return reports.read_report(page, url, "press") or _read_press(page, url, authority)
    announced = read_act(page, url)
    if announced or page.form is not Form.OTHER:
        return [announced] if announced else []
    return _read_press(page, url, authority)


def _read_press(page: Sections, url: str, authority: str | None) -> list[Fact]:
    """Read what the press says of sanctions; an authority's own page is none of the press."""
    if authority:
        return []
    told = statements.report_decisions(page, url) if page.form is Form.REPLY else []
    return told or reports.report_sanctions(page, url)
