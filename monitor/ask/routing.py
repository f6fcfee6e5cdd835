"""Dry run of delivery for a recorded, saved or described fact: the same rules, no writes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from monitor import vocabulary
from monitor.alert.event import NoticeKind
from monitor.alert.route import (
    Features,
    Router,
    Verdict,
    breaks_quiet_hours,
    extract_features,
    rate_severity,
)
from monitor.ask import watchlist
from monitor.ask.lines import make_line
from monitor.clock import format_instant
from monitor.config import Config, rules
from monitor.config.times import QuietHours
from monitor.deliver.channel import DeliveryPolicy, load_policies
from monitor.errors import ConfigError
from monitor.model import Action, Announcement, Report, Severity, Value, frozen
from monitor.store import History, acts
from monitor.watch.match import WatchList, list_acts_changed, screen_fact
from monitor.watch.values import ScreeningResult


@frozen
class Described:
    """A described fact: the properties for rules, as far as given."""

    authority: str = ""
    registers: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    text: str = ""
    touches: bool = False


@frozen
class Stop:
    """A destination of a message: `why`, and `at` which time if quiet hours delay it."""

    destination: str
    why: str
    at: datetime | None = None
    quiet: QuietHours | None = None


@frozen
class Routed:
    """The result of the rules for one fact, here `what`: destinations, mentions, and the rules that
    do not match. `threads` are the acts that it changes: the message also goes to their threads.
    """

    what: str
    features: Features
    topics: tuple[str, ...]
    stops: tuple[Stop, ...]
    mentions: tuple[str, ...]
    others: tuple[Verdict, ...]
    touches: ScreeningResult | None = None
    threads: tuple[str, ...] = ()


class StopLine(Value, kw_only=True):
    """A destination; `at` is left out where the message goes at once."""

    destination: str
    why: str
    at: str = ""


class OtherLine(Value, kw_only=True):
    """A rule that does not fit, and what of it is not met."""

    rule: str
    to: tuple[str, ...]
    unmet: tuple[str, ...]


class RoutedLine(Value, kw_only=True):
    """One fact's destinations, for programs."""

    what: str
    authority: str = ""
    registers: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    severity: Severity
    topics: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()
    to: tuple[StopLine, ...]
    mentions: tuple[str, ...] = ()
    threads: tuple[str, ...] = ()
    not_by: tuple[OtherLine, ...] = ()


def make_router(config: Config) -> Router:
    """The rules of config.toml."""
    return Router(config.routes, config.topics)


def route_features(
    config: Config,
    what: str,
    features: Features,
    now: datetime,
    touches: ScreeningResult | None = None,
) -> Routed:
    """List the destinations of a new message with these features now."""
    router = make_router(config)
    routing = router.routing(features)
    ways = load_policies(config)
    return Routed(
        what=what,
        features=features,
        topics=tuple(router.topics_of(features.text)),
        stops=tuple(
            _stop(name, why, ways.get(name, DeliveryPolicy()), features, now)
            for name, why in routing.why.items()
        ),
        mentions=routing.mentions,
        others=tuple(verdict for verdict in routing.verdicts if not verdict.fits),
        touches=touches,
    )


def _stop(name: str, why: str, policy: DeliveryPolicy, features: Features, now: datetime) -> Stop:
    until = (
        None if breaks_quiet_hours(features.severity, NoticeKind.ACT) else policy.quiet_until(now)
    )
    return Stop(name, why, until, policy.quiet)


def route_fact(
    config: Config,
    fact: Announcement | Report,
    watch: WatchList,
    known: Mapping[str, Announcement],
    now: datetime,
) -> Routed:
    """List a fact's destinations, with a watch list; `known` are the acts it may change."""
    touches = screen_fact(fact, watch, known) if watch.entries else None
    measures = fact.measures if isinstance(fact, Announcement) else ()
    threads = tuple(dict.fromkeys(target.key for measure in measures for target in measure.amends))
    what = fact.key if isinstance(fact, Announcement) else fact.url or fact.title
    features = extract_features(fact, touches=bool(touches and touches.sure))
    return replace(
        route_features(config, f"{what}: {fact.title}", features, now, touches), threads=threads
    )


def route_description(config: Config, described: Described, now: datetime) -> Routed:
    """List the destinations of a fact with only these properties.

    Raises:
        ConfigError: an unknown authority, register, action or topic; with the nearest.
    """
    _refuse_unknown(config, described)
    words = [described.text, *(config.topics[topic][0] for topic in described.topics)]
    actions = frozenset(map(Action, described.actions))
    features = Features(
        authority=described.authority,
        registers=frozenset(described.registers),
        actions=actions,
        severity=rate_severity(actions, touches=described.touches),
        text=" ".join(words).casefold(),
    )
    return route_features(config, "as described", features, now)


def _refuse_unknown(config: Config, described: Described) -> None:
    known: dict[str, tuple[Sequence[str], Sequence[str]]] = {
        "authority": (
            [described.authority] if described.authority else [],
            rules.list_authorities(vocabulary.current()),
        ),
        "register": (described.registers, rules.list_registers(vocabulary.current())),
        "action": (described.actions, [str(action) for action in Action]),
        "topic": (described.topics, list(config.topics)),
    }
    for kind, (given, names) in known.items():
        for name in given:
            if name not in names:
                near = (
                    rules.suggest_name(name, names)
                    if names
                    else "config.toml names none under [topics]"
                )
                raise ConfigError(f"--{kind}: no {kind} is called {name!r}; {near}")


def watch_list_of_today(config: Config, history: History | None) -> WatchList:
    """The watch list as files and store have it now."""
    stored, dismissals = watchlist.load_stored(history) if history else ((), ())
    entries, _ = watchlist.load_entries_in_files(config)
    return watchlist.watch_list(
        config, watchlist.add_owners([*entries, *stored], config.watch.ownership), dismissals
    )


def load_acts_changed_by(
    history: History | None, facts: Sequence[Announcement | Report]
) -> Mapping[str, Announcement]:
    """The acts on record that these change."""
    return (
        history(acts.load_acts, {key for fact in facts for key in list_acts_changed(fact)})
        if history
        else {}
    )


def make_routed_line(told: Routed) -> RoutedLine:
    """Make the line of a routed fact for programs."""
    features = told.features
    return make_line(
        RoutedLine,
        told,
        authority=features.authority,
        registers=tuple(sorted(features.registers)),
        actions=tuple(sorted(features.actions)),
        severity=features.severity,
        touches=tuple(list_entries_touched(told.touches)),
        to=tuple(
            make_line(StopLine, stop, at=format_instant(stop.at) if stop.at else "")
            for stop in told.stops
        ),
        not_by=tuple(
            OtherLine(rule=verdict.name, to=verdict.rule.to, unmet=verdict.unmet)
            for verdict in told.others
        ),
    )


def list_entries_touched(result: ScreeningResult | None) -> Iterator[str]:
    """Each entry of the watch list that surely is touched, once."""
    yield from dict.fromkeys(match.entry for match in (result.sure if result else ()))
