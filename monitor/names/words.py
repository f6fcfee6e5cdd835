"""The common words of company names: what they fold to, what they are in Chinese, and which names
are places.

A common word says what a firm does, not which firm it is; two different ones are two firms
(Trading, Training).
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from anyascii import anyascii

from monitor.names import countries
from monitor.names.scripts import IS_CJK, bare, simplify_han
from monitor.names.transliterations import ARTICLES_ON, PREFIXES, fold_letters

WRITTEN: dict[str, str] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
ANYONES = frozenset(WRITTEN["anyones"].split())

# Words that may be missing: a firm and its group are called alike.
SOFT = frozenset(
    {
        "group",
        "holding",
        "concern",
        "corporation",
        "company",
        "state",
        "zone",
        "회사",
        "공사",
        "총회사",
        "그룹",
    }
)
# What translators say for one another. Each row is of one kind.
KIN = """
factory enterprise shipyard workshop
ship shipyard shipping
technical technology engineering
aviation aircraft aerospace airline
ship shipping maritime marine
united joint
defense military
arms weapon
machine mechanical
steel metallurgy
agency administration authority
administration management control
institute center
trade sales distribution
production industry manufacture
complex system
transport shipping logistics freight
"""
STOP = frozenset(
    "mv province of the and for de la le du des dem der von del di da e y et und fur for in on at no n an a by to".split()  # noqa: SIM905 -- in a row
) | frozenset(
    "with ve oraz och della delle dei degli dello do dos das den het voor aux les sankt".split()  # noqa: SIM905 -- in a row
)


def _read_numbers(told: str) -> dict[str, str]:
    return dict(word.split("-") for word in told.split())


# not one, which is a brand's
UNITS = _read_numbers(
    "first-1 second-2 third-3 fourth-4 fifth-5 sixth-6 seventh-7 eighth-8 ninth-9"
    " two-2 three-3 four-4 five-5 six-6 seven-7 eight-8 nine-9"
)
ROMAN = _read_numbers("ii-2 iii-3 iv-4 vi-6 vii-7 viii-8 ix-9 xi-11 xii-12")
NUMBERED = UNITS | {"ten": "10", "tenth": "10"} | ROMAN
NUMBER_WORDS = frozenset({"no", "number", "nr", "num"})

# Divisions and cities of China; English names are as registers print them.
CHINA = """
北京 beijing peking|上海 shanghai|天津 tianjin|重庆 chongqing|河北 hebei|山西 shanxi|辽宁 liaoning|吉林 jilin
黑龙江 heilongjiang
江苏 jiangsu|浙江 zhejiang|安徽 anhui|福建 fujian|江西 jiangxi|山东 shandong|河南 henan|湖北 hubei|湖南 hunan|广东 guangdong
海南 hainan|四川 sichuan|贵州 guizhou|云南 yunnan|陕西 shaanxi|甘肃 gansu|青海 qinghai|台湾 taiwan|广西 guangxi
内蒙古 neimenggu innermongolia
西藏 xizang tibet|宁夏 ningxia|新疆 xinjiang|香港 hongkong hk|澳门 macau macao|深圳 shenzhen|广州 guangzhou canton|杭州 hangzhou
南京 nanjing|苏州 suzhou|武汉 wuhan|成都 chengdu|西安 xian|青岛 qingdao|大连 dalian|沈阳 shenyang|哈尔滨 harbin|长春 changchun
济南 jinan|郑州 zhengzhou|长沙 changsha|合肥 hefei|福州 fuzhou|厦门 xiamen|宁波 ningbo|无锡 wuxi|常州 changzhou|东莞 dongguan
佛山 foshan|珠海 zhuhai|中山 zhongshan|惠州 huizhou|昆明 kunming|贵阳 guiyang|南宁 nanning|南昌 nanchang|太原 taiyuan
石家庄 shijiazhuang|兰州 lanzhou|乌鲁木齐 urumqi|呼和浩特 hohhot|银川 yinchuan|西宁 xining|海口 haikou|温州 wenzhou
绍兴 shaoxing
嘉兴 jiaxing|台州 taizhou|金华 jinhua|义乌 yiwu|泉州 quanzhou|烟台 yantai|潍坊 weifang|淄博 zibo|威海 weihai|洛阳 luoyang
株洲 zhuzhou|湘潭 xiangtan|绵阳 mianyang|宜昌 yichang|襄阳 xiangyang|徐州 xuzhou|南通 nantong|扬州 yangzhou|镇江 zhenjiang
泰州 taizhou|盐城 yancheng|芜湖 wuhu|蚌埠 bengbu|赣州 ganzhou|包头 baotou|唐山 tangshan|保定 baoding|鞍山 anshan|大庆 daqing
齐齐哈尔 qiqihar|柳州 liuzhou|桂林 guilin|宝鸡 baoji|汉中 hanzhong|西昌 xichang|酒泉 jiuquan|宁德 ningde|临沧 lincang
台北 taipei|高雄 kaohsiung|新竹 hsinchu|台中 taichung|台南 tainan|桃园 taoyuan
"""
WORLD = """
东京 tokyo|大阪 osaka|京都 kyoto|名古屋 nagoya|横滨 yokohama|神户 kobe|首尔 seoul|釜山 busan|新加坡 singapore
伦敦 london|纽约 newyork
莫斯科 moscow moskva moskau moscou|柏林 berlin|慕尼黑 munich munchen muenchen|巴黎 paris|迪拜 dubai|德黑兰 tehran teheran
孟买 mumbai|基辅 kyiv kiev
明斯克 minsk|平壤 pyongyang|河内 hanoi|曼谷 bangkok|雅加达 jakarta|马尼拉 manila|悉尼 sydney|墨尔本 melbourne|多伦多 toronto
维也纳 vienna wien|苏黎世 zurich zuerich|日内瓦 geneva geneve|米兰 milan milano|罗马 rome roma|马德里 madrid|里斯本 lisbon
阿姆斯特丹 amsterdam|布鲁塞尔 brussels|华沙 warsaw warszawa warschau|布拉格 prague praha|布达佩斯 budapest
伊斯坦布尔 istanbul|安卡拉 ankara
开罗 cairo kairo|特拉维夫 telaviv|大马士革 damascus damaskus damas|巴格达 baghdad bagdad
贝鲁特 beirut|卡拉奇 karachi|伊斯兰堡 islamabad
新德里 delhi newdelhi
班加罗尔 bangalore bengaluru|圣彼得堡 petersburg saintpetersburg stpetersburg|新西伯利亚 novosibirsk|叶卡捷琳堡 yekaterinburg
喀山 kazan kasan|图拉 tula|巴尔瑙尔 barnaul|车里雅宾斯克 chelyabinsk|鄂木斯克 omsk|萨马拉 samara|彼尔姆 perm|汉堡 hamburg
法兰克福 frankfurt|斯图加特 stuttgart|科隆 cologne koln|里昂 lyon|图卢兹 toulouse|芝加哥 chicago|休斯顿 houston|达拉斯 dallas
阿布扎比 abudhabi|加利福尼亚 california|德克萨斯 texas|欧洲 europe european|亚洲 asia asian|美洲 americas|非洲 africa african
东亚 eastasia
"""
NO_PLACES = frozenset(
    {"jordan", "georgia", "chad", "guinea", "jersey", "mali", "niger", "turkey", "texas", "lao"}
    | {"dominique", "maurice"}
)  # names and things too


def _split_common_lines() -> list[str]:
    return WRITTEN["common"].strip().splitlines()


@cache
def load_common_words() -> dict[str, str]:
    """Load common words in Latin letters, each with the word that stands for all its forms."""
    rows = (line.partition("|")[0].split() for line in _split_common_lines())
    return {form: row[0] for row in rows if row for form in row}


@cache
def _load_kin() -> frozenset[tuple[str, str]]:
    rows = (row.split() for row in KIN.strip().splitlines())
    return frozenset((one, other) for row in rows for one in row for other in row)


def are_kin(one: str, other: str) -> bool:
    """Return whether translators may say one of two common words for the other."""
    return (one, other) in _load_kin()


@cache
def load_soft_words() -> frozenset[str]:
    """Load the forms of the soft words in Latin letters."""
    return frozenset(form for form, lemma in load_common_words().items() if lemma in SOFT)


@cache
def load_common_han() -> dict[str, str]:
    """Load common Chinese words, each with the Latin one that registers use for it."""
    rows = (line.partition("|") for line in _split_common_lines())
    pairs = {
        word: latin.split()[0] for latin, _, han in rows for word in han.split() if latin.split()
    }
    return pairs | {"集团": "group", "控股": "holding"}


@cache
def load_brands() -> dict[str, frozenset[str]]:
    """Load firms' own words in simplified Chinese, each with those in letters, without spaces."""
    return {
        simplify_han(cell[0]): frozenset(cell[1:])
        for cell in _split_cells(WRITTEN["brands"].strip())
    }


