"""The words of the Chinese acts as tables: verbs, kinds of page; a new phrase is a line here. What registers are called they have
from the vocabulary.
"""

import re

from monitor.extract.named import Names, Phrase, names_of
from monitor.extract.zh.lines import line
from monitor.model import Action
from monitor.vocabulary import NamedRegister, letters, registers
from monitor.vocabulary.letters import HAN_RANGE

UNRELIABLE = registers.UNRELIABLE.code
CONTROLLED = registers.CONTROLLED.code
COUNTERED = registers.COUNTERED.code
DUAL_USE = registers.DUAL_USE.code
BLOCKED = registers.BLOCKED.code
CATALOGUE = registers.CATALOGUE.code
TECHNOLOGIES = registers.TECHNOLOGIES.code
GENERAL_LICENCES = registers.GENERAL_LICENCES.code
STATE_TRADING = registers.STATE_TRADING.code
PORT_MEASURES = registers.PORT_MEASURES.code
HONG_KONG = registers.HONG_KONG.code


def _titles(register: NamedRegister) -> tuple[str, ...]:
    """What a list is called in Chinese texts, as `lines` levels them."""
    own = () if register.imposed else (register.own,)
    return tuple(line(name).text for name in (*own, *register.written) if letters.HAN.search(name))


LISTS = Names(  # lists of entities
    lambda known: {
        name: register.code for register in known.registers.values() if not register.goods for name in _titles(register)
    }
)
# What bears the name of a list and is none: the body that keeps it, the law that it rests on.
NAMESAKE = Phrase(lambda: rf"(?:{names_of(LISTS)})工作机制|《(?:{names_of(LISTS)})规定》")
LABELS = Names(  # what one who stands on such a list is called
    lambda known: {line(name).text: register.code for register in known.registers.values() for name in register.called}
)
IMPOSED = Names(  # what an authority imposes where it names no list
    lambda known: {register.issuer: register.code for register in known.registers.values() if register.imposed}
)


def speaks_of(text: str, register: str) -> bool:
    """Whether a text has the name of a list of entities."""
    return any(name in text for name, code in LISTS.items() if code == register)


MEASURES = {  # measures that put an entity on a list without naming the list
    f"{registers.UNRELIABLE.own}处理": UNRELIABLE,
    registers.UNRELIABLE.own: UNRELIABLE,
    "反制裁": COUNTERED,
    "反制": COUNTERED,
    "制裁": COUNTERED,
}
# Lists of goods that are no register of ours.
NOT_FOLLOWED = (
    "出口许可证管理货物目录",
    "商用密码进口许可清单",
    "易制毒化学品管理目录",
)  # lists of goods that are no register of ours
GOODS: Names[str | None] = Names(  # lists of goods, by their titles
    lambda known: (
        {name: register.code for register in known.registers.values() if register.goods for name in _titles(register)}
        | dict.fromkeys(NOT_FOLLOWED)
    )
)

CHANGES = {  # verbs that change an earlier act
    "暂停": Action.SUSPEND,
    "中止": Action.SUSPEND,
    "再停": Action.SUSPEND,
    "停止": Action.REPEAL,
    "取消": Action.REPEAL,
    "终止": Action.REPEAL,
    "废止": Action.REPEAL,
    "撤销": Action.REPEAL,
    "失效": Action.REPEAL,
    "不再适用": Action.REPEAL,
    "不再执行": Action.REPEAL,
    "不再实施": Action.REPEAL,
    "恢复": Action.RESUME,
    "延长": Action.AMEND,
    "延续": Action.AMEND,
    "顺延": Action.AMEND,
    "继续实施": Action.AMEND,
    "延期": Action.AMEND,
    "展期": Action.AMEND,
    "再展": Action.AMEND,
    "展至": Action.AMEND,
    "延至": Action.AMEND,
    "优化调整": Action.AMEND,
    "调整": Action.AMEND,
    "修改": Action.AMEND,
}
EXTENDS = frozenset(
    {"继续实施", "延长", "延续", "顺延", "延期", "展期", "再展", "展至", "延至"}
)  # of a suspension they make a new one with another end
TALK = ("答记者问", "应询答", "答问", "新闻发言人", "发言人", "谈话", "新闻发布会", "记者会")
LESSONS = ("常见问题", "常见问答", "问题解答", "问答", "解读", "一图读懂", "指南", "指引")
NEWS = (
    "央视网消息",
    "新华社",
    "新华网",
    "中新社",
    "中新网",
    "人民网",
    "本报",
    "据报道",
    "环球网",
    "澎湃新闻",
    "财联社",
    "路透社",
)
# A line of the page around an act; `打印` may begin the name of a firm or a thing as well.
FOOTER = re.compile(
    r"本站转载|\[Content truncated|责任编辑|版权所有|相关附件|相关链接|分享到|扫一扫|关闭窗口|"
    rf"[\[【]?打印(?=$|[^{HAN_RANGE}]|[本此]|页面|文章|关闭|收藏)"
)
FILES = "相关附件"  # below it stand files, and never an annex
CUT = "[Content truncated"
UNCERTAIN = (
    "拟将",
    "计划",
    "考虑",
    "如果",
    "若(?!干)",
    "一旦",
    "可能将",
    "建议",
    "可申请",
    "可以申请",
    "申请移出",
    "可以将",
    "可将",
    "威胁",
    "准备",
    "研究细化",
    "假如",
)
STRANGERS = (
    "美方",
    "欧方",
    "英方",
    "日方",
    "韩方",
    "加方",
    "美国商务部",
    "美国财政部",
    "美国国务院",
    "美国国防部",
    "美国政府",
    "欧盟委员会",
    "欧盟理事会",
    "欧盟宣布",
    "欧洲理事会",
    "欧委会",
    "英国政府",
    "英国外交部",
    "日本政府",
    "日本经济产业省",
    "经济产业省",
    "联邦委员会",
    "加拿大政府",
    "拜登政府",
    "特朗普政府",
    "产业与安全局",
    "澳大利亚政府",
    "韩国政府",
    "台湾当局",
    "俄罗斯政府",
    "荷兰政府",
    "瑞士",
)
