import pytest

from monitor.config import Config, DestinationSettings, SlackSettings
from monitor.deliver.destinations import channels, everything
from monitor.deliver.terminal import Terminal


def test_a_rehearsal_shows_on_the_terminal_what_goes_to_any_destination() -> None:
    terminal = Terminal()
    config = Config(destinations={"desk": DestinationSettings(way={"slack": "C9"})})

    assert everything(config, terminal).keys() == {"alerts", "ops", "desk"}


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
