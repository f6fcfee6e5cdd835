"""One line of a checkup."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """What was looked at, whether it is well, what was seen, and the way out; `details` are for a bug report."""

    subject: str
    ok: bool
    seen: str
    remedy: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    is_source: bool = False
