"""The names of countries: from CLDR, and those of trade that it lacks. Pure."""

import re
from collections.abc import Iterator
from functools import cache
from types import ModuleType

# by the codes of its parts: a firm of it may be printed under any
CHINA = frozenset({"CN", "HK", "MO"})
# Names that texts use and CLDR has not, in their languages.
ALSO = {
    "en": (
        """
CN People's Republic of China; Peoples Republic of China; PRC; China, People's Republic of
HK Hong Kong
MO Macau; Macao
MM Burma; Myanmar
TR Turkey; Turkiye
RU Russian Federation
UA-43 Crimea Region of Ukraine; Crimea
CZ Czech Republic
AE U.A.E.; UAE
GB U.K.; UK; United Kingdom of Great Britain; United Kingdom of Great Britain and Northern Ireland
US U.S.; United States of America
CD Democratic Republic of the Congo; Democratic Republic of Congo
CG Republic of the Congo
CI Ivory Coast; Cote d'Ivoire
KG Kyrgyz Republic
MK Macedonia
KR Republic of Korea
KP Democratic People's Republic of Korea; DPRK
SZ Swaziland
CV Cape Verde
TT Trinidad and Tobago
BA Bosnia and Herzegovina
AG Antigua and Barbuda
KN Saint Kitts and Nevis
PS West Bank; Palestine; State of Palestine
SK Slovak Republic
SY Syrian Arab Republic
TZ United Republic of Tanzania
EU European Union
"""
    ),
    "zh": (
        """
HK 香港; 中国香港; 香港特别行政区
MO 澳门; 中国澳门; 澳门特别行政区
TW 台湾地区; 中国台湾地区; 中国台湾; 台湾
EU 欧盟
UN 联合国
KR 韩国; 大韩民国; 南韩
KP 朝鲜; 北韩
CZ 捷克
GB 英国; 大不列颠及北爱尔兰联合王国
AE 阿联酋; 阿拉伯联合大公国
NZ 新西兰; 纽西兰
SA 沙特阿拉伯; 沙乌地阿拉伯
IT 意大利; 义大利
US 美利坚合众国
MX 墨西哥合众国
RU 俄罗斯联邦
"""
    ),
}
# Nationalities in English, as registers print them.
DEMONYMS = """
AE Emirati; AF Afghan, Afghani; AL Albanian; AM Armenian; AO Angolan; AR Argentine, Argentinian; AT Austrian; AU Australian
AZ Azerbaijani, Azeri; BA Bosnian, Bosnian-Herzegovinian; BB Barbadian; BD Bangladeshi; BE Belgian; BF Burkinabe; BG Bulgarian
BH Bahraini; BI Burundian; BJ Beninese; BN Bruneian; BO Bolivian; BR Brazilian; BS Bahamian; BT Bhutanese; BW Botswanan
BY Belarusian, Belarussian; BZ Belizean; CA Canadian; CF Central African; CH Swiss; CI Ivorian; CL Chilean; CM Cameroonian
CN Chinese; CO Colombian; CR Costa Rican; CU Cuban; CV Cape Verdean; CY Cypriot; CZ Czech; DE German; DJ Djiboutian; DK Danish
DM Dominica citizen; DO Dominican; DZ Algerian; EC Ecuadorian; EE Estonian; EG Egyptian; ER Eritrean; ES Spanish; ET Ethiopian
FI Finnish; FJ Fijian; FR French; GA Gabonese; GB British, Briton; GD Grenadian; GE Georgian; GH Ghanaian; GM Gambian
GN Guinean; GQ Equatorial Guinean; GR Greek; GT Guatemalan; GW Bissau-Guinean; GY Guyanese; HN Honduran; HR Croatian, Croat
HT Haitian; HU Hungarian; ID Indonesian; IE Irish; IL Israeli; IN Indian; IQ Iraqi; IR Iranian; IS Icelandic; IT Italian
JM Jamaican; JO Jordanian; JP Japanese; KE Kenyan; KG Kyrgyz, Kyrgyzstani; KH Cambodian; KM Comorian; KN Kittitian, Nevisian
KP North Korean; KR South Korean; KW Kuwaiti; KZ Kazakh, Kazakhstani; LA Lao, Laotian; LB Lebanese; LC Saint Lucian
LI Liechtenstein citizen; LK Sri Lankan; LR Liberian; LT Lithuanian; LU Luxembourger; LV Latvian; LY Libyan; MA Moroccan
MC Monegasque; MD Moldovan; ME Montenegrin; MG Malagasy; MH Marshallese; MK Macedonian; ML Malian; MM Burmese, Myanma
MN Mongolian; MR Mauritanian; MT Maltese; MU Mauritian; MV Maldivian; MW Malawian; MX Mexican; MY Malaysian; MZ Mozambican
NA Namibian; NE Nigerien; NG Nigerian; NI Nicaraguan; NL Dutch; NO Norwegian; NP Nepalese, Nepali; NZ New Zealander; OM Omani
PA Panamanian; PE Peruvian; PG Papua New Guinean; PH Filipino, Philippine; PK Pakistani; PL Polish; PS Palestinian
PT Portuguese; PY Paraguayan; QA Qatari; RO Romanian; RS Serbian; RU Russian; RW Rwandan; SA Saudi, Saudi Arabian
SC Seychellois; SD Sudanese; SE Swedish; SG Singaporean; SI Slovenian; SK Slovak; SL Sierra Leonean; SN Senegalese
SO Somali, Somalian; SR Surinamese; SS South Sudanese; SY Syrian; TD Chadian; TG Togolese; TH Thai; TJ Tajik, Tajikistani
TL Timorese; TM Turkmen; TN Tunisian; TO Tongan; TR Turkish; TT Trinidadian; TW Taiwanese; TZ Tanzanian; UA Ukrainian
UG Ugandan; US American; UY Uruguayan; UZ Uzbek, Uzbekistani; VE Venezuelan; VN Vietnamese; VU Vanuatuan; WS Samoan; YE Yemeni
ZA South African; ZM Zambian; ZW Zimbabwean
"""
# of firms; of a person it says too little
OF_FIRMS = {"US": "US", "European": "EU", "Korean": "KR"}
# What firms call a country in their own names beside all these, in small letters without accents.
IN_NAMES = """
at osterreich; br brasil; ch schweiz suisse; cn 中华; de deutschland; es espana; eu eu; gb britain; in bharat hindustan; it italia
jp nippon nihon; kr korea 한국 대한 조선; nl nederland holland; pl polska; ru rossiya; se sverige; us usa america; ae emirates
eg misr; ma maghreb maroc; by weissrussland bielorussie
fr francais francaise francaises francese frances francesa; it italien italienne italiana italiano italiani italiane
es espanol espanola espanoles espagnole spagnola; pt portugues portuguesa portugaise; de allemande tedesca
mx mexicana mexicano; br brasileira brasileiro brasilena brasileno; ar argentina argentino; cl chilena chileno
co colombiana colombiano; pe peruana peruano; cu cubana cubano; ve venezolana venezolano; be belge belges belga
pl polski polskie polskich; cz ceska cesky ceske ceskych; sk slovenska slovensky slovenske; tr turk turkiye turc turque
ru rossiyskaya rossiyskie rossiyskiy rosyjska; ua ukrayina ukraina ukrayiny ukrainy; ro romana
se svenska svenskt; nl nederlandse nederlands; fi suomen; hu magyar
"""
# Adjectives of countries in German, which ends them in further letters, and in French.
ADJECTIVES = """
af afghanisch; by belarussisch weissrussisch; cn chinesisch; cu kubanisch; eg agyptisch; fr franzosisch; in indisch; iq irakisch
ir iranisch; jp japanisch; kp nordkoreanisch; kr sudkoreanisch; kz kasachisch; lb libanesisch; ly libysch; pk pakistanisch
ru russisch; sd sudanesisch; sy syrisch; tr turkisch; ua ukrainisch; ve venezolanisch; ye jemenitisch
dz algerien; tn tunisien; ma marocain; lb libanais; il israelien; sn senegalais; sa saoudien; vn vietnamien
by bielorusse; cn chinois; cu cubain; eg egyptien; iq irakien; ir iranien; kp nordcoreen; ly libyen; ru russe; sy syrien
"""
ENDS = ("", "s", "nes", "e", "er", "es", "en", "em", "ne")
# CLDR's own: the rest of Oceania, two for tests, an unknown region
NO_COUNTRIES = frozenset({"QO", "XA", "XB", "ZZ"})


