"""What an authority and a register are, as values: ours stand in the tables beside, a scraper declares its own in its module."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Series:
    """Acts that an authority numbers: the code in their keys (`mofcom-order`), what they are called here, and by itself."""

    code: str
    label: str
    own: str

    @property
    def orders(self) -> bool:
        """Whether these are orders, by their own name (`商务部令`), and no announcements."""
        return self.own.endswith("令")

    @property
    def head(self) -> str:
        """What its own name begins with: whose acts they are (`商务部`)."""
        return self.own.removesuffix("公告").removesuffix("令")


def numbered(code: str, label: str, own: str) -> tuple[Series, Series]:
    """The announcements and the orders of a Chinese issuer by its `own` name, each numbered in a series of its own."""
    return Series(code, label, f"{own}公告"), Series(f"{code}-order", f"{label} Order", f"{own}令")


@dataclass(frozen=True, slots=True)
class Authority:
    """Who issues acts or registers, or publishes word of them: `Authority("sg-customs", "Singapore Customs")`.

    The code begins with its country (ISO 3166-1, `eu`, `un`); `name` is how people call it in English. `zone` is where it counts
    its days: it may be left out where the country has one zone, or its capital's is known. `own` are its names as Chinese acts
    have them, the surest first; a name that heads no series of its own numbers in that of the first. `phrases` are patterns by
    which an English page names it, `signs` those by which an act in English says that it is of it, where they are other ones.
    `agency` is what the Federal Register calls it. `near`: its acts are mostly on trade control, sanctions or countermeasures.
    """

    code: str
    name: str
    zone: str = ""
    series: tuple[Series, ...] = ()
    own: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    agency: str = ""
    near: bool = False

    @property
    def country(self) -> str:
        """The first part of its code: `cn`."""
        return country_of(self.code)


@dataclass(frozen=True, slots=True)
class NamedRegister:
    """A register: what it is called, who keeps it, and in plain words what standing on it means.

    `own` is its name in its issuer's language, `written` are further ones that Chinese texts use, `called` what such texts call
    one who stands on it. `phrases` are patterns by which English texts name it; without them it is known by its `name`. `goods`:
    it lists goods, not entities. `imposed`: it is what its issuer imposes on somebody where it names no list, and `own` is the
    word for that, not a title.
    """

    code: str
    name: str
    issuer: str
    own: str = ""
    meaning: str = ""
    written: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    goods: bool = False
    imposed: bool = False

    @property
    def country(self) -> str:
        """That of its issuer."""
        return country_of(self.issuer)


Term = Authority | NamedRegister


def country_of(code: str) -> str:
    """The country that the code of an authority or a register begins with: `cn` of `cn-mofcom`."""
    return code.partition("-")[0]
