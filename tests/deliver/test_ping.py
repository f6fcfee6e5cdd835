import traceback

import pytest
from werkzeug import Response

from monitor.config import Config, LifeSettings
from monitor.config.variables import Variable
from monitor.deliver.ping import find_ping_address, send_ping
from monitor.errors import ConfigError, DeliveryError

SECRET = "5c6f0a1e-canary"


def settings() -> Config:
    return Config(life=LifeSettings(ping=Variable("PING_URL")))


@pytest.mark.parametrize("status", [200, 299])
def test_who_takes_it_is_asked_once_by_our_name(httpserver, status):
    httpserver.expect_request("/").respond_with_response(Response("", status))
    send_ping(httpserver.url_for("/"), "regulatory-monitor/9")

    ((request, _),) = httpserver.log
    assert (request.method, request.headers["User-Agent"]) == ("GET", "regulatory-monitor/9")


@pytest.mark.parametrize("status", [300, 302, 404, 410, 500])
def test_who_does_not_take_it_is_a_failure_that_does_not_name_the_address(httpserver, status):
    elsewhere = {"Location": httpserver.url_for("/elsewhere")}
    httpserver.expect_request(f"/{SECRET}").respond_with_response(
        Response("", status, headers=elsewhere)
    )

    with pytest.raises(DeliveryError, match=f"life.ping: answers {status}") as raised:
        send_ping(httpserver.url_for(f"/{SECRET}"), "us")

    assert SECRET not in "".join(traceback.format_exception(raised.value))
    assert len(httpserver.log) == 1


def test_nobody_there_is_a_failure_that_does_not_name_the_address():
    with pytest.raises(DeliveryError, match=r"life.ping: no answer \(ConnectError\)") as raised:
        send_ping(f"http://127.0.0.1:9/{SECRET}", "us")

    assert SECRET not in "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize(
    "held",
    [
        "http://hc.example/5c6f0a1e-canary",
        "ftp://hc.example/x",
        "5c6f0a1e-canary",
        "https://",
        "https://[half",
    ],
)
def test_what_is_no_https_address_is_a_wrong_setting_and_is_not_shown(monkeypatch, held):
    monkeypatch.setenv("PING_URL", held)

    with pytest.raises(
        ConfigError, match=r"^life.ping: what its variable holds is not an https address$"
    ):
        find_ping_address(settings())


def test_a_variable_that_is_not_set_is_named(monkeypatch):
    monkeypatch.delenv("PING_URL", raising=False)

    with pytest.raises(
        ConfigError,
        match="life.ping: PING_URL is not set in the environment; it has to hold the https address",
    ):
        find_ping_address(settings())


@pytest.mark.parametrize(
    "held",
    ["https://hc.example/5c6f0a1e", "http://127.0.0.1:8000/5c6f0a1e", "http://localhost/5c6f0a1e"],
)
def test_an_https_address_or_one_of_this_machine_is_taken(monkeypatch, held):
    monkeypatch.setenv("PING_URL", held)

    assert find_ping_address(settings()) == held
    assert find_ping_address(Config()) is None