def cldr() -> ModuleType:
    """CLDR, as Babel has it."""
    from babel import core  # noqa: PLC0415 - a large library

    return core


@cache
def names(language: str) -> dict[str, str]:
    """Load the names of countries in a language by their codes (`EU` and `UN` among them), from
    CLDR.
    """
    territories = cldr().Locale.parse(language).territories.items()
    return {
        code: str(name)
        for code, name in territories
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
    }


def name(code: str, language: str = "en") -> str:
    """Return the name of a country: `US` as `United States`; "" for an unknown code."""
    return names(language).get(code.upper(), "")


def _split_lines(table: str) -> Iterator[tuple[str, str]]:
    """Yield the code and the words of each country in a table."""
    for line in re.split(r"[;\n]\s*", table.strip()):
        code, _, words = line.partition(" ")
        yield code, words


@cache
def demonyms() -> dict[str, str]:
    """Load the English demonyms with their country codes: `Russian`, `New Zealander`."""
    return {
        name.strip(): code for code, names in _split_lines(DEMONYMS) for name in names.split(",")
    }


@cache
def in_names() -> dict[str, str]:
    """Load the names of countries in firms' own names, in small letters, with their codes."""
    plain = {name: code.upper() for code, names in _split_lines(IN_NAMES) for name in names.split()}
    adjectives = {
        name + end: code.upper()
        for code, names in _split_lines(ADJECTIVES)
        for name in names.split()
        for end in ENDS
    }
    federation = {name + "foderation": code for name, code in adjectives.items() if code == "RU"}
    return adjectives | federation | plain


def _load_further_names(language: str) -> dict[str, str]:
    rows = (row.partition(" ") for row in ALSO.get(language, "").strip().splitlines())
    return {name: code for code, _, called in rows for name in called.split("; ")}


@cache
def spelt(language: str) -> dict[str, str]:
    """Load the codes of countries by their names in a language, also names that CLDR lacks.

    The names have plain apostrophes.
    """
    return {
        name.replace("’", "'"): code for code, name in names(language).items()
    } | _load_further_names(language)
