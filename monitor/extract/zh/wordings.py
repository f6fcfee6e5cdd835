"""The forms of the table `wordings`: loaded where an act is read, for they take long."""

import re

from monitor.extract.zh.words import CHINESE
from monitor.model import Action, frozen


@frozen
class Wording:
    """A form in which an act does something. `abroad`: the destination of goods stands
    beside it.
    """

    action: Action
    register: str | None
    phrase: re.Pattern[str]
    on: re.Pattern[str] | None
    abroad: bool = False
    duty: bool = False
    amounts: bool = False  # it says of each thing how much of it there may be
    partly: bool = False  # it holds for what its words describe, and for nothing else
    conditional: bool = False  # it holds on a condition that it tells
    needs: bool = False  # without goods or names it says too little
    # whether names without a verb of their own, or lines below, are those it is for
    listing: bool = False


WORDINGS = [
    Wording(
        Action(form.pop("does")),
        form.pop("register", None),
        CHINESE.compile(form.pop("words")),
        CHINESE.compile(form.pop("on")) if "on" in form else None,
        **form,
    )
    for form in CHINESE.tables["wordings"]
]
