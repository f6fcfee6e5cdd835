"""Authorities and registers, said once: what they are called, what standing on a register means, in
which time zone an authority counts its days. Pure.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

# By the first part of an authority's code: the zone of the capital that issues acts.
ZONES = {
    "au": "Australia/Sydney",
    "ca": "America/Toronto",
    "ch": "Europe/Zurich",
    "cn": "Asia/Shanghai",
    "eu": "Europe/Brussels",
    "gb": "Europe/London",
    "hk": "Asia/Hong_Kong",
    "jp": "Asia/Tokyo",
    "kr": "Asia/Seoul",
    "mo": "Asia/Macau",
    "nl": "Europe/Amsterdam",
    "sg": "Asia/Singapore",
    "tw": "Asia/Taipei",
    "un": "America/New_York",
    "us": "America/New_York",
}


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body that issues acts: its English name, the names it bears in its own language, the series its numbers are of.

    Its orders (令) are numbered in a series of their own, `<series>-order`. Without a series its numbers are no keys.
    """

    authority: str
    name: str
    own: tuple[str, ...]
    series: str = ""


ISSUERS = (  # of China's central bodies; one authority may number in several series
    Issuer("cn-mofcom", "UEL Notice", ("不可靠实体清单工作机制",), "uel"),
    Issuer("cn-mofcom", "MOFCOM", ("商务部",), "mofcom"),
    Issuer("cn-mfa", "MFA", ("外交部",), "mfa"),
    Issuer("cn-gacc", "China Customs", ("海关总署",), "gacc"),
    Issuer("cn-miit", "MIIT", ("工业和信息化部", "工信部"), "miit"),
    Issuer("cn-state-council", "State Council", ("国务院",), "state-council"),
    Issuer("cn-state-council", "Anti-Extraterritoriality Notice", ("应对外国不当域外管辖工作机制",), "extraterritorial"),
    Issuer("cn-tao", "Taiwan Affairs Office", ("国务院台湾事务办公室", "国务院台办", "国台办")),
    Issuer("cn-customs-tariff-commission", "Tariff Commission", ("国务院关税税则委员会", "税委会"), "tariff-commission"),
    Issuer("cn-npc", "NPC Standing Committee", ("全国人民代表大会常务委员会", "全国人大常委会")),
    Issuer("cn-npc", "Presidential", ("中华人民共和国主席",), "president"),
    Issuer("cn-ndrc", "NDRC", ("国家发展和改革委员会", "国家发展改革委", "国家发改委"), "ndrc"),
    Issuer("cn-mot", "Ministry of Transport", ("交通运输部",), "mot"),
    Issuer("cn-mof", "Ministry of Finance", ("财政部",), "mof"),
    Issuer("cn-most", "MOST", ("科学技术部", "科技部"), "most"),
    Issuer("cn-mnr", "Ministry of Natural Resources", ("自然资源部",), "mnr"),
    Issuer("cn-mps", "Ministry of Public Security", ("公安部",), "mps"),
    Issuer("cn-mss", "Ministry of State Security", ("国家安全部",), "mss"),
    Issuer("cn-mee", "MEE", ("生态环境部", "环境保护部"), "mee"),
    Issuer("cn-mem", "MEM", ("应急管理部",), "mem"),
    Issuer("cn-mara", "MARA", ("农业农村部",), "mara"),
    Issuer("cn-moj", "Ministry of Justice", ("司法部",), "moj"),
    Issuer("cn-cac", "CAC", ("国家互联网信息办公室", "国家网信办"), "cac"),
    Issuer("cn-sca", "State Cryptography Administration", ("国家密码管理局", "国家密码局", "国密局"), "sca"),
    Issuer("cn-sastind", "SASTIND", ("国家国防科技工业局", "国家国防科工局", "国防科工局"), "sastind"),
    Issuer("cn-cmc-edd", "CMC Equipment Development", ("中央军委装备发展部", "总装备部"), "cmc-edd"),
    Issuer("cn-caea", "China Atomic Energy Authority", ("国家原子能机构",), "caea"),
    Issuer("cn-cnsa", "CNSA", ("国家航天局",), "cnsa"),
    Issuer("cn-nea", "National Energy Administration", ("国家能源局",), "nea"),
    Issuer("cn-samr", "SAMR", ("国家市场监督管理总局", "市场监管总局"), "samr"),
    Issuer("cn-sta", "State Taxation Administration", ("国家税务总局", "税务总局"), "sta"),
    Issuer("cn-pboc", "PBOC", ("中国人民银行", "人民银行"), "pboc"),
    Issuer("cn-safe", "SAFE", ("国家外汇管理局", "国家外汇局"), "safe"),
    Issuer("cn-nmpa", "NMPA", ("国家药品监督管理局", "国家药监局"), "nmpa"),
    Issuer("cn-nfga", "National Forestry and Grassland Administration", ("国家林业和草原局", "国家林草局"), "nfga"),
    Issuer("cn-nia", "National Immigration Administration", ("国家移民管理局",), "nia"),
    Issuer("cn-caac", "CAAC", ("中国民用航空局", "中国民航局", "民航局"), "caac"),
    Issuer("hk-government", "Hong Kong Government", ("香港特别行政区", "香港海关", "香港工业贸易署")),
    Issuer("mo-government", "Macao Government", ("澳门特别行政区", "澳门海关")),
)
AUTHORITIES = {issuer.authority: issuer.name for issuer in ISSUERS} | {
    "cn-mofcom": "MOFCOM",
    "cn-mfa": "China's MFA",
    "cn-gacc": "China Customs",
    "cn-miit": "MIIT",
    "cn-state-council": "China's State Council",
    "cn-tao": "China's Taiwan Affairs Office",
    "us-bis": "BIS",
    "us-ofac": "OFAC",
    "us-ita": "US International Trade Administration",
    "us-dod": "US Department of Defense",
    "us-fcc": "FCC",
    "us-dhs": "US DHS",
    "us-president": "US President",
    "us-state": "US Department of State",
    "us-ustr": "USTR",
    "us-cbp": "US Customs and Border Protection",
    "us-federal-register": "Federal Register",
    "eu-commission": "European Commission",
    "eu-council": "Council of the EU",
    "gb-fcdo": "UK FCDO",
    "gb-ecju": "UK ECJU",
    "gb-otsi": "UK OTSI",
    "gb-ofsi": "UK OFSI",
    "gb-dbt": "UK Department for Business and Trade",
    "jp-mof": "Japan's Ministry of Finance",
    "kr-motie": "MOTIE",
    "sg-customs": "Singapore Customs",
    "nl-government": "Dutch government",
    "un-sc": "UN Security Council",
    "jp-meti": "METI",
    "tw-trade": "Taiwan's Trade Administration",
    "ch-seco": "SECO",
    "ca-gac": "Global Affairs Canada",
    "au-dfat": "DFAT",
}
SERIES = {  # what a key's series is called
    **{issuer.series: issuer.name for issuer in ISSUERS if issuer.series},
    **{f"{issuer.series}-order": f"{issuer.name} Order" for issuer in ISSUERS if issuer.series},
}


