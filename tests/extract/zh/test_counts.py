import pytest

from monitor.extract.zh import places
from monitor.extract.zh.lines import make_line


def test_counts_and_the_country_they_name():
    told, country = places.stated([make_line("甲公司等28家美国实体").text])

    assert (told.entities, told.by_destination, country) == (28, {"US": 28}, "US")


def test_companies_and_persons_are_counted_together():
    assert places.stated(["甲等6家列明的企业", "乙等5名列明的企业高级管理人员"])[0].entities == 6
    assert places.stated(["甲等6家列明的企业和乙等5名列明的企业高级管理人员"])[0].entities == 11


@pytest.mark.parametrize(
    ("texts", "count", "shares", "country"),
    [
        (["没有", "3家美国企业"], 3, {"US": 3}, "US"),
        (["2家企业", "3家美国企业"], 2, {}, None),
        (["共5家实体，其中日本2家、美国3家"], 5, {"JP": 2, "US": 3}, None),
        (["共5家实体，其中日本2家"], 5, {}, None),
        (["3家日本企业、2家美国企业"], 5, {"JP": 3, "US": 2}, None),
        (["3家日本企业和2名个人"], 5, {"JP": 3}, "JP"),
        (["2家企业，上述2家企业"], 2, {}, None),
    ],
)
def test_shares_of_a_count_and_the_one_country_that_it_names(texts, count, shares, country):
    told, nation = places.stated(make_line(text).text for text in texts)

    assert (told.entities, told.by_destination, nation) == (count, shares, country)


@pytest.mark.parametrize("text", ["日本2家、美国1家", "零家企业", "有关企业"])
def test_what_counts_nobody_states_nothing(text):
    assert places.stated([text]) == (None, None)
