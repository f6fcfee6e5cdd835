"""Every pattern of a package, hostile texts made of its own pieces, and how its cost grows with
the length of such a text.
"""

import ast
import gc
import importlib
import inspect
import pkgutil
import re
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]  # the parsed form of a pattern has no public door
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any, NoReturn

from monitor.extract.words import Language, Phrase, Words

FLAGGED = {"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub"}
ANCHORED = {"match", "fullmatch"}
WALKED = {"search", "finditer", "findall", "sub", "split"}
CLASS_SAMPLES = "中a1A ,、\"(b·-.)\n'=/%\x00"
CATEGORIES = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_DIGIT: "a",
    codes.CATEGORY_NOT_SPACE: "a",
    codes.CATEGORY_NOT_WORD: "-",
}
GENERIC = (
    "1",
    "一",
    "中",
    "a",
    "A",
    " ",
    "(",
    ")",
    '"',
    "《",
    "》",
    ",",
    "、",
    "。",
    ".",
    "-",
    "<",
    "&",
    "\n",
    "A b ",
    "第1号、",
    "商务部",
)
# characters: where doubling begins, and where what is still cheap counts as linear
LEAST, MOST = 1_000, 4_000
# CPU seconds: what grew with the square from there on would take 0.4 of 40,000; and what is
# believed
CHEAP, ENOUGH = 0.004, 0.3
GIVEN_UP = 3.0  # CPU seconds: more is endless
COARSE = 0.05  # seconds: below, ticks of 4 ms say too little, and a neighbour much
AGAIN, REST = 10, 0.1  # times that what looks too slow is tried again, and seconds before each
LINEAR = 3.0  # times the cost, at most, for twice the length


@dataclass(frozen=True)
class Walked:
    """A pattern, where it stands, and how it is used: anywhere in a text, or only at its
    beginning.
    """

    where: str
    pattern: re.Pattern[Any]
    anchored: bool


def patterns(package: str, but: Collection[str] = ()) -> list[Walked]:
    """All patterns of a package: at module level, in containers, built once by a function, written
    where they are used.

    Those of the packages `but` these are left out.
    """
    read = [module for module in modules(package) if not module.__name__.startswith(tuple(but))]
    sources = {module: Path(str(module.__file__)).read_text() for module in read}
    called = _called("\n".join(sources.values()))
    found: dict[re.Pattern[Any], Walked] = {}
    for each in (
        each
        for module in read
        for each in [*_of(module, called), *_written(module, ast.parse(sources[module]))]
    ):
        found.setdefault(each.pattern, each)
    return list(found.values())


def modules(package: str) -> list[ModuleType]:
    """A package and all its modules, loaded."""
    top = importlib.import_module(package)
    below = pkgutil.walk_packages(top.__path__, f"{package}.") if hasattr(top, "__path__") else ()
    return [top, *(importlib.import_module(each.name) for each in below)]


def _called(sources: str) -> dict[str, set[str]]:
    """The methods that are called on each name, or on what a function of this name answers."""
    called = defaultdict[str, set[str]](set)
    for name, method in re.findall(r"\b(?=(\w+)(?:\(\))?\.(\w+)\()", sources):
        called[name].add(method)
    return called


def _of(module: ModuleType, called: Mapping[str, set[str]]) -> Iterator[Walked]:
    for name, value in vars(module).items():
        language = value._language if isinstance(value, Words) else value
        if isinstance(language, Language) and _is_home(module, language):
            yield from _of_language(language)
        held = (
            _built(value)
            if callable(value) and getattr(value, "__module__", "") == module.__name__
            else value
        )
        uses = called.get(name, set())
        for pattern in _held(held):
            yield Walked(
                f"{module.__name__}:{name}", pattern, bool(uses & ANCHORED) and not uses & WALKED
            )


def _is_home(module: ModuleType, language: Language) -> bool:
    """Whether a language's words lie beside this module, so that one package answers for them."""
    folder = language._file.parent
    home = folder if any(folder.glob("*.py")) else folder.parent
    return Path(str(module.__file__)).parent == home


NO_PATTERNS = {  # tables and entries of plain words
    *(
        "always",
        "followed",
        "ends",
        "toward",
        "offset",
        "language",
        "of_goods",
        "common",
        "units",
        "numbers",
        "eras",
    ),
    *("no_names", "deciding", "changed_by", "extends", "alike", "in_any_case"),
}


