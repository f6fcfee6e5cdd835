import pytest
from each import for_each

from monitor import extract
from monitor.document import read_text
from monitor.extract.zh import names
from monitor.extract.zh.lines import make_line


def whole(text):
    each = make_line(text)
    return names.Piece(each, 0, len(each.text))


def in_prose(text):
    return [entity.names for entity in names.read_entities(whole(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "参与军售的甲公司（A Corp.）、乙导弹与防务公司（B Missiles & Defense）",
            [
                {"zh": "甲公司", "en": "A Corp."},
                {"zh": "乙导弹与防务公司", "en": "B Missiles & Defense"},
            ],
        ),
        (
            "甲防务、空间与安全集团（A Defense, Space & Security）",
            [{"zh": "甲防务、空间与安全集团", "en": "A Defense, Space & Security"}],
        ),
        (
            "甲公司（A）、乙公司（B）和丙公司（C）等3家实体",
            [{"zh": "甲公司", "en": "A"}, {"zh": "乙公司", "en": "B"}, {"zh": "丙公司", "en": "C"}],
        ),
        (
            "某国际株式会社2家美国相关子公司Alpha Shipping LLC和HS Holdings Corp.",
            [{"en": "Alpha Shipping LLC"}, {"en": "HS Holdings Corp."}],
        ),
        (
            "甲公司（Alpha Tech (Hong Kong)）、乙公司（(Beta Ltd.)）",
            [
                {"zh": "甲公司", "en": "Alpha Tech (Hong Kong)"},
                {"zh": "乙公司", "en": "Beta Ltd."},
            ],
        ),
        ("以下美国军工企业及高级管理人员", []),
        ("张三、李四·王五等后附名单列明的个人", [{"zh": "张三"}, {"zh": "李四·王五"}]),
        ("甲公司及其分支机构等外国实体", [{"zh": "甲公司"}]),
        (
            "美国甲公司、乙银行、丙研究所3家美国企业",
            [{"zh": "甲公司"}, {"zh": "乙银行"}, {"zh": "丙研究所"}],
        ),
    ],
)
def test_names_in_prose(text, expected):
    assert in_prose(text) == expected


def test_country_before_a_name_in_prose_is_its_country():
    (entity,) = names.read_entities(whole("美国甲集团"))

    assert (entity.names, entity.country) == ({"zh": "甲集团"}, "US")


@pytest.mark.parametrize(
    ("text", "name", "role", "country"),
    [
        ("约翰·某某（John Doe），男，甲公司董事长、总裁", "约翰·某某", "甲公司董事长、总裁", None),
        ("美国某州联邦众议员约翰·某某（John Doe），男", "约翰·某某", "美国某州联邦众议员", "US"),
        ("甲研究所所长约翰·某某（John Doe）", "约翰·某某", "甲研究所所长", None),
        ("约翰·某某（甲公司首席执行官）", "约翰·某某", "甲公司首席执行官", None),
    ],
)
def test_persons_have_roles_before_or_after_their_names(text, name, role, country):
    person = names.read_entity(whole(text))

    assert (person.names["zh"], person.kind, person.role, person.country) == (
        name,
        "person",
        role,
        country,
    )


def test_person_without_a_latin_name():
    person = names.read_entity(whole("张三，男"))

    assert (person.names, person.kind) == ({"zh": "张三"}, "person")


def test_a_bracket_inside_the_latin_name_is_part_of_it():
    assert (
        names.read_entity(whole("甲公司（Alpha (UK) Limited）")).names["en"] == "Alpha (UK) Limited"
    )


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("甲自主系统公司 Alpha Autonomy Systems Inc.", ("甲自主系统公司", "Alpha Autonomy Systems Inc.")),
        ("乙集团Beta Group (UK) LLC", ("乙集团", "Beta Group (UK) LLC")),
        ("约翰·某某 John Doe", ("约翰·某某", "John Doe")),
        ("约翰·某某 John Doe，甲公司董事长", ("约翰·某某", "John Doe")),
        ("丙实验室 GAMMA-7", ("丙实验室", "GAMMA-7")),
    ],
)  # fmt: skip
def test_a_latin_name_may_stand_right_behind_one_that_is_at_its_end(printed, expected):
    named = names.read_entity(whole(printed)).names

    assert (named["zh"], named["en"]) == expected


@pytest.mark.parametrize(
    "printed", ["总统John Doe", "华甲Mate 60", "企业名称Name of Company", "甲国ABC公司", "首席执行官Jane Doe"]
)  # fmt: skip
def test_words_that_end_no_name_are_not_parted_from_latin_ones_behind_them(printed):
    assert "en" not in names.read_entity(whole(printed)).names


