import pytest
from cases import read_cases

from monitor.extract import codes
from monitor.extract.zh import items
from monitor.extract.zh.lines import make_line


def item_facts(text):
    return [
        (item.names["zh"], item.codes, item.hs)
        for item in items.read_items([make_line(each) for each in text.split("\n")])
    ]


@pytest.mark.parametrize(
    ("code", "rest"), [("1C117.d．钨", "钨"), ("1C004 钨", "钨"), ("3B901.c.1．钨", "钨")]
)
def test_codes_at_the_head_of_a_line(code, rest):
    text = make_line(code).text

    assert text[codes.HEAD.match(text).end() :] == rest


def test_a_code_that_is_only_referred_to_is_no_head():
    assert codes.HEAD.match(make_line("1C909.a.2、1C910.a.2项所管制的合金").text) is None


def test_items_under_a_code_bear_it_and_their_own_tariff_numbers():
    text = (
        "一、甲相关物项\n（一）1C902.a．金属甲及相关制品：\n1. 金属甲（参考税则号列：28053019）。"
        "\n2. 含甲的合金：\na. 甲铜合金；\nb. 【保留】。\n（二）1C902.b．氧化甲。"
    )

    assert item_facts(text) == [
        ("金属甲", ("1C902.a",), ("28053019",)),
        ("含甲的合金", ("1C902.a",), ()),
        ("氧化甲", ("1C902.b",), ()),
    ]


def test_conditions_are_no_items_and_their_tariff_numbers_are_the_items():
    text = (
        "（一）1C117.c．具有以下所有特性的固态甲：\n1."
        " 甲含量大于97%（参考海关商品编号：8101940001）；\n2. 直径大于120毫米。"
    )

    assert item_facts(text) == [("固态甲", ("1C117.c",), ("8101940001",))]


def test_notes_and_exclusions_are_no_items():
    text = "（一）2C902.b．甲单晶。\n说明：2C902.b项不管制首饰。\n说明：\n1. 2C902.b项所管制的单晶包括粉末。"

    assert item_facts(text) == [("甲单晶", ("2C902.b",), ())]


def test_items_without_codes_are_the_finest_numbered_lines():
    text = (
        "（一）甲相关物项。\n1.金属甲（单质）（参考海关商品编号：8112929010、8112929090）。"
        "\n2.氧化甲，纯度大于99%。"
    )

    assert item_facts(text) == [("金属甲", (), ("8112929010", "8112929090")), ("氧化甲", (), ())]


def test_code_in_brackets_after_the_item():
    assert item_facts("（一）甲开采技术及其载体；（管制编码：1E902.a）") == [
        ("甲开采技术及其载体", ("1E902.a",), ())
    ]


def test_code_alone_in_brackets_is_the_items():
    assert item_facts("1. 甲粉（1C950.a）（税号：28500019）；") == [
        ("甲粉", ("1C950.a",), ("28500019",))
    ]


def test_two_codes_may_stand_before_one_item():
    assert item_facts("（四）1E004、1E101.b．生产1C004项物项的技术及资料（含工艺规范）。") == [
        ("生产1C004项物项的技术及资料", ("1E004", "1E101.b"), ())
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1. 日处理量大于等于5000 m3的甲沉淀设备", "甲沉淀设备"),
        ("1. 用于甲分离的离子吸附装置", "离子吸附装置"),
        ("1. 用于2B902.o项所管制物项的零部件", "用于2B902.o项所管制物项的零部件"),
        ("1. P507：某某酯（CAS 14802-03-0）（参考税则号列：29319000）", "P507"),
        ("1. 化学气相沉积法（CVD）甲炉（参考税则号列：84798999）", "化学气相沉积法（CVD）甲炉"),
        (
            (
                "1. 高纯度（纯度＞99.9%）、高强度（强度＞30Mpa）的甲材料及其制品（参考税则号列：38011000）"
            ),
            "甲材料及其制品",
        ),
        ("1. 冷却时间小于20 min，温度在±3 ℃以内的以下任一甲烧结炉：", "甲烧结炉"),
    ],
)
def test_the_name_of_an_item_is_the_thing_itself(text, name):
    assert item_facts(text)[0][0] == name


