"""United States: Treasury, Office of Foreign Assets Control: the SDN List, the other sanctions
lists, and what it announces.
"""

from collections.abc import Iterator
from dataclasses import replace

from monitor import Announcement, Busy, LayoutChanged, Link, Page, Register, Report, Request, source
from monitor.extract import en
from monitor.source.formats import prose
from scrapers._platforms import ofac_actions, ofac_entries, ofac_rows

SERVICE = "https://sanctionslistservice.ofac.treas.gov"
# each answers with a redirect to an address that is signed for minutes
EXPORTS = f"{SERVICE}/api/download"
# 2.6 MB; SDN.XML, its only file, is 29 MB and comes at 190 KB a second
SDN = f"{EXPORTS}/SDN_XML.ZIP"
OTHERS = f"{EXPORTS}/CONSOLIDATED.XML"
# The firewall before the service lets nobody pass whose name does not begin with Mozilla and a
# digit, or is short.
HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; {user_agent})"}
OFFICE_HOURS = Busy("Mon-Fri", "08:00-18:00", "America/New_York", every="2 minutes")


@source(
    name="OFAC list publications",
    authority="us-ofac",
    url=Request(f"{SERVICE}/changes/history/{{year}}", headers=HEADERS),
    every="15 minutes",
    deadline="5 minutes",
    absence="45 days",
    busy=OFFICE_HOURS,
    language="en",
)
def changes(page: Page) -> Iterator[Link]:
    """The publications of a year. The newest one is owed a read of both lists, whole: a few
    kilobytes tell when.
    """
    rows = page.rows(at_least=0 if page.is_turn_of_year else 1, day="datePublished")
    if not all(
        isinstance(row.get("publicationID"), int) and isinstance(row.get("datePublished"), str)
        for row in rows
    ):
        raise LayoutChanged(f"{page.url}: a publication without its number or date")
    if not rows:
        return
    newest = max(rows, key=lambda row: (row["datePublished"], row["publicationID"]))
    # A list keeps its address: the fragment makes of each edition a page of its own.
    for url, read in ((SDN, sdn), (OTHERS, consolidated)):
        edition = f"{url}#{newest['publicationID']}"
        yield Link(
            edition,
            read=read.read,
            title=str(newest["datePublished"]),
            request=Request(edition, headers=HEADERS),
        )


@source(
    name="OFAC SDN List",
    authority="us-ofac",
    url=Request(SDN, headers=HEADERS),
    deadline="5 minutes",
    every="6 hours",  # publications are followed by `changes`: this finds what one of them missed
    language="en",
)
def sdn(page: Page) -> Register:
    """Specially Designated Nationals and Blocked Persons, in XML or in a ZIP of it."""
    return ofac_entries.register(page, "us-ofac-sdn")


@source(
    name="OFAC non-SDN lists",
    authority="us-ofac",
    url=Request(OTHERS, headers=HEADERS),
    every="6 hours",
    deadline="5 minutes",
    language="en",
    captured="2022-10",
)
def consolidated(page: Page) -> Register:
    """All sanctions lists of the office but the SDN List, in XML or in a ZIP of it."""
    return ofac_entries.register(page, "us-ofac-consolidated")


@source(
    name="OFAC SDN List in CSV",
    authority="us-ofac",
    url=Request(f"{EXPORTS}/SDN.CSV", headers=HEADERS),
    every="6 hours",
    deadline="5 minutes",
    language="en",
    companions={
        "names": Request(f"{EXPORTS}/ALT.CSV", headers=HEADERS),
        "addresses": Request(f"{EXPORTS}/ADD.CSV", headers=HEADERS),
        "comments": Request(f"{EXPORTS}/SDN_COMMENTS.CSV", headers=HEADERS),
    },
    mirror="us_ofac.sdn",
    enabled=False,  # the same list as `sdn`: both would tell every change twice
)
def sdn_csv(page: Page) -> Register:
    """Read the list in its older form, for archives of it, and in case the XML fails."""
    return ofac_rows.register(page, "us-ofac-sdn")


@source(
    name="OFAC recent actions",
    authority="us-ofac",
    url=Request("https://ofac.treasury.gov/recent-actions", headers=HEADERS),
    hosts=("*.treas.gov",),
    every="15 minutes",
    absence="45 days",
    busy=OFFICE_HOURS,
    language="en",
)
def recent_actions(page: Page) -> Iterator[Link]:
    """List the office's actions: designations, removals, licences, guidance."""
    prose.words(page)
    for link in page.links(".search-result a[href*='/recent-actions/2']", read=action):
        yield replace(link, request=Request(link.url, headers=HEADERS))


def action(page: Page) -> Iterator[Announcement | Report]:
    """Read one action: names added and removed; from licences and guidance only what they say of
    the lists.
    """
    prose.words(page)
    document = page.document("article, main")
    act = ofac_actions.announcement(document, page.url)
    yield from [act] if act else en.facts(document, url=page.url, authority="us-ofac")
