import pytest

from monitor.config import Config, DestinationSettings, SlackSettings
from monitor.config.times import Duration
from monitor.deliver.destinations import channel_of, channels, everything
from monitor.deliver.terminal import Terminal
from monitor.errors import ConfigError


def desk(monkeypatch: pytest.MonkeyPatch, settings: DestinationSettings, **environment: str):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return channel_of("desk", settings, Config(slack=SlackSettings(gap=Duration(seconds=2), grace=Duration(seconds=3))))


def test_slack_channel_has_its_own_token_and_the_pace_of_config(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = desk(monkeypatch, DestinationSettings(slack="C9", token="OTHER_TOKEN"), OTHER_TOKEN="xoxb-1")

    assert channel.name == "slack:C9"
    assert channel.searchable
    assert (channel.pace.gap, channel.pace.grace) == (2, 3)


def test_webhook_is_at_least_once(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = desk(
        monkeypatch, DestinationSettings(webhook="DESK_URL", secret="DESK_KEY"), DESK_URL="https://desk.example/in", DESK_KEY="k"
    )

    assert channel.name == "webhook:desk"
    assert not channel.searchable


def test_apprise_is_at_least_once(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = desk(monkeypatch, DestinationSettings(apprise="DESK_APPRISE"), DESK_APPRISE="json://localhost")

    assert channel.name == "apprise:desk"
    assert not channel.searchable


@pytest.mark.parametrize(
    ("settings", "key", "variable"),
    [
        (DestinationSettings(slack="C9"), "token", "SLACK_BOT_TOKEN"),
        (DestinationSettings(slack="C9", token="OTHER_TOKEN"), "token", "OTHER_TOKEN"),
        (DestinationSettings(webhook="DESK_URL"), "webhook", "DESK_URL"),
        (DestinationSettings(webhook="SET", secret="DESK_KEY"), "secret", "DESK_KEY"),
        (DestinationSettings(apprise="DESK_APPRISE"), "apprise", "DESK_APPRISE"),
    ],
)
def test_missing_variable_is_named_with_its_key(
    monkeypatch: pytest.MonkeyPatch, settings: DestinationSettings, key: str, variable: str
) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN", raising=False)

    with pytest.raises(ConfigError, match=rf"^destinations\.desk\.{key}: {variable} is not set"):
        desk(monkeypatch, settings, SET="https://desk.example/in")


def test_secret_written_where_a_name_belongs_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError) as refused:
        desk(monkeypatch, DestinationSettings(webhook="https://desk.example/secret"))

    assert "secret" not in str(refused.value).replace("destinations", "")
    assert "desk.example" not in str(refused.value)


def test_destination_without_a_way_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="exactly one of slack, webhook and apprise"):
        desk(monkeypatch, DestinationSettings())


def test_a_rehearsal_shows_on_the_terminal_what_goes_to_any_destination() -> None:
    terminal = Terminal()
    config = Config(destinations={"desk": DestinationSettings(slack="C9")})

    assert everything(config, terminal) == {"alerts": terminal, "ops": terminal, "desk": terminal}


@pytest.mark.parametrize(
    ("environment", "names"),
    [
        ({}, ("terminal", "terminal")),
        ({"SLACK_WEBHOOK_URL": "https://hooks.example/T/B/x"}, ("slack:webhook", "slack:webhook")),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, ("slack:C1", "slack:C2")),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_WEBHOOK_URL": "https://hooks.example/T/B/x"}, ("slack:C1", "slack:C2")),
    ],
)
def test_alerts_and_ops_go_by_the_token_else_by_the_webhook_else_to_the_terminal(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], names: tuple[str, str]
) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_WEBHOOK_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    chosen = channels(Config(slack=SlackSettings(channel="C1", ops_channel="C2")), Terminal())

    assert (chosen["alerts"].name, chosen["ops"].name) == names
