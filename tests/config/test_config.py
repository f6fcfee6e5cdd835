from datetime import time, timedelta
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from monitor.config import NO_CONTACT, Config, load
from monitor.config.times import QuietHours
from monitor.errors import ConfigError

ROOT = Path(__file__).parents[2]


def test_the_file_in_the_repository_works_unedited_and_shows_the_defaults():
    assert load(ROOT / "config.toml") == Config()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[slack]\ngrace = '20 seconds'", "slack.grace counts for this version only; leave it out"),
        ("[watch]\nmatch = 0.9", "`monitor screen --match` takes another"),
        (
            "[triage]\nmute = ['law']\n[triage.roles]\nlaw = ['S0123456789']",
            "write the roles under triage.allowed",
        ),
    ],
)
def test_a_key_of_an_earlier_version_counts_and_says_what_to_write(
    loaded, text: str, line: str, capsys
):
    assert loaded(text) != Config()
    assert line in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("stroe = 'x'", "unknown key 'stroe'; did you mean 'store'?"),
        ("[fetch]\ndeadlin = '3 seconds'", "unknown key 'fetch.deadlin'; did you mean 'deadline'?"),
        ("[slak]\nchannel = ''", "unknown key 'slak'; did you mean 'slack'?"),
        ("[sources.\"cn_mofcom.replies\"]\nevry = '5 minutes'", "did you mean 'every'?"),
        ("[health]\npatience = 30", "health.patience: expected `str`, got `int`"),
        ("[health]\npatience = '30m'", "health.patience: '30m' is not a duration"),
        (
            "[sources.\"cn_mofcom.replies\"]\nevery = 'often'",
            "sources.\"cn_mofcom.replies\".every: 'often' is not a duration",
        ),
        (
            "[sources.one]\nevery = '5 minutes'\n[sources.\"cn_mofcom.replies\"]\nevry = '1 day'",
            "'sources.\"cn_mofcom.replies\".evry'",
        ),
        (
            "[evidence]\ntimestamp = 'tsa.example'",
            "evidence.timestamp: the address of an authority, such as https://",
        ),
        ("[fetch]\ngap = ''", "fetch.gap: is empty; give it a value, or leave it out"),
        ("stroe = ''", "unknown key 'stroe'; did you mean 'store'?"),
        ("[fetch\n", "not valid TOML"),
        (
            "[destinations.desk]\nslack = 'C1'\nquiet = '22-07'",
            "destinations.desk.quiet: '22-07' are no hours",
        ),
        ("[destinations.desk]\nslack = 'C1'\nquiet = '22:00-07:00 Asia/Shanghia'", "are no hours"),
        (
            "[destinations.desk]\nslack = 'C1'\nfallback = 'mial'",
            "fallback: no destination is called 'mial'; known: alerts, ops",
        ),
        (
            "[destinations.desk]\nslack = 'C1'\nzone = 'Berlin'",
            "destinations.desk.zone: 'Berlin' is no time zone",
        ),
        (
            "[slack]\nzone = 'Asia'",
            "slack.zone: 'Asia' is no time zone; write for example \"Europe/Berlin\"",
        ),
        ("[[routes]]\nto = ['desk']", "routes, rule 1: no destination is called 'desk'"),
        ("[[routes]]\nto = []", "routes, rule 1: `to` names no destination"),
        (
            "[[routes]]\nto = ['ops']\ntopic = ['chips']",
            "no topic is called 'chips'; name its words under [topics]",
        ),
        ("[[routes]]\nto = ['ops']\nmention = ['@tom']", "'@tom' can't be mentioned"),
        ("[[routes]]\nto = ['ops']\nseverity = 'dire'", "severity: invalid enum value 'dire'"),
        ("[[routes]]\nto = ['ops']\nauthorty = ['cn-*']", "did you mean 'authority'?"),
        (
            "[slack]\nfallback = 'ops'",
            "slack.fallback: no destination is called 'ops'; known: none; describe one under",
        ),
        (
            "[life]\nlisten = ':9464'",
            "life.listen: ':9464' is no place to listen at; write for example \"127.0.0.1:9464\"",
        ),
        ("[life]\nlisten = '127.0.0.1:0'", "life.listen: '127.0.0.1:0' is no place"),
        ("[life]\nlisten = 'localhost:65536'", "life.listen: 'localhost:65536' is no place"),
        ("[life]\nlisten = '9464'", "life.listen: '9464' is no place"),
        ("[life]\nlisten = 9464", "life.listen: expected `str`, got `int`"),
        ("[daily]\nat = '9 am'", "daily.at: '9 am' is no time"),
        ("[triage]\ndecisions = []", "triage.decisions: name at least one"),
        (
            "[triage]\nallowed = ['law']",
            "triage.allowed: no role is called 'law'; name its members under [triage.roles]",
        ),
        (
            "[triage]\nallowed = ['law']\n[triage.roles]\nlaws = ['S0123456789']",
            "did you mean 'laws'?",
        ),
        (
            "[triage.roles]\nlaw = ['@tom']",
            "triage.roles.law: '@tom' is nobody; give a member's (U…) or user group's (S…) id",
        ),
        ("[triage.desks.ops]\nafer = '4 hours'", "did you mean 'after'?"),
        ("[triage.desks.boss]", "triage.desks.boss: no destination is called 'boss'"),
        ("[triage.desks.ops]\nto = 'boss'", "triage.desks.ops.to: no destination is called 'boss'"),
        (
            "[triage.desks.ops]\nafter = '4 hours'",
            "triage.desks.ops.after: there is nobody to call",
        ),
        (
            "[triage.desks.ops]\nmention = ['@tom']",
            "triage.desks.ops.mention: '@tom' can't be mentioned",
        ),
        (
            "[triage.desks.ops]\nhours = '9-5'",
            "hours: '9-5' are no working hours; write for example",
        ),
        ("[triage.desks.ops]\nhours = 'Mon-Fri 18:00-09:00 Asia/Shanghai'", "are no working hours"),
        ("[triage.desks.ops]\nweekly = 'Monday'", "weekly: 'Monday' is no time of the week"),
        ("[daily]\nto = 'boss'", "daily.to: no destination is called 'boss'"),
    ],
)
def test_a_mistake_names_the_file_the_key_and_the_way_out(
    tmp_path: Path, loaded, text: str, line: str
):

    with pytest.raises(ConfigError) as raised:
        loaded(text)

    assert str(raised.value).startswith(f"{tmp_path / 'config.toml'}: ")
    assert line in str(raised.value)
    assert "\n" not in str(raised.value)


