"""Numbers decide: the same one is one firm, an LEI that differs is another."""

from each import for_each

from monitor.names.numbers import find_contradiction, normalize_number

ONE, OTHER = "5493001KJTIIGC8Y1R12", "213800MBWEIJDM5CU638"  # with their check digits


@for_each(
    ("said", "level"),
    [
        ("IMO 9187629", "9187629"), ("LEI: 5493001KJTIIGC8Y1R12", ONE),
        ("7402-006-277", "7402006277"), ("INN 7402006277", "7402006277"),
        ("000000", ""), ("123456", ""), ("12345", ""), ("n/a", ""), ("Passport A1234567", "A1234567"), ("MAROON", ""),
        ("VAT DE999999998", "DE999999998"), ("ID AB123456", "AB123456"), ("UNIFIED91320500MA1MGHJK1Y", "91320500MA1MGHJK1Y"),
        ("CHE-123.456.788 MWST", "CHE123456788"), ("CHE-123.456.788", "CHE123456788"),
        ("12345678", ""), ("0012345", "0012345"), ("111111", ""), ("111112", "111112"), ("ABCDE1", "ABCDE1"), ("ABCDEF", ""),
    ],
)  # fmt: skip
def test_a_number_is_itself_whatever_stands_before_it(said: str, level: str):
    assert normalize_number(said) == level


CHINESE = "91320500MA1MGHJK1Y"


@for_each(
    ("one", "other", "said"),
    [
        ([ONE], [OTHER], f"another LEI: {ONE}, {OTHER}"),
        ([ONE], [OTHER, ONE], ""),
        ([ONE], ["5493001KJTIIGC8Y1R13"], ""),  # whose check digits are wrong is none
        ([ONE], [ONE[:-1]], ""),
        (
            [CHINESE],
            ["91320500MA1MGHJK2W"],
            f"another unified social credit code: {CHINESE}, 91320500MA1MGHJK2W",
        ),
        (
            [CHINESE],
            ["A1320500MA1MGHJK2W"],
            f"another unified social credit code: {CHINESE}, A1320500MA1MGHJK2W",
        ),
        ([CHINESE], ["B1320500MA1MGHJK2W"], ""),  # no office gives it out
        ([CHINESE], ["913205"], ""),
        *(
            ([one], [other], f"another VAT number: {one}, {other}")
            for one, other in (
                ("FR40303265045", "FR83404833048"),
                ("FRK7399859412", "FR40303265045"),
                ("ESB58378431", "ESX1234567L"),
                ("ES12345678Z", "ESA58818501"),
                ("IE6388047V", "IE3628739UH"),
                ("RO13547272", "RO361757"),
                ("CHE123456788", "CHE110000210"),
                ("SK2020317068", "SK2020317069"),
                ("CY10259033P", "CY10259034P"),
            )
        ),
        (["NL004495445B01"], ["NL123456782B01"], "another VAT number: NL004495445, NL123456782"),
        (["NL004495445B01"], ["NL004495445B02"], ""),  # units of one firm
        (["FR40303265045"], ["DE811223344"], ""),  # one firm has one in each country
        (["FR40303265045"], ["FR0078301234"], ""),  # a security's number
        (["123456"], ["1654321"], ""),
        ([], [OTHER], ""),
        ([ONE], [], ""),
    ],
)
def test_only_a_number_that_one_firm_alone_can_have_tells_two_apart(
    one: list[str], other: list[str], said: str
):
    assert find_contradiction(one, other) == said
