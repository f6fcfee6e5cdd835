"""What a measure demands beside its goods and names: each kind of term, in the wordings of
either language.
"""

import pytest
from each import for_each

from monitor import extract
from monitor.document import read_text
from monitor.extract import account, terms
from monitor.extract.en.words import ENGLISH
from monitor.extract.verb_final.words import LANGUAGES
from monitor.extract.zh.words import CHINESE
from monitor.model import Action, Measure


def read(words, *sentences, clause=""):
    said = [account.Said(text, text, is_entry=entry, clause=clause) for text, entry in sentences]
    return [found.term for found in terms.read_terms(said, words)]


def one(words, sentence):
    return [
        (term.kind, term.text, term.value, term.unit, term.policy)
        for term in read(words, (sentence, False))
    ]


@for_each(
    ("sentence", "kind", "value", "unit", "policy"),
    [
        (
            "境外出口经营者向第三国出口本公告所列物项前,应当取得商务部颁发的许可证件。",
            "scope",
            None,
            "",
            None,
        ),
        ("禁止境外组织和个人将原产于中国的石墨物项转移给上述企业。", "scope", None, "", None),
        ("使用原产于中国的磁体制造技术在境外生产的电机。", "scope", None, "", None),
        ("原产于中国的本公告附件二所列物项。", "scope", None, "", None),
        ("附件所列物项占其价值比例超过2.5%的,适用本公告。", "threshold", 2.5, "percent", None),
        ("用于7纳米及以下逻辑芯片的出口,须申请许可。", "threshold", 7.0, "nm", None),
        ("用于7纳米及以下逻辑芯片的出口申请,逐案审查。", "presumption", 7.0, "nm", "case_by_case"),
        (
            "对列入关注名单的企业及其持股30%以上的子公司,适用同样措施。",
            "affiliates",
            30.0,
            "percent",
            None,
        ),
        ("对军事用户的出口申请,原则上不予批准。", "presumption", None, "", "refused"),
        ("向上述国家出口镓相关物项的申请一律不予许可。", "presumption", None, "", "refused"),
        ("用于紧急医疗救援的,无须申请出口许可证。", "exemption", None, "", None),
        ("公开发表的论文不受本公告限制。", "exemption", None, "", None),
        ("出口经营者应当在出口后20个工作日内向商务部报告。", "duty", 20.0, "business_days", None),
        ("装运后三十日内报告到货情况。", "duty", 30.0, "days", None),
        ("企业应当不晚于出口后7个工作日向商务部报告。", "duty", 7.0, "business_days", None),
        ("有关合同和单证保存不少于五年。", "duty", 5.0, "years", None),
        ("出口时应当向进口商出具《合规告知书》。", "duty", None, "", None),
        ("确有特殊需要出口的,应当经商务部批准。", "exemption", None, "", None),
        ("特殊情况下确需交易的,境内企业可以向工作机制提出申请。", "exemption", None, "", None),
        ("境内买方可以申请与上述企业开展交易。", "exemption", None, "", None),
        ("被处罚企业应当自决定公布之日起三十日内缴纳罚款。", "duty", 30.0, "days", None),
        ("已经开展的相关活动应当即刻停止。", "duty", None, "", None),
        ("正在进行的出口必须立即终止。", "duty", None, "", None),
        ("属于管制物项的,必须在报关单备注栏中填写管制编码。", "duty", None, "", None),
        ("报关时应当注明货物属于两用物项。", "duty", None, "", None),
        ("本公告所称出口商,是指在中国境内的自然人、法人和其他组织。", "scope", None, "", None),
        ("本公告所称再出口,包括在境外转让给第三国的组织。", "scope", None, "", None),
        ("出口商知道货物将用于境外磁体制造的,应当事先申请许可。", "scope", None, "", None),
        ("申请时应当同时提交《最终用途情况说明》。", "duty", None, "", None),
        ("出口商应当按许可证要求履行报告义务。", "duty", None, "", None),
        ("任何组织和个人不得为上述行为提供运输、报关、金融等服务。", "duty", None, "", None),
        ("服务提供者应当主动询问客户是否取得许可。", "duty", None, "", None),
        ("对石墨类物项的出口,实行更严格的最终用途审查。", "presumption", None, "", None),
        ("向名单内企业出口的,不得申请通用许可。", "presumption", None, "", None),
    ],
)
def test_a_chinese_sentence_states_its_term_with_its_number(sentence, kind, value, unit, policy):
    found = [(got, number, of, how) for got, _, number, of, how in one(CHINESE, sentence)]

    assert (kind, value, unit, policy) in found


