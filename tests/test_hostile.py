"""Files made to hurt: each is refused or read whole, in seconds and within a few hundred
megabytes.
"""

import json
import subprocess
import sys
import zipfile
import zlib

import papers
import pytest
from cases import read_cases
from examples import long

from monitor.document import weigh
from monitor.document import xml as guarded
from monitor.document.sandbox import check
from monitor.errors import Unreadable
from monitor.source.formats import xml
from monitor.source.page import Body, Page

SECONDS, MEGABYTES = 5, 300
MEASURE = """
import json, resource, sys, time
from pathlib import Path
from monitor.cli import read
from monitor.errors import SourceError
body, start = Path(sys.argv[1]).read_bytes(), time.process_time()
try:
    text = read.read_document(body).text
    told = ["read", len(text), text[-3:]]
except SourceError as error:
    told = [error.kind, str(error), ""]
who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
took = sum(resource.getrusage(each).ru_utime + resource.getrusage(each).ru_stime for each in who)
# The kernel's high-water mark of this program alone: ru_maxrss also counts the process that it was forked from.
own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([*told, took, max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024]))
"""


def measured(path):
    """What reading a file gives, compared with time and memory."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True
    )
    kind, told, end, seconds, megabytes = json.loads(done.stdout)
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
    return kind, told, end


def saved(folder, body):
    path = folder / "hostile"
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return path


@pytest.mark.parametrize(
    ("name", "cause"),
    read_cases(
        """
        nested | nested
        unclosed | nested
        attributes | attributes
        spread | attributes
        elements | elements
        """
    ),
)
def test_page_that_no_browser_shows_is_refused(tmp_path, name, cause):
    many = 100_000
    body = {
        "nested": lambda: "<div>" * many + "底" + "</div>" * many,
        "unclosed": lambda: "<div><p>a<table><tr><td>" * many,
        "attributes": lambda: (
            "<p " + " ".join(f"a{place}='1'" for place in range(10 * many)) + ">底</p>"
        ),
        "spread": lambda: (
            ("<p " + " ".join(f"a{place}=1" for place in range(10)) + ">x</p>") * many
        ),
        "elements": lambda: "<a href='http://a.example/'>x</a>" * many,
    }[name]()
    kind, told, _ = measured(saved(tmp_path, f"<html><body>{body}</body></html>"))

    assert kind == "too-large"
    assert cause in told


@pytest.mark.parametrize("word", ["words and ", "一" * 10])
def test_text_of_ten_megabytes_is_read_to_its_end(tmp_path, word):
    count = 10_000_000 // len(word.encode())
    kind, letters, end = measured(
        saved(tmp_path, f"<html><body><p>{word * count}END</p></body></html>")
    )

    assert (kind, letters, end) == ("read", len(word) * count + 3, "END")


def test_page_as_deep_as_browsers_nest_is_read_whole(tmp_path):
    kind, _, end = measured(saved(tmp_path, "<html><body>" + "<div>" * 500 + "<p>END</p>"))

    assert (kind, end) == ("read", "END")


def test_page_of_many_rows_weighs_little_enough():
    rows = "<tr><td>a</td><td>b</td></tr>"
    weigh(f"<html><table>{rows * 15_000}</table></html>")

    with pytest.raises(Unreadable):
        weigh(f"<html><table>{rows * 150_000}</table></html>")


LAUGHS = "<!DOCTYPE l [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + place)} '{f'&{chr(97 + place)};' * 10}'>" for place in range(9)
)
CUT = Page(url="https://r.example/", body=Body(b"<l><r>1</r><r>2</r>"))
DECLARED = [
    LAUGHS + "]><l>&j;</l>",
    "<!DOCTYPE l [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><l>&x;</l>",
    "<!DOCTYPE l SYSTEM 'http://a.example/evil.dtd'><l>a</l>",
    "<!-- <a> --><!DOCTYPE l [<!ENTITY % x SYSTEM 'http://a.example/x'> %x;]><l>a</l>",
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("body", DECLARED)
def test_xml_with_entities_or_a_document_type_is_refused(body, encoding):
    with pytest.raises(Unreadable, match="document type|not whole"):
        guarded.parse_root(body.encode(encoding))
    with pytest.raises(Unreadable, match="document type|not whole"):
        records(body.replace("<l>", "<l><r>1</r>").encode(encoding))


def test_xml_bomb_is_refused_by_the_generic_reader(tmp_path):
    kind, _, _ = measured(saved(tmp_path, "<?xml version='1.0'?>" + DECLARED[0]))

    assert kind == "xml-entities"


def records(body):
    """The records of a small register, as a reader walks them."""
    layout = xml.Layout("l", records=("r",))
    register = xml.register(
        Page(url="https://r.example/", body=Body(body)),
        "r",
        layout,
        id=lambda each: each.text,
        read=str,
    )
    return [record.id for record in register.records]


def test_a_register_in_which_an_entity_stands_for_more_never_grows():
    body = f"{LAUGHS}]><l>{'<r>&j;</r>' * 10}</l>"

    with pytest.raises(Unreadable, match="document type"):
        records(body.encode())


def test_xml_that_ends_early_is_refused_after_its_rows():
    walk = iter(
        xml.register(
            CUT, "r", xml.Layout("l", records=("r",)), id=lambda each: each.text, read=str
        ).records
    )

    assert [next(walk).id, next(walk).id] == ["1", "2"]
    with pytest.raises(Unreadable, match="not whole"):
        next(walk)


def test_whole_xml_is_read():
    body = "<?xml version='1.0' encoding='gb18030'?><l><r>甲</r><r>乙</r></l>".encode("gb18030")

    assert [each.text for each in guarded.parse_root(body)] == ["甲", "乙"]
    assert records(body) == ["甲", "乙"]


def test_zip_bomb_is_refused_before_it_is_opened(tmp_path):
    path = tmp_path / "hostile"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/workbook.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(300):
            member.write(bytes(1024 * 1024))
    kind, told, _ = measured(path)

    assert path.stat().st_size < 400_000
    assert (kind, "300 MB" in told) == ("unreadable", True)


def test_zip_that_unpacks_to_a_hundred_times_its_size_is_refused():
    with pytest.raises(Unreadable, match="times its size"):
        check(papers.zipped({"word/document.xml": bytes(20_000_000)}))


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "..\\evil", "C:\\evil"])
def test_zip_whose_names_lead_out_of_it_is_refused(name):
    with pytest.raises(Unreadable, match="leads out"):
        check(papers.zipped({"word/document.xml": "a", name: "b"}))


def test_zip_that_lies_about_its_size_is_stopped_in_the_child(tmp_path):
    body = papers.zipped({"[Content_Types].xml": "<a/>", "word/document.xml": bytes(150_000_000)})
    place = body.rindex(b"PK\x01\x02")
    for start in (place + 24, body.rindex(b"PK\x03\x04", 0, place) + 22):
        body = body[:start] + (1000).to_bytes(4, "little") + body[start + 4 :]
    kind, _, _ = measured(saved(tmp_path, body))

    assert kind == "unreadable"


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
BOMBS = {
    "deep objects": lambda: papers.pdf_of(
        b"<< /Pages 2 0 R /X " + b"[" * 100_000 + b">>", b"<< /Type /Pages /Kids [] >>"
    ),
    "a million pages": lambda: papers.pdf_of(
        CATALOGUE, b"<< /Type /Pages /Kids [" + b"3 0 R " * 1_000_000 + b"] >>", b"<< >>"
    ),
    "its own parent": lambda: papers.pdf_of(
        CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000000 >>"
    ),
    "much in little": lambda: _page(zlib.compress(bytes(300_000_000), 9)),
    "much to draw": lambda: _page(zlib.compress(b"0 0 m 9 9 l S\n" * 2_000_000, 9)),
    "garbage": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 4_000 + b"%%EOF",
}


def _page(content):
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>"
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return papers.pdf_of(CATALOGUE, pages, page, papers.stream(content, b"/Filter /FlateDecode"))


@pytest.mark.parametrize(
    "name", ["much in little", *long(*(name for name in BOMBS if name != "much in little"))]
)
def test_pdf_bomb_leaves_us_unharmed(tmp_path, name):
    kind, told, _ = measured(saved(tmp_path, BOMBS[name]()))

    assert kind == "unreadable"
    assert told.startswith("the PDF")