@pytest.mark.parametrize(
    ("text", "name"),
    read_cases(
        """
        1. 抗压强度≥60 MPa且密度≤0.6 g/cm3的浮力材料 | 浮力材料
        1. 由甲纤维制成的乙布（不经加压）在面密度≤5 kg/m2的情况下，防护率≥90% | 乙布
        1. 可在视距以外控制飞行，续航时间大于30分钟，且具有以下任一特性的甲飞行器 | 甲飞行器
        1. 加热温度500~1200 ℃，压力大于5 MPa的甲炉 | 甲炉
        1. 甲以外的特种预制棒 | 特种预制棒
        1. 专门设计用于制造甲面窗的模具 | 专门设计用于制造甲面窗的模具
        1. 生产上述1、2所列物项的技术及其载体，包括图纸 | 生产上述1、2所列物项的技术及其载体
        1.2,4-二甲基甲苯（CAS 121-14-2） | 2,4-二甲基甲苯
        2.1-苄基-4-甲酮 | 1-苄基-4-甲酮
        3.N,N-二甲基-（β）-氨基乙醇及相应盐 | N,N-二甲基-（β）-氨基乙醇及相应盐
        4.铼及铼合金（如粉末等，税则号列：81124100） | 铼及铼合金
        """
    ),
)
def test_conditions_remarks_and_figures_are_no_part_of_the_name(text, name):
    assert item_facts(text)[0][0] == name


@pytest.mark.parametrize(
    ("text", "things"),
    [
        (
            "1. 测距甲（税号：9013.2000.91）或者照射甲（税号：9013.2000.92）；",
            [("测距甲", "9013200091"), ("照射甲", "9013200092")],
        ),
        (
            "1. 甲坩埚（税号：70200013）及其涂层机（税号：84248999）；",
            [("甲坩埚", "70200013"), ("涂层机", "84248999")],
        ),
        (
            "1. 甲模具（税号：84807190），以及专门加工的铣头（税号：84669300）。",
            [("甲模具", "84807190"), ("专门加工的铣头", "84669300")],
        ),
    ],
)
def test_things_in_one_line_with_numbers_each_are_items_each(text, things):
    assert [(name, *hs) for name, _, hs in item_facts(text)] == things


@pytest.mark.parametrize(
    ("printed", "hs"),
    [
        ("参考海关商品编号：2805301900、2805301901", ("2805301900", "2805301901")),
        ("参考税则号列：ex 2849.2000、ex3818.0090", ("28492000", "38180090")),
        ("ＨＳ编码：８１０２．９９．００", ("81029900",)),
        ("HS code: 8112.49.10/8112.49.90", ("81124910", "81124990")),
        ("海关编码8112310000", ("8112310000",)),
        ("海关商品编号：3818001990—3818001999等", ("3818001990", "3818001999")),
        ("税号：8541、854231", ("8541", "854231")),
        ("9027812010或9027819010", ("9027812010", "9027819010")),
        ("84714140、84715040", ("84714140", "84715040")),
    ],
)
def test_tariff_numbers_in_every_dress(printed, hs):
    assert item_facts(f"1. 甲机（{printed}）；")[0][2] == hs


def test_alternatives_with_numbers_are_items_and_conditions_beside_them_are_none():
    text = (
        "（二）1C117.c．具有以下所有特性的固态甲：\n1.下列任一固态甲（不含粉末）：\na.含量大于97%的甲合金（税号：81019400）；\n"
        "b.含量大于80%的甲掺银（其中银大于2%）（税号：71069190）；\n2.能够加工成以下任一产品：\na.直径大于120毫米的圆柱体；"
    )

    assert item_facts(text) == [
        ("甲合金", ("1C117.c",), ("81019400",)),
        ("甲掺银", ("1C117.c",), ("71069190",)),
    ]


def test_lines_without_numbers_below_an_item_that_has_some_are_its_conditions():
    text = "1.为制造下列任一物项而设计的夹具（税号：84669300）：\n（1）甲部件；\n（2）乙部件。\n2.甲软件。"

    assert [item[0] for item in item_facts(text)] == ["为制造下列任一物项而设计的夹具", "甲软件"]


@pytest.mark.parametrize(
    "last",
    ["\n（2）透过率65%及以上。（税号：71049110）", "\n（2）透过率65%及以上。\n（税号：71049110）"],
)
def test_numbers_that_close_a_list_of_conditions_are_the_items(last):
    assert item_facts(f"4.甲窗口，具有以下全部特征：\n（1）直径3英寸及以上的单晶；{last}") == [
        ("甲窗口", (), ("71049110",))
    ]


def test_a_numbered_line_of_examples_is_one_item():
    assert item_facts("3.其他甲专用机床，包括：\n（1）插齿机；\n（2）精磨机。") == [
        ("其他甲专用机床", (), ())
    ]


def test_letters_may_stand_above_figures():
    text = (
        "（一）3B911．甲设备：\na.蚀刻设备，如下：\n1.干法蚀刻机（税号：84862041）；\n"
        "2.湿法蚀刻机（税号：84862049）；\nb.甲沉积机。"
    )

    assert [item[0] for item in item_facts(text)] == ["干法蚀刻机", "湿法蚀刻机", "甲沉积机"]