def test_brackets_of_two_widths_close_each_other():
    assert names.read_entity(whole("甲公司（Alpha Inc.)")).names["en"] == "Alpha Inc."


def test_a_bracket_that_is_never_closed_hides_nothing():
    assert names.mask_brackets("甲(乙列入") == "甲(乙列入"
    assert names.mask_brackets("甲(乙)丙") == "甲(\x00)丙"


@pytest.mark.parametrize("called", ["“某独”顽固分子", "分裂骨干", "“反华”政客", "“打手”"])
def test_what_somebody_is_called_before_the_name_is_none_of_it(called):
    (person,) = names.read_entities(whole(f"{called}林某乙（Lin Mou-yi）"))

    assert (person.names, person.kind) == ({"zh": "林某乙", "en": "Lin Mou-yi"}, "person")


def test_an_organisation_of_politicians_keeps_its_name():
    (organisation,) = names.read_entities(whole("甲国政客协会（Alpha League）"))

    assert organisation.names == {"zh": "甲国政客协会", "en": "Alpha League"}


def test_whose_firm_it_is_is_no_part_of_its_name():
    (organisation,) = names.read_entities(whole("“某独”顽固分子关联企业甲文化基金会"))

    assert organisation.names == {"zh": "甲文化基金会"}


def told(text, *, prose=False):
    each = names.read_entity(whole(text), prose=prose)
    return each and (each.names, each.kind, each.role, each.country, each.aliases)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "甲公司（Alpha，简称：AA）",
            ({"zh": "甲公司", "en": "Alpha"}, "org", None, None, ("AA",)),
        ),
        ("甲公司（又名乙；Alpha）", ({"zh": "甲公司"}, "org", None, None, ("乙；Alpha",))),
        ("Alpha Inc.（AI）", ({"en": "Alpha Inc."}, "org", None, None, ("AI",))),
        ("Alpha Inc.（Alpha Inc.）", ({"en": "Alpha Inc."}, "org", None, None, ())),
        ("甲（乙）公司（Alpha）", ({"zh": "甲（乙）公司", "en": "Alpha"}, "org", None, None, ())),
        ("甲（A乙）公司", ({"zh": "甲（A乙）公司"}, "org", None, None, ())),
        ("甲公司（Alpha (UK", ({"zh": "甲公司", "en": "Alpha (UK"}, "org", None, None, ())),
        ("甲公司（(Alpha)", ({"zh": "甲公司", "en": "Alpha"}, "org", None, None, ())),
        ("甲公司，男", ({"zh": "甲公司"}, "person", None, None, ())),
        ("约翰·某某（甲公司总裁）", ({"zh": "约翰·某某"}, "person", "甲公司总裁", None, ())),
        (
            "约翰·某某（John），男，甲公司总裁",
            ({"zh": "约翰·某某", "en": "John"}, "person", "甲公司总裁", None, ()),
        ),
        ("众议员张三", ({"zh": "张三"}, "person", "众议员", None, ())),
        ("美国“某某项目”", ({"zh": "某某项目"}, "org", None, "US", ())),
        ("甲公司及其子公司", ({"zh": "甲公司"}, "org", None, None, ())),
        ("甲公司；", ({"zh": "甲公司"}, "org", None, None, ())),
        ("“甲公司”", ({"zh": "甲公司"}, "org", None, None, ())),
        ("“某某”艇公司（Alpha）", ({"zh": "“某某”艇公司", "en": "Alpha"}, "org", None, None, ())),
        ("（）", None),
        ("", None),
    ],
)
def test_a_name_is_read_with_what_stands_around_it(text, expected):
    assert told(text) == told(text, prose=True) == expected


