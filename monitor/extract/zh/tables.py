"""The words of the Chinese acts as tables: verbs, kinds of page; a new phrase is a line here. What registers are called they have
from the vocabulary.
"""

import re

from monitor.extract.named import names_of, phrase
from monitor.extract.zh.words import CHINESE, LABELS, LISTS
from monitor.model import Action

WORDS = CHINESE.table("tables")

CHANGES = {  # verbs that change an earlier act
    verb: action
    for action, verbs in {
        Action.SUSPEND: "暂停 中止 再停",
        Action.REPEAL: "停止 取消 终止 废止 解除 撤销 失效 不再适用 不再执行 不再实施",
        Action.RESUME: "恢复",
        Action.AMEND: "延长 延续 顺延 继续实施 延期 展期 再展 展至 延至 优化调整 调整 修改 推迟 延后",
    }.items()
    for verb in verbs.split()
}
EXTENDS = frozenset(
    ["继续实施", "延长", "延续", "顺延", "延期", "展期", "再展", "展至", "延至"]
)  # of a suspension they make a new one with another end
TALK = WORDS.talk
LESSONS = WORDS.lessons
NEWS = WORDS.news
FOOTER = WORDS.footer
FILES = "相关附件"  # below it stand files, and never an annex
CUT = "[Content truncated"


# Phrases of the Chinese acts as patterns over a levelled sentence, built from the tables of words.

DECIDES = WORDS.decides
NO_NEXT = WORDS.text_of("no_next")
HOW = WORDS.text_of("how")
LISTS_IT = WORDS.lists_it
CALLS_IT = (
    phrase(lambda: rf"将(?:(?P<who>{NO_NEXT}+?){HOW}列为(?:首批|新一批)?(?P<label>{names_of(LABELS)})|{NO_NEXT}*+(?P<dead>))"),
    phrase(
        lambda: (
            rf"(?:公布|宣布)(?:(?P<who>{NO_NEXT}+?)为(?:列入清单的|清单在列的|新一批)?(?P<label>{names_of(LABELS)})"
            rf"|{NO_NEXT}*+(?P<dead>))"
        )
    ),
)
DECLARES = WORDS.declares
NO_LONGER = WORDS.no_longer
NO_DEALINGS = WORDS.no_dealings
TAKES_OFF = WORDS.takes_off
TREATS = WORDS.treats
INQUIRES = WORDS.inquires
FINDS = WORDS.finds
LIFTS = WORDS.lifts
CONTROLS = WORDS.controls
ADJUSTS = WORDS.adjusts
INCREASES = WORDS.increases
CURBS = WORDS.curbs
PUBLISHES = WORDS.publishes
TITLE_FIRST = WORDS.title_first
PUBLISHED_TITLE = WORDS.published_title
# `暂停期限届满` suspends nothing: there the word is a noun.
CHANGE_VERB = re.compile(
    "(?:继续|同时|相应|予以|分别)?(?<!不再)(?<!不予)(?<!不)(?<!无)(?<!无需)(?<!无须)(?P<verb>"
    + names_of(CHANGES)
    + ")(?!(?:实施|执行)?(?:期限?|期间|届满))"
    # What was done (`暂停了`), and what goes back to how it was, are no deeds on an act.
    + "(?!了)(?!(?<=恢复)(?:列入|自由|正常|按照?|原|一般|出口|其|到|至))"
)
BLOCKS = WORDS.blocks
ENDS_STAY = WORDS.ends_stay
DIRECT_AMENDMENT = WORDS.direct_amendment
RECITAL = WORDS.recital
OTHERS = WORDS.others
ALREADY = WORDS.already
BACK = WORDS.back
TITLED = re.compile(r"《([^《》]*+(?:《[^《》]*+》)?+[^《》]*+)》")
DOUBT = WORDS.doubt
ANNOUNCES = WORDS.announces


def blot_titles(text: str) -> str:
    """Blot out titles in 《》, which may hold any verb, but not the names of registers."""
    return TITLED.sub(lambda match: f'"{match[1]}"' if match[1] in LISTS else "\x00" * len(match[0]), text)


def uncertain(text: str) -> bool:
    """Whether a sentence speaks of a plan or a condition."""
    return bool(DOUBT.search(text) or WORDS.future.search(text))


def foreign(text: str) -> bool:
    """Whether a sentence speaks of another government."""
    return bool(WORDS.stranger.search(text))


def doubtful(text: str) -> bool:
    """Whether a sentence speaks of a plan, a condition or another country's doings."""
    return uncertain(text) or (foreign(text) and "中方" not in text)
