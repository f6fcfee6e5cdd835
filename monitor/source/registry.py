"""Finds every source and reader in the packages that config.toml names; nothing is registered by
hand.
"""

import importlib
import importlib.util
import inspect
import pkgutil
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cached_property
from types import FunctionType, ModuleType
from typing import Any, TypeGuard

import msgspec
from rapidfuzz import fuzz, process

from monitor import vocabulary
from monitor.config import Config, SourceSettings, rules
from monitor.errors import ConfigError
from monitor.source import configured
from monitor.source.health import Paths
from monitor.source.page import Page, Reader
from monitor.source.scraper import Source, get_domain, get_host, make_reader_name
from monitor.vocabulary import Authority, NamedRegister, Term, Vocabulary


class Registry:
    """All sources of some packages, with config.toml's changes. The authorities and registers that
    the packages declare replace those of an earlier registry.

    Raises:
        ConfigError: a package that can't be imported; an unknown authority or register, or one
            declared twice.
    """

    def __init__(self, config: Config) -> None:
        self._config = config
        self._modules = {
            module.__name__.rpartition(".")[2]: module
            for name in config.packages
            for module in _import_modules(name)
        }
        self._pages = {source.id: source for source in map(configured.make_source, config.page)}
        self.page_readers_named = {
            read.name: read for read in configured.collect_readers(self._pages.values())
        }
        unknown = set(config.sources) - {source.id for source in self._declared}
        if unknown:
            raise ConfigError(f'config: [sources."{min(unknown)}"]: {self._no_such(min(unknown))}')
        for name in config.only:
            if not any(_is_called(source.id, name) for source in self._declared):
                raise ConfigError(f"config: only: {self._no_such(name)}")
        known = Vocabulary(_list_terms(self._modules.values()))
        for source in self._declared:
            if source.authority not in known.authorities and (
                source.authority or source.id not in self._pages
            ):
                raise ConfigError(_word_unknown(source, [*known.authorities]))
            if source.expected.mirror and source.expected.mirror not in {
                other.id for other in self._declared
            }:
                named = f"{source.id}: mirror: {self._no_such(source.expected.mirror)}"
                raise ConfigError(f"{source.read.__module__}: {named}")
        for complaint in rules.find_unknown_terms(config, known):
            raise ConfigError(f"config: {complaint}")
        self.terms = known.declared
        vocabulary.use(known.declared)

    @property
    def modules(self) -> tuple[str, ...]:
        """The full names of the modules in which readers are found."""
        return tuple(module.__name__ for module in self._modules.values())

    @cached_property
    def _declared(self) -> list[Source]:
        sources = [
            value
            for module in self._modules.values()
            for value in vars(module).values()
            if isinstance(value, Source)
        ]
        sources += self._pages.values()
        return sorted(sources, key=lambda source: source.id)

    @cached_property
    def sources(self) -> list[Source]:
        """Every source that is switched on, by id."""
        return [source for source in self.declared if source.enabled]

    @cached_property
    def _paths(self) -> dict[str, Paths]:
        """Group the sources in use that show acts by the acts' authority."""
        every, shows = (
            tuple(source.id for source in self.sources),
            defaultdict[str, list[str]](list),
        )
        for source in self.sources:
            if source.kind == "acts" and not source.by_hand:
                shows[source.authority].append(source.id)
        paths = {authority: Paths(authority, tuple(own), every) for authority, own in shows.items()}
        return paths | {"": Paths(every=every)}

    def paths(self, source: Source) -> Paths:
        """List the other sources of the same publication; none for press reports, or pages saved by
        people.
        """
        if source.kind != "acts" or source.by_hand:
            return self._paths[""]
        return self._paths.get(source.authority) or Paths(
            source.authority, (), self._paths[""].every
        )

    def _configured(self, source: Source) -> Source:
        """Merge config.toml's settings of a source with its scraper's."""
        setting = self._config.sources.get(source.id, SourceSettings())
        own = get_host(source.request.url)
        told = {
            name: value
            for name in ("absence", "unmoved", "canary", "floor")
            if (value := getattr(setting, name)) is not None
        }
        changes: dict[str, Any] = {
            "proxy": setting.proxy or source.proxy or self._config.fetch.proxy or "",
            # a page that was read through another address still links to the publisher's own
            "request": (
                msgspec.structs.replace(source.request, url=setting.url)
                if setting.url
                else source.request
            ),
            "hosts": (*source.hosts, f"*.{get_domain(own)}") if setting.url else source.hosts,
            "every": setting.every or source.every,
            "busy": (
                replace(source.busy, every=setting.busy_every)
                if setting.busy_every and source.busy
                else source.busy
            ),
            "patience": setting.patience or source.patience,
            "enabled": self._is_wanted(source) if setting.enabled is None else setting.enabled,
            "expected": replace(source.expected, **told) if told else source.expected,
        }
        changed = {
            name: value for name, value in changes.items() if value is not getattr(source, name)
        }
        return replace(source, **changed) if changed else source

    def _is_wanted(self, source: Source) -> bool:
        """Return whether `only` keeps a source on; it keeps every page of config.toml."""
        only = self._config.only
        return source.enabled and (
            not only
            or source.id in self._pages
            or any(_is_called(source.id, name) for name in only)
        )

    def named(self, names: Iterable[str]) -> list[Source]:
        """The sources called `cn_mofcom` (all of the module), `cn_mofcom.announcements` or `cn_*`.

        Raises:
            ConfigError: no such source, with the nearest name, or none that is switched on.
        """
        sources = {}
        for name in names:
            matches = [source for source in self.sources if _is_called(source.id, name)]
            if not matches and any(_is_called(source.id, name) for source in self._declared):
                raise ConfigError(
                    f"{name!r} is switched off; see `only` and `enabled` in config.toml"
                )
            if not matches:
                raise ConfigError(self._no_such(name))
            sources.update({source.id: source for source in matches})
        return list(sources.values())

    def source(self, name: str) -> Source:
        """The source with this id, switched on or not.

        Raises:
            ConfigError: no such source, with the nearest name.
        """
        for source in self._declared:
            if source.id == name:
                return self._configured(source)
        raise ConfigError(self._no_such(name))

    def reader(self, name: str) -> Reader:
        """The reader called `cn_mofcom.announcement`; a source is a reader too.

        Raises:
            ConfigError: no such reader, with the nearest name; or several sources are called so.
        """
        if name in self.page_readers_named:
            return self.page_readers_named[name]
        module_name, _, function = name.partition(".")
        read = getattr(self._modules.get(module_name), function or "?", None)
        if not callable(read) and (only := self.only_source(name)) != name:
            return self.reader(only)
        if not callable(read):
            readers = [
                f"{module_name}.{key}"
                for module_name, module in self._modules.items()
                for key, value in vars(module).items()
                if isinstance(value, Source)
                or (callable(value) and getattr(value, "__module__", "") == module.__name__)
            ]
            raise ConfigError(
                f"no reader is called {name!r};"
                f" {self._nearest(name, [*self.page_readers_named, *readers])}"
            )
        return read if not isinstance(read, Source) else read.read

    def only_source(self, name: str) -> str:
        """Find the id of the only source with this name (`un_sc`, `un_*`); a name without a match
        is of another kind.

        Raises:
            ConfigError: several sources match.
        """
        found = [source.id for source in self._declared if _is_called(source.id, name)]
        if len(found) > 1:
            raise ConfigError(f"{name}: names {len(found)} sources; name one of {', '.join(found)}")
        return found[0] if found else name

    @property
    def declared(self) -> list[Source]:
        """Every source, switched on or not, by id."""
        return [self._configured(source) for source in self._declared]

    def page_readers(self, module_name: str) -> list[str]:
        """Return the readers of a module's pages, those of its sources first, with shared ones. A
        page of config.toml counts as a module: its own reader, and that of its linked pages.
        """
        if module_name in self._pages:
            return [
                name for name in self.page_readers_named if name.partition(".")[0] == module_name
            ]
        readers = [
            (
                not isinstance(value, Source),
                make_reader_name(value.read if isinstance(value, Source) else value),
            )
            for value in vars(self._modules[module_name]).values()
            if isinstance(value, Source)
            or (
                _is_reader(value)
                and value.__module__ in self.modules
                and not value.__name__.startswith("_")
            )
        ]
        return [name for _, name in sorted(readers, key=lambda reader: reader[0])]

    def address(self, name: str) -> str:
        """Return the address of the source with this name; "" for a reader of pages with many
        addresses.
        """
        addresses = {source.id: source.request.url for source in self._declared}
        return addresses.get(name) or addresses.get(self.only_source(name), "")

    def _no_such(self, name: str) -> str:
        return (
            f"no source is called {name!r};"
            f" {self._nearest(name, [source.id for source in self._declared])}"
        )

    @staticmethod
    def _nearest(name: str, names: list[str]) -> str:
        best = process.extractOne(name, names)
        return (
            f"did you mean {best[0]!r}? `monitor sources` lists all"
            if best
            else "no scraper was found"
        )


