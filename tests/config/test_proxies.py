import pytest

from monitor.config import redact
from monitor.config.proxies import Proxy, make_proxy
from monitor.errors import ConfigError


@pytest.mark.parametrize(
    ("address", "proxy"),
    [
        ("http://proxy.example:3128", Proxy("http", "proxy.example", 3128)),
        ("http://Proxy.Example/", Proxy("http", "proxy.example", 80)),
        ("https://proxy.example", Proxy("https", "proxy.example", 443)),
        ("socks5://[2001:db8::1]:9050", Proxy("socks5", "2001:db8::1", 9050)),
        ("direct", None),
        ("", None),
    ],
)
def test_an_address_without_a_password_may_stand_in_the_file(
    address: str, proxy: Proxy | None
) -> None:
    assert make_proxy(address, "fetch.proxy") == proxy


def test_a_variable_holds_the_address_with_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OFFICE_PROXY", "http://us:p%40ss%2Fword@proxy.example:3128")
    proxy = make_proxy("OFFICE_PROXY", "fetch.proxy")
    assert proxy == Proxy("http", "proxy.example", 3128, "us", "p@ss/word")
    assert "ss" not in repr(proxy)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "[fetch]\nproxy = 'proxy.example:3128'",
            "fetch.proxy: 'proxy.example:3128' is no address of a proxy: http, https or",
        ),
        (
            "[fetch]\nproxy = 'http://proxy.example:99999'",
            "is no address; write for example http://proxy.example:3128",
        ),
        ("[fetch]\nproxy = 'http://proxy.example/pac.js'", "is no address of a proxy"),
        ("[fetch]\nproxy = 'socks4://proxy.example'", "is no address of a proxy"),
        ("[sources.\"us_npr.news\"]\nproxy = 'nowhere at all'", 'sources."us_npr.news".proxy: '),
    ],
)
def test_what_is_no_proxy_is_said_by_key(text: str, line: str, loaded) -> None:
    with pytest.raises(ConfigError) as refused:
        loaded(text)
    assert line in str(refused.value)


of_each_table = pytest.mark.parametrize(
    "table",
    ["[fetch]", "[[page]]\nname = 'x'\nurl = 'https://a.example/'\ntext = true", "[sources.x]"],
)


@of_each_table
def test_a_password_in_the_file_is_refused_and_repeated_nowhere(table: str, loaded) -> None:
    with pytest.raises(ConfigError) as refused:
        loaded(f"{table}\nproxy = 'http://us:canary-3391@proxy.example:3128'")
    assert "put the address into a variable of the environment" in str(refused.value)
    assert (
        "canary"
        not in f"{refused.value!r} {refused.value.__cause__!r} {refused.value.__context__!r}"
    )


@of_each_table
def test_what_the_variable_holds_is_a_secret(
    table: str, loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROXY_OF_THIS_TEST", "http://us:canary-3392@proxy.example:3128")
    loaded(f"{table}\nproxy = 'PROXY_OF_THIS_TEST'")
    assert "canary" not in redact.redacted(
        "it says canary-3392 at http://us:canary-3392@proxy.example:3128"
    )


@pytest.mark.parametrize(
    "held", ["not an address", "http://us:canary-3393@proxy.example:x", "http://us:canary-3393@/"]
)
def test_a_variable_that_holds_no_address_is_named_and_what_it_holds_is_not(
    held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFICE_PROXY", held)
    with pytest.raises(ConfigError) as refused:
        make_proxy("OFFICE_PROXY", "fetch.proxy")
    assert str(refused.value).startswith("fetch.proxy: what OFFICE_PROXY holds is no address")
    assert (
        "canary"
        not in f"{refused.value!r} {refused.value.__cause__!r} {refused.value.__context__!r}"
    )
