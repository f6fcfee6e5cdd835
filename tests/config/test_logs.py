"""What stands in a log, and on the one line of an error: no secret, no control character, no
line within a line.
"""

import json
import logging
import re
import subprocess
import sys
import threading

import pytest
from command import environment, one_line, run, typed
from hypothesis import given
from hypothesis import strategies as st

from monitor.config import load, logs, redact
from monitor.config.events import Happened, bind_log_fields, log_event
from monitor.config.logs import Level, LogFormat, Logging
from monitor.config.redact import redacted
from monitor.errors import ConfigError

SONG = "canary7f3a9c51e2"


FOR_PEOPLE = Logging(Level.INFO, LogFormat.HUMAN, command=False)
FOR_PROGRAMS = Logging(Level.INFO, LogFormat.JSON, command=False)
FORGED = "\x1b]0;x\x07\r\n2026-01-01T00:00:00.000Z INFO all is \u202ewell"

log = logging.getLogger("monitor.test")
in_both_forms = pytest.mark.parametrize(
    "logged", [FOR_PEOPLE, FOR_PROGRAMS], ids=lambda wanted: wanted.form, indirect=True
)
to_programs = pytest.mark.parametrize("logged", [FOR_PROGRAMS], indirect=True, ids=["json"])


@pytest.fixture
def logged(request, capsys, monkeypatch):
    """A log as the daemon has it, for a while, for people unless a test asks otherwise; what it
    said.
    """
    root, ours = logging.getLogger(), logging.getLogger("monitor")
    before = root.level, ours.level, list(root.handlers), sys.excepthook, threading.excepthook
    monkeypatch.setenv("SLACK_WEBHOOK_URL", f"https://hooks.example/T0/{SONG}?key=K{SONG}")
    logs.set_up_log(getattr(request, "param", FOR_PEOPLE))
    yield lambda: capsys.readouterr().err
    logging.captureWarnings(capture=False)
    root.handlers[:] = before[2]
    root.setLevel(before[0])
    ours.setLevel(before[1])
    sys.excepthook, threading.excepthook = before[3:]


@in_both_forms
def test_a_secret_in_a_message_its_arguments_a_stack_or_a_traceback_is_not_logged(logged):
    log.info("asked %s", f"https://hooks.example/T0/{SONG}?key=K{SONG}")
    log.warning({"path": f"/T0/{SONG}"}, stack_info=True)
    log.error("posting to K%s", SONG, exc_info=ValueError(f"https://hooks.example/T0/{SONG}"))
    said = logged()

    assert SONG not in said
    assert said.count(redact.MARK) >= 4
    assert "ValueError" in said


@in_both_forms
def test_a_secret_in_what_happened_is_not_logged(logged):
    with bind_log_fields(source=f"https://hooks.example/T0/{SONG}"):
        log_event(
            Happened.FAILURE,
            kind="reset",
            text=f"https://hooks.example/T0/{SONG}?key=K{SONG}",
            duration=1.0,
        )
    said = logged()

    assert SONG not in said
    assert said.count(redact.MARK) == 2


def test_what_an_http_client_says_of_its_requests_is_not_logged(logged):
    for name in ("httpx", "httpcore", "slack_sdk", "apprise", "urllib3"):
        logging.getLogger(name).info("HTTP Request: POST https://somewhere.example/")
    log.info("watching")

    assert re.fullmatch(r"\S+Z INFO watching\n", logged())


def test_a_record_is_one_line_and_what_stands_below_it_is_indented(logged):
    log.error("a page said %s", FORGED, exc_info=ValueError(FORGED))
    said = logged()

    assert [line for line in said.splitlines()[1:] if not line.startswith("    ")] == []
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", said)


@to_programs
def test_a_record_for_programs_is_one_object_and_a_traceback_one_field_of_it(logged):
    log.error("a page said %s", FORGED, exc_info=ValueError(FORGED))
    (line,) = logged().splitlines()
    record = json.loads(line)

    assert {name: record[name] for name in ("level", "event")} == {
        "level": "error",
        "event": "remark",
    }
    assert record["traceback"].startswith("ValueError: ")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", "".join(map(str, record.values())))


