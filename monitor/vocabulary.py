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
    "tw": "Asia/Taipei",
    "un": "America/New_York",
    "us": "America/New_York",
}
AUTHORITIES = {
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
    "us-federal-register": "Federal Register",
    "eu-commission": "European Commission",
    "gb-fcdo": "UK FCDO",
    "gb-ecju": "UK ECJU",
    "un-sc": "UN Security Council",
    "jp-meti": "METI",
    "tw-trade": "Taiwan's Trade Administration",
    "ch-seco": "SECO",
    "ca-gac": "Global Affairs Canada",
    "au-dfat": "DFAT",
}
SERIES = {"mofcom": "MOFCOM", "mofcom-order": "MOFCOM Order", "uel": "UEL Notice", "mfa-order": "MFA Order"}


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
