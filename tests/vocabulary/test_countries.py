import pytest

from monitor.extract.en import places
from monitor.source.formats import nationalities
from monitor.vocabulary import countries
from monitor.watch import words


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


def test_those_of_a_country_are_called_in_one_way_wherever_that_is_read():
    assert countries.demonyms()["New Zealander"] == nationalities.country("New Zealander") == "NZ"
    assert (places.nation("Norwegian firms"), nationalities.country("norwegian"), words.place("Norwegian")) == ("NO", "NO", "no")


def test_of_a_firm_less_is_enough_than_of_a_person():
    assert (places.nation("Korean"), words.place("Korean"), nationalities.country("Korean")) == ("KR", "kr", None)


def test_firms_call_countries_in_ways_of_their_own():
    assert {words.place(name) for name in ("Deutschland", "Nippon", "Italia")} == {"de", "jp", "it"}


@pytest.mark.parametrize("code", ["zz", "xa", "uk", "001"])
def test_what_is_no_country_has_no_name(code: str):
    assert countries.name(code) == ""
