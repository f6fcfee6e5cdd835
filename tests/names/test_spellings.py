"""The names that stand in one cell."""

from cases import read_cases
from each import for_each

from monitor.names.name import split_names


@for_each(
    ("text", "found"),
    read_cases(
        """
        Zeta (Vega) | ('Zeta', 'Vega')
        Zeta [Old Vega] | ('Zeta', 'Old Vega')
        Zeta (ZE) | ('Zeta', 'ZE')
        Zeta (Z) | ('Zeta Z',)
        Zeta (GmbH) | ('Zeta GmbH',)
        Zeta (China) (Vega) | ('Zeta China', 'Vega')
        Zeta (trading) | ('Zeta trading',)  # what it does is no other name
        Zeta (Trading Vega) | ('Zeta', 'Trading Vega')
        Zeta (Vega) Plant | ('Zeta Vega Plant',)  # the name goes on
        Zeta (Vega) Ltd | ('Zeta Ltd', 'Vega')
        Zeta (VGA) Plant | ('Zeta Plant', 'VGA')
        "(Vega)" | ('Vega',)
        "()" | ('()',)
        Zeta a.k.a. Vega | ('Zeta', 'Vega')
        Zeta formerly known as Vega | ('Zeta', 'Vega')
        Zeta AKAVega | ('Zeta AKAVega',)
        Zeta f.k.a. Vega, aka Nova | ('Zeta', 'Vega', 'Nova')
        Zeta aka Zeta | ('Zeta',)
        泽塔（Zeta Optics） | ('泽塔', 'Zeta Optics')
        泽塔（北京）有限公司 | ('泽塔北京有限公司',)
        泽塔（以下简称威格） | ('泽塔', '威格')
        泽塔（威格） | ('泽塔', '威格')
        泽塔（USA） | ('泽塔USA',)
        泽塔（威格北京） | ('泽塔威格北京',)  # a branch
        (株)泽塔 | ('(株)泽塔',)
        Huawei Technologies 華為 | ('Huawei Technologies', '華為')
        華為/Huawei Technologies | ('華為', 'Huawei Technologies')
        Huawei 华 | ('Huawei 华',)  # one character is no name
        泽塔 Zet | ('泽塔 Zet',)
        Zeta Group, Vega Plant Ltd | ('Zeta Group, Vega Plant Ltd', 'Vega Plant Ltd')
        Zeta Group, Trading House | ('Zeta Group, Trading House',)
        Zeta Group, Vega | ('Zeta Group, Vega',)
        Zeta Holding, Plant No 7 | ('Zeta Holding, Plant No 7', 'Plant No 7')
        Zeta Optics Ltd; Nova | ('Zeta Optics Ltd; Nova', 'Zeta Optics Ltd', 'Nova')
        Zeta Optics JSC Trading House | ('Zeta Optics JSC Trading House',)
        Trading House JSC Zeta Optics | ('Trading House JSC Zeta Optics',)
        Zeta / Vega | ('Zeta / Vega',)
        "" | ('',)
        """
    ),
)
def test_a_bracket_an_alias_a_script_and_a_form_in_the_middle_part_names(
    text: str, found: tuple[str, ...]
):
    assert split_names(text) == found


def test_no_name_is_longer_than_four_hundred_letters():
    assert split_names("X" * 500) == ("X" * 400,)
    assert split_names("泽" * 500) == ("泽" * 400,)
