"""By which charset the bytes of a page say its quotes, and how often these are looked for."""

import pytest

from monitor.evidence import contents

WORDS = "出口管制公告 Sunrise Drones"
NEVER = "never said"


@pytest.fixture
def tried(monkeypatch) -> list[str]:
    """The charsets that were tried."""
    charsets: list[str] = []
    look = contents.said_in

    def said_in(body: bytes, charset: str, quotes: list[str]) -> set[str]:
        charsets.append(charset)
        return look(body, charset, quotes)

    monkeypatch.setattr(contents, "said_in", said_in)
    return charsets


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
def test_the_charset_is_found_also_where_a_quote_stands_nowhere(charset: str):
    assert contents.charset_of(f"<p>{WORDS}</p>".encode(charset), [WORDS, "公告", NEVER]) == charset
