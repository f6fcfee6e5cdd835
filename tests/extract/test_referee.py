"""The last gate: an act that its own words contradict is understood in part, and the reader sees
why.

Each text is our own. A class of fault has a Chinese and an English one; beside them stand acts that
look alike and are right.
"""

import msgspec
import pytest
from cases import read_cases

from monitor import extract
from monitor.document import read_text
from monitor.extract import referee
from monitor.model import Action, Announcement, End, Entity, Item, Measure, Start, Target
from tests.support.acts import control, listing, suspension

SIGNED = "\n商务部\n2033年4月2日"
SEALED = "\nMinistry of Commerce\nApril 2, 2033"
LAW = "根据《中华人民共和国出口管制法》有关规定，"
FIRM, OTHER = "赫里姆传感公司（Herim Sensing Inc.）", "多兰光学公司（Doran Optics Ltd.）"
HERIM, DORAN = "Herim Sensing Inc.", "Doran Optics Ltd."


def chinese(body: str, title: str = "关于有关事项的公告") -> str:
    return f"商务部公告2033年第8号 {title}\n2033-04-02\n{LAW}{body}{SIGNED}"


def english(body: str, title: str = "on Matters of Export Control") -> str:
    return f"MOFCOM Announcement No. 8 of 2033 {title}\nApril 2, 2033\n{body}{SEALED}"


def read(text: str) -> Announcement:
    (act,) = extract.understand(read_text(text))
    assert isinstance(act, Announcement)
    return act


def reasons(act: Announcement) -> list[str]:
    return [part.why for part in act.not_read]


@pytest.mark.parametrize(
    "text",
    [
        chinese(
            f"决定将{FIRM}列入出口管制管控名单，将{OTHER}移出出口管制管控名单，自公布之日起执行。"
        ),
        chinese(
            f"因{FIRM}中断与中国企业的正常交易，取消采购合同，停止供应零部件，决定将其列入不可靠实体清单。"
        ),
        chinese("自2033年5月1日起，不再受理向日本军事用户出口两用物项的许可申请。"),
        chinese(f"决定将{FIRM}移出出口管制管控名单，自公布之日起执行。"),
        chinese("自2033年5月1日起，对出口至巴西的金属钪试行通用许可，企业无须逐单申领许可证。"),
        english(
            f"It has been decided to add {HERIM} to the Export Control List, effective immediately."
        ),
        english(
            f"It has been decided to remove {HERIM} from the Export Control List, effective"
            " immediately."
        ),
    ],
)
def test_a_burden_or_an_easing_that_is_read_as_what_it_is_is_not_objected_to(text):
    assert not any(why.startswith("read as") for why in reasons(read(text)))


def test_a_title_that_only_lifts_contradicts_an_act_that_only_adds():
    act = listing(3, "Herim Sensing Inc.")

    lifting = judged(msgspec.structs.replace(act, title="关于解除有关措施的公告"))
    assert (lifting.measures, lifting.not_read[0].why) == (
        (),
        "read as an addition, but the text says “解除”",
    )
    assert judged(
        msgspec.structs.replace(act, title="关于列入和移出有关实体的公告")
    ) == msgspec.structs.replace(act, title="关于列入和移出有关实体的公告")


@pytest.mark.parametrize(
    "text",
    [
        chinese(
            f"决定将{FIRM}列入出口管制管控名单，将赫里姆传感公司移出出口管制管控名单，自公布之日起执行。"
        ),
        english(
            f"It is decided to add {HERIM} to the Export Control List. {HERIM} is removed from the"
            " Export Control List."
        ),
    ],
)
def test_who_is_added_and_removed_by_one_act_is_said(text):
    assert any("adding and removing" in why for why in reasons(read(text)))


def test_who_moves_from_one_list_to_another_is_added_and_removed_rightly():
    act = read(chinese(f"决定将{FIRM}移出关注名单，并将其列入出口管制管控名单，自公布之日起执行。"))

    assert not any("adding and removing" in why for why in reasons(act))


