"""The ways out by their names in config.toml; a further one is a module, and nothing else is
told of it.
"""

from pathlib import Path

import pytest
from command import run

from monitor import deliver
from monitor.config import Config, DestinationSettings, SlackSettings, load
from monitor.config.redact import MARK, redacted
from monitor.config.times import Duration
from monitor.deliver import destinations
from monitor.errors import ConfigError, DeliveryError

PAGER = """
from monitor.config import Config, Section
from monitor.config.times import Duration
from monitor.config.variables import Variable
from monitor.deliver.channel import Channel, Pace


class Settings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pager: Variable
    team: str = "night shift"
    gap: Duration = Duration(seconds=1)


class Pager(Channel):
    def __init__(self, number: str, settings: Settings) -> None:
        self.name, self.number, self.pace = f"pager:{settings.team}", number, Pace(gap=settings.gap.total_seconds())

    def post(self, notice, *, thread):
        return ""


def opened(name: str, settings: Settings, config: Config) -> Channel:
    return Pager(settings.pager.held(f"destinations.{name}.pager", "the number of a pager"), settings)
"""


@pytest.fixture
def pager(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A module that lies with the other ways out."""
    (tmp_path / "pager.py").write_text(PAGER)
    monkeypatch.setattr(deliver, "__path__", [*deliver.__path__, str(tmp_path)])


def described(tmp_path: Path, destination: str) -> Config:
    path = tmp_path / "config.toml"
    path.write_text(f"[destinations.desk]\n{destination}\n")
    return load(path, destinations.list_key_complaints)


def test_a_module_beside_the_others_is_a_way_out_by_its_name(pager, tmp_path, monkeypatch):
    monkeypatch.setenv("DESK_PAGER", "555-canary-0100")
    config = described(tmp_path, 'pager = "DESK_PAGER"\ngap = "2 minutes"\nteam = "day shift"')
    channel = destinations.open_channel("desk", config.destinations["desk"], config)

    assert (channel.name, channel.number, channel.pace.gap) == (
        "pager:day shift",
        "555-canary-0100",
        120,
    )
    assert redacted("555-canary-0100 of the day shift") == f"{MARK} of the day shift"
    with pytest.raises(DeliveryError, match="takes no message for a trial"):
        channel.try_out("Is it there?")


def test_a_further_way_out_is_among_those_that_can_be_named(pager, tmp_path):
    assert [*destinations.load_ways()] == ["apprise", "pager", "slack", "webhook"]
    with pytest.raises(
        ConfigError, match="exactly one of apprise, pager, slack and webhook, not none"
    ):
        described(tmp_path, "")


@pytest.mark.parametrize(
    ("destination", "line"),
    [
        (
            "slack = 'C1'\nwebhook = 'URL'",
            "give it exactly one of apprise, slack and webhook, not slack and webhook",
        ),
        (
            "quiet = '22:00-07:00 Asia/Shanghai'",
            "destinations.desk: give it exactly one of apprise, slack and webhook, not none",
        ),
        (
            "slack = ''",
            "destinations.desk: give it exactly one of apprise, slack and webhook, not none",
        ),
        ("slak = 'C1'", "unknown key 'destinations.desk.slak'; did you mean 'slack'?"),
        (
            "json = 'X'",
            (
                "unknown key 'destinations.desk.json'; known here: apprise, slack, webhook, quiet,"
                " fallback"
            ),
        ),
        ("slack = 'C1'\ntokn = 'X'", "unknown key 'destinations.desk.tokn'; did you mean 'token'?"),
        (
            "slack = 'C1'\nqiet = '22:00-07:00 Asia/Shanghai'",
            "unknown key 'destinations.desk.qiet'; did you mean 'quiet'?",
        ),
        ("slack = 'C1'\nsecret = 'X'", "unknown key 'destinations.desk.secret'; "),
        ("slack = 5", "destinations.desk.slack: expected `str`, got `int`"),
        ("webhook = ['X']", "destinations.desk.webhook: expected `str`, got `list`"),
    ],
)
def test_a_mistake_in_a_destination_names_the_file_the_key_and_the_way_out(
    tmp_path, destination, line
):
    with pytest.raises(ConfigError) as raised:
        described(tmp_path, destination)

    assert str(raised.value).startswith(f"{tmp_path / 'config.toml'}: ")
    assert line in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_command_refuses_a_destination_that_no_way_out_knows(tmp_path):
    (tmp_path / "config.toml").write_text("[destinations.desk]\nslak = 'C1'\n")
    done = run("--config", tmp_path / "config.toml", "--store", tmp_path / "store", "poll")

    assert done.returncode == 2
    assert "did you mean 'slack'?" in done.stderr


def test_the_id_of_a_channel_is_no_secret(tmp_path):
    described(tmp_path, "slack = 'C0PUBLIC12'")

    assert redacted("C0PUBLIC12") == "C0PUBLIC12"


def desk(monkeypatch: pytest.MonkeyPatch, settings: DestinationSettings, **environment: str):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return destinations.open_channel(
        "desk",
        settings,
        Config(slack=SlackSettings(gap=Duration(seconds=2), grace=Duration(seconds=3))),
    )


def test_slack_channel_has_its_own_token_and_the_pace_of_config(monkeypatch):
    channel = desk(
        monkeypatch,
        DestinationSettings(way={"slack": "C9", "token": "OTHER_TOKEN"}),
        OTHER_TOKEN="xoxb-1",
    )

    assert channel.name == "slack:C9"
    assert channel.searchable
    assert (channel.pace.gap, channel.pace.grace) == (2, 3)


def test_apprise_is_at_least_once(monkeypatch):
    channel = desk(
        monkeypatch,
        DestinationSettings(way={"apprise": "DESK_APPRISE"}),
        DESK_APPRISE="json://localhost",
    )

    assert channel.name == "apprise:desk"
    assert not channel.searchable


def test_secret_written_where_a_name_belongs_is_not_shown(monkeypatch):
    with pytest.raises(ConfigError) as refused:
        desk(monkeypatch, DestinationSettings(way={"webhook": "https://desk.example/secret"}))

    assert "secret" not in str(refused.value).replace("destinations", "")
    assert "desk.example" not in str(refused.value)
