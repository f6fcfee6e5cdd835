import ast
import re
import shutil
import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
from command import ROOT, run
from documents import DOCUMENTS, Named, commands, fenced, inline, name, shell_lines, text
from each import for_each
from typer._click import Context
from typer._click.exceptions import ClickException, MissingParameter, NoArgsIsHelpError
from typer.main import get_command
from typer.testing import CliRunner
from xlsxwriter import Workbook

from monitor import errors
from monitor.cli.app import app
from monitor.config import Config, load
from monitor.render.keepers import HEADLINES
from monitor.source.health import WORDS
from monitor.source.registry import Registry
from monitor.store import History

README, USE, WATCH, PAGES = (
    ROOT / name for name in ("README.md", "docs/use.md", "docs/watch.md", "docs/pages.md")
)
NAMED = sorted({each for document in DOCUMENTS for each in commands(document)}, key=str)
RAISED = ("SourceError", "FetchError", "NotThePage", "LayoutChanged", "Unreadable", "ReaderKilled")
READS_ONLY = (
    "asof",
    "backtest",
    "calendar",
    "export",
    "read",
    "route",
    "screen",
    "show",
    "sources",
    "status",
)
WRITES = ("backup", "evidence", "mute", "outbox", "person", "restore", "review", "triage", "watch")
FOLDERS = r"(?:monitor|scrapers|tests|docs|deploy|\.ci|\.github)"


PROGRAM = get_command(app)


def offered(command=None, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], set[str]]]:
    """Every command of the program that is shown, as words, and its options."""
    command = command or PROGRAM
    yield (
        path,
        {
            option
            for parameter in command.params
            for option in parameter.opts
            if option.startswith("--")
        }
        - {"--help"},
    )
    for word, inner in getattr(command, "commands", {}).items():
        if not inner.hidden:
            yield from offered(inner, (*path, word))


OFFERED = dict(offered())


