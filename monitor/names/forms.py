"""Legal forms of companies: spellings, meanings and countries in one table, and what follows from
it. Pure.

Sources: the ISO 20275 list of entity legal forms (gleif.org), and how registers translate them into
English.
"""

from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from monitor.names.words import load_common_words

Kind = Literal["limited", "stock", "company", "other"]


class Form(NamedTuple):
    """A legal form. `countries` is empty for one found anywhere; a `loose` one is an English
    word that translates several.
    """

    kind: Kind
    countries: frozenset[str]
    loose: bool


# Where `Ltd` is at home, or is how the country's own form is put into English.
ENGLISH = "GB IE HK CN TW IN JP KR SG MY TH CA AU NZ IL RU BY UA KZ UZ PK BD LK NG KE ZA CY MT AE SA IR TR VN"
# Where `Corporation` is, or puts a form of the country into English: not where AG and SA are at home.
CORPORATE = f"{ENGLISH} US PH ID KP QA KW"
# A line: kind, manner, countries: the ways it is written. One with a capital is how names in
# running text end, written as there: a comma before it does not end the name, and its full stop,
# where it has one, no sentence. All others are levelled, and are known where nothing but a name is
# read. `^`: stands before names as well. `*`: so plain that it may stand in the midst of one.
TABLE = f"""
limited loose {ENGLISH}: ^*Ltd.; ^*Limited; co ltd; co limited; company ltd; company limited; limited company
limited - SG: pte ltd; pte limited; private limited; Pte.
limited - AU NZ ZA: pty ltd; pty limited; proprietary limited; Pty.
limited - IN PK LK NP: pvt ltd; pvt limited; Pvt.
limited - MY BN: sdn bhd; Sdn.; sendirian berhad
stock - MY: Bhd.; berhad
limited - DE AT CH: ^*GmbH; gesellschaft mit beschrankter haftung; gesellschaft mit beschraenkter haftung; ug; ggmbh
other - DE AT CH: gmbh co kg; gmbh kg; KG; ohg; co kg; se co kg; ag co kg; ev; eg
stock - DE AT CH LI: AG; aktiengesellschaft
stock - DE AT FR NL NO PL IE: se; societas europaea
limited - FR CH LU BE MA TN LB: ^SARL; societe a responsabilite limitee; ^eurl
stock - FR: SAS; sasu; societe par actions simplifiee
stock - FR CH BE LU ES PT PL BR AR CL MA RO GR: SA; societe anonyme; sociedad anonima; spolka akcyjna; sociedade anonima
limited - IT RO: ^SRL; societa a responsabilita limitata
stock - IT: SpA; societa per azioni; sapa; scarl; scrl; soc coop; societa cooperativa; sas di; srls
limited - ES CR DO HN: SL; sociedad de responsabilidad limitada; slu; sociedad limitada
limited - PT BR: lda; ltda; limitada
stock - MX: sociedad anonima de capital variable; sociedad anonima promotora de inversion de capital variable
stock - MX: sa de cv; de CV; sab de cv; sapi de cv
limited - MX: sociedad de responsabilidad limitada de capital variable
limited - MX: s de rl de cv; S de RL; sc de rl; sapi; spr de rl; s en c; sofom; sab; s de r l de c v; s a de c v; s a p i de c v
limited - NL BE: ^BV; besloten vennootschap; bvba; srl bv
stock - NL BE: ^NV; naamloze vennootschap
stock - SE FI: ^AB; aktiebolag; ab publ; abp
stock - FI: oyj; oyj abp; ^OY; oy ab; osakeyhtio; oyab
stock - NO: asa; allmennaksjeselskap; aksjeselskap; ans
stock - DK: aktieselskab
limited - DK: aps; anpartsselskab; ivs
limited - PL: sp z oo; sp zoo; sp zo o; spolka z ograniczona odpowiedzialnoscia; spolka z oo; sp z o o; sp z o o sp k; spzoo; sp j
limited - PL: prosta spolka akcyjna; psa; spolka z ograniczona
limited - CZ SK: sro; spol s ro
stock - CZ SK TR NO DK EE: AS; a s
stock - CZ SK TR: akciova spolecnost; anonim sirketi
limited - TR: ltd sti; Sti.; Şti.; ^limited sirketi; ve tic as
limited - TR: sanayi ve ticaret anonim sirketi; sanayi ve ticaret limited sirketi
limited - TR: san ve tic ltd sti; san tic ltd sti; sanayi ve ticaret ltd sti; ve ticaret as
limited - TR: industry trade inc; industry trade jsc; industry trade ltd; industry trade co; industry trade corp
limited - TR: industry trade as; industry trade limited company; industry trade joint stock company
limited - TR: industry trade ltd co; industry trade ltd sti
limited - TR: san ve tic as; san tic as; sanayi ve ticaret as; sanayi ticaret as; sanayii ve ticaret as
limited - RS HR SI BA ME MK: ^doo
stock - RS HR SI BA BG: dd; ad; ead
limited - BG: ^ood; ^eood
limited - HU: kft; korlatolt felelossegu tarsasag; betti tarsasag; nonprofit kft
stock - HU: zrt; nyrt; rt
limited - EE: ^ou; osauhing; aktsiaselts
limited - LV: ^sia; sabiedriba ar ierobezotu atbildibu; akciju sabiedriba
limited - LT: ^uab; uzdaroji akcine bendrove; akcine bendrove; vsi
limited - US RU AE KZ BY UA UZ GE OM QA: ^*LLC; ^limited liability company; ^limited liability co
limited - RU BY: ^OOO; ^obshchestvo s ogranichennoy otvetstvennostyu; ^ООО; ^общество с ограниченной ответственностью
limited - UA: ^tov; ^тов; tdv; фоп; ^тдв; ^товариство з обмеженою відповідальністю; ^приватне акціонерне товариство; ^прат
limited - UA: ^tovarystvo z obmezhenoyu vidpovidalnistyu; ^pryvatne aktsionerne tovarystvo
limited - KZ: ^too; ^тоо; ^товарищество с ограниченной ответственностью
stock loose RU BY UA KZ UZ VN BG IR RS KR TR: ^*JSC; ^joint stock company; js co; ^joint stock co
stock loose RU BY UA KZ UZ: ^*PJSC; ^public joint stock company; ^*OJSC; ^open joint stock company; ^*CJSC
stock loose RU BY UA KZ UZ: ^closed joint stock company; ^AO; ^OAO; ^ZAO; ^PAO; ^pat; ^prat; ^nao; ^АО; ^ОАО; ^ЗАО; ^ПАО; ^нао
stock loose RU BY UA KZ UZ: ^пат; ^публічне акціонерне товариство; ^акціонерне товариство; ^ат; ^адкрытае акцыянернае таварыства
stock loose RU BY UA KZ UZ: ^акционерное общество; ^публичное акционерное общество; ^открытое акционерное общество
stock loose RU BY UA KZ UZ: ^закрытое акционерное общество; ^aktsionernoe obshchestvo; ^publichnoe aktsionernoe obshchestvo
stock loose RU BY UA KZ UZ: ^непубличное акционерное общество
other - RU: ^фгуп; ^fgup; ^federal state unitary enterprise; ^federalnoe gosudarstvennoe unitarnoe predpriyatie
other - RU: ^fsue; ^gup; ^fse; ^fkp
other - RU: ^фгау; ^фгку; ^фгбоу; ^фгаоу; ^гуп; ^муп; ^фкп; ^фгбу
other - RU: fgbu; fgku; fgaou; fgbou; mup; ^federal state enterprise; ^federal state governmental institution
other loose UA BY RU KZ UZ: ^state enterprise; ^state owned enterprise; ^дп; ^гп; ^derzhavne pidpryiemstvo; ^державне підприємство
other - UA: ^казенне підприємство; kazenne pidpryiemstvo; ^государственное предприятие; ^gosudarstvennoe predpriyatie
other - RU: state unitary enterprise; ^federal state budgetary institution; individual entrepreneur
stock - GB IE: *PLC; ^public limited company
other - GB US IN CA: LLP; ^limited liability partnership; LP; ^limited partnership
stock loose US CA KR JP PH TW CN TH IL TR: *Inc.; *Incorporated
company loose {CORPORATE}: *Corp.; *Corporation
company loose: *Company; Co.; cos; corporacion; gongsi; zong gongsi; and co; und co; et cie; cie
stock - JP: ^kabushiki kaisha; ^kabushiki gaisha; KK
limited - JP: godo kaisha; gk; yugen kaisha; yk; gomei kaisha; goshi kaisha; yugen gaisha; goudou kaisha; godo gaisha
other - AE: FZE; FZC; FZCO; FZ-LLC; FZLLC; DMCC; FZ
stock - TH: pcl; ^public co ltd; ^public company limited
stock - ID: tbk; ^pt; persero
stock - SA QA KW BH OM JO: saog; kscp; qpsc; psc; saoc
limited loose CN HK TW MO: youxian gongsi; youxian zeren gongsi
stock loose CN HK TW MO: joint stock co ltd; joint stock co limited; gufen youxian gongsi; gufen gongsi
limited - AL XK: shpk
stock - AL XK: sha
limited - AT DE: gesmbh; ges m b h; mbh; m b h; gmbh und co kg; gmbh co; gmbh co ohg; kgaa; co kgaa
stock - BE LU: sca; scs
limited - BE: comm v; cvba; ^sprl; sprlu
limited - BO PE EC CL CO CR: eirl; s a c; sociedad por acciones simplificada
stock - BR: eireli
limited - CH LI: sagl; klg
stock - EG JO LB SY: sae; SAL; sarl offshore; sal offshore; sal holding; offshore sal
stock - ES: sociedad anonima unipersonal; s coop; sl unipersonal; slne
limited - FR: scop; selarl; earl
stock - GR CY: abee; aebe; epe; ike
stock - HR: jdoo; d o o; d d; obrt
limited - IE: clg; teoranta
limited - IL: bm; baam
stock - IN: opc private limited; opc pvt ltd; nidhi limited
stock - IR: pjs; sahami khas; sahami aam
limited - IS: ehf; hf; ohf; slf
limited - KR: chusik hoesa; jusik hoesa; yuhan hoesa; jusikhoesa
limited - MA TN DZ: sarlau; sarl au; suarl
limited - MD RO: srl d
limited - MK RS BA ME: dooel; d o o e l; a d
limited - NL: vof; bv io; cooperatie ua; coop ua; uitgebreide aansprakelijkheid
limited - NO: enk; nuf
limited - PT: unipessoal lda; sgps sa; sociedade unipessoal lda; lda unipessoal
limited - RU: ^obshchestvo s ogranichennoi otvetstvennostyu; obschestvo s ogranichennoy otvetstvennostyu
limited - RU: ^obshchestvo s ogranichennoj otvetstvennostju; obschestvo s ogranichennoi otvetstvennostyu; with limited liability
stock loose RU BY UA KZ: aktsionernoye obshchestvo; ^aktsionernoe obschestvo; publichnoye aktsionernoye obshchestvo
stock loose RU BY UA KZ: otkrytoe aktsionernoe obshchestvo; zakrytoe aktsionernoe obshchestvo
stock loose RU BY UA KZ: nepublichnoe aktsionernoe obshchestvo; stock company; ^open stock company; ^closed stock company
stock loose RU BY UA KZ: ^public stock company; jointstock company
other - BY: rup; chup; odo; republican unitary enterprise; private unitary enterprise
other - BY: ^ууп; ^чуп; ^одо; ^руп; ^чтуп; ^унитарное предприятие
limited - BY: ^taa; ^таа; ^таварыства з абмежаванай адказнасцю
stock loose BY: ^ааа; ^аат; ^aat; ^заат
limited - KZ UZ KG: tovarishchestvo s ogranichennoy otvetstvennostyu; mchj; mas uliyati cheklangan jamiyat; osoo; осоо
limited - SA AE QA KW OM BH: WLL; w l l; spc; fz co; fze llc; fzco llc; l l c fz; free zone company; free zone establishment
limited - SE: aktiebolag publ; publ ab; handelsbolag; kommanditbolag; ek for
limited - SI: druzba z omejeno odgovornostjo; delniska druzba
limited - SK: spolocnost s rucenim obmedzenym; s r o; akciova spolocnost
limited - TH: company limited public
limited - TW: yu xian gong si; gu fen you xian gong si
limited - VN: tnhh; ^cong ty tnhh; ^cty tnhh; ^cong ty trach nhiem huu han; tnhh mtv; ^cong ty tnhh mtv
limited - VN: ^cong ty tnhh mot thanh vien; ^cong ty trach nhiem huu han mot thanh vien; one member co ltd
stock - VN: ^cong ty co phan; ^ctcp; ^cty co phan; ^cong ty cp; ^cty cp
limited - VN: one member limited liability company
limited - VG KY BS PA SC MH BZ: ibc; international business company; exempted company
limited - ZA NA BW ZW: npc; soc ltd; soc limited
other - GB: cic; community interest company; slp; royal charter; unlimited; unltd
other - US: pllc; lllp; professional corporation; national association; ltd partnership; l p
limited - IL: בעמ; בע מ
limited loose: ذمم; ذات مسؤولية محدودة; مسؤولية محدودة; محدودة; المحدودة; شذمم; با مسئولیت محدود; مسئولیت محدود
stock loose: شمع; شمم; شمل; شمك; شمس; مساهمة; المساهمة; سهامی عام; سهامی خاص
"""
# Written without spaces; longest first. After simplification, so that 株式會社 and 株式会社 are one.
HAN_TABLE = """
stock loose CN HK TW MO: 股份有限公司 股份公司 股份
limited loose CN HK TW MO: 有限责任公司 有限公司 私人有限公司
stock loose JP: 株式会社 (株)
limited loose JP: 合同会社 有限会社 合资会社 合名会社
stock loose KR: 주식회사 (주)
limited loose KR: 유한회사 유한책임회사
company loose: 总公司 公司 会社
"""


