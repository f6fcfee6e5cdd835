"""The terms of a measure: who must act and where, from which share on, how applications are decided, what is free, what is due.

A row of a table is a pattern and its English line. What no row knows gives no term: its sentence stays with the account.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from monitor.extract import frame
from monitor.extract.account import Said
from monitor.extract.en import numerals as english
from monitor.extract.zh import numerals as chinese
from monitor.model import Action, Measure, Term, TermKind
from monitor.vocabulary.registers import CONTROLLED, UNRELIABLE, WATCHED

Policy = Literal["refused", "case_by_case", "allowed"]


@dataclass(frozen=True, slots=True)
class Row:
    """A pattern and its English line. `{n}` is its number `n`, in `unit`; with `for_what` the line names the uses."""

    kind: TermKind
    pattern: re.Pattern[str]
    text: str
    unit: str = ""
    policy: Policy | None = None
    for_what: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The rows of a language, and what a licence may be refused, decided or not needed for.

    A sentence that is `elsewhere` speaks of doubts, or of who asks to be taken off a list, and states no term.
    """

    frame: frame.Words
    elsewhere: re.Pattern[str]
    rows: tuple[Row, ...]
    uses: tuple[tuple[re.Pattern[str], str], ...]


def _row(kind: TermKind, pattern: str, text: str, unit: str = "", policy: Policy | None = None, *, for_what: bool = False) -> Row:
    return Row(kind, re.compile(pattern, re.IGNORECASE), text, unit, policy, for_what)


def _uses(rows: Iterable[tuple[str, str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), text) for pattern, text in rows)


