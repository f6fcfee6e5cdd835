"""Forty ways to publish without being noticed: what each site does, what is to be told of it,
and within which time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import count

import httpx
import msgspec
import papers

from monitor.clock import Clock

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LISTED = 30 * MINUTE  # the patience of [health]
UNREAD = LISTED + 5 * MINUTE  # of an act that can't be read: it is old enough at the next look
SECOND_PAGE = 10 * MINUTE  # twice the cadence
A_DAY = DAY  # moved, of another shape, withdrawn
HTML, JSON = "text/html; charset=utf-8", "application/json"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEAD = "商务部公告2025年第{number}号 公布对{what}相关物项实施出口管制的决定"
BODY = """<html><head><title>{title}</title></head><body><div class="art-title">{title}</div><div class="art-con">
<p>【发布单位】安全与管制局<br>【发布文号】商务部公告2025年第{number}号<br>【发文日期】{day}</p>
<p>根据《中华人民共和国出口管制法》《中华人民共和国两用物项出口管制条例》，经国务院批准，决定对下列物项实施出口管制：</p>{items}
<p>出口上述物项，应当按照《中华人民共和国出口管制法》和《中华人民共和国两用物项出口管制条例》向国务院商务主管部门申请许可。</p>
<p>本公告自公布之日起正式实施。</p>{more}<p>商务部</p><p>{day}</p></div></body></html>"""
GONE = (
    "<html><head><title>提示信息</title></head><body><div"
    " class='art-con'><p>{}</p></div></body></html>"
)
HOME = (
    "<html><head><title>商务部</title></head><body><ul><li><a"
    " href='/jgsz/'>机构设置</a></li></ul></body></html>"
)
Answer = Callable[[httpx.Request], httpx.Response]


@dataclass
class Row:
    """A line of a list."""

    href: str
    title: str
    day: str


def answer(
    request: httpx.Request, body: str, *, status: int = 200, kind: str = HTML, **headers: str
) -> httpx.Response:
    """An answer with the tag of its body; or that this is what they have."""
    tag = f'"{sha256(body.encode()).hexdigest()[:16]}"'
    if status == 200 and request.headers.get("if-none-match") == tag:
        return httpx.Response(304, headers={"etag": tag}, request=request)
    told = {"content-type": kind, "etag": tag, **headers}
    return httpx.Response(status, headers=told, content=body.encode(), request=request)


def fails(status: int, **headers: str) -> Answer:
    return lambda request: httpx.Response(status, headers=headers, request=request)


def says(body: str) -> Answer:
    return lambda request: answer(request, body)


@dataclass
class Site:
    """One office: its list, the acts behind it, and what is done to both."""

    name: str
    clock: Clock
    numbers: Iterator[int]
    rows: list[Row] = field(default_factory=list)
    pages: dict[str, Answer] = field(default_factory=dict)
    beside: list[str] = field(
        default_factory=lambda: ["<a href='/home'>首页</a>", "<a href='/contact'>联系我们</a>"]
    )
    show: Callable[[list[Row]], list[Row]] = list
    second: list[Row] = field(default_factory=list)
    write: Callable[["Site", list[Row]], str] = lambda site, rows: site.write_list(rows)
    instead: Answer | None = None  # what answers at the list's address
    # how it publishes, where that is no page behind a line
    file: "Callable[[Site], int] | None" = None
    mark: str = "-2025-{}:"  # what tells its acts
    published: list[str] = field(default_factory=list)  # the marks of its acts since it is watched
    has_annexes: bool = False
    aged: Row | None = None  # the act that is to be changed when it is old

    def issue(
        self, *, at: int | None = 0, number: int = 0, day: str = "", title: str = "", **keys: str
    ) -> int:
        """Publish an act: behind a line of the list at this place, or behind none."""
        number = number or next(self.numbers)
        day = day or f"{self.clock.now() + 8 * HOUR:%Y-%m-%d}"
        path = keys.pop("path", f"/art/art_{number}.html")
        body = write_act(number, day, **keys)
        self.pages[path] = says(body)
        if at is not None:
            self.rows.insert(
                at, Row(path, title or HEAD.format(number=number, what=f"{number}号合金"), day)
            )
        return number

    def publish(self, *, day: str = "") -> None:
        """Publish as ever; of a `day` before the site is watched."""
        number = self.file(self) if self.file else self.issue(day=day)
        if day:
            self.rows[0].day = day
        else:
            self.published.append(self.mark.format(number))

    def issue_aged(self) -> None:
        """Publish the act that is to be changed."""
        number = issue_with_annex(self) if self.has_annexes else self.issue()
        self.aged = self.rows[0]
        self.published.append(f"-2025-{number}:")

    def write_list(
        self,
        rows: list[Row],
        line: str = "<li><a href='{0.href}'>{0.title}</a><span>[{0.day}]</span></li>",
    ) -> str:
        more = (
            "<a class='next' href='/list/2'>下一页</a>"
            if self.second and rows is not self.second
            else ""
        )
        lines = "".join(line.format(row) for row in rows)
        return f"<html><head><title>公告</title></head><div>{''.join(self.beside)}</div><ul>{lines}</ul>{more}</html>"

    def answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path == "/list/2" and self.second:
            return answer(request, self.write(self, self.second))
        if path == "/list/" and self.instead:
            return self.instead(request)
        if path in ("/list/", "/elsewhere/list/"):
            body = self.write(self, self.show(self.rows))
            return answer(request, body, kind=JSON if body.startswith("{") else HTML)
        if path == "/":
            return answer(request, HOME)
        return self.pages.get(path, fails(404))(request)


def write_item(number: int) -> str:
    return f"<p>一、1C901.a {number}号合金粉末（参考税则号列：71051020）</p>"


def write_act(number: int, day: str, *, items: str = "", more: str = "") -> str:
    listed = items or write_item(number)
    said = f"{date.fromisoformat(day):%Y年%m月%d日}"
    title = HEAD.format(number=number, what=f"{number}号合金")
    return BODY.format(title=title, number=number, day=said, items=listed, more=more)


class Sites(httpx.AsyncBaseTransport):
    """All of them, by their hosts."""

    def __init__(self, sites: dict[str, Site]) -> None:
        self.sites = sites

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.sites[request.url.host.split(".")[-2]].answer(request)


Words = tuple[str, ...]  # one of which stands in the message


def act(*numbers: int) -> Words:
    """What is told of an act: under its key, or by its listed title."""
    return tuple(word for number in numbers for word in (f"-2025-{number}:", f"第{number}号"))


@dataclass(frozen=True)
class Way:
    """One way: what happens at a site, which says the words that are to be told, and how soon they
    are.

    A sign is told to those who run the monitor. `before` is done when the site begins; `age` is
    that of an act that is changed.
    """

    name: str
    bound: timedelta
    happens: Callable[[Site], Words]
    is_sign: bool = False
    before: Callable[[Site], object] = lambda _: None
    age: timedelta | None = None
    by_json: bool = False
    of_clock: bool = False


WAYS: list[Way] = []


def way(
    bound: timedelta, **keys: object
) -> Callable[[Callable[[Site], Words]], Callable[[Site], Words]]:
    def add(happens: Callable[[Site], Words]) -> Callable[[Site], Words]:
        WAYS.append(Way(happens.__name__, bound, happens, **keys))
        return happens

    return add


# What is listed, and is told within the patience.


def pin(site: Site) -> None:
    site.issue(
        title="置顶：" + HEAD.format(number=100, what="稀土"),
        number=100,
        path="/art/art_pinned.html",
    )
    top = site.rows.pop(0)
    site.show = lambda rows: [top, *rows]


@way(LISTED, before=pin)
def below_a_pinned_row(site: Site) -> Words:
    return act(site.issue())


@way(LISTED, before=lambda site: setattr(site, "show", lambda rows: rows[::-1]))
def at_the_end(site: Site) -> Words:
    return act(site.issue())


@way(LISTED)
def among_others_by_an_earlier_day(site: Site) -> Words:
    return act(site.issue(at=4, day=f"{site.clock.now() - 20 * DAY:%Y-%m-%d}"))


@way(LISTED)
def sorted_otherwise(site: Site) -> Words:
    site.show = lambda rows: sorted(rows, key=lambda row: sha256(row.href.encode()).digest())
    return act(site.issue())


@way(LISTED)
def two_acts_of_one_number(site: Site) -> Words:
    number = site.issue()
    site.issue(
        number=number,
        path=f"/art/art_{number}_2.html",
        items="<p>一、2B902.b 坩埚下降炉（参考税则号列：84798999）</p>",
    )
    return ("坩埚下降炉",)


@way(LISTED)
def at_the_address_of_an_earlier_act(site: Site) -> Words:
    row = site.rows[0]
    number = site.issue(at=None, path=row.href)
    row.title = HEAD.format(number=number, what=f"{number}号合金")
    return act(number)


@way(LISTED)
def listed_without_words(site: Site) -> Words:
    return act(site.issue(title="<img src='/new.gif'>"))


def in_sessions(site: Site) -> None:
    turns = count()

    def show(rows: list[Row]) -> list[Row]:
        turn = next(turns)
        return [lead(row, f"{row.href}?sid={turn:08x}") for row in rows[:4]]

    site.show = show


def lead(row: Row, href: str) -> Row:
    return Row(href, row.title, row.day)


@way(LISTED, before=in_sessions)
def at_addresses_with_a_session(site: Site) -> Words:
    return act(site.issue())


def counted(site: Site) -> None:
    turns = count(1000)
    site.show = lambda rows: [
        Row(row.href, f"{row.title}（阅读 {next(turns)}）", row.day) for row in rows
    ]


@way(LISTED, before=counted)
def with_counters_in_titles(site: Site) -> Words:
    return act(site.issue())


@way(LISTED)
def on_another_host(site: Site) -> Words:
    number = site.issue()
    site.rows[0].href = f"https://www.{site.name}.example/art/art_{number}.html"
    return act(number)


@way(UNREAD)
def listed_and_never_there(site: Site) -> Words:
    number = site.issue()
    site.pages[site.rows[0].href] = fails(404)
    return act(number)


@way(UNREAD)
def listed_and_led_home(site: Site) -> Words:
    number = site.issue()
    site.pages[site.rows[0].href] = fails(302, location="/")
    return act(number)


@way(UNREAD)
def listed_and_said_not_to_exist(site: Site) -> Words:
    number = site.issue()
    site.pages[site.rows[0].href] = says(GONE.format("您访问的页面不存在或已删除"))
    return act(number)


@way(UNREAD)
def as_a_picture(site: Site) -> Words:
    number = site.issue(items="<p><img src='/scan.jpg'></p>")
    title = site.rows[0].title
    scan = (
        f"<html><head><title>{title}</title></head><body><div class='art-con'><p><img"
        " src='/scan.jpg'></p></div></body></html>"
    )
    site.pages[site.rows[0].href] = says(scan)
    return act(number)


def annex_of(number: int, thing: str) -> Answer:
    rows = [
        ["序号", "管制编码", "物项名称"],
        ["1", "1C907.a", thing],
        ["2", "1C907.b", f"{number}号钇靶"],
    ]
    body = papers.word("附件：管制物项清单", rows)
    return lambda request: httpx.Response(
        200, headers={"content-type": DOCX}, content=body, request=request
    )


def issue_with_annex(site: Site) -> int:
    number = site.issue()
    more = f"<p><a href='/art/annex_{number}.docx'>附件：管制物项清单</a></p>"
    day = site.rows[0].day
    site.pages[site.rows[0].href] = says(
        write_act(number, day, items="<p>一、附件所列物项。</p>", more=more)
    )
    site.pages[f"/art/annex_{number}.docx"] = annex_of(number, f"{number}号钬合金")
    return number


@way(LISTED)
def annex_alone(site: Site) -> Words:
    return (f"{issue_with_annex(site)}号钬合金",)


@way(LISTED)
def in_a_flood(site: Site) -> Words:
    others = [
        Row(f"/art/art_other{number}.html", f"关于召开第{number}次工作会议的通知", "2025-11-02")
        for number in range(210)
    ]
    site.pages |= {row.href: says(GONE.format(row.title)) for row in others}
    number = site.issue()
    site.rows[:1] = [*others, site.rows[0]]
    return act(number)


@way(LISTED)
def on_one_of_six_servers(site: Site) -> Words:
    before, turns = [*site.rows], count()
    site.show = lambda rows: rows if next(turns) % 6 == 5 else before
    return act(site.issue())


@way(LISTED)
def in_another_charset(site: Site) -> Words:
    number = site.issue()
    body = write_act(number, site.rows[0].day).encode("gbk")
    plain = {"content-type": "text/html"}
    site.pages[site.rows[0].href] = lambda request: httpx.Response(
        200, headers=plain, content=body, request=request
    )
    return act(number)


# What leads elsewhere or has another shape, and is a sign within a day.


@way(A_DAY, is_sign=True)
def led_elsewhere(site: Site) -> Words:
    site.instead = fails(301, location="/elsewhere/list/")
    return ("moved",)


@way(A_DAY, is_sign=True)
def led_home(site: Site) -> Words:
    site.instead = fails(302, location="/")
    return ("moved", "layout changed", "fails")


@way(A_DAY, is_sign=True)
def led_by_the_page_itself(site: Site) -> Words:
    site.instead = says(
        "<html><head><meta http-equiv='refresh' content='0;"
        " url=/new/list/'></head><body></body></html>"
    )
    return ("layout changed", "not the page", "moved")


@way(A_DAY, is_sign=True)
def an_old_copy(site: Site) -> Words:
    copy = site.rows[1:]
    site.show = lambda _: copy
    return ("outdated",)


@way(A_DAY, is_sign=True)
def beside_the_list(site: Site) -> Words:
    number = site.issue(at=None)
    site.beside.append(
        f"<p><a href='/content_{number}.html'>{HEAD.format(number=number, what='合金')}</a></p>"
    )
    return ("links not read",)


@way(A_DAY, is_sign=True)
def all_rows_of_another_shape(site: Site) -> Words:
    site.show = lambda rows: [
        Row(row.href.replace("art_", "content_"), row.title, row.day) for row in rows
    ]
    site.issue()
    return ("layout changed",)


@way(A_DAY, is_sign=True)
def a_row_that_is_a_file(site: Site) -> Words:
    number = next(site.numbers)
    site.rows.insert(
        0, Row(f"/files/{number}.pdf", HEAD.format(number=number, what="合金"), "2025-11-03")
    )
    return ("links not read",)


@way(A_DAY)
def behind_a_cache_that_never_asks(site: Site) -> Words:
    kept = site.write(site, [*site.rows])

    def cached(request: httpx.Request) -> httpx.Response:
        past = "no-cache" in request.headers.get("cache-control", "")
        return answer(request, site.write(site, site.rows) if past else kept)

    site.instead = cached
    return act(site.issue())


# Page 2: what only it has.


def two_pages(site: Site) -> None:
    site.second = [Row("/art/art_old.html", "关于召开工作会议的通知", "2025-08-01")]
    site.pages["/art/art_old.html"] = says(GONE.format("会议"))


@way(SECOND_PAGE, before=two_pages)
def on_the_second_page(site: Site) -> Words:
    number = site.issue()
    site.second.insert(0, site.rows.pop(0))
    return act(number)


@way(SECOND_PAGE, before=two_pages)
def pushed_to_the_second_page(site: Site) -> Words:
    number = site.issue()
    site.second = [*site.rows, *site.second]
    others = [
        Row(f"/art/art_other{at}.html", f"关于召开第{at}次工作会议的通知", "2025-11-02")
        for at in range(len(site.rows))
    ]
    site.pages |= {row.href: says(GONE.format(row.title)) for row in others}
    site.rows = others
    return act(number)


# Withdrawn.


def withdraw(site: Site, instead: Answer) -> Words:
    row = site.rows.pop(0)
    site.pages[row.href] = instead
    number = int("".join(filter(str.isdecimal, row.href)))
    return (f"no longer publishes MOFCOM No. {number} of 2025",)


@way(A_DAY, age=10 * DAY)
def withdrawn(site: Site) -> Words:
    return withdraw(site, fails(404))


@way(A_DAY, age=10 * DAY)
def withdrawn_by_a_page_that_says_so(site: Site) -> Words:
    return withdraw(site, says(GONE.format("您访问的页面不存在或已删除")))


@way(A_DAY, age=10 * DAY)
def withdrawn_by_leading_home(site: Site) -> Words:
    return withdraw(site, fails(302, location="/"))


# Edited in place.


def edit(site: Site) -> Words:
    row = site.aged or site.rows[0]
    number = int("".join(filter(str.isdecimal, row.href)))
    items = f"{write_item(number)}<p>二、2B902.b {number}号坩埚炉（参考税则号列：84798999）</p>"
    site.pages[row.href] = says(write_act(number, row.day, items=items))
    return (f"{number}号坩埚炉",)


@way(2.5 * HOUR, age=5 * DAY)
def edited_after_5_days(site: Site) -> Words:
    return edit(site)


@way(3 * DAY, age=20 * DAY)
def edited_after_20_days(site: Site) -> Words:
    return edit(site)


@way(3.75 * DAY, age=60 * DAY)
def edited_after_60_days(site: Site) -> Words:
    return edit(site)


def edit_annex(site: Site) -> Words:
    assert site.aged
    number = int("".join(filter(str.isdecimal, site.aged.href)))
    site.pages[f"/art/annex_{number}.docx"] = annex_of(number, f"{number}号镝铽合金")
    return (f"{number}号镝铽合金",)


@way(2.5 * HOUR, age=5 * DAY, before=lambda site: setattr(site, "has_annexes", True))
def annex_edited_alone(site: Site) -> Words:
    return edit_annex(site)


# Clocks.


@way(LISTED, of_clock=True)
def while_our_clock_is_set_back(site: Site) -> Words:
    site.clock.move_to(site.clock.now() - 3 * HOUR)
    return act(site.issue())


# Rows with a counter of a page of config.toml.


def count_views(site: Site) -> None:
    turns = count(1)

    def write(site: Site, rows: list[Row]) -> str:
        views = 5_300 + 11 * next(turns)
        lines = "".join(
            f"<tr><td>{views + 7 * at}</td><td>{row.title}</td></tr>" for at, row in enumerate(rows)
        )
        return (
            "<html><body><table"
            f" id='t'><tr><th>Views</th><th>Title</th></tr>{lines}</table></body></html>"
        )

    site.write, site.mark = write, "{}号合金"


@way(LISTED, before=count_views)
def beside_a_counter(site: Site) -> Words:
    number = next(site.numbers)
    site.rows.insert(0, Row("", f"Entities of concern, list {number}: 2 firms added", ""))
    return (f"list {number}: 2 firms added",)


# Lists that are JSON.

# 05:31 in New York, which was 09:31 UTC before
AFTER_THE_CLOCKS_CHANGED = datetime.fromisoformat("2025-11-03T10:31:00+00:00")


def write_paper(row: Row) -> dict[str, object]:
    number = row.title
    return {
        "abstract": (
            f"BIS is revising the Commerce Control List (CCL) by adding ECCN 3A9{number[-2:]}.z for"
            " certain sensors."
        ),
        "action": "Final rule.",
        "agencies": [
            {"slug": "industry-and-security-bureau", "name": "Industry and Security Bureau"}
        ],
        "correction_of": None,
        "dates": f"This rule is effective {date.fromisoformat(row.day):%B %d, %Y}.",
        "document_number": f"2025-{number}",
        "effective_on": row.day,
        "html_url": f"https://www.federalregister.gov/documents/2025/10/09/2025-{number}/revisions",
        "publication_date": row.day,
        "title": f"Revisions to the Commerce Control List: Sensors {number}",
        "type": "Rule",
    }


def in_json(site: Site) -> None:
    site.file = file_paper
    site.write = lambda site, rows: msgspec.json.encode(
        {"results": [write_paper(row) for row in rows]}
    ).decode()


def file_paper(site: Site) -> int:
    number = next(site.numbers) + 10_000
    site.rows.insert(0, Row("", str(number), f"{site.clock.now():%Y-%m-%d}"))
    return number


@way(SECOND_PAGE, before=in_json, by_json=True)
def in_the_morning_after_the_clocks_changed(site: Site) -> Words:
    return act(file_paper(site))


@way(A_DAY, is_sign=True, before=in_json, by_json=True)
def in_json_of_another_shape(site: Site) -> Words:
    file_paper(site)
    before = site.write
    site.write = lambda site, rows: before(site, rows).replace('"results"', '"documents"')
    return ("not the page", "layout changed")


@way(A_DAY, is_sign=True, before=in_json, by_json=True)
def in_json_that_is_empty(site: Site) -> Words:
    file_paper(site)
    site.write = lambda *_: '{"count": 0, "results": []}'
    return ("not the page",)
