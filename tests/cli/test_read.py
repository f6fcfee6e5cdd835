import hashlib

import pytest
from command import run

from monitor.cli import read
from monitor.errors import NotThePage
from monitor.model import Announcement, Report, Unread

ACT = (
    "商务部公告2030年第7号 公布将甲公司列入关注名单\n决定将甲公司（Alpha）列入关注名单。"
    "\n商务部\n2030年3月4日\n"
)


def saved(folder, body, name="page"):
    path = folder / name
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return path


def test_answer_names_the_file_and_its_hash(tmp_path):
    path = saved(tmp_path, ACT)
    answer = read.read_file(path)

    assert (answer.file, answer.sha256) == (str(path), hashlib.sha256(ACT.encode()).hexdigest())
    assert answer.facts[0].key == "mofcom-2030-7"
    assert answer.problems == ()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "unreadable"),
        (b"%PDF-1.7 ...", "unreadable"),
        (b"PK\x03\x04....", "unreadable"),
        (b"\x00\x01\x02" * 90, "unreadable"),
        ("?????????，????????????????", "question-marks"),
    ],
)
def test_what_is_no_page_is_a_problem_with_a_name(tmp_path, body, kind):
    answer = read.read_file(saved(tmp_path, body))

    assert answer.facts == ()
    assert [problem.kind for problem in answer.problems] == [kind]
    assert "\n" not in answer.problems[0].text


def test_kind_is_sniffed_from_the_content(tmp_path):
    page = (
        "<html><body>"
        + "".join(f"<p>{line}</p>" for line in ACT.strip().split("\n"))
        + "</body></html>"
    )

    assert read.read_file(saved(tmp_path, page, "x.txt")).facts[0].key == "mofcom-2030-7"


def test_article_is_found_by_the_name_of_its_body():
    menu = "<div class='nav'>" + "<p>商务部决定将乙公司列入关注名单。</p>" * 30 + "</div>"
    body = "".join(f"<p>{line}</p>" for line in (ACT + "本公告自公布之日起实施。" * 5).split("\n"))
    page = f"<html><body>{menu}<div class='art-con art-con-bottonmLine'>{body}</div></body></html>"

    assert [
        entity.names["zh"]
        for entity in read.understand_page(page.encode(), "")[0].measures[0].entities
    ] == ["甲公司"]


def test_a_reader_of_ones_own_gets_bytes_and_address(tmp_path):
    def reader(body, url):
        yield Report(kind="press", title=body.decode(), url=url)

    (fact,) = read.read_file(
        saved(tmp_path, "words"), reader=reader, url="https://a.example/"
    ).facts

    assert (fact.title, fact.url) == ("words", "https://a.example/")


def test_what_a_reader_finds_wrong_is_a_problem(tmp_path):
    def reader(body, url):
        raise NotThePage("maintenance")

    assert read.read_file(saved(tmp_path, "words"), reader=reader).problems[0].text == "maintenance"


def test_why_says_of_each_sentence_what_it_gave_and_of_each_page_why_it_gave_nothing(tmp_path):
    page = ACT.replace("。\n商务部", "。\n工作机制可以决定将乙公司列入不可靠实体清单。\n商务部")
    other = saved(tmp_path, "商务部关于举办培训班的公告\n商务部\n2030年3月4日", "other")
    told = run("read", "--why", saved(tmp_path, page), other).stdout

    assert "sentence: gives add cn-watch-list 1 names" in told
    assert "sentence: what may be done, not what is done" in told
    assert "page: its subject: an event" in told
    assert "announces nothing: its subject: an event" in run("read", other).stdout


def test_of_an_act_that_is_changed_in_part_the_clauses_are_printed(tmp_path):
    page = ACT.replace("。\n商务部", "。\n商务部公告2025年第18号第三项、第四项暂停实施。\n商务部")
    told = run("read", saved(tmp_path, page)).stdout

    assert "mofcom-2025-18 (clauses 3 and 4)" in " ".join(told.split())


def test_a_list_is_read_as_lines_and_what_was_not_read_of_an_act_is_quoted(capsys):
    quote = "Alpha shall keep a book."
    act = Announcement(
        key="nz-1",
        authority="us-bis",
        title="Notice",
        url="",
        language="en",
        understood="none",
        not_read=(Unread("sentence", "not understood", quote),),
    )
    found = (read.Linked(url="https://office.example/1", title="One", read="notice"), act)
    read.show_answer(
        read.Answer(file="a", sha256="0" * 64, facts=found, problems=()), (), as_json=False
    )

    said = capsys.readouterr().out
    assert "  https://office.example/1  read by notice\n" in said
    assert f"  not read: sentence: not understood\n      {quote}\n" in said
    assert "{" not in said
