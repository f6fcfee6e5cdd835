"""How a command ends that was not done."""

import os
import subprocess
import sys
from collections.abc import Sequence

import pytest
from command import FAR, environment


def unread(words: Sequence[str], stream: str) -> subprocess.CompletedProcess[str]:
    """`monitor` whose stdout or stderr nobody reads any more, and what it says on the other."""
    reading, writing = os.pipe()
    os.close(reading)
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | {stream: writing}
    try:
        return subprocess.run(
            [sys.executable, "-m", "monitor", *words],
            check=False,
            text=True,
            env=environment(),
            timeout=FAR,
            **streams,
        )
    finally:
        os.close(writing)


@pytest.mark.parametrize(
    ("words", "stream"),
    [
        ((), "stdout"),
        (("sources",), "stdout"),
        (("--version",), "stdout"),
        (("nonsense",), "stderr"),
    ],
)
def test_a_command_whose_reader_has_gone_ends_without_a_word(words: tuple[str, ...], stream: str):
    ended = unread(words, stream)

    assert ended.returncode == 1
    assert not ended.stdout
    assert not ended.stderr
