import os
import socket
import subprocess
import sys
import xml.etree.ElementTree as ET

import docx
import papers
import pytest
from docx.oxml.ns import qn

from monitor.document import BlockKind, read_binary
from monitor.document.sandbox import Kind, sniff_kind
from monitor.errors import Unreadable
from monitor.source.page import Body, Page

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def texts(body):
    return [block.text for block in read_binary(body).blocks]


def rows(body):
    return next(block.rows for block in read_binary(body).blocks if block.kind is BlockKind.TABLE)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (papers.pdf("甲"), Kind.PDF),
        (b"\n\n" + papers.pdf("甲"), Kind.PDF),
        (papers.word("甲"), Kind.DOCX),
        (papers.workbook(["甲"]), Kind.SHEET),
        (OLD + "WordDocument".encode("utf-16-le"), Kind.DOC),
        (OLD + "Workbook\0".encode("utf-16-le"), Kind.SHEET),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "an encrypted office file"),
        (papers.zipped({"a.txt": "甲"}), "a ZIP file"),
        (papers.zipped({"OFD.xml": "甲"}), "an OFD file"),
        (b"\x89PNG\r\n", "an image"),
        (b"<html>how to write %PDF-1.7 by hand", ""),
        (b"BM is a word, too", ""),
        ("商务部公告".encode(), ""),
        (b"", ""),
    ],
)
def test_bytes_tell_the_kind(body, kind):
    assert sniff_kind(body) == kind


def test_pdf_is_read_page_by_page_without_page_numbers():
    body = papers.pdf("附件1\n名单的题目\n1.甲公司（Alpha）\n- 1 -", "2.乙公司（Beta）\n- 2 -")
    document = read_binary(body)

    assert document.title == "名单的题目"
    assert [block.text for block in document.blocks] == [
        "附件1",
        "名单的题目",
        "1.甲公司（Alpha）",
        "2.乙公司（Beta）",
    ]


def test_line_that_a_pdf_wrapped_is_joined_and_a_numbered_one_is_not():
    full = "一" * 35

    assert texts(papers.pdf(f"1.{full}\n二三\n2.四")) == [f"1.{full}二三", "2.四"]


def test_table_of_a_pdf_keeps_its_rows_between_the_lines_around_it():
    body = papers.pdf_table("题目", [["序号", "名称"], ["1", "甲"], ["2", ""]])

    assert texts(body)[0] == "题目"
    assert rows(body) == (("序号", "名称"), ("1", "甲"), ("2", ""))


PICTURE = [
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject"
        b" << /I 5 0 R >> >> >>"
    ),
    papers.stream(b"q 9 0 0 9 0 0 cm /I Do Q"),
    papers.stream(
        b"\0",
        b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace"
        b" /DeviceGray",
    ),
]
LOCKED = (
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
    + b"41" * 32
    + b"> /U <"
    + b"42" * 32
    + b"> >> /ID [<00> <00>]"
)


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        (papers.pdf_of(*PICTURE), "scanned: it has no text layer"),
        (papers.pdf_of(*PICTURE, trailer=LOCKED), "encrypted"),
        (papers.pdf("甲")[:-300], "cut"),
        (b"%PDF-1.7\nnothing\n%%EOF", "broken"),
        (papers.pdf(""), "no text"),
        (papers.zipped({"word/document.xml": "<w:nothing"}), "broken"),
        (papers.word(), "no text"),
        (papers.zipped({"xl/workbook.xml": "<nothing"}), "broken"),
        (papers.word("甲")[:-200], "truncated"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\x89PNG\r\n", "an image"),
    ],
)
def test_file_that_can_not_be_read_says_why(body, cause):
    with pytest.raises(Unreadable, match=cause):
        read_binary(body)


def test_docx_is_read_in_order_with_merged_cells_once():
    file = docx.Document()
    file.add_heading("题目", 1)
    table = file.add_table(rows=3, cols=3)
    for place, cell in enumerate(table.columns[2].cells):
        cell.text = f"丙{place}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "横"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "竖"
    file.add_paragraph("尾")
    document = read_binary(papers.written(file))

    assert [block.kind for block in document.blocks] == [
        BlockKind.HEADING,
        BlockKind.TABLE,
        BlockKind.PARAGRAPH,
    ]
    assert document.blocks[1].rows == (("横", "", "丙0"), ("竖", "", "丙1"), ("", "", "丙2"))


def test_docx_says_inserted_words_and_words_in_content_controls_but_no_deleted_ones():
    file = docx.Document()
    file.add_paragraph("甲")
    for tag, words in (("w:ins", "乙"), ("w:del", "丙")):
        paragraph = file.add_paragraph(words)
        wrapper = paragraph._p.makeelement(qn(tag), {})
        wrapper.append(paragraph.runs[0]._r)
        paragraph._p.append(wrapper)
    control = file.element.body.makeelement(qn("w:sdt"), {})
    content = control.makeelement(qn("w:sdtContent"), {})
    control.append(content)
    content.append(file.add_paragraph("丁")._p)
    file.element.body.insert(0, control)

    assert texts(papers.written(file)) == ["丁", "甲", "乙"]


