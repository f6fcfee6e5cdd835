"""Which names of many may be the one that is asked for: by words, sound, initials and slips,
whatever else is in the list.
"""

import pytest
from cases import read_cases
from each import for_each
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Entity
from monitor.names.candidates import Index, Spelling
from monitor.watch.entries import Party
from monitor.watch.match import AllListed, Listings, WatchList, screen_entry, screen_subject


def found(kept: str, asked: str, *, person: bool = False) -> bool:
    """Whether a name is among the candidates, beside others that share nothing with it."""
    index = Index(
        [Spelling(0, "Quixotic Zymurgy"), Spelling(1, kept, person=person), Spelling(2, "乙丙丁")]
    )
    candidates = index.candidates(asked, person=person)
    assert 0 not in candidates
    assert 2 not in candidates
    return candidates == [1]


@for_each(
    ("kept", "asked", "is_one"),
    read_cases("""
        Vega Optics | Vega Lasers | True
        Vega Optics | Zenit Optics | False  # two firms of one trade
        Vega Group | Zenit Group | False  # what every second firm is
        Vega Zenit | Vega Kolomna | False  # two firms with a word in common
        Vega Zenit | Vega | True
        Vega Zenit Orbita | Vega | False
        Vega | Vega Zenit | True  # its group or brand
        Vega | Vega Zenit Orbita | False
        Zenit Vega | Vega Zenit Optics | True
        Sun Rise | Sunrise | True
        Sunrise Vega | Sun Rise Lasers | True  # written apart
        Sun Rise Lasers | Sunrise Vega | True
        Siemens AG | SiemensAG | True
        SiemensAG | Siemens AG | True
        Peng Fei | 鹏飞 | True
        Peng Vega | 鹏威 | False
        海康威视 | 康威 | True
        海康威 | 海信达 | False  # one character says nothing
        鹏飞 | Pengfei Trading | True
        王小明 | Xiaoming Wang | True  # the family name last
        Xiaoming Wang | 王小明 | True
        Xiaoming Ouyang | 欧阳小明 | True
        海康威视贸易达 | Da Haikangweishi | True
        China Electronics Technology Group Corporation | CETC | True
        CETC | China Electronics Technology Group Corporation | True
        China Electronics Technology Group Corporation | CETC Vega | False  # initials stand alone
        China Electronics Technology Group Corporation | CE TC | False
        Bank of China | China Bank Group | True  # without a word of its own
        Bank of China | Bank of Tianjin | False
        Bank | Tianjin Bank | True
        Tianjin Bank | Bank | True
        Vega Bank of China | Bank of China | False  # it has one
        中国银行 | 中国银行集团 | True
        中国电子科技集团 | 中国电孑科技集团 | True  # a slip
        中国电孑科技集团 | 中国电子科技集团 | True
        Tianjin Electric Power | Tianjin Electirc Power | True
        Tianjin Electirc Power | Tianjin Electric Power | True
        Vega Electric | Vega Electirc | True
        Dedrone | Dedrone by Axon | True
        Dedrone by Axon | Dedrone | True
        Philip | Filip | True  # one sound
        Dubna Optics | Dubnensky Optics | True
        Bridgestone | ブリヂストン | True
        ブリヂストン | Bridgestone | True
        Trusco | トラスコ | True
        トラスコ | Trusco | True
        """),
)
def test_a_name_is_a_candidate_by_what_it_shares(kept: str, asked: str, is_one: bool):
    assert found(kept, asked) is is_one


@pytest.mark.parametrize(
    ("kept", "asked", "is_one"),
    read_cases("""
        Vegar | Vexar | True  # beginning and end are the same
        Vegard | Vexard | True
        Vegard | Degard | False  # names of six letters do not begin otherwise by a slip
        Vegard | Vegarx | True
        Macron | Marcon | True  # two letters in the middle are swapped
        Vega | Vego | False  # too short
        Hydrobet | Hydrobek | True
        Hydrobet | Hydrodek | False  # two slips
        Hydrometa | Hydronepa | True  # in nine letters
        Hydrometal | Hodrometel | True  # neither is as it was at its beginning, but the consonants are
        Trading | Trabing | True  # a word that many have, where it is all the name says
        Zenit Trading | Trabing | False
        Vega 12345 | Zenit 12346 | False
        """),
)
def test_a_word_of_the_firms_own_is_found_misspelt_where_it_is_long(
    kept: str, asked: str, is_one: bool
):
    assert found(kept, asked) is is_one


@pytest.mark.parametrize("kept", ["Mohammed", "محمد"])
def test_a_person_is_found_by_consonants_and_a_firm_of_a_script_that_has_no_others(kept: str):
    asked = "Muhamad"
    assert found(kept, asked, person=True)
    assert found(kept, asked) is not kept.isascii()
    assert Index([Spelling(0, kept)]).candidates(asked, person=True) == []
    assert Index([Spelling(0, kept, person=True)]).candidates(asked) == []


@pytest.mark.parametrize(
    ("kept", "asked", "is_one"),
    read_cases("""
        Ivan Ivanovich Petrov | Ivan Petrov | True  # a part of the name that not all write
        Ivan Petrov | Ivan Ivanovich Petrov | True
        Ivan Petrov | Ivan Sidorov | False
        Petrov | Ivan Petrov | False
        J Smith | John Smith | True
        John Smith | J Smith | True
        Sheikh Omar | Omar | True
        Omar Karimi | Omar | False
        Abdul Hanif | Hanif | True
        Gholam Reza Tavakoli | Gholamreza Tavakoli | True
        Igor Buzovski | Ihar Buzouski | True
        Li Nan | Li Na | True
        عزیز الرحمان الاحد | Azizirahman Ahad | True  # without vowels two parts may be one
        """),
)
def test_a_person_is_a_candidate_whose_parts_one_of_the_two_has_all(
    kept: str, asked: str, is_one: bool
):
    assert found(kept, asked, person=True) is is_one


