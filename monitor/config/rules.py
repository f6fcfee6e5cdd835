"""The rules of config.toml: what is wrong with one, and which could never fit. Pure."""

import re
from collections.abc import Collection, Iterator
from fnmatch import fnmatchcase

from monitor.config.settings import Config, RouteSettings
from monitor.model import Action
from monitor.vocabulary import Vocabulary

PRESS = "press"  # a press report's authority in rules, beside the real ones
PAGE = "page"  # the authority of a watched page without one
MEMBER = re.compile(r"[UWS][A-Z0-9]{6,}")
MENTION = re.compile(r"here|channel|everyone|[UWS][A-Z0-9]{6,}")
NEAR = 60  # of 100; below, a name is not what somebody may have meant
LISTED = 16  # names that are listed where none is near


def find_rule_mistakes(config: Config, destinations: Collection[str]) -> Iterator[str]:
    """Find errors in the rules, by config.toml alone, by key and with the way out."""
    for at, rule in enumerate(config.routes, 1):
        key = f"routes, rule {at}"
        if not rule.to:
            yield f"{key}: `to` names no destination"
        yield from _find_strange(f"{key}: no destination is called", rule.to, destinations)
        yield from _find_strange(
            f"{key}: no action is called", rule.action, [str(action) for action in Action]
        )
        yield from _find_strange_topics(rule, key, config)
        for name in rule.mention:
            if not MENTION.fullmatch(name):
                yield (
                    f"{key}: {name!r} can't be mentioned; give a member's (U…) or user group's (S…)"
                    " id, or here"
                )
        if rule.action and rule.authority and set(rule.authority) <= {PRESS}:
            yield (
                f"{key}: can never fit: the press does nothing that `action` could name; leave"
                " `action` out"
            )


def _find_strange_topics(rule: RouteSettings, key: str, config: Config) -> Iterator[str]:
    for name in rule.topic:
        if name not in config.topics:
            near = (
                suggest_name(name, config.topics)
                if config.topics
                else "name its words under [topics]"
            )
            yield f"{key}: no topic is called {name!r}; {near}"
        elif not any(word.strip() for word in config.topics[name]):
            yield f"{key}: can never fit: the topic {name!r} has no words; name them under [topics]"


def find_unknown_terms(config: Config, known: Vocabulary) -> Iterator[str]:
    """List the authorities and registers in rules that neither we nor the scrapers declare."""
    for at, rule in enumerate(config.routes, 1):
        yield from _find_strange(
            f"routes, rule {at}: no authority is called", rule.authority, list_authorities(known)
        )
        yield from _find_strange(
            f"routes, rule {at}: no register is called", rule.register, list_registers(known)
        )


def list_authorities(known: Vocabulary) -> list[str]:
    """List the authorities for rules."""
    return sorted([*known.authorities, PAGE, PRESS])


def list_registers(known: Vocabulary) -> list[str]:
    """List the registers for rules."""
    return sorted(known.registers)


def _find_strange(
    complaint: str, patterns: Collection[str], names: Collection[str]
) -> Iterator[str]:
    """Yield a complaint for each name or pattern with `*` that fits no known name."""
    for pattern in patterns:
        if not any(fnmatchcase(name, pattern) for name in names):
            yield f"{complaint} {pattern!r}; {suggest_name(pattern, names)}"


def suggest_name(word: str, names: Collection[str], known: str = "known") -> str:
    """Suggest the nearest name, or list the known ones in their order."""
    from rapidfuzz import process  # noqa: PLC0415 - only a mistake needs it

    best = process.extractOne(word, list(names), score_cutoff=NEAR)
    if best:
        return f"did you mean {best[0]!r}?"
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return f"{known}: {', '.join(list(names)[:LISTED])}{more}"