@cache
def _of_language(language: Language) -> list[Walked]:
    """The patterns of a language's data, without the pieces that only others of them name."""
    pieces = {
        name.rpartition(".")[2]
        for name in re.findall(r"\{\{([\w.]+)\}\}", language._file.read_text())
    }
    source = "\n".join(
        Path(str(module.__file__)).read_text() for module in modules("monitor.extract")
    )
    pieces -= set(re.findall(r"\.(\w+)", source))
    return [
        each
        for each in _read(language, language.tables, "", _uses())
        if each.where.rpartition(".")[2] not in pieces
    ]


@cache
def _uses() -> dict[tuple[str, str], set[str]]:
    """How the grammars use a pattern of a table: the methods that are called on it, or on another
    name for it.

    What is used of a table that only its caller knows counts for the patterns of that name in all
    tables.
    """
    used: dict[tuple[str, str], set[str]] = {}
    aliases: list[tuple[tuple[str, str], str]] = []
    for source in (Path(str(module.__file__)).read_text() for module in modules("monitor.extract")):
        tables = dict(
            re.findall(r'^([A-Z]+) = [\w().""]+\.table\("([\w.]+)"\)$', source, re.MULTILINE)
        )
        of_table = re.findall(r"\b(\w+)\.(\w+)\.(\w+)\(", source)
        for owner, name, method in (
            *of_table,
            *(("", *use) for use in re.findall(r"\b([A-Z_]+)\.(\w+)\(", source)),
        ):
            used.setdefault((tables.get(owner, ""), name), set()).add(method)
        found = re.findall(r"^([A-Z_]+) = ([A-Z]+)\.(\w+)$", source, re.MULTILINE)
        aliases += [((tables.get(owner, ""), name), alias) for alias, owner, name in found]
        found = re.findall(
            r'^([A-Z_]+) = [A-Z]+\.table\("([\w.]+)"\)\.(\w+)$', source, re.MULTILINE
        )
        aliases += [((table, name), alias) for alias, table, name in found]
    for pattern, alias in aliases:
        used.setdefault(pattern, set()).update(used.get(("", alias), ()))
    return used


# by `account.LONGEST`
BOUNDED = {f"account.{name}" for name in ("nothing", "for_somebody", "for_goods", "begins")}


def _read(
    language: Language, written: dict[str, Any], table: str, uses: dict[tuple[str, str], set[str]]
) -> Iterator[Walked]:
    """The patterns of a language's data, as they stand in its tables and the tables of these."""
    for name, entry in written.items():
        rows = entry if isinstance(entry, list) and isinstance(entry[0], dict) else []
        if isinstance(entry, dict) and name not in NO_PATTERNS:
            yield from _read(language, entry, f"{table}.{name}".strip("."), uses)
        for row in rows:
            yield from _read(
                language, {key: row[key] for key in ("words", "on") if key in row}, table, uses
            )
        if (
            isinstance(entry, str | list)
            and not rows
            and name not in NO_PATTERNS
            and f"{table}.{name}" not in BOUNDED
        ):
            (pattern,) = _held(language.compile(entry, table))
            used = uses.get((table, name), set()) | uses.get(("", name), set())
            yield Walked(f"{table}.{name}", pattern, bool(used & ANCHORED) and not used & WALKED)


def _built(function: Callable[..., object]) -> object:
    """The pattern that a function without arguments builds once."""
    cached = hasattr(function, "cache_info") and not inspect.signature(function).parameters
    return (
        function()
        if cached and "Pattern" in str(inspect.signature(function).return_annotation)
        else None
    )


def _held(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Phrase):
        yield value.compiled()
    elif isinstance(value, dict):
        yield from (pattern for pair in value.items() for each in pair for pattern in _held(each))
    elif isinstance(value, tuple | list | set | frozenset):
        yield from (pattern for each in value for pattern in _held(each))


def _written(module: ModuleType, tree: ast.Module) -> Iterator[Walked]:
    """The patterns written into calls of `re`; those that hang on an argument can't be seen from
    here.
    """
    calls = (
        each
        for each in ast.walk(tree)
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute)
    )
    for call in calls:
        owner, _, function = ast.unparse(call.func).rpartition(".")
        if (
            owner == "re"
            and function in FLAGGED
            and (pattern := _evaluated(module, call)) is not None
        ):
            yield Walked(f"{module.__name__}:{call.lineno}", pattern, function in ANCHORED)


def _evaluated(module: ModuleType, call: ast.Call) -> re.Pattern[Any] | None:
    flags = [each.value for each in call.keywords if each.arg == "flags"] or [
        each for each in call.args[1:] if "re." in ast.unparse(each)
    ]
    made = ast.Call(ast.parse("re.compile", mode="eval").body, [call.args[0], *flags[:1]], [])
    try:
        return eval(
            compile(ast.fix_missing_locations(ast.Expression(made)), module.__name__, "eval"),
            vars(module),
        )
    except (NameError, TypeError):  # a name of a function that bears the name of one of the module
        return None


