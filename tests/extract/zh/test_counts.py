from monitor.extract.zh import counts
from monitor.extract.zh.lines import line


def test_counts_and_the_country_they_name():
    told, country = counts.stated([line("甲公司等28家美国实体").text])

    assert (told.entities, told.by_destination, country) == (28, {"US": 28}, "US")


def test_companies_and_persons_are_counted_together():
    assert counts.stated(["甲等6家列明的企业", "乙等5名列明的企业高级管理人员"])[0].entities == 6
    assert counts.stated(["甲等6家列明的企业和乙等5名列明的企业高级管理人员"])[0].entities == 11