def test_numbers_that_word_puts_before_a_paragraph_are_read():
    file = docx.Document()
    for words in ("甲公司", "乙公司"):
        file.add_paragraph(words, style="List Number")
    numbered = [paragraph._p for paragraph in file.paragraphs]
    for paragraph in numbered:
        told = paragraph.get_or_add_pPr().get_or_add_numPr()
        told.get_or_add_numId().val = _decimal(file)
        told.get_or_add_ilvl().val = 0

    assert texts(papers.written(file)) == ["1.甲公司", "2.乙公司"]


def _decimal(file):
    """The list of the template that counts `1.` at its top."""
    root = file.part.numbering_part.element
    names = {each.get(qn("w:abstractNumId")): each for each in root.iter(qn("w:abstractNum"))}
    for number in root.iter(qn("w:num")):
        level = names[number.find(qn("w:abstractNumId")).get(qn("w:val"))].find(qn("w:lvl"))
        if level.find(qn("w:lvlText")).get(qn("w:val")) == "%1.":
            return int(number.get(qn("w:numId")))
    raise AssertionError


def test_numbers_of_a_sheet_keep_their_digits():
    body = papers.workbook(["编号", "名称"], [28053019, "甲"], ["0101210090", "乙"], [1.5, None])

    assert rows(body) == (("编号", "名称"), ("28053019", "甲"), ("0101210090", "乙"), ("1.5", ""))


def test_zeros_that_only_the_format_shows_are_read_and_a_hidden_sheet_is_not():
    body = papers.workbook([None, "甲"], [None, 1012100], padded="00000000", state="hidden")

    assert texts(body) == ["甲\n01012100"]


def test_old_doc_is_converted_where_a_converter_is_installed(tmp_path, monkeypatch):
    body = OLD + "WordDocument".encode("utf-16-le")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable, match="neither soffice nor antiword"):
        read_binary(body)
    converter = tmp_path / "antiword"
    converter.write_text("#!/bin/sh\nprintf '题目\\n\\n|甲|乙|\\n|丙|丁|\\n'\n")
    converter.chmod(0o755)
    document = read_binary(body)

    assert document.title == "题目"
    assert document.blocks[1].rows == (("甲", "乙"), ("丙", "丁"))


OFFICE = """#!{python}
import pathlib, socket, sys, urllib.request, docx
words = dict(argument.split("=", 1) for argument in sys.argv if "=" in argument)
profile = pathlib.Path(urllib.request.url2pathname(words["-env:UserInstallation"].removeprefix("file://")))
made = docx.Document()
made.add_paragraph((profile / "user" / "registrymodifications.xcu").read_text())
try:
    socket.create_connection(("127.0.0.1", {port}), 2)
    made.add_paragraph("came through")
except OSError:
    made.add_paragraph("stayed alone")
made.save(pathlib.Path(sys.argv[-1]).with_suffix(".docx"))
"""


def test_an_office_suite_loads_nothing_that_a_file_names(tmp_path, monkeypatch):
    namespaces = ["unshare", "--net", "true"], ["unshare", "--user", "--net", "true"]
    allowed = any(subprocess.run(each, check=False).returncode == 0 for each in namespaces)
    with socket.create_server(("127.0.0.1", 0)) as server:
        office = tmp_path / "soffice"
        office.write_text(OFFICE.format(python=sys.executable, port=server.getsockname()[1]))
        office.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        text = read_binary(OLD + "WordDocument".encode("utf-16-le")).text

    settings = ET.fromstring(text.partition("\n")[2].rpartition("\n")[0])
    assert {value.text for value in settings.iter("value")} == {"true"}
    assert text.endswith("stayed alone" if allowed else "came through")


def test_file_that_takes_too_long_is_given_up():
    with pytest.raises(Unreadable, match="longer than 0.01 seconds"):
        read_binary(papers.pdf("甲"), seconds=0.01)


def test_parser_gets_no_secret_of_ours(tmp_path, monkeypatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "canary")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    converter = tmp_path / "antiword"
    converter.write_text("#!/bin/sh\necho题\nenv\n".replace("echo题", "echo 题"))
    converter.chmod(0o755)

    assert "canary" not in read_binary(OLD + "WordDocument".encode("utf-16-le")).text


def test_page_of_a_scraper_may_be_a_file():
    document = Page(url="https://a.example/1.html", body=Body(papers.word("甲", "乙"))).document(
        "div.never-there"
    )

    assert document.text == "甲\n乙"


def test_parsers_of_files_are_not_imported_before_there_is_a_file():
    told = (
        "import sys, monitor.document; print({'pdfplumber', 'docx', 'python_calamine'} &"
        " set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"
