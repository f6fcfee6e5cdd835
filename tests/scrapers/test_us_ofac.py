import json
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest
from registers_ofac import ADDRESS, CSV, OTHERS, SDN, changes, refused, swapped, zipped

from monitor.config import Config, SourceSettings
from monitor.diff.rows import Changes
from monitor.errors import LayoutChanged, SourceError
from monitor.model import Entity
from monitor.source.page import Body, Link, Page, Register
from monitor.source.registry import Registry
from monitor.source.scraper import count_content
from scrapers import us_ofac


def test_a_list_that_is_read_elsewhere_is_read_again_only_where_the_settings_say_so() -> None:
    told = {"us_ofac.sdn_csv": SourceSettings(enabled=True)}

    assert "us_ofac.sdn_csv" not in {source.id for source in Registry(Config()).sources}
    assert "us_ofac.sdn_csv" in {source.id for source in Registry(Config(sources=told)).sources}


class TestXml:
    def test_other_numbers_of_parts_are_no_change(self, tmp_path: Path) -> None:
        new = swapped(OTHERS, b"<uid>9150</uid>", b"<uid>77150</uid>")
        new = swapped(new, b"<uid>49782</uid>", b"<uid>77782</uid>")

        assert changes(us_ofac.consolidated, tmp_path, OTHERS, new).rows == ()

    def test_the_new_namespace_is_neither_a_change_nor_odd(self, tmp_path: Path) -> None:
        new = swapped(
            OTHERS,
            b"http://tempuri.org/sdnList.xsd",
            b"https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML",
        )

        assert changes(us_ofac.consolidated, tmp_path, OTHERS, new) == Changes()

    def test_an_alias_that_becomes_weak_is_an_amendment(self, tmp_path: Path) -> None:
        weaker = b"<aka><uid>9151</uid><type>a.k.a.</type><category>weak</category>"
        new = swapped(
            OTHERS, b"<aka><uid>9151</uid><type>a.k.a.</type><category>strong</category>", weaker
        )
        (row,) = changes(us_ofac.consolidated, tmp_path, OTHERS, new).rows

        assert (row.action, row.id, row.fields) == (
            "amend",
            "9639",
            {"weak_aliases": ("", "HANIYYA, Ismaeel")},
        )

    def test_a_day_of_one_of_several_programmes_says_whose_it_is(self, tmp_path: Path) -> None:
        last = b"<idNumber>16 Dec 2022</idNumber></id>"
        second = (
            b"<id><uid>1</uid><idType>Listing Date (EO 14024 Directive 2):</idType><idNumber>24 Feb"
            b" 2022</idNumber></id>"
        )
        new = swapped(OTHERS, last, last + second)
        (row,) = changes(us_ofac.consolidated, tmp_path, OTHERS, new).rows

        assert row.fields == {
            "listed_on": ("2021-12-16", ("2021-12-16 (CMIC)", "2022-02-24 (EO 14024 Directive 2)"))
        }

    def test_what_the_layout_has_grown_is_said_and_is_no_change(self, tmp_path: Path) -> None:
        grown = swapped(
            OTHERS,
            b"<category>strong</category>",
            b"<category>strong</category><script>Latin</script>",
        )
        grown = swapped(
            grown, b"<sdnType>Vessel</sdnType>", b"<sdnType>Vessel</sdnType><risk>high</risk>"
        )
        found = changes(us_ofac.consolidated, tmp_path, OTHERS, grown)

        assert found.rows == ()
        assert [
            any(path in remark for remark in found.remarks)
            for path in ("akaList/aka/script", "risk")
        ] == [True, True]

    def test_a_list_shorter_than_it_says_is_refused(self) -> None:
        short = OTHERS[: OTHERS.index(b"  <sdnEntry>\n    <uid>33111")] + b"</sdnList>\n"

        assert refused(us_ofac.consolidated, short) == "incomplete"


