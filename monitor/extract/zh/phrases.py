"""Phrases of the Chinese acts as patterns over a levelled sentence, built from the tables of words."""

import re

from monitor.extract.named import Phrase, names_of
from monitor.extract.zh.places import country_pattern
from monitor.extract.zh.tables import CHANGES, GOODS, LABELS, LISTS, MEASURES, STRANGERS, UNCERTAIN

ANY_MEASURE = names_of(MEASURES)
DECIDES = re.compile(r"决定|初步认定|经[^,。]{0,24}批准|兹|特此|现(?=[将对])")
NO_NEXT = "(?:(?!将)[^。;])"
LISTS_IT = Phrase(
    lambda: (
        rf"将(?:(?P<who>{NO_NEXT}+?)(?:列入|纳入|增列入|新增列入|增补列入)[《\"]?(?P<list>{names_of(LISTS)})|{NO_NEXT}*+(?P<dead>))"
    )
)
CALLS_IT = (
    Phrase(lambda: rf"将(?:(?P<who>{NO_NEXT}+?)列为(?:首批|新一批)?(?P<label>{names_of(LABELS)})|{NO_NEXT}*+(?P<dead>))"),
    Phrase(
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
TAKES_OFF = Phrase(
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
    r"(?P<verb>暂停|停止|取消|中止|终止|撤销|恢复)(?:实施)?(?:对|针对)(?:(?P<who>[^。;,]+?)(?:采取|实施|"
    r"列入)?的?(?:上述|相关|有关)?"
    rf"(?P<kind>{ANY_MEASURE}|惩戒|惩治)(?:相关|有关)?措施|[^。;,]*+(?P<dead>))"
)
CONTROLS = re.compile(
    r"(?:对[^。;]{1,60}?(?P<verb>实施|进行|采取)(?:以下|如下)?(?:临时)?出口管制|采取(?:以下|如下)?出口管制措施|"
    r"未经许可,?(?:一律)?不得(?:擅自)?出口)"
)
ADJUSTS = re.compile(
    r"(?:优化|调整|完善)[^。;]{0,40}(?:出口管制(?:措施)?|物项)|对[^。;]{0,3}\x00[^。;]{0,3}进行(?:了)?(?:调整|修改|修订)"
)
INCREASES = re.compile(r"(?:增列|新增|增加)(?P<names>[^。;,]+)")
CURBS = re.compile(
    rf"(?:加强|强化|收紧)[^。;]{{0,40}}?对{{0,1}}(?:{country_pattern()})?[^。;]{{0,8}}出口管制|原则上不予许可|"
    rf"(?:禁止|暂停)[^。;,]{{0,30}}(?:对|向)(?:{country_pattern()})[^。;]{{0,50}}出口|不予批准"
)
PUBLISHES = re.compile(
    r"(?:(?:现|决定)予?(?:公布|发布)|(?:现)?将(?:调整后的|修订后的|更新后的)?(?=《[^》]{1,80}》[^。;,《]{0,12}(?:公布|发布|印发)))"
    r"[^。;《]{0,12}《(?:(?P<title>[^》]++)》|[^》]*+(?P<dead>))"
)
TITLE_FIRST = re.compile(r"《(?P<title>[^《》]{1,80})》[^。;《]{0,60}?(?:现予以?|予以|现)(?:公布|发布)")
PUBLISHED_TITLE = Phrase(lambda: names_of(GOODS))
# `暂停期限届满` suspends nothing: there the word is a noun.
CHANGE_VERB = re.compile(
    "(?:继续|同时|相应|予以|分别)?(?<!不再)(?<!不予)(?<!不)(?P<verb>"
    + names_of(CHANGES)
    + ")(?!(?:实施|执行)?(?:期限?|期间|届满))"
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
    r"(?:对|将)(?:[^。;]*?(?:作出?(?:如下|以下)?(?:调整|修改)|(?:调整|修改)(?:为|如下))|[^。;]*+(?P<dead>))"
)
RECITAL = re.compile(r"^(?:根据|依据|按照|依照|鉴于|为落实|关于)")
FUTURE = re.compile("将(?:会|要|依法|依规|相应|视情|继续|暂停|停止|取消|恢复|终止|调整|中止|废止|采取|列入|把|对)")
OTHERS = re.compile(r"等(\d+)(?:个|项|份)?(?:公告|文件|决定)")
ALREADY = re.compile(r"^(?:已)?被列入|已(?:被)?列入|已公布的")
BACK = re.compile(r"其余(?:条款|部分|规定|内容)|(?:上述|前述|以上|相关|有关|该)(?:\w{0,2})?(?:公告|决定|措施)")
TITLED = re.compile(r"《([^《》]*+(?:《[^《》]*+》)?+[^《》]*+)》")
DOUBT = re.compile("|".join(UNCERTAIN))
STRANGER = re.compile("|".join(STRANGERS))
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