def test_the_words_of_a_page_pass_for_no_field_of_what_happened(logged):
    with bind_log_fields(source="toy.notices"):
        log_event(Happened.FAILURE, kind="layout", text='no rows" kind=well source="other')

    assert (
        logged().partition("INFO ")[2]
        == 'failure source=toy.notices kind=layout text="no rows\\" kind=well source=\\"other"\n'
    )


@in_both_forms
def test_what_is_logged_on_the_way_names_the_source_that_it_is_about(logged):
    with bind_log_fields(source="toy.notices"):
        log.info("on the way")
    log.info("after it")
    on_the_way, after = logged().splitlines()

    assert "toy.notices" in on_the_way
    assert "toy.notices" not in after


@pytest.mark.parametrize(
    ("level", "told"),
    [(Level.DEBUG, 4), (Level.INFO, 3), (Level.WARNING, 2), (Level.ERROR, 1)],
    ids=str,
)
def test_less_than_the_level_is_not_logged(level: Level, told: int, logged):
    logs.set_up_log(Logging(level, LogFormat.HUMAN, command=False))
    for number in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR):
        log.log(number, "a word")

    assert len(logged().splitlines()) == told


def test_a_log_that_goes_to_no_terminal_is_for_programs_unless_it_is_asked_otherwise(logged):
    logs.set_up_log(Logging(Level.INFO, LogFormat.AUTO, command=False))
    log_event(Happened.STARTED, sources=3, known=0)
    record = json.loads(logged())

    assert {name: record[name] for name in ("event", "sources", "known")} == {
        "event": "started",
        "sources": 3,
        "known": 0,
    }
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", record["at"])


def test_a_record_that_cannot_be_said_shows_none_of_its_arguments(logged):
    handler = logs.Stderr()
    handler.setFormatter(logs.Lines(FOR_PEOPLE))
    handler.handle(
        logging.LogRecord("monitor.test", logging.WARNING, "", 1, "%d", (f"K{SONG}",), None)
    )

    assert logged() == "a record of monitor.test could not be written\n"


def test_what_a_thread_dies_of_is_logged_without_a_secret(logged):
    def dies() -> None:
        raise OSError(f"/T0/{SONG}")

    thread = threading.Thread(target=dies)
    thread.start()
    thread.join()
    said = logged()

    assert "OSError" in said
    assert SONG not in said


@pytest.mark.parametrize(
    "text",
    [
        "xoxb-{}",
        "xoxp-12-34-{}",
        "xapp-1-A0-{}",
        "xoxe.xoxp-1-{}",
        "https://hooks.slack.com/services/T0/B0/{}",
        "https://hooks.slack.com/workflows/{}/1",
        "POST /services/T0/B0/{} HTTP/1.1",
        "https://me:{}@intranet.example/list",
        "{{'token': 'xoxb-{}'}}",
    ],
)
def test_what_has_the_shape_of_a_secret_is_never_said(text: str):
    assert SONG not in redacted(text.format(SONG))


PARTS = [
    "xox",
    "XoXb",
    "xapp",
    "-",
    "1a",
    "hooks.slack.com",
    "hookſ.SLACK.com",
    "/",
    "services",
    "T0",
    "B0",
    "://",
    "@",
    "\xa0",
]


@given(st.lists(st.sampled_from(PARTS)))
def test_a_shape_is_found_wherever_one_stands_though_most_text_is_not_searched_for_any(
    parts: list[str],
):
    text = "".join(parts)

    assert redacted(text) == redact.SHAPES.sub(redact.MARK, text)


def test_how_a_token_begins_is_said():
    assert redacted("put the bot token (xoxb-…) into it") == "put the bot token (xoxb-…) into it"


def test_what_config_calls_a_secret_is_one_in_each_way_it_may_be_written(monkeypatch):
    monkeypatch.setenv("DESK_HOOK", f"https://desk.example/a%20b/{SONG}?sign=Zq9%2F{SONG}")
    monkeypatch.setenv("DESK_MAIL", f"mailto://ann:{SONG}pass@mail.example")
    redact.know(
        {"destinations": {"desk": {"webhook": "DESK_HOOK"}, "mail": {"apprise": "DESK_MAIL"}}}
    )
    said = redacted(
        f'"POST /a b/{SONG}?sign=Zq9/{SONG}" desk.example answers 500; {SONG}pass refused by'
        " mail.example"
    )

    assert SONG not in said
    assert "desk.example answers 500" in said