@cache
def load_spelt_brands() -> frozenset[str]:
    """Load the names in letters of all known firms, without spaces."""
    return frozenset().union(*load_brands().values())


@cache
def load_places() -> dict[str, str]:
    """Load names of places, in Latin letters or Chinese, each with its name here."""
    cities = {name: cell[1] for cell in _split_cells(CHINA + WORLD) for name in cell}
    return _load_countries() | cities


def find_place(name: str) -> str:
    """Find the code of a place by its name; "" if it is none."""
    return load_places().get(bare(name), "")


def is_country(place: str) -> bool:
    """Return whether a place, as `load_places` has it, is a country or a continent."""
    return len(place) == 2 or place in {"europe", "asia", "americas", "africa"}


def _split_cells(table: str) -> list[list[str]]:
    return [cell.split() for cell in table.replace("\n", "|").split("|") if cell]


def _load_countries() -> dict[str, str]:
    """Load countries by their names and demonyms, without CLDR's names with signs, and
    no regions.
    """
    called = (
        countries.spelt("en"),
        countries.spelt("zh"),
        countries.spelt("de"),
        countries.spelt("fr"),
        countries.demonyms(),
        countries.OF_FIRMS,
        countries.in_names(),
    )
    plain = {
        "".join(way.casefold().split()): code.casefold()
        for names in called
        for name, code in names.items()
        for way in ((name,) if IS_CJK.search(name) else (name, anyascii(name)))
    }
    return {
        name: code
        for name, code in plain.items()
        if name.isalpha() and len(code) == 2 and name not in NO_PLACES
    }


