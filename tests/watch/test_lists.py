import pytest
from cases import read_cases

from monitor.errors import ConfigError
from monitor.watch.entries import Party, Product
from monitor.watch.lists import make_entry, read_entries
from monitor.watch.values import Relation


def test_a_row_that_cannot_be_used_is_told_with_its_number_and_the_rest_is_taken():
    body = b"name,country\nAcme,Utopia\n,US\nFoo, Ltd.,US\n\nAcme,US\nBar,DE\n"

    read = read_entries("s.csv", body, Relation.SUPPLIER)

    assert [entry.name for entry in read.entries] == ["Acme", "Bar"]
    assert [line.partition(":")[0] for line in read.unusable] == [
        "s.csv row 2",
        "s.csv row 3",
        "s.csv row 4",
        "s.csv row 6",
    ]


def test_products_keep_the_good_numbers_and_tell_of_the_bad():
    read = read_entries(
        "p.csv",
        "品名,海关编码,ECCN,材料\n磁体,8505.11.10;12,1C909.a.1;hello,Dy/Tb\n".encode(),
        Relation.PRODUCT,
    )

    (product,) = read.entries
    assert (product.hs, product.eccn, product.materials) == (
        ("85051110",),
        ("1C909.a.1",),
        ("Dy", "Tb"),
    )
    assert len(read.unusable) == 2


def test_a_line_of_a_bill_of_materials_is_a_part_of_its_product():
    read = read_entries(
        "bom.csv",
        b"Assembly,Component,HS code\nMotor,Magnet,850511\nMotor,Shaft,848310\n",
        Relation.PRODUCT,
    )

    assert [
        (entry.relation, entry.part_of, entry.name)
        for entry in read.entries
        if isinstance(entry, Product)
    ] == [
        ("part", "Motor", "Magnet"),
        ("part", "Motor", "Shaft"),
    ]
    assert len({entry.key for entry in read.entries}) == 2


