"""Whether a page has its end. Pure."""

BEGINNING, END = 1024, 65_536  # bytes in which HTML says that it is, and in which it closes


def lacks_its_end(body: bytes) -> bool:
    """Whether it begins as HTML and never closes: it was cut where it was made, or its publisher closes none of his."""
    head = body[:BEGINNING].lower()
    return (b"<html" in head or b"<!doctype html" in head) and b"</html" not in body[-END:].lower()
