"""Which materials a text names, in words, symbols and formulas, and what each is one of."""

import pytest
from cases import read_cases

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


@pytest.mark.parametrize(
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
