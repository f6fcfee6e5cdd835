"""The words of the Chinese acts as tables: verbs, kinds of page; a new phrase is a line here. What registers are called they have
from the vocabulary.
"""

import re

from monitor.extract.named import Names, names_of, phrase
from monitor.extract.zh.lines import line
from monitor.extract.zh.places import country_pattern
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
NAMESAKE = phrase(lambda: rf"(?:{names_of(LISTS)})工作机制|《(?:{names_of(LISTS)})规定》")
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
NOT_FOLLOWED = ("出口许可证管理货物目录", "商用密码进口许可清单", "易制毒化学品管理目录")  # no registers of ours
GOODS: Names[str | None] = Names(  # lists of goods, by their titles
    lambda known: (
        {name: register.code for register in known.registers.values() if register.goods for name in _titles(register)}
        | dict.fromkeys(NOT_FOLLOWED)
    )
)

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
TALK = re.compile("答记者问|应询答|答问|新闻发言人|发言人|谈话|新闻发布会|记者会")
LESSONS = re.compile("常见问题|常见问答|问题解答|问答|解读|一图读懂|指南|指引")
NEWS = re.compile("央视网消息|新华社|新华网|中新社|中新网|人民网|本报|据报道|环球网|澎湃新闻|财联社|路透社")
# A line of the page around an act; `打印` may begin the name of a firm or a thing as well.
FOOTER = re.compile(
    r"本站转载|\[Content truncated|责任编辑|版权所有|相关附件|相关链接|分享到|扫一扫|关闭窗口|"
    rf"[\[【]?打印(?=$|[^{HAN_RANGE}]|[本此]|页面|文章|关闭|收藏)"
)
FILES = "相关附件"  # below it stand files, and never an annex
CUT = "[Content truncated"


# Phrases of the Chinese acts as patterns over a levelled sentence, built from the tables of words.

