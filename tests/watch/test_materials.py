"""Which materials a text names, in words, symbols and formulas, and what each is one of."""

import pytest
from cases import read_cases
from each import for_each

from monitor.watch import materials


def named(text: str) -> list[str]:
    return sorted(material.name for material in materials.find_materials(text))


@pytest.mark.parametrize(
    ("text", "found"),
    read_cases(
        """
        gallium arsenide | ['gallium arsenide']  # the most exact one
        galliums | ['gallium']
        gallium-doped | ['gallium']
        ungallium | []
        Gallium-free glass | []
        free of gallium | []
        不含镓 | []
        無鎵 | []
        砷化鎵 | ['gallium arsenide']
        titanium dioxide | []
        银行 | []
        AMT | ['ammonium metatungstate']
        LSO | ['lutetium']
        """
    ),
)
def test_a_material_is_named_in_words_unless_it_is_said_not_to_be_there(
    text: str, found: list[str]
):
    assert named(text) == found


@for_each(
    ("text", "found"),
    read_cases(
        """
        GaAs | ['gallium arsenide']
        In | []  # a word
        Dy2O3 | ['dysprosium']
        In2O3-x | ['indium']
        B4C | ['boron carbide']
        C60 | []
        BN | []
        Y2O3 | []  # single letters are too often something else
        Nd2Fe14B | ['neodymium']
        SmCo5 | ['cobalt', 'samarium']
        Sm:YAG rod | ['samarium', 'yttrium']
        Ho:YAG | ['holmium', 'yttrium']
        Al-Sc target | ['scandium']
        Al-In | ['indium']
        Dy oxide | ['dysprosium']
        Ga metal 4N | ['gallium']
        Sm-oxide | ['samarium']
        In metal housings | []  # a word
        No oxide formation | []
        Al powder | []
        XSm:YAG | ['yttrium']
        """
    ),
)
def test_a_formula_and_an_alloy_are_read_by_their_symbols(text: str, found: list[str]):
    assert named(text) == found


def test_an_oxide_is_of_its_metal_and_another_compound_of_it_is_not():
    zirconia, nitride = (
        materials.load_materials()[name] for name in ("zirconium oxide", "boron nitride")
    )

    assert (materials.list_contents(zirconia), materials.list_contents(nitride)) == (
        ("zirconium",),
        (),
    )


@pytest.mark.parametrize(
    ("text", "english"),
    read_cases(
        """
        Oxyde d'holmium 99,9 % | oxide d'holmium 99,9 %
        Ossido di olmio | oxide di holmium
        óxido de disprosio | oxide de dysprosium
        Holmiumoxid | Holmium oxide
        Wolframdraht | tungsten wire
        Lithiumbatterie | lithium-ion battery
        Sägedraht | saw wire
        Fil de scie diamanté | saw wire diamond
        Pour aimant | for magnet
        Terre de jardin rare | Terre de jardin rare  # no rare earth
        Electromagnet | Electromagnet
        氧化钬 | 氧化钬
        """
    ),
)
def test_goods_in_other_languages_are_put_in_english(text: str, english: str):
    assert materials.put_in_english(text) == english


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("lithium batteries", {"lithium-ion battery"}),
        ("lithium-ion batteries", {"lithium-ion battery"}),
        ("Batteries au lithium", {"lithium-ion battery"}),
        ("Primary lithium batteries", {"primary lithium battery"}),
        ("drill bits", {"drill bit"}),
        ("isostatic presses", {"isostatic press"}),
    ],
)
def test_a_thing_is_known_in_the_plural(text: str, things: set[str]):
    assert materials.find_goods(text) == things
