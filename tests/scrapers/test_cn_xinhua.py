import json

import pytest

from monitor.errors import LayoutChanged
from monitor.source.page import Body, Link, Page
from scrapers import cn_xinhua

TITLE = "商务部公布对境外相关稀土物项实施出口管制的决定"
DATED = {"title": TITLE, "publishUrl": "/fortune/20301009/4c1f/c.html"}
OLD = {"title": TITLE, "publishUrl": "http://news.xinhuanet.com/fortune/c_1.htm"}


def articles(*rows: dict[str, str | None]) -> list[object]:
    body = json.dumps({"datasource": rows}).encode()
    return list(
        cn_xinhua.news.read(Page(url="https://www.news.cn/fortune/ds_1.json", body=Body(body)))
    )


@pytest.mark.parametrize(
    "strange",
    [
        {"title": TITLE, "url": DATED["publishUrl"]},
        {"name": TITLE, "publishUrl": DATED["publishUrl"]},
    ],
)
def test_an_article_without_a_field_that_is_read_is_a_changed_layout(
    strange: dict[str, str | None],
) -> None:
    with pytest.raises(LayoutChanged, match="an article without its title or its address"):
        articles(DATED, strange)


def test_articles_of_which_none_has_an_address_of_today_are_a_changed_layout() -> None:
    with pytest.raises(LayoutChanged, match="no article whose address has its day"):
        articles(OLD, {"title": TITLE, "publishUrl": None})


def test_articles_of_years_ago_and_such_as_have_no_title_are_left_out() -> None:
    (link,) = articles(
        OLD,
        DATED,
        {"title": None, "publishUrl": DATED["publishUrl"]},
        {"title": TITLE, "publishUrl": ""},
    )

    assert isinstance(link, Link)
    assert (link.title, link.url) == (TITLE, "https://www.news.cn/fortune/20301009/4c1f/c.html")
