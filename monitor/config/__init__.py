"""Settings and the edge of the process: config.toml → frozen `Config`, whose errors name file, key and the nearest right one.

Beside it what guards the edge: `files` that people name, secrets (`redact`), foreign text (`harmless`), all that goes `outward`.
"""

import os
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import msgspec

from monitor.config import files, redact
from monitor.config.times import DailyTime, Duration, Hours, parsed
from monitor.errors import ConfigError
from monitor.lazy import lazy
from monitor.model import Severity

if TYPE_CHECKING:
    from rapidfuzz import process
else:
    process = lazy("rapidfuzz.process")

VERSION = version("regulatory-monitor")
NO_CONTACT = "set fetch.user_agent in config.toml"
LARGEST = files.MEGABYTE
LONGEST_QUOTE = 200
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of config.toml; a key it does not know is an error, never ignored."""


class SourceSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[sources."cn_mofcom.announcements"]`: what to change of a source."""

    enabled: bool | None = None
    url: str | None = None
    every: Duration | None = None
    busy_every: Duration | None = None


class FetchSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[fetch]`: how we behave towards the publishers' servers."""

    user_agent: str = f"regulatory-monitor/{{version}} (+contact: {NO_CONTACT})"
    deadline: Duration = Duration(seconds=30)
    reading: Duration = Duration(seconds=60)
    gap: Duration = Duration(seconds=0.5)
    robots: bool = True
    allow_private: bool = False

    @property
    def name(self) -> str:
        """What we say we are: `user_agent` with the version that runs."""
        return self.user_agent.replace("{version}", VERSION)

    @property
    def is_anonymous(self) -> bool:
        """Whether `user_agent` is still ours, of this version or an earlier one: it names nobody who could be reached."""
        return NO_CONTACT in self.user_agent


class SlackSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[slack]`: channel ids. The token is never in the file: SLACK_BOT_TOKEN or SLACK_WEBHOOK_URL in the environment."""

    channel: str | None = None
    ops_channel: str | None = None
    api: str = "https://slack.com/api/"
    gap: Duration = Duration(seconds=1)
    grace: Duration = Duration(seconds=15)
    fallback: str | None = None


class DestinationSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[destinations.<name>]`: one more way out, by exactly one of `slack`, `webhook` and `apprise`.

    `slack` is a channel id; `token`, `webhook`, `secret` and `apprise` name variables of the environment, never a secret itself.
    `quiet` are hours in which only what is critical is said; `fallback` is where messages go while this way is closed.
    """

    slack: str | None = None
    token: str = "SLACK_BOT_TOKEN"  # noqa: S105 - the name of a variable
    webhook: str | None = None
    secret: str | None = None
    apprise: str | None = None
    quiet: Hours | None = None
    fallback: str | None = None


class RouteSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[[routes]]`: what fits every condition that is given goes to these destinations; `*` stands for anything in a name."""

    to: tuple[str, ...]
    authority: tuple[str, ...] = ()
    register: tuple[str, ...] = ()
    action: tuple[str, ...] = ()
    severity: Severity = Severity.LOW
    topic: tuple[str, ...] = ()
    mention: tuple[str, ...] = ()


class DailySettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[daily]`: once a day, what was told, what comes, and which sources give nothing; without `at` never."""

    at: DailyTime | None = None
    to: str = "ops"


class CalendarSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[calendar]`: the iCalendar file of key dates that is kept up to date, if any."""

    file: str | None = None


class HealthSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[health]`: when a silent source is worth a message."""

    patience: Duration = Duration(minutes=30)


class EventSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[events]`: what belongs to one happening."""

    package: Duration = Duration(minutes=15)
    press: Duration = Duration(days=7)


class WatchSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[watch]`: the files of the watch list, and from which likeness on a name is a match, or is shown to a person.

    `ownership` are GLEIF's files of who consolidates whom; `headings` says what a heading of the lists means that we do not
    know: `{"Kred-Bez" = "name"}`.
    """

    suppliers: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    headings: dict[str, str] = {}
    ownership: tuple[str, ...] = ()
    match: float = 0.85
    review: float = 0.70


