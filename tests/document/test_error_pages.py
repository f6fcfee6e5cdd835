import pytest

from monitor.cli.read import read_document
from monitor.document.error_pages import refuse
from monitor.errors import SourceError


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            (
                "<html><head><title>403 Forbidden</title></head><body><h1>403"
                " Forbidden</h1>nginx</body></html>"
            ),
            "error-page",
        ),
        ("<TITLE>Error 500--Internal Server Error</TITLE><h2>Error 500</h2>", "error-page"),
        ("<html><body><p>您访问的页面不存在或已删除</p></body></html>", "error-page"),
        ('{"timestamp":"2030-01-01","status":502,"error":"Bad Gateway"}', "error-page"),
        ('{"code":"404","msg":"no such column"}', "error-page"),
        (
            '<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>none</Message></Error>',
            "error-page",
        ),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", "lfs-pointer"),
        ("<html><title>系统维护</title><body>请稍后</body></html>", "maintenance"),
        (
            '<head><body>It may be found <a HREF="https://maintenance.a.example/">here</a></body>',
            "maintenance",
        ),
        (
            "<html><title>Just a moment...</title><script>" + "x" * 9_000 + "</script></html>",
            "bot-wall",
        ),
        ("<html><body>请完成安全验证后继续访问</body></html>", "bot-wall"),
        ('<?xml version="1.0"?><list><row>a</row><row>b', "broken-xml"),
        ('<list xmlns="urn:a"><row>a & b</row></list>', "broken-xml"),
    ],
)
def test_page_that_is_not_the_page_is_named(text, kind):
    with pytest.raises(SourceError) as refused:
        refuse(text)

    assert refused.value.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "商务部公告2030年第404号\n决定如下。",
        '{"status":200,"error":null,"errors":[],"rows":[{"title":"公告"}]}',
        f"<html><title>公告2030年第7号</title><body>网站维护单位：某局。{'字' * 900}</body></html>",
        "<html><title>甲公司因禁止访问被处罚</title><body>正文。</body></html>",
        '<?xml version="1.0" encoding="gb2312"?><list><row>甲</row></list>',
        '<?xml version="1.0"?><!DOCTYPE html><html xmlns="urn:x"><br>a & b</html>',
        "没有什么。",
    ],
)
def test_page_that_may_be_the_page_passes(text):
    refuse(text)

    assert read_document(text.encode()).text