@pytest.mark.parametrize(
    ("sentence", "kind", "value", "unit", "policy"),
    [
        (
            "Exporters outside China must obtain a licence before they ship the items on.",
            "scope",
            None,
            "",
            None,
        ),
        (
            "The de minimis level for these destinations is 10 percent.",
            "threshold",
            10.0,
            "percent",
            None,
        ),
        (
            "It applies to entities owned 50 percent or more by listed persons.",
            "affiliates",
            50.0,
            "percent",
            None,
        ),
        (
            "Applications are reviewed under a presumption of denial.",
            "presumption",
            None,
            "",
            "refused",
        ),
        (
            "Other applications are reviewed on a case-by-case basis.",
            "presumption",
            None,
            "",
            "case_by_case",
        ),
        (
            "Shipments that were en route aboard a carrier before that day may proceed.",
            "exemption",
            None,
            "",
            None,
        ),
        (
            "By way of derogation, the competent authorities may authorise the sale.",
            "exemption",
            None,
            "",
            None,
        ),
        (
            "The holder shall notify the Ministry within fifteen business days.",
            "duty",
            15.0,
            "business_days",
            None,
        ),
        ("Records must be kept for at least six years.", "duty", 6.0, "years", None),
        ("Buyers may apply to resume business with those firms.", "exemption", None, "", None),
    ],
)
def test_an_english_sentence_states_its_term_with_its_number(sentence, kind, value, unit, policy):
    found = [(got, number, of, how) for got, _, number, of, how in one(ENGLISH, sentence)]

    assert (kind, value, unit, policy) in found


@for_each(
    ("words", "sentence"),
    [
        (CHINESE, "商务部自收到申请之日起审查,作出准予或者不予许可的决定。"),
        (CHINESE, "不予许可的,应当书面告知申请人。"),
        (CHINESE, "许可证的签发依照海关总署令2005年第29号执行。"),
        (CHINESE, "境外出口经营者无法判断是否应当申请许可的,可以咨询。"),
        (CHINESE, "纯度大于99.9%的氧化镝。"),
        (CHINESE, "特殊情况下,商务部可以延长审查期限。"),
        (CHINESE, "特殊情况下不再受理出口申请。"),
        (CHINESE, "海关在报关单上签注放行日期。"),
        (CHINESE, "本公告所称附件,是指物项列表。"),
        (CHINESE, "未提交说明的,不予受理。"),
        (CHINESE, "商务部依法对许可申请进行审查。"),
        (CHINESE, "可以以通用许可方式出口。"),
        (CHINESE, "商务部知道的,应当告知申请人。"),
        (CHINESE, "自本公告公布之日起,不再豁免申请出口许可证件。"),
        (CHINESE, "取消上述物项免于申请出口许可证件的规定。"),
        (CHINESE, "该公司申请移出管控名单,不予批准。"),
        (CHINESE, "不再原则上不予许可。"),
        (ENGLISH, "The items may not be exported without a licence."),
        (ENGLISH, "No person may export these goods without a licence of the Secretary of State."),
        (ENGLISH, "None of these goods may be exported without a licence."),
        (ENGLISH, "Under no circumstances may they be shipped without a licence."),
        (ENGLISH, "No exports of these goods are allowed until 1 May 2031."),
        (ENGLISH, "No operator may continue to use the general licences."),
        (ENGLISH, "Neither carriers nor forwarders may still deliver them."),
        (ENGLISH, "The exemption is withdrawn: exporters shall not ship without a license."),
        (ENGLISH, "BIS no longer applies a presumption of denial."),
        (ENGLISH, "Requests to be delisted shall be refused."),
        (ENGLISH, "This general license does not authorize any other transaction."),
        (ENGLISH, "Contracts concluded before that day may be reviewed."),
    ],
)
def test_a_sentence_that_only_sounds_like_a_term_states_none(words, sentence):
    assert one(words, sentence) == []


JAPANESE = LANGUAGES["ja"]
REFUSED = "applications are refused in principle"


