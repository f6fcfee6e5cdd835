"""The command line: results on stdout, all else on stderr; one clear line for what failed, never a traceback."""

import gc
import sys
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli import backtest as cli_backtest
from monitor.cli import evidence as cli_evidence
from monitor.cli import export as cli_export
from monitor.cli import init as cli_init
from monitor.cli import mute as cli_mute
from monitor.cli import outbox as cli_outbox
from monitor.cli import overview
from monitor.cli import replay as cli_replay
from monitor.cli import route as cli_route
from monitor.cli import store as cli_store
from monitor.cli import triage as cli_triage
from monitor.cli import watch as cli_watch
from monitor.cli.setting import OFTEN, Json, Setting, end_command, parse_day
from monitor.config import VERSION, Config, load, logs
from monitor.config.logs import Level, LogFormat
from monitor.config.outward import note, say
from monitor.errors import ConfigError, MonitorError, StoreError

if TYPE_CHECKING:
    from monitor.run import control

CONSOLE = frozenset({"jinja2", "markupsafe", "multipart", "python_multipart", "starlette", "uvicorn"})  # of an extra
PROGRAM = "monitor"  # however it was called: shells ask it for completions by this name

app = typer.Typer(
    cls=overview.Overview,
    no_args_is_help=True,
    epilog=overview.BEGIN,
    context_settings=overview.NAMES,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(cli_watch.app, name="watch")
app.add_typer(cli_route.app, name="route")
app.add_typer(cli_outbox.app, name="outbox")
app.add_typer(cli_triage.app, name="triage")
app.command("backtest")(cli_backtest.backtest)
app.command("evidence")(cli_evidence.evidence)
app.command("export")(cli_export.export)
app.command("init")(cli_init.init)
app.command("mute")(cli_mute.mute)
app.command("replay")(cli_replay.replay)
app.command("backup")(cli_store.backup)
app.command("restore")(cli_store.restore)
app.command("tidy")(cli_store.tidy)
app.command("move", hidden=True, context_settings={"ignore_unknown_options": True})(cli_store.move)


def _complete_sources(incomplete: str) -> list[str]:
    """The sources that we bring whose ids begin so, for a shell that completes one."""
    from monitor.source import registry as registries

    return [source.id for source in registries.Registry(Config()).sources if source.id.startswith(incomplete)]


Sources = Annotated[
    list[str] | None,
    typer.Argument(metavar="SOURCE", help="cn_mofcom or cn_mofcom.announcements", autocompletion=_complete_sources),
]


def _print_version(asked: bool) -> None:
    """Answer `--version`, whatever else is said."""
    if asked:
        say(f"monitor {VERSION}")
        raise typer.Exit


@app.callback()
def main_options(
    context: typer.Context,
    config: Annotated[Path | None, typer.Option(metavar="FILE", help="Settings; ./config.toml if it is there.")] = None,
    store: Annotated[
        str | None, typer.Option(metavar="DIR", help="Where the history lives; default: as config.toml says.")
    ] = None,
    log_level: Annotated[
        Level | None, typer.Option(help="What is logged: from warning on, by `monitor run` as config.toml says.")
    ] = None,
    log_format: Annotated[
        LogFormat | None, typer.Option(help="For people or programs; auto: as stderr is a terminal or none.")
    ] = None,
    version: Annotated[  # noqa: ARG001 - its callback answers
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Tells you what ministries newly control and whom they list.

    The options below may stand before the command or after it; COMMAND -h says what a command takes.
    """
    context.obj = Setting(config, store, log_level, log_format)
    logs.install(context.obj.logging)


@app.command()
def poll(
    context: typer.Context,
    sources: Sources = None,
    every: Annotated[bool, typer.Option("--all", help="All sources, due or not; a line for each that fails.")] = False,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="At a first read, tell what was published from DATE on.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write and send nothing; print what would be told.")] = False,
    as_json: Json = False,
) -> None:
    """Look once at what is due (or named, or all), then deliver what is owed."""
    from monitor.cli import once

    setting: Setting = context.obj
    asked = _make_request(sources, every=every, since=since)
    end_command(once.poll_once(setting.config, setting.store, asked, dry_run=dry_run, as_json=as_json))


Queues = Annotated[
    str | None, typer.Option(metavar="NAMES", help="On a database: which of polls, deliveries and rounds to take; default: all.")
]


@app.command()
def run(context: typer.Context, queues: Queues = None) -> None:
    """Watch all sources until SIGTERM or Ctrl-C, on a database beside others; SIGHUP reads config.toml and the scrapers again."""
    from monitor.cli import once

    setting: Setting = context.obj
    once.watch(setting.config, setting.store, queues, lambda: load(setting.config_file), setting.logging_of_daemon)


@app.command(hidden=True)
def work(context: typer.Context, queues: Queues = None) -> None:
    """What `monitor run` is called on a database by an earlier version."""
    note("monitor: work: write `monitor run`; on a store in a database it shares the work with others, as this did")
    run(context, queues)


@app.command()
def diff(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The register's source or reader, such as un_sc.consolidated.")],
    old: Annotated[Path, typer.Argument(help="The register as it was, saved.")],
    new: Annotated[Path, typer.Argument(help="The register as it is.")],
    as_json: Json = False,
) -> None:
    """What changed between two saved copies of a register; refuses what is not whole."""
    from monitor.cli import read as reading

    setting: Setting = context.obj
    registry = setting.registry
    changes = reading.compare_bodies(registry.reader(source), old, new, url=registry.address(source))
    reading.show_changes(changes.rows, as_json=as_json)
    for remark in changes.remarks:
        note(f"monitor: {new}: {remark}")


@app.command()
def read(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Saved pages.")],
    reader: Annotated[str | None, typer.Option("--as", metavar="SOURCE.READER", help="Read as this reader does.")] = None,
    url: Annotated[str, typer.Option(metavar="URL", help="The address the page is from.")] = "",
    explain: Annotated[bool, typer.Option("--why", help="Say of each page and sentence what it gave, or why nothing.")] = False,
    as_json: Json = False,
) -> None:
    """What we understand of saved pages; no network, nothing written."""
    from monitor.cli import read as reading
    from monitor.extract import why

    setting: Setting = context.obj
    registry = setting.registry if reader else None
    chosen = registry.reader(reader) if registry and reader else None
    url = url or (registry.address(reader) if registry and reader else "")
    failed = False
    for file in files:
        try:
            with why.asked() as reasons:
                answer = reading.read_file(file, reader=reading.make_read(chosen) if chosen else None, url=url)
        except MonitorError as error:  # one bad file never silences the others
            failed = True
            note(f"monitor: {error}")
            continue
        failed = failed or bool(answer.problems)
        reading.show_answer(answer, as_json=as_json)
        if explain:
            reading.show_reasons(reasons, as_json=as_json)
        for problem in answer.problems:
            note(f"monitor: {answer.file}: {problem.kind}: {problem.text}")
    end_command(done=not failed)


@app.command()
def sources(context: typer.Context, as_json: Json = False) -> None:
    """Every source, with its address, how often it is looked at, and the hours that were learnt to bring news."""
    from monitor import store as histories
    from monitor.ask import answers
    from monitor.cli import ask

    setting: Setting = context.obj
    known, now = setting.registry.sources, datetime.now(UTC)
    try:
        if histories.has_store(setting.store):
            known = answers.add_learned_hours(setting.store, known, now)
    except StoreError as error:
        note(f"monitor: {error}; which hours were learnt is not known")
    ask.show_sources(answers.list_sources(known, now), as_json=as_json)


@app.command()
def status(
    context: typer.Context,
    sources: Sources = None,
    alive: Annotated[bool, typer.Option("--alive", help="Only whether a daemon works here; exit 1 where none does.")] = False,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="What may have gone unseen since that day (UTC).")] = None,
    as_json: Json = False,
) -> None:
    """Whether a daemon runs and what it does, how the sources are doing, what is owed; of a SOURCE what its quiet rests on."""
    from monitor.ask import answers, asking
    from monitor.cli import ask

    setting, mistake = context.obj.past_mistakes()
    if mistake:
        note(f"monitor: {mistake}; a daemon that runs goes on by what it read before; what follows is as far as can be read")
    named = setting.registry.named(sources) if sources else []
    if since:
        first, desk = asking.parse_day("--since", since), setting.desk(as_json=as_json)
        begin = datetime.combine(first, time.min, UTC)
        desk.ask(
            lambda history: answers.find_gaps(history, named or desk.sources, begin, desk.now),
            lambda found: ask.show_gaps(found, first, as_json=as_json),
            alone=True,
        )
        return
    works = ask.show_daemon(setting.store, as_json=as_json)
    if alive:
        end_command(works)
        return
    desk = setting.desk(as_json=as_json)
    if named:
        ask.print_certificates(desk, named)
        end_command(not mistake)
        return
    ask.show_trouble(desk.store, as_json=as_json)
    desk.ask(
        lambda history: answers.load_state(history, desk.sources, desk.now), partial(ask.show_state, as_json=as_json), alone=True
    )
    end_command(not mistake)


@app.command()
def asof(
    context: typer.Context,
    day: Annotated[str, typer.Argument(metavar="DATE", help="The day, in the authority's own time zone: 2025-11-15.")],
    known: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only by what was known at the end of that day; default: by all.")
    ] = None,
    register: Annotated[str, typer.Option(metavar="REGISTER", help="Such as cn-unreliable-entities.")] = "",
    entity: Annotated[str, typer.Option(metavar="NAME", help="A listed name, in either language.")] = "",
    item: Annotated[str, typer.Option(metavar="CODE", help="A control code or an HS number, or the beginning of one.")] = "",
    destination: Annotated[str, typer.Option(metavar="CC", help="A country, such as US; with what holds for any.")] = "",
    as_json: Json = False,
) -> None:
    """What was in force, announced or suspended on a day, and the words that say so."""
    from monitor import timeline
    from monitor.ask import answers, asking
    from monitor.cli import ask

    desk = context.obj.desk(as_json=as_json)
    on, by = asking.parse_day("DATE", day), asking.parse_day("--known", known) if known else None
    code, place = register and asking.register(register), destination and asking.parse_country(destination)
    asked = timeline.MeasureQuery(register=code, entity=entity, item=item, destination=place)
    desk.ask(
        lambda history: answers.compute_as_of(history, on, by, asked, desk.thresholds, desk.knowledge(history)),
        partial(ask.show_asof, as_json=as_json, whole=bool(code)),
        lambda _: code,
    )


@app.command()
def show(
    context: typer.Context,
    about: Annotated[
        str, typer.Argument(metavar="WHAT", help="Anything printed: an act, a name, goods, a code, a register.")
    ] = "",
    listed_since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Who was listed since that day; of WHAT, if that is a register.")
    ] = None,
    ignored: Annotated[
        bool, typer.Option("--ignored", help="Of a watched page (page:NAME): what was not told of it, and why.")
    ] = False,
    as_json: Json = False,
) -> None:
    """The whole story of whatever a message or an answer has printed, with its evidence."""
    from monitor.ask import asking, stories
    from monitor.cli import ask

    desk = context.obj.desk(as_json=as_json)
    if listed_since:
        since = asking.parse_day("--listed-since", listed_since)
        desk.ask(
            lambda history: stories.show_listed(history, since, about, desk.knowledge(history)),
            lambda story: ask.show_story(story, desk.now, as_json=as_json),
            lambda story: story.about,
        )
        return
    if ask.is_page(about):
        ask.show_page(desk, about, ignored=ignored)
        return
    if ignored:
        raise ConfigError("--ignored goes with a watched page: monitor show page:NAME --ignored")
    desk.ask(
        lambda history: stories.show(
            history, about, desk.thresholds, desk.watched, [source.id for source in desk.sources], desk.knowledge(history)
        ),
        lambda story: ask.show_story(story, desk.now, as_json=as_json),
        lambda story: story.about,
    )


@app.command()
def calendar(
    context: typer.Context,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE", help="The first day; default: today.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day; default: all that is known.")] = None,
    file: Annotated[Path | None, typer.Option("--ics", metavar="FILE", help="Write an iCalendar file as well.")] = None,
    as_json: Json = False,
) -> None:
    """The days on which the law changes and no page does: what takes effect, what ends, which suspension runs out."""
    from monitor.ask import answers, asking
    from monitor.cli import ask

    desk = context.obj.desk(as_json=as_json)
    first = asking.parse_day("--from", since) if since else desk.now.date()
    last = asking.parse_day("--to", until) if until else date.max

    def show_dates(key_dates: "answers.KeyDates") -> None:
        if file:
            ask.write_ics(file, key_dates, desk.now)
        ask.show_key_dates(key_dates, as_json=as_json)

    key_dates = desk.ask(lambda history: answers.load_key_dates(history, first, last, desk.freshness(history)), show_dates)
    if file:
        note(f"monitor: {file}: {len(key_dates.dates)} {'date' if len(key_dates.dates) == 1 else 'dates'}")
    ask.note_day_remarks(key_dates, first)


@app.command()
def doctor(
    context: typer.Context,
    sources: Sources = None,
    save: Annotated[bool, typer.Option("--save", help="Keep each page that came under tests/pages; with --all in DIR.")] = False,
    every: Annotated[
        bool, typer.Option("--all", help="A line for each source; with --save DIR all of it in one folder for a bug report.")
    ] = False,
    slack: Annotated[bool, typer.Option("--slack", help="Instead: token, scopes, channels and other destinations.")] = False,
    send: Annotated[bool, typer.Option("--send", help="With --slack: post a test message to each of them.")] = False,
    as_json: Json = False,
) -> None:
    """What is wrong, and the way out: settings, store, clock, and every source's address. Nothing is recorded."""
    from monitor.cli import doctor as doctors
    from monitor.cli.doctor import slack as slack_doctor

    setting: Setting = context.obj
    folder = _find_save_folder(sources) if every and save else None
    if (send and not slack) or (slack and (sources or save)):
        raise ConfigError("--slack looks at no source: it goes with --send and --json alone, and --send only with it")
    if slack:
        findings = slack_doctor.check_slack(setting.config, send=send)
    else:
        findings = doctors.check_all(
            setting.config, setting.config_file, setting.store, sources or (), keep=save and not folder, quiet=as_json, to=folder
        )
    doctors.show_checkup(findings, as_json=as_json, every=every)
    end_command(all(finding.ok for finding in findings))


@app.command()
def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="<country>_<publisher>, such as cn_mofcom.")],
    url: Annotated[str, typer.Argument(metavar="URL", help="The page on which new acts or articles appear first.")],
    page: Annotated[Path | None, typer.Option(metavar="FILE", help="That page, saved; nothing is fetched.")] = None,
    kind: Annotated[str, typer.Option(metavar="KIND", help="official (acts), press, or register; asked for without it.")] = "",
) -> None:
    """Begin a scraper: save its page, look at it, write scrapers/NAME.py from the template that fits."""
    from monitor.cli import new as beginnings

    setting: Setting = context.obj
    for line in beginnings.begin(setting.config, name, url, page, beginnings.parse_kind(kind or _ask_kind())):
        say(line)


