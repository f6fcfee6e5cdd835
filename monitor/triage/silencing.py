"""Whether a message falls under what people have muted. What is critical for the watch list never does. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from monitor.model import Severity
from monitor.triage.values import About, Silence


@dataclass(frozen=True, slots=True)
class Traits:
    """What a message can be muted by: its source, its registers, topics, and the products that it may touch."""

    severity: Severity
    by: Mapping[About, frozenset[str]] = field(default_factory=dict)


def covering_silence(silences: Iterable[Silence], traits: Traits) -> Silence | None:
    """The silence that a message falls under, whatever its severity; the one that ends last."""
    fitting = (silence for silence in silences if _fits(silence, traits))
    return max(fitting, key=lambda silence: silence.until, default=None)


def _fits(silence: Silence, traits: Traits) -> bool:
    names = traits.by.get(silence.about, frozenset())
    if silence.about is About.SOURCE:
        return any(name == silence.name or name.startswith(f"{silence.name}.") for name in names)
    return silence.name in names


def holds(silence: Silence | None, traits: Traits) -> bool:
    """Whether the message is not told because of it."""
    return silence is not None and traits.severity is not Severity.CRITICAL
