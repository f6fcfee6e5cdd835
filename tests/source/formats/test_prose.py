"""The words of a page that should be a register."""

import pytest

from monitor.errors import ErrorKind, NotThePage, Unreadable
from monitor.source.formats.prose import words
from monitor.source.page import Body, Page


def page(content: bytes) -> Page:
    return Page("https://register.example/list.csv", Body(content))


def test_words_are_given_as_they_stand():
    assert words(page("id,name\n1,Älpha".encode())) == "id,name\n1,Älpha"


@pytest.mark.parametrize("content", [b"", b" \r\n\t"])
def test_an_empty_page_is_not_the_register(content: bytes):
    with pytest.raises(NotThePage, match=r"list\.csv: the page is empty") as refused:
        words(page(content))
    assert refused.value.kind is ErrorKind.EMPTY


def test_a_wall_or_bytes_that_are_no_text_are_not_the_register():
    with pytest.raises(NotThePage) as refused:
        words(page(b"<html><title>Just a moment...</title></html>"))
    assert refused.value.kind is ErrorKind.BOT_WALL
    with pytest.raises(Unreadable):
        words(page(bytes(range(128, 256)) * 9))