@pytest.mark.parametrize(
    ("kept", "asked"), [("Faud Tawil", "Fu'ad Tawil"), ("Bill Gates", "Bill Cates")]
)
def test_a_name_that_looks_like_a_persons_is_found_as_one_where_only_one_side_says_that_it_is(
    kept: str, asked: str
):
    assert Index([Spelling(0, kept)]).candidates(asked, person=True) == [0]
    assert Index([Spelling(0, kept, person=True)]).candidates(asked) == [0]


def test_candidates_are_in_their_order_however_many_names_share_their_words():
    crowd = [Spelling(number, f"Vega {number}x Zenit Trading") for number in range(5_000)]

    assert Index([*crowd, Spelling(5_000, "Vega Optics")]).candidates("Vega") == [5_000]
    assert Index([Spelling(number, "Vega Trading") for number in range(5_000)]).candidates(
        "Vega"
    ) == list(range(5_000))


ALIKE = [
    ("烟台正海磁性材料股份有限公司", "Yantai Zhenghai Magnetic Material Co., Ltd."),
    ("株式会社ブリヂストン", "Bridgestone Corporation"),
    (
        "Кумертауская авиационная производственная компания",
        "JSC Kumertau Aviation Production Company",
    ),
    ("China Electronics Technology Group Corporation", "CETC"),
    ("Bank of China Limited", "China Bank Group"),
    ("Shanghai Vega Optics Co., Ltd.", "Vega Optics"),
    ("Shanghai Vaccumschmelze Trading", "Shanghai Vacuumschmelze Trading Ltd"),
    ("上海华东方科技有限公司", "上海华东方电子科技有限公司"),
    ("삼성전자", "Samseongjeonja"),
    ("Sun Rise Laser Ltd", "Sunrise Laser"),
]
PERSONS = [
    ("Mohammed Ali Hassan", "Muhammad Aly Hasan"),
    ("محمد علی", "Mohammad Ali"),
    ("Ivan Ivanovich Petrov", "Ivan Petrov"),
    ("Xiaoming Wang", "王小明"),
    ("J. Smith", "John Smith"),
]
SHARED = """
Yantai Zhenghai Magnetic Material Co., Ltd. Vega Optics Shanghai Bank China Bridgestone Sunrise Laser Group
Vacuumschmelze Kumertau Aviation Electronics Technology Corporation Mohammed Ali Hassan Ivan Petrov John Smith
烟台 正海 磁性材料 有限公司 上海 华东方 科技 电子 王小明 ブリヂストン 삼성전자 محمد Иван Cetc Xiaoming Wang
""".split()  # noqa: SIM905 -- in rows
FILLERS = st.lists(
    st.lists(st.sampled_from(SHARED), min_size=1, max_size=5).map(" ".join), min_size=1, max_size=6
)


def crowd(templates: list[str], size: int) -> list[str]:
    """So many names that share their words with each other, and with whom is looked for."""
    return [
        f"{templates[number % len(templates)]} {chr(97 + number % 26)}{number}x"
        for number in range(size)
    ] + templates


SIZES = (45, 250, 2_100)


@pytest.mark.parametrize(
    "times", [pytest.param(15, marks=pytest.mark.long), pytest.param(60, marks=pytest.mark.sweep)]
)
def test_what_is_found_alone_is_found_among_any_others(times):
    pairs = [*((*pair, False) for pair in ALIKE), *((*pair, True) for pair in PERSONS)]
    either = st.booleans()
    law = given(st.sampled_from(pairs), FILLERS, st.sampled_from(SIZES), either, either)
    examples(times)(law(hold_among_others))()


def hold_among_others(pair, templates, size, turned, known):
    """A name is found among so many others as it is found alone."""
    one, other, person = pair
    kept, asked = (other, one) if turned else (one, other)
    listed = Entity(names={"en": asked}, kind="person" if person else "org")
    ours = Party(name=kept, person=person and known)
    others = [
        Party(name=name, person=person and known) for name in crowd(templates, size) if name != kept
    ]
    half = len(others) // 2

    alone = screen_subject(listed, WatchList([ours]))
    among = screen_subject(listed, WatchList([*others[:half], ours, *others[half:]]))

    assert alone
    assert [match for match in among if match.entry == ours] == list(alone)

    watch, entry = WatchList([]), Party(name=asked, person=person)
    subject = Entity(names={"en": kept}, kind="person" if person and known else "org")
    more = [Entity(names={"en": party.name}, kind=subject.kind) for party in others]
    assert looked_up(
        entry, AllListed([*more[:half], subject, *more[half:]]), watch, subject
    ) == looked_up(entry, AllListed([subject]), watch, subject)


def looked_up(
    entry: Party, listings: Listings, watch: WatchList, subject: Entity
) -> list[tuple[float, str]]:
    return [
        (match.score, match.reason)
        for _, match in screen_entry(entry, listings, watch)
        if match.subject == subject
    ]


def test_a_name_in_letters_is_found_in_chinese_among_two_thousand_others():
    ours = Party(name="烟台正海磁性材料股份有限公司")
    others = [Party(name=f"烟台磁性材料{number}公司") for number in range(1_900)]
    others += [
        Party(name=f"Yantai Zhenghai Magnetic Material {number}x Co., Ltd.")
        for number in range(100)
    ]
    listed = Entity(names={"en": "Yantai Zhenghai Magnetic Material Co., Ltd."}, kind="org")

    assert [
        (match.entry, match.score) for match in screen_subject(listed, WatchList([*others, ours]))
    ] == [(ours, 0.891)]
