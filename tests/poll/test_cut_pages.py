"""HTML that came whole by what carried it, and was cut where it was made."""

import pytest
from acts import control

from monitor.errors import NotThePage
from monitor.fetch import Fetched
from monitor.fetch.answer import Validators
from monitor.model import to_json
from monitor.poll.outcome import fetch_whole_page
from monitor.source.page import Body, Page
from monitor.store.archive import FolderArchive

WHOLE = b"<!DOCTYPE html><html><body>Article 1. Article 2.</body></html>\n"
CUT, SHORTER = WHOLE[:40], WHOLE[:34]


def came(body: bytes) -> Fetched:
    return Fetched(Page("https://ministry.example/act", Body(body)), Validators())


@pytest.fixture
def archive(tmp_path) -> FolderArchive:
    return FolderArchive(tmp_path)


async def read(archive: FolderArchive, *bodies: bytes, before: bytes | None = None) -> bytes:
    """What is taken for the page where its server answers so, one time after the other."""
    answers = map(came, bodies)

    async def again() -> Fetched:
        return next(answers)

    known = archive.put(before) if before else None
    return (await fetch_whole_page(next(answers), known, archive, again)).page.body.whole


@pytest.mark.parametrize(
    "body", [WHOLE, to_json(control(61, "2B902.a")), b"<p>an excerpt", b"name,country\nA,CN\n"]
)
async def test_what_closes_or_is_no_html_is_asked_for_once(archive, body):
    assert await read(archive, body) == body


async def test_a_page_that_closes_when_it_is_asked_for_again_is_read_then(archive):
    assert await read(archive, CUT, WHOLE) == WHOLE


async def test_a_page_that_ends_elsewhere_each_time_is_cut(archive):
    with pytest.raises(NotThePage, match="each time elsewhere") as refused:
        await read(archive, CUT, SHORTER)

    assert refused.value.kind == "truncated"


async def test_a_page_that_closed_before_and_no_longer_does_is_cut_however_often_it_comes(archive):
    with pytest.raises(NotThePage, match="as it did not before"):
        await read(archive, CUT, CUT, before=WHOLE)


async def test_a_publisher_that_closes_no_page_is_believed(archive):
    assert await read(archive, CUT, CUT) == CUT
    assert await read(archive, CUT, CUT, before=SHORTER) == CUT
