"""Rate how much a change matters and choose its destinations by the rules of config.toml. No
I/O.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from operator import attrgetter

from monitor.alert.event import EDITING, Decision, NoticeKind
from monitor.config import RouteSettings
from monitor.config.rules import PAGE, PRESS
from monitor.model import Action, Announcement, Edition, Fact, PageChange, Severity, frozen, to_json
from monitor.watch.values import ScreeningResult

NO_RULE = "no rule of config.toml fits it"
ALERTS = "alerts"  # where all goes that no rule sends elsewhere


# How much each action of an act matters to somebody who ships goods today.
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


@frozen
class Features:
    """The properties of a found fact that rules can use."""

    authority: str
    registers: frozenset[str]
    actions: frozenset[Action]
    severity: Severity
    text: str
    # an act that was not understood: it may be on any register, and do anything
    unknown: bool = False


@frozen
class Verdict:
    """A rule, the `number` it has in config.toml, and what of its conditions is not met: nothing
    where it fits.
    """

    number: int
    rule: RouteSettings
    unmet: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Return whether the fact meets every condition of the rule."""
        return not self.unmet

    @property
    def name(self) -> str:
        """`rule 2 (register cn-dual-use-items)`."""
        return f"rule {self.number} {describe_rule(self.rule)}"


@frozen
class Routing:
    """The result of all rules for one fact: `why` it goes to each destination, and which people it
    mentions.
    """

    verdicts: tuple[Verdict, ...]
    severity: Severity

    @property
    def fitting(self) -> tuple[Verdict, ...]:
        """The rules that fit."""
        return tuple(verdict for verdict in self.verdicts if verdict.fits)

    @property
    def why(self) -> Mapping[str, str]:
        """Each destination that it goes to, and what sends it there; without rules there is
        nothing to explain.
        """
        return _list_reasons(self.fitting) or {ALERTS: NO_RULE if self.verdicts else ""}

    @property
    def mentions(self) -> tuple[str, ...]:
        """Return the people to mention at any destination."""
        return tuple(
            dict.fromkeys(name for verdict in self.fitting for name in verdict.rule.mention)
        )


@frozen
class Router:
    """The rules in their order, and each topic's words."""

    rules: Sequence[RouteSettings] = ()
    topics: Mapping[str, Sequence[str]] | None = None

    def addressed(
        self,
        decision: Decision,
        fact: Fact | Edition | PageChange,
        touches: ScreeningResult | None = None,
    ) -> Decision:
        """Return the decision with destinations, mentions and severity for each of its messages."""
        decision = replace(decision, touches=touches)
        if not decision.posts:
            return decision
        features = extract_features(fact, touches=bool(touches and touches.sure))
        routing, topics = self.routing(features), tuple(self.topics_of(features.text))
        to, mentions, severity = tuple(routing.why), routing.mentions, routing.severity
        posts = (
            replace(
                post, to=to, why=routing.why, mentions=mentions, severity=severity, topics=topics
            )
            for post in decision.posts
        )
        return replace(decision, posts=tuple(posts))

    def routing(self, features: Features) -> Routing:
        """Apply the rules, for delivery and for a dry run. Every matching rule adds its
        destinations; without a match, `alerts` gets it. A match with the watch list makes it
        critical.
        """
        verdicts = (
            Verdict(number, rule, tuple(self._unmet(rule, features)))
            for number, rule in enumerate(self.rules, 1)
        )
        return Routing(tuple(verdicts), features.severity)

    def _unmet(self, rule: RouteSettings, features: Features) -> Iterator[str]:
        """Describe a condition that the fact does not meet."""
        asked = [("authority", rule.authority, frozenset({features.authority} - {""}))]
        if not features.unknown:
            asked += [
                ("register", rule.register, features.registers),
                ("action", rule.action, features.actions),
            ]
        for name, patterns, names in asked:
            if patterns and not any(
                fnmatchcase(name, pattern) for name in names for pattern in patterns
            ):
                has = f"{name} is {_name_one_of(sorted(names))}" if names else f"it has no {name}"
                yield f"{has}, and {_name_one_of(patterns)} is asked for"
        if features.severity.rank < rule.severity.rank:
            yield f"severity is {features.severity}, below {rule.severity}"
        if rule.topic and not set(rule.topic) & set(self.topics_of(features.text)):
            yield f"no word of {_name_one_of(rule.topic)} stands in it"

    def topics_of(self, text: str) -> Iterator[str]:
        """List the topics with a word in the text, whatever its case."""
        text = text.casefold()
        for topic, words in (self.topics or {}).items():
            if any(word.casefold() in text for word in words):
                yield topic