@app.command("try")
def try_page(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="The page that you want to watch.")],
    select: Annotated[str, typer.Option(metavar="CSS", help="Watch the words of what this finds.")] = "",
    links: Annotated[str, typer.Option(metavar="CSS", help="Watch the pages that these links lead to.")] = "",
    rows: Annotated[str, typer.Option(metavar="CSS", help="Watch each of these rows.")] = "",
    key: Annotated[str, typer.Option(metavar="KEY", help="By what a row or value is known: a column, CSS in it, a member.")] = "",
    path: Annotated[str, typer.Option("--path", metavar="JSONPATH", help="Watch the values that this path finds in JSON.")] = "",
    feed: Annotated[bool, typer.Option("--feed", help="Watch the entries of a feed.")] = False,
    render: Annotated[bool, typer.Option("--render", help="Look at it as a browser has it, once its scripts have run.")] = False,
    name: Annotated[str, typer.Option(metavar="NAME", help="What the page is to be called.")] = "",
    page: Annotated[Path | None, typer.Option(metavar="FILE", help="That page, saved; nothing is fetched.")] = None,
    as_json: Json = False,
) -> None:
    """What would be watched on a page as it is now, and the lines of config.toml for it; by itself it guesses the best way."""
    from monitor.cli import trial as trials

    setting: Setting = context.obj
    keys: dict[str, str | bool] = {"text": select, "links": links, "rows": rows, "json": path, "feed": feed, "key": key}
    asked = {way: keys[way] for way in keys if keys[way]}
    trials.show_trial(trials.propose_page(setting.config, url, asked, name=name, render=render, file=page), as_json=as_json)


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option(metavar="HOST", help="Where to listen; beyond this machine say who may look.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", min=0, max=65_535, help="0: any that is free.")] = 8080,
) -> None:
    """Show what is known in a browser, and to programs as JSON; nothing is written."""
    try:
        from monitor.console.serve import serve as listen
    except ModuleNotFoundError as error:
        if error.name not in CONSOLE:
            raise
        raise ConfigError("serve: needs the extra `console`: pip install 'regulatory-monitor[console]'") from error
    setting: Setting = context.obj
    gc.set_threshold(OFTEN)
    listen(setting.store, setting.config, setting.registry.sources, setting.now, host, port)


