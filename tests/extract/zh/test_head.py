"""What a page says of itself: its number and key, its day, its issuer, what kind of page it is,
what is attached to it.
"""

from dataclasses import replace

import pytest
from cases import read_cases

from monitor.document import read_text
from monitor.extract.zh import issuers, sections
from monitor.extract.zh.lines import make_line


def read(*lines, url="", authority=None, **more):
    return sections.read_sections(
        replace(read_text("\n".join(lines)), **more), url=url, authority=authority
    )


@pytest.mark.parametrize(
    ("lines", "number", "key"),
    [
        (
            ("商务部公告2030年第7号 公布有关决定", "决定。"),
            "商务部公告2030年第7号",
            "mofcom-2030-7",
        ),
        (
            ("关于有关决定的公告", "商务部公告2030年第7号 公布"),
            "商务部公告2030年第7号",
            "mofcom-2030-7",
        ),
        (("商务部公告", "2030年第9号", "决定。"), "商务部公告2030年第9号", "mofcom-2030-9"),
        *(
            ((*issuers, "公告", "2030年第9号", "决定。"), "商务部公告2030年第9号", "mofcom-2030-9")
            for issuers in (
                ("商务部", "海关总署", "国家国防科工局", "中央军委装备发展部"),
                ("商务部", "工业和信息化部", "海关总署", "国家国防科工局", "国家原子能机构"),
                ("关于有关物项的公告", "商务部", "海关总署", "工业和信息化部", "国家国防科工局"),
            )
        ),
        (
            ("海关总署", "关于有关物项的公告", "商务部", "工业和信息化部", "公告", "2030年第9号"),
            "商务部公告2030年第9号",
            "mofcom-2030-9",
        ),
        (
            ("中华人民共和国商务部令", "2030年 第9号", "决定。"),
            "商务部令2030年第9号",
            "mofcom-order-2030-9",
        ),
        (("商务部令", "第9号", "决定。", "2030年3月4日"), "商务部令第9号", "mofcom-order-2030-9"),
        (
            ("商务部 海关总署公告", "二〇三〇年第九号"),
            "商务部公告二〇三〇年第九号",
            "mofcom-2030-9",
        ),
        (
            ("关于有关决定", "（2030年4月11日外交部令第5号公布，自2030年5月1日起施行）"),
            "外交部令第5号",
            "mfa-order-2030-5",
        ),
        (
            ("有关决定", "【发布文号】商务部公告2030年第8号", "商务部公告2030年第7号同时废止。"),
            "商务部公告2030年第8号",
            "mofcom-2030-8",
        ),
        (("公告", "第9号", "决定。", "2030年3月4日"), None, None),
        (("商务部令", "第9号", "决定。"), None, None),
        (("有关情况", "正文，商务部公告2030年第7号提到。"), None, None),
        (("商务部关于2030年第7号公告的更正", "商务部公告2030年第7号有误。"), None, None),
        (
            ("关于更正的公告", "商务部公告2030年第8号", "有误。"),
            "商务部公告2030年第8号",
            "mofcom-2030-8",
        ),
    ],
)
def test_an_act_is_known_by_the_number_that_it_bears_itself(lines, number, key):
    page = read(*lines)

    assert (page.number, page.key) == (number, key)


@pytest.mark.parametrize(
    ("lines", "more", "day"),
    [
        (
            ("【发布日期】2030年03月05日", "决定。", "2030年3月6日"),
            {"published": "2030-03-07"},
            "2030-03-06",
        ),
        (
            ("【发文日期】2030年03月04日", "【发布日期】2030年03月05日", "决定。"),
            {"published": "2030-03-07"},
            "2030-03-04",
        ),
        (("【发布日期】2030年03月05日", "【成文日期】2030年03月03日", "决定。"), {}, "2030-03-03"),
        (
            ("（2030年4月11日外交部令第5号公布，自2030年5月1日起施行）",),
            {"published": "2030-03-07"},
            "2030-04-11",
        ),
        (("决定。",), {"published": "2030-03-07"}, "2030-03-07"),
        (("2030-03-08 10:00", "决定。"), {}, "2030-03-08"),
        (("决定于2030-03-08公布。", "决定。"), {}, None),
        (("决定。",), {"url": "https://www.mfa.gov.cn/x/t20300309_1.shtml"}, "2030-03-09"),
        (("决定。",), {"url": "https://www.mfa.gov.cn/x/20300309_1.shtml"}, None),
    ],
)
def test_the_day_of_an_act_is_the_one_that_it_is_signed_with_else_its_fields_else_its_pages(
    lines, more, day
):
    assert read("公布有关决定", *lines, **more).published == day


@pytest.mark.parametrize(
    ("title", "lines", "authority"),
    [
        ("有关情况", ("商务部", "2030年"), "cn-mofcom"),
        ("有关情况", ("外交部", "商务部"), "cn-mofcom"),
        ("外交部有关情况", ("商务部",), "cn-mfa"),
        ("有关情况", ("商务部先说。", f"外交部{'甲' * 26}"), "cn-mfa"),
        ("有关情况", ("商务部先说。", f"外交部{'甲' * 27}"), "cn-mofcom"),
        ("有关情况", ("美国商务部",), ""),
        ("有关情况", ("江苏省商务部门",), ""),
        (
            "有关情况",
            ("中国商务部的一段很长的话，说的是有关情况，没有人签名，也没有日期，什么也没有",),
            "cn-mofcom",
        ),
    ],
)
def test_the_issuer_is_in_the_title_else_it_signs_last_else_it_is_spoken_of(
    title, lines, authority
):
    assert (
        sections.find_issuer(make_line(title), [make_line(each) for each in lines], None)
        == authority
    )