@pytest.mark.parametrize(
    ("name", "why"),
    read_cases(
        """
        企业 | it is the word for a kind
        上述机构 | it is the word for a kind
        The companies | it is the word for a kind
        Co., Ltd. | it is a legal form
        Inc. | it is a legal form
        有限公司 | it is a legal form
        出口管制管控名单 | it is the title of a list or of a part
        Consolidated List | it is the title of a list or of a part
        'Article 8 | it is the title of a list or of a part
        附件2 | it is the title of a list or of a part
        Article 11 of the Provisions | it is the title of a list or of a part
        《有关清单规定》第十一条第二款 | it is the title of a list or of a part
        Working Mechanism | it is a body that decides
        Ministry of Commerce | it is a body that decides
        禁止上述企业从事有关活动 | it is a clause
        Herim, which is listed | it is a clause
        Address: 4 Mill Lane | it is a clause
        Oman: Herim Optics Ltd. | it begins with a country and a colon
        VerDate Sep<11>2033 | it is a clause
        拟将赫里姆传感公司 | it is a clause
        在审查中拒不配合的赫里姆公司 | it is a clause
        隐瞒了用户的赫里姆公司 | it is a clause
        增列赫里姆公司 | it is a clause
        赫里姆·沙赫夫妇 | it is a clause
        ANNEX II | it is the title of a list or of a part
        Category 3 | it is the title of a list or of a part
        Decisions | it is the title of a list or of a part
        Herim (Holding | it is cut
        Requests for | it is cut
        and Herim Optics | it is cut
        Name of legal person, entity or body | it is the heading of a column
        Column 1 Item | it is the heading of a column
        PL9005 | it is a code
        "2805" | it has no letters
        """
    ),
)
def test_what_stands_in_the_place_of_a_name_and_is_none_is_said(name, why):
    act = judged(listing(3, "Herim Sensing Inc.", name))

    assert (act.understood, reasons(act)) == ("part", [f"“{name}” was read as a name, but {why}"])


@pytest.mark.parametrize(
    "name",
    [
        "An additional condition",
        "4 % of the mining output",
        "稀土开采总量",
        "未使用配额扣减",
        "the export quota",
        "自2033年4月15日起生效",
        "附表所列磁体",
        "偶蹄动物及其",
        "两用物项，不得申请通用许可",
        "两用物项管理办法",
        "The Public Notice on Trade of Sensitive Goods",
    ],
)
def test_what_stands_in_the_place_of_goods_and_is_none_is_said(name):
    assert goods(Item(names={"zh": name}, codes=("1C909",))).understood == "part"


@pytest.mark.parametrize(
    "name",
    [
        "禁止化学武器组织",
        "对外经济贸易大学",
        "Limited Brands Inc.",
        "List GmbH",
        "KK Wind Solutions",
        "中国银行",
        "Part Systems LLC",
        "Orel Machine Parts LLC",
        "Article 5 Aerospace Inc.",
        "Mechanism Dynamics LLC",
        "第二条工业公司",
        "拟态科技公司",
        "除雪设备公司",
        "被动元件公司",
        "知了科技公司",
        "Project: Alpha",
        "Data Decisions",
        "系统工程公司",
        "Decision Sciences Inc.",
        "Category Works Ltd.",
    ],
)
def test_names_that_only_look_like_no_name_are_names(name):
    assert judged(listing(3, name)).understood == "full"


def test_an_end_before_its_start_and_a_deed_with_two_ends_are_said():
    act = suspension(7, "mofcom-2025-61")
    (measure,) = act.measures
    longer = msgspec.structs.replace(measure, ends=End(on="2027-11-10", basis="explicit"))
    late = msgspec.structs.replace(measure, starts=Start(on="2027-01-01", basis="explicit"))

    assert reasons(with_measures(act, late)) == [
        "its end, 2026-11-10, is before its start, 2027-01-01"
    ]
    assert reasons(with_measures(act, measure, longer)) == [
        "it has two ends, 2026-11-10 and 2027-11-10"
    ]
    of_another = msgspec.structs.replace(longer, amends=(Target(key="mofcom-2025-62"),))
    assert with_measures(act, measure, of_another).understood == "full"


def test_a_row_without_the_number_that_the_rows_beside_it_have_is_said():
    scandium, oxide, target, data = (
        Item(names={"zh": name}, codes=(code,), hs=(number,), quote=f"{code}\t{name}\t{number}")
        for name, code, number in (
            ("金属钪", "1C909.a", "28053015"), ("氧化钪", "1C909.b", "28469019"),
            ("钪靶材", "1C909.c", "38249999"), ("生产技术", "1E909", "38249998"),
        )
    )  # fmt: skip
    spanned = msgspec.structs.replace(oxide, hs=(), quote="1C909.b\t氧化钪\t")
    technology = msgspec.structs.replace(data, hs=(), quote="1E909\t生产技术\t")

    assert reasons(goods(scandium, spanned, target)) == [
        "it has no tariff number, the rows beside it have one"
    ]
    assert goods(scandium, oxide, target).understood == "full"
    assert goods(scandium, technology, target).understood == "full"