def groups(command=None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words that do nothing without a further one."""
    command = command or PROGRAM
    inner = getattr(command, "commands", {})
    if inner and not command.invoke_without_command:
        yield path
    for word, each in inner.items():
        yield from groups(each, (*path, word))


ENDS_AT_ONCE = [
    ("help", "all"),
    *((option,) for option in ("--version", "--help", "--install-completion", "--show-completion")),
]


def parsed(words: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
    """The command that these words name, and what of them it does not take; nothing is run."""
    command, path, rest, context = PROGRAM, (), list(words), None
    while words not in ENDS_AT_ONCE:
        context = command.make_context("monitor", rest, parent=context)
        if not getattr(command, "commands", None) or not _rest(context):
            return path, _rest(context)
        word, command, rest = command.resolve_command(context, _rest(context))
        path = (*path, word)
    return path, []


def _rest(context: Context) -> list[str]:
    return [*context._protected_args, *context.args]


@for_each("named", NAMED, ids=str)
def test_a_command_that_a_document_names_is_one(named: Named):
    try:
        path, rest = parsed(named.words)
    except (MissingParameter, NoArgsIsHelpError):
        assert not named.whole, "this would not run"
    except ClickException as error:
        pytest.fail(error.format_message())
    else:
        assert rest == []
        assert path or named.words in ENDS_AT_ONCE


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    """What the bundled scenario leaves, which the documents ask about."""
    copy = shutil.copytree(
        ROOT / "tests/stores/0.1.0/store", tmp_path_factory.mktemp("docs") / "store"
    )
    History(copy).close()  # brings the tables up to date
    return copy


THE_READERS = {"Acme Widgets Ltd", "12"}  # an entry with a match, a message
DATABASE = "postgresql://"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    """Where the reader works, with the files that the documents name."""
    (tmp_path / "suppliers.csv").write_text("name,country\nTechInsights,CA\n")
    (tmp_path / "listed.jsonl").write_text('{"name": "TechInsights Inc.", "country": "CA"}\n')
    for file, headings in (
        ("vendors.xlsx", ("Kred-Bez", "Land")),
        ("suppliers.xlsx", ("name", "country")),
    ):
        with Workbook(tmp_path / file) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, headings)
            sheet.write_row(1, 0, ("TechInsights", "CA"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def runnable(named: Named, commands: Collection[str]) -> bool:
    """Whether it may be run here as it stands: it needs no network, no database, and nothing
    that only the reader has.
    """
    path, _ = parsed(named.words) if named.whole else ((), None)
    command = "person" if "--person" in named.words else path[0] if path else ""
    readers = THE_READERS.intersection(named.words) or any(
        word.startswith(DATABASE) for word in named.words
    )
    return command in commands and not readers


def is_export_to_file(named: Named) -> bool:
    """Whether it writes a file that a later command of the document reads."""
    return runnable(named, ("export",)) and "--out" in named.words


@pytest.mark.parametrize("named", [each for each in NAMED if runnable(each, READS_ONLY)], ids=str)
def test_a_command_that_only_reads_answers_as_it_stands(named: Named, store: Path, folder: Path):
    pages = [word for word in named.words if word.startswith("tests/pages/")]
    assert all((ROOT / page).exists() for page in pages)
    words = [str(ROOT / word) if word in pages else word for word in named.words]
    # the reader's settings name the store
    if {"--config", "screen"}.intersection(words) and "--store" not in words:
        words = ["--store", str(store), *words]
    for option, value in (("--store", str(store)), ("--config", str(ROOT / "config.toml"))):
        if option in words:
            words[words.index(option) + 1] = value

    answer = CliRunner().invoke(app, words)

    assert answer.exit_code == 0, answer.output
    assert answer.stdout.strip()


@pytest.mark.parametrize(
    "document",
    [each for each in DOCUMENTS if any(runnable(one, WRITES) for one in commands(each))],
    ids=name,
)
def test_the_commands_of_a_document_that_write_work_in_their_order(
    document: Path, store: Path, folder: Path
):
    copy = str(shutil.copytree(store, folder / "store"))
    for named in filter(
        lambda one: runnable(one, WRITES) or is_export_to_file(one), commands(document)
    ):
        words = [word.replace("/backup/", f"{folder}/") for word in named.words]
        for option in {"--store", "--config"}.intersection(words):
            del words[words.index(option) : words.index(option) + 2]

        to = str(folder / "restored") if "restore" in words else copy
        answer = CliRunner().invoke(app, ["--store", to, *words])

        assert answer.exit_code == 0, (words, answer.output, answer.exception)


def test_every_command_of_the_program_is_in_the_documents_with_every_option():
    told = "\n".join(text(document) for document in (USE, WATCH))
    explained = {
        path_of(said) for said in re.findall(r"^- `monitor ([^`]+)`: ", text(USE), re.MULTILINE)
    }

    assert explained == OFFERED.keys() - {*groups()}
    assert {
        option
        for options in OFFERED.values()
        for option in options
        if not re.search(rf"{option}\b", told)
    } == set()


def path_of(said: str) -> tuple[str, ...]:
    """`watch add NAME` without what it is to be given."""
    return tuple(re.match(r"[a-z]+(?:-[a-z]+)*(?: [a-z]+(?:-[a-z]+)*(?=[ `]|$))*", said)[0].split())


def test_the_documents_list_every_source_and_no_other():
    told = dict(
        re.findall(
            r"^- `(\w+\.\w+)`: .*?(?: \((\d{4}-\d\d)\))?$",
            text(ROOT / "docs/sources.md"),
            re.MULTILINE,
        )
    )

    known = {source.id: source.captured or "" for source in Registry(Config()).sources}
    assert told == known, "docs/sources.md has a line for each source, and its month if captured"


@for_each("document", DOCUMENTS, ids=name)
def test_every_link_of_a_document_leads_somewhere(document: Path):
    for target in re.findall(r"\]\(([^):]+)\)", text(document)):
        file, _, part = target.partition("#")
        there = document.parent / file if file else document
        assert there.exists(), target
        assert not part or part in anchors(there), target


def anchors(document: Path) -> set[str]:
    """What the headings of a document are called in an address."""
    heads = re.findall(r"^#+ (.+)$", text(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@for_each("document", DOCUMENTS, ids=name)
def test_every_file_of_the_repository_that_a_document_names_is_there(document: Path):
    said = [*inline(document), *(word for line in shell_lines(document) for word in line.split())]
    files = {
        word
        for word in said
        if re.fullmatch(rf"{FOLDERS}/[\w./-]+|[\w.-]+\.(?:toml|lock|yaml)|Makefile", word)
    }

    missing = {
        file
        for file in files
        if not any((folder / file).exists() for folder in (ROOT, document.parent))
    }
    assert missing - {"scrapers/NAME.py"} == set()


@for_each("document", DOCUMENTS, ids=name)
def test_every_verb_of_make_that_a_document_names_is_in_the_makefile(document: Path):
    verbs = {
        match[1]
        for said in (*inline(document), *shell_lines(document))
        if (match := re.match(r"make ([\w./-]+)", said))
    }

    assert all(
        re.search(rf"^{re.escape(verb)}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
        for verb in verbs
    ), verbs


def test_the_first_document_fits_a_terminal_and_two_of_its_screens():
    lines = text(README).splitlines()

    assert [line for line in lines if len(line) > 80 and not line.startswith("![")] == []
    assert len(lines) <= 2 * 54


def test_all_documents_of_a_user_are_read_in_an_hour():
    words = [
        word
        for page in (README, *ROOT.glob("docs/*.md"))
        for word in text(page).split()
        if re.search(r"\w", word)
    ]

    # at 250 a minute; reference and examples, which nobody reads through, are among them
    assert len(words) <= 15_000


def test_the_examples_of_settings_are_settings(tmp_path):
    examples = [example for document in (USE, WATCH, PAGES) for example in fenced(document, "toml")]
    (tmp_path / "config.toml").write_text("\n".join(examples))
    config = load(tmp_path / "config.toml")

    assert config.routes[0].to == ("alerts", "rare-earth-desk")
    assert config.daily.at
    assert config.watch.suppliers
    assert [page.name for page in config.page] == ["customs-news", "port-circulars"]


def test_the_settings_of_the_first_day_name_three_publishers_quiet_hours_and_who_is_called(
    tmp_path,
):
    (tmp_path / "config.toml").write_text(fenced(ROOT / "docs/first-day.md", "toml")[0])
    config = load(tmp_path / "config.toml")
    (destination,) = config.routes[0].to

    assert len({source.id.partition(".")[0] for source in Registry(config).sources}) == 3
    assert config.destinations[destination].quiet
    assert config.triage.desks[destination].mention


def test_each_kind_of_trouble_is_explained_to_who_runs_the_monitor():
    told = set(inline(ROOT / "docs/operate.md"))
    explained = {word.rpartition(": ")[2] for word in told}

    assert (kinds() | WORDS.keys()) - explained - {"turn"} == set()  # the doctor's own


def test_what_the_ops_channel_says_is_found_in_the_table_of_what_to_do_in_its_own_words():
    told = " ".join(inline(ROOT / "docs/operate.md"))
    said = [headline.removeprefix("{source} ").partition(":")[0] for headline in HEADLINES.values()]

    assert [words for words in said if f"… {words}" not in told] == []


def kinds() -> set[str]:
    """What a source's trouble may be called, as it stands where the errors are raised."""
    parsed_files = [ast.parse(path.read_text()) for path in (ROOT / "monitor").rglob("*.py")]
    calls = [node for file in parsed_files for node in ast.walk(file) if isinstance(node, ast.Call)]
    raised = [
        keyword
        for call in calls
        if ast.unparse(call.func) in RAISED
        for keyword in call.keywords
        if keyword.arg == "kind"
    ]
    own = {vars(errors)[name].kind for name in RAISED}
    return own | {
        keyword.value.value for keyword in raised if isinstance(keyword.value, ast.Constant)
    }


def test_the_program_says_the_commands_that_it_offers():
    listed = set(
        re.findall(
            r"^  ([\w-]+)  ", run("help", "all").stdout.partition("Options:")[0], re.MULTILINE
        )
    )

    assert listed == {path[0] for path in OFFERED if path}


def test_python_is_asked_for_as_the_package_does():
    least = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"][
        "requires-python"
    ].removeprefix(">=")

    assert all(
        f"Python {least} or newer" in text(document)
        for document in (README, ROOT / "docs/operate.md")
    )
