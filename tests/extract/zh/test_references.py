import pytest

from monitor.extract.zh import references
from monitor.extract.zh.lines import line


def keys(text, **known):
    return [each.key for each in references.references(line(text).text, **known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("商务部公告2025年第61号", ["mofcom-2025-61"]),
        ("商务部公告2025第61号", ["mofcom-2025-61"]),
        ("商务部 海关总署公告2025年第55号", ["mofcom-2025-55"]),
        ("商务部、海关总署2024年第67号公告", ["mofcom-2024-67"]),
        ("商务部公告2025年第５５号、56号和58号", ["mofcom-2025-55", "mofcom-2025-56", "mofcom-2025-58"]),
        ("商务部公告2025年第55号至第58号", ["mofcom-2025-55", "mofcom-2025-56", "mofcom-2025-57", "mofcom-2025-58"]),
        ("不可靠实体清单工作机制〔2025〕5号和6号", ["uel-2025-5", "uel-2025-6"]),
        ("不可靠实体清单工作机制公告〔2025〕10号", ["uel-2025-10"]),
        ("中华人民共和国商务部令二〇二五年第6号", ["mofcom-order-2025-6"]),
        ("商务部、海关总署2005年第29号令", ["mofcom-order-2005-29"]),
        ("商务部发布2025年第18号公告；发布第21号公告", ["mofcom-2025-18", "mofcom-2025-21"]),
        ("海关总署公告2025年第54号", ["gacc-2025-54"]),
        ("税委会公告2025年第4号", ["tariff-commission-2025-4"]),
        ("2025年4月10日", []),
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
    assert references.references(line(text).text)[0].clauses == clauses


def test_the_annex_of_an_act_may_be_what_is_named_of_it():
    (reference,) = references.references("商务部公告2029年第4号所附《石墨物项清单》停止执行")

    assert (reference.key, reference.clauses) == ("mofcom-2029-4", ("《石墨物项清单》",))