def test_a_word_in_an_address_without_a_key_is_no_secret(monkeypatch):
    monkeypatch.setenv("DESK_HOOK", "https://desk.example/alerts")
    redact.know({"destinations": {"desk": {"webhook": "DESK_HOOK"}}})

    assert redacted("alerts: https://desk.example/alerts") == f"alerts: {redact.MARK}"


WRONG = {
    "a value": 'daily.at = "xoxb-{}"',
    "an unknown key": "[slack]\nxoxb-{} = 1",
    "a key twice": "xoxb-{0} = 1\nxoxb-{0} = 2",
    "a line that is no TOML": "xoxb-{} xoxb-{}",
    "a file's name": '[fetch]\ngap = "0.001 seconds"\n[watch]\nsuppliers = ["xoxb-{}.csv"]',
    "a package's name": 'packages = ["xoxb-{}"]',
    "a destination's name": '[destinations.xoxb-{}]\nslack = ""',
    "a token for a variable's name": '[destinations.desk]\nslack = "C1"\ntoken = "T{}"',
    "an address for a variable's name": '[destinations.desk]\nwebhook = "https://desk.example/{}"',
    "a token where another type belongs": (
        "[destinations.desk]\ntoken = 5\nsecret = 'Zq{}'\nwebhook = 'Zq{}'"
    ),
    "a fallback": '[slack]\nfallback = "xoxb-{}"',
}


@pytest.mark.parametrize("written", WRONG.values(), ids=WRONG)
def test_a_secret_that_was_pasted_into_config_is_not_repeated(written: str, tmp_path):
    settings = tmp_path / "config.toml"
    settings.write_text(written.replace("{0}", SONG).replace("{}", SONG) + "\n")
    for command in (("poll", "--json"), ("doctor", "--slack", "--json"), ("watch", "list")):
        done = typed(settings, "--store", tmp_path / "store", *command)
        assert SONG not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_a_secret_among_the_words_of_a_command_is_not_repeated(tmp_path):
    for words in (
        (f"--xoxb-{SONG}",),
        ("poll", f"xoxb-{SONG}"),
        ("read", f"xoxb-{SONG}"),
        (f"xoxb-{SONG}",),
    ):
        done = run("--store", tmp_path, *words)
        assert done.returncode in (1, 2)
        assert SONG not in done.stdout + done.stderr


def test_a_value_of_config_that_is_a_secret_is_known_though_the_file_is_wrong(tmp_path):
    settings = tmp_path / "config.toml"
    settings.write_text(f'surprise = 1\n[destinations.desk]\nwebhook = "Q{SONG}"\n')
    with pytest.raises(ConfigError):
        load(settings)

    assert redacted(f"held: Q{SONG}") == f"held: {redact.MARK}"


def python(code: str) -> subprocess.CompletedProcess[str]:
    secrets = environment() | {"SLACK_BOT_TOKEN": SONG}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=secrets
    )


def test_a_mistake_of_ours_is_one_line_that_says_where():
    done = python(f"""
from monitor.cli import app, setting
def load(*_):
    raise KeyError("{SONG}\\n")
setting.load = load
import sys
sys.argv[1:] = ["status"]
app.main()
""")

    assert done.returncode == 1
    assert "KeyError" in one_line(done)
    assert SONG not in done.stderr


def test_a_warning_is_logged_without_a_secret():
    done = python(
        "from monitor.config import logs; logs.set_up_log(logs.Logging());"
        f" import warnings; warnings.warn('{SONG}')"
    )

    assert "UserWarning" in done.stderr
    assert SONG not in done.stderr


def test_a_tick_that_the_scheduler_skips_is_no_line_of_ours(logged):
    logging.getLogger("apscheduler.scheduler").warning(
        "Execution of job %r skipped: maximum number of running instances", "tick"
    )

    assert logged() == ""