class Config(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings, with the defaults that config.toml shows."""

    store: str = ".store"
    packages: tuple[str, ...] = ("scrapers",)
    fetch: FetchSettings = FetchSettings()
    slack: SlackSettings = SlackSettings()
    health: HealthSettings = HealthSettings()
    events: EventSettings = EventSettings()
    watch: WatchSettings = WatchSettings()
    sources: dict[str, SourceSettings] = {}
    destinations: dict[str, DestinationSettings] = {}
    routes: tuple[RouteSettings, ...] = ()
    topics: dict[str, tuple[str, ...]] = {}
    daily: DailySettings = DailySettings()
    calendar: CalendarSettings = CalendarSettings()


def load(path: Path | None) -> Config:
    """The configuration in `path`; without a path ./config.toml if there is one, else the defaults.

    Raises:
        ConfigError: the file is missing, not TOML, or holds a key or value we do not know.
    """
    path = path or (Path("config.toml") if Path("config.toml").exists() else None)
    if path is None:
        return Config()
    table = parse(files.body(path, most=LARGEST, error=ConfigError, way="name another with --config"), path)
    redact.know(table)
    for key in _unprintable(table):
        raise ConfigError(f"{path}: {key or 'a key'}: holds a control character; write it without")
    try:
        config = msgspec.convert(_without_empty(table), Config, dec_hook=parsed)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {_explain(str(error), table)}") from error
    for complaint in complaints(config):
        raise ConfigError(f"{path}: {complaint}")
    return config


def parse(body: bytes, path: Path) -> dict[str, Any]:
    """TOML as a table.

    Raises:
        ConfigError: it is none, or one that nobody wrote by hand.
    """
    try:
        return tomllib.loads(body.decode("utf-8"))
    except RecursionError as error:
        raise ConfigError(f"{files.named(path)}: not valid TOML: brackets or keys are nested too deeply") from error
    except ValueError as error:  # also a byte that is no UTF-8, and a number of thousands of digits
        raise ConfigError(f"{files.named(path)}: not valid TOML: {_short(str(error))}") from error


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


def secret(name: str) -> str | None:
    """A secret from the environment; an empty one is none."""
    return os.environ.get(name) or None


def _without_empty(value: Any) -> Any:
    """TOML has no null: an empty text says that there is none."""
    if isinstance(value, dict):
        return {key: _without_empty(part) for key, part in value.items()}
    return None if value == "" else value


FIXED_DESTINATIONS = ("alerts", "ops")
MENTION = re.compile(r"here|channel|everyone|[UWS][A-Z0-9]{6,}")


def complaints(config: Config) -> Iterator[str]:
    """What is wrong with destinations and rules, by key and with the way out."""
    if not 0 < config.watch.review <= config.watch.match <= 1:
        yield f"watch.review = {config.watch.review:g} and watch.match = {config.watch.match:g}: 0 < review <= match <= 1"
    known = {*FIXED_DESTINATIONS, *config.destinations}
    for name, destination in config.destinations.items():
        key = f"destinations.{name}"
        ways = [way for way in ("slack", "webhook", "apprise") if getattr(destination, way)]
        if len(ways) != 1:
            yield f"{key}: give it exactly one of slack, webhook and apprise, not {' and '.join(ways) or 'none'}"
        if destination.fallback and destination.fallback not in known - {name}:
            yield f"{key}.fallback: no destination is called {destination.fallback!r}; known: {', '.join(sorted(known - {name}))}"
    if config.slack.fallback and config.slack.fallback not in config.destinations:
        names = ", ".join(sorted(config.destinations)) or "none; describe one under [destinations.<name>]"
        yield f"slack.fallback: no destination is called {config.slack.fallback!r}; known: {names}"
    for at, rule in enumerate(config.routes, 1):
        yield from _of_rule(rule, f"routes, rule {at}", known, config)
    if config.daily.to not in known:
        yield f"daily.to: no destination is called {config.daily.to!r}; known: {', '.join(sorted(known))}"


def _unprintable(value: object, key: str = "") -> Iterator[str]:
    """Where a string holds a control character: none of ours does, and no path may."""
    if isinstance(value, str) and CONTROL.search(value):
        yield key
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _unprintable(name, key)
            yield from _unprintable(part, f"{key}.{name}" if key else name)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _unprintable(part, key)


def _of_rule(rule: RouteSettings, key: str, known: set[str], config: Config) -> Iterator[str]:
    if not rule.to:
        yield f"{key}: `to` names no destination"
    for name in rule.to:
        if name not in known:
            yield f"{key}: no destination is called {name!r}; known: {', '.join(sorted(known))}"
    for name in rule.topic:
        if name not in config.topics:
            yield f"{key}: no topic is called {name!r}; name its words under [topics]"
    for name in rule.mention:
        if not MENTION.fullmatch(name):
            yield f"{key}: {name!r} can't be mentioned; give a member's (U…) or user group's (S…) id, or here"


def _explain(message: str, table: dict[str, Any]) -> str:
    """What msgspec says (`Object contains unknown field `evry` - at `$.slack``) as one line for a person."""
    where, complaint = _where(message, table), message.partition(" - at ")[0]
    if unknown := re.search(r"unknown field `(\w+)`", message):
        return f"unknown key {f'{where}.{unknown[1]}' if where else unknown[1]!r}; {_nearest(unknown[1], where)}"
    if complaint.endswith("got `null`"):
        return f"{where}: is empty; give it a value, or leave it out"
    return f"{where or 'the file'}: {complaint[0].lower()}{complaint[1:]}"


def _where(message: str, table: dict[str, Any]) -> str:
    """The key that a message speaks of; msgspec has dots where the keys of a table are names: `$.sources[...].every`."""
    match = re.search(r"at `\$\.?(.*)`", message)
    head, names, key = match[1].partition("[...]") if match else ("", "", "")
    if not names:
        return head
    kind = get_args(get_type_hints(Config)[head])[-1]
    name = next(name for name, part in table[head].items() if not _fits(part, kind))
    return f'{head}."{name}"{key}' if "." in name else f"{head}.{name}{key}"


def _fits(part: Any, kind: Any) -> bool:
    try:
        msgspec.convert(_without_empty(part), kind, dec_hook=parsed)
    except msgspec.ValidationError:
        return False
    return True


def _nearest(key: str, where: str) -> str:
    names = [field.name for field in msgspec.structs.fields(_section(where))]
    best = process.extractOne(key, names)
    return f"did you mean {best[0]!r}?" if best and best[1] >= 60 else f"known here: {', '.join(names)}"


def _section(where: str) -> type[Section]:
    """The table that a key stands in, or that all tables of a list or of names are like."""
    kind = get_type_hints(Config).get(re.split(r"\W", where)[0], Config)
    return next((part for part in (kind, *get_args(kind)) if isinstance(part, type) and issubclass(part, Section)), Config)