def _name_one_of(names: Sequence[str]) -> str:
    return " or ".join(names)


def _list_reasons(fitting: Sequence[Verdict]) -> dict[str, str]:
    """Each destination, and the rules that send something there."""
    by_destination: dict[str, list[str]] = {}
    for verdict in fitting:
        for name in verdict.rule.to:
            by_destination.setdefault(name, []).append(verdict.name)
    return {
        name: f"{' and '.join(rules)} fit{'s' if len(rules) == 1 else ''}"
        for name, rules in by_destination.items()
    }


def describe_rule(rule: RouteSettings) -> str:
    """Describe a rule's conditions: `(authority cn-mofcom, severity high or more)`."""
    asked = {
        "authority": rule.authority,
        "register": rule.register,
        "action": rule.action,
        "topic": rule.topic,
    }
    conditions = [f"{name} {' or '.join(values)}" for name, values in asked.items() if values]
    conditions += [f"severity {rule.severity} or more"] if rule.severity is not Severity.LOW else []
    return f"({', '.join(conditions) or 'whatever it is'})"


def rate_severity(actions: Iterable[Action], *, touches: bool) -> Severity:
    """Rate one action of an act. An unparsed act gets the highest rate: it may be the worst."""
    if touches:
        return Severity.CRITICAL
    return max(
        (ACTIONS[action] for action in actions), key=attrgetter("rank"), default=Severity.HIGH
    )


def breaks_quiet_hours(severity: Severity, kind: NoticeKind) -> bool:
    """Return whether a message goes out in quiet hours. One that touches the watch list does; an
    edit waits. The answer to a click goes out too: that person is awake. So does a message with the
    text of an act that was only listed before.
    """
    return kind is NoticeKind.STATE or (
        severity is Severity.CRITICAL and kind not in EDITING - {NoticeKind.COMPLETED}
    )


def extract_features(fact: Fact | Edition | PageChange, *, touches: bool = False) -> Features:
    """Return what the rules see of a fact."""
    text = to_json(fact).decode().casefold()
    if isinstance(fact, Announcement):
        registers = frozenset(measure.register for measure in fact.measures if measure.register)
        actions = frozenset(measure.action for measure in fact.measures)
        severity = rate_severity(actions, touches=touches)
        return Features(
            fact.authority, registers, actions, severity, text, unknown=fact.understood == "none"
        )
    if isinstance(fact, Edition):
        changed = frozenset(Action(change.action) for change in fact.changes)
        matters = (
            Severity.HIGH
            if Action.ADD in changed
            else Severity.NORMAL
            if Action.REMOVE in changed
            else Severity.LOW
        )
        return Features(
            fact.authority,
            frozenset({fact.register}),
            changed,
            Severity.CRITICAL if touches else matters,
            text,
        )
    if isinstance(fact, PageChange):
        severity = Severity.CRITICAL if touches else Severity.NORMAL
        return Features(fact.authority or PAGE, frozenset(), frozenset(), severity, text)
    registers = frozenset(fact.mentions.registers)
    return Features(
        PRESS, registers, frozenset(), Severity.CRITICAL if touches else Severity.LOW, text
    )