FIGURE = r"(?P<n>\d{1,3}(?:\.\d{1,4})?)"
COUNT = r"(?P<n>\d{1,4}|[一二两三四五六七八九十百]{1,5})"
MUST = r"(?<![不无毋])(?:应当?|必须|须|需)(?!(?:能够|为独立))"
ABROAD = r"境外(?:的)?(?:组织|机构|企业|个人|特定出口经营者|出口经营者)"
FROM_CHINA = r"原产(?:于|地为)?(?:中国|中华人民共和国|我国)"
CHINESE = Words(
    frame=frame.CHINESE,
    elsewhere=re.compile("无法判断|移[出除]"),
    rows=(
        _row(
            "scope",
            rf"{ABROAD}[^。;]{{0,60}}(?:出口|再出口|转移|提供)[^。;]{{0,40}}(?:必须|应当?|须)[^。;]{{0,12}}(?:获得|取得|申请|申领)[^。;]{{0,24}}许可",
            "binds organisations and persons outside China: they need a licence of China before they export on",
        ),
        _row(
            "scope",
            rf"禁止{ABROAD}[^。;]{{0,10}}将{FROM_CHINA}[^。;]{{0,30}}(?:转移|提供|出口)",
            "binds organisations and persons outside China: they may not pass on what originates in China",
        ),
        _row(
            "scope",
            rf"(?:任何(?:国家|地区)[^。;]{{0,12}})?(?:组织|个人)[^。;]{{0,20}}违反[^。;]{{0,20}}将{FROM_CHINA}[^。;]{{0,40}}(?:转移|提供)",
            "binds organisations and persons of any country: they may not pass on what originates in China",
        ),
        _row(
            "scope",
            rf"(?:含有|集成|混有)[^。;]{{0,20}}{FROM_CHINA}[^。;]{{0,60}}境外(?:制造|生产)",
            "covers goods made abroad that contain controlled goods from China",
        ),
        _row(
            "scope",
            rf"使用(?:{FROM_CHINA})[^。;]{{0,80}}技术[^。;]{{0,10}}在?境外(?:制造|生产)",
            "covers goods made abroad with technology from China",
        ),
        _row(
            "scope",
            rf"^[^。;,]{{0,6}}{FROM_CHINA}的?[^。;,]{{0,24}}(?:物项|货物|产品)[。;]?$",
            "covers goods that originate in China, also where they are abroad already",
        ),
        _row(
            "scope",
            r"(?:中国公民|中国的?公民|公民、法人)[^。;]{0,30}(?:未经许可)?[^。;]{0,6}不得(?:为|向)[^。;]{2,80}(?:帮助|支持|服务)",
            "binds Chinese citizens and organisations: they may not help such activities abroad without a licence",
        ),
        _row(
            "threshold",
            rf"(?:价值)?(?:比例|占比|比重)[^。;,]{{0,8}}(?:达到?|超过|不低于|在){FIGURE}%",
            "from {n} % of the value on",
            "percent",
        ),
        _row("threshold", rf"{FIGURE}(?:纳米|nm)(?:及|或)?(?:以下|更先进)", "chips of {n} nm or less", "nm"),
        _row("threshold", r"(?P<n>\d{2,4})层(?:及|或)?以上", "memory chips of {n} layers or more", "layers"),
        _row(
            "affiliates",
            rf"(?:控股|持股|股份|股权)[^。;,]{{0,14}}?(?:达到?|超过|不低于)?{FIGURE}%(?:及|或)?(?:以上)?[^。;]{{0,12}}(?:子公司|分公司|分支机构|企业|实体)",
            "also the firms held at {n} % or more",
            "percent",
        ),
        _row("presumption", r"原则上不予(?:许可|批准)", "applications are refused in principle", policy="refused", for_what=True),
        _row(
            "presumption",
            r"(?<!或者)(?<!或)(?<!原则上)不予(?:许可|批准)(?![的或])",
            "applications are refused",
            policy="refused",
            for_what=True,
        ),
        _row("presumption", r"推定(?:为)?拒绝", "applications are refused", policy="refused", for_what=True),
        _row(
            "presumption",
            r"(?:逐案|个案|逐项)(?:进行)?(?:审批|审查|审核|审议)",
            "applications are decided case by case",
            policy="case_by_case",
            for_what=True,
        ),
        _row(
            "presumption",
            r"(?:原则上(?:予以)?(?:许可|批准)|推定(?:为)?批准|便利化?许可|(?:适用|享受)[^。;,]{0,8}便利措施)",
            "applications are approved in principle",
            policy="allowed",
            for_what=True,
        ),
        _row(
            "exemption",
            r"(?:无[须需]|不需要?|免于|免予|豁免)(?:再|另行|逐单|单独)?(?:向[^。;,]{0,14})?(?:申请|办理|申领|取得|提交|提供)[^。;,]{0,30}(?:许可|证件|批准|凭证|证明)",
            "no licence is needed",
            for_what=True,
        ),
        _row(
            "exemption",
            r"(?:不受本(?:公告|决定|令)[^。;,]{0,8}(?:限制|管辖|约束)|不适用(?:于)?本(?:公告|决定|令))",
            "is free of this act",
            for_what=True,
        ),
        _row(
            "scope",
            r"所称(?:再?出口|转移)(?:经营者|商)?,?[^。;]{0,8}?(?:是?指|包括)",
            "says itself who is an exporter or what is an export",
        ),
        _row(
            "scope",
            rf"(?:明知|知道|得知)[^。;]{{4,140}}{MUST}[^。;]{{0,12}}申请",
            "covers other goods too where the use is known",
        ),
        _row("presumption", r"更(?:加)?严格的[^。;]{0,20}审查", "end users and uses are examined more strictly"),
        _row("presumption", r"不得申请通用许可", "no general licence is given"),
        _row(
            "exemption",
            r"确[需有][^。;]{0,12}(?:出口|交易|进口)的,?[^。;]{0,30}(?:申请|批准)|可以?(?:提出)?申请(?:与|同)[^。;]{2,20}交易",
            "exceptions on application",
        ),
        _row(
            "duty",
            rf"{MUST}[^。;]{{0,40}}?{COUNT}(?:个)?(?:自然)?日(?:之)?内[^。;]{{0,60}}?缴(?:款|纳)",
            "must pay within {n} days",
            "days",
        ),
        _row("duty", rf"(?:正在|已经)[^。;]{{2,20}}{MUST}(?:立即|即刻|马上)?(?:停止|终止)", "must stop what is under way"),
        _row(
            "duty",
            rf"(?:{MUST}[^。;]{{0,6}}报关单|报关[^。;]{{0,4}}{MUST})[^。;]{{0,24}}(?:注明|填写|填报|列明|申报)",
            "must say in the customs declaration what is controlled",
        ),
        _row("duty", rf"{MUST}[^。;]{{0,40}}提交《?[^。;》]{{2,30}}情况说明", "must submit a statement on the transfer"),
        _row("duty", rf"{MUST}[^。;]{{0,60}}履行报告义务", "must report as the licence demands"),
        _row("duty", r"不得为[^。;]{2,30}提供[^。;]{2,50}服务", "nobody may give services to what breaks it"),
        _row("duty", rf"{MUST}主动(?:询问|核实)", "must ask whether a licence is needed"),
        _row("duty", rf"{MUST}[^。;]{{0,24}}出示许可证", "must show the licence"),
        _row(
            "duty",
            rf"{MUST}[^。;]{{0,40}}?(?:不晚于[^。;,]{{2,12}}后|自[^。;,]{{2,20}}(?:之日)?起|[^。;,]{{0,12}}[后前内])?{COUNT}个工作日[^。;]{{0,60}}?(?:报告|报送|报备|备案|通报)",
            "must report within {n} business days",
            "business_days",
        ),
        _row(
            "duty",
            rf"{MUST}[^。;]{{0,40}}?{COUNT}(?:个)?(?:自然)?日(?:之)?内[^。;]{{0,60}}?(?:报告|报送|报备|备案|通报)",
            "must report within {n} days",
            "days",
        ),
        _row(
            "duty",
            rf"{COUNT}(?:个)?(?:自然)?日(?:之)?内(?:如实)?(?:向[^。;,]{{2,20}})?(?:报告|报送|报备|备案)",
            "must report within {n} days",
            "days",
        ),
        _row(
            "duty",
            r"(?:保存|留存|保管)[^。;]{0,40}?(?:不少于|至少|期限为|不得少于|满)?(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})年(?!第)",
            "must keep the records for {n} years",
            "years",
        ),
        _row("duty", r"出具[^。;,]{0,4}《?合规告知书》?", "must hand on a notice of compliance"),
        _row("duty", rf"{MUST}[^。;]{{0,24}}(?:立即|及时)[^。;,]{{0,8}}(?:向[^。;,]{{2,20}})?报告", "must report at once"),
        _row(
            "duty",
            rf"{MUST}[^。;]{{0,40}}(?:填报|申报|注明|标注)[^。;,]{{0,8}}(?:最终目的国|最终目的地|目的国|最终收货人|最终用户)",
            "must declare where the goods go and to whom",
        ),
        _row("duty", rf"{MUST}[^。;]{{0,30}}承诺[^。;]{{2,60}}", "must give a written undertaking on the use"),
        _row("duty", rf"{MUST}[^。;]{{0,16}}提交[^。;,]{{0,20}}风险评估报告", "must submit a risk assessment"),
    ),
    uses=_uses(
        (
            (r"军事用户|军方", "military users"),
            (r"(?<!潜在)军事用途|军事潜力|军事目的|军事实力", "military uses"),
            (r"大规模杀伤性武器", "weapons of mass destruction"),
            (r"恐怖主义", "terrorism"),
            (CONTROLLED.written[0], "firms on the export-control list"),
            (WATCHED.own, "firms on the watch list"),
            (UNRELIABLE.own, "firms on the Unreliable Entity List"),
            (r"(?:14|\d{1,2})(?:纳米|nm)", "advanced logic chips"),
            (r"存储芯片", "memory chips"),
            (r"人工智能", "artificial intelligence with military potential"),
            (r"人道主义|紧急医疗|自然灾害|公共卫生", "humanitarian aid"),
            (r"民用(?:用途|最终用途|最终用户)?", "civil uses"),
            (r"展览会?|参展", "exhibitions"),
            (r"维修|返修", "repairs"),
            (r"样品", "samples"),
            (r"公共领域|基础科学研究|专利申请", "what is public, basic research, patent applications"),
        )
    ),
)
SHARE = r"(?P<n>\d{1,3}(?:\.\d{1,4})?)\s?(?:%|per\s?cent)"
BOUND = r"\b(?:must|shall|required to|is to|are to)\b"
REPORTS = r"\b(?:report|notify|inform|file)\w*\b"
LONG = r"(?P<n>\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty-five|sixty|ninety)"
ENGLISH = Words(
    frame=frame.ENGLISH,
    elsewhere=re.compile(r"\b(?:delist\w*|removal from|be removed from)\b", re.IGNORECASE),
    rows=(
        _row(
            "scope",
            r"\b(?:organi[sz]ations?|entities|persons?|exporters?|operators?)\b[^.;]{0,60}\b(?:outside|overseas|abroad|foreign)\b[^.;]{0,80}\b(?:must|shall)\b[^.;]{0,24}\b(?:obtain|apply)\b[^.;]{0,40}\blicen[cs]e",
            "binds organisations and persons abroad: they need a licence before they export on",
        ),
        _row(
            "scope",
            r"\bfootnote (?P<n>[1-9])\b[^.;]{0,40}\b(?:designation|entit|foreign[- ]direct|FDP)",
            "foreign-made goods are covered by the rule of footnote {n}",
        ),
        _row(
            "scope",
            r"\bforeign[- ](?:produced )?direct[- ]product",
            "covers goods made abroad from its technology (foreign direct product)",
        ),
        _row(
            "threshold",
            rf"\b(?:de minimis|value ratio|proportion|share of the value)\b[^.;]{{0,60}}?{SHARE}",
            "from {n} % of the value on",
            "percent",
        ),
        _row(
            "threshold", rf"{SHARE}\s(?:or more )?(?:de minimis|of the (?:total )?value)", "from {n} % of the value on", "percent"
        ),
        _row(
            "affiliates",
            rf"\b(?:owned|held|ownership|owns?|holds?|stake|shares?)\b[^.;]{{0,80}}?{SHARE}|"
            rf"{SHARE.replace('<n>', '<n2>')}(?:\sor\s(?:more|greater))?[ -](?:owned|held)",
            "also the firms held at {n} % or more",
            "percent",
        ),
        _row(
            "presumption",
            r"\b(?:presumption|policy) of (?:denial|refusal)|"
            r"\b(?:applications?|licen[cs]es?|authori[sz]ations?)\b[^.;]{0,60}\bshall be (?:refused|denied)|"
            r"\bin principle(?: not be granted| refused| denied)",
            "applications are refused",
            policy="refused",
            for_what=True,
        ),
        _row(
            "presumption",
            r"\bcase[- ]by[- ]case\b",
            "applications are decided case by case",
            policy="case_by_case",
            for_what=True,
        ),
        _row(
            "presumption",
            r"\b(?:presumption|policy) of approval",
            "applications are approved in principle",
            policy="allowed",
            for_what=True,
        ),
        _row(
            "exemption",
            r"\b(?:en route|aboard a carrier|on dock)\b[^.;]{0,240}\b(?:may proceed|prior to|before|until)\b",
            "shipments under way may proceed",
        ),
        _row(
            "exemption",
            r"\b(?:derogat\w+|by way of derogation)\b[^.;]{0,80}\b(?:authori[sz]e|permit)\b",
            "the competent authorities may authorise exceptions",
        ),
        _row(
            "exemption",
            r"\bshall not apply to[^.;]{0,60}\bcontracts?\b[^.;]{0,30}\b(?:before|prior to)\b|"
            r"\b(?:execution|performance)[^.;]{0,40}\bcontracts?\b[^.;]{0,30}\b(?:before|prior to)\b",
            "contracts concluded before are exempt",
        ),
        _row(
            "exemption",
            r"\b(?:no licen[cs]e (?:is|shall be) (?:required|needed)|not require a licen[cs]e|without a licen[cs]e)\b",
            "no licence is needed",
            for_what=True,
        ),
        _row(
            "exemption",
            r"\bgeneral licen[cs]e\b(?:(?! not )[^.;]){0,120}\b(?:authori[sz]es|permits)\b|"
            r"\bauthori[sz]ed\b[^.;]{0,60}\bgeneral licen[cs]e\b",
            "a general licence allows it",
        ),
        _row(
            "duty",
            rf"{BOUND}[^.;]{{0,80}}?{REPORTS}[^.;]{{0,80}}?\bwithin {LONG} (?:business|working) days",
            "must report within {n} business days",
            "business_days",
        ),
        _row(
            "duty",
            rf"{BOUND}[^.;]{{0,80}}?{REPORTS}[^.;]{{0,80}}?\bwithin {LONG} (?:calendar )?days",
            "must report within {n} days",
            "days",
        ),
        _row(
            "duty",
            r"\b(?:keep|kept|retain(?:ed)?|maintain(?:ed)?|preserved?)\b[^.;]{0,100}?\b(?:for|of)"
            rf"(?: at least| not less than| a period of)* {LONG} years",
            "must keep the records for {n} years",
            "years",
        ),
    ),
    uses=_uses(
        (
            (r"\bmilitary[- ]end[- ]users?|\bmilitary users?", "military users"),
            (r"\bmilitary (?:end[- ])?(?:uses?|purposes?|potential)", "military uses"),
            (r"\bweapons of mass destruction", "weapons of mass destruction"),
            (r"\bhumanitarian", "humanitarian aid"),
            (r"\bcivil(?:ian)?\b", "civil uses"),
            (r"\bwatch list", "firms on the watch list"),
            (r"\b(?:export[- ]control|control) list", "firms on the export-control list"),
        )
    ),
)
HEADS = re.compile(r"[:：]\s*$")
MOST = 600  # characters of a sentence that may state a term