@pytest.mark.parametrize(
    ("text", "entry", "prose"),
    [
        ("日本甲公司", ("日本甲公司", None), ("甲公司", "JP")),
        ("美国甲公司（Alpha）", ("美国甲公司", None), ("甲公司", "US")),
        ("美国众议员约翰·乙", ("约翰·乙", "US"), ("约翰·乙", "US")),
        ("日本甲", ("日本甲", None), ("日本甲", None)),
    ],
)
def test_a_country_before_a_name_is_part_of_it_in_a_list_and_not_in_prose(text, entry, prose):
    def named(each):
        return each.names["zh"], each.country

    assert (
        named(names.read_entity(whole(text))),
        named(names.read_entity(whole(text), prose=True)),
    ) == (
        entry,
        prose,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲公司、乙公司和丙", ["甲公司", "乙公司", "丙"]),
        ("甲公司以及乙", ["甲公司", "乙"]),
        ("张三、李四和王五", ["张三", "李四", "王五"]),
        ("张三和“某学院”", ["张三", "某学院"]),
        ("甲防务、乙安全集团", ["甲防务、乙安全集团"]),
        ("甲A、乙B", ["甲A", "乙B"]),
        ("甲和乙研究所", ["甲和乙研究所"]),
        ("甲与乙", ["甲与乙"]),
        ("甲公司与乙公司", ["甲公司", "乙公司"]),
        ("约翰·甲、乙·丙", ["约翰·甲", "乙·丙"]),
        ("无法核实用户、用途的甲公司、乙公司", ["甲公司", "乙公司"]),
        ("甲公司、参与军售的乙公司", ["甲公司", "乙公司"]),
        ("甲公司以及发布不实报告的乙集团", ["甲公司", "乙集团"]),
        ("甲公司和乙公司设立的丙公司", ["丙公司"]),
        ("甲公司、以相同理由将乙公司", ["甲公司", "乙公司"]),
        ("参与军售的美的集团、上将装备公司", ["美的集团", "上将装备公司"]),
        ("3家美国子公司甲公司、乙公司", ["甲公司", "乙公司"]),
        ("甲公司、乙公司3家企业", ["甲公司", "乙公司"]),
        ("甲公司、乙公司（Beta、Co.）及丙公司", ["甲公司", "乙公司", "丙公司"]),
        ("甲公司、有关企业", ["甲公司"]),
    ],
)
def test_a_run_of_names_is_cut_where_a_name_may_end(text, expected):
    assert [each["zh"] for each in in_prose(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("山田一男及该会事务局长川口由美（Kawaguchi Yumi）", ["山田一男", "川口由美"]),
        ("山田一男和该党干事长川口次郎", ["山田一男", "川口次郎"]),
        ("约翰·甲及该中心主任玛丽·乙", ["约翰·甲", "玛丽·乙"]),
        ("山田一男（Yamada Kazuo）及其秘书长川口由美", ["山田一男", "川口由美"]),
        ("山田一男及其助理川口由美（Kawaguchi Yumi）", ["山田一男", "川口由美"]),
        ("众议员山田一男、川口由美以及秘书小林花", ["山田一男", "川口由美", "小林花"]),
        ("日本众议员、“某恳谈会”会长山田一男", ["山田一男"]),
        ("日本外务大臣、国防部长", []),
        # a joint within an office or an institute is none between persons
        ("外交与国防委员会主席甲某", ["甲某"]),
        ("国家安全与情报局前局长甲某某", ["甲某某"]),
        ("山田一男及其家属", ["山田一男"]),
        ("甲公司及其董事长和总经理", ["甲公司"]),
    ],
)
def test_a_person_beside_another_is_read_behind_the_office(text, expected):
    assert [each["zh"] for each in in_prose(text)] == expected


def test_a_person_whom_the_text_knows_stands_beside_another_name():
    text = whole("众议员山田一男和参议员川口由美及北方研究所")
    named = names.read_entities(text, known={"山田一男", "川口由美"})

    assert [each.names["zh"] for each in named] == ["山田一男", "川口由美", "北方研究所"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("甲(乙)丙(丁", "甲(\x00)丙(丁"),
        ("甲)乙", "甲)乙"),
        ("甲(乙(丙)丁)戊", "甲(\x00\x00\x00\x00\x00)戊"),
    ],
)
def test_what_stands_in_brackets_is_blotted_out_as_far_as_they_close(text, seen):
    assert names.mask_brackets(text) == seen
    assert names.mask_brackets("《甲》乙(丙)", "《") == "《\x00》乙(丙)"


def test_a_name_in_letters_before_its_chinese_one_is_the_same_firms():
    page = (
        "商务部公告2031年第12号 公布将2家实体列入出口管制管控名单的决定\n"
        "决定将下列实体列入出口管制管控名单：\n1. Alpha Optics Co., Ltd.（甲光学有限公司）\n"
        "2. Beta Marine Inc.（乙海洋公司）\n本公告自公布之日起施行。\n商务部\n2031年3月2日"
    )

    (act,) = extract.understand(read_text(page))

    assert [entity.names for entity in act.measures[0].entities] == [
        {"zh": "甲光学有限公司", "en": "Alpha Optics Co., Ltd."},
        {"zh": "乙海洋公司", "en": "Beta Marine Inc."},
    ]