@cache
def zone(authority: str) -> tzinfo:
    """`cn-mofcom` counts its days in Asia/Shanghai; an authority we don't know in UTC."""
    name = ZONES.get(authority.partition("-")[0])
    return ZoneInfo(name) if name else UTC


def today(authority: str, now: datetime) -> date:
    """The day that it is for `authority` at this instant."""
    return now.astimezone(zone(authority)).date()


def day(on: str, authority: str) -> date | None:
    """The day that a date or a clock time with offset is for `authority`; None where `on` is neither."""
    try:
        return date.fromisoformat(on) if "T" not in on else _day(datetime.fromisoformat(on), authority)
    except ValueError:
        return None


def _day(moment: datetime, authority: str) -> date:
    # A clock time without offset is already the authority's own: astimezone() would take it for this machine's.
    return moment.date() if moment.tzinfo is None else today(authority, moment)


@dataclass(frozen=True, slots=True)
class RegisterWords:
    """A register's English name, its own name, and in plain words what standing on it means."""

    name: str
    own: str = ""
    meaning: str = ""


REGISTERS = {
    "cn-unreliable-entities": RegisterWords(
        "Unreliable Entity List",
        "不可靠实体清单",
        "no trade with China and no new investment there; since October 2025 also no transactions, cooperation or data"
        " transfer with anybody in China. Each act states its own measures.",
    ),
    "cn-export-control-entities": RegisterWords(
        "Export Control List", "出口管制管控名单", "no dual-use items may be exported to them; exports under way stop at once."
    ),
    "cn-watch-list": RegisterWords(
        "Watch List",
        "关注名单",
        "dual-use exports to them need an individual MOFCOM licence, with a risk report and a written commitment on end use.",
    ),
    "cn-dual-use-items": RegisterWords(
        "dual-use export control list", "两用物项出口管制清单", "exports of these items need a MOFCOM licence."
    ),
    "cn-licence-catalogue": RegisterWords(
        "dual-use licence catalogue",
        "两用物项和技术进出口许可证管理目录",
        "the goods for which customs asks for a dual-use licence.",
    ),
    "cn-countermeasures": RegisterWords(
        "Countermeasures List",
        "反制清单",
        "assets in China are frozen and dealings with anybody in China forbidden; persons get no visa and no entry."
        " Each decision states its own measures.",
    ),
    "cn-tao-separatists": RegisterWords(
        "Taiwan Separatists List",
        "“台独”顽固分子清单",
        "they and their families may not enter the mainland, Hong Kong or Macao; their organisations may not work with anybody"
        " on the mainland, and firms tied to them may earn nothing there. Each statement gives its own measures.",
    ),
    "cn-tao-accomplices": RegisterWords(
        "Taiwan Separatists' Accomplices List",
        "“台独”打手帮凶名单",
        "they are to be held to account for life. Each statement gives its own measures.",
    ),
    "cn-tao-penalties": RegisterWords(
        "Taiwan-related penalties",
        "惩戒",
        "penalties without a place on a list; each statement gives its own measures.",
    ),
    "us-bis-entity-list": RegisterWords("US Entity List", "", "a BIS licence is needed for items subject to the EAR."),
    "us-bis-military-end-users": RegisterWords(
        "US Military End-User List", "", "a BIS licence is needed for the items of EAR part 744, supplement 2."
    ),
    "us-bis-unverified": RegisterWords(
        "US Unverified List", "", "no licence exceptions; the party signs a statement before each unlicensed export."
    ),
    "us-bis-denied-persons": RegisterWords("US Denied Persons List", "", "no part in any transaction subject to the EAR."),
    "us-ofac-sdn": RegisterWords("US SDN List", "", "property is blocked; US persons may not deal with them without a licence."),
    "us-ofac-consolidated": RegisterWords(
        "US Consolidated (non-SDN) Sanctions List", "", "limited sanctions, named by programme."
    ),
    "us-csl": RegisterWords("US Consolidated Screening List", "", "the measures of the list named in the entry apply."),
    "us-dod-1260h": RegisterWords(
        "US list of Chinese military companies (1260H)", "", "barred from contracts of the US Department of Defense."
    ),
    "us-ccl": RegisterWords(
        "US Commerce Control List", "", "a BIS licence may be needed, by reason for control and destination."
    ),
    "us-fcc-covered": RegisterWords("US FCC Covered List", "", "no FCC authorisation for the equipment listed."),
    "us-dhs-uflpa": RegisterWords("US UFLPA Entity List", "", "their goods are presumed barred from import into the US."),
    "eu-financial-sanctions": RegisterWords("EU financial sanctions list", "", "funds are frozen and may not be made available."),
    "gb-sanctions": RegisterWords("UK Sanctions List", "", "the sanctions named in the entry apply."),
    "un-sc": RegisterWords(
        "UN Security Council Consolidated List", "", "the measures of the committee named in the entry apply."
    ),
    "jp-meti-end-users": RegisterWords("Japan's End User List", "", "exports may need a METI licence."),
    "tw-shtc": RegisterWords("Taiwan's strategic high-tech entity list", "", "exports of controlled goods need a licence."),
    "ch-seco": RegisterWords("Swiss sanctions list (SECO)", "", "the measures of the ordinance named in the entry apply."),
    "ca-sema": RegisterWords("Canada's autonomous sanctions list", "", "dealings by persons in Canada are prohibited."),
    "au-dfat": RegisterWords("Australia's Consolidated List", "", "targeted financial sanctions or travel bans apply."),
}


def authority(code: str) -> str:
    """`cn-mofcom` as people call it; an unknown one by its last part."""
    return AUTHORITIES.get(code) or code.rpartition("-")[2].upper()


def register(code: str, *, own: bool = False) -> str:
    """A register's English name, with its own name behind it where that is asked for; an unknown one by its code."""
    known = REGISTERS.get(code)
    if known is None:
        return code
    return f"{known.name} ({known.own})" if own and known.own else known.name


def meaning(code: str) -> str:
    """What standing on a register means, or nothing."""
    known = REGISTERS.get(code)
    return known.meaning if known else ""