class TestZip:
    def test_a_zip_is_the_list_in_it(self, tmp_path: Path) -> None:
        assert changes(us_ofac.sdn, tmp_path, SDN, zipped(SDN=SDN)).rows == ()
        assert count_content(us_ofac.sdn, Page(url=ADDRESS, body=Body(zipped(SDN=SDN)))) == (0, 3)

    def test_a_cut_list_in_a_whole_zip_is_refused(self) -> None:
        assert refused(us_ofac.sdn, zipped(SDN=SDN[: len(SDN) // 2])) in ("broken-xml", "truncated")

    @pytest.mark.parametrize("keep", [0.3, 0.99])
    def test_a_cut_zip_is_refused(self, keep: float) -> None:
        whole = zipped(SDN=SDN)

        assert refused(us_ofac.sdn, whole[: int(len(whole) * keep)]) == "unreadable"

    def test_a_damaged_zip_is_refused(self) -> None:
        whole = bytearray(zipped(SDN=SDN))
        whole[len(whole) // 2] ^= 0xFF

        assert refused(us_ofac.sdn, bytes(whole)) == "unreadable"

    def test_a_zip_of_several_lists_is_refused(self) -> None:
        assert refused(us_ofac.sdn, zipped(SDN=SDN, OTHER=SDN)) == "not-the-page"


class TestCsv:
    def test_another_order_is_no_change(self, tmp_path: Path) -> None:
        rows = CSV.removesuffix(b"\x1a").splitlines(keepends=True)

        assert (
            changes(us_ofac.sdn_csv, tmp_path, CSV, b"".join(reversed(rows)) + b"\x1a").rows == ()
        )

    def test_remarks_in_another_order_are_no_change(self, tmp_path: Path) -> None:
        new = swapped(CSV, b"nationality Mexico; Gender Male", b"Gender Male; nationality Mexico")

        assert changes(us_ofac.sdn_csv, tmp_path, CSV, new).rows == ()

    def test_a_number_that_is_corrected_is_told_by_its_kind(self, tmp_path: Path) -> None:
        (row,) = changes(
            us_ofac.sdn_csv, tmp_path, CSV, swapped(CSV, b"IMO 9572020", b"IMO 9572021")
        ).rows

        assert (row.id, row.fields) == ("31930", {"ids.IMO": ("9572020", "9572021")})

    def test_the_same_name_under_another_uid_is_an_exchanged_id(self, tmp_path: Path) -> None:
        (row,) = changes(
            us_ofac.sdn_csv, tmp_path, CSV, swapped(CSV, b'36,"AERO', b'50036,"AERO')
        ).rows

        assert (row.action, row.id, row.fields) == ("amend", "50036", {"id": ("36", "50036")})

    def test_a_cell_may_hold_commas_quotes_line_breaks_and_bytes_of_windows(
        self, tmp_path: Path
    ) -> None:
        new = swapped(CSV, b'"AEROCARIBBEAN AIRLINES"', b'"AEROCARIBE ""LA PE\xd1A"",\r\nS.A."')
        (row,) = changes(us_ofac.sdn_csv, tmp_path, CSV, new).rows

        assert row.fields["name"] == ("AEROCARIBBEAN AIRLINES", 'AEROCARIBE "LA PEÑA", S.A.')

    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            (CSV.removesuffix(b"\x1a"), "truncated"),
            (CSV[: len(CSV) * 7 // 10], "truncated"),
            (swapped(CSV, b'"PEESA"', b'"PEESA","more"'), "layout"),
            (b"", "empty"),
            (b"\x1a", "empty"),
            (
                (
                    b"<html><head><title>503 Service Unavailable</title></head><body>Try"
                    b" again.</body></html>"
                ),
                "error-page",
            ),
        ],
        ids=[
            "without its end mark",
            "cut in a row",
            "a column more",
            "nothing",
            "only the mark",
            "an error page",
        ],
    )
    def test_what_is_not_the_whole_list_is_refused_by_its_name(
        self, body: bytes, kind: str
    ) -> None:
        assert refused(us_ofac.sdn_csv, body) == kind

    def test_companions_tell_addresses_names_and_what_was_too_long(self) -> None:
        page = Page(
            url=ADDRESS,
            body=Body(CSV),
            companions={
                "addresses": Page(
                    url=ADDRESS, body=Body(b'36,25,-0- ,"Havana","Cuba",-0- \r\n\x1a')
                ),
                "names": Page(
                    url=ADDRESS,
                    body=Body(
                        b'36,12,"aka","AERO-CARIBBEAN",-0- \r\n36,13,"fka","AERO CARIBE",-0-'
                        b" \r\n\x1a"
                    ),
                ),
                "comments": Page(
                    url=ADDRESS, body=Body(b'40298,"; Passport V123 (Iran)."\r\n\x1a')
                ),
            },
        )
        register = us_ofac.sdn_csv(page)
        assert isinstance(register, Register)
        read = {record.id: register.read(record.raw) for record in register.records}
        airline, commander = read["36"].subject, read["40298"].subject

        assert isinstance(airline, Entity)
        assert (airline.aliases, airline.addresses, airline.country) == (
            ("AERO-CARIBBEAN", "AERO CARIBE"),
            ("Havana, Cuba",),
            "CU",
        )
        assert read["36"].fields["former_names"] == "AERO CARIBE"
        assert isinstance(commander, Entity)
        assert commander.ids == {"Passport (Iran)": "V123"}

    def test_a_cut_companion_is_refused(self) -> None:
        cut = Page(url=ADDRESS, body=Body(b'36,25,-0- ,"Havana","Cuba",-0- \r\n'))

        with pytest.raises(SourceError) as refusal:
            count_content(
                us_ofac.sdn_csv, Page(url=ADDRESS, body=Body(CSV), companions={"addresses": cut})
            )
        assert refusal.value.kind == "truncated"


class TestPublications:
    @staticmethod
    def links(*publications: tuple[int, str]) -> list[Link]:
        rows = [{"publicationID": number, "datePublished": day} for number, day in publications]
        page = Page(
            url="https://sanctionslistservice.ofac.treas.gov/changes/history/2026",
            body=Body(json.dumps(rows).encode()),
        )
        found = us_ofac.changes.read(page)
        assert not isinstance(found, Register)
        return [link for link in found if isinstance(link, Link)]

    def test_the_newest_publication_is_owed_a_read_in_whatever_order_they_stand(self) -> None:
        older, newer = (803, "2026-01-16T10:01:44.740051"), (804, "2026-01-20T10:02:00")

        assert [link.url.rpartition("#")[2] for link in self.links(older, newer)] == ["804", "804"]
        assert self.links(older, newer) == self.links(newer, older)

    def test_the_firewall_is_told_a_name_that_it_lets_pass(self) -> None:
        first, *_ = self.links((803, "2026-01-16T10:01:44.740051"))
        name = first.asks.headers["User-Agent"]

        assert name.startswith("Mozilla/5.")
        # as the fetcher fills it in
        assert len(name.replace("{user_agent}", Config().fetch.name)) >= 40
        assert "{user_agent}" in name

    def test_a_publication_without_a_number_is_refused(self) -> None:
        page = Page(url=ADDRESS, body=Body(b'[{"datePublished": "2026-01-16T10:01:44"}]'))

        assert refused(us_ofac.changes, page.body.whole) == "layout"


@pytest.mark.parametrize(("month", "is_fault"), [(1, False), (6, True)])
def test_a_year_without_a_publication_is_an_answer_in_january_alone(
    month: int, is_fault: bool
) -> None:
    page = Page(
        "https://sanctionslistservice.ofac.treas.gov/changes/history/2027",
        Body(b"[]"),
        datetime(2027, month, 3, tzinfo=UTC),
    )

    with pytest.raises(LayoutChanged) if is_fault else nullcontext():
        assert list(us_ofac.changes.read(page)) == []
