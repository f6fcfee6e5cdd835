"""Chinese acts tell what was, what was asked for and what others said: only what they do now
becomes a measure.
"""

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.model import Action, Announcement

FIRM = "利沃夫导航公司（Lviv Navigation LLC）"


def act(
    body: str,
    head: str = "商务部公告2034年第9号 关于有关事项的公告",
    signed: str = "商务部\n2034年6月2日",
) -> Announcement:
    (fact,) = extract.understand(read_text(f"{head}\n\n{body}\n\n{signed}"))
    assert isinstance(fact, Announcement)
    return fact


def done(of: Announcement) -> set[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return {
        (
            measure.action,
            tuple(target.key for target in measure.amends),
            tuple(name for each in measure.entities for name in list(each.names.values())[:1]),
        )
        for measure in of.measures
    }


@pytest.mark.parametrize(
    "body",
    [
        (
            f"{FIRM}请求将其移出出口管制管控名单。经审查，该公司未改正其行为，不具备移出条件。"
            "决定驳回申请，不予移出。"
        ),
        f"经审查，{FIRM}不符合移出条件，决定维持原措施。",
        f"{FIRM}不具备移出出口管制管控名单的条件，其申请不予支持。",
    ],
)
def test_a_removal_that_is_refused_removes_nobody(body):
    assert all(action is not Action.REMOVE for action, _, _ in done(act(body)))


def test_what_was_suspended_before_is_not_suspended_again():
    body = (
        "去年，我方暂停了商务部公告2031年第5号的执行。"
        "现决定自2034年7月1日起恢复执行商务部公告2031年第5号。"
    )

    assert done(act(body)) == {("resume", ("mofcom-2031-5",), ())}


def test_a_ban_that_is_lifted_early_is_repealed_and_what_becomes_free_again_is_no_resumption():
    body = "决定商务部公告2033年第8号规定的暂时禁止出口措施自2034年7月1日起提前解除，粗硫酸恢复自由出口。"

    assert done(act(body)) == {("repeal", ("mofcom-2033-8",), ())}


def test_a_rule_on_a_ban_that_applies_no_more_bans_nothing():
    body = "商务部公告2033年第8号第二条关于禁止向蒙古国境内用户出口硝酸铵的规定，自2034年7月1日起不再适用。"

    assert {action for action, _, _ in done(act(body))} <= {"repeal", "remove"}


def test_a_start_that_is_put_back_amends_the_act_and_controls_nothing():
    body = (
        "商务部公告2034年第2号规定，自2034年7月1日起对提锂设备实施出口管制。现决定：\n"
        "一、将商务部公告2034年第2号的施行日期推迟至2034年10月1日。"
    )

    assert {(action, keys) for action, keys, _ in done(act(body))} == {
        ("amend", ("mofcom-2034-2",))
    }


def test_a_decision_that_is_set_aside_takes_off_whom_it_listed_and_names_nobody_else():
    body = (
        f"决定撤销商务部公告2033年第3号中对{FIRM}作出的列入出口管制管控名单的决定，"
        "该公司恢复列入前的地位。"
    )

    listed = done(act(body))
    assert {action for action, _, _ in listed} <= {"remove", "repeal"}
    assert {name for _, _, names in listed for name in names} == {"利沃夫导航公司"}


def test_who_is_listed_again_is_called_by_his_name():
    body = f"决定自2034年7月1日起将{FIRM}重新列入出口管制管控名单。"

    assert done(act(body)) == {("add", (), ("利沃夫导航公司",))}


def test_measures_of_an_order_that_end_for_one_name_him():
    head, signed = (
        "中华人民共和国外交部令\n第61号\n\n关于终止有关反制措施的决定",
        "外交部\n2034年6月2日",
    )
    body = "根据《中华人民共和国反外国制裁法》，决定：\n一、自2034年7月1日起，"
    body += "终止外交部令第40号对约翰·利文斯（John Livens）采取的不准入境、冻结财产等反制措施。"

    named = {
        name
        for action, _, names in done(act(body, head, signed))
        if action == "remove"
        for name in names
    }
    assert named == {"约翰·利文斯"}


MECHANISM = "不可靠实体清单工作机制"


@pytest.mark.parametrize(
    ("head", "signer", "key"),
    [
        ("关于提前解除粗硫酸出口禁令的公告\n（商务部公告2034年第9号）", "商务部", "mofcom-2034-9"),
        (
            "商务部　海关总署关于调整临时管制的公告\n（2034年第9号）",
            "商务部　海关总署",
            "mofcom-2034-9",
        ),
        (f"{MECHANISM}公告\n〔2034〕9号", MECHANISM, "uel-2034-9"),
        (f"{MECHANISM}关于移出有关企业的公告\n\n{MECHANISM}\n〔2034〕9号", MECHANISM, "uel-2034-9"),
    ],
)
def test_a_number_beside_the_title_is_the_acts_own(head, signer, key):
    assert (
        act(
            f"决定自2034年7月1日起将{FIRM}移出不可靠实体清单。", head, f"{signer}\n2034年6月2日"
        ).key
        == key
    )


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("本公告自公布之日起三十日后实施，即2034年7月2日起实施。", "2034-07-02"),
        (
            "企业于2034年6月10日至2034年6月20日向商务部申报。本公告自2034年7月2日起实施。",
            "2034-07-02",
        ),
    ],
)
def test_a_start_is_the_day_on_which_it_begins(words, on):
    found = act(
        f"决定对下列物项实施出口管制：\n一、金属钪（参考海关商品编号：2805301500）\n{words}"
    )

    assert {measure.starts.on for measure in found.measures if measure.starts} == {on}


