"""Which records of a register have to be understood for what has moved."""

from monitor.diff.rows import MOST_WITNESSES, Scanned, Version, digest

KNOWN = {str(number): digest(b"as before") for number in range(MOST_WITNESSES + 1)}
MOVED = Version(digest(b"otherwise"), b"")


def wanted(*moved: str, missing: frozenset[str] = frozenset()) -> frozenset[str]:
    return Scanned(len(KNOWN), dict.fromkeys(moved, MOVED), missing).wanted(KNOWN)


def test_of_a_long_register_in_which_one_record_moved_only_that_one_is_understood():
    assert wanted("7") == {"7"}
    assert wanted("7", missing=frozenset({"9"})) == {"7", "9"}
    assert wanted("new") == frozenset()


def test_where_several_moved_some_that_did_not_are_understood_beside_them():
    beside = wanted("7", "9") - {"7", "9"}

    assert 0 < len(beside) <= MOST_WITNESSES
