import pytest

from monitor import Authority, extract, vocabulary
from monitor.document import Block, BlockKind, Document, read_text
from monitor.extract.zh import annexes, lines
from monitor.extract.zh.lines import make_line


def annex(text, **known):
    return annexes.read_entity_list([make_line(each) for each in text.split("\n")], **known)


def test_members_belong_to_the_group_above_them():
    found = annex(
        "附\n1. 甲公司（Alpha Inc.）及其分支机构\n-Alpha Inc.\n-Alpha Japan KK\n2. 乙公司（Beta）"
    )

    assert found.entries == 2
    assert [entity.parent for entity in found.entities] == [None, "甲公司", "甲公司", None]


def test_headings_tell_what_kind_follows():
    found = annex(
        "附件\n反制清单\n一、企业\n（一）甲公司（Alpha）\n二、高级管理人员\n（一）某某·某（John"
        " Doe），男，甲公司总裁"
    )

    assert [(entity.kind, entity.role) for entity in found.entities] == [
        ("org", None),
        ("person", "甲公司总裁"),
    ]


def test_detail_lines_belong_to_the_entity_above():
    (entity,) = annex("1.甲公司（Alpha）\n地  址：某街1号\n邮编：12345\n常用名称：Alfa").entities

    assert entity.addresses == ("某街1号",)
    assert entity.aliases == ("Alfa",)
    assert entity.ids == {"邮编": "12345"}


def test_an_empty_number_is_no_entry():
    assert annex("1.甲公司（Alpha）\n2.").entries == 1


def test_a_line_that_may_be_an_entity_is_said_to_be_unread():
    assert annex("1.甲公司（Alpha）\n乙公司").unread[0].quote == "乙公司"


def test_an_entry_that_lists_people_in_prose_is_as_many_names():
    told = annex(
        "一、机构（共1家）\n（一）加拿大“甲项目”（Alpha Project）\n二、机构人员（共计3人）\n"
        "（一）“甲项目”相关人员，包括执行主任甲·乙（Al Be），顾问丙·丁（Ce De）、戊·己（Ee Ef）等，共3人"
    )

    assert [(entity.names, entity.kind, entity.role) for entity in told.entities] == [
        ({"zh": "甲项目", "en": "Alpha Project"}, "org", None),
        ({"zh": "甲·乙", "en": "Al Be"}, "person", "执行主任"),
        ({"zh": "丙·丁", "en": "Ce De"}, "person", "顾问"),
        ({"zh": "戊·己", "en": "Ee Ef"}, "person", None),
    ]


@pytest.mark.parametrize(
    "told",
    [
        "现将甲重工株式会社等3家实体列入出口管制管控名单，自即日起施行：",
        "决定将甲重工株式会社等3家实体列入出口管制管控名单。名单如下：",
        "下列3家实体拒绝最终用户核查，现列入出口管制管控名单：",
    ],
)
@pytest.mark.parametrize("end", ["", "；", "。"])
def test_a_list_without_numbers_below_a_sentence_is_read_to_its_last_line_whatever_mark_ends_it(
    told, end
):
    lines = [
        "甲重工株式会社（Ko Heavy Co., Ltd.）；",
        "乙航空研究所（Otsu Institute）；",
        f"丙贸易公司（Hei Trading）{end}",
    ]
    (fact,) = extract.understand(
        read_text("\n".join(["商务部公告2030年第9号", told, *lines, "商务部", "2030年3月4日"]))
    )
    (measure,) = fact.measures

    assert [entity.names["en"] for entity in measure.entities] == [
        "Ko Heavy Co., Ltd.",
        "Otsu Institute",
        "Hei Trading",
    ]
    assert fact.understood == "full"


@pytest.mark.parametrize("left", ["丙贸易公司（Hei Trading）在其列", "丙贸易公司"])
def test_a_name_that_no_measure_has_taken_and_a_count_that_differs_are_told(left):
    words = "现将甲重工株式会社（Ko Heavy Co., Ltd.）列入出口管制管控名单。"
    (fact,) = extract.understand(
        read_text(f"商务部公告2030年第9号\n{words}\n{left}\n商务部\n2030年3月4日")
    )
    counted = words.replace("）", "）等3家实体")
    (other,) = extract.understand(
        read_text(f"商务部公告2030年第9号\n{counted}\n商务部\n2030年3月4日")
    )

    assert (fact.understood, [unread.quote for unread in fact.not_read]) == ("part", [left])
    assert (other.understood, other.not_read[0].what) == ("part", "entities")


