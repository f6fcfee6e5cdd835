import pytest
from registers_ofac import PAGES

from monitor.model import Announcement
from monitor.source.page import Body, Page
from scrapers import us_ofac
from scrapers._platforms.ofac_actions import entity


def action(*paragraphs: str) -> Announcement:
    """The act on a page of these paragraphs."""
    words = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    body = f"<title>Designations</title><main><article><h2>Designations</h2>{words}</article></main>".encode()
    (act,) = us_ofac.action(
        Page(url="https://ofac.treasury.gov/recent-actions/20301212", body=Body(body))
    )
    assert isinstance(act, Announcement)
    return act


ADDED = "The following individuals have been added to OFAC's SDN List:"
CHANGED = "The following changes have been made to OFAC's SDN List:"
DOE = "DOE, John; DOB 13 Feb 1966 (individual) [SYRIA]."


class TestActions:
    @pytest.mark.parametrize(
        ("entry", "name"),
        [
            (
                "SZ DJI TECHNOLOGY CO., LTD., 14 F, West Block, Shenzhen, China [CMIC-EO13959].",
                "SZ DJI TECHNOLOGY CO., LTD.",
            ),
            (
                "RIXO INTERNATIONAL TRADING LTD., Lindenstrasse 2, Baar [SYRIA].",
                "RIXO INTERNATIONAL TRADING LTD.",
            ),
            (
                "MNANGAGWA, JR., Emmerson Dambudzo; nationality Zimbabwe (individual) [ZIMBABWE].",
                "MNANGAGWA, JR., Emmerson Dambudzo",
            ),
            ("BUKA, Flora (individual) [ZIMBABWE].", "BUKA, Flora"),
            ("CRYMSA - ARGENTINA, S.A. [CUBA].", "CRYMSA - ARGENTINA, S.A."),
            ("CIMEX [CUBA].", "CIMEX"),
        ],
    )
    def test_a_name_is_the_one_in_the_list(self, entry: str, name: str) -> None:
        assert entity(entry).names == {"en": name}

    def test_a_ship_has_its_other_names_and_its_number(self) -> None:
        ship = entity(
            "BALTIYSKIY ISSLEDOVATEL (UBAQ4) (a.k.a. BALTIC EXPLORER) Supply Vessel Russia flag;"
            " Vessel Registration Identification IMO 9572020 (vessel) [PEESA]."
        )

        assert (ship.kind, ship.aliases, ship.ids) == (
            "vessel",
            ("BALTIC EXPLORER",),
            {"IMO": "9572020"},
        )

    def test_an_announcement_of_entries_that_are_not_there_is_understood_in_part(self) -> None:
        body = (PAGES / "action-20221212.html").read_text()
        body = body.replace("<p>BUKA, Flora (individual) [ZIMBABWE].</p>", "")
        (act,) = us_ofac.action(
            Page(
                url="https://ofac.treasury.gov/recent-actions/20221212_33", body=Body(body.encode())
            )
        )

        assert isinstance(act, Announcement)
        assert (act.key, act.understood) == ("ofac-2022-12-12-33", "part")
        assert [part.quote for part in act.not_read] == [
            "The following deletions have been made to OFAC's SDN List:"
        ]

    def test_guidance_that_changes_no_list_announces_nothing(self) -> None:
        body = (
            "<main><article><h2>Publication of a Frequently Asked Question</h2><p>We explain a"
            " licence.</p></article></main>"
        )

        assert (
            list(
                us_ofac.action(
                    Page(
                        url="https://ofac.treasury.gov/recent-actions/20221213",
                        body=Body(body.encode()),
                    )
                )
            )
            == []
        )

    @pytest.mark.parametrize(
        ("lead", "done"),
        [
            ("The following deletions have been made:", "remove"),
            ("The following removals were made today:", "remove"),
            ("The following changes have been made:", "amend"),
        ],
    )
    def test_a_sentence_that_names_no_list_still_says_what_is_done(
        self, lead: str, done: str
    ) -> None:
        changed = action(ADDED, DOE, lead, "ROE TRADING LLC [SYRIA]. -to- ROE TRADE LLC [SYRIA].")

        assert [measure.action for measure in changed.measures] == ["add", done]

    def test_what_is_done_to_entries_in_unknown_words_is_no_addition(self) -> None:
        roe = "ROE TRADING LLC, Baku, Azerbaijan [SYRIA]."
        act = action(ADDED, DOE, "OFAC has delisted the following:", roe)

        assert [named.names["en"] for measure in act.measures for named in measure.entities] == [
            "DOE, John"
        ]
        assert (act.understood, [part.quote for part in act.not_read]) == ("part", [roe])

    @pytest.mark.parametrize(
        "entry",
        [
            "ROE, Jane; DOB 14 Feb 1967 (individual).",
            "ROE, Jane (individual) (Linked To: DOE, John).",
            "ROE TRADING LLC, 5 Main Street, Baku, Azerbaijan.",
            "ROE WORKS (a.k.a. RW), Baku, Azerbaijan; Tax ID No. 77.",
            "ROEMEX.",
        ],
    )
    def test_an_entry_without_its_programme_is_told_as_not_read(self, entry: str) -> None:
        act = action(ADDED, DOE, entry)

        assert [named.names["en"] for measure in act.measures for named in measure.entities] == [
            "DOE, John"
        ]
        assert (act.understood, [part.quote for part in act.not_read]) == ("part", [entry])

    @pytest.mark.parametrize(
        "words",
        [
            "Sectoral Sanctions Identifications List Update",
            "Unrelated Administrative List Updates:",
            "View the press release for more on these designations; it names the vessels.",
            "U.S. persons must block the property of those named; see FAQ 401.",
        ],
    )
    def test_what_else_is_said_below_the_entries_is_none(self, words: str) -> None:
        act = action(ADDED, DOE, words)

        assert (act.understood, act.not_read) == ("full", ())

    @pytest.mark.parametrize(
        "words",
        [
            (
                "OFAC, in coordination with the United Kingdom, has issued Syria-related General"
                " License 9."
            ),
            "Dealings with the two shipyards may be wound up: this is authorized until 3 May 2031.",
            "The licence of 2029 for debt of the bank expires today.",
        ],
    )
    def test_a_licence_and_what_else_it_does_beside_the_lists_is_told_as_not_read(
        self, words: str
    ) -> None:
        act = action(ADDED, DOE, words)

        assert (act.understood, [part.quote for part in act.not_read]) == ("part", [words])

    def test_a_change_of_an_entry_whose_new_words_are_not_found_is_told_as_not_read(self) -> None:
        act = action(
            CHANGED,
            "DOE, J. (individual) [SYRIA].",
            "-to-",
            DOE,
            "ROE, J. (individual) [SYRIA].",
            "POE, P. (individual).",
        )

        assert [named.names["en"] for named in act.measures[0].entities] == ["DOE, John"]
        assert [part.quote for part in act.not_read] == [
            "ROE, J. (individual) [SYRIA].",
            "POE, P. (individual).",
        ]

    def test_a_changed_entry_without_its_programme_is_told_as_not_read(self) -> None:
        act = action(
            CHANGED,
            f"{DOE} -to- DOE, John (individual) [SYRIA].",
            f"{DOE} -to- ROE, Jane (individual).",
        )

        assert [part.quote for part in act.not_read] == ["ROE, Jane (individual)."]

    def test_another_name_in_another_form_is_told_as_not_read(self) -> None:
        act = action(
            ADDED, 'DOE, John (a.k.a. "JD"; alias DOE, Jack), Aleppo, Syria (individual) [SYRIA].'
        )

        assert act.measures[0].entities[0].aliases == ("JD",)
        assert (act.understood, [part.quote for part in act.not_read]) == (
            "part",
            ["alias DOE, Jack"],
        )