@cache
def load_han_words() -> dict[str, str]:
    """Load the Chinese words that are no firm's own: common ones and places, in the parsed shape."""
    known = (*load_common_han(), *load_places())
    return {simplify_han(word): word for word in known if IS_CJK.search(word)}


# Scripts that write no vowels: Arabic, Persian, Hebrew.
OF_COUNTRY = {"ar": ("ي", "يه"), "fa": ("ي",), "he": ("י", "ית")}  # Syria, Syrian
COUNTRY_ENDS = re.compile("(?:(?<=..)يا|(?<=..)[اهה])$")


@cache
def _load_unvoweled() -> dict[str, tuple[str, ...]]:
    """Load known words without vowels, each with its English words or a country's code."""
    known: dict[str, tuple[str, ...]] = {}
    for language, ends in OF_COUNTRY.items():
        for code, name in countries.names(language).items():
            country = ARTICLES_ON.sub("", fold_letters(name))
            stem, called = COUNTRY_ENDS.sub("", country), bare(countries.name(code))
            for word in (country, *(stem + end for end in ends)):
                known.setdefault(word, (code.casefold(), called))
    rows = (row.partition(" | ") for row in WRITTEN["unvoweled"].strip().splitlines())
    for written, _, meant in rows:
        for word in fold_letters(written).split():
            known[word] = tuple(meant.split())
    return known


def translate_unvoweled(word: str) -> tuple[str, tuple[str, ...]]:
    """Strip a word without vowels of its prefixes; return it with its possible meanings."""
    for known in (word, PREFIXES.sub("", word)):
        if meant := _load_unvoweled().get(fold_letters(known)):
            return known, meant
    return ARTICLES_ON.sub("", word), ()
