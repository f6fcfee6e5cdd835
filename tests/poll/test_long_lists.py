"""A list on several pages that moves while it is read: nothing of it is lost, and nothing old is
news.
"""

import pytest
from acts import control
from werkzeug import Request, Response

from monitor.alert.event import NoticeKind
from monitor.store import acts

LONG = 4  # entries of a page


class Shelf:
    """A list of acts by their numbers, the newest first, some on a page; `meanwhile` happens
    once a page of it was served.
    """

    def __init__(self, ministry, httpserver) -> None:
        self._ministry = ministry
        self.acts: list[int] = []
        self.goes_on = True
        self.meanwhile = {}
        self.served: list[int] = []
        httpserver.expect_request("/shelf").respond_with_handler(self._page)

    def issue(self, *numbers: int) -> None:
        for number in numbers:
            self._ministry.publish(str(number), control(number, "2B902.a"))
            self.acts.insert(0, number)

    def _page(self, request: Request) -> Response:
        page = int(request.args.get("page", 1))
        entries = self.acts[(page - 1) * LONG : page * LONG]
        items = "".join(f"<li><a href='/{number}'>{number}</a></li>" for number in entries)
        more = (
            f"<a class='next' href='/shelf?page={page + 1}'>next</a>"
            if self.goes_on and page * LONG < len(self.acts)
            else ""
        )
        self.served.append(page)
        self.meanwhile.pop(page, lambda: None)()
        return Response(
            f"<html><ul>{items}</ul>{more}</html>", content_type="text/html; charset=utf-8"
        )


@pytest.fixture
def shelf(ministry, httpserver) -> Shelf:
    return Shelf(ministry, httpserver)


async def told(desk) -> list[str]:
    return sorted(key for kind, key in await desk.owed() if kind is NoticeKind.ACT)


async def known(desk) -> set[str]:
    return {act.key for act in await desk.pipeline.history(acts.list_newest_acts, 100)}


def keys(*numbers: int) -> list[str]:
    return [f"mofcom-2025-{number}" for number in numbers]


def alerts(*numbers: int) -> list[str]:
    return [f"{key}:act" for key in keys(*numbers)]


async def test_an_entry_that_moves_to_the_page_before_while_we_read_the_next_is_not_lost(
    desk, shelf
):
    shelf.issue(*range(10, 20))
    await desk.poll(source="toy.shelf")
    shelf.issue(*range(20, 26))
    shelf.meanwhile[1] = lambda: shelf.acts.remove(25)
    await desk.poll(source="toy.shelf")

    assert await told(desk) == alerts(*range(20, 26))


async def test_an_entry_that_comes_while_we_read_the_next_page_is_told_in_the_same_poll_and_none_twice(
    desk, shelf
):
    shelf.issue(*range(10, 20))
    await desk.poll(source="toy.shelf")
    shelf.issue(20)
    shelf.meanwhile[1] = lambda: shelf.issue(21)
    shelf.meanwhile[2] = lambda: shelf.issue(22)
    await desk.poll(source="toy.shelf")

    assert await told(desk) == alerts(20, 21, 22)


async def test_more_news_than_a_page_holds_is_found_on_the_pages_after_it(desk, shelf):
    shelf.issue(*range(10, 20))
    await desk.poll(source="toy.shelf")
    shelf.issue(*range(20, 31))
    await desk.poll(source="toy.shelf")

    assert await told(desk) == alerts(*range(20, 31))


async def test_more_news_than_a_page_holds_is_found_on_a_page_that_was_just_seen_to_be_as_it_was(
    desk, shelf
):
    shelf.issue(*range(10, 20))
    await desk.poll(source="toy.shelf")
    shelf.acts.remove(19)
    shelf.issue(20)
    shelf.meanwhile[2] = lambda: shelf.issue(*range(21, 27))
    await desk.poll(source="toy.shelf")

    assert await told(desk) == alerts(*range(20, 27))


async def test_the_first_read_knows_the_whole_list_though_it_moves_meanwhile(desk, shelf):
    shelf.issue(*range(10, 20))
    shelf.meanwhile[1] = lambda: shelf.acts.remove(17)
    await desk.poll(source="toy.shelf")

    assert await known(desk) >= {*keys(*range(10, 20))}
    assert await told(desk) == []


async def test_an_old_entry_that_comes_up_in_the_place_of_one_that_was_taken_out_is_no_news(
    desk, shelf
):
    shelf.goes_on = False
    shelf.issue(*range(10, 20))
    await desk.poll(source="toy.shelf")
    shelf.issue(20)
    await desk.poll(source="toy.shelf")
    shelf.acts.remove(18)
    await desk.poll(source="toy.shelf")

    assert await told(desk) == alerts(20)
    assert await known(desk) == {*keys(*range(16, 21))}


async def test_an_act_that_comes_at_the_end_of_a_list_while_another_is_withdrawn_is_told(
    desk, shelf
):
    shelf.goes_on = False
    shelf.issue(13, 12, 11, 10)
    await desk.poll(source="toy.shelf")
    shelf.issue(20)
    shelf.acts = [10, 12, 13, 20]
    await desk.poll(source="toy.shelf")

    assert await told(desk) == alerts(20)


async def test_a_list_that_stands_still_is_not_read_further_than_its_second_page(desk, shelf):
    shelf.issue(*range(10, 20))
    await desk.poll(source="toy.shelf")
    shelf.served.clear()
    await desk.poll(source="toy.shelf")

    assert shelf.served == [1, 2]
