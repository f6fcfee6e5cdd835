import pytest
from each import for_each

from monitor import extract
from monitor.document import read_text
from monitor.extract.zh import references
from monitor.extract.zh.lines import make_line


def keys(text, **known):
    return [each.key for each in references.find_references(make_line(text).text, **known)]


@for_each(
    ("text", "expected"),
    [
        ("商务部公告2025年第61号", ["mofcom-2025-61"]),
        ("商务部公告2025第61号", ["mofcom-2025-61"]),
        ("商务部 海关总署公告2025年第55号", ["mofcom-2025-55"]),
        ("商务部、海关总署2024年第67号公告", ["mofcom-2024-67"]),
        (
            "商务部公告2025年第５５号、56号和58号",
            ["mofcom-2025-55", "mofcom-2025-56", "mofcom-2025-58"],
        ),
        (
            "商务部公告2025年第55号至第58号",
            ["mofcom-2025-55", "mofcom-2025-56", "mofcom-2025-57", "mofcom-2025-58"],
        ),
        ("不可靠实体清单工作机制〔2025〕5号和6号", ["uel-2025-5", "uel-2025-6"]),
        ("不可靠实体清单工作机制公告〔2025〕10号", ["uel-2025-10"]),
        ("中华人民共和国商务部令二〇二五年第6号", ["mofcom-order-2025-6"]),
        ("商务部、海关总署2005年第29号令", ["mofcom-order-2005-29"]),
        ("商务部发布2025年第18号公告；发布第21号公告", ["mofcom-2025-18", "mofcom-2025-21"]),
        ("海关总署公告2025年第54号", ["gacc-2025-54"]),
        ("商务部、国家航运监管委、海关总署公告2025年第54号", ["mofcom-2025-54"]),
        ("依照航运部、海关总署公告2025年第54号", ["gacc-2025-54"]),
        ("税委会公告2025年第4号", ["tariff-commission-2025-4"]),
        ("2025年4月10日", []),
        ("2025年4月10日，外交部以第15号令公布", ["mfa-order-2025-15"]),
        ("2025年4月10日，外交部发布第15号令，决定", ["mfa-order-2025-15"]),
        ("2025年4月10日，商务部公告第15号公布", ["mofcom-2025-15"]),
        ("2025年4月10日，商务部公告第15号停止执行", [None]),
    ],
)
def test_act_numbers(text, expected):
    assert keys(text) == expected


def test_number_without_issuer_takes_the_series_that_is_known():
    assert keys("公告（2025年第21号）", series="mofcom") == ["mofcom-2025-21"]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("商务部公告2024年第46号第二款", ("二",)),
        ("商务部公告2025年第61号“一（三）”部分", ("一(三)",)),
        ("商务部公告2025年第61号", ()),
    ],
)
def test_clauses_of_an_act(text, clauses):
    assert references.find_references(make_line(text).text)[0].clauses == clauses


def test_the_annex_of_an_act_may_be_what_is_named_of_it():
    (reference,) = references.find_references("商务部公告2029年第4号所附《石墨物项清单》停止执行")

    assert (reference.key, reference.clauses) == ("mofcom-2029-4", ("《石墨物项清单》",))


def told(text, **known):
    return [
        (each.key, each.clauses, each.issued, each.dated)
        for each in references.find_references(make_line(text).text, **known)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("商务部公告2030年第5号至第64号", [f"mofcom-2030-{number}" for number in range(5, 65)]),
        ("商务部公告2030年第5号至第65号", ["mofcom-2030-5", "mofcom-2030-65"]),
        ("商务部公告2030年第9号至第4号", ["mofcom-2030-9", "mofcom-2030-4"]),
        (
            "商务部公告2029年第4号和第5号、2030年第6号",
            ["mofcom-2029-4", "mofcom-2029-5", "mofcom-2030-6"],
        ),
        ("财政部公告2030年第5号", ["mof-2030-5"]),
        ("外交部令2030年第4号", ["mfa-order-2030-4"]),
        ("商务部等3部门公告2030年第7号", ["mofcom-2030-7"]),
        ("商务部公告1949年第4号", ["mofcom-1949-4"]),
        ("商务部公告1948年第4号", []),
        ("商务部公告2099年第4号", ["mofcom-2099-4"]),
        ("商务部公告2100年第4号", []),
        ("2030年第5号", [None]),
        ("商务部公告第4号", [None]),
    ],
)
def test_a_range_is_filled_and_a_year_is_one_of_the_republic(text, expected):
    assert keys(text) == expected


@pytest.mark.parametrize(
    ("text", "series", "expected"),
    [
        ("公告第5号", "mofcom", ["mofcom-2030-5"]),
        ("第5号公告", "mofcom", ["mofcom-2030-5"]),
        ("第5号公告", "mofcom-order", ["mofcom-2030-5"]),
        ("2029年第5号、第6号", "mofcom", ["mofcom-2029-5", "mofcom-2029-6"]),
        ("第5号", "mofcom", []),
        ("附件第5号", "mofcom", []),
        ("第5号令", "mofcom", []),
        ("国发2030年5号", "mofcom", []),
        ("某局公告第5号", "mofcom", []),
    ],
)
def test_a_number_without_an_issuer_is_an_act_where_a_word_or_a_year_says_so(
    text, series, expected
):
    assert keys(text, series=series, year=2030) == expected


def test_an_act_is_told_with_its_clauses_and_whether_issuer_and_year_are_printed():
    assert told("商务部公告2030年第61号（关于镓的公告）中的第二条和第三条") == [
        ("mofcom-2030-61", ("二", "三"), True, True)
    ]
    assert told("第5号公告", series="mofcom", year=2030) == [("mofcom-2030-5", (), False, False)]
    assert told("商务部公告2029年第7号，公告第8号", year=2030) == [
        ("mofcom-2029-7", (), True, True),
        ("mofcom-2029-8", (), False, True),
    ]


@pytest.mark.parametrize(
    "told",
    [
        "根据外交部令第31号（2029年12月11日公布），中方对甲公司（Alpha Inc.）采取了反制措施。",
        "外交部2029年12月11日公布的外交部令第31号对甲公司（Alpha Inc.）采取了反制措施。",
        "外交部令2029年第31号对甲公司（Alpha Inc.）采取了反制措施。",
    ],
)
def test_an_order_without_a_year_is_that_whose_year_the_act_prints_elsewhere(told):
    (fact,) = extract.understand(
        read_text(
            f"外交部令第33号\n\n{told}\n\n自2030年2月5日起停止执行外交部令第31号。\n\n外交部\n\n2030年2月3日"
        ),
        authority="cn-mfa",
    )

    assert {target.key for measure in fact.measures for target in measure.amends} == {
        "mfa-order-2029-31"
    }


def test_a_number_with_two_years_in_one_text_is_of_neither():
    years = references.find_years(
        "商务部公告2029年第7号\n商务部公告2030年第7号\n商务部公告2030年第8号", series=""
    )

    assert [number for _, number in years] == [8]
