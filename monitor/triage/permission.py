"""Who may do what: the roles of config.toml, by the members and user groups of Slack that have them. Pure."""

from collections.abc import Collection, Mapping, Sequence

from monitor.config import TriageSettings
from monitor.triage.values import Verb


def roles(settings: TriageSettings, member: str, groups: Mapping[str, Collection[str]]) -> list[str]:
    """The roles that a member has, in the order of config.toml; `groups` are the members of each user group, as far as known."""
    return [
        role for role, named in settings.roles.items() if any(member == one or member in groups.get(one, ()) for one in named)
    ]


def groups_named(settings: TriageSettings) -> list[str]:
    """The user groups whose members have to be known."""
    named = (one for members in settings.roles.values() for one in members if one.startswith("S"))
    return list(dict.fromkeys(named))


def refusal(settings: TriageSettings, verb: Verb, has: Sequence[str]) -> str:
    """Why somebody with these roles may not do it; nothing where they may."""
    needed = _needed(settings, verb)
    if not needed or set(needed) & set(has):
        return ""
    return f"not permitted: that takes the role {' or '.join(needed)}"


def _needed(settings: TriageSettings, verb: Verb) -> Sequence[str]:
    return {
        Verb.DONE: settings.decide,
        Verb.NOT_OURS: settings.dismiss,
        Verb.MUTE: settings.mute,
        Verb.UNMUTE: settings.mute,
    }.get(verb, ())
