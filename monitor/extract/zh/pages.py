"""Chinese pages → facts: an act with its measures, a reply that is or repeats one, or its news."""

from monitor.document import Document
from monitor.extract import referee, why
from monitor.extract.zh import issuers, reports, statements
from monitor.extract.zh.acts import act
from monitor.extract.zh.sections import Form, Sections, read
from monitor.extract.zh.words import IMPOSED
from monitor.model import Fact


def facts(document: Document, *, url: str = "", authority: str | None = None) -> list[Fact]:
    """Read what a Chinese page announces, repeats or reports; nothing if it does none of these."""
    page = read(document, url=url, authority=authority)
    return referee.judge_facts(_facts(page, url, authority), f"{document.title}\n{document.text}")


def _facts(page: Sections, url: str, authority: str | None) -> list[Fact]:
    speaker = issuers.opening(page.title.text) if page.form is Form.OTHER else None
    speaks = speaker is not None and speaker.authority == page.authority
    if (speaks and page.authority in IMPOSED) or (
        authority in IMPOSED and page.form is not Form.LESSON
    ):
        return statements.statement(page, url)
    if page.form is Form.LESSON:
        why.page("it explains, and decides nothing", page.title.raw)
        return []
    if page.form is Form.REPLY:
        return statements.reply(page, url) or _of_press(page, url, authority)
    if page.form is Form.NEWS:
        why.page("the press tells it", page.title.raw)
        return reports.report(page, url, "press") or _of_press(page, url, authority)
    announced = act(page, url)
    if announced or page.form is not Form.OTHER:
        return [announced] if announced else []
    return _of_press(page, url, authority)


def _of_press(page: Sections, url: str, authority: str | None) -> list[Fact]:
    """Read what the press says of sanctions; an authority's own page is none of the press."""
    if authority:
        return []
    told = statements.retold(page, url) if page.form is Form.REPLY else []
    return told or reports.report_sanctions(page, url)
