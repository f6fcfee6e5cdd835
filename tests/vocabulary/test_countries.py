import pytest

from monitor.vocabulary import countries


@pytest.mark.parametrize(
    ("name", "language", "code"),
    [("Burma", "en", "MM"), ("Côte d'Ivoire", "en", "CI"), ("阿联酋", "zh", "AE"), ("日本", "zh", "JP"), ("イラン", "ja", "IR")],
)
def test_a_country_has_its_code_by_what_cldr_and_the_trade_call_it(name: str, language: str, code: str):
    assert countries.spelt(language)[name] == code


@pytest.mark.parametrize(
    ("country", "zone"),
    [
        ("cn", "Asia/Shanghai"),
        ("ch", "Europe/Zurich"),
        ("sg", "Asia/Singapore"),
        ("eu", "Europe/Brussels"),
        ("fm", ""),
        ("xx", ""),
    ],
)
def test_a_country_counts_its_days_where_its_capital_is_or_it_is_not_known_where(country: str, zone: str):
    assert countries.zone_of(country) == zone


@pytest.mark.parametrize("code", ["zz", "xa", "uk", "001"])
def test_what_is_no_country_has_no_name(code: str):
    assert countries.name(code) == ""