def _parse_lines(table: str, between: str | None) -> Iterator[tuple[Form, list[str]]]:
    for head, _, written in (line.partition(": ") for line in table.strip().splitlines()):
        kind, manner, *countries = head.split()
        assert kind in ("limited", "stock", "company", "other")
        yield Form(kind, frozenset(countries), loose=manner == "loose"), written.split(between)  # type: ignore[arg-type]  # asserted


def _normalize_form(written: str) -> tuple[str, ...]:
    return tuple(written.strip("^*.").casefold().replace("-", " ").split())


@cache
def load_latin_forms() -> dict[tuple[str, ...], Form]:
    """Legal forms by their words, in small letters without points and accents."""
    return {
        _normalize_form(written): form
        for form, ways in _parse_lines(TABLE, "; ")
        for written in ways
    }


@cache
def load_han_forms() -> dict[str, Form]:
    """Legal forms of scripts that write no spaces."""
    return {written: form for form, ways in _parse_lines(HAN_TABLE, None) for written in ways}


def _list_marked(mark: str) -> list[tuple[str, ...]]:
    return [
        _normalize_form(written)
        for _, ways in _parse_lines(TABLE, "; ")
        for written in ways
        if mark in written[: len(written) - len(written.lstrip("^*"))]
    ]


@cache
def load_leading_words() -> frozenset[str]:
    """List the first words of forms that can stand before names: `ooo`, `public`."""
    return frozenset(words[0] for words in _list_marked("^"))


