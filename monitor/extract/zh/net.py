"""A Chinese page of which nothing was understood → an act that was published and not understood, or the reason why it is none."""

from monitor import vocabulary
from monitor.extract import net, subject, why
from monitor.extract.zh import issuers, references
from monitor.extract.zh.lines import Line, line
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.shape import shape, spoken
from monitor.extract.zh.subjects import BINDING, OURS, SUBJECTS
from monitor.model import Announcement
from monitor.vocabulary.issuers import EXTRATERRITORIAL_NOTICES

NEAR_SERIES = {EXTRATERRITORIAL_NOTICES.code}  # of an authority whose other acts are on everything


def may_concern(title: str) -> bool:
    """Whether a page of this title could be on our subjects: it says so, or it is only a number."""
    text = line(title).text
    issuer = issuers.opening(text)
    near = issuer is not None and _near(issuer.authority, issuer.numbers())
    return subject.may_concern(text, SUBJECTS, near=near)


def own_number(title: str) -> tuple[str, str] | None:
    """The key and the printed number of the act whose title opens with its number; a number further on is another act's."""
    text = line(title).text
    opening = len(text) - len(subject.behind_number(text, SUBJECTS))
    first = next(iter(references.references(text)), None)
    return (first.key, text[: first.end]) if first and first.key and first.start < opening else None


def _near(authority: str, series: str) -> bool:
    """Whether who issues it, or numbers it so, mostly controls trade with abroad or answers foreign measures."""
    known = vocabulary.current().authorities.get(authority)
    return series in NEAR_SERIES or (known is not None and known.near)


def act(page: Sections, url: str) -> Announcement | None:
    """The act, told by number, title and quote; nothing where the page has no act's shape or is on another subject."""
    form = shape(page)
    if _only_titles(page):
        why.page("a list of titles", page.title.raw)
        return None
    near = _near(vocabulary.issuer(page.key) if page.key else form.issuer, page.series)
    reason = form.missing or net.caught(form, subject.of_act(page.title.text, spoken(page), SUBJECTS, near=near))
    if reason:
        why.page(reason, page.title.raw)
        return None
    return published(page, url, authority=page.authority or form.issuer)


def _only_titles(page: Sections) -> bool:
    """Whether a page only names acts, as an index, a column of links and what a search finds do."""
    cited = (reference for line in page.body for reference in references.references(line.text)[:1])
    several = len({reference.key for reference in cited if reference.start < FIRST}) > 1
    return several and not any(line.text.endswith(("。", ";", ":")) for line in page.body)


FIRST = 12  # characters of a line in which the number begins that it opens with


def published(page: Sections, url: str, *, authority: str, quote: str = "") -> Announcement:
    """The act as far as it is known: who, when, which number, and the words that say most."""
    quote = quote or _telling(page).raw.strip()
    why.page(net.NOT_UNDERSTOOD, quote)
    return Announcement(
        key=page.known_as(authority),
        number=page.number,
        authority=authority,
        title=page.title.raw.strip(),
        url=url,
        published=page.published,
        language="zh",
        attachments=page.attachments,
        understood="none",
        not_read=(net.unread(quote),),
    )


def _telling(page: Sections) -> Line:
    """The line that says most: on our subject and binding, else on our subject, else the title."""
    lines = [line for line in page.body if line.text != page.title.text]
    on_it = [line for line in lines if OURS.search(line.text)]
    return next((line for line in on_it if BINDING.search(line.text)), on_it[0] if on_it else page.title)
