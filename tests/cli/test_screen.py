"""`monitor screen` against lists that others have made."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command import typed
from kept import kept
from werkzeug import Request, Response

from monitor.ask.others import MANY
from monitor.poll.replay import StoryClock

FTM = {
    "id": "NK-1",
    "schema": "Company",
    "properties": {"name": ["Sunrise Drones Ltd"]},
    "datasets": ["xx_list"],
}
SDN = (
    '7,"DEDRONE HOLDINGS","-0- ","XYZ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0-'
    ' "\r\n\x1a'
)


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    return kept(tmp_path_factory.mktemp("screen"))


@pytest.fixture
def screen(store: Path, tmp_path: Path):
    """Screen names against the store, and against lists of others with these contents."""

    def screened(lists: dict[str, str | None], *names: str, **forms: str):
        config = []
        for name, content in lists.items():
            if content is not None:
                (tmp_path / name).write_text(content)
            form = f"format = '{forms[name]}'" if name in forms else ""
            config.append(
                f"[[screen_against]]\nname = '{name}'\nfile = '{tmp_path / name}'\n{form}"
            )
        (tmp_path / "config.toml").write_text("\n".join(config))
        return typed(tmp_path / "config.toml", "--store", store, "screen", *names)

    return screened


def lines(done) -> list[dict]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def ftm(on: str = "2026-11-20T06:00:00") -> str:
    return json.dumps({**FTM, "last_change": on}) + "\n"


def test_what_others_say_is_marked_as_theirs_with_its_day_and_stands_behind_ours(screen):
    done = screen({"OS": ftm()}, "Sunrise Drones", "Dedrone", "--json")
    ours = [line for line in lines(done) if "on_record" in line]
    said = [line for line in lines(done) if "theirs" in line]

    assert done.returncode == 0
    assert {line["asked"] for line in ours} == {"Dedrone"}
    assert [(line["asked"], line["theirs"]) for line in said] == [
        ("Sunrise Drones", {"list": "OS", "as_of": "2026-11-20", "ref": "NK-1", "says": "xx_list"})
    ]
    assert not any("stands" in line or "on_record" in line for line in said)
    ((others,),) = [line["lists"] for line in lines(done) if "lists" in line]
    assert others.pop("sha256")
    assert others == {"list": "OS", "as_of": "2026-11-20", "entries": 1}
    assert list(lines(done)[-1]) == ["coverage"]


def test_a_person_reads_whose_word_it_is(screen):
    done = screen({"OS": ftm()}, "Sunrise Drones", "Nobody Anywhere")

    assert "on a list of others, as of 2026-11-20: not on record here" in done.stdout
    assert "of OS: nothing among 1" in done.stdout
    assert "OS, a list of others, as of 2026-11-20: 1 name; what it says is theirs" in done.stderr


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "can't be read"),
        ("id,schema,name,aliases,countries,identifiers\n", "it names nobody"),
        ('{"schema": "Address", "properties": {}}\n', "it names nobody"),
    ],
    ids=["missing", "no rows", "no names"],
)
def test_a_list_that_can_not_be_used_is_said_and_is_no_none(screen, content: str | None, why: str):
    done = screen({"broken": content, "OS": ftm()}, "Nobody Anywhere")

    assert done.returncode == 1
    assert "broken, a list of others: nothing was compared with it: " in done.stderr
    assert why in done.stderr
    assert "of broken: " in done.stdout
    assert "of OS: nothing among 1" in done.stdout


def test_a_program_is_told_of_each_question_that_nothing_was_found_of(screen):
    found, *rest = lines(screen({"OS": ftm()}, "Sunrise Drones", "Nobody", "1C 999", "--json"))
    absent = [line for line in rest if "absent" in line]

    assert found["match"]["verdict"] == "match"
    assert [(line["asked"], line["origin"]) for line in absent] == [("Nobody", ""), ("1C 999", "")]
    assert "nothing alike among " in absent[0]["absent"]
    assert "goods that acts name in words alone are not found" in absent[1]["absent"]


def test_a_program_is_told_of_a_list_that_can_not_be_used(screen):
    (told,) = [
        line["lists"]
        for line in lines(screen({"broken": None}, "Nobody", "--json"))
        if "lists" in line
    ]

    assert [(one["list"], "entries" in one, "can't be read" in one["problem"]) for one in told] == [
        ("broken", False, True)
    ]


def test_a_register_in_a_form_that_a_source_of_ours_reads_is_a_list_too(screen):
    done = screen({"SDN.CSV": SDN}, "Dedrone Holdings", "--json", **{"SDN.CSV": "us_ofac.sdn_csv"})
    said = [line["theirs"] for line in lines(done) if "theirs" in line]

    assert [(one["list"], one["ref"]) for one in said] == [("SDN.CSV", "7")]
    cut = screen(
        {"SDN.CSV": SDN.rstrip("\x1a")}, "Dedrone Holdings", **{"SDN.CSV": "us_ofac.sdn_csv"}
    )
    assert "SDN.CSV, a list of others: nothing was compared with it" in cut.stderr
    assert "https://" not in cut.stderr.replace("https://www.mofcom", "")


def test_a_format_that_is_none_is_a_mistake_with_the_way_out(screen, monkeypatch):
    unknown = screen({"OS": ftm()}, "x", OS="us_ofac.sdn_cvs")
    other = screen({"OS": "Name;Country\n"}, "x")
    monkeypatch.setattr("monitor.ask.others.read_all", lambda read, page: [])
    acts = screen({"OS": ftm()}, "x", OS="us_federal_register.notices")

    assert (unknown.returncode, other.returncode, acts.returncode) == (2, 2, 2)
    assert "does not read a register published whole" in acts.stderr
    assert "us_ofac.sdn_csv" in unknown.stderr
    assert "say its format: ftm, simple-csv" in other.stderr


@pytest.fixture
def copied(store: Path, tmp_path: Path, httpserver, monkeypatch):
    """Screen a name against a list at an address that gives these answers, each time after a
    while; what was asked, and said.
    """
    kept = shutil.copytree(store, tmp_path / "store")
    config, asked = tmp_path / "config.toml", []
    url = httpserver.url_for("/list.json")
    config.write_text(
        "[fetch]\nallow_private = true\nrobots = false\n[[screen_against]]\nname = 'OS'\nurl ="
        f" '{url}'\n"
    )
    clock = StoryClock(datetime(2026, 11, 20, 9, 0, tzinfo=UTC))
    monkeypatch.setattr("monitor.cli.screen.SystemClock", lambda: clock)

    def screened(answers: list[Response], *waits: timedelta):
        def answer(request: Request) -> Response:
            asked.append(request.headers.get("If-None-Match"))
            return answers[len(asked) - 1]

        httpserver.expect_request("/list.json").respond_with_handler(answer)
        for after in waits:
            clock.move_to(clock.now() + after)
            yield typed(config, "--store", kept, "screen", "Sunrise Drones")

    return lambda *words: (asked, [*screened(*words)])


HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OLDER = "an older copy, since it did not come: asked for at 2026-11-2"


def test_a_list_at_an_address_is_copied_once_a_day_and_the_copy_serves_where_it_does_not_come(
    copied,
):
    answers = [Response(ftm(), headers={"ETag": '"1"'}), Response(status=304), Response("no", 503)]
    asked, done = copied(answers, timedelta(), HOUR, DAY, DAY)

    assert asked == [None, '"1"', '"1"']
    assert all("on a list of others, as of 2026-11-20" in one.stdout for one in done)
    assert f"{OLDER}2T10:00:00Z: localhost: answered 503" in done[-1].stderr
    assert [one.returncode for one in done] == [0, 0, 0, 0]


def test_what_is_no_list_takes_no_copys_place_and_is_not_asked_for_at_once_again(
    copied, tmp_path: Path
):
    answers = [Response(ftm()), Response("<!doctype html><p>Checking your browser")]
    asked, done = copied(answers, timedelta(), DAY, timedelta(minutes=1))

    assert len(asked) == 2
    assert all("on a list of others, as of 2026-11-20" in one.stdout for one in done)
    assert all(
        f"{OLDER}1T09:00:00Z: localhost: what came is no such" in one.stderr for one in done[1:]
    )
    assert [path.suffix for path in sorted((tmp_path / "store/lists").iterdir())] == ["", ".json"]


def test_what_was_made_of_many_names_is_kept_and_says_the_same(screen, store: Path):
    many = "".join(
        json.dumps({**FTM, "id": f"NK-{number}", "properties": {"name": [f"Firm {number}"]}}) + "\n"
        for number in range(2, MANY + 2)
    )
    done = [screen({"OS": ftm() + many}, "Sunrise Drones", "Dedrone") for _ in range(2)]

    assert "as of 2026-11-20" in done[0].stdout
    assert done[0].stdout == done[1].stdout
    kept = [path.suffix for path in (store / "lists").iterdir()]
    shutil.rmtree(store / "lists")  # the store is that of all tests here
    assert kept == [".names"]


@pytest.mark.parametrize(
    "in_the_way", [False, True], ids=["it never came", "no copy can be written"]
)
def test_of_a_list_of_which_there_is_no_copy_that_is_said(
    store: Path, tmp_path: Path, in_the_way: bool
):
    kept = shutil.copytree(store, tmp_path / "store")
    if in_the_way:
        (kept / "lists").write_text("in the way")
    config = tmp_path / "config.toml"
    config.write_text("[[screen_against]]\nname = 'OS'\nurl = 'http://127.0.0.1:9/list.json'\n")

    done = typed(config, "--store", kept, "screen", "Dedrone")

    assert (done.returncode, "Unreliable Entity List" in done.stdout) == (1, True)
    assert (
        "lists of others can't be copied, and are as old as they are: " in done.stderr
    ) == in_the_way
    assert "OS, a list of others: nothing was compared with it: " in done.stderr
