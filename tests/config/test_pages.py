import pytest

from monitor.config import redact
from monitor.errors import ConfigError

PAGE = '[[page]]\nname = "x"\nurl = "https://a.example/"\n'


BUSY = "text = true\nbusy = {{ days = '{0}', hours = '{1}', zone = 'UTC', every = '1 minute' }}"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            PAGE,
            (
                "needs exactly one of links, rows, feed, text, json, and it has none; `monitor try"
                " URL` shows what each"
            ),
        ),
        (
            PAGE + "feed = true\ntext = true",
            "needs exactly one of links, rows, feed, text, json, and it has feed and text",
        ),
        (PAGE + "text = true\nkey = 'No.'", "page 'x': key: goes with rows or json alone"),
        (
            PAGE + "text = true\nkind = 'official'",
            "page 'x': authority: is needed where kind = \"official\"",
        ),
        (PAGE + "rows = 'tr'\nkind = 'press'", "page 'x': kind: 'press' reads pages as acts"),
        (
            PAGE + "text = true\nkind = 'oficial'",
            "page[0].kind: invalid enum value 'oficial'; did you mean 'official'?",
        ),
        (
            PAGE + "text = true\nevry = '5 minutes'",
            "unknown key 'page[0].evry'; did you mean 'every'?",
        ),
        (PAGE + "text = true\nevery = 'often'", "page[0].every: 'often' is not a duration"),
        (PAGE + "feed = true\nrender = true", "page 'x': render: goes with links, rows and text"),
        (
            PAGE + "text = true\nproxy = 'ftp://a.example'",
            "page 'x': proxy: 'ftp://a.example' is no address of a proxy: http,",
        ),
        (
            PAGE + "text = true\ncharset = 'gb18031'",
            "page 'x': charset: 'gb18031' is no character set",
        ),
        (PAGE + "text = true\nfloor = 0", "page 'x': floor: 0 is no number of entries"),
        (
            PAGE + "text = true\nheaders = { 'X Y' = 'TOKEN' }",
            "page 'x': headers: 'X Y' can't be the name of a header",
        ),
        (
            PAGE + "text = true\nheaders = { 'X-Key' = 'Bearer abc' }",
            "headers.X-Key: names the variable of the env",
        ),
        (
            PAGE + BUSY.format("Weekdays", "08:00-17:00"),
            "page[0].busy.days: 'Weekdays' are no days",
        ),
        (PAGE + BUSY.format("Mon-Fri", "8-17"), "page[0].busy.hours: '8-17' are no hours"),
        (
            PAGE + BUSY.format("Mon-Fri", "17:00-08:00"),
            "page[0].busy.hours: '17:00-08:00' are no hours of a day",
        ),
        (PAGE.replace('"x"', '"X y"') + "text = true", "page 'X y': name: write small letters"),
        (
            PAGE.replace("https", "ftp") + "text = true",
            "page 'x': url: 'ftp://a.example/' is no address",
        ),
        (2 * (PAGE + "text = true\n"), "page: 2 pages are called 'x'"),
    ],
)
def test_what_is_wrong_with_a_page_is_said_by_key(text: str, line: str, loaded):
    with pytest.raises(ConfigError) as refused:
        loaded(text)
    assert line in str(refused.value)


def test_every_key_of_a_page_is_taken(loaded):
    (page,) = loaded(f"""packages = []
{PAGE}rows = "table tr"
key = "No."
every = "5 minutes"
busy = {{ days = "Mon-Fri", hours = "08:30-17:30", zone = "Asia/Shanghai", every = "1 minute" }}
floor = 3
absence = "30 days"
headers = {{ Authorization = "MINISTRY_TOKEN" }}
charset = "gb18030"
""").page
    assert (page.ways, page.key, page.floor, page.charset) == (["rows"], "No.", 3, "gb18030")
    assert (page.busy.every.total_seconds(), page.absence.days) == (60, 30)


def test_what_a_header_holds_is_a_secret(loaded, monkeypatch):
    monkeypatch.setenv("MINISTRY_KEY_OF_OURS", "canary-7712")
    loaded(PAGE + "text = true\nheaders = { 'X-Key' = 'MINISTRY_KEY_OF_OURS' }")
    assert redact.redacted("it says canary-7712") == f"it says {redact.MARK}"
