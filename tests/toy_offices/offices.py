"""Fifty offices that publish in four forms: an index of pages, a feed with whole acts, a register
that proves it is whole, a register that proves nothing.
"""

from collections.abc import Callable, Iterator

from monitor import Announcement, Busy, Entity, Link, Listing, Page, Register, source
from monitor.model import Fact, fact_from_json
from monitor.source.formats import key, table, xml
from monitor.source.scraper import Source

NAMES = tuple(f"office{number}" for number in range(50))
FORMS = ("index", "feed", "roll", "index", "board")
URGENT = 10  # every so many-th office publishes much, and is looked at often
OFFICE_HOURS = Busy("Mon-Fri", "08:30-17:30", "Asia/Shanghai", every="2 hours")
COLUMNS = table.Columns({"name": ("Name",), "country": ("Country",)}, needed=("name", "country"))
LAYOUT = xml.Layout("roll", records=("entry",), others=("count",))


def act(page: Page) -> Iterator[Fact]:
    yield fact_from_json(page.text.encode())


def _index(page: Page) -> Iterator[Link]:
    yield from page.links("ul.acts a", read=act, at_least=1)


def _feed(page: Page) -> Iterator[Announcement]:
    for row in page.rows("acts"):
        fact = fact_from_json(row["act"].encode())
        assert isinstance(fact, Announcement)
        yield fact


def _roll(page: Page) -> Register:
    about = lambda root: xml.About(published=root.get("day"), declared=int(root.get("count")))  # noqa: E731
    return xml.register(page, "un-sc", LAYOUT, id="id", read=_entry, about=about)


def _entry(record) -> Listing:
    said = xml.leaves(record, {"name": "name", "country": "country", "remark": "remarks"}, ["id"])
    entity = Entity(names={"en": said.one("name")}, kind="org", country=said.one("country") or None)
    return Listing(subject=entity, fields=said.fields, unread=tuple(said.unread))


def _board(page: Page) -> Register:
    rows = table.delimited(page, COLUMNS)
    return table.register(
        "us-fcc-covered", rows, id=lambda row: key(row["name"], row["country"]), read=_row
    )


def _row(rows) -> Listing:
    return Listing(
        subject=Entity(names={"en": rows[0]["name"]}, kind="org", country=rows[0]["country"])
    )


READERS = {"index": _index, "feed": _feed, "roll": _roll, "board": _board}


def form(office: str) -> str:
    """How the office of this name publishes."""
    return FORMS[int(office.removeprefix("office")) % len(FORMS)]


def is_urgent(office: str) -> bool:
    return int(office.removeprefix("office")) % URGENT == 0


def _office(name: str) -> Source:
    def read(page: Page) -> object:
        return READERS[form(name)](page)

    read.__name__ = read.__qualname__ = name
    pace: dict[str, object] = (
        {"every": "6 hours", "busy": OFFICE_HOURS} if is_urgent(name) else {"every": "2 days"}
    )
    declare: Callable[..., Source] = source(
        name=f"The {name}",
        authority="cn-mofcom",
        url=f"https://{name}.example/",
        zone="Asia/Shanghai",
        **pace,
    )
    return declare(read)


_OFFICES = {name: _office(name) for name in NAMES}
globals().update(_OFFICES)


def source_of(office: str) -> Source:
    return _OFFICES[office]