def test_times_are_values_once_the_file_is_read(loaded):
    config = loaded(
        "[fetch]\ngap = '2 seconds'\n[daily]\nat = '09:00"
        " Asia/Shanghai'\n[destinations.desk]\nslack = 'C1'\nquiet = '22:00-07:00"
        " Asia/Shanghai'\nfallback = ''\nzone = 'Asia/Shanghai'"
    )
    desk, zone = config.destinations["desk"], ZoneInfo("Asia/Shanghai")

    assert config.fetch.gap == timedelta(seconds=2)
    assert config.daily.at == time(9, tzinfo=zone)
    assert (desk.quiet, str(desk.quiet)) == (
        QuietHours(time(22), time(7), zone),
        "22:00-07:00 Asia/Shanghai",
    )
    assert (desk.fallback, desk.zone) == (None, zone)


@pytest.mark.parametrize(
    ("written_as", "host", "port"),
    [
        ("127.0.0.1:9464", "127.0.0.1", 9464),
        ("[::1]:1", "::1", 1),
        ("[::]:99", "::", 99),
        ("localhost:80", "localhost", 80),
    ],
)
def test_a_place_to_listen_at_is_a_host_and_a_port(loaded, written_as: str, host: str, port: int):
    place = loaded(f"[life]\nlisten = '{written_as}'").life.listen

    assert place is not None
    assert (place.host, place.port) == (host, port)


def test_we_say_which_version_asks_as_it_is_installed(loaded):
    own = loaded("[fetch]\nuser_agent = 'desk/{version} (+desk@example.com)'").fetch

    assert (
        Config().fetch.name
        == f"regulatory-monitor/{version('regulatory-monitor')} (+contact: {NO_CONTACT})"
    )
    assert own.name == f"desk/{version('regulatory-monitor')} (+desk@example.com)"


def test_a_file_copied_from_an_earlier_version_still_says_what_it_said_and_is_known_to_name_nobody(
    loaded,
):
    said = "regulatory-monitor/0.1 (+contact: set fetch.user_agent in config.toml)"
    fetch = loaded(f'[fetch]\nuser_agent = "{said}"').fetch

    assert (fetch.name, fetch.is_anonymous, Config().fetch.is_anonymous) == (said, True, True)
    named = loaded('[fetch]\nuser_agent = "desk/1 (+desk@example.com)"').fetch
    assert not named.is_anonymous


def test_a_file_may_name_twenty_thousand_pages_and_one_that_holds_something_else_is_refused_unread(
    loaded,
):
    pages = (
        "# as many bytes as a page takes, and a hundred and twenty that say why it is watched and"
        " for whom\n" * 20_000
    )

    assert loaded(pages) == Config()
    with pytest.raises(ConfigError, match="larger than 16 MB"):
        loaded(pages * 9)


def test_a_file_that_is_asked_for_must_be_there(tmp_path: Path):
    with pytest.raises(ConfigError, match="can't be read: No such file.*--config"):
        load(tmp_path / "missing.toml")


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    assert load(None) == Config()
