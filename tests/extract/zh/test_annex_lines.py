from monitor.extract.zh import annex_lines
from monitor.extract.zh.lines import line


def annex(text, **known):
    return annex_lines.annex([line(each) for each in text.split("\n")], **known)


def test_members_belong_to_the_group_above_them():
    found = annex("附\n1. 甲公司（Alpha Inc.）及其分支机构\n-Alpha Inc.\n-Alpha Japan KK\n2. 乙公司（Beta）")

    assert found.entries == 2
    assert [entity.parent for entity in found.entities] == [None, "甲公司", "甲公司", None]


def test_headings_tell_what_kind_follows():
    found = annex("附件\n反制清单\n一、企业\n（一）甲公司（Alpha）\n二、高级管理人员\n（一）某某·某（John Doe），男，甲公司总裁")

    assert [(entity.kind, entity.role) for entity in found.entities] == [("org", None), ("person", "甲公司总裁")]


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
