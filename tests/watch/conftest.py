"""Workbooks are read in the process of their test: that another one does it is tested in
tests/document, and starting it takes longer than a small workbook.
"""

from collections.abc import Iterator
from typing import IO

import msgspec
import pytest

from monitor.document import sandbox, sandbox_child
from monitor.document.sandbox import Kind


@pytest.fixture(scope="module", autouse=True)
def _read_here() -> Iterator[None]:
    def run(kind: Kind, sent: IO[bytes], told: IO[bytes], seconds: float, manner: str) -> int:
        outcome = sandbox_child.read_outcome(kind, sent.read(), every_row=bool(manner))
        told.write(msgspec.msgpack.encode(outcome))
        return 0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "_run_child", run)
        yield
