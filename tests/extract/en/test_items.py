"""The items of English lists: the tree is that of the Chinese ones, the words are others."""

import pytest
from cases import read_cases

from monitor.extract.en import items

FOLLOWING = "It is decided to implement export controls on the following items:"


def facts(*lines):
    return [
        (item.names["en"], item.codes, item.hs) for item in items.read_items([FOLLOWING, *lines])
    ]


def test_items_under_a_code_bear_it_with_or_without_numbers():
    assert facts(
        "I. Alpha-related items",
        "(1) 3B901.a. Equipment for making alpha:",
        "1. Winding machines (Reference tariff number: 84798999);",
        "2. Hot-pressing machines;",
        "(2) 3E901.a. Technology for producing items controlled under 3A001.",
    ) == [
        ("Winding machines", ("3B901.a",), ("84798999",)),
        ("Hot-pressing machines", ("3B901.a",), ()),
        ("Technology for producing items controlled under 3A001", ("3E901.a",), ()),
    ]


def test_alternatives_with_numbers_are_items_and_conditions_beside_them_are_none():
    assert facts(
        "(2) 1C117.c. Solid alpha with all of the following characteristics:",
        "1. Any of the following solid alpha (excluding powder):",
        "a. Alpha alloys with an alpha content of 97% or more (Reference HS Code: 8101940001,"
        " 8101991001);",
        "b. Alpha doped with copper with a content of 80% or more (Reference HS Code: 8101999001);",
        "2. Capable of being machined into any of the following products:",
        "a. Cylinders with a diameter of 120 mm or more.",
    ) == [
        ("Alpha alloys", ("1C117.c",), ("8101940001", "8101991001")),
        ("Alpha doped", ("1C117.c",), ("8101999001",)),
    ]


def test_lines_without_numbers_below_an_item_that_has_some_are_its_conditions():
    assert facts(
        "1. Alpha radar (HS code 85261090), having all of the following features:",
        "(1) range over 5 km;",
        "2. Beta.",
    ) == [
        ("Alpha radar", (), ("85261090",)),
        ("Beta", (), ()),
    ]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (
            "1. Alpha materials and products thereof with high purity (purity > 99.9%)",
            "Alpha materials and products thereof",
        ),
        (
            "1. Chemical vapor deposition (CVD) furnaces (HS code: 84798999).",
            "Chemical vapor deposition (CVD) furnaces",
        ),
        ("1. Alpha oxide, purity of 99.99% or more", "Alpha oxide"),
        ("1. Alpha, beta and their compounds", "Alpha, beta and their compounds"),
        ("1. Beta carbide not controlled under 1C226", "Beta carbide"),
        ("1. 2,4-dimethyltoluene (CAS 121-14-2)", "2,4-dimethyltoluene"),
        (
            "1. Technologies for mining, smelting and recycling of alpha (including drawings)",
            "Technologies for mining, smelting and recycling of alpha",
        ),
    ],
)
def test_the_name_of_an_item_is_the_thing_itself(line, name):
    assert facts(line)[0][0] == name


def test_things_in_one_line_with_numbers_each_are_items_each():
    assert facts(
        "1. Alpha crucibles (HS 70200013) and coating machines (HS 84248999 or 8424.89.10);"
    ) == [
        ("Alpha crucibles", (), ("70200013",)),
        ("coating machines", (), ("84248999", "84248910")),
    ]


@pytest.mark.parametrize("code", ["(Control Code: 1E902.a)", "(1E902.a)"])
def test_a_control_code_may_stand_behind_the_item(code):
    assert facts(f"(1) Technologies for alpha mining {code};") == [
        ("Technologies for alpha mining", ("1E902.a",), ())
    ]


@pytest.mark.parametrize(
    "line",
    [
        'Note: "alpha" includes powder.',
        '2. "Alpha" refers to a metal.',
        "2. In addition to the above, exporters who know of military use shall apply.",
        "Export operators exporting the above items shall apply for a licence.",
        "2. [Reserved].",
    ],
)
def test_notes_definitions_and_procedure_are_no_items(line):
    assert facts("1. Alpha powder (HS 28053019);", line) == [("Alpha powder", (), ("28053019",))]


def test_a_list_ends_where_the_act_says_how_to_apply():
    assert facts(
        "1. Alpha powder;",
        "II. Exporters shall submit:",
        "1. the contract;",
        "2. a statement of the end user.",
    ) == [("Alpha powder", (), ())]