def hostile(pattern: re.Pattern[Any], most: int) -> list[tuple[Any, Any, Any]]:
    """Texts against a pattern, as a beginning, a piece to be repeated and an end, made from its
    own pieces: at most so many, evenly taken, beside those for all patterns.
    """
    binary = isinstance(pattern.pattern, bytes)
    parsed = parser.parse(
        pattern.pattern, pattern.flags & ~re.DEBUG & ~(re.UNICODE if binary else 0)
    )
    told: dict[tuple[str, str, str], None] = {("", unit, "\x01"): None for unit in GENERIC}
    for sequence in _sequences(parsed):
        tokens = _tokens(sequence)
        for first in range(len(tokens)):
            for last in range(first + 1, min(len(tokens), first + 4) + 1):
                unit = "".join(tokens[first:last])
                for beginning in {"", "".join(tokens[:first]), "".join(tokens[:last])}:
                    told[(beginning, unit, "\x01")] = None
        for last in range(5, len(tokens) + 1):
            told[("", "".join(tokens[:last]), "\x01")] = None
    words = {
        (beginning, f"{unit} ", end)
        for beginning, unit, end in told
        if unit[-1:].isascii() and unit[-1:].isalnum()
    }
    texts = [each for each in dict.fromkeys([*told, *sorted(words)]) if each[1]]
    own = texts[len(GENERIC) :]
    texts = texts[: len(GENERIC)] + own[:: len(own) // most + 1]
    return (
        [tuple(part.encode("latin-1", "replace") for part in each) for each in texts]
        if binary
        else list(texts)
    )


def keeps_group(pattern: re.Pattern[Any]) -> bool:
    """Return whether a pattern repeats more than one character possessively: `(…)*+`."""
    parsed = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    return any(
        op is codes.POSSESSIVE_REPEAT and not _is_one(argument[2])
        for sequence in _sequences(parsed, most=None)
        for op, argument in sequence
    )


def _is_one(body: Any) -> bool:
    ones = (codes.LITERAL, codes.NOT_LITERAL, codes.ANY, codes.IN)
    return len(body) == 1 and body[0][0] in ones


BRANCHES = 12  # of those that a group chooses from, from which hostile texts are made


def _sequences(parsed: Any, most: int | None = BRANCHES) -> Iterator[list[Any]]:
    sequence = list(parsed)
    yield sequence
    for op, argument in sequence:
        for inner in _inner(op, argument, most):
            yield from _sequences(inner, most)


def _inner(op: Any, argument: Any, most: int | None = BRANCHES) -> list[Any]:
    if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return [argument[2]]
    if op is codes.SUBPATTERN:
        return [argument[3]]
    if op is codes.BRANCH:
        return list(argument[1])[:most]
    if op is codes.ATOMIC_GROUP:
        return [argument]
    if op in (codes.ASSERT, codes.ASSERT_NOT):
        return [argument[1]]
    return []


def _tokens(sequence: list[Any]) -> list[str]:
    """Samples of the elements of a sequence, literal characters that follow each other as one."""
    tokens: list[str] = []
    literal = False
    for op, argument in sequence:
        sample = _sample(op, argument)
        if op is codes.LITERAL and literal:
            tokens[-1] += sample
        elif sample:
            tokens.append(sample)
        literal = op is codes.LITERAL
    return tokens


def _sample(op: Any, argument: Any) -> str:
    if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return _whole(argument[2]) * max(1, min(argument[0], 8))
    if op in (codes.SUBPATTERN, codes.BRANCH, codes.ATOMIC_GROUP):
        return _whole(_inner(op, argument)[0])
    return CHARACTERS[op](argument) if op in CHARACTERS else ""


def _whole(parsed: Any) -> str:
    return "".join(_sample(op, argument) for op, argument in parsed)


def _of_class(items: list[Any]) -> str:
    negated = items[0][0] is codes.NEGATE
    if not negated:
        op, argument = items[0]
        return (
            CATEGORIES[argument]
            if op is codes.CATEGORY
            else chr(argument[0] if op is codes.RANGE else argument)
        )
    return next(
        (each for each in CLASS_SAMPLES if not any(_holds(item, each) for item in items[1:])),
        "\x02",
    )


def _holds(item: Any, character: str) -> bool:
    op, argument = item
    if op is codes.LITERAL:
        return bool(ord(character) == argument)
    if op is codes.RANGE:
        return bool(argument[0] <= ord(character) <= argument[1])
    return bool(re.match(CLASSES.get(argument, r"(?!)"), character))


CLASSES = {codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_SPACE: r"\s", codes.CATEGORY_WORD: r"\w"}
CHARACTERS: dict[Any, Callable[[Any], str]] = {
    codes.LITERAL: chr,
    codes.NOT_LITERAL: lambda argument: next(
        each for each in CLASS_SAMPLES if ord(each) != argument
    ),
    codes.ANY: lambda _: "中",
    codes.IN: _of_class,
}


def growth(
    run: Callable[[int], object], prepare: Callable[[int], object] = int
) -> tuple[float, int, float]:
    """The last ratio of cost for twice the length, the length and its CPU seconds; 0 where it is
    too cheap to measure.

    It goes on doubling while the ratio is not linear, up to a cost at which that is no accident: a
    bounded repeat looks quadratic on what is shorter than its bound. `prepare` makes ready what is
    not to be counted.
    """
    least = CHEAP * (LEAST / MOST) ** 2  # with the square it would be as cheap at `MOST`
    for length, cheap in ((LEAST, least), (MOST, CHEAP)):
        prepare(length)
        before = _cost(run, length)
        if before > cheap:
            before = _least(run, length, before)
        if before <= cheap:
            return 0.0, length, 0.0
        if before > CHEAP:
            break
    while before < GIVEN_UP:
        length *= 2
        prepare(length)
        after = _cost(run, length)
        if after > before * LINEAR * 0.85:
            after = _least(run, length, after)
        ratio = after / max(before, 1e-9)
        if ratio > LINEAR and after > ENOUGH:
            ratio, after = _try_again(run, length, before, after)
        if ratio <= LINEAR * 0.85 or after > ENOUGH:
            return ratio, length, after
        before = after
    return before, length, before


def _try_again(
    run: Callable[[int], object], length: int, before: float, after: float
) -> tuple[float, float]:
    """The ratio and the cost by the least of several runs.

    On a busy machine the time of the neighbours may count as ours; who has rested is let run first.
    """
    for _ in range(AGAIN):
        time.sleep(REST)
        after = min(after, _cost(run, length))
        time.sleep(REST)
        before = min(before, _cost(run, length // 2))
        if after <= before * LINEAR:
            break
    return after / max(before, 1e-9), after


def _least(run: Callable[[int], object], length: int, first: float) -> float:
    """The cost by a second run as well, where a neighbour could have made the first much dearer."""
    return first if first > ENOUGH / 4 else min(first, _cost(run, length))


def _cost(run: Callable[[int], object], length: int) -> float:
    """CPU seconds of one run, or its wall time where that is less.

    Some machines count a process's CPU in ticks of 4 ms: too coarse for a short run.
    """
    enabled = gc.isenabled()
    gc.disable()
    began, wall = time.process_time(), time.perf_counter()
    signal.setitimer(signal.ITIMER_VIRTUAL, GIVEN_UP)
    try:
        run(length)
    except TimeoutError:
        return float("inf")
    finally:
        wall = time.perf_counter() - wall
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        if enabled:
            gc.enable()
    spent = time.process_time() - began
    return min(spent, wall) if spent > COARSE else wall


def _give_up(*_: object) -> NoReturn:
    raise TimeoutError


signal.signal(signal.SIGVTALRM, _give_up)


def of_pattern(walked: Walked, most: int) -> tuple[float, str]:
    """The worst growth over the hostile texts of a pattern, and the text that makes it."""
    worst = (0.0, "")
    for beginning, unit, end in hostile(walked.pattern, most):
        if worst[0] > LINEAR:
            break

        def run(length: int, parts: tuple[Any, Any, Any] = (beginning, unit, end)) -> None:
            text = parts[0] + parts[1] * (length // len(parts[1])) + parts[2]
            if walked.anchored:
                walked.pattern.match(text)
                walked.pattern.fullmatch(text)
            else:
                for _ in walked.pattern.finditer(text):
                    pass

        ratio, length, spent = growth(run)
        if ratio > worst[0]:
            worst = (
                ratio,
                f"{beginning!r} + {unit!r} * n + {end!r}: {spent:.2f} s of {length} characters",
            )
    return worst


def too_slow(walked: Walked, most: int) -> str:
    """The hostile text on which a pattern is not linear; empty where there is none."""
    ratio, text = of_pattern(walked, most)
    return (
        f"{walked.where}: {ratio:.1f} times the cost for twice of {text}" if ratio > LINEAR else ""
    )