@pytest.mark.parametrize(
    ("told", "register"),
    [
        ("决定将以下2家实体列入出口管制管控名单：", "cn-export-control-entities"),
        ("下列实体拒绝核查，现列入关注名单：", "cn-watch-list"),
        (
            "现发布禁令：任何组织和个人不得承认、执行、遵守瑞典对下列企业实施的制裁：",
            "cn-blocking-orders",
        ),
    ],
)
def test_firms_below_a_colon_are_entries_though_neither_number_nor_bracket_marks_them(
    told, register
):
    lines = [
        "商务部公告2030年第9号",
        told,
        "甲重工株式会社；",
        "乙航空研究所",
        "本公告自2030年4月1日起施行。",
        "商务部",
        "2030年3月4日",
    ]
    (fact,) = extract.understand(read_text("\n".join(lines)))
    (measure,) = fact.measures

    assert (measure.register, [each.names["zh"] for each in measure.entities]) == (
        register,
        ["甲重工株式会社", "乙航空研究所"],
    )
    assert fact.understood == "full"


def test_the_latin_name_may_stand_on_the_line_below_and_an_address_below_that():
    first, second = annex(
        "1. 甲株式会社\nKou Heavy Industries, Ltd.\n地址：某市1号\n2. 乙大学\nOtsu University"
    ).entities

    assert (first.names, first.addresses) == (
        {"zh": "甲株式会社", "en": "Kou Heavy Industries, Ltd."},
        ("某市1号",),
    )
    assert second.names == {"zh": "乙大学", "en": "Otsu University"}


def test_the_same_lines_below_a_sentence_of_the_act_are_read():
    rows = [
        "1. 甲株式会社",
        "Kou Heavy Industries, Ltd.",
        "地址：某市1号",
        "2. 乙大学",
        "Otsu University",
    ]
    words = [
        "商务部公告2030年第9号",
        "决定将下列实体列入出口管制管控名单：",
        *rows,
        "商务部",
        "2030年3月4日",
    ]

    (fact,) = extract.understand(read_text("\n".join(words)))

    assert [entity.names["en"] for entity in fact.measures[0].entities] == [
        "Kou Heavy Industries, Ltd.",
        "Otsu University",
    ]
    assert fact.measures[0].entities[0].addresses == ("某市1号",)


def test_a_latin_line_of_a_list_without_marks_is_said_to_be_unread():
    found = annex("甲株式会社\nOtsu LLC\n丙大学")

    assert [entity.names for entity in found.entities] == [{"zh": "甲株式会社"}, {"zh": "丙大学"}]
    assert [each.quote for each in found.unread] == ["Otsu LLC"]


def test_titles_days_and_issuers_of_an_annex_are_no_lines_left():
    found = annex(
        "附件1\n商务部\n（2030年3月4日）\n（共1家）\n出口管制管控名单\n1.甲公司（Alpha）\n海关总署"
    )

    assert ([entity.names["zh"] for entity in found.entities], found.unread, found.entries) == (
        ["甲公司"],
        [],
        1,
    )


def test_the_heading_of_a_table_is_no_entry_whatever_its_other_cells_say():
    table = Block(
        BlockKind.TABLE,
        "",
        (
            ("序号", "甲乙丙"),
            ("1", "甲公司"),
            ("", ""),
            ("2", "Beta Inc."),
            ("3.", "丙（韩国）公司", "Gamma"),
        ),
    )
    _, rows = lines.read_lines(Document("", (table,)))
    found = annexes.read_entity_list(rows, country="JP")

    assert [(entity.names, entity.country) for entity in found.entities] == [
        ({"zh": "甲公司"}, "JP"),
        ({"en": "Beta Inc."}, "JP"),
        ({"zh": "丙（韩国）公司", "en": "Gamma"}, "JP"),
    ]
    assert found.entries == 3


@pytest.mark.parametrize("signed", ["财政部、海关总署", "粮食储备局", "（商务部代章）"])
def test_who_signs_an_annex_is_no_line_left_whoever_declares_the_issuer(signed):
    vocabulary.use((Authority("cn-grain", "Grain", own=("粮食储备局",)),))

    told = annex(f"1.甲公司（Alpha Co.）\n{signed}")

    assert ([entity.names["en"] for entity in told.entities], told.unread) == (["Alpha Co."], [])