@cache
def load_inner_forms() -> frozenset[str]:
    """List the one-word forms that may stand in the middle of a name."""
    return frozenset(word for word, *_ in _list_marked("*"))


WRITTEN = tuple(
    written.strip("^*")
    for _, ways in _parse_lines(TABLE, "; ")
    for written in ways
    if not written.islower()
)
ENDINGS = tuple(written.rstrip(".") for written in WRITTEN)  # how names in running text end


# forms before a name that are words too: SIA Engineering
ALSO_WORDS = frozenset({"ab", "bv", "nv", "ou", "sia", "srl"})
OF_COMPANIES = 0.97  # one says no more than that it is a company


def compare_forms(one: tuple[Form, ...], other: tuple[Form, ...]) -> tuple[float, str]:
    """Rate how well the legal forms of two names agree (a factor), with a reason."""
    if not one and not other:
        return 1.0, ""
    if not one or not other:
        return 0.98, "one without its legal form"
    return max(
        (_compare_two(mine, theirs) for mine in one for theirs in other), key=lambda pair: pair[0]
    )


def _compare_two(one: Form, other: Form) -> tuple[float, str]:
    if one.countries and other.countries and not one.countries & other.countries:
        return 0.80, "legal forms of different countries"
    if one.kind == other.kind:
        return (1.0, "") if one == other else (0.99, "")
    if one.kind == "company" or other.kind == "company":
        return OF_COMPANIES, "legal forms written otherwise"
    if one.loose or other.loose:
        return 0.93, "another legal form"
    return 0.80, "another legal form of one country"


