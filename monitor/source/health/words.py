"""What troubles of sources are called by those who run the monitor: a word for each kind, and a sentence that says what it means.

Kinds are fine, since they lead to different ways out; words are few, since they are what one reads first.
"""

from monitor.errors import ErrorKind

UNREACHABLE, BLOCKED, NOT_THE_PAGE, LAYOUT = "unreachable", "blocked", "not the page", "layout changed"
OURS, WRONG_ADDRESS = "our own mistake", "wrong address"

WORDS = {
    ErrorKind.DNS: UNREACHABLE,
    ErrorKind.CONNECT: UNREACHABLE,
    ErrorKind.PROXY: UNREACHABLE,
    ErrorKind.TLS: UNREACHABLE,
    ErrorKind.RESET: UNREACHABLE,
    ErrorKind.DEADLINE: UNREACHABLE,
    ErrorKind.TURN: UNREACHABLE,
    ErrorKind.PROTOCOL: UNREACHABLE,
    ErrorKind.SERVER: UNREACHABLE,
    ErrorKind.BUSY: UNREACHABLE,
    ErrorKind.FETCH: UNREACHABLE,
    ErrorKind.REFUSED: BLOCKED,
    ErrorKind.ROBOTS: BLOCKED,
    ErrorKind.BOT_WALL: BLOCKED,
    ErrorKind.NOT_THE_PAGE: NOT_THE_PAGE,
    ErrorKind.MAINTENANCE: NOT_THE_PAGE,
    ErrorKind.ERROR_PAGE: NOT_THE_PAGE,
    ErrorKind.EMPTY: NOT_THE_PAGE,
    ErrorKind.QUESTION_MARKS: NOT_THE_PAGE,
    ErrorKind.LFS_POINTER: NOT_THE_PAGE,
    ErrorKind.OLDER: NOT_THE_PAGE,
    ErrorKind.LAYOUT: LAYOUT,
    ErrorKind.READER: LAYOUT,
    ErrorKind.VANISHED: LAYOUT,
    ErrorKind.UNREADABLE: LAYOUT,
    ErrorKind.BROKEN_XML: LAYOUT,
    ErrorKind.XML_ENTITIES: LAYOUT,
    ErrorKind.GONE: WRONG_ADDRESS,
    ErrorKind.REDIRECT: WRONG_ADDRESS,
    ErrorKind.REQUEST: WRONG_ADDRESS,
    ErrorKind.PRIVATE_ADDRESS: WRONG_ADDRESS,
    ErrorKind.RENDER: "not rendered",
    ErrorKind.TRUNCATED: "truncated",
    ErrorKind.ENCODING: "truncated",
    ErrorKind.TOO_LARGE: "too large",
    ErrorKind.INCOMPLETE: "count mismatch",
    ErrorKind.COUNT: "count mismatch",
    ErrorKind.STALE: "stale",
    ErrorKind.KILLED: "reader stopped",
    ErrorKind.QUARANTINED: "reader stopped",
    ErrorKind.STORE: OURS,
    ErrorKind.MONITOR: OURS,
    ErrorKind.SOURCE: OURS,
    ErrorKind.FROZEN: "frozen",
    ErrorKind.ZOMBIE: "zombie",
    ErrorKind.GAP: "gap",
    ErrorKind.MIRROR: "disagrees with its mirror",
    ErrorKind.CANARY: "canary missing",
    ErrorKind.NOT_MODIFIED: "always 304",
    ErrorKind.BLIND: "blind",
    ErrorKind.NETWORK: "network",
}

SENTENCES = {
    UNREACHABLE: "The publisher could not be asked.",
    BLOCKED: "The publisher turns us away.",
    NOT_THE_PAGE: "Another page came than the one that was asked for.",
    LAYOUT: "The page came, and is not as its scraper knows it.",
    WRONG_ADDRESS: "The address leads to no page that may be read.",
    OURS: "The monitor itself made a mistake, or could not store what it read.",
    "not rendered": "The browser that renders it failed, or its scripts came to no rest.",
    "truncated": "The page was cut before its end.",
    "too large": "More came than the source may be.",
    "count mismatch": "Fewer entries came than there are.",
    "stale": "No poll of it has come to an end.",
    "reader stopped": "Its reader came to no end on the page.",
    "frozen": "The same bytes have come for far longer than is normal: perhaps a cache answers, not the publisher.",
    "zombie": "It is read well and brings nothing new: perhaps its publisher goes on elsewhere.",
    "gap": "A number was passed over: an act may stand where we do not look.",
    "disagrees with its mirror": "Another address of the same authority shows what this one does not.",
    "canary missing": "What always stood there is gone: perhaps only a part of the page came.",
    "always 304": "Its server says that nothing has changed where something had. It is asked for the whole page every hour now.",
    "blind": "None of its sources gives anything.",
    "network": "No source can be reached: this is most likely the network of this machine.",
}


def kind_word(kind: ErrorKind) -> str:
    """The word for a kind of trouble; its own name where it has no other."""
    return WORDS.get(kind, str(kind))


def kind_words(kind: ErrorKind) -> str:
    """The word, and the finer kind where that says more: `unreachable (dns)`."""
    return kind_word(kind) if kind_word(kind).replace(" ", "-") == kind or kind in PLAIN else f"{kind_word(kind)} ({kind})"


def sentence(kind: ErrorKind) -> str:
    """What a kind of trouble means; empty where its text says it all."""
    return SENTENCES.get(kind_word(kind), "")


PLAIN = {  # whose word says it all
    ErrorKind.INCOMPLETE,
    ErrorKind.COUNT,
    ErrorKind.KILLED,
    ErrorKind.LAYOUT,
    ErrorKind.MIRROR,
    ErrorKind.CANARY,
    ErrorKind.NOT_MODIFIED,
    ErrorKind.SOURCE,
    ErrorKind.RENDER,
}
SIGNS = (  # what is strange about a source that is read
    ErrorKind.FROZEN,
    ErrorKind.ZOMBIE,
    ErrorKind.GAP,
    ErrorKind.MIRROR,
    ErrorKind.CANARY,
    ErrorKind.COUNT,
    ErrorKind.NOT_MODIFIED,
)