@dataclass(frozen=True, slots=True)
class Found:
    """A term and the clause that states it, "" where none is printed."""

    term: Term
    clause: str = ""


def read_terms(sentences: Iterable[Said], words: Words) -> list[Found]:
    """The terms of an act, sentence by sentence. An entry below a heading (`…:`) has the heading's term."""
    found: list[Found] = []
    heading: Term | None = None
    for sentence in sentences:
        if not sentence.is_entry:
            heading = None
        if len(sentence.words) > MOST:
            continue
        here = list(_of_sentence(sentence, words))
        if not here and heading is not None:
            here = _below(heading, sentence, words)
        found += [Found(term, sentence.clause) for term in here]
        if HEADS.search(sentence.quote) and not sentence.is_entry:
            heading = next((term for term in here if term.kind in ("presumption", "exemption")), None)
    return found


def _of_sentence(sentence: Said, words: Words) -> Iterator[Term]:
    """The terms of a sentence. What an outer verb lifts or denies (`不再豁免`, `not … without a licence`) is none."""
    taken: set[tuple[str, str]] = set()
    for row in () if words.elsewhere.search(sentence.words) else words.rows:
        match = row.pattern.search(sentence.words)
        if match is None or frame.turn(sentence.words, match.start(), words.frame) is not None:
            continue
        value = _number(match)
        if "{n}" in row.text and value is None:
            continue  # a number that nobody can read
        text = row.text.replace("{n}", f"{value:g}" if isinstance(value, float) else "")
        if row.for_what:
            text = _with_uses(text, _clause(sentence.words, match), words)
        if (row.kind, text) not in taken:
            taken.add((row.kind, text))
            unit = row.unit if value is not None else ""
            yield Term(
                kind=row.kind, text=text, value=value if row.unit else None, unit=unit, policy=row.policy, quote=sentence.quote
            )


