import re
from collections.abc import Iterator

import pytest

from monitor import errors
from monitor.errors import ErrorKind, MonitorError, NotThePage, SourceError


def kinds(error: type[SourceError]) -> list[str]:
    return [error.kind, *(kind for below in error.__subclasses__() for kind in kinds(below))]


def test_every_failure_of_a_source_has_a_name_of_its_own():
    assert len(set(kinds(SourceError))) == len(kinds(SourceError))
    assert set(kinds(SourceError)) <= set(ErrorKind)


def test_a_reader_may_tell_the_cause_more_exactly():
    assert NotThePage("nothing", kind=ErrorKind.EMPTY).kind is ErrorKind.EMPTY
    assert NotThePage("nothing").kind is ErrorKind.NOT_THE_PAGE


def test_a_name_that_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="'emtpy' is not a valid ErrorKind"):
        NotThePage("nothing", kind="emtpy")


def list_tree(base: type[MonitorError], depth: int = 1) -> Iterator[tuple[int, str]]:
    for error in base.__subclasses__():
        if error.__module__ == errors.__name__:
            yield depth, error.__name__
            yield from list_tree(error, depth + 1)


def test_the_module_draws_each_class_on_a_line_of_its_own_below_its_base():
    drawn = re.findall(r"^((?:[│ ]   )*[├└]── )(\w+) {2,}\S", errors.__doc__, re.MULTILINE)

    assert sorted((len(branch) // 4, name) for branch, name in drawn) == sorted(
        list_tree(MonitorError)
    )
