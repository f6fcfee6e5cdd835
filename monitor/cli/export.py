"""`monitor export` and `evidence`: what is known, whole or what came since, as a file for a
spreadsheet or another program; or as a pack that others can check.
"""

from pathlib import Path
from typing import Annotated

from typer import Argument, Context, Option

from monitor.cli.setting import Json, Orderer, Setting, Unconfirmed
from monitor.errors import ConfigError

FEED_ALONE = (
    "--feed: a folder of feeds has neither KIND, --format, --since nor --out; name it alone"
)
OF_A_RECORD = (
    "--until, --steps, --person and --erase go with an audit or screenings: monitor export audit"
)
STDOUT = "-"
AUDIT, SCREENINGS = "audit", "screenings"


Form = Annotated[
    str,
    Option(
        "--format",
        metavar="FORM",
        help="csv, jsonl, or ftm (FollowTheMoney) of entities and rows.",
    ),
]


Kind = Annotated[
    str,
    Argument(
        metavar="KIND",
        help="acts, measures, entities, items, rows, alerts, audit (of triage), screenings.",
    ),
]


Since = Annotated[
    str | None,
    Option(
        metavar="DATE|CURSOR",
        help="Only what came since: a day, or what the last export printed.",
    ),
]


Erase = Annotated[
    bool,
    Option("--erase", help="With --person: remove the name; of screenings: answers about it."),
]


Feed = Annotated[
    str | None,
    Option("--feed", metavar="DIR", help="Instead: alerts as Atom feeds, and calendars."),
]


Until = Annotated[
    str | None, Option(metavar="DATE", help="For an audit or screenings: the last day (UTC).")
]


Steps = Annotated[bool, Option("--steps", help="For an audit: a row a step, not an alert.")]


PersonOption = Annotated[
    str, Option(metavar="PERSON", help="For an audit: all stored data of a person.")
]


def export(
    context: Context,
    kind: Kind = "",
    form: Form = "",
    out: Annotated[str, Option("--out", metavar="FILE", help="Where to; - is stdout.")] = STDOUT,
    since: Since = None,
    until: Until = None,
    steps: Steps = False,
    person: PersonOption = "",
    erase: Erase = False,
    by: Orderer = "",
    feed: Feed = None,
    unconfirmed: Unconfirmed = False,
    as_json: Json = False,
) -> None:
    """Write what is known as files for spreadsheets, programs and feed readers: all of it, or
    what came since.
    """
    from monitor.cli.export_files import Target, export_known, export_record, write_feeds

    setting: Setting = context.obj
    target = Target(out, form)
    if feed is not None:
        if kind or form or since or out != STDOUT:
            raise ConfigError(FEED_ALONE)
        write_feeds(setting.desk(as_json=as_json), feed)
    elif unconfirmed:
        export_known(setting.desk(as_json=as_json), "unconfirmed", target, since, part=kind)
    elif kind in (AUDIT, SCREENINGS):
        export_record(setting, kind, target, (since, until), steps, person, erase=erase, by=by)
    elif until or steps or person or erase:
        raise ConfigError(OF_A_RECORD)
    else:
        export_known(setting.desk(as_json=as_json), kind, target, since)


# `monitor evidence`: pack the evidence of an act or a name so that others can check it alone; or
# check a pack.

Asked = Annotated[
    list[str] | None,
    Argument(metavar="ACT|NAME", help="As for `monitor show`: an act, a name, goods, a code."),
]


Sha256 = Annotated[
    str,
    Option("--sha256", metavar="HEX", help="With --verify: what the whole pack should have."),
]


Out = Annotated[Path | None, Option("--out", metavar="FILE", help="The pack: a new .zip.")]


def evidence(
    context: Context,
    asked: Asked = None,
    out: Out = None,
    check: Annotated[
        Path | None, Option("--verify", metavar="FILE", help="Instead: check a pack, offline.")
    ] = None,
    sha256: Sha256 = "",
    as_json: Json = False,
) -> None:
    """Pack the bytes, quotes, readings and messages of an act or a name for others to check; or
    check a pack.
    """
    from monitor.cli import export_files

    if check:
        if asked or out:
            raise ConfigError("--verify checks a pack, and takes nothing else but --sha256")
        export_files.check_pack(check, sha256, as_json=as_json)
    elif not asked or out is None:
        raise ConfigError(
            "name what to pack and the file: monitor evidence mofcom-2025-61 --out pack.zip;"
            " --verify FILE checks one"
        )
    else:
        export_files.pack_evidence(context.obj.desk(as_json=as_json), tuple(asked), out)