def test_the_colon_of_a_ratio_ends_no_name_and_who_declares_is_no_goods():
    page = (
        "商务部 海关总署公告2031年第66号 公布对钨相关物项实施出口管制的决定\n"
        "经国务院批准，决定对下列物项实施出口管制：\n一、钨相关物项\n"
        "1C921．长径比大于3:1的钨棒（参考海关商品编号：8101991000）。\n"
        "本公告自2031年11月12日起正式实施。\n商务部 海关总署\n2031年10月12日"
    )
    declared = (
        "海关总署公告2031年第18号（关于规范两用物项出口申报有关事项的公告）\n"
        "一、出口货物发货人或者其代理人出口两用物项的，应当填报许可证编号。\n"
        "本公告自2031年10月1日起施行。\n海关总署\n2031年9月1日"
    )

    (act,), (notice,) = (extract.understand(read_text(text)) for text in (page, declared))

    assert [item.names["zh"] for item in act.measures[0].items] == ["钨棒"]
    assert not any(measure.items for measure in notice.measures)


FIRM, OWNER = "乙光学公司（Beta Optics Ltd.）", "甲航空公司（Alpha Aviation Inc.）"


@for_each(
    ("before", "country"),
    [
        ("无人机制造商", None),
        ("荷兰军工企业", "NL"),
        ("该国企业", None),
        ("美企", None),
        ("智库机构", None),
        ("当事人", None),
        ("名称为", None),
        ("一家", None),
        ("首批", None),
        ("包括", None),
    ],
)
def test_what_leads_to_a_firm_in_prose_is_none_of_its_name(before, country):
    (named,) = names.read_entities(whole(f"{before}远洋光学公司（Ocean Optics Ltd.）"))
    assert (named.names["zh"], named.country) == ("远洋光学公司", country)


@for_each(
    "name",
    [
        "中小企业金融公司", "远东企业管理公司", "名创优品公司", "即墨造船公司", "把手五金公司",
        "企业公共政策研究所", "中国企业评价协会", "宇宙航空研究开发机构筑波宇宙中心", "企业租车公司",
        "公司治理研究中心", "中国电子科技集团下属第五十五研究所", "国药集团附属东风总医院", "即构科技公司",
        "库尔德工人党人民保卫力量", "海洋专家航运",
    ],
)  # fmt: skip
def test_words_that_also_lead_to_names_may_be_a_part_of_one(name):
    (named,) = names.read_entities(whole(f"{name}（Name Ltd.）"))
    assert (named.names["zh"], named.kind) == (name, "org")


@for_each(
    "words",
    [
        f"{OWNER}的全资子公司{FIRM}",
        f"{OWNER}控股的{FIRM}",
        f"由{OWNER}控制的{FIRM}",
        f"{OWNER}旗下{FIRM}",
        f"与{OWNER}合作的{FIRM}",
        f"{OWNER}参股企业{FIRM}",
        f"代{OWNER}采购设备的{FIRM}",
        f"{FIRM}，系{OWNER}子公司，",
        "甲航空公司全资子公司乙光学公司（Beta Optics Ltd.）",
    ],
)
def test_the_owner_of_a_firm_is_not_named_with_it(words):
    assert in_prose(words) == [{"zh": "乙光学公司", "en": "Beta Optics Ltd."}]


@for_each("of", ["的一家子公司", "的两家关联企业", "的供应商", "除外"])
def test_whom_only_others_belong_to_is_not_named(of):
    assert in_prose(f"{OWNER}{of}") == []


@for_each("words", [f"{OWNER}、{FIRM}", f"{OWNER}及其子公司{FIRM}", f"{OWNER}和{FIRM}等"])
def test_those_beside_each_other_are_named_both(words):
    assert [each["en"] for each in in_prose(words)] == ["Alpha Aviation Inc.", "Beta Optics Ltd."]


@for_each(
    "before",
    [
        "前白宫官员",
        "反华政客",
        "民主党人",
        "退役将领",
        "空军上校",
        "企业家",
        "研究人员",
        "军火掮客",
    ],
)
def test_what_a_person_does_is_none_of_the_name(before):
    (person,) = names.read_entities(whole(f"{before}甲拉·乙凯德（Alla Bekade）"))
    assert (person.names["zh"], person.kind) == ("甲拉·乙凯德", "person")


@for_each("behind", ["另", "均", "一并", "本人", "女士", "博士", "众议员"])
def test_what_stands_behind_a_person_is_none_of_the_name(behind):
    assert in_prose(f"甲拉·乙凯德{behind}") == [{"zh": "甲拉·乙凯德"}]


def test_what_is_done_to_a_firm_is_not_done_by_it():
    words = "甲航空公司（Alpha Aviation Inc.）采取条例规定的反制措施（见附件）"
    assert [each["en"] for each in in_prose(words)] == ["Alpha Aviation Inc."]