def _clause(words: str, match: re.Match[str]) -> str:
    """What stands before a decision, back to the sentence's begin or its last semicolon: what it is decided for."""
    return words[max(words.rfind(end, 0, match.start()) for end in (";", "；")) + 1 : match.end()]


def _below(heading: Term, sentence: Said, words: Words) -> list[Term]:
    text = _with_uses(heading.text.partition(": ")[0], sentence.words, words)
    return [msgspec.structs.replace(heading, text=text, quote=sentence.quote)] if ": " in text else []


def _with_uses(text: str, said: str, words: Words) -> str:
    uses = [use for pattern, use in words.uses if pattern.search(said)]
    return f"{text}: {', '.join(uses)}" if uses else text


def _number(match: re.Match[str]) -> float | None:
    printed = next((value for name, value in match.groupdict().items() if name.startswith("n") and value), None)
    if printed is None:
        return None
    if re.fullmatch(r"\d+(?:\.\d+)?", printed):
        return float(printed)
    count = chinese.number(printed) if not printed.isascii() else english.number(printed)
    return None if count is None else float(count)


CONTROLS = frozenset({Action.ADD, Action.RESTRICT, Action.AMEND, Action.REPLACE, Action.RESUME, Action.SUSPEND})


def give_terms(measures: Sequence[Measure], found: Sequence[Found]) -> list[Measure]:
    """The measures with their terms: those of a clause that a measure names go to it, all others to each that controls."""
    own = {clause for measure in measures for clause in measure.clauses}
    controls = [measure for measure in measures if measure.action in CONTROLS] or measures
    return [
        msgspec.structs.replace(
            measure,
            terms=tuple(
                each.term for each in found if each.clause in measure.clauses or (each.clause not in own and measure in controls)
            ),
        )
        for measure in measures
    ]