def lines(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def test_every_row_is_wanted_or_one_entry_of_those_that_are_called_alike():
    body = lines("no,name,country", "7,Acme,DE", ",Acme,DE", "9,Beta,")

    read, every = read_entries("l.csv", body, None), read_entries("l.csv", body, None, every=True)

    assert [(each.name, ref) for each, ref in zip(read.entries, read.refs, strict=True)] == [
        ("Acme", "7"),
        ("Beta", "9"),
    ]
    assert read.unusable == (
        "l.csv row 3: Acme stands above already; the first is kept, with what is new here",
    )
    assert [(each.name, ref) for each, ref in zip(every.entries, every.refs, strict=True)] == [
        ("Acme", "7"),
        ("Acme", "3"),
        ("Beta", "9"),
    ]
    assert every.unusable == ()


@pytest.mark.parametrize(
    ("relation", "kind", "called"),
    read_cases("""
        None | supplier | suppliers
        customer | customer | customers
        own | own | firms of our own
        product | product | products
        part | part | parts
        """),
)
def test_a_list_is_read_as_what_it_is_said_to_be(relation: str | None, kind: str, called: str):
    read = read_entries("l.csv", lines("name", "Acme"), Relation(relation) if relation else None)

    assert [each.relation for each in read.entries] == [kind]
    assert read.taken == (f"l.csv: read as {called}, headings in row 1: “name” is name",)


def test_a_row_may_be_a_supplier_a_product_or_both():
    read = read_entries(
        "l.csv", lines("vendor,item name,hs", "Acme,Lamp,9405", "Beta,,", ",Pump,8413"), None
    )

    assert [(each.relation, each.name) for each in read.entries] == [
        ("supplier", "Acme"),
        ("product", "Lamp"),
        ("supplier", "Beta"),
        ("product", "Pump"),
    ]
    assert read.refs == ("2", "2", "3", "4")
    assert read.taken[0].startswith(
        "l.csv: read as suppliers and products, headings in row 1: “vendor” is party, "
    )
    assert read.remarks == read.unused == ()


def test_what_a_row_says_it_is_to_us_counts_and_another_word_is_told():
    read = read_entries(
        "l.csv",
        lines("name,relation,kind", "A,Client,Individual", "B,foo,org", "C,子公司,", "D,,"),
        Relation.SUPPLIER,
    )

    assert [(each.relation, each.person) for each in read.entries if isinstance(each, Party)] == [
        ("customer", True),
        ("supplier", False),
        ("own", False),
        ("supplier", False),
    ]
    assert read.remarks == (
        "l.csv row 3: relation 'foo' is not known (supplier, customer, own); taken as supplier",
    )


def test_a_name_of_five_hundred_characters_is_one_and_a_longer_one_is_told():
    read = read_entries("l.csv", lines("name", "x" * 500, "y" * 501), None)

    assert [len(each.name) for each in read.entries] == [500]
    assert read.unusable == (
        "l.csv row 3: a name of 501 characters; is a quotation mark left open?",
    )


def test_cells_without_a_heading_are_told_and_cells_beyond_all_headings_as_well():
    read = read_entries(
        "l.csv", lines("name,,country,", "Acme,x,DE", "Beta,,FR,", "Foo,,US,Ltd"), None
    )

    assert [each.name for each in read.entries] == ["Acme", "Beta"]
    assert read.unused == (
        "l.csv: not used, since it has no heading: B; --map LETTER=field uses one",
    )
    assert read.unusable == (
        "l.csv row 4: more cells than headings; put a name with a comma into quotation marks",
    )


def test_a_list_that_holds_nothing_of_what_it_is_said_to_be_is_refused_with_its_first_row():
    with pytest.raises(
        ConfigError,
        match=r"l\.csv: no column holds names; its first row is: vendor, country; call one",
    ):
        read_entries("l.csv", lines(",", "vendor,country", "Acme,DE"), Relation.PRODUCT)
    with pytest.raises(ConfigError, match="its first row is: nothing"):
        read_entries("l.csv", lines("", ""), None)


def test_a_product_is_called_by_its_name_what_is_noted_or_its_number():
    noted = read_entries("l.csv", lines("description,hs", "Lamp,9405"), None).entries
    numbered = read_entries(
        "l.csv",
        lines("name,hs,codes,materials,owner,note", ",9405,3A001,Dy;Tb/Nd,Ann,n", ",,3A002,,,"),
        Relation.PRODUCT,
    )

    assert [each.name for each in noted] == ["Lamp"]
    assert [each.name for each in numbered.entries] == ["n", "3A002"]
    first, _ = numbered.entries
    assert isinstance(first, Product)
    assert (first.materials, first.owner, first.codes) == (("Dy", "Tb", "Nd"), "Ann", ("3A001",))


def test_a_number_below_the_heading_passport_is_kept_as_one():
    read = read_entries(
        "l.csv", lines("Name,Passport No.,VAT", "Ann Lee,AB1234567,DE811907980"), Relation.CUSTOMER
    )

    assert [isinstance(one, Party) and one.ids for one in read.entries] == [
        ("passport AB1234567", "DE811907980")
    ]


@pytest.mark.parametrize("heading", ["CAS", "CAS-Nr.", "CAS No.", "CAS number", "CAS号"])
def test_a_column_of_cas_numbers_is_used_and_a_wrong_number_is_said(heading: str):
    read = read_entries(
        "l.csv", lines(f"Product,{heading}", "X1,1308-87-8", "X2,1308-87-9"), Relation.PRODUCT
    )

    assert [isinstance(one, Product) and one.materials for one in read.entries] == [
        ("1308-87-8",),
        (),
    ]
    assert read.unusable == (
        "l.csv row 3: CAS number '1308-87-9' is none: its last digit is a check; left out",
    )


def test_one_entry_of_fields_is_made_or_refused_with_why():
    assert make_entry({"name": ["Acme"], "country": ["DE"]}, Relation.CUSTOMER) == Party(
        name="Acme", relation=Relation.CUSTOMER, country="DE"
    )
    assert make_entry({"name": ["Magnet"], "part_of": ["Motor"]}, Relation.PRODUCT) == Product(
        name="Magnet", relation=Relation.PART, part_of="Motor"
    )
    with pytest.raises(ConfigError, match="country 'Utopia' is not known"):
        make_entry({"name": ["Acme"], "country": ["Utopia"]}, Relation.CUSTOMER)
    with pytest.raises(ConfigError, match="no name"):
        make_entry({}, Relation.CUSTOMER)
    with pytest.raises(ConfigError, match="no name"):
        make_entry({}, Relation.PRODUCT)