# The words of a name in letters without its legal forms: at its end, some at its beginning, the
# plainest anywhere. Pure.

LONGEST_FORM = 8  # words
LONG_FORM = 12  # letters; from here on one with a slip is known


def strip_legal_forms(raws: list[str]) -> tuple[list[str], tuple[Form, ...]]:
    """Strip a name of its legal forms: at its end, some at its beginning, the plainest anywhere."""
    forms: list[Form] = []
    left = raws
    while form_here := find_form(left, at_end=True) or (
        None if forms else _find_misspelt_form(left, at_end=True)
    ):
        left, form = left[: -form_here[0]], form_here[1]
        forms.append(form)
    is_led = (
        bool(left)
        and left[0] in load_leading_words()
        and not (left[0] in ALSO_WORDS and load_common_words().keys() >= {*left[1:]})
    )
    before = find_form(left, at_end=False) if is_led else None
    if form_here := before or (None if forms else _find_misspelt_form(left, at_end=False)):
        left = left[form_here[0] :]
        forms.append(form_here[1])
    if not load_inner_forms().isdisjoint(left[1:]):
        left = _drop_inner_forms(left, forms)
    return left, tuple(dict.fromkeys(forms))


def find_form(some: list[str], *, at_end: bool) -> tuple[int, Form] | None:
    """Find the longest legal form at the end or beginning of words that leaves a name, and its word
    count.
    """
    for length in range(min(LONGEST_FORM, len(some) - 1), 0, -1):
        if form := load_latin_forms().get(tuple(some[-length:] if at_end else some[:length])):
            return length, form
    return None