@pytest.mark.parametrize(
    "text",
    [
        chinese(f"决定将{FIRM}列入出口管制管控名单。")
        + f"\n商务部公告2033年第9号\n{LAW}决定将{OTHER}列入出口管制管控名单。",
        chinese(f"决定将{FIRM}列入出口管制管控名单。")
        + f"\n{LAW}决定将{OTHER}列入出口管制管控名单。\n商务部\n2033年5月6日",
        english(f"It has been decided to add {HERIM} to the Export Control List.")
        + f"\nMOFCOM Announcement No. 9 of 2033\nIt has been decided to add {DORAN} to the Export"
        " Control List.",
    ],
)
def test_two_acts_on_one_page_are_said(text):
    assert "two acts stand on the page" in reasons(read(text))


def test_numbers_in_a_list_of_links_are_no_second_act():
    text = (
        chinese(f"决定将{FIRM}列入出口管制管控名单，自公布之日起执行。")
        + "\n商务部公告2033年第6号\n商务部公告2033年第7号"
    )

    assert "two acts stand on the page" not in reasons(read(text))


@pytest.mark.parametrize(
    "text",
    [
        chinese(f"决定将{FIRM}列入出口管制管控名单，并勒令其子公司{OTHER}退市，自公布之日起算。"),
        chinese(
            f"决定将{FIRM}列入出口管制管控名单，自公布之日起执行。\n同时决定对赫里姆传感公司予以罚没资产。"
        ),
        english(
            f"It has been decided to add {HERIM} to the Export Control List and to confiscate its"
            " assets."
        ),
        english(
            f"It has been decided to add {HERIM} to the Export Control List.\n{HERIM} shall forfeit"
            " its assets."
        ),
    ],
)
def test_a_deed_beside_a_name_that_no_table_knows_is_said(text):
    act = read(text)

    assert act.understood == "part"
    assert act.measures


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        (f"{FIRM}被列入出口管制管控名单，禁止出口经营者向其出口两用物项。", "part"),
        (f"决定将{FIRM}列入出口管制管控名单，禁止出口经营者向其出口两用物项。", "full"),
    ],
)
def test_a_listing_beside_a_ban_is_told_or_the_act_is_not_understood_in_full(text, understood):
    assert read(chinese(text)).understood == understood


@pytest.mark.parametrize("said", ["发言人说，自即日起禁止其入境。", "上述措施即时生效。"])
def test_what_begins_at_once_has_a_start_or_the_act_is_not_understood_in_full(said):
    act = suspension(8)
    starts = act.measures[0].starts
    dated = msgspec.structs.replace(
        act.measures[0], starts=starts or Start("2033-04-02", "explicit")
    )
    endless = msgspec.structs.replace(dated, starts=None)
    for measure, told in ((dated, False), (endless, True)):
        found = judged(msgspec.structs.replace(act, measures=(measure,)), said)
        assert ("when it begins was not understood" in reasons(found)) is told


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("商务部公告2032年第5号、商务部公告2032年第6号自即日起停止实施。", True),
        ("根据商务部公告2032年第6号，商务部公告2032年第5号自即日起停止实施。", False),
        ("MOFCOM Announcements No. 5 of 2032 and No. 6 of 2032 are suspended.", True),
        ("MOFCOM Announcement No. 5 of 2032 is suspended pursuant to No. 6 of 2032.", False),
    ],
)
def test_an_earlier_act_in_the_sentence_of_a_fact_is_in_a_fact_unless_that_rests_on_it(quote, told):
    act = suspension(8)
    language = "en" if quote.isascii() else "zh"
    stay = msgspec.structs.replace(act.measures[0], quote=quote, amends=(Target("mofcom-2032-5"),))
    judged_act = judged(msgspec.structs.replace(act, measures=(stay,), language=language))

    assert ("not all acts that it names were understood" in reasons(judged_act)) is told


def test_an_act_that_announces_a_list_of_which_nothing_was_read_is_understood_in_part():
    act = listing(3)
    of_a_list = msgspec.structs.replace(act.measures[0], quote="决定将下列实体列入不可靠实体清单：")

    assert reasons(with_measures(act, of_a_list)) == ["whom or what it lists was not read"]