def _is_called(source_id: str, name: str) -> bool:
    """Return whether a source matches: by its id, its module, or a pattern in which `*` stands for
    anything.
    """
    return name == source_id.partition(".")[0] or fnmatchcase(source_id, name)


def _list_terms(modules: Iterable[ModuleType]) -> tuple[Term, ...]:
    """The authorities and registers that scrapers declare as names of their modules."""
    terms: dict[Term, None] = {}
    for module in modules:
        declared = [
            value for value in vars(module).values() if isinstance(value, Authority | NamedRegister)
        ]
        if terms.keys() >= set(declared):
            continue
        terms.update(dict.fromkeys(declared))
        try:
            Vocabulary(terms)
        except ConfigError as error:
            raise ConfigError(f"{module.__name__}: {error}") from error
    return tuple(terms)


def _word_unknown(source: Source, codes: Sequence[str]) -> str:
    """Write the error for an unknown authority in a scraper, with the way out."""
    code = source.authority
    if source.id.startswith(configured.PREFIX):
        return (
            f"config: page {source.name!r}: authority: nobody knows {code!r};"
            f" {rules.suggest_name(code, codes)}"
        )
    nearest = process.extractOne(code, codes, scorer=fuzz.ratio)[0]
    return (
        f"{source.read.__module__}: {source.id} is of {code!r}, an authority that nobody knows; did"
        " you mean"
        f' {nearest!r}? A new one is declared in that module: OFFICE = Authority("{code}", "Its'
        ' name")'
    )


