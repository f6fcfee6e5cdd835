"""European Union: Official Journal, through the Publications Office's CELLAR: acts on
restrictive measures and dual-use items.
"""

from collections.abc import Iterator
from urllib.parse import quote

from monitor import Announcement, Busy, LayoutChanged, Link, Page, Request, source
from scrapers._platforms import eu_acts, oj_text

SPARQL = "https://publications.europa.eu/webapi/rdf/sparql"
NEWEST = """PREFIX cdm: <http://publications.europa.eu/ontology/cdm#>
SELECT ?celex (SAMPLE(?titled) AS ?title) (MAX(?dated) AS ?date) (SAMPLE(?file) AS ?item) WHERE {
?work cdm:resource_legal_id_celex ?celex ; cdm:work_date_document ?dated .
?expression cdm:expression_belongs_to_work ?work ; cdm:expression_title ?titled ;
 cdm:expression_uses_language <http://publications.europa.eu/resource/authority/language/ENG> .
OPTIONAL { ?manifestation cdm:manifestation_manifests_expression ?expression ; cdm:manifestation_type ?type .
 ?file cdm:item_belongs_to_manifestation ?manifestation . FILTER(STR(?type) IN ("xhtml", "xhtml5")) }
FILTER(?dated >= "{year}-01-01"^^<http://www.w3.org/2001/XMLSchema#date>)
FILTER(REGEX(STR(?celex), "^3[0-9]{4}[RD]"))
FILTER(REGEX(STR(?titled), "restrictive measures|dual-use|2021/821|881/2002", "i"))
} GROUP BY ?celex ORDER BY DESC(?date) LIMIT 60"""
ADDRESS = f"{SPARQL}?format={quote('application/sparql-results+json', safe='')}&query="
# of an act's many forms and languages
TEXT = {"Accept": "application/xhtml+xml, text/html;q=0.9", "Accept-Language": "eng"}


@source(
    name="EU Official Journal: restrictive measures and dual-use items",
    authority="eu-council",
    # the year it is when it is asked for
    url=ADDRESS + quote(NEWEST, safe="").replace("%7Byear%7D", "{year}"),
    every="30 minutes",
    busy=Busy("Mon-Fri", "07:00-20:00", "Europe/Brussels", every="10 minutes"),
    deadline="2 minutes",
    language="en",
)
def acts(page: Page) -> Iterator[Link]:
    """The acts of this year whose title names such measures, newest first, each in English where
    that is there.
    """
    for row in page.rows(
        "results", "bindings", at_least=0 if page.is_turn_of_year else 1, day="date.value"
    ):
        celex, title, item = (_value(row, name) for name in ("celex", "title", "item"))
        if not celex:
            raise LayoutChanged(
                f"{page.url[:80]}: an act without its number, titled {title[:60]!r}"
            )
        yield _link(celex, title, item)


def _value(row: object, name: str) -> str:
    cell = row.get(name) if isinstance(row, dict) else None
    return str(cell.get("value", "")) if isinstance(cell, dict) else ""


def _link(celex: str, title: str, item: str) -> Link:
    """The text itself where its address is known, else the act, of which the server chooses the
    form asked for.
    """
    named = f"https://publications.europa.eu/resource/celex/{quote(celex, safe='')}"
    url = (
        item.replace("http://", "https://", 1)
        if item.startswith("http://publications.europa.eu/")
        else named
    )
    return Link(url, read=act, title=title, request=Request(url, headers=TEXT))


def act(page: Page) -> Iterator[Announcement]:
    """One act with everybody whom its annexes list, delist or describe anew."""
    yield eu_acts.act(oj_text.pieces(page), page.url)
