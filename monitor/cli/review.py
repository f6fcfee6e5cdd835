"""`monitor review`: a person completes or corrects what was read of an act; what the machine
read stays beside it.
"""

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from monitor.cli.setting import Json, Orderer, Reason, Setting, parse_person
from monitor.config.outward import say
from monitor.errors import ConfigError
from monitor.triage.values import Verb

if TYPE_CHECKING:
    from monitor.store import History


Add = Annotated[
    list[str] | None,
    Option(
        "--add",
        metavar="WHAT=VALUE",
        help="1.org=NAME, 1.code=1C905 NAME, 1.ends=2026-11-10, new=add REGISTER, s1.",
    ),
]


def review(
    context: Context,
    act: Annotated[str, Argument(metavar="ACT", help="The key of an act, such as mofcom-2025-61.")],
    add: Add = None,
    strike: Annotated[
        list[str] | None,
        Option("--strike", metavar="NUMBER", help="The wrong part, by its number."),
    ] = None,
    quote: Annotated[str, Option("--quote", metavar="WORDS", help="The page's words for it.")] = "",
    reason: Reason = "",
    by: Orderer = "",
    as_json: Json = False,
) -> None:
    """Print the monitor's reading of an act, numbered; or add and strike parts, with quotes from
    its page.
    """
    from monitor.ask import reviewing
    from monitor.cli import triage
    from monitor.store.archive import open_archive

    setting: Setting = context.obj
    if not (add or strike):
        with setting.history() as history:
            _show_reading(history, act, as_json=as_json)
        return
    name = parse_person(by)
    with setting.history() as history:
        proposal = reviewing.make_proposal(
            history, open_archive(setting.store), act, add or (), strike or (), quote, reason
        )
    triage.order(setting, name, Verb.REVIEW, act, text=reason, to=act, proposal=proposal)


def _show_reading(history: "History", key: str, *, as_json: bool) -> None:
    from monitor.ask import reviewing
    from monitor.cli import output
    from monitor.render import acts
    from monitor.store import reviews
    from monitor.store.acts import load_acts

    if (act := history(load_acts, [key]).get(key)) is None:
        raise ConfigError(f"{key}: no act has this key; `monitor show WHAT` prints it")
    machine = history(reviews.load_machine_reading, key)
    if as_json:
        output.print_json({"act": act, **({"machine": machine} if machine else {})})
        return
    facts = list(reviewing.list_facts(act))
    for mark, text in facts:
        say(f"{mark:<9} {text}")
    for mark, text in reviewing.word_opinions(history, act):
        say(f"{mark:<9} second reader, unconfirmed: {text}")
    if machine and act.reviewed:
        say(acts.describe_review(act.reviewed))
        known = {text for _, text in facts}
        read = [text for _, text in reviewing.list_facts(machine)]
        for text in read:
            say(f"- {text}") if text not in known else None
        for _, text in facts:
            say(f"+ {text}") if text not in read else None
