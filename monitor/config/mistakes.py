"""Describe an error in config.toml in one line with the key and the way out. No I/O."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from enum import Enum
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from monitor.config import pages, proxies, rules
from monitor.config.settings import OLD_KEYS, Config
from monitor.config.times import parse_setting

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
SHORTEST_KEEP = timedelta(days=1)
MOST_DECISION = 75  # characters, as many as fit a choice in Slack
FIXED_DESTINATIONS = ("alerts", "ops")


def find_mistakes(config: Config) -> Iterator[str]:
    """Find errors in the settings that no type shows, by key and with the way out."""
    known = sorted({*FIXED_DESTINATIONS, *config.destinations})
    yield from _find_wrong_values(config)
    called = [one.name for one in config.screen_against]
    yield from (
        f"screen_against {one.name!r}: give either the file of the list or its url (https://…)"
        for one in config.screen_against
        if bool(one.file) == bool(one.url) or (one.url and not re.match("https?://", one.url))
    )
    yield from (
        f"screen_against: two lists are called {name!r}"
        for name in sorted(set(called))
        if called.count(name) > 1
    )
    yield from pages.find_page_mistakes(config.page)
    yield from _find_wrong_proxies(config)
    yield from _find_wrong_fallbacks(config, known)
    yield from rules.find_rule_mistakes(config, known)
    yield from _find_in_triage(config)
    yield from _find_in_desks(config, known)
    if config.daily.to not in known:
        yield f"daily.to: {_word_unknown_destination(config.daily.to, known)}"


def _find_wrong_values(config: Config) -> Iterator[str]:
    if not 0 < config.watch.review <= config.watch.match <= 1:
        yield (
            f"watch.review = {config.watch.review:g} and watch.match = {config.watch.match:g}: 0 <"
            " review <= match <= 1"
        )
    if config.upkeep.keep < SHORTEST_KEEP:
        yield (
            f"upkeep.keep: at least {SHORTEST_KEEP.days} day: what was read a moment ago may be on"
            " its way into the history"
        )
    if config.evidence.timestamp and not re.fullmatch(
        r"https?://[^\s/@]+(/\S*)?", config.evidence.timestamp
    ):
        yield "evidence.timestamp: the address of an authority, such as https://tsa.example/tsr"


def _find_wrong_proxies(config: Config) -> Iterator[str]:
    asked = {
        "fetch.proxy": config.fetch.proxy,
        **{f'sources."{name}".proxy': it.proxy for name, it in config.sources.items()},
    }
    yield from (
        f"{key}: {wrong}"
        for key, proxy in asked.items()
        if proxy and (wrong := proxies.find_proxy_mistake(proxy))
    )


def _find_wrong_fallbacks(config: Config, known: Sequence[str]) -> Iterator[str]:
    for name, destination in config.destinations.items():
        key = f"destinations.{name}"
        others = [other for other in known if other != name]
        if destination.fallback and destination.fallback not in others:
            yield f"{key}.fallback: {_word_unknown_destination(destination.fallback, others)}"
    described = sorted(config.destinations)
    if config.slack.fallback and config.slack.fallback not in described:
        yield f"slack.fallback: {_word_unknown_destination(config.slack.fallback, described)}"


def find_old_keys(table: Mapping[str, Any]) -> Iterator[str]:
    """Find the keys that the next version no longer reads, each with what to write instead."""
    for key, way in OLD_KEYS.items():
        section, _, name = key.partition(".")
        if isinstance(keys := table.get(section), Mapping) and name in keys:
            yield f"{key} counts for this version only; {way}"


def _find_in_triage(config: Config) -> Iterator[str]:
    """Find errors in the roles."""
    settings = config.triage
    if not settings.decisions or not all(
        MOST_DECISION >= len(decision) > 0 for decision in settings.decisions
    ):
        yield f"triage.decisions: name at least one, each of 1 to {MOST_DECISION} characters"
    for name, members in settings.roles.items():
        for member in members:
            if not rules.MEMBER.fullmatch(member):
                yield (
                    f"triage.roles.{name}: {member!r} is nobody; give a member's (U…) or user"
                    " group's (S…) id"
                )
    for key in ("allowed", "decide", "dismiss", "mute"):
        for name in getattr(settings, key):
            if name not in settings.roles:
                near = (
                    rules.suggest_name(name, settings.roles)
                    if settings.roles
                    else "name its members under [triage.roles]"
                )
                yield f"triage.{key}: no role is called {name!r}; {near}"


def _find_in_desks(config: Config, known: Collection[str]) -> Iterator[str]:
    """Find errors in the escalations."""
    for name, desk in config.triage.desks.items():
        key = f"triage.desks.{name}"
        if name not in known:
            yield f"{key}: {_word_unknown_destination(name, known)}"
        if desk.to and desk.to not in known:
            yield f"{key}.to: {_word_unknown_destination(desk.to, known)}"
        for one in desk.mention:
            if not rules.MENTION.fullmatch(one):
                yield (
                    f"{key}.mention: {one!r} can't be mentioned; give a member's (U…) or user"
                    " group's (S…) id, or here"
                )
        if desk.after and not (desk.mention or desk.to):
            yield (
                f"{key}.after: there is nobody to call; name people under `mention`, or a"
                " destination under `to`"
            )


def _word_unknown_destination(name: str, known: Collection[str]) -> str:
    names = ", ".join(known) or "none; describe one under [destinations.<name>]"
    return f"no destination is called {name!r}; known: {names}"


def find_unprintable(value: object, key: str = "") -> Iterator[str]:
    """Find a control character in a string: none of ours has any, and no path may."""
    if isinstance(value, str) and CONTROL.search(value):
        yield key
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from find_unprintable(name, key)
            yield from find_unprintable(part, f"{key}.{name}" if key else name)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from find_unprintable(part, key)


def explain_mistake(
    message: str,
    table: Mapping[str, Any],
    root: type[msgspec.Struct],
    *,
    within: str = "",
    beside: Iterable[str] = (),
) -> str:
    """Translate msgspec's error (`Object contains unknown field `evry` - at `$.slack``) about a
    table of type `root`. It is `within` another table, some keys of which may be `beside` its own.
    """
    inner, complaint = _locate_key(message, table, root), message.partition(" - at ")[0]
    where = ".".join(filter(None, (within, inner)))
    if unknown := re.search(r"unknown field `([^`]*)`", message):
        return explain_unknown_key(
            unknown[1], where, [*list_keys(_find_section(inner, root)), *beside]
        )
    if complaint.endswith("got `null`"):
        return f"{where}: is empty; give it a value, or leave it out"
    way = ""
    if value := re.search(r"enum value '([^']*)'", complaint):
        way = f"; {rules.suggest_name(value[1], _list_words(inner, root), 'known here')}"
    return f"{where or 'the file'}: {complaint[0].lower()}{complaint[1:]}{way}"


def _list_words(where: str, root: type[msgspec.Struct]) -> list[str]:
    """The words that a key takes, where it takes some alone."""
    key = re.findall(r"[a-z_]+", where)[-1]
    kinds, words = [get_type_hints(_find_section(where, root)).get(key)], list[object]()
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, Enum):
            words += kind
        elif get_origin(kind) is Literal:
            words += get_args(kind)
        else:
            kinds += get_args(kind)
    return [str(word) for word in words]


def explain_unknown_key(key: str, where: str, known: Iterable[str]) -> str:
    """State that a key is unknown there, and suggest the nearest."""
    return (
        f"unknown key {f'{where}.{key}' if where else key!r};"
        f" {rules.suggest_name(key, list(known), 'known here')}"
    )


def list_keys(section: type[msgspec.Struct]) -> list[str]:
    """The keys of a table."""
    return [field.name for field in msgspec.structs.fields(section)]


def _locate_key(message: str, table: Mapping[str, Any], root: type[msgspec.Struct]) -> str:
    """Return the key in a message; msgspec writes dots for a table's names:
    `$.sources[...].every`.
    """
    match = re.search(r"at `\$\.?(.*)`", message)
    head, names, key = match[1].partition("[...]") if match else ("", "", "")
    if not names:
        return head
    hint: Any = root
    for part in head.split("."):
        hint, table = get_type_hints(hint)[part], table[part]
    kind = get_args(hint)[-1]
    name = next(name for name, part in table.items() if not _is_of_kind(part, kind))
    return f'{head}."{name}"{key}' if "." in name else f"{head}.{name}{key}"


def _is_of_kind(part: Any, kind: Any) -> bool:
    try:
        msgspec.convert(part, kind, dec_hook=parse_setting)
    except msgspec.ValidationError:
        return False
    return True


def _find_section(where: str, root: type[msgspec.Struct]) -> type[msgspec.Struct]:
    """Return the type of a key's table, or the common type of a list's or map's tables."""
    section = root
    for part in re.split(r"\W+", where):
        kind = get_type_hints(section).get(part)
        inner = (
            one
            for one in (kind, *get_args(kind))
            if isinstance(one, type) and issubclass(one, msgspec.Struct)
        )
        section = next(inner, section)
    return section