@app.command()
def release(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The register's source or reader, such as us_fcc.covered.")],
) -> None:
    """Believe the removals that are held back of a register, and tell them."""
    from monitor.cli import once
    from monitor.run import control

    setting: Setting = context.obj
    asked = control.Poll(sources=(source,), release=True)
    end_command(once.poll_once(setting.config, setting.store, asked, dry_run=False, as_json=False))


@app.command("hand-in")
def hand_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A page or file of the source, saved in a browser.")],
    source: Annotated[str, typer.Option(metavar="SOURCE", help="Whose it is: jp_meti.end_user_list.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who saved it; the alert says so.")],
    note: Annotated[str, typer.Option(metavar="WORDS", help="What else the alert should say of it.")] = "",
    url: Annotated[
        str, typer.Option(metavar="URL", help="Where it was saved from; default: as the page says, else the source's own.")
    ] = "",
    saved_at: Annotated[str, typer.Option(metavar="WHEN", help="2026-11-20, or with a time; default: as the file says.")] = "",
) -> None:
    """Take a page that a person saved, of a source that answers only browsers, as if it had been fetched."""
    from monitor.cli import once
    from monitor.run import control

    setting: Setting = context.obj
    given = control.Given(str(file.absolute()), source, by, note, url, saved_at)
    end_command(once.poll_once(setting.config, setting.store, control.Poll(handed=given), dry_run=False, as_json=False))