def test_codes_without_marks_stand_below_the_code_that_they_continue():
    text = "1C909 甲相关物项\n1C909.a 金属甲\n1C909.a.1 甲锭（税号：28053019）\n1C909.b 氧化甲"

    assert item_facts(text) == [
        ("甲锭", ("1C909.a.1",), ("28053019",)),
        ("氧化甲", ("1C909.b",), ()),
    ]


def test_software_and_technology_without_a_code_are_items_of_an_act_with_codes():
    text = "一、2A950.a．甲机器人（税号：84795010）；\n二、前条所列物项的控制软件。\n三、其余事项。"

    assert [(name, code) for name, code, _ in item_facts(text)] == [
        ("甲机器人", ("2A950.a",)),
        ("前条所列物项的控制软件", ()),
    ]


def test_circled_figures_part_the_items_of_a_line():
    assert [
        item[0]
        for item in item_facts("①甲丝（直径小于40微米）；②乙靶（HS编码：8102.99.00）；③丙。")
    ] == [
        "甲丝",
        "乙靶",
        "丙",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "“甲机”，是指可以飞行的机器。",
        "2.“甲机”是指可以飞行的机器。",
        "3.除上述以外的其他甲机，出口经营者知道用于军事目的的，不得出口。",
        "3.其他可能危害国家安全的物项。",
        "3.除2A910项外的其他甲机不受管制。",
        "3.含有本公告附件1所列物项的乙机。",
        "上述物项的出口，应当申请许可。",
    ],
)
def test_definitions_exclusions_and_catch_alls_are_no_items(line):
    assert [item[0] for item in item_facts(f"1.甲机（税号：88062210）；\n{line}")] == ["甲机"]


@pytest.mark.parametrize(
    ("text", "name", "hs"),
    [
        (
            "未经许可，最大续航时间大于30分钟的无人机（参考海关商品编号：88062210）",
            "无人机",
            "88062210",
        ),
        (
            "一、满足以下条件的无人机；激光雷达（税则号列：90318090），不得出口。",
            "激光雷达",
            "90318090",
        ),
        ("高纯石墨电极（海关商品编号：8545.1100）。", "高纯石墨电极", "85451100"),
    ],
)
def test_an_item_named_in_prose_is_what_stands_before_its_tariff_number(text, name, hs):
    (item,) = items.read_items_by_tariff([make_line("关于实施出口管制的公告。"), make_line(text)])

    assert (item.names["zh"], item.hs) == (name, (hs,))
    assert item.quote.startswith(name)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1. 甲粉；\n说明：不含乙。\n2. 丙粉。", ["甲粉", "丙粉"]),
        (
            "（一）2C902.b．甲单晶。\n说明：\n1. 包括粉末。\n（二）2C903．乙单晶。",
            ["甲单晶", "乙单晶"],
        ),
        ("（一）2C902.b．甲单晶。\n说明：\n1. 包括粉末。\n2. 包括碎屑。", ["甲单晶"]),
        ("1. 下列任一发动机：\na. 活塞发动机；\nb. 电动机。", ["活塞发动机", "电动机"]),
        ("1. 甲机：\na. 乙部；\nb. 丙部。", ["甲机"]),
        ("1. 具有下列特性的甲机：\na. 乙部；\nb. 丙部。", ["甲机"]),
        ("1. 甲机，包括：\na. 乙部；\nb. 丙部。", ["甲机"]),
    ],
)
def test_a_note_ends_with_its_lines_and_only_kinds_below_a_line_are_items(text, names):
    assert [name for name, *_ in item_facts(text)] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1. 直径400 mm以上石英坩埚", "石英坩埚"),
        ("1. 直径400 mm以上的坩埚", "坩埚"),
        (f"1. 用于生产{'甲' * 23}的坩埚", f"用于生产{'甲' * 23}的坩埚"),
        (f"1. 用于生产{'甲' * 24}的坩埚", "坩埚"),
    ],
)
def test_a_measure_is_no_part_of_a_name_and_what_is_made_with_it_only_of_a_short_one(text, name):
    assert item_facts(text)[0][0] == name


@pytest.mark.parametrize(
    ("count", "hs"), [("两", ("81129200",)), ("三", ()), ("零", ()), ("0", ())]
)
def test_numbers_of_several_items_above_are_theirs_where_there_are_so_many(count, hs):
    text = f"1C901 金属镓\n1C902 金属锗\n上述{count}项的海关商品编号：81129200"

    assert item_facts(text) == [("金属镓", ("1C901",), hs), ("金属锗", ("1C902",), hs)]