@for_each(
    ("words", "sentence", "texts"),
    [
        (CHINESE, "已报关出口的货物,仍须申请许可。", []),
        (CHINESE, "公告实施前签订的合同,仍须申请许可。", []),
        (CHINESE, "本公告不设过渡期。", []),
        (CHINESE, "上述措施不适用于其子公司。", []),
        (
            CHINESE,
            "上述措施适用于其分支机构。",
            ["also branches of some listed firms"],
        ),
        (CHINESE, "上述措施适用于其子公司。", ["also firms that a listed party owns or controls"]),
        (CHINESE, "12层以上电路板实施管制。", []),
        (
            CHINESE,
            "在境外组装的装有产自中国的钐钴磁体的电机,该磁体占其价值的比重达到3%的,适用本公告。",
            ["made abroad: listed content that originates in China, of 3 % of value or more"],
        ),
        (
            CHINESE,
            "境外生产的该类物项中清单所列材料价值占比达到3%的,应当申请许可。",
            ["made abroad: listed content of 3 % of value or more"],
        ),
        (
            CHINESE,
            "未经商务部许可,任何企业不得向上述主体泄露技术资料。",
            ["may not disclose it without a licence"],
        ),
        (
            ENGLISH,
            "Exporters may not change the end use of the goods without prior authorisation.",
            ["may not change its use or user without a licence"],
        ),
        (
            CHINESE,
            "禁止上述公司从事与中国有关的进出口业务。",
            ["the listed may not import from or export to China"],
        ),
        (
            CHINESE,
            "禁止上述公司在中国境内新增投资。",
            ["the listed may not invest anew in China"],
        ),
        (
            CHINESE,
            "禁止中国境内的企业、个人与该公司开展交易与合作,尤其是向其传输数据。",
            [("nobody in China may deal or cooperate with the listed, or pass data to them")],
        ),
        (
            CHINESE,
            "冻结其在中国境内的不动产等财产。",
            ["the assets of the listed in China are frozen"],
        ),
        (
            CHINESE,
            "对上述人员不予签发签证。",
            ["the persons that the act means may not enter China"],
        ),
        (CHINESE, "2026年5月,工作机制将该公司列入清单,禁止其从事与中国有关的进出口业务。", []),
        (CHINESE, "不再禁止上述公司在中国境内新增投资。", []),
        (
            CHINESE,
            "用于公共卫生事件的,无需申请许可,但应当在装运后8日内报告。",
            [
                "no licence is needed for: public-health emergencies",
                "must report within 8 days (only for what is exempt)",
            ],
        ),
        (
            CHINESE,
            "用于展览的,无需申请许可;其他出口应当在装运后8日内报告。",
            ["no licence is needed for: exhibitions", "must report within 8 days"],
        ),
        (
            CHINESE,
            "列入关注名单的用户及其持股40%以上的子公司,适用本条。",
            ["also firms held at 40 % or more by a listed party"],
        ),
        (
            CHINESE,
            "用于7纳米及以下逻辑芯片或者200层以上存储芯片的出口申请,逐案审查。",
            [
                (
                    "applications are decided case by case for: advanced logic chips, memory chips"
                    " (chips of 7 nm or less, memory chips of 200 layers or more)"
                )
            ],
        ),
        (
            CHINESE,
            "向韩国和日本出口的,原则上不予许可。",
            [
                "applications are refused in principle for: exports to South Korea, exports to Japan",
            ],
        ),
        (
            CHINESE,
            "原则上不予许可镓相关物项对美国出口;对其他物项,逐案审批。",
            [
                "applications are refused in principle for: exports to the United States",
                "applications are decided case by case",
            ],
        ),
        (CHINESE, "使用原产于日本设备的出口申请,原则上不予许可。", [REFUSED]),
        (CHINESE, "波长200纳米以下的光源实施管制。", []),
        (CHINESE, "原产物项价值比例不超过10%的。", ["a share of 10 % of the value decides"]),
        (
            CHINESE,
            "出口经营者无需提供合同证明文件。",
            ["no such papers are needed: only for what the act names, read it"],
        ),
        (CHINESE, "加快审批许可申请。", ["applications are decided faster"]),
        (CHINESE, "企业停止出口的,应当告知海关。", ["must report"]),
        (
            CHINESE,
            "出口经营者无须在10个工作日内向商务部报告。",
            ["an exception that is only quoted (10 business days)"],
        ),
        (ENGLISH, "Exports to foreign persons require a licence.", []),
        (ENGLISH, "Goods within the territory of Russia are inspected.", []),
        (
            ENGLISH,
            "The rule covers goods wherever located.",
            ["another reach that is only quoted"],
        ),
        (ENGLISH, "Boards with 24 layers or more are controlled.", []),
        (
            ENGLISH,
            "The share of controlled content exceeds 25 % of the value.",
            ["a share of 25 % of the value decides"],
        ),
        (ENGLISH, "A listed person holds less than 50 % of the shares.", []),
        (ENGLISH, "Exporters are not required to report it.", ["nothing need be reported"]),
        (ENGLISH, "No export of such goods is permitted.", []),
        (ENGLISH, "Exports are permitted only with a licence.", []),
        (ENGLISH, "No wind-down period is granted.", []),
        (ENGLISH, "Goods en route must be returned before 1 May 2026.", []),
        (ENGLISH, "Performance of contracts concluded before 1 May 2026 is prohibited.", []),
        (JAPANESE, "誓約書の提出を要しない。", []),
        (JAPANESE, "経過措置は設けない。", []),
        (
            JAPANESE,
            "子会社についても適用する。",
            ["also firms that a listed party owns or controls"],
        ),
        (
            JAPANESE,
            "子会社は対象外とする。",
            ["the act makes an exception: only for what the act names, read it"],
        ),
        (JAPANESE, "輸出許可の申請を速やかに審査する。", []),
    ],
)
def test_the_line_of_a_term_claims_no_more_than_its_sentence_says(words, sentence, texts):
    assert [text for _, text, *_ in one(words, sentence)] == texts


