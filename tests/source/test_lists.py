"""The days of a list: pages of all forms, and what is wrong with each."""

import json
import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

from each import for_each

from monitor.source.lists import ListDays, find_list_faults, judge_days, summarize_days
from monitor.source.page import Body, Page, collect_days

NOW = datetime(2026, 9, 25, 8, tzinfo=UTC)
DAILY = [date(2026, 9, 24) - timedelta(days=back) for back in range(20)]
DEAD = [day - timedelta(days=90) for day in DAILY]
RARE = [
    date(2026, 4, 20),
    date(2026, 2, 3),
    date(2025, 12, 26),
    date(2025, 9, 1),
    date(2025, 6, 2),
    date(2025, 4, 9),
]
ZIGZAG = (1, 0, 3, 2, 5, 4, 7, 6, 8)
MIXED = random.Random(7).sample(DAILY, len(DAILY))


def page(text: str) -> Page:
    return Page(url="https://authority.example/news/", body=Body(text.encode()))


def days_of(look: Callable[[], object]) -> list[str]:
    with collect_days() as days:
        look()
    return days


def html(
    days: Sequence[date],
    row: str = '<li><a href="/{n}.html">{title}</a><span>[{day}]</span></li>',
    form: str = "%Y-%m-%d",
):
    rows = (
        row.format(n=n, title=f"Notice No. {n} of 2026", day=day.strftime(form))
        for n, day in enumerate(days)
    )
    found = page(f"<html><ul>{''.join(rows)}</ul></html>")
    return days_of(lambda: list(found.links("a", read=print)))


def feed(days: Sequence[date], form: str = "atom"):
    entries = "".join(
        (
            f"<entry><title>{n}</title><link"
            f' href="https://authority.example/{n}"/><updated>{day}T05:00:00Z</updated></entry>'
            if form == "atom"
            else (
                f"<item><title>{n}</title><link>https://authority.example/{n}</link>"
                f"<pubDate>{day:%d} {day:%b} {day:%Y} 05:00:00 GMT</pubDate></item>"
            )
        )
        for n, day in enumerate(days)
    )
    head, tail = (
        ('<feed xmlns="http://www.w3.org/2005/Atom">', "</feed>")
        if form == "atom"
        else ('<rss version="2.0"><channel>', "</channel></rss>")
    )
    found = page(f'<?xml version="1.0"?>{head}{entries}{tail}')
    return days_of(found.feed)


def json_feed(days: Sequence[date]):
    items = [
        {"url": f"https://authority.example/{n}", "date_published": f"{day}T05:00:00Z"}
        for n, day in enumerate(days)
    ]
    found = page(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}))
    return days_of(found.feed)


def rows(days: Sequence[date]):
    found = page(
        json.dumps({"data": [{"title": "t", "of": {"day": f"{day} 09:00:00"}} for day in days]})
    )
    return days_of(lambda: found.rows("data", day="of.day"))


def sections(*parts: Sequence[date]):
    lists = "".join(
        f"<div><h2>x</h2><ul>{''.join(f'<li><a href=/{day}>t</a> {day}</li>' for day in part)}</ul></div>"
        for part in parts
    )
    found = page(f"<html>{lists}</html>")
    return days_of(lambda: list(found.links("a", read=print)))