ANY_MEASURE = names_of(MEASURES)
DECIDES = re.compile(r"决定|初步认定|经[^,。]{0,24}批准|兹|特此|现(?=[将对])")
NO_NEXT = "(?:(?!将)[^。;])"
HOW = "(?:重新|再次|正式|一并|同时|分别|继续)?"  # how it is done, between whom and the verb
LISTS_IT = phrase(
    lambda: (
        rf"将(?:(?P<who>{NO_NEXT}+?){HOW}(?:列入|纳入|增列入|新增列入|增补列入)[《\"]?(?P<list>{names_of(LISTS)})|{NO_NEXT}*+(?P<dead>))"
    )
)
CALLS_IT = (
    phrase(lambda: rf"将(?:(?P<who>{NO_NEXT}+?){HOW}列为(?:首批|新一批)?(?P<label>{names_of(LABELS)})|{NO_NEXT}*+(?P<dead>))"),
    phrase(
        lambda: (
            rf"(?:公布|宣布)(?:(?P<who>{NO_NEXT}+?)为(?:列入清单的|清单在列的|新一批)?(?P<label>{names_of(LABELS)})"
            rf"|{NO_NEXT}*+(?P<dead>))"
        )
    ),
)
# A spokesperson decides in other words than an act: the operation follows or precedes them.
DECLARES = re.compile(r"宣布|依法|即日起|禁止|列为")
NO_LONGER = re.compile(r"不再对(?:(?P<who>[^。;,]+?)(?:采取|实施|适用)|[^。;,]*+(?P<dead>))")
NO_DEALINGS = re.compile(r"禁止[^。;,]{0,30}?与(?:(?P<who>[^。;]+?)进行(?:任何|有关|一切)?(?:交易|合作)|[^。;]*+(?P<dead>))")
TAKES_OFF = phrase(
    lambda: (
        rf"将(?:(?P<who>{NO_NEXT}+?)(?:从[《\"]?(?P<list>{names_of(LISTS)})[》\"]?(?:中)?)?"
        rf"(?:移出|移除|剔除|删除|除名)(?:[《\"]?(?P<after>{names_of(LISTS)}))?|{NO_NEXT}*+(?P<dead>))"
    )
)
NO_OTHER = "(?:(?!,(?:依法|决定|并)?对)[^。;:])"
TREATS = re.compile(
    rf"对(?:(?P<who>{NO_OTHER}+?)(?:采取|实施|施加)(?:以下|如下|下列|相应|相关|有关)?(?P<kind>{ANY_MEASURE}|处理|惩戒|"
    rf"惩治)(?:相关|有关)?(?:措施|$|[,。:])"
    rf"|{NO_OTHER}*+(?P<dead>))"
)
ACCUSED = "(?=涉|违反|实施|中断|存在|启动|发起|开展|进行|的?(?:相关|有关)?行为)"
INQUIRES = re.compile(
    rf"(?:对|就)(?:(?>(?P<who>[^。;,]+?){ACCUSED})[^。;]*?(?:启动|发起|开展|进行)[^。;]{{0,14}}调查"
    rf"|(?:[^。;,]+?{ACCUSED}[^。;]*+|[^。;,]*+)(?P<dead>))"
)
FINDS = re.compile(r"认定,?:?(?:(?P<who>[^。;,]+?)(?=涉|违反|实施|中断|存在|的?(?:相关|有关)?行为)|[^。;,]*+(?P<dead>))")
LIFTS = re.compile(
    r"(?P<verb>暂停|停止|取消|中止|终止|撤销|恢复)(?:实施)?(?:[^。;,对]{0,30}号[^。;,对]{0,8})?(?:对|针对)(?:(?P<who>[^。;,]+?)(?:采取|"
    r"实施|列入)?的?(?:上述|相关|有关|[^。;,的]{1,24}等)?"
    rf"(?P<kind>{ANY_MEASURE}|惩戒|惩治)(?:相关|有关)?措施|[^。;,]*+(?P<dead>))"
)
CONTROLS = re.compile(
    r"(?:对[^。;]{1,60}?(?P<verb>实施|进行|采取)(?!了)(?:以下|如下)?(?:临时)?出口管制|采取(?:以下|如下)?出口管制措施|"
    r"未经许可,?(?:一律)?不得(?:擅自)?出口)"
)
ADJUSTS = re.compile(
    r"(?:优化|调整|完善)[^。;]{0,40}(?:出口管制(?:措施)?|物项)|对[^。;]{0,3}\x00[^。;]{0,3}进行(?:了)?(?:调整|修改|修订)"
)
INCREASES = re.compile(r"(?:增列|新增|增加)(?P<names>[^。;,]+)")
CURBS = re.compile(
    rf"(?:加强|强化|收紧)[^。;]{{0,40}}?对{{0,1}}(?:{country_pattern()})?[^。;]{{0,8}}出口管制|原则上不予许可|"
    rf"(?:禁止|暂停(?!执行|实[施行]|适用|采取))[^。;,]{{0,30}}(?:对|向)(?:{country_pattern()})[^。;]{{0,50}}出口(?!管制|许可证?管理)|不予批准"
)
PUBLISHES = re.compile(
    r"(?:(?:现|决定)予?(?:公布|发布)|(?:现)?将(?:调整后的|修订后的|更新后的)?(?=《[^》]{1,80}》[^。;,《]{0,12}(?:公布|发布|印发)))"
    r"[^。;《]{0,12}《(?:(?P<title>[^》]++)》|[^》]*+(?P<dead>))"
)
TITLE_FIRST = re.compile(r"《(?P<title>[^《》]{1,80})》[^。;《]{0,60}?(?:现予以?|予以|现)(?:公布|发布)")
PUBLISHED_TITLE = phrase(lambda: names_of(GOODS))
# `暂停期限届满` suspends nothing: there the word is a noun.
CHANGE_VERB = re.compile(
    "(?:继续|同时|相应|予以|分别)?(?<!不再)(?<!不予)(?<!不)(?<!无)(?<!无需)(?<!无须)(?P<verb>"
    + names_of(CHANGES)
    + ")(?!(?:实施|执行)?(?:期限?|期间|届满))"
    # What was done (`暂停了`), and what goes back to how it was, are no deeds on an act.
    + "(?!了)(?!(?<=恢复)(?:列入|自由|正常|按照?|原|一般|出口|其|到|至))"
)
# What a blocking order forbids (阻断办法): to recognise, carry out or obey another State's measure.
BLOCKS = re.compile(
    r"(?:不得|禁止|不准|不应)[^。;]{0,12}?(?:承认|执行|遵守|遵从|配合|协助)[^。;]{0,60}?(?:措施|制裁|法令|法律|判决|禁令|限制|命令|"
    r"令(?=[,。;]|$)|要求|决定|清单)|(?:发布|作出|签发)(?:第\d+号)?[^。;,]{0,12}?(?:禁执令|阻断禁令)|"
    r"(?:不得|不准|(?<=[个人织体])不|禁止[^。;,]{0,16}?)(?:承认、?(?:不得|不)?|执行、?|遵守、?|遵从、?|配合、?){1,3}(?:和|或者?)?(?:遵守|执行|遵从|配合|协助)?(?=[,。;]|$)"
)
# Of a suspension that ends early the verb is the second one: `暂停提前终止`, `停止执行暂停`.
ENDS_STAY = re.compile(
    r"(?:暂停|中止)[^,。;\d]{0,8}(?:自\d{4}年\d{1,2}月\d{1,2}日[^,。;]{0,4}起)?[^,。;]{0,12}(?:提前|终止|结束|届满|到期|停止)|(?:提前)?(?:终止|结束|停止|取消|"
    r"解除)(?:[^,。;]{0,12}|[^,。;]{1,60}的[^,。;的]{0,6})(?:暂停|中止)"
)
DIRECT_AMENDMENT = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}、|\(.*?\))?(?:现|决定|现决定)?(?:优化)?调整|"
    r"(?:对|将)(?:[^。;]*?(?:作出?(?:如下|以下)?(?:调整|修改)|(?:调整|修改|推迟|延后)(?:为|如下|至|到))|[^。;]*+(?P<dead>))"
)
RECITAL = re.compile(r"^(?:根据|依据|按照|依照|鉴于|为落实|关于)")
FUTURE = re.compile("将(?:会|要|依法|依规|相应|视情|继续|暂停|停止|取消|恢复|终止|调整|中止|废止|采取|列入|把|对)")
OTHERS = re.compile(r"等(\d+)(?:个|项|份)?(?:公告|文件|决定)")
ALREADY = re.compile(r"^(?:已)?被列入|已(?:被)?列入|已公布的")
BACK = re.compile(
    r"其余(?:条款|部分|规定|内容)|(?:上述|前述|以上|相关|有关|该)(?:\w{0,2})?(?:公告|决定|措施|管制|禁令|安排|限制)"
)
TITLED = re.compile(r"《([^《》]*+(?:《[^《》]*+》)?+[^《》]*+)》")
DOUBT = re.compile("拟将|计划|考虑|如果|若(?!干)|一旦|可能将|建议|可申请|可以申请|申请移出|可以将|可将|威胁|准备|研究细化|假如")
STRANGER = re.compile(
    "美方|欧方|英方|日方|韩方|加方|美国商务部|美国财政部|美国国务院|美国国防部|美国政府|欧盟委员会|欧盟理事会|欧盟宣布|欧洲理事会|欧委会|"
    "英国政府|英国外交部|日本政府|日本经济产业省|经济产业省|联邦委员会|加拿大政府|拜登政府|特朗普政府|产业与安全局|澳大利亚政府|韩国政府|台湾当局|俄罗斯政府|荷兰政府|瑞士"
)
ANNOUNCES = re.compile(
    r"(?:发布|公布)(?!的|之日)(?:了)?[^,。]{0,40}公告|发言人[^,。]{0,8}(?:宣布|表示)|(?:已经?|曾)(?:宣布|发布|公布)"
)


def blot_titles(text: str) -> str:
    """Blot out titles in 《》, which may hold any verb, but not the names of registers."""
    return TITLED.sub(lambda match: f'"{match[1]}"' if match[1] in LISTS else "\x00" * len(match[0]), text)


def uncertain(text: str) -> bool:
    """Whether a sentence speaks of a plan or a condition."""
    return bool(DOUBT.search(text) or FUTURE.search(text))


def foreign(text: str) -> bool:
    """Whether a sentence speaks of another government."""
    return bool(STRANGER.search(text))


def doubtful(text: str) -> bool:
    """Whether a sentence speaks of a plan, a condition or another country's doings."""
    return uncertain(text) or (foreign(text) and "中方" not in text)