def test_the_entries_below_a_heading_have_its_term_and_their_own_use():
    heading, first, second = read(
        CHINESE,
        ("用于以下用途的出口申请,原则上不予许可:", False),
        ("恐怖主义目的;", True),
        ("提升军事潜力。", True),
    )

    assert heading.policy == first.policy == second.policy == "refused"
    assert first.text == "applications are refused in principle for: terrorism"
    assert second.quote == "提升军事潜力。"


def test_a_term_of_a_clause_goes_to_the_measure_of_that_clause_and_all_others_to_each_that_controls():
    first, second = (
        Measure(action=Action.ADD, clauses=clauses) for clauses in (("一(一)",), ("一(二)",))
    )
    lifted = Measure(action=Action.REMOVE)
    own = terms.Found(read(CHINESE, ("原产于中国的附件所列物项。", False))[0], "一(二)")
    whole = terms.Found(read(CHINESE, ("单证保存不少于五年。", False))[0], "五")

    given = terms.give_terms([first, second, lifted], [own, whole])

    assert [[term.kind for term in measure.terms] for measure in given] == [
        ["duty"],
        ["scope", "duty"],
        [],
    ]


def test_a_term_does_not_account_for_what_its_sentence_does_beside_it():
    head, body = (
        "商务部公告2033年第8号",
        (
            "决定对下列物项实施出口管制:\n一、"
            "金属钪（参考海关商品编号：2805301500）\n自2033年5月1日起实施。\n"
        ),
    )
    lone, beside = "有关合同和单证保存不少于五年。", "有关合同和单证保存不少于五年,原保存办法取消。"

    told = [
        extract.understand(read_text(f"{head}\n\n{body}{words}\n\n商务部\n2033年4月2日"))[0]
        for words in (lone, beside)
    ]

    assert [[unread.quote for unread in act.not_read] for act in told] == [[], [beside]]
    assert [act.measures[0].terms[0].unit for act in told] == ["years", "years"]


@pytest.mark.parametrize(
    ("words", "sentence", "line"),
    [
        (ENGLISH, "No licence exception other than GOV is available.", "no licence exception"),
        (ENGLISH, "Exporters must pay attention to the addresses.", "must pay"),
        (ENGLISH, "Exporters must keep the goods in storage for five years.", "must keep"),
        (ENGLISH, "Transit of food is not prohibited.", "covers transit"),
        (CHINESE, "出口经营者应当与海关保持联系。", "must report"),
    ],
)
def test_a_line_says_no_more_than_its_sentence(words, sentence, line):
    assert not [term for term in read(words, (sentence, False)) if term.text.startswith(line)]


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        (
            "本公告所称出口,包括以许可、投资、培训、咨询等方式向境外提供。",
            [
                "an export is also what is passed on by licence, investment, research, training or advice"
            ],
        ),
        (
            "本公告所称出口商,是指在中国境内的自然人、法人和其他组织。",
            ["states itself who exports or what an export is: read it"],
        ),
        ("任何单位和个人不得为违反本公告的行为提供金融服务。", ["may not serve what violates it"]),
    ],
)
def test_who_and_what_is_meant_is_told_as_the_sentence_has_it(sentence, texts):
    assert [term.text for term in read(CHINESE, (sentence, False))] == texts


def test_what_nobody_may_do_at_all_binds_everybody():
    told = read(CHINESE, ("任何组织和个人不得转让上述物项。", False))

    assert "binds everybody" in [term.text for term in told]


@pytest.mark.parametrize(
    "sentence",
    [
        "Goods shipped no later than 1 May 2031 may be exported without a licence.",
        "No fee is due and samples may be exported without a licence.",
        "No more than 1 kg may be exported without a licence.",
    ],
)
def test_a_no_of_something_else_takes_no_exemption_back(sentence: str) -> None:
    assert [term[0] for term in one(ENGLISH, sentence)] == ["exemption"]
