"""The command line: results on stdout, all else on stderr; one clear line for what failed, never
a traceback.

A new command also needs its place in `SECTIONS` of `cli/overview.py`: the help prints only those.
"""

import gc
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Context, Option

from monitor.cli import export, init, outbox, overview, pages, replay, route, triage, watch
from monitor.cli import store as cli_store
from monitor.cli.setting import (
    KEPT,
    OFTEN,
    Json,
    Mapped,
    Orderer,
    Setting,
    Unconfirmed,
    end_command,
    parse_day,
    parse_person,
)
from monitor.config import VERSION, Config, logs
from monitor.config.logs import Level, LogFormat
from monitor.config.outward import note, say
from monitor.errors import ConfigError, StoreError
from monitor.triage.values import TriageRequest

# of an extra
CONSOLE = frozenset(
    {"jinja2", "markupsafe", "multipart", "python_multipart", "starlette", "uvicorn"}
)
NOBODY_ASKED = "name what to screen; or give --again alone, to repeat earlier screenings"
SLACK_ALONE = (
    "--slack looks at no source: it goes with --send and --json alone, and --send only with it"
)
PROGRAM = "monitor"  # fixed, whatever name was called: shells use it for completions

app = typer.Typer(
    cls=overview.Overview,
    no_args_is_help=True,
    epilog=overview.BEGIN,
    context_settings=overview.NAMES,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for group in (watch, outbox, triage):
    app.add_typer(group.app)
for command in (
    export.evidence,
    export.export,
    init.init,
    triage.mute,
    pages.new,
    pages.read,
    replay.replay,
    triage.review,
    route.route,
    cli_store.backup,
    cli_store.restore,
):
    app.command()(command)
app.command("hand-in")(pages.hand_in)
app.command("try")(pages.try_page)
app.command("move", hidden=True, context_settings={"ignore_unknown_options": True})(cli_store.move)


def _complete_sources(incomplete: str) -> list[str]:
    """List our sources with this prefix, for completion in a shell."""
    from monitor.source import registry as registries

    return [
        source.id
        for source in registries.Registry(Config()).sources
        if source.id.startswith(incomplete)
    ]


Sources = Annotated[
    list[str] | None,
    Argument(
        metavar="SOURCE",
        help="cn_mofcom or cn_mofcom.announcements",
        autocompletion=_complete_sources,
    ),
]


def _print_version(asked: bool) -> None:
    """Print the version, whatever other options there are."""
    if asked:
        say(f"monitor {VERSION}")
        raise typer.Exit


@app.callback()
def main_options(
    context: Context,
    config: Annotated[
        Path | None, Option(metavar="FILE", help="Settings; ./config.toml if it is there.")
    ] = None,
    store: Annotated[
        str | None, Option(metavar="DIR", help="The store; default: config.toml's.")
    ] = None,
    log_level: Annotated[
        Level | None, Option(help="Log level; default: warning, for `monitor run` config.toml's.")
    ] = None,
    log_format: Annotated[
        LogFormat | None, Option(help="For people or programs; auto: human at a terminal.")
    ] = None,
    version: Annotated[  # noqa: ARG001 - its callback answers
        bool,
        Option(
            "--version", callback=_print_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Watches ministries' pages, and alerts on new controls and listings. The options below work
    before or after the command; COMMAND -h shows a command's own.
    """
    context.obj = Setting(config, store, log_level, log_format)
    logs.set_up_log(context.obj.logging)


Release = Annotated[
    bool,
    Option(
        "--release",
        help=(
            "Instead: confirm the removals that SOURCE, a register, withheld, and alert on them."
        ),
    ),
]


Tidy = Annotated[
    bool,
    Option(
        "--tidy",
        help="Instead: delete archived pages that nothing refers to, as the daemon does daily.",
    ),
]


@app.command()
def poll(
    context: Context,
    sources: Sources = None,
    every: Annotated[
        bool, Option("--all", help="All sources, due or not; a line for each that fails.")
    ] = False,
    since: Annotated[
        str | None,
        Option(metavar="DATE", help="At a first read, alert on what was published from DATE on."),
    ] = None,
    dry_run: Annotated[
        bool, Option("--dry-run", help="Write and send nothing; print the alerts.")
    ] = False,
    release: Release = False,
    tidy: Tidy = False,
    as_json: Json = False,
) -> None:
    """Poll what is due (or named, or all) once, then deliver the alerts."""
    from monitor.cli import once
    from monitor.run.orders import PollOrder, ReleaseOrder

    setting: Setting = context.obj
    if tidy:
        cli_store.tidy(setting)
        return
    if release and not sources:
        raise ConfigError("--release: name the register's source, such as us_fcc.covered")
    names = tuple(sources or ())
    day = parse_day("--since", since) if since else None
    order = ReleaseOrder(names) if release else PollOrder(names, every, day)
    end_command(once.poll_once(setting, order, dry_run=dry_run, as_json=as_json))


Queues = Annotated[
    str | None,
    Option(
        metavar="NAMES",
        help="On a database: which of polls, deliveries and rounds to take; default: all.",
    ),
]


@app.command()
def run(context: Context, queues: Queues = None) -> None:
    """Poll all sources until SIGTERM or Ctrl-C: the daemon. SIGHUP reads config.toml and the
    scrapers again.
    """
    from monitor.cli import once

    once.run_daemon(context.obj, queues)


@app.command()
def sources(context: Context, sources: Sources = None, as_json: Json = False) -> None:
    """List every source, or these, with its address, its pace, and the hours that were learned to bring
    news.
    """
    from monitor import store as histories
    from monitor.ask import coverage
    from monitor.cli import ask

    setting: Setting = context.obj
    now = datetime.now(UTC)
    known = setting.registry.named(sources) if sources else setting.registry.sources
    try:
        if histories.has_store(setting.store):
            known = coverage.add_learned_hours(setting.store, known, now)
    except StoreError as error:
        note(f"monitor: {error}; which hours were learnt is not known")
    ask.show_sources(coverage.list_sources(known, now), as_json=as_json)


Since = Annotated[
    str | None,
    Option(metavar="DATE", help="Since that day (UTC), when each source was not read."),
]


Alive = Annotated[
    bool, Option("--alive", help="Only whether a daemon works here; exit 1 without one.")
]


@app.command()
def status(
    context: Context,
    sources: Sources = None,
    alive: Alive = False,
    since: Since = None,
    as_json: Json = False,
) -> None:
    """Print whether a daemon runs, how healthy the sources are, what is pending. With SOURCE: since
    when its polls found nothing new.
    """
    from monitor.cli import ask

    setting, mistake = context.obj.past_mistakes()
    if mistake:
        before = f"a running daemon keeps the settings that it read last ({setting.store / KEPT})"
        note(f"monitor: {mistake}; {before}; what follows is as far as can be read")
    named = setting.registry.named(sources) if sources else []
    if since:
        ask.ask_gaps(setting.desk(as_json=as_json), since, named)
        return
    works = ask.show_daemon(setting.store, as_json=as_json)
    if alive:
        end_command(works)
        return
    if works and not mistake:
        setting.note_other_settings()
    desk = setting.desk(as_json=as_json)
    if named:
        ask.print_certificates(desk, named)
    else:
        ask.ask_state(desk)
    end_command(not mistake)


Known = Annotated[
    str | None,
    Option(
        metavar="DATE",
        help="Only by what was published and known at the end of that day; default: by all.",
    ),
]


Day = Annotated[
    str, Argument(metavar="DATE", help="The day, in the authority's own time zone: 2025-11-15.")
]


Register = Annotated[str, Option(metavar="REGISTER", help="Such as cn-unreliable-entities.")]


Item = Annotated[
    str, Option(metavar="CODE", help="A control code or an HS number, or the beginning of one.")
]


Destination = Annotated[
    str, Option(metavar="CC", help="A country, such as US; with what holds for any.")
]


@app.command()
def asof(
    context: Context,
    day: Day,
    known: Known = None,
    register: Register = "",
    entity: Annotated[str, Option(metavar="NAME", help="A listed name, in either language.")] = "",
    item: Item = "",
    destination: Destination = "",
    unconfirmed: Unconfirmed = False,
    as_json: Json = False,
) -> None:
    """Print what was in force, announced or suspended on a day, with quotes."""
    from monitor import timeline
    from monitor.ask import asking
    from monitor.ask.unconfirmed import ask_words
    from monitor.cli import ask

    desk = context.obj.desk(as_json=as_json)
    on, by = (
        asking.parse_day("DATE", day, desk.now),
        asking.parse_day("--known", known, desk.now) if known else None,
    )
    code, place = (
        register and asking.parse_register(register),
        destination and asking.parse_country(destination),
    )
    if unconfirmed:
        queries = ask_words(code, entity, item)
        ask.show_unconfirmed(desk, queries, until=on.isoformat())
        return
    asked = timeline.MeasureQuery(register=code, entity=entity, item=item, destination=place)
    ask.ask_as_of(desk, on, by, asked)


Ignored = Annotated[
    bool,
    Option(
        "--ignored",
        help="For a watched page (page:NAME): the changes without an alert, and why.",
    ),
]


About = Annotated[
    str,
    Argument(metavar="WHAT", help="Anything printed: an act, a name, goods, a code, a register."),
]


ListedSince = Annotated[
    str | None,
    Option(metavar="DATE", help="New listings since that day; on WHAT, if that is a register."),
]


Why = Annotated[
    bool,
    Option("--why", help="For an alert: its rule, match, evidence, recipients and triage."),
]


@app.command()
def show(
    context: Context,
    about: About = "",
    listed_since: ListedSince = None,
    ignored: Ignored = False,
    why: Why = False,
    unconfirmed: Unconfirmed = False,
    as_json: Json = False,
) -> None:
    """Print the whole story of anything named in a message or an answer, with its evidence."""
    from monitor.ask.unconfirmed import ask_words
    from monitor.cli import ask

    if why:
        triage.explain_alert(context.obj, about, as_json=as_json)
        return
    desk = context.obj.desk(as_json=as_json)
    if unconfirmed:
        ask.show_unconfirmed(desk, ask_words(about))
    elif listed_since:
        ask.ask_listed_since(desk, listed_since, about)
    elif ask.is_page(about):
        ask.show_page(desk, about, ignored=ignored)
    elif kept := ask.SCREENING.fullmatch(about):
        from monitor.cli import screen as screen_command

        screen_command.show_recorded(desk, kept["number"])
    elif ignored:
        raise ConfigError("--ignored goes with a watched page: monitor show page:NAME --ignored")
    else:
        ask.ask_about(desk, about)


SinceOption = Annotated[
    str | None, Option("--from", metavar="DATE", help="The first day; default: today.")
]


Until = Annotated[
    str | None, Option("--to", metavar="DATE", help="The last day; default: all that is known.")
]


@app.command()
def calendar(
    context: Context,
    since: SinceOption = None,
    until: Until = None,
    file: Annotated[
        Path | None, Option("--ics", metavar="FILE", help="Write an iCalendar file as well.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the days on which the law changes: what takes effect, what ends, which suspension
    runs out.
    """
    from monitor.ask import answers, asking
    from monitor.cli import ask

    desk = context.obj.desk(as_json=as_json)
    first = asking.parse_day("--from", since, desk.now) if since else desk.now.date()
    last = asking.parse_day("--to", until, desk.now) if until else date.max

    key_dates = desk.ask(
        lambda history: answers.load_key_dates(desk.knowledge(history), first, last),
        ask.show_key_dates,
        lambda key_dates: key_dates.dates,
    )
    if file:
        ask.write_ics(file, key_dates, desk.now)
        note(
            f"monitor: {file}: {len(key_dates.dates)}"
            f" {'date' if len(key_dates.dates) == 1 else 'dates'}"
        )
    ask.note_day_remarks(key_dates, first, last)


Every = Annotated[
    bool,
    Option(
        "--all",
        help=("A line for each source; with --save DIR all of it in one folder for a bug report."),
    ),
]


Save = Annotated[
    bool,
    Option("--save", help="Save each fetched page under tests/pages; with --all in DIR."),
]


Slack = Annotated[
    bool, Option("--slack", help="Instead: token, scopes, channels and other destinations.")
]


Send = Annotated[bool, Option("--send", help="With --slack: post a test message to each of them.")]


@app.command()
def doctor(
    context: Context,
    sources: Sources = None,
    save: Save = False,
    every: Every = False,
    slack: Slack = False,
    send: Send = False,
    as_json: Json = False,
) -> None:
    """Check settings, store, clock and every source's address, and say how to fix what is wrong.
    Nothing is recorded.
    """
    from monitor.cli import doctor as doctors
    from monitor.cli.doctor import slack as slack_doctor

    setting: Setting = context.obj
    folder = _find_save_folder(sources) if every and save else None
    if (send and not slack) or (slack and (sources or save)):
        raise ConfigError(SLACK_ALONE)
    if slack:
        findings = slack_doctor.check_slack(setting.config, send=send)
    else:
        findings = doctors.check_all(
            setting.config,
            setting.config_file,
            setting.store,
            sources or (),
            keep=save and not folder,
            quiet=as_json,
            to=folder,
        )
    doctors.show_checkup(findings, as_json=as_json, every=every)
    end_command(not any(finding.ok is False for finding in findings))


@app.command()
def serve(
    context: Context,
    host: Annotated[
        str,
        Option(metavar="HOST", help="Where to listen; beyond this machine set up access first."),
    ] = "127.0.0.1",
    port: Annotated[
        int, Option(metavar="PORT", min=0, max=65_535, help="0: any that is free.")
    ] = 8080,
) -> None:
    """Serve a console for browsers and JSON for programs; only people named in config.toml can
    change anything.
    """
    from monitor.cli import once

    try:
        from monitor.console.serve import serve_console as listen
    except ModuleNotFoundError as error:
        if error.name not in CONSOLE:
            raise
        raise ConfigError(
            "serve: needs the extra `console`: pip install 'regulatory-monitor[console]'"
        ) from error
    setting: Setting = context.obj
    gc.set_threshold(OFTEN)

    def order(request: TriageRequest) -> Sequence[str] | None:
        return once.give_order(setting, request, without="nothing was sent")

    listen(setting.store, setting.config, setting.registry.sources, setting.now, host, port, order)


Asked = Annotated[
    list[str] | None,
    Argument(metavar="NAME|FILE", help="A name, a tariff number, a control code; a file."),
]


Out = Annotated[
    Path | None,
    Option(metavar="FILE", help="Write the result as .xlsx or .csv for a colleague."),
]


Against = Annotated[
    Path | None, Option("--list", metavar="LIST", help="Hold FILE against this list alone.")
]


Review = Annotated[
    float | None,
    Option(metavar="SCORE", min=0.01, max=1, help="Lowest score to show; default 0.70."),
]


Match = Annotated[
    float | None,
    Option(metavar="SCORE", min=0.01, max=1, help="Lowest score for a match; default 0.85."),
]


Again = Annotated[
    bool, Option("--again", help="Instead: which recorded answers would differ today.")
]


@app.command()
def screen(
    context: Context,
    asked: Asked = None,
    against: Against = None,
    review: Review = None,
    match: Match = None,
    columns: Mapped = None,
    out: Out = None,
    no_record: Annotated[bool, Option("--no-record", help="Keep no record of it.")] = False,
    again: Again = False,
    by: Orderer = "",
    unconfirmed: Unconfirmed = False,
    as_json: Json = False,
) -> None:
    """Print whether names, or those of a file, are on the watch list or were ever listed, and why.
    Keep a record of it.
    """
    from monitor.ask.unconfirmed import ask_screening
    from monitor.cli import ask
    from monitor.cli import screen as screenings

    if again == bool(asked):
        raise ConfigError(NOBODY_ASKED)
    mapped = screenings.parse_mapping(columns)
    if again or not asked:
        screenings.show_others(context.obj.desk(as_json=as_json))
    elif against:
        screenings.screen_against_list(asked, against, (review, match), mapped, as_json=as_json)
    elif unconfirmed:
        queries = ask_screening(context.obj.config, asked, mapped)
        ask.show_unconfirmed(context.obj.desk(as_json=as_json), queries)
    else:
        desk, who = context.obj.desk(as_json=as_json), "" if no_record else parse_person(by)
        end_command(screenings.screen_all(desk, asked, (review, match), mapped, out, who))


def _find_save_folder(names: list[str] | None) -> Path:
    """The folder of `--all --save DIR`."""
    if not names or len(names) != 1:
        raise ConfigError(
            "--all: what is seen of every address goes into one folder: monitor doctor --all"
            " --save DIR"
        )
    return Path(names[0])


def main() -> None:
    """Run the command line."""
    with overview.catch_errors():
        overview.refuse_undecodable(sys.argv[1:])
        status = app(prog_name=PROGRAM, standalone_mode=False) or 0
        # typer takes Ctrl-C for the command's own end, and prints nothing
        if status == overview.INTERRUPTED:
            raise KeyboardInterrupt
        sys.exit(status)
