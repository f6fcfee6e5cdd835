"""Registers in XML, element by element."""

import pytest

from monitor.errors import LayoutChanged
from monitor.model import Entity, Listing
from monitor.source.body import Body
from monitor.source.formats import xml
from monitor.source.page import Page


def walked(*beside: str) -> list[str]:
    """The ids of the records of a roll, in which these elements stand beside them."""
    first, *more = beside or ("",)
    text = f"<roll>{first}<entry><id>1</id></entry>{''.join(more)}<entry><id>2</id></entry></roll>"
    layout = xml.Layout("roll", records=("entry",), others=("count",))
    page = Page("https://register.example/roll.xml", Body(text.encode()))
    return [record.id for record in xml.register(page, "un-sc", layout, id="id", read=_read).records]


def _read(record) -> Listing:
    return Listing(subject=Entity(names={"en": xml.text(record, "id")}, kind="org"))


@pytest.mark.parametrize("beside", [(), ("<count>2</count>",), ("<note/>",), ("", "<note/>"), ("<note/>", "<remark/>")])
def test_one_unknown_element_beside_the_records_may_be_a_note(beside: tuple[str, ...]):
    assert walked(*beside) == ["1", "2"]


def test_two_of_one_name_are_records_under_another_name():
    with pytest.raises(LayoutChanged, match="2 elements 'note' where only records are expected"):
        walked("<note/>", "<note/>")