@pytest.mark.parametrize(
    ("text", "names", "opens", "signs"),
    read_cases(
        """
        商务部 | True | True | True
        中华人民共和国商务部 海关总署 | True | True | True
        商务部办公厅 | True | True | True
        商务部、海关总署决定 | True | True | False
        中国商务部 | True | False | False
        美国商务部 | False | False | False
        江苏省商务部 | False | False | False
        甲公司 | False | False | False
        """
    ),
)
def test_an_issuer_of_ours_is_no_ministry_of_another_country_or_of_a_province(
    text, names, opens, signs
):
    found = (
        issuers.find_first_issuer(text),
        issuers.find_opening_issuer(text),
        issuers.find_signing_issuer(text),
    )

    assert tuple(each is not None for each in found) == (names, opens, signs)


def test_an_authority_that_numbers_no_announcements_has_no_series():
    assert [issuers.find_series(code) for code in ("cn-mofcom", "us-bis", "nobody")] == [
        "mofcom",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("lines", "form"),
    [
        (("商务部公告2030年第7号", "决定。"), "act"),
        (("关于公布名单的公告", "甲"), "act"),
        (("有关决定", "【发布文号】商务部公告2030年第8号"), "act"),
        (("公布名单的说明", "甲"), "other"),
        (("名单的公告", "甲"), "other"),
        (("有关情况", "问：甲？", "答：乙"), "reply"),
        (("商务部新闻发言人答记者问", "甲"), "reply"),
        (("两用物项常见问题解答", "甲"), "lesson"),
        (("有关情况", "央视网消息：甲"), "news"),
        (("有关情况", "甲", "乙", "丙", "央视网消息：甲"), "other"),
    ],
)
def test_what_kind_of_page_it_is_shows_in_its_title_and_first_lines(lines, form):
    assert read(*lines).form.value == form


def test_what_is_attached_is_told_with_its_address_and_what_only_a_link_shows_too():
    links = (
        ("甲表", "https://a/1.pdf"),
        ("乙表.pdf", "https://a/2.pdf"),
        ("丁.doc", "https://a/3.doc"),
        ("主页", "https://a/x.html"),
    )
    page = read(
        "商务部公告2030年第7号",
        "决定见附件。",
        "附件：1.甲表",
        "2.乙表.pdf",
        "3.丙",
        "商务部",
        "2030年3月4日",
        links=links,
    )

    assert [(each.title, each.url) for each in page.attachments] == [
        ("甲表", "https://a/1.pdf"),
        ("乙表.pdf", "https://a/2.pdf"),
        ("丙", ""),
        ("丁.doc", "https://a/3.doc"),
    ]


def test_the_list_of_attachments_ends_where_a_line_is_none_and_a_link_without_words_is_none():
    links = (("", "https://a/fileUrl=2"), ("下载", "https://a/fileUrl=1"))
    page = read(
        "商务部公告2030年第7号",
        "附件：",
        "1.甲表",
        "2.乙表",
        "其他",
        "3.丙",
        "商务部",
        "2030年3月4日",
        links=links,
    )
    linked = read("商务部公告2030年第7号", "决定。", links=links)

    assert [(each.title, each.url) for each in page.attachments] == [
        ("甲表", ""),
        ("乙表", ""),
        ("下载", "https://a/fileUrl=1"),
    ]
    assert [(each.title, each.url) for each in linked.attachments] == [
        ("下载", "https://a/fileUrl=1")
    ]


def test_annexes_begin_behind_the_signature_each_with_its_heading():
    one = read(
        "商务部公告2030年第7号",
        "决定。",
        "商务部",
        "2030年3月4日",
        "附件1",
        "甲",
        "附件2",
        "乙",
        "丙",
    )
    named = read(
        "商务部公告2030年第7号", "决定。", "商务部", "2030年3月4日", "出口管制管控名单", "1.甲（A）"
    )

    assert [len(annex) for annex in one.annexes] == [2, 3]
    assert [len(annex) for annex in named.annexes] == [2]
    assert len(one.body) == len(named.body) == 4


def test_tools_footers_and_bare_addresses_are_no_lines_of_an_act_and_what_is_cut_is_said():
    page = read(
        "商务部公告2030年第7号",
        "打印",
        "https://a.b/c",
        "决定。",
        "商务部",
        "2030年3月4日",
        "相关附件",
        "甲.pdf",
    )

    assert [each.text for each in page.body] == [
        "商务部公告2030年第7号",
        "决定。",
        "商务部",
        "2030年3月4日",
    ]
    assert not page.cut
    assert read("商务部公告2030年第7号", "决定", "[Content truncated]").cut


def test_a_link_that_bears_the_title_of_an_attachment_within_its_words_is_that_attachment():
    links = (("甲表下载", "https://a/1.pdf"),)
    page = read("商务部公告2030年第7号", "附件：甲表", "商务部", "2030年3月4日", links=links)

    assert [(each.title, each.url) for each in page.attachments] == [("甲表", "https://a/1.pdf")]


def test_entries_below_an_annex_that_the_page_prints_are_no_attachments():
    page = read("商务部公告2030年第7号", "附件：管控名单", "1.甲公司（Alpha）", "2.乙公司（Beta）")

    assert [each.title for each in page.attachments] == ["管控名单"]
