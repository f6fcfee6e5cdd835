"""All words of a page or file: a line a block, whatever its kind."""

import pytest

from monitor.evidence.contents import extract_words


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("决定：\n（一）甲公司\n（二）乙公司\n", "决定：\n（一）甲公司\n（二）乙公司\n"),
        ("<p>决定：</p><p>（一）甲公司</p>", "决定：\n（一）甲公司\n"),
        ("<feed><title>甲</title></feed>", "甲\n"),
    ],
)
def test_each_block_is_a_line(body, words):
    assert extract_words(body.encode()) == words