TABLE_ROW = '<tr><td>{day}</td><td><a href="/{n}">{title}</a></td></tr>'
JAPANESE = '<li><div><p>{day}</p><a href="/{n}">{title}</a></div></li>'
TWO_LINKS = '<li><a href="/{n}">{title}</a><a href="/{n}/more">More</a><span>{day}</span></li>'
TITLED = '<li><a href="/{n}">自2027年1月1日起施行的公告（2025年第{n}号）</a><span>{day}</span></li>'
DEFINED = '<dt>{day}</dt><dd><a href="/{n}">{title}</a></dd>'
IN_ANCHOR = '<div><a href="/{n}">{title} <time>{day}</time></a></div>'
CASES = {
    "a feed in Atom that stands still": (feed(DEAD), {"zombie"}),
    "a feed in RSS that stands still": (feed(DEAD, "rss"), {"zombie"}),
    "a JSON Feed that stands still": (json_feed(DEAD), {"zombie"}),
    "a list that stands still": (html(DEAD), {"zombie"}),
    "one with its days in words": (html(DEAD, form="%B %d, %Y"), {"zombie"}),
    "one with its days in words, the day first": (html(DEAD, form="%d %b %Y"), {"zombie"}),
    "one with its days first, as in Europe": (html(DEAD, form="%d-%m-%Y"), {"zombie"}),
    "one with its days first, with dots": (html(DEAD, form="%d.%m.%Y"), {"zombie"}),
    "one with slashes, which say nothing of the order": (html(DEAD, form="%d/%m/%Y"), set()),
    "one with Japanese days before the title": (html(DEAD, JAPANESE, "%Y年%m月%d日"), {"zombie"}),
    "one in a table": (html(DEAD, TABLE_ROW, "%Y/%m/%d"), {"zombie"}),
    "one whose days stand before each row": (html(DEAD, DEFINED), {"zombie"}),
    "one whose days stand in the links": (html(DEAD, IN_ANCHOR, "%Y.%m.%d"), {"zombie"}),
    "one with days in its titles": (html(DEAD, TITLED), {"zombie"}),
    "one with two links in a row": (html(DEAD, TWO_LINKS), {"zombie"}),
    "rows of JSON that stand still": (rows(DEAD), {"zombie"}),
    "a search without an order": (rows(MIXED), {"unordered"}),
    "a list without an order": (html(MIXED), {"unordered"}),
    "eight neighbours without an order": (html([DAILY[n] for n in ZIGZAG]), {"unordered"}),
    "seven, which show none": (html([DAILY[n] for n in ZIGZAG[:-1]]), set()),
    "a feed without an order that stands still": (
        feed(random.Random(3).sample(DEAD, 20)),
        {"unordered", "zombie"},
    ),
    "a living list": (html(DAILY), set()),
    "a living feed": (feed(DAILY), set()),
    "living rows": (rows(DAILY), set()),
    "the oldest first": (html(DAILY[::-1]), set()),
    "an entry kept on top": (html([date(2024, 1, 2), *DAILY]), set()),
    "two kept on top, and a late one": (
        html([date(2024, 1, 2), date(2023, 1, 2), *DAILY[:9], DAILY[3], *DAILY[9:]]),
        set(),
    ),
    "several lists on one page": (
        sections(*[DAILY[start : start + 3] for start in (0, 2, 1, 4, 3, 0)]),
        set(),
    ),
    "one that is rarely added to": (html(RARE), set()),
    "one of few entries": (html(RARE[:3]), set()),
    "one without days": (html(DEAD, '<li><a href="/{n}">{title}</a></li>'), set()),
    "one whose acts begin later": (html([date(2027, 1, 1), *DEAD]), {"zombie"}),
    "all of one day": (html([DAILY[0]] * 20), set()),
    "days that are none": (html(DAILY, form="2026-13-%d"), set()),
}


@for_each(("found", "kinds"), CASES.values(), ids=CASES)
def test_a_list_is_judged_by_its_days_at_the_first_read(found: list[str], kinds: set[str]) -> None:
    assert {str(fault.kind) for fault in judge_days(found, None, NOW)} == kinds


def test_a_declared_absence_counts_before_the_days_of_the_list() -> None:
    (fault,) = judge_days(html(RARE), timedelta(days=90), NOW)

    assert fault.text.startswith(
        "the newest of 6 entries is of 2026-04-20, 158 days ago; too long is more than 90 days"
    )


def test_a_list_that_lost_its_days_is_named_until_they_are_back() -> None:
    before = summarize_days(html(DAILY), 20, NOW)
    lost = summarize_days([], 20, NOW, before)
    back = summarize_days(html(DAILY), 20, NOW, lost)

    assert before
    assert lost
    assert back
    assert [fault.kind for fault in find_list_faults(lost, None, NOW)] == ["undated"]
    assert [*find_list_faults(back, None, NOW)] == [*find_list_faults(ListDays(), None, NOW)] == []
    assert summarize_days([], 20, NOW) is None
