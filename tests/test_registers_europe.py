"""The registers of the EU, the United Kingdom, Switzerland, Canada and Australia: what golden pages cannot say."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from lxml import etree
from papers import word, workbook

from monitor.cli.captures import between
from monitor.cli.read import rows
from monitor.config import Config
from monitor.errors import SourceError
from monitor.model import RowChange
from monitor.source.body import Body
from monitor.source.page import Page
from monitor.source.register import Register
from monitor.source.registry import Registry

PAGES = Path(__file__).parent / "pages"
REGISTRY = Registry(Config())
URL = "https://example.org/register"
Change = tuple[str, str, dict[str, tuple[object, object]]]

XML = {  # source → its golden page, the tag of its records
    "eu_fsf.consolidated": ("eu_fsf/consolidated-2022.xml", "sanctionEntity"),
    "gb_fcdo.sanctions": ("gb_fcdo/sanctions-2026.xml", "Designation"),
    "ch_seco.sanctions": ("ch_seco/sanctions-2026.xml", "target"),
    "ca_sema.consolidated": ("ca_sema/consolidated-2022.xml", "record"),
}
TABLES = {"gb_fcdo.sanctions_csv": "gb_fcdo/sanctions_csv-2026.csv", "au_dfat.consolidated": "au_dfat/consolidated-2026.xlsx"}
GOLDEN = {source: page for source, (page, _) in XML.items()} | TABLES

ERROR_PAGE = b"<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>"
OTHER_XML = b'<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>There is no such key.</Message></Error>'


def golden(source: str) -> bytes:
    return (PAGES / GOLDEN[source]).read_bytes()


def changes(source: str, old: bytes, new: bytes, tmp_path: Path) -> list[Change]:
    return [(one.action, one.id, dict(one.fields)) for one in told(source, old, new, tmp_path)]


def told(source: str, old: bytes, new: bytes, tmp_path: Path) -> tuple[RowChange, ...]:
    paths = tmp_path / "old", tmp_path / "new"
    for path, body in zip(paths, (old, new), strict=True):
        path.write_bytes(body)
    return between(REGISTRY.reader(source), *paths, url=URL).rows


def read(source: str, body: bytes) -> list[object]:
    found = REGISTRY.reader(source)(Page(url=URL, body=Body(body)))
    assert isinstance(found, Register)
    return list(rows(found))


def refusal(source: str, body: bytes) -> str:
    with pytest.raises(SourceError) as raised:
        read(source, body)
    return raised.value.kind


def backwards(body: bytes, tag: str) -> bytes:
    root = etree.fromstring(body)
    records = root.findall(f"{{*}}{tag}")
    places = [root.index(record) for record in records]
    for place, record in zip(places, [etree.fromstring(etree.tostring(record)) for record in reversed(records)], strict=True):
        root[place] = record
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def large(body: bytes) -> bytes:
    """As large as a register, of which a parser never sees the end at once."""
    return body.replace(b"?>", b"?>" + b"\n" * 5000, 1)


def cut_at_a_record(body: bytes, tag: str) -> bytes:
    return large(body[: body.rindex(b"<%s" % tag.encode())])


def renamed(body: bytes, tag: str) -> bytes:
    return re.sub(rb"(</?)%s\b" % tag.encode(), rb"\1%sX" % tag.encode(), body)


@pytest.mark.parametrize("source", XML)
def test_order_and_space_are_of_no_importance_in_xml(source: str, tmp_path: Path) -> None:
    body, tag = golden(source), XML[source][1]
    spaced = re.sub(rb">\s*<", b">\n      <", body)

    assert backwards(body, tag) != body
    assert changes(source, body, backwards(body, tag), tmp_path) == []
    assert changes(source, body, spaced, tmp_path) == []


@pytest.mark.parametrize("source", XML)
@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (cut_at_a_record, "truncated"),
        (lambda body, tag: large(body[: len(body) * 7 // 10]), "truncated"),
        (lambda body, tag: large(body.rstrip()[:-3]), "truncated"),
        (lambda body, tag: body.replace(b">\n", b"> R & D\n", 1), "broken-xml"),
        (renamed, None),
        (lambda body, tag: ERROR_PAGE, "error-page"),
        (lambda body, tag: OTHER_XML, "error-page"),
        (lambda body, tag: b"", "empty"),
        (lambda body, tag: re.sub(rb"\?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', body, count=1), "xml-entities"),
    ],
    ids=["cut at a record", "cut inside", "without its end", "broken", "renamed", "error", "another", "empty", "entities"],
)
def test_what_is_not_the_whole_register_is_refused(source: str, spoil: Callable[[bytes, str], bytes], kind: str | None) -> None:
    assert refusal(source, spoil(golden(source), XML[source][1])) in ({kind} if kind else {"layout", "not-the-page"})


@pytest.mark.parametrize("source", GOLDEN)
def test_no_source_reads_the_register_of_another(source: str) -> None:
    others = [page for page in GOLDEN.values() if page != GOLDEN[source]]

    assert {refusal(source, (PAGES / other).read_bytes()) for other in others} <= {
        "not-the-page",
        "layout",
        "unreadable",
    }


class NeverHeld(Body):
    @property
    def whole(self) -> bytes:
        raise AssertionError("a large register is read as a stream")


@pytest.mark.parametrize("source", XML)
def test_a_large_register_is_read_from_its_file_and_never_held(source: str) -> None:
    found = REGISTRY.reader(source)(Page(URL, NeverHeld(PAGES / GOLDEN[source])))
    assert isinstance(found, Register)

    assert len(list(found.records)) == len(read(source, golden(source))) - 1


@pytest.mark.parametrize(
    ("source", "printed", "new"),
    [
        ("eu_fsf.consolidated", b'strong="false"', b'strong="false" quality="low"'),
        ("gb_fcdo.sanctions", b"<Genders>", b"<Hobbies><Hobby>chess</Hobby></Hobbies><Genders>"),
        ("ch_seco.sanctions", b"<other-information ", b"<bic-number>KDBKKPPY</bic-number><other-information "),
        ("ca_sema.consolidated", b"<Aliases>", b"<Residence>Yangon</Residence><Aliases>"),
    ],
)
def test_a_tag_that_nobody_knows_is_told_to_who_keeps_the_reader_and_is_no_change(
    source: str, printed: bytes, new: bytes, tmp_path: Path
) -> None:
    (tmp_path / "old").write_bytes(golden(source))
    (tmp_path / "new").write_bytes(golden(source).replace(printed, new))
    found = between(REGISTRY.reader(source), tmp_path / "old", tmp_path / "new", url=URL)

    assert found.rows == ()
    assert len(found.remarks) == 1


# The EU


def test_eu_another_namespace_is_read_and_remarked(tmp_path: Path) -> None:
    body = golden("eu_fsf.consolidated")
    (tmp_path / "old").write_bytes(body)
    (tmp_path / "new").write_bytes(body.replace(b"/fpi/fsd/export", b"/fpi/fsd/export/2"))
    found = between(REGISTRY.reader("eu_fsf.consolidated"), tmp_path / "old", tmp_path / "new", url=URL)

    assert found.rows == ()
    assert found.remarks == ("the root has another namespace than we know: http://eu.europa.ec/fpi/fsd/export/2",)


def test_eu_numbers_of_parts_and_the_act_each_stands_in_are_of_no_importance(tmp_path: Path) -> None:
    body = golden("eu_fsf.consolidated")
    new = re.sub(rb'(<(?:nameAlias|address|citizenship|identification|birthdate)[^>]* logicalId=")', rb"\g<1>9", body)
    new = new.replace(b'<regulationSummary regulationType="regulation"', b'<regulationSummary regulationType="amendment"')

    assert new != body
    assert changes("eu_fsf.consolidated", body, new, tmp_path) == []


def test_eu_a_new_alias_in_front_is_no_new_name(tmp_path: Path) -> None:
    body = golden("eu_fsf.consolidated")
    alias = b'<nameAlias wholeName="Comhlacht Sabtina" nameLanguage="GA" strong="true" regulationLanguage="en" logicalId="1"/>'
    new = body.replace(
        b'<nameAlias firstName="" middleName="" lastName="" wholeName="Sabtina', alias + b'<nameAlias wholeName="Sabtina'
    )

    assert changes("eu_fsf.consolidated", body, new, tmp_path) == [
        ("amend", "6258", {"aliases": ("", ("Comhlacht Sabtina",))}),
    ]


# The United Kingdom


def test_gb_csv_tells_what_the_xml_tells(tmp_path: Path) -> None:
    by_xml, by_csv = (read(source, golden(source)) for source in ("gb_fcdo.sanctions", "gb_fcdo.sanctions_csv"))

    assert [levelled(row) for row in by_csv] == [levelled(row) for row in by_xml]


def levelled(row: object) -> object:
    """A row without the order of what it tells."""
    if not hasattr(row, "subject"):
        return row
    subject = {name: getattr(row.subject, name) for name in row.subject.__struct_fields__}
    return row.id, subject | {"aliases": sorted(row.subject.aliases)}, {name: sorted(value) for name, value in row.fields.items()}


def lines(body: bytes) -> list[bytes]:
    return body.split(b"\r\n")[:-1]


def test_gb_csv_rows_in_any_order_are_the_same_designations(tmp_path: Path) -> None:
    reported, header, *designated = lines(golden("gb_fcdo.sanctions_csv"))
    new = b"\r\n".join([reported, header, *reversed(designated), b""])

    assert changes("gb_fcdo.sanctions_csv", golden("gb_fcdo.sanctions_csv"), new, tmp_path) == []


def test_gb_csv_one_more_phone_number_is_one_change_whatever_rows_it_brings(tmp_path: Path) -> None:
    old = golden("gb_fcdo.sanctions_csv")
    table = list(csv.reader(io.StringIO(old.decode(), newline="")))
    phone, known_as = table[1].index("Phone number"), table[1].index("Unique ID")
    more = [[*row[:phone], "+93 1", *row[phone + 1 :]] for row in table[2:] if row[known_as] == "AFG0006"]
    out = io.StringIO()
    csv.writer(out).writerows([*table, *more])

    assert changes("gb_fcdo.sanctions_csv", old, out.getvalue().encode(), tmp_path) == [
        ("amend", "AFG0006", {"phones": ("", "+93 1")})
    ]


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (lambda body: body.rstrip()[:-60], "truncated"),
        (lambda body: body.replace(b"Unique ID", b"Reference"), "layout"),
        (lambda body: body.replace(b"AFG0001,12703", b",12703"), "layout"),
        (lambda body: body.replace(b"AFG0006,7172", b"AFG0006,7172,7173", 1), "layout"),
        (lambda body: b"\r\n".join(lines(body)[:2]), "layout"),
        (lambda body: ERROR_PAGE, "error-page"),
        (lambda body: OTHER_XML, "error-page"),
        (lambda body: b"", "empty"),
    ],
    ids=["cut inside", "heading renamed", "row without id", "row too long", "no rows", "error", "another", "empty"],
)
def test_gb_csv_that_is_not_whole_is_refused(spoil: Callable[[bytes], bytes], kind: str) -> None:
    assert refusal("gb_fcdo.sanctions_csv", spoil(golden("gb_fcdo.sanctions_csv"))) == kind


def test_gb_days_that_are_none_stay_as_they_are_printed(tmp_path: Path) -> None:
    body = golden("gb_fcdo.sanctions").replace(b"25/01/2001", b"31/02/2001").replace(b"dd/mm/1945", b"circa 1945")
    fields = next(row.fields for row in read("gb_fcdo.sanctions", body) if getattr(row, "id", "") == "AFG0006")

    assert fields["listed_on"] == "31/02/2001"
    assert fields["born"] == ("circa 1945", "1958-01-01")


# Switzerland


def test_ch_a_delisting_is_a_removal_although_the_target_stays(tmp_path: Path) -> None:
    body = golden("ch_seco.sanctions")
    gone = b'<modification modification-type="de-listed" publication-date="2026-09-01" effective-date="2026-09-02"/></target>'
    new = body.replace(b'effective-date="2021-08-11"/>\n  </target>', b'effective-date="2021-08-11"/>' + gone)

    assert changes("ch_seco.sanctions", body, new, tmp_path) == [("remove", "46130", {})]


def test_ch_who_is_listed_again_is_listed(tmp_path: Path) -> None:
    body = golden("ch_seco.sanctions")
    again = b'effective-date="2016-03-01"/><modification modification-type="listed" effective-date="2026-09-02"/>'
    found = changes("ch_seco.sanctions", body, body.replace(b'effective-date="2016-03-01"/>', again), tmp_path)

    assert [(action, known_as) for action, known_as, _ in found] == [("add", "5142")]


def test_ch_the_later_day_decides_whatever_stands_first(tmp_path: Path) -> None:
    body = golden("ch_seco.sanctions")
    amended = b'<modification modification-type="amended" effective-date="2016-02-01"/>'
    new = body.replace(b'<modification modification-type="de-listed"', amended + b'<modification modification-type="de-listed"')

    assert changes("ch_seco.sanctions", body, new, tmp_path) == []


def test_ch_a_place_or_a_programme_that_changes_is_told_of_all_who_refer_to_it(tmp_path: Path) -> None:
    body = golden("ch_seco.sanctions")
    moved = changes("ch_seco.sanctions", body, body.replace(b"<location>Minsk", b"<location>Brest"), tmp_path)
    retitled = changes("ch_seco.sanctions", body, body.replace(b">Vessel-related", b">article 7 -- Vessel-related"), tmp_path)

    assert {(known_as, *fields) for _, known_as, fields in moved} == {("5156", "birthplaces"), ("46130", "addresses")}
    assert retitled == [("amend", "34461", {"measures": ("Vessel-related measures", "article 7 -- Vessel-related measures")})]


def test_ch_numbers_of_parts_and_what_a_target_once_was_are_of_no_importance(tmp_path: Path) -> None:
    body = golden("ch_seco.sanctions")
    new = re.sub(rb'(<(?!target|place|sanctions)[\w-]+ ssid=")', rb"\g<1>7", body).replace(b"as he was", b"as nobody was")

    assert new != body
    assert changes("ch_seco.sanctions", body, new, tmp_path) == []


def test_ch_an_excerpt_is_not_the_list() -> None:
    assert refusal("ch_seco.sanctions", golden("ch_seco.sanctions").replace(b"whole-list", b"delta-list")) == "incomplete"


# Canada


def test_ca_a_new_label_of_country_schedule_or_item_is_an_amendment(tmp_path: Path) -> None:
    body = golden("ca_sema.consolidated")
    new = body.replace(b"<Schedule>1</Schedule><Item>9<", b"<Schedule>1, Part 1</Schedule><Item>9<")
    new = new.replace(b"Burma / Birmanie", b"Myanmar / Myanmar")

    assert changes("ca_sema.consolidated", body, new, tmp_path) == [
        ("amend", "BELARUS / BÉLARUS|LUKASHENKO, VIKTOR ALEKSANDROVICH", {"schedule": ("1", "1, Part 1")}),
        (
            "amend",
            "MYANMAR / MYANMAR|MICB",
            {"id": ("BURMA / BIRMANIE|MICB", "MYANMAR / MYANMAR|MICB"), "programme": ("Burma", "Myanmar")},
        ),
    ]


def test_ca_a_name_without_its_legal_form_is_the_same_bank(tmp_path: Path) -> None:
    body = golden("ca_sema.consolidated")
    [(action, known_as, fields)] = changes("ca_sema.consolidated", body.replace(b">Sberbank<", b">Sberbank OAO<"), body, tmp_path)

    assert (action, known_as, fields["name"]) == ("amend", "RUSSIA / RUSSIE|SBERBANK", ("Sberbank OAO", "Sberbank"))


def test_ca_who_stands_in_two_schedules_is_two_rows_and_leaves_one_of_them(tmp_path: Path) -> None:
    body = golden("ca_sema.consolidated")
    row = re.search(rb"<record><Country>Ukraine.*?</record>", body)
    assert row
    twice = body.replace(row[0], row[0] + row[0].replace(b"<Item>143<", b"<Item>7<"))
    [(action, known_as, fields)] = changes("ca_sema.consolidated", twice, body, tmp_path)

    assert (action, known_as.partition("#")[0], fields) == ("remove", "UKRAINE|NIKONOROVA, NATALYA YUREVNA", {})


def test_ca_tags_in_both_languages_are_the_tags_in_english(tmp_path: Path) -> None:
    old = golden("ca_sema.consolidated")
    new = old
    for english, both in {
        "Country": "Country-Pays",
        "LastName": "LastName-NomDeFamille",
        "Entity": "EntityOrShip-EntiteOuNavire",
    }.items():
        new = re.sub(rf"(</?){english}>".encode(), rf"\1{both}>".encode(), new)

    assert new != old
    assert changes("ca_sema.consolidated", old, new, tmp_path) == []


# Australia

HEADER = ("Reference", "Name of Individual or Entity", "Type", "Name Type", "Date of Birth", "Control Date", "Committees")


def sheet(*names: tuple[str, str, str], header: Sequence[str] = HEADER) -> bytes:
    """A workbook of these references, names and kinds of name."""
    return workbook(header, *((ref, name, "Individual", kind, "1970", "2026-02-02", "1267") for ref, name, kind in names))


AKHUND = ("2", "Mohammad Hassan Akhund", "Primary Name")
ALIAS = ("2a", "Mohammed Hasan Akhund", "Alias")
OTHER = ("3", "Abdul Kabir", "Primary Name")


def test_au_names_of_a_reference_are_one_record_even_past_others(tmp_path: Path) -> None:
    together, apart, before = sheet(AKHUND, ALIAS, OTHER), sheet(AKHUND, OTHER, ALIAS), sheet(ALIAS, OTHER, AKHUND)

    assert len(read("au_dfat.consolidated", together)) == 1 + 2
    assert changes("au_dfat.consolidated", together, apart, tmp_path) == []
    assert changes("au_dfat.consolidated", together, before, tmp_path) == []


def test_au_a_reference_in_use_twice_is_two_records(tmp_path: Path) -> None:
    twice = sheet(AKHUND, ALIAS, OTHER, ("2", "Gulbuddin Hekmatyar", "Primary Name"), ("2a", "Gulabudin", "Alias"))
    [(action, known_as, _)] = changes("au_dfat.consolidated", sheet(AKHUND, ALIAS, OTHER), twice, tmp_path)

    assert (action, known_as) == ("add", "2|GULBUDDIN HEKMATYAR")


def test_au_a_reference_given_to_somebody_else_is_a_removal_and_an_addition(tmp_path: Path) -> None:
    found = changes(
        "au_dfat.consolidated", sheet(AKHUND, OTHER), sheet(("2", "Gulbuddin Hekmatyar", "Primary Name"), OTHER), tmp_path
    )

    assert [(action, known_as) for action, known_as, _ in found] == [
        ("add", "2|GULBUDDIN HEKMATYAR"),
        ("remove", "2|MOHAMMAD HASSAN AKHUND"),
    ]


@pytest.mark.parametrize(
    "new",
    [
        [("2", "Hassan Akhund", "Primary Name"), ALIAS],
        [("2", "Mullah Hasan", "Primary Name"), ("2a", "Mohammad Hassan Akhund", "Alias")],
    ],
    ids=["most of the name", "the old name is an alias"],
)
def test_au_a_new_name_of_the_same_person_is_an_amendment(new: list[tuple[str, str, str]], tmp_path: Path) -> None:
    [(action, _, fields)] = changes("au_dfat.consolidated", sheet(AKHUND, ALIAS, OTHER), sheet(*new, OTHER), tmp_path)

    assert action == "amend"
    assert fields["name"] == ("Mohammad Hassan Akhund", new[0][1])


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        (golden("au_dfat.consolidated")[: len(golden("au_dfat.consolidated")) * 7 // 10], {"unreadable"}),
        (sheet(AKHUND, header=("Number", *HEADER[1:])), {"layout"}),
        (sheet(AKHUND, ("", "nobody's name", "Alias")), {"layout"}),
        (sheet(), {"layout"}),
        (word("A letter."), {"layout"}),
        (ERROR_PAGE, {"error-page"}),
        (OTHER_XML, {"error-page"}),
        (b"", {"empty"}),
    ],
    ids=["cut", "heading renamed", "row without reference", "no rows", "another file", "error", "another document", "empty"],
)
def test_au_what_is_not_the_whole_list_is_refused(body: bytes, kinds: set[str]) -> None:
    assert refusal("au_dfat.consolidated", body) in kinds
