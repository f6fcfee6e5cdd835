"""Pages that a list names with http: asked for with https first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.errors import ErrorKind, FetchError
from monitor.fetch import Unchanged
from monitor.source.page import Request


class Web:
    """Notes what is asked for, and fails for what begins with `fails`."""

    def __init__(self, fails: str, kind: ErrorKind) -> None:
        self.fails, self.kind = fails, kind
        self.asked: list[str] = []

    async def fetch(self, request, **_options):
        self.asked.append(request.url)
        if self.fails and request.url.startswith(self.fails):
            raise FetchError("no page", kind=self.kind)
        return Unchanged(request.url)


LISTED, SECURE = "http://miit.example/art/1", "https://miit.example/art/1"


@pytest.mark.parametrize(
    ("url", "fails", "kind", "asked"),
    [
        (LISTED, "", "tls", [SECURE, SECURE]),
        (LISTED, "https", "tls", [SECURE, LISTED, LISTED]),
        (LISTED, "https", "gone", [SECURE, LISTED, LISTED]),
        (LISTED, "https", "busy", [SECURE, SECURE]),
        (SECURE, "", "tls", [SECURE, SECURE]),
        ("http://miit.example:8080/art/1", "", "tls", ["http://miit.example:8080/art/1"] * 2),
    ],
)
async def test_https_is_tried_first_and_once_a_day_where_it_fails(desk, url, fails, kind, asked):
    web = Web(fails, ErrorKind(kind))
    pipeline = replace(desk.pipeline, fetcher=web)
    source = pipeline.registry.source("toy.notices")
    for _ in range(2):
        try:
            await pipeline._ask(source, Request(url))
        except FetchError as error:
            assert error.kind == "busy"  # noqa: PT017 - only that is raised

    assert web.asked == asked

    desk.clock.move_to(desk.clock.now() + timedelta(days=2))
    web.fails = ""
    await pipeline._ask(source, Request(url))

    assert web.asked[-1] == (SECURE if url == LISTED else url)