def test_a_text_that_was_broken_at_one_width_is_read_as_it_was_written():
    wrapped = (
        "根据《中华人民共和国出口管制法》《中华人民共和国两用物项出\n口管制条例》有关规定，"
        "经国务院批准，决定自2034年7月1日起\n"
        "将利沃夫导航公司（Lviv Navigation LLC）、哥德堡水声技术\n公司（Gothenburg Hydroacoustics"
        " AB）列入出口管制管控名\n单。"
    )

    (measure,) = act(wrapped).measures
    assert [entity.names["en"] for entity in measure.entities] == [
        "Lviv Navigation LLC",
        "Gothenburg Hydroacoustics AB",
    ]


def test_an_act_of_taiwan_in_its_own_years_is_read():
    found = act(
        "發文日期：中華民國117年3月4日\n主旨：公告修正「戰略性高科技貨品實體管理名單」。"
        "\n公告事項：\n一、下列實體自名單刪除：\n"
        "（一）晨星精密股份有限公司（Chenxing Precision Co., Ltd.）",
        "經濟部國際貿易署　公告",
        "署長　陳○○",
    )

    assert (found.authority, found.published) == ("tw-trade", "2028-03-04")
    assert [
        (measure.action, measure.register) for measure in found.measures if measure.entities
    ] == [("remove", "tw-shtc")]


def test_what_only_points_at_goods_is_no_item():
    body = (
        "现就有关事项公告如下：\n一、出口货物不属于两用物项，但其商品编号列入参考范围的，发货人应当注明。\n"
        "二、自2034年7月1日起，禁止向蒙古国出口硝酸铵；海关不再办理上述商品对蒙古国出口手续。"
    )

    items = [item.names["zh"] for measure in act(body).measures for item in measure.items]

    assert items == ["硝酸铵"]


def test_goods_that_an_annex_lists_are_those_of_its_rows_and_not_the_kinds_that_the_text_names():
    body = (
        "自2034年7月1日起，禁止向蒙古国出口附件所列爆炸物前体和无人机组件。\n商务部\n2034年6月2日\n附件\n"
        "1．硝酸铵（海关商品编号：3102300000）\n2．活塞发动机（海关商品编号：8407101010）"
    )

    (measure,) = act(body, signed="").measures

    assert [(item.names["zh"], item.hs) for item in measure.items] == [
        ("硝酸铵", ("3102300000",)),
        ("活塞发动机", ("8407101010",)),
    ]


LISTED = "列入出口管制管控名单"
NOW = "自2034年7月1日起，将敖德萨声学公司（Odesa Acoustics Ltd.）移出出口管制管控名单。"


@pytest.mark.parametrize(
    "told",
    [
        "于2033年", "2033年", "于2033年11月", "在2033年11月被", "于2033年11月8日", "2033年11月8日被",
        "自2033年11月8日",
    ],
)  # fmt: skip
def test_on_which_earlier_day_somebody_was_listed_is_no_listing(told: str) -> None:
    now = act(f"根据《中华人民共和国出口管制法》，{FIRM}{told}{LISTED}。{NOW}")

    assert done(now) == {(Action.REMOVE, (), ("敖德萨声学公司",))}


@pytest.mark.parametrize(
    "words",
    [
        f"决定将{FIRM}{LISTED}，自2034年7月1日起实施。", f"现将{FIRM}自2034年7月1日起{LISTED}。",
        f"{FIRM}自2034年7月1日起{LISTED}。", f"{FIRM}2033年违反中国出口管制规定，现{LISTED}。",
        f"{FIRM}于2034年7月1日{LISTED}。", f"{FIRM}于2034年6月2日{LISTED}。",
        f"决定将于2033年成立的{FIRM}{LISTED}。",
    ],
)  # fmt: skip
def test_a_day_to_come_or_of_something_else_makes_no_history_of_a_listing(words: str) -> None:
    assert (Action.ADD, (), ("利沃夫导航公司",)) in done(act(words))
