"""Whether the legal forms of two names may be those of one firm. What forms there are is in `monitor.vocabulary.forms`. Pure."""

from monitor.vocabulary.forms import Form


def agreement(one: tuple[Form, ...], other: tuple[Form, ...]) -> tuple[float, str]:
    """How well the legal forms of two names go together (a factor), and what to say of it."""
    if not one and not other:
        return 1.0, ""
    if not one or not other:
        return 0.98, "one without its legal form"
    return max((_two(mine, theirs) for mine in one for theirs in other), key=lambda pair: pair[0])


def _two(one: Form, other: Form) -> tuple[float, str]:
    if one.countries and other.countries and not one.countries & other.countries:
        return 0.80, "legal forms of different countries"
    if one.kind == other.kind:
        return (1.0, "") if one == other else (0.99, "")
    if one.kind == "company" or other.kind == "company":
        return 0.97, "legal forms written otherwise"
    if one.loose or other.loose:
        return 0.93, "another legal form"
    return 0.80, "another legal form of one country"