@app.command()
def screen(
    context: typer.Context,
    asked: Annotated[list[str], typer.Argument(metavar="NAME|FILE", help="A name, a tariff number, a control code; a file.")],
    against: Annotated[Path | None, typer.Option("--list", metavar="LIST", help="Hold FILE against this list alone.")] = None,
    review: Annotated[float | None, typer.Option(metavar="SCORE", help="From which likeness on it is shown; 0.70.")] = None,
    match: Annotated[float | None, typer.Option(metavar="SCORE", help="From which likeness on it is a match; 0.85.")] = None,
    columns: Annotated[list[str] | None, typer.Option("--map", metavar="HEADING=FIELD", help="What a column holds.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the result as .xlsx or .csv for a colleague.")] = None,
    as_json: Json = False,
) -> None:
    """Whether a name, or each of a file, is on the watch list or was ever listed, and why we think so."""
    from monitor.cli import screen as screenings

    mapped = screenings.parse_mapping(columns)
    if against:
        screenings.screen_against_list(asked, against, (review, match), mapped, as_json=as_json)
        return
    setting: Setting = context.obj
    desk = setting.desk(as_json=as_json)
    answer = screenings.screen_against_all(desk, asked, (review, match), mapped)
    covered = desk.coverage()
    screenings.show(answer, out, as_json=as_json, resting=desk.line(covered), on_nothing=covered.is_empty)
    desk.end_or_refuse(covered)
    end_command(not any(one.problem for one in answer.lists))


def _make_request(sources: list[str] | None, *, every: bool, since: str | None) -> "control.Poll":
    from monitor.run import control

    return control.Poll(sources=tuple(sources or ()), all=every, since=parse_day("--since", since).isoformat() if since else None)


def _find_save_folder(names: list[str] | None) -> Path:
    """The folder of `--all --save DIR`."""
    if not names or len(names) != 1:
        raise ConfigError("--all: what is seen of every address goes into one folder: monitor doctor --all --save DIR")
    return Path(names[0])


def _ask_kind() -> str:
    """What the publisher's pages are, as whoever sits there says; nobody can be asked where nobody sits."""
    if not sys.stdin.isatty():
        raise ConfigError(
            "--kind: say what the pages are: official (a ministry's acts), press, or register (a list published whole)"
        )
    answer: str = typer.prompt("What are its pages: official (acts), press, or register (a list published whole)?")
    return answer


def main() -> None:
    """Run the command line."""
    with overview.catch_errors():
        overview.refuse_undecodable(sys.argv[1:])
        status = app(prog_name=PROGRAM, standalone_mode=False) or 0
        if status == overview.INTERRUPTED:  # typer has taken Ctrl-C for the command's own end, and says nothing
            raise KeyboardInterrupt
        sys.exit(status)