def test_a_name_that_begins_with_the_number_of_its_row_is_said_where_not_every_row_has_one():
    glued = judged(listing(3, "Herim Sensing", "2 Doran Optics", "Lumo Works", "4 Tarin Ltd"))

    assert "“2 Doran Optics” begins with the number of its row" in reasons(glued)
    assert judged(listing(3, "Herim Sensing", "58 Tongcheng", "3M Company")).understood == "full"


def test_what_is_unsure_is_not_told():
    act = listing(3, "Herim Sensing Inc.", "企业")
    (added,) = act.measures
    removed = msgspec.structs.replace(added, action=Action.REMOVE, entities=added.entities[:1])
    lifted = msgspec.structs.replace(added, quote="决定不再将赫里姆传感公司列入不可靠实体清单。")
    starts, ends = Start(on="2027-01-01", basis="explicit"), End(on="2026-11-10", basis="explicit")
    late = msgspec.structs.replace(added, starts=starts, ends=ends)

    assert [entity.names for entity in judged(act).measures[0].entities] == [
        {"en": "Herim Sensing Inc."}
    ]
    assert [measure.entities for measure in with_measures(act, added, removed).measures] == [(), ()]
    assert with_measures(act, lifted).understood == "none"
    assert [(measure.starts, measure.ends) for measure in with_measures(act, late).measures] == [
        (None, None)
    ]


def test_a_change_of_nobody_knows_what_beside_a_removal_is_no_measure():
    act = listing(3, "Herim Sensing Inc.")
    act = msgspec.structs.replace(
        act, measures=(msgspec.structs.replace(act.measures[0], action=Action.REMOVE, quote=""),)
    )
    changed = Measure(action=Action.AMEND, quote="Therefore the freeze no longer applies.")
    named = Measure(action=Action.AMEND, amends=(Target(key="mofcom-2025-61"),))

    assert [measure.action for measure in with_measures(act, *act.measures, changed).measures] == [
        Action.REMOVE
    ]
    assert with_measures(act, *act.measures, changed).understood == "part"
    assert with_measures(act, *act.measures, named).understood == act.understood


def test_the_referee_never_raises_and_adds_no_fact():
    none = msgspec.structs.replace(listing(3), understood="none", measures=())
    part = msgspec.structs.replace(listing(3, "Inc."), understood="part")

    assert judged(none) is none
    assert judged(part).understood == "part"
    assert len(judged(part).measures) == len(part.measures)


def judged(act: Announcement, text: str = "") -> Announcement:
    (fact,) = referee.judge_facts([act], text)
    assert isinstance(fact, Announcement)
    return fact


def with_measures(act: Announcement, *measures: object) -> Announcement:
    return judged(msgspec.structs.replace(act, measures=measures))


def goods(*items: Item) -> Announcement:
    act = control(5, "1C909")
    return with_measures(act, msgspec.structs.replace(act.measures[0], items=items))


MOFCOM_7 = "商务部公告2032年第7号"


@pytest.mark.parametrize(
    "text",
    [
        chinese(f"决定自2033年5月1日起终止执行{MOFCOM_7}，但对{FIRM}采取的措施除外。"),
        chinese(f"除{FIRM}外，自2033年5月1日起停止执行{MOFCOM_7}。"),
        chinese(f"自2033年5月1日起废止{MOFCOM_7}，但对{FIRM}的措施继续执行。"),
        english(
            "MOFCOM Announcement No. 7 of 2032 is repealed from May 1, 2033, except with respect to"
            f" {HERIM}"
        ),
        english(
            f"Except with respect to {HERIM}, MOFCOM Announcement No. 7 of 2032 is repealed from"
            " May 1, 2033."
        ),
    ],
)
def test_an_end_with_an_exception_before_or_behind_it_is_no_end_for_all(text: str):
    act = read(text)

    assert [measure.action for measure in act.measures] == [Action.AMEND]
    assert (act.measures[0].amends, act.understood) == ((Target(key="mofcom-2032-7"),), "part")
    assert act.find_partial_deed(act.measures[0]) is Action.REPEAL


