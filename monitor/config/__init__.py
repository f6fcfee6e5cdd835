"""Settings and the edge of the process: config.toml → frozen `Config`, whose errors name file, key and the nearest right one.

Beside it what guards the edge: `files` that people name, secrets (`redact`), foreign text (`harmless`), all that goes `outward`.
"""

import os
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from monitor.clock import duration
from monitor.config import files, redact
from monitor.errors import ConfigError

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
    every: str | None = None
    busy_every: str | None = None


class FetchSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[fetch]`: how we behave towards the publishers' servers."""

    user_agent: str = f"regulatory-monitor/{{version}} (+contact: {NO_CONTACT})"
    deadline: str = "30 seconds"
    reading: str = "60 seconds"
    gap: str = "0.5 seconds"
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

    channel: str = ""
    ops_channel: str = ""
    api: str = "https://slack.com/api/"
    gap: str = "1 second"
    grace: str = "15 seconds"
    fallback: str = ""


class DestinationSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[destinations.<name>]`: one more way out, by exactly one of `slack`, `webhook` and `apprise`.

    `slack` is a channel id; `token`, `webhook`, `secret` and `apprise` name variables of the environment, never a secret itself.
    `quiet` are hours in which only what is critical is said; `fallback` is where messages go while this way is closed.
    """

    slack: str = ""
    token: str = "SLACK_BOT_TOKEN"  # noqa: S105 - the name of a variable
    webhook: str = ""
    secret: str = ""
    apprise: str = ""
    quiet: str = ""
    fallback: str = ""


class RouteSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[[routes]]`: what fits every condition that is given goes to these destinations; `*` stands for anything in a name."""

    to: tuple[str, ...]
    authority: tuple[str, ...] = ()
    register: tuple[str, ...] = ()
    action: tuple[str, ...] = ()
    severity: Literal["low", "normal", "high", "critical"] = "low"
    topic: tuple[str, ...] = ()
    mention: tuple[str, ...] = ()


class DailySettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[daily]`: once a day, word of every source's freshness, and that all is quiet where it is. `at` empty: never."""

    at: str = ""
    to: str = "ops"


class CalendarSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[calendar]`: the iCalendar file of key dates that is kept up to date; empty: none."""

    file: str = ""


class HealthSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[health]`: when a silent source is worth a message."""

    patience: str = "30 minutes"


class EventSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[events]`: what belongs to one happening."""

    package: str = "15 minutes"
    press: str = "7 days"


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
    try:
        config = msgspec.convert(table, Config)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {_explain(str(error))}") from error
    return _checked(config, path)


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


def _checked(config: Config, path: Path) -> Config:
    for key in _unprintable(msgspec.to_builtins(config)):
        raise ConfigError(f"{path}: {key or 'a key'}: holds a control character; write it without")
    for complaint in complaints(config):
        raise ConfigError(f"{path}: {complaint}")
    for key, value in _durations(config).items():
        try:
            duration(value)
        except ConfigError as error:
            raise ConfigError(f"{path}: {key}: {error}") from error
    return config


FIXED_DESTINATIONS = ("alerts", "ops")
MENTION = re.compile(r"here|channel|everyone|[UWS][A-Z0-9]{6,}")
DAILY = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d [A-Za-z_]+(?:/[A-Za-z_+\-0-9]+)*")
QUIET = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d [A-Za-z_]+(?:/[A-Za-z_+\-0-9]+)*")


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
        if destination.quiet and not (QUIET.fullmatch(destination.quiet) and _zone(destination.quiet)):
            yield f'{key}.quiet: {destination.quiet!r} are no hours; write for example "22:00-07:00 Asia/Shanghai"'
    if config.slack.fallback and config.slack.fallback not in config.destinations:
        names = ", ".join(sorted(config.destinations)) or "none; describe one under [destinations.<name>]"
        yield f"slack.fallback: no destination is called {config.slack.fallback!r}; known: {names}"
    for at, rule in enumerate(config.routes, 1):
        yield from _of_rule(rule, f"routes, rule {at}", known, config)
    if config.daily.at and not (DAILY.fullmatch(config.daily.at) and _zone(config.daily.at)):
        yield f'daily.at: {config.daily.at!r} is no time; write for example "09:00 Asia/Shanghai"'
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


def _zone(text: str) -> bool:
    """Whether the last word names a time zone."""
    try:
        ZoneInfo(text.rpartition(" ")[2])
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of zones, such as Asia
        return False
    return True


def _durations(config: Config) -> dict[str, str]:
    fixed = {
        "fetch.deadline": config.fetch.deadline,
        "fetch.reading": config.fetch.reading,
        "fetch.gap": config.fetch.gap,
        "slack.gap": config.slack.gap,
        "slack.grace": config.slack.grace,
        "health.patience": config.health.patience,
        "events.package": config.events.package,
        "events.press": config.events.press,
    }
    own = {
        f'sources."{name}".{key}': value
        for name, setting in config.sources.items()
        for key, value in (("every", setting.every), ("busy_every", setting.busy_every))
        if value is not None
    }
    return fixed | own


def _explain(message: str) -> str:
    """What msgspec says (`Object contains unknown field `evry` - at `$.slack``) as one line for a person."""
    where = _where(message)
    unknown = re.search(r"unknown field `(\w+)`", message)
    if not unknown:
        return f"{where or 'the file'}: {message.partition(' - at ')[0][0].lower()}{message.partition(' - at ')[0][1:]}"
    key = f"{where}.{unknown[1]}" if where else unknown[1]
    return f"unknown key {key!r}; {_nearest(unknown[1], where)}"


def _where(message: str) -> str:
    found = re.search(r"at `\$\.?(.*)`", message)
    return found[1] if found else ""


def _nearest(key: str, where: str) -> str:
    from rapidfuzz import process  # noqa: PLC0415 - only a wrong file pays for it

    section = _section(where)
    names = [field.name for field in msgspec.structs.fields(section)]
    best = process.extractOne(key, names)
    return f"did you mean {best[0]!r}?" if best and best[1] >= 60 else f"known here: {', '.join(names)}"


def _section(where: str) -> type[Section]:
    sections: dict[str, type[Section]] = {
        "fetch": FetchSettings,
        "slack": SlackSettings,
        "health": HealthSettings,
        "events": EventSettings,
        "watch": WatchSettings,
        "daily": DailySettings,
        "calendar": CalendarSettings,
    }
    lists: dict[str, type[Section]] = {
        "sources": SourceSettings,
        "destinations": DestinationSettings,
        "routes": RouteSettings,
    }
    if found := next((section for name, section in lists.items() if where.startswith(name)), None):
        return found
    return sections.get(where, Config)
