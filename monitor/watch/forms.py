"""Legal forms of companies: how they are written, what they mean and where they exist.

Sources: the ISO 20275 list of entity legal forms (gleif.org), and how registers translate them into English.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from monitor.watch import forms_world

Kind = Literal["limited", "stock", "company", "other"]


@dataclass(frozen=True, slots=True)
class Form:
    """A legal form. `countries` is empty for one found anywhere; a `loose` one is an English word that translates several."""

    kind: Kind
    countries: frozenset[str]
    loose: bool


# Where `Ltd` is at home, or is how the country's own form is put into English.
ENGLISH = "GB IE HK CN TW IN JP KR SG MY TH CA AU NZ IL RU BY PK BD LK NG KE ZA CY MT AE SA IR TR VN"
TABLE = f"""
limited loose {ENGLISH}: ltd; limited; co ltd; co limited; company ltd; company limited
limited - SG: pte ltd; pte limited; private limited; pte
limited - AU NZ ZA: pty ltd; pty limited; proprietary limited; pty
limited - IN PK LK NP: pvt ltd; pvt limited; pvt
limited - MY BN: sdn bhd; sendirian berhad
stock - MY: bhd; berhad
limited - DE AT CH: gmbh; gesellschaft mit beschrankter haftung; gesellschaft mit beschraenkter haftung; ug; ggmbh
other - DE AT CH: gmbh co kg; gmbh kg; kg; ohg; co kg; se co kg; ag co kg; ev; eg
stock - DE AT CH LI: ag; aktiengesellschaft
stock - DE AT FR NL NO PL IE: se; societas europaea
limited - FR CH LU BE MA TN LB: sarl; societe a responsabilite limitee; eurl
stock - FR: sas; sasu; societe par actions simplifiee
stock - FR CH BE LU ES PT PL BR AR CL MA RO GR: sa; societe anonyme; sociedad anonima; spolka akcyjna; sociedade anonima
limited - IT RO: srl; societa a responsabilita limitata
stock - IT: spa; societa per azioni
limited - ES: sl; slu; sociedad limitada
limited - PT BR: lda; ltda; limitada
stock - MX: sa de cv; sab de cv; sapi de cv
limited - MX: s de rl de cv; s de rl
limited - NL BE: bv; besloten vennootschap; bvba; srl bv
stock - NL BE: nv; naamloze vennootschap
stock - SE FI: ab; aktiebolag; ab publ; abp
stock - FI: oyj; oyj abp; oy; oy ab; osakeyhtio
stock - NO: asa; as; allmennaksjeselskap; aksjeselskap
stock - DK: a s; aktieselskab
limited - DK: aps; anpartsselskab
limited - PL: sp z oo; sp zoo; spolka z ograniczona odpowiedzialnoscia; spolka z oo
limited - CZ SK: sro; spol s ro
stock - CZ SK TR: as; akciova spolecnost; anonim sirketi
limited - TR: ltd sti; limited sirketi
limited - RS HR SI BA: doo
stock - RS HR SI BA BG: dd; ad; ead
limited - BG: ood; eood
limited - HU: kft
stock - HU: zrt; nyrt; rt
limited - EE: ou
limited - LV: sia
limited - LT: uab
limited - US RU AE KZ BY UA UZ GE OM QA: llc; limited liability company; limited liability co
limited - RU BY: ooo; obshchestvo s ogranichennoy otvetstvennostyu; ооо; общество с ограниченной ответственностью
limited - UA: tov; тов
limited - KZ: too; тоо
stock loose RU BY UA KZ UZ VN BG IR RS KR: jsc; joint stock company; js co; joint stock co
stock loose RU BY UA KZ UZ: pjsc; public joint stock company; ojsc; open joint stock company; cjsc; closed joint stock company
stock loose RU BY UA KZ UZ: ao; oao; zao; pao; pat; prat; nao; ао; оао; зао; пао; нао; пат; акционерное общество
stock loose RU BY UA KZ UZ: публичное акционерное общество; открытое акционерное общество; закрытое акционерное общество
stock loose RU BY UA KZ UZ: aktsionernoe obshchestvo; publichnoe aktsionernoe obshchestvo; непубличное акционерное общество
other - RU: фгуп; fgup; federal state unitary enterprise; federalnoe gosudarstvennoe unitarnoe predpriyatie
stock - GB IE: plc; public limited company
other - GB US IN CA: llp; limited liability partnership; lp; limited partnership
stock loose US CA KR JP PH TW CN TH IL: inc; incorporated
company loose: corp; corporation; company; co; cos; corporacion
stock - JP: kabushiki kaisha; kabushiki gaisha; kk
limited - JP: godo kaisha; gk; yugen kaisha; yk
other - AE: fze; fzc; fzco; fz llc; fzllc; dmcc; fz
stock - TH: pcl; public co ltd; public company limited
stock - ID: tbk; pt; persero
stock - SA QA KW BH OM JO: saog; kscp; qpsc; psc; saoc
company loose: gongsi; zong gongsi
limited loose CN HK TW MO: youxian gongsi; youxian zeren gongsi
stock loose CN HK TW MO: gufen youxian gongsi; gufen gongsi
"""
# Written without spaces; longest first. After simplification, so that 株式會社 and 株式会社 are one.
HAN_TABLE = """
stock loose CN HK TW MO: 股份有限公司 股份公司 股份
limited loose CN HK TW MO: 有限责任公司 有限公司 私人有限公司
stock loose JP: 株式会社 (株)
limited loose JP: 合同会社 有限会社
stock loose KR: 주식회사 (주)
limited loose KR: 유한회사 유한책임회사
company loose: 总公司 公司 会社
"""


@cache
def latin() -> dict[tuple[str, ...], Form]:
    """Legal forms by their words, levelled as `names` levels them."""
    return {
        tuple(spelt.split()): form
        for form, names in _lines(f"{forms_world.TABLE.strip()}\n{TABLE.strip()}")
        for spelt in names.split("; ")
    }


@cache
def han() -> dict[str, Form]:
    """Legal forms of scripts that write no spaces."""
    return {spelt: form for form, names in _lines(HAN_TABLE) for spelt in names.split()}


def _lines(table: str) -> list[tuple[Form, str]]:
    return [(_form(head), names) for head, _, names in (line.partition(": ") for line in table.strip().splitlines())]


def _form(head: str) -> Form:
    kind, manner, *countries = head.split()
    assert kind in ("limited", "stock", "company", "other")
    return Form(kind, frozenset(countries), loose=manner == "loose")  # type: ignore[arg-type]  # asserted above


def agreement(one: tuple[Form, ...], other: tuple[Form, ...]) -> tuple[float, str]:
    """How well the legal forms of two names go together (a factor), and what to say of it."""
    if not one and not other:
        return 1.0, ""
    if not one or not other:
        return 0.98, "one without its legal form"
    return max((_two(mine, theirs) for mine in one for theirs in other), key=lambda pair: pair[0])


def _two(one: Form, other: Form) -> tuple[float, str]:
    if one.countries and other.countries and not one.countries & other.countries:
        return 0.80, "legal forms of different countries"
    if one.kind == other.kind:
        return (1.0, "") if one == other else (0.99, "")
    if one.kind == "company" or other.kind == "company":
        return 0.97, "legal forms written otherwise"
    if one.loose or other.loose:
        return 0.93, "another legal form"
    return 0.80, "another legal form of one country"
