"""What of an act an English page has: who says it, on whose page, and by which day."""

import pytest

from monitor.document import read_text
from monitor.extract.en import net


@pytest.mark.parametrize(
    ("title", "first", "authority", "issuer"),
    [
        ("Alpha announces additions to the list", "Singapore Customs. Two are added.", None, ""),
        (
            "METI adds two entities to the End User List",
            "Ministry of Economy, Trade and Industry. Two are added.",
            None,
            "jp-meti",
        ),
        ("METI adds two entities to the End User List", "Two are added.", "jp-meti", "jp-meti"),
        ("METI adds two entities to the End User List", "Two are added.", None, ""),
        ("METI adds two entities to the End User List", "Two are added.", "us-bis", ""),
        ("METI Adds Two Entities", "Two are added.", "jp-meti", "jp-meti"),
        ("METI on the weather", "Two are added.", "jp-meti", ""),
        ("Two firms leave METI behind", "Two are added.", "jp-meti", ""),
        (
            "METI adds two entities",
            "Ministry of Economy, Trade and Industry said on Monday that two are added.",
            None,
            "",
        ),
    ],
)
def test_a_headline_is_its_issuers_where_it_stands_on_its_page_and_says_what_it_does(
    title, first, authority, issuer
):
    assert net.find_headline_issuer(read_text(f"{title}\n{first}"), authority) == issuer


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (("Recent Actions 05/06/2030.",), "2030-05-06"),
        (("Text.", "Done at Brussels, 3 April 2030."), "2030-04-03"),
        (("Text.", "Dated: May 2, 2031"), "2031-05-02"),
        (("Text.", "Friday, 3 May 2030"), "2030-05-03"),
        (("Office of Foreign Assets Control (OFAC). 11/03/2031.",), "2031-11-03"),
        (("Office of Foreign Assets Control. 13/03/2031.",), None),
        (("Office of Foreign Assets Control. 12/03/2031.",), "2031-12-03"),
        (
            ("Ministry of Economy, Trade and Industry, 29 January 2031. Thirty are added.",),
            "2031-01-29",
        ),
        (("Ministry of Economy, Trade and Industry. 11/03/2031.",), None),
        (("The measures of 3 May 2030 are long known.",), None),
    ],
)
def test_the_day_of_an_act_is_the_one_it_is_dated_with_or_that_stands_behind_its_issuer(lines, day):
    assert net.day(read_text("\n".join(["A title", *lines]))) == day