def test_without_an_introduction_codes_and_numbers_show_the_items():
    assert [
        item.names["en"]
        for item in items.read_items(
            ["1. Apply early.", "2. Beta (HS 28053019)", "1C117.d Alpha metal"]
        )
    ] == [
        "Beta",
        "Alpha metal",
    ]


def test_a_row_of_a_table_reads_like_a_line():
    (item,) = items.read_items(
        [
            items.join_row(
                [
                    "1",
                    "1C921.a",
                    "Alpha fibre, tensile strength over 3 GPa",
                    "5402499010, 5501900020",
                ]
            )
        ]
    )

    assert (item.names, item.codes, item.hs) == (
        {"en": "Alpha fibre"},
        ("1C921.a",),
        ("5402499010", "5501900020"),
    )


def test_a_list_that_lost_its_line_breaks_reads_like_one_that_has_them():
    line = (
        "It is decided to control exports of the following items: I. 1C909 Alpha-related items (1)"
        " 1C909.a. Alpha metal and products: 1. Alpha metal (HS 28053019). 2. Alpha alloys: a."
        " alpha-copper; b. beta-alpha. (2) 1C909.b. Alpha oxide. Exporters of the above items shall"
        " apply for a licence."
    )

    assert [(item.names["en"], item.codes, item.hs) for item in items.read_items([line])] == [
        ("Alpha metal", ("1C909.a",), ("28053019",)),
        ("Alpha alloys", ("1C909.a",), ()),
        ("Alpha oxide", ("1C909.b",), ()),
    ]


def test_notes_and_what_stands_below_them_are_no_items_until_the_list_goes_on():
    assert facts(
        "II. 1C921 Beta", "(1) Gamma", "Note: this", "a. in the note", "III. 1C922 Delta"
    ) == [
        ("Gamma", ("1C921",), ()),
        ("Delta", ("1C922",), ()),
    ]


def test_a_line_that_is_only_a_code_names_nothing_and_a_coded_heading_does():
    assert facts("1C921.a", "1C922.b Beta", "1C923. Gamma-related items") == [
        ("Beta", ("1C922.b",), ()),
        ("Gamma-related items", ("1C923",), ()),
    ]


def test_a_mark_behind_the_code_is_none_of_the_name():
    assert facts("(1) 1C921 a. Alpha wire (HS 85261090)") == [
        ("Alpha wire", ("1C921",), ("85261090",))
    ]


def test_what_joins_two_things_is_none_of_either():
    assert facts("1. Alpha (HS 85261090) or beta (85261091), and the gamma (8526.10.92)") == [
        ("Alpha", (), ("85261090",)),
        ("beta", (), ("85261091",)),
        ("gamma", (), ("85261092",)),
    ]


def test_kinds_below_a_line_are_items_and_technology_keeps_all_its_words():
    assert facts(
        "1. Technology for making rods, including drawings",
        "2. Rods, as follows:",
        "a. round rods;",
        "b. flat rods;",
    ) == [
        ("Technology for making rods, including drawings", (), ()),
        ("round rods", (), ()),
        ("flat rods", (), ()),
    ]


@pytest.mark.parametrize(
    ("words", "name"),
    read_cases(
        """
        Alpha (b) rods | Alpha (b) rods
        Alpha (b) | Alpha
        Alpha (b) with length | Alpha
        Alpha (b), with length | Alpha
        Alpha (such as b | Alpha
        Alpha: b | Alpha
        Alpha with length | Alpha
        """
    ),
)
def test_a_remark_behind_the_name_is_none_of_it(words, name):
    assert items.read_name(words) == name


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (["1", "1C921.a", "Alpha fibre", "5402499010"], "1C921.a Alpha fibre (5402499010)"),
        (["x", "85261090", "Al"], "Al (85261090)"),
        (["Alpha"], ""),
        (["1C921.a", "", "85261090"], ""),
    ],
)
def test_a_row_is_a_line_where_it_has_a_name_and_a_code_or_a_number(cells, line):
    assert items.join_row(cells) == line


def test_codes_without_marks_tell_what_stands_below_what():
    assert facts(
        "1C921 Alpha-related items", "1C921.a Alpha metal", "1C921.b Alpha oxide", "1C922 Beta"
    ) == [
        ("Alpha metal", ("1C921.a",), ()),
        ("Alpha oxide", ("1C921.b",), ()),
        ("Beta", ("1C922",), ()),
    ]