@pytest.mark.parametrize(
    "text",
    [
        chinese(f"自2033年5月1日起终止执行{MOFCOM_7}。"),
        chinese(f"自2033年5月1日起废止{MOFCOM_7}第二条，但其余条款继续有效。"),
        english("MOFCOM Announcement No. 7 of 2032 is repealed from May 1, 2033."),
    ],
)
def test_an_end_without_an_exception_stays_one(text: str):
    assert [measure.action for measure in read(text).measures] == [Action.REPEAL]


def test_the_rest_of_an_act_that_lives_again_is_that_of_its_own_sentence():
    act = read(
        chinese(
            "商务部公告2032年第5号、6号自2033年5月1日起恢复实施。"
            f"{MOFCOM_7}第一条自2033年5月1日起暂停实施，其余条款恢复实施。"
        )
    )

    told = {
        (measure.action, tuple(target.key for target in measure.amends)) for measure in act.measures
    }
    assert told == {
        (Action.RESUME, ("mofcom-2032-5", "mofcom-2032-6")),
        (Action.SUSPEND, ("mofcom-2032-7",)),
        (Action.AMEND, ("mofcom-2032-7",)),
    }
    assert any("其余条款恢复实施" in part.quote for part in act.not_read)


@pytest.mark.parametrize(
    "name",
    [
        "禁止在中国境内新增投资", "进出口活动", "二、高级管理人员", "（一）企业", "2. Individuals",
        "Respect of One Person", "取引の禁止", "輸出等の活動", "금융거래 금지", "수출입 활동", "3. 个人", "新規投資",
        "Ban on new exports", "Prohibition of new investment", "import and export activities",
    ],
)  # fmt: skip
def test_what_somebody_may_not_do_and_a_numbered_kind_are_no_names(name: str) -> None:
    assert referee.refuse_name(name, Entity({"en": name}, "org"), frozenset())


@pytest.mark.parametrize(
    "name",
    [
        "禁止化学武器组织", "云杉进出口公司", "2. Oktober Werke GmbH", "三、一重工株式会社",
        "新投資株式会社", "Ban Holdings Ltd.", "Export Activity Partners LLC",
        "de la Cruz y Hijos", "van Dorn Optics", "Ri Yong On", "Body Address Optics", "3M", "NH90",
        "Seven Technologies Ltd", "Respect Optics",
    ],
)  # fmt: skip
def test_names_with_words_of_prohibitions_and_numbers_are_names(name: str) -> None:
    assert not referee.refuse_name(name, Entity({"en": name}, "org"), frozenset())


def test_what_the_text_has_in_brackets_behind_a_full_name_is_no_name_of_its_own():
    act = read(
        english(
            "HRM is added to the export control list from May 1, 2033.",
            "The Herim Procurement Directorate (“HRM”) buys drones.",
        )
    )

    assert act.understood == "part"
    assert not any(measure.entities for measure in act.measures)
    assert any("short for" in why for why in reasons(act))


@pytest.mark.parametrize(
    ("name", "is_rest"),
    [("备", True), ("统", True), ("镓", False), ("汞", False), ("硼", False), ("氙", False)],
)
def test_one_sign_is_goods_only_where_it_is_an_element(name: str, is_rest: bool) -> None:
    assert bool(referee.refuse_name(name, Item({"zh": name}), frozenset())) is is_rest


NOWHERE = "on which list they stand was not understood"


@pytest.mark.parametrize("verb", ["暂停", "恢复"])
@pytest.mark.parametrize("cited", ["", "商务部公告2032年第5号"])
def test_a_stay_of_names_on_no_known_list_is_understood_in_part(verb: str, cited: str) -> None:
    act = read(chinese(f"自2033年5月1日起，{verb}执行{cited}对{FIRM}的措施。"))

    assert act.understood != "full"
    assert NOWHERE in reasons(act) or not act.measures


@pytest.mark.parametrize("action", [Action.SUSPEND, Action.RESUME])
@pytest.mark.parametrize(
    ("register", "names", "is_nowhere"),
    [(None, (HERIM,), True), ("cn-unreliable-entities", (HERIM,), False), (None, (), False)],
)
def test_the_number_of_an_act_does_not_say_on_which_list_its_names_stand(
    action: Action, register: str | None, names: tuple[str, ...], *, is_nowhere: bool
) -> None:
    act = suspension(8, "mofcom-2032-5")
    stay = act.measures[0].replace(
        action=action,
        register=register,
        entities=tuple(Entity({"en": name}, "org") for name in names),
    )

    assert (NOWHERE in reasons(judged(act.replace(measures=(stay,))))) is is_nowhere