def _find_misspelt_form(some: list[str], *, at_end: bool) -> tuple[int, Form] | None:
    """Find the longest legal form with a slip; only long ones, which are no accident."""
    best = None
    for length in range(1 if at_end else 2, min(LONGEST_FORM, len(some) - 1) + 1):
        joined = "".join(some[-length:] if at_end else some[:length])
        for spelt, form in _group_long_forms().get(joined[:2], ()):
            slips = 2 if len(spelt) > 14 else 1
            if (
                abs(len(spelt) - len(joined)) <= 2
                and OSA.distance(spelt, joined, score_cutoff=2) <= slips
            ):
                best = (length, form)
    return best


@cache
def _group_long_forms() -> dict[str, list[tuple[str, Form]]]:
    by_beginning: dict[str, list[tuple[str, Form]]] = {}
    for parts, form in load_latin_forms().items():
        if len(joined := "".join(parts)) >= LONG_FORM:
            by_beginning.setdefault(joined[:2], []).append((joined, form))
    return by_beginning


def _drop_inner_forms(left: list[str], forms: list[Form]) -> list[str]:
    kept = list(left)
    for place in range(len(kept) - 1, 0, -1):
        if (
            place < len(kept)
            and kept[place] in load_inner_forms()
            and (form_here := find_form(kept[: place + 1], at_end=True))
        ):
            del kept[place + 1 - form_here[0] : place + 1]
            forms.append(form_here[1])
    return kept
