"""config.toml → frozen `Config`; an error names the file, the key and the nearest right one."""

import os
import re
import tomllib
from pathlib import Path

import msgspec

from monitor.clock import duration
from monitor.errors import ConfigError


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of config.toml; a key it does not know is an error, never ignored."""


class SourceSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[sources."cn_mofcom.announcements"]`: what to change of a source."""

    enabled: bool = True
    url: str | None = None
    every: str | None = None
    busy_every: str | None = None


class FetchSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[fetch]`: how we behave towards the publishers' servers."""

    user_agent: str = "regulatory-monitor/0.1 (+contact: set fetch.user_agent in config.toml)"
    deadline: str = "30 seconds"
    gap: str = "0.5 seconds"
    robots: bool = True
    allow_private: bool = False


class SlackSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[slack]`: channel ids. The token is never in the file: SLACK_BOT_TOKEN or SLACK_WEBHOOK_URL in the environment."""

    channel: str = ""
    ops_channel: str = ""
    api: str = "https://slack.com/api/"


class HealthSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[health]`: when a silent source is worth a message."""

    patience: str = "30 minutes"


class EventSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[events]`: what belongs to one happening."""

    package: str = "15 minutes"
    press: str = "7 days"


class Config(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings, with the defaults that config.toml shows."""

    store: str = ".store"
    packages: tuple[str, ...] = ("scrapers",)
    fetch: FetchSettings = FetchSettings()
    slack: SlackSettings = SlackSettings()
    health: HealthSettings = HealthSettings()
    events: EventSettings = EventSettings()
    sources: dict[str, SourceSettings] = {}


def load(path: Path | None) -> Config:
    """The configuration in `path`; without a path ./config.toml if there is one, else the defaults.

    Raises:
        ConfigError: the file is missing, not TOML, or holds a key or value we do not know.
    """
    path = path or (Path("config.toml") if Path("config.toml").exists() else None)
    if path is None:
        return Config()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: can't be read: {error.strerror}; name another with --config") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    try:
        config = msgspec.convert(table, Config)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {_explain(str(error))}") from error
    return _checked(config, path)


def secret(name: str) -> str | None:
    """A secret from the environment; an empty one is none."""
    return os.environ.get(name) or None


def _checked(config: Config, path: Path) -> Config:
    for key, value in _durations(config).items():
        try:
            duration(value)
        except ConfigError as error:
            raise ConfigError(f"{path}: {key}: {error}") from error
    return config


def _durations(config: Config) -> dict[str, str]:
    fixed = {
        "fetch.deadline": config.fetch.deadline,
        "fetch.gap": config.fetch.gap,
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
    }
    if where.startswith("sources"):
        return SourceSettings
    return sections.get(where, Config)
