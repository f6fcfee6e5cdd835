"""How much a change matters, and who is told: the rules of config.toml. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from operator import attrgetter

from monitor.alert.event import Decision
from monitor.config import RouteSettings
from monitor.model import Action, Announcement, Edition, Fact, RowAction, ScreeningResult, Severity, to_json

NO_RULE = "no rule sends it elsewhere"
ALERTS = "alerts"  # where all goes that no rule sends elsewhere


# What an act does → how much it matters to somebody who ships goods today.
ACTIONS = {
    Action.ADD: Severity.HIGH,
    Action.RESTRICT: Severity.HIGH,
    Action.RESUME: Severity.HIGH,
    Action.SUSPEND: Severity.HIGH,
    Action.REPEAL: Severity.HIGH,
    Action.REPLACE: Severity.HIGH,
    Action.REMOVE: Severity.NORMAL,
    Action.AMEND: Severity.NORMAL,
    Action.INVESTIGATE: Severity.NORMAL,
}


@dataclass(frozen=True, slots=True)
class Features:
    """What rules can ask of a found fact."""

    authority: str
    registers: frozenset[str]
    actions: frozenset[str]
    severity: Severity
    text: str
    unknown: bool = False  # an act that was not understood: it may be on any register, and do anything


@dataclass(frozen=True, slots=True)
class Router:
    """The rules in their order, and each topic's words."""

    rules: Sequence[RouteSettings] = ()
    topics: Mapping[str, Sequence[str]] | None = None

    def addressed(self, decision: Decision, found: Fact | Edition, touches: ScreeningResult | None = None) -> Decision:
        """The decision, each of its messages with the destinations it goes to, whom it names, and how much it matters.

        Every rule that fits adds its destinations; what no rule fits goes to `alerts`. What touches the reader's own is critical.
        """
        decision = replace(decision, touches=touches)
        if not decision.posts:
            return decision
        features = features_of(found, touches=bool(touches and touches.sure))
        fitting = {number: rule for number, rule in enumerate(self.rules, 1) if self._fits(rule, features)}
        why = _reasons(fitting) or {ALERTS: NO_RULE if self.rules else ""}  # without rules there is nothing to explain
        mentions = tuple(dict.fromkeys(name for rule in fitting.values() for name in rule.mention))
        severity = features.severity
        posts = (replace(post, to=tuple(why), why=why, mentions=mentions, severity=severity) for post in decision.posts)
        return replace(decision, posts=tuple(posts))

    def _fits(self, rule: RouteSettings, features: Features) -> bool:
        return (
            _any_like(rule.authority, [features.authority])
            and (features.unknown or _any_like(rule.register, features.registers))
            and (features.unknown or _any_like(rule.action, features.actions))
            and features.severity.rank >= rule.severity.rank
            and self._on_topic(rule.topic, features.text)
        )

    def _on_topic(self, topics: Sequence[str], text: str) -> bool:
        words = [word.casefold() for topic in topics for word in (self.topics or {}).get(topic, ())]
        return not topics or any(word in text for word in words)


def _any_like(patterns: Sequence[str], names: Iterator[str] | Sequence[str] | frozenset[str]) -> bool:
    return not patterns or any(fnmatchcase(name, pattern) for name in names for pattern in patterns)


def _reasons(fitting: Mapping[int, RouteSettings]) -> dict[str, str]:
    """Each destination, and the rules that send something there."""
    by_destination: dict[str, list[str]] = {}
    for number, rule in fitting.items():
        for name in rule.to:
            by_destination.setdefault(name, []).append(f"rule {number} {described(rule)}")
    return {name: f"{' and '.join(rules)} fit{'s' if len(rules) == 1 else ''}" for name, rules in by_destination.items()}


def described(rule: RouteSettings) -> str:
    """What a rule asks for: `(authority cn-mofcom, severity high or more)`."""
    asked = {"authority": rule.authority, "register": rule.register, "action": rule.action, "topic": rule.topic}
    conditions = [f"{name} {' or '.join(values)}" for name, values in asked.items() if values]
    conditions += [f"severity {rule.severity} or more"] if rule.severity is not Severity.LOW else []
    return f"({', '.join(conditions) or 'whatever it is'})"


def features_of(found: Fact | Edition, *, touches: bool = False) -> Features:
    """What rules see of a fact."""
    text = to_json(found).decode().casefold()
    if isinstance(found, Announcement):
        registers = frozenset(measure.register for measure in found.measures if measure.register)
        actions = frozenset(str(measure.action) for measure in found.measures)
        # Of an act that nobody has understood, all that is known is that it may be the worst.
        most = max((ACTIONS[measure.action] for measure in found.measures), key=attrgetter("rank"), default=Severity.HIGH)
        severity = Severity.CRITICAL if touches else most
        return Features(found.authority, registers, actions, severity, text, unknown=found.understood == "none")
    if isinstance(found, Edition):
        actions = frozenset(str(change.action) for change in found.changes)
        matters = Severity.HIGH if RowAction.ADD in actions else Severity.NORMAL if RowAction.REMOVE in actions else Severity.LOW
        return Features(found.authority, frozenset({found.register}), actions, Severity.CRITICAL if touches else matters, text)
    registers = frozenset(found.mentions.registers)
    return Features("press", registers, frozenset(), Severity.CRITICAL if touches else Severity.LOW, text)