def _is_reader(value: object) -> TypeGuard[FunctionType]:
    """Return whether this has a reader's form: a function of a page alone."""
    return isinstance(value, FunctionType) and [
        each.annotation for each in inspect.signature(value).parameters.values()
    ] in (
        [Page],
        ["Page"],
    )


def _import_modules(package_name: str) -> list[ModuleType]:
    """The package's modules at any depth: also those shared by several scrapers have readers, to
    which links point.
    """
    called = f"config: packages: {package_name!r}"
    if importlib.util.find_spec(package_name.partition(".")[0]) is None:
        raise ConfigError(
            f"{called} can't be imported: no such package; name the folder that holds it in"
            " PYTHONPATH, also for the service"
        )
    package = _import_module(package_name, called)
    if not hasattr(package, "__path__"):
        raise ConfigError(f"config: packages: {package_name!r} is a module, not a package")
    modules = pkgutil.walk_packages(package.__path__, f"{package_name}.")
    return [_import_module(item.name, item.name) for item in modules if not item.ispkg]


def _import_module(name: str, called: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except (Exception, SystemExit) as error:
        # a scraper is others' code: whatever is wrong in it is one line that names it
        raise ConfigError(f"{called} can't be imported: {type(error).__name__}: {error}") from error


# Scrapers read from disk again while the process goes on, as they are when their author changed
# them.

OURS = "monitor"


def unload_modules(names: Iterable[str]) -> dict[str, ModuleType]:
    """Unload these packages or modules, with all beside and below them: the next import reads them
    from disk. Return the unloaded ones, whose holders may continue. Our own modules never reload: a
    new version is a new process.
    """
    roots = {name.partition(".")[0] for name in names} - {OURS}
    now = sys.modules.copy()  # at once: other threads load what they need
    loaded = {name: module for name, module in now.items() if name.partition(".")[0] in roots}
    for name in loaded:
        del sys.modules[name]
    importlib.invalidate_caches()
    return loaded


@contextmanager
def read_again(packages: Iterable[str]) -> Iterator[None]:
    """Import these packages as they now are; where the block fails, those that were loaded
    before stay.
    """
    loaded = unload_modules(packages)
    try:
        yield
    except BaseException:
        unload_modules(loaded)
        sys.modules.update(loaded)
        raise
