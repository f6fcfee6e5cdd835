import pytest
from registers_ofac import PAGES

from monitor.model import Announcement
from monitor.source.body import Body
from monitor.source.page import Page
from scrapers import us_ofac
from scrapers._platforms.ofac_actions import entity


class TestActions:
    @pytest.mark.parametrize(
        ("entry", "name"),
        [
            ("SZ DJI TECHNOLOGY CO., LTD., 14 F, West Block, Shenzhen, China [CMIC-EO13959].", "SZ DJI TECHNOLOGY CO., LTD."),
            ("RIXO INTERNATIONAL TRADING LTD., Lindenstrasse 2, Baar [SYRIA].", "RIXO INTERNATIONAL TRADING LTD."),
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

        assert (ship.kind, ship.aliases, ship.ids) == ("vessel", ("BALTIC EXPLORER",), {"IMO": "9572020"})

    def test_an_announcement_of_entries_that_are_not_there_is_understood_in_part(self) -> None:
        body = (PAGES / "action-20221212.html").read_text()
        body = body.replace("<p>BUKA, Flora (individual) [ZIMBABWE].</p>", "")
        (act,) = us_ofac.action(Page(url="https://ofac.treasury.gov/recent-actions/20221212_33", body=Body(body.encode())))

        assert isinstance(act, Announcement)
        assert (act.key, act.understood) == ("ofac-2022-12-12-33", "part")
        assert [part.quote for part in act.not_read] == ["The following deletions have been made to OFAC's SDN List:"]

    def test_guidance_that_changes_no_list_announces_nothing(self) -> None:
        body = "<main><article><h2>Publication of a Frequently Asked Question</h2><p>We explain a licence.</p></article></main>"

        assert list(us_ofac.action(Page(url="https://ofac.treasury.gov/recent-actions/20221213", body=Body(body.encode())))) == []
