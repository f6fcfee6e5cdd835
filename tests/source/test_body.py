"""The bytes of a page, wherever they lie: the same whole, stream, size and name in the archive."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from monitor.source.page import Body

WORDS = b"Exports of gallium need a licence. " * 9


def packed() -> bytes:
    with zipfile.ZipFile(held := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("list.txt", WORDS)
        archive.writestr("read me.txt", b"not this")
    return held.getvalue()


@pytest.mark.parametrize("member", [None, "list.txt"])
@pytest.mark.parametrize("in_a_file", [False, True])
def test_a_body_gives_the_same_bytes_wherever_they_lie(tmp_path: Path, member: str | None, in_a_file: bool):
    content = packed() if member else WORDS
    (tmp_path / "page").write_bytes(content)
    body = Body(tmp_path / "page" if in_a_file else content, member)

    assert body.whole == WORDS
    with body.stream() as stream:
        assert (stream.read(7), stream.read()) == (WORDS[:7], WORDS[7:])
    assert body.size == len(content)
    assert body.sha256 == hashlib.sha256(WORDS).hexdigest()
