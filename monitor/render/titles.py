"""Gloss Chinese titles in English by patterns over tables; unknown parts are left out. Pure."""

import re
from collections.abc import Callable

from monitor import vocabulary
from monitor.render import words
from monitor.render.text import join_words
from monitor.vocabulary import countries
from monitor.vocabulary.letters import bare
from monitor.watch.glosses import translate_goods

HEAD = re.compile(r"^.*?(?:公告|令)[^第]{0,8}第\d+号\s*(?=公布|关于|发布)|^不可靠实体清单工作机制")
FRAME = re.compile(r"^(?:公布|关于|发布)*(.+?)的?(?:决定|公告|通知|通告)?$")
LIST = "(?P<list>《?[^《》]*(?:清单|名单)》?)"
CONTROL = "(?P<temporary>临时)?出口管制"
PATTERNS: tuple[tuple[str, str], ...] = (
    (f"将(?P<who>.+?)(?:增?列入|纳入){LIST}", "{who} put on the {list}"),
    (f"将(?P<who>.+?)移出{LIST}", "{who} taken off the {list}"),
    (f"对(?P<who>.+?)采取{LIST}措施", "measures of the {list} against {who}"),
    ("对(?P<who>.+?)采取反制裁?措施", "countermeasures against {who}"),
    (f"(?P<change>继续暂停|暂停|调整|停止|取消|终止|延长)(?:实施)?{LIST}措施", "{change} measures of the {list}"),
    (f"加强(?P<goods>.+?)对(?P<place>.+?){CONTROL}", "stricter {temporary}export control on {goods} to {place}"),
    (
        f"(?P<change>优化调整|调整|解除|取消)(?:对)?(?P<goods>.+?){CONTROL}(?:措施)?",
        "{change} the {temporary}export control on {goods}",
    ),
    (f"对(?P<goods>.+?)(?:实施|采取){CONTROL}(?:措施)?", "{temporary}export control on {goods}"),
    (
        "(?P<change>继续暂停|暂停|恢复|废止|停止|延长)(?:实施|执行)?(?P<acts>.*公告.*号)(?P<clause>第[一二三四五六七八九十]{1,4}[款条项])?",
        "{change} {clause}{acts}",
    ),
    (f"(?:发布|公布)?{LIST}", "publication of the {list}"),
)  # fmt: skip
CHANGES = {
    "继续暂停": "further suspension of", "暂停": "suspension of", "调整": "changes to", "优化调整": "changes to",
    "停止": "end of", "取消": "end of", "终止": "end of", "解除": "end of",
    "延长": "extension of", "恢复": "resumption of", "废止": "repeal of",
}  # fmt: skip
WHO = {
    "军工企业": "arms firms", "军工相关企业": "arms firms", "企业": "firms", "公司": "firms", "外国实体": "foreign entities",
    "实体": "entities", "机构": "institutions", "人员": "people", "个人": "people", "高级管理人员": "senior managers",
}  # fmt: skip
COUNTED = re.compile(
    f"(?:.{{1,80}}?等)?(?P<number>\\d{{1,6}})(?:家|名|个)(?P<whose>.{{0,40}}?)(?P<kind>{'|'.join(WHO)})"
)
GOODS = {"两用物项": "dual-use items", "有关物项": "certain items", "物项": "items"}
OPTIONAL = {"temporary", "clause"}
RELATED = re.compile("相关|有关(?!物项)|部分|境外")


def translate_title(title: str) -> str:
    """`export control on rare earths abroad` for 公布对境外相关稀土物项实施出口管制的决定; "" where no table knows
    it.
    """
    framed = FRAME.fullmatch(HEAD.sub("", title.strip().removesuffix("【已废止】")))
    core = framed[1] if framed else ""
    for pattern, template in PATTERNS:
        if found := re.fullmatch(pattern, core):
            said = {name: TRANSLATED[name](text or "") for name, text in found.groupdict().items()}
            if all(said[name] for name in said if name not in OPTIONAL):
                return template.format(**said)
    return ""


def format_title(title: str) -> str:
    """The English words of a title, with the title behind them; else the title alone."""
    english = translate_title(title)
    return f"{english} ({title})" if english else title


def _translate_who(text: str) -> str:
    if counted := COUNTED.fullmatch(text):
        return f"{counted['number']} {WHO[counted['kind']]}{_word_country(counted['whose'])}"
    rest = text.rpartition("等")[2] or text
    country = next(
        (
            name
            for name in sorted(countries.spelt("zh"), key=len, reverse=True)
            if rest.startswith(name)
        ),
        "",
    )
    kinds = [WHO.get(kind, "") for kind in re.split("[及和、]", rest.removeprefix(country))]
    return f"{join_words(kinds)}{_word_country(country)}" if all(kinds) else text


def _word_country(country: str) -> str:
    code = countries.spelt("zh").get(country)
    return f" of {words.name_destination(code)}" if code else ""


def _word_goods(text: str) -> str:
    plain = RELATED.sub("", text)
    english = GOODS.get(plain) or translate_goods(plain)
    if not english:
        return ""
    certain, more = "certain " if "部分" in text else "", " and other items" if "等" in text else ""
    return f"{certain}{english}{more}{' abroad' if '境外' in text else ''}"


def _find_list_name(text: str) -> str:
    named = bare(text.strip("《》").removeprefix("中华人民共和国"))
    known = vocabulary.current().registers.values()
    return next(
        (
            register.name
            for register in known
            if named in map(bare, (register.own, *register.written))
        ),
        "",
    )


def _word_acts(text: str) -> str:
    """`No. 55, 56 and 57 of 2025`."""
    of_year: dict[str, list[str]] = {}
    year = ""
    for named, number in re.findall(r"(?:(\d{4})年)?第?(?<!\d)(\d{1,6})号", text):
        year = named or year
        of_year.setdefault(year, []).append(number)
    return join_words([f"No. {join_words(numbers)} of {year}" for year, numbers in of_year.items()])


TRANSLATED: dict[str, Callable[[str], str]] = {
    "who": _translate_who,
    "list": _find_list_name,
    "goods": _word_goods,
    "acts": _word_acts,
    "change": lambda text: CHANGES[text],
    "place": lambda text: (
        words.name_destination(code) if (code := countries.spelt("zh").get(text)) else ""
    ),
    "temporary": lambda text: "temporary " if text else "",
    "clause": lambda text: f"clause {words.format_mark(text[1:-1])} of " if text else "",
}
