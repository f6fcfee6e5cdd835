"""United States: Federal Register (the official gazette): rules and notices of the agencies that
control trade.
"""

from collections.abc import Iterator

from monitor import Announcement, At, Busy, LayoutChanged, NotThePage, Page, Report, Unread, source
from monitor.extract import us
from monitor.vocabulary.authorities import AUTHORITIES, ISSUERS
from scrapers._subjects import concerns_trade_control

FIELDS = (
    "abstract action agencies correction_of dates document_number effective_on html_url"
    " publication_date title type"
)
PROPOSERS = ("industry-and-security-bureau", "foreign-assets-control-office", "state-department")
AGENCIES = (
    *PROPOSERS,
    "defense-department",
    "federal-communications-commission",
    "homeland-security-department",
    "trade-representative-office-of-united-states",
)
BY_AGENCY = {issuer.agency: issuer.code for issuer in (*AUTHORITIES, *ISSUERS) if issuer.agency}
# when an issue is published
MORNING = Busy("Mon-Fri", "05:30-10:00", "America/New_York", every="5 minutes")


def _ask(*types: str, of: tuple[str, ...] = (), most: int) -> str:
    """The address of the newest documents of these types, of some agencies or of all."""
    given = [("agencies", agency) for agency in of] + [("type", kind) for kind in types]
    conditions = "&".join(f"conditions[{name}][]={value}" for name, value in given)
    fields = "&".join(f"fields[]={name}" for name in FIELDS.split())
    return f"https://www.federalregister.gov/api/v1/documents.json?{conditions}&order=newest&per_page={most}&{fields}"


@source(
    name="Federal Register rules",
    authority="us-bis",
    url=_ask("RULE", of=PROPOSERS[:1], most=20),
    hosts=("*.govinfo.gov",),
    every="30 minutes",
    busy=MORNING,
    language="en",
)
def rules(page: Page) -> Iterator[Announcement | Report]:
    """The rules of the bureau, newest first; each is whole in this answer."""
    yield from _read(page)


@source(
    name="Federal Register notices",
    authority="us-federal-register",
    url=_ask("NOTICE", "RULE", of=AGENCIES, most=100),
    hosts=("*.govinfo.gov",),
    every="30 minutes",
    busy=MORNING,
    language="en",
)
def notices(page: Page) -> Iterator[Announcement | Report]:
    """Denials, debarments, designations, findings: notices of all agencies, and rules of the
    others.
    """
    yield from _read(page)


@source(
    name="Federal Register presidential documents",
    authority="us-president",
    url=_ask("PRESDOCU", most=40),
    hosts=("*.govinfo.gov",),
    every="30 minutes",
    busy=MORNING,
    language="en",
)
def presidential(page: Page) -> Iterator[Announcement]:
    """Executive orders and proclamations that could be on our subjects: what one does stands in
    its text.
    """
    yield from _told(page, "what it does stands in its text")


@source(
    name="Federal Register proposed rules",
    authority="us-federal-register",
    url=_ask("PRORULE", of=PROPOSERS, most=40),
    hosts=("*.govinfo.gov",),
    every="30 minutes",
    busy=MORNING,
    language="en",
)
def proposals(page: Page) -> Iterator[Announcement]:
    """Rules that BIS, OFAC or the State Department propose, where they could be on our subjects."""
    yield from _told(page, "it is a proposed rule, and decides nothing")


def _told(page: Page, why: str) -> Iterator[Announcement]:
    """Documents of which only the title is told."""
    if not results(page):
        raise NotThePage("the newest documents are none")
    for paper in page.rows("results", day="publication_date"):
        title, abstract = str(paper.get("title")), str(paper.get("abstract") or "")
        slugs = [
            agency.get("slug") for agency in paper.get("agencies") or () if isinstance(agency, dict)
        ]
        if concerns_trade_control(title, abstract):
            yield Announcement(
                key=f"fr-{paper['document_number']}",
                number=paper["document_number"],
                authority=next(
                    (BY_AGENCY[slug] for slug in slugs if slug in BY_AGENCY), "us-president"
                ),
                title=title,
                url=str(paper.get("html_url")),
                published=str(paper.get("publication_date")),
                language="en",
                understood="none",
                not_read=(Unread(what="act", why=why, quote=(abstract or title)[:300]),),
            )


@source(
    name="Federal Register public inspection",
    authority="us-bis",
    url="https://www.federalregister.gov/api/v1/public-inspection-documents/current.json?_={epoch}",
    hosts=("*.govinfo.gov",),
    every="30 minutes",
    busy=Busy("Mon-Fri", "08:30-18:30", "America/New_York", every="5 minutes"),
    # regular filings, then special ones
    at=At("Mon-Fri", "08:45 11:15 14:00 16:15 18:00", "America/New_York", every="1 minute"),
    language="en",
)
def inspection(page: Page) -> Iterator[Announcement | Report]:
    """Read the titles that will be printed in a day or more.

    A rule keeps its document number, so it is the same act.
    """
    results(page)
    yield from us.federal_register(page.json())


def _read(page: Page) -> Iterator[Announcement | Report]:
    if not results(page):
        raise NotThePage("the newest documents are none")
    page.rows("results", day="publication_date")  # notes how old the newest is
    yield from us.federal_register(page.json())


def results(page: Page) -> list[object]:
    """The documents of an answer, whatever they are on.

    Raises:
        NotThePage: the answer is another thing.
        LayoutChanged: a document has no number, without which none is read.
    """
    answer = page.json()
    papers = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(papers, list):
        raise NotThePage(f"expected documents, got {page.text[:60]!r}")
    for paper in papers:
        number = paper.get("document_number") if isinstance(paper, dict) else None
        if not isinstance(number, str) or not number.strip():
            raise LayoutChanged(f"{page.url}: a document without its number: {str(paper)[:120]}")
    return papers
