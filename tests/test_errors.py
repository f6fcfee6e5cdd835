import pytest

from monitor.errors import ErrorKind, NotThePage, SourceError


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
