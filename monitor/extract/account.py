"""The account of an act: each sentence gave a fact, or is known to decide nothing; each day in it is in a fact, or of before.

`full` is earned by it. What is not accounted for is said, with its quote, and the act is understood in part.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from monitor import vocabulary
from monitor.extract import why
from monitor.model import Measure, Unread

# Wordings of acts that are known to decide nothing of their own, as tables: a new one is a line here, learnt from an act.


def _rows(*rows: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row})" for row in rows), flags)


LONGEST = 600  # characters of a sentence that is known as a whole


@dataclass(frozen=True, slots=True)
class Words:
    """What a whole sentence may say, its end apart, its known names as ○.

    `nothing` counts in no act, `for_somebody` says what a list means for who is on it, `for_goods` how a control is carried out.
    What `begins` an act counts for nothing where its facts have a start. In what is `past` no day counts now. An entry of a
    list of goods does not `oblige`. A sentence with one of the `deeds` needs a fact of its own beside a term.
    """

    nothing: re.Pattern[str]
    for_somebody: re.Pattern[str]
    for_goods: re.Pattern[str]
    begins: re.Pattern[str]
    past: re.Pattern[str]
    obliges: re.Pattern[str]
    ends: str
    deeds: re.Pattern[str] = re.compile("(?!)")

    def excuse(self, words: str, *, on_somebody: bool, on_goods: bool, is_entry: bool) -> bool:
        """Whether a sentence is known to decide nothing of its own in an act on somebody or on goods."""
        words = words.strip(self.ends)
        if len(words) > LONGEST:
            return False
        somebody = on_somebody and self.for_somebody.fullmatch(words) is not None
        goods = on_goods and self.for_goods.fullmatch(words) is not None
        entry = is_entry and self.obliges.search(words) is None
        return somebody or goods or entry or self.nothing.fullmatch(words) is not None


# A letter of a sentence that names nobody, and does nothing further.
NOBODY = "(?:(?!公司|集团|大学|学院|研究[所院]|协会|基金会|[A-Za-z]{3}|并|同时|现将|决定)[^。;])"
CHINESE = Words(
    nothing=_rows(
        "附[件表录]?\\d{0,2}:?.*",
        "(?:实体|企业|人员|具体)?(?:名单|清单|情况)?如下:?|(?:有关|相关)事项公告如下:?|联系人[^。;]*",
        "特此(?:公告|通告|通知|更正)|现予(?:勘误|更正|公布|公告|发布)",
        "(?:[^。;:]*[,、])?(?:现(?:将|就)?[^。;:]*|决定|公告|决定调整[^,。;:]{2,8}名单|现?发布禁令)(?:如下|"
        "以下)?(?:事项)?(?:公告如下)?(?<=[告令定下单]):?",
        "本?(?:公告|令|决定|通知|办法)?未尽事宜[^。;]*|本(?:公告|决定|通知)由[^。;]*负责解释",
        "《[^》]*》(?:同步|相应)(?:予以)?(?:更新|调整)",
        "(?:其[余他]|第[一二三四五六七八九十]{1,3}条)(?:内容|事项|条款|部分|规定|实体的管制措施)?(?:均?不变|继续有效|"
        "继续执行|仍然有效)",
        "[^。;,]{2,12}(?:范围|办法|要求|程序)[^。;]{0,20}不变",
        "经(?:[^,。;]{0,12})?评估,[^。;]*(?:必要继续管制|不当[^。;]*)|[^。;,]*号(?:公告)?规定的[^。;,]*(?:届满|到期)",
        "(?:任何[^。;]*,)?(?:凡|对)?(?:违反|未按)[^。;]*,(?:将?依|按照|由)[^。;]*(?:处罚|处理|责任|许可申请)|"
        "违者[^。;]*处[理罚]|构成犯罪的,[^。;]*",
        "(?:如|若)?逾期[^。;]*,[^。;]*(?:采取加处罚款等措施|处[理罚])",
        "本(?:公告|办法|令|决定)所称[^。;]*(?:指|包括|执行)[^。;]*",
        "(?:地址|住所|注册号|IMO号|[中英]文名称|电话|传真|邮编|邮箱|联系[人方][^:]{0,4}|来源)[^:]{0,6}:.*|"
        "\\d{4}-\\d\\d-\\d\\d [\\d:]+",
        "(?:(?!决定[将对]|予以|现[将予]|同时|[列移][入出]).)*(?:严重[违损干危]|不顾中方|危害我国|非法制裁|"
        "干涉中国内政)(?:(?!决定[将对]|予以|现[将予]|[列移][入出]).)*",
        "(?:根据|依据|为|鉴于|按照)[^。;:]*(?:公告如下|决定|决定如下|决定调整[^,。;:]{2,8}名单|禁令):?",
    ),
    for_somebody=_rows(
        f"(?:对{NOBODY}{{1,200}},)?(?:禁止|不予|不批准|冻结|不准|限制|不得){NOBODY}*",
        f"对(?:上述|其|高级管理人员|该){NOBODY}*(?:措施|入境|罚款{NOBODY}*)(?:\\(包括[^)]*\\))?:?",
        f"{NOBODY}*工作机制将{NOBODY}*采取(?:相应|加处罚款等)措施",
        f"不批准并取消上述{NOBODY}*|对[^。;]*(?:后附《反制清单》列明的|○)[^。;,]*,冻结[^。;]*|许可审查期限不受{NOBODY}*限制",
        f"(?:上述|该){NOBODY}*(?:办理缴款|合法权益|停止)|正在开展的{NOBODY}*停止",
        f"特殊情况下确需{NOBODY}*申请|(?:国内企业|出口经营者)[可向]{NOBODY}*(?:申请|许可|凭证|交易){NOBODY}*|"
        f"申请单项许可时,[^。;]*",
        f"列入{NOBODY}*可申请移出{NOBODY}*|商务部核实后,可以将其移出{NOBODY}*|"
        f"商务部将对{NOBODY}*实施更严格{NOBODY}*审查{NOBODY}*",
        "[^○。;]{0,40}○(?:(?!决定|予以|现将|将其|移出|列入|同意).)*(?:行为|措施|权益|利益|言行|活动)(?:(?!决定|予以|现将|"
        "将其|移出|列入|同意).)*",
        f"(?:这些|上述|该)[^。;,]{{1,6}}(?:协助|支持|参与){NOBODY}*活动",
        f"[^○。;]{{0,10}}○(?:\\([^()]*\\))?(?:已|未|曾|拒[绝不]|违反){NOBODY}*|○(?:\\([^()]*\\))?申请[^。;]*不予同意|"
        f"申请移出名单的,{NOBODY}*|出口经营者应{NOBODY}*",
    ),
    for_goods=_rows(
        "(?:[^。;,]{2,60}的,|[^。;,]{2,30}时,)?(?:出口经营者|经营者|申请人|服务提供人|上述物项的?)[^。;]*(?:应当?|须|必须|"
        "可以?)[^。;]*"
        "(?:申请|提交|办理|遵守|加强|履行|出具|填写|注明|负责|手续|许可|咨询|文件|凭证|出示)[^。;]*:?",
        "(?:对[^。;]*的,)?海关[^。;]*(?:验放手续|质疑|不予放行)[^。;]*|未申报[的者],?[^。;]*(?:不予放行|论处)",
        "不属于管制物项但[^。;]*注明[^。;]*|商务部应当自收到[^。;]*审查[^。;]*|经审查准予许可的,[^。;]*",
        "对国家安全有重大影响的[^。;]*批准|许可审查期限不受[^。;]*限制|无法判断[^。;]*咨询",
        "任何(?:单位|组织|出口经营者|国家)[^。;]*(?:服务|不得出口|不得将上述物项[^。;]*|追究法律责任)|正在开展的[^。;]*停止",
        "出口(?:上述|本公告所列)物项,应当按照[^。;]*申请许可|报关时应当如实申报[^。;]*|申报存疑的,海关可以提出质疑|说明:?.*|"
        "出口许可证件申领和签发程序[^。;]*|"
        "出口非管制的货物[^。;]*|已经进入公共领域[^。;]*不受本公告管辖|中国公民、法人[^。;]*支持[^。;]*",
        "(?:满足以下特性|以下|境外组织出口以下)[^。;]*(?:未经许可|获得许可)[^。;]*:?|未经许可,?不得(?:提供|出口)|"
        "申请出口技术的[^。;]*|在中华人民共和国境内向位于境内[^。;]*",
    ),
    begins=_rows("本?(?:公告|决定|令|通知|禁令|清单|措施)?[^。;,]{0,12}自[^。;,]*起[^。;,]{0,6}(?:实施|施行|执行|生效)"),
    past=re.compile("日起每净吨|前申报|曾|此前|联系人"),
    obliges=re.compile("应当|应(?=[向按在依由])|必须|须(?=[向按在经凭])|不得|禁止|决定|予以|列[入为]|移出|暂停|停止|恢复|废止"),
    ends=" 。;",
    deeds=re.compile("[将把][^。;,]{1,80}列[入为]|移[出除]|暂停|中止|恢复|废止|撤销|取消|终止|增列|延长"),
)
TITLED = (  # a word of a heading
    r"(?:[A-Z0-9\[(§&|/–—-][\w.,'’()/&\[\]:;§—–-]*|of|and|the|for|in|on|to|by|at|de|into|before|after|from|under|with|or|an?)"
)
ENGLISH = Words(
    nothing=_rows(
        rf"{TITLED}(?:\s{TITLED}){{0,24}}",
        r"(?:Recent Actions|Done at|For the (?:Council|Commission)|Press contact|Contact)\b.*|(?:Article|Section) \w{1,4}",
        r"(?:Article \d+:? )?(?:This|It|The)\b[^.;]{0,40}\b(?:shall be binding|is addressed)\b[^.;]*",
        r"(?:Her|His) Excellency\b.*makes[^.;]*|[^.;]{0,120}\b(?:hereby )?(?:ordains?|makes the following \w+):?",
        r"(?:Final|Interim final) rule\b[^.]{0,30}|Effective [A-Z]\w+ \d{1,2}, \d{4}|The [A-Z]\w+ adopts rules",
        r"[^.;]{0,40}\b(?:is|are) (?:hereby )?(?:announced|promulgated|published) as follows:?|(?:DOB|Nationality|"
        r"Address|POB|IMO)\b.*",
        r"\(?All information[^.;]*authentic[^.;]*|English is provided[^;]*|"
        r"(?:The )?(?:reasons?|background)\b[^.;]*|[Cc]omments\b[^.;]*|"
        r"[^.;]{0,80}\bhas adopted (?:it|this \w+)|[^.;]{0,80}\bwas amended [^.;]*",
        # letterheads, signatures, days, contacts, titles of the act itself
        r"(?:SOR/|P\.C\. )\S.*|(?:Registration|Date of (?:this )?notice|Release Date|Update[d]?|Published|Issued|Dated|"
        r"Signed|Made|"
        r"Legal basis|"
        r"Sanctions programme|Statement of|Press contact|Enquiries|For (?:queries|further|more))\b"
        r"(?!.*\b(?:shall|must|may|will|(?:is|are) (?:hereby|extended|revoked|added|removed|required|prohibited))\b).*",
        r"(?:I|We), [^.;]{2,120}, make the following \w+|Note:? (?:The effect|This)\b.*|\(?This (?:English|translation|"
        r"version)\b[^;]*",
        r"(?:In case of|Where there is) (?:any )?discrepanc[^;]*|[^.;]{0,60}\b(?:Chinese|original) (?:version|"
        r"text) (?:shall )?prevails?\)?",
        r"(?:Questions|Queries|Enquiries|Comments) (?:may|can|should)\b[^.;]*|(?:For|Any) (?:queries|questions|enquiries|"
        r"more information)\b[^;]*",
        r"The (?:names|list|text|full text|notice|order)\b[^.;]*\b(?:may be found|is available|are available|"
        r"can be found)\b[^;]*",
        # what law an act rests on, and what that law says of itself
        r"(?:This|These|The) (?:instrument|regulations?|order|rule|decision|notice|licen[cs]e)s? (?:is|are) (?:the [^;]{2,200}|"
        r"(?:made|issued|granted|published) (?:under|pursuant to|by|in accordance with)\b[^;]*)",
        r"[^;]{4,200}\b(?:Regulations?|Act|Ordinance|Order)\b[^;]{0,60}\b(?:were made under|"
        r"provides? for|gives? effect to|"
        r"prohibits?|restricts? the issuance|serves? as the authority)\b[^;]*",
        r"(?:Statutory|Such) (?:debarment|licences?)\b[^;]*\b(?:is|are) (?:generally|normally|usually)\b.*",
        r"(?:To|In order to) (?:implement|protect|safeguard|maintain|fulfil)\b[^;]*\b(?:has|have) decided as follows:?",
        r"Upon (?:the )?approval (?:by|of)\b[^;]*\bit is (?:hereby )?(?:announced|decided|notified)(?: that| as follows)?:?",
        r"[‘'“\"]?(?:[A-Z]\.\s)?(?:Natural|Legal) persons\b.*|[‘'“\"]?Article \d+\w*|(?:Individuals|Entities|Vessels):?",
        r"The following (?:Article|paragraph|point|sentence|subparagraph|entr(?:y|ies))s? (?:is|are) (?:inserted|added)\b[^.;]*:",
        r"(?:\d+ )?(?:Part|Schedule|Section|Clause|Division|Item) .{1,60}\((?:table )?items? [\d, and]+\)",
        r"(?:\d+ )?For the purpose of [^;]*\bbefore they are published\b[^;]*",
        r"Introduction|Notice summary|Summary|What you (?:must|need to) do|Further (?:information|details)|Enquiries|Details|"
        r"Legal framework",
        r"Based (?:up)?on (?:a|the) review\b[^;]*",
        r"The (?:Secretary of State|Department|Minister) does not (?:seek|intend to)\b[^;]*|The order concerns \w+ alone",
        # conditions of what may come, powers, and laws that go on
        r"Should [^;]{3,200}, [^;]*\b(?:will|shall|may) be (?:restored|resumed|reimposed|reinstated|revoked|withdrawn)\b[^;]*",
        r"[^.;]{2,80} may (?:vary|revoke|amend|suspend)\b[^.;]*\bat any time|[^.;]{2,60} may (?:propose|"
        r"consider)\b[^;]*\b(?:later|future)\b[^;]*",
        r"(?:Article|Section|Part) \w+\b[^;]*\b(?:still|continues? to) appl(?:y|ies)\b[^;]*",
        r"Exporters\b[^.;]*\bno longer need\b[^;]*|Licen[cs]es issued before\b[^;]*\bmay be (?:returned|surrendered)\b[^;]*",
        r"Accordingly, [^.;]{2,60}\b(?:removes|amends|revises) (?:parts?|sections?) [^;]*",
        r"(?:By|On|In|Under) [^;]*\bthe President (?:found|determined|signed|declared|terminated|issued)\b[^;]*",
        # formulas of rules
        r"This (?:rule|action) (?:has been determined|is|does not)\b[^;]*\b(?:significant|Executive Order|exempt|federalism|"
        r"information)\b[^;]*",
        r"[^;]*\b(?:notice of proposed rulemaking|delay in effective(?:ness| date)|Control Number|regulatory flexibility|"
        r"notice and comment|foreign affairs (?:function|exemption))\b[^;]*|"
        r"(?:No )?(?:public )?[Cc]omments are (?:not )?(?:required|requested)",
        r"Savings clauses? (?:is|are) not (?:needed|necessary|required)\b[^;]*",
        r"[^;]*\b(?:does|do) not affect any\b[^;]*\b(?:action taken|proceeding|rights? or dut)[^;]*",
        r"(?:This|The) (?:removal|revision|action|rule)\b[^;]*\bdoes not relieve\b[^;]*|"
        r"Removal of an? \w+ does not relieve\b[^;]*",
        r"[^.;]*\bdeterminations? (?:was|were|has been|have been) (?:made|based)\b[^.;]*",
        r"Pending or future [^;]*\b(?:investigations?|enforcement)\b[^;]*|[^.;]*\bUnder Secretary\b[^;]*",
        r"(?:Relation|Other information|Justification|Position|Listed on|Group ID|Nationality|Reasons?|Grounds|Remarks?|"
        r"Title)\b: (?!.*\b(?:shall|must)\b).*",
        r"[^.;]*\b(?:was|were)\b[^.;]*\b[Ii]n (?:[A-Z]\w+ )?(?:19|20)\d\d\b[^.;]*|[Ii]n (?:[A-Z]\w+ )?(?:19|"
        r"20)\d\d,? [^.;]*\b(?:was|were)\b[^.;]*",
    ),
    for_somebody=_rows(
        r"(?:Exports?|Exporters|All exports|Any export)\b[^.;]*\b(?:licen[cs]e|permit|listed|above|these|such|them|"
        r"aforementioned)\b[^.;]*",
        r"(?:All |Any )?(?:[Pp]roperty|[Aa]ssets|[Ff]unds)\b[^.;]*\b(?:blocked|frozen|available)\b[^.;]*",
        r"[^.;]*\b(?:determined|found|concluded)\b[^;]*\b(?:contrary to|reasonable cause|conduct|steps|meets?|no longer|"
        r"ceased)\b[^;]*",
        r"(?:These|The|All|Both) (?:\w+ )?(?:entit(?:y|ies)|persons?|compan(?:y|ies)|group)\b[^;]*\bha(?:s|ve|d) "
        r"(?:stopped|ceased|severed|ended|sold|left|died|changed|provided|helped|supported|taken part)\b[^;]*",
        r"(?:These|The|All|Both) (?:\w+ )?(?:entit(?:y|ies)|persons?|compan(?:y|ies))\b[^;]*\b(?:contrary to|involved in)\b[^;]*",
        r"(?:They|These \w+|It|He|She) (?:will be|is|are) (?:listed|added|placed|"
        r"included)\b[^.;]*\bunder (?:the )?destinations?\b[^;]*",
        r"(?:For (?:all|each|both|these|the|this)\b[^;]*?,? )?(?:BIS|the Bureau[^,.;]*) imposes a licen[cs]e requirement\b[^;]*",
        r"The (?:removal|revocation|rescission|addition|designation)s? (?:eliminates?|removes?|means?|imposes?)\b[^;]*",
        r"[^.;]*\b(?:is|are) amended (?:as set out|as follows|by adding|by removing|in accordance with)\b[^;]*",
        r"(?:Accordingly|Therefore),? (?:his|her|its|their|the) names? (?:has|have)\b[^;]*\b(?:struck|removed|deleted)\b[^;]*",
        r"[^.;]*\b(?:likewise|also) (?:fall away|cease|lapse)\b[^;]*",
        r"While (?:the|these) measures are [^;]*\bmay (?:apply|transact)\b[^;]*",
        r"[^;]*\b(?:no longer|ceases? to) appl(?:y|ies) to the following\b[^;]*",
        r"As a (?:result|consequence)\b[^;]*\b(?:property|transactions|assets|funds)\b[^;]*",
        r"(?:Assets|Funds|Accounts)\b[^;]*\b(?:released|unfrozen|frozen|block(?:ed)?|no longer)\b[^;]*|"
        r"(?:Financial institutions|Anyone who holds\b[^;]*?|Anyone|Persons? who holds?|You) must\b[^;]*\b(?:freeze|frozen|"
        r"block|accounts?|"
        r"report)\b[^.]*",
        r"(?:inform|cease|check|refrain|report|freeze)\b[^.]*\b(?:OFSI|Office of Financial|accounts?|funds|assets)\b[^.]*|and",
        r"Where a relevant institution\b[^;]*|A report\b[^.;]*\bis not required|"
        r"(?:That|This|The|They|It) ?(?:company|person|entity|individual|vessel)?\b[^.;]*\b(?:remains|continues to be|"
        r"are now|is now|is still|are still) subject to\b[^.;]*",
        r"(?:The )?(?:names|entr(?:y|ies)) of\b[^.;]*\b(?:left|remains?|unchanged)\b[^.;]*|[^.;]{0,120}\bstay on the list",
        r"(?:Accordingly, )?[Nn]o (?:department|agency|agencies)\b[^;]*\bmay procure\b[^;]*",
        r"(?:[Tt]he|[Tt]hese|[Aa]ll) (?:above|listed|entit\w+|persons?|sanctions)\b[^.;]*\b(?:prohibited|apply|"
        r"subject|barred)\b[^.;]*",
    ),
    for_goods=_rows(
        r"(?:Exporters|Export operators|Applicants|Export business operators)\b[^.;]*\b(?:must|shall|should|"
        r"may)\b[^.;]*\b(?:apply|licen[cs]e|permit|submit|comply)\w*\b[^.;]*",
        r"The (?:Ministry|Department|competent)\b[^.;]*\b(?:review|examine|grant)\w*\b[^.;]*",
    ),
    begins=_rows(
        r"(?:Article \d+:? )?(?:This|It|The|These|They)\b[^.;]{0,60}\b(?:enter(?:s|ed)? into force|"
        r"comes? into force|takes? effect|"
        r"(?:is|are) effective)\b[^.;]*",
    ),
    past=re.compile(
        r"^(?:SOR/|P\.C\.|Registration|Date of|Legal basis|Release Date)|\b(?:DOB|born|Born|since|previously|earlier|"
        r"was amended|[Cc]omments)\b|\bthe date ['‘]|"
        r"\bbecause\b[^;]{0,200}\b(?:was|were|had)\b|\bthe President (?:found|determined|signed|declared|terminated|issued)\b"
    ),
    obliges=re.compile(
        r"\b(?:shall|must|may|is|are|will|was|were|has|have|(?:add|remove|amend|suspend|revoke|prohibit|"
        r"require|delete|replace|insert|revise|repeal|omit|substitute|strike)s?)\b"
    ),
    ends=" .;",
    deeds=re.compile(r"\b(?:add|remov|delet|suspend|revok|repeal|rescind|reinstat|extend)(?:s|es|ed|ing|d)?\b", re.IGNORECASE),
)


NO_FACT = "not understood"
NO_DAY = "a day in it was not understood"
NO_START = "when it begins was not understood"
LETTERS = re.compile(r"[^\w%]+")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence: its `words`, levelled and without the mark that it opens with; its `quote`; the days that it prints for now.

    An entry opens with the mark of a list. `clause` is the mark of the clause it belongs to (`一(三)`).
    """

    words: str
    quote: str
    days: frozenset[str] = frozenset()
    is_entry: bool = False
    clause: str = ""


def unaccounted(
    sentences: Iterable[Said],
    measures: Sequence[Measure],
    known: Words,
    *,
    published: str | None,
    unread: Sequence[Unread],
    apart: bool = False,
) -> Iterator[Unread]:
    """What an act says that neither a fact has nor is known to decide nothing; `unread` is said already."""
    taken = _Taken(measures, published, apart=apart)
    told = _bare("\n".join(part.quote for part in unread if part.quote))[:FURTHEST]
    for sentence in sentences:
        bare = _bare(sentence.quote)
        if not bare or taken.lists(bare) or bare in told:
            continue
        if left := _left(sentence, bare, taken, known):
            why.sentence(left, sentence.quote)
            yield Unread(what="sentence", why=left, quote=sentence.quote)


def _left(sentence: Said, bare: str, taken: "_Taken", known: Words) -> str:
    words = taken.without_names(sentence.words)
    is_entry = sentence.is_entry and taken.may_hold(words)
    excused = known.excuse(words, on_somebody=taken.on_somebody, on_goods=taken.on_goods, is_entry=is_entry)
    if taken.holds(bare) and not known.obliges.search(words):
        return ""
    if sentence.days - taken.days and not known.past.search(words):
        return NO_DAY
    if known.begins.fullmatch(words.strip(known.ends)):
        return "" if taken.begins else NO_START
    stated = taken.states(bare) and not known.deeds.search(words)
    return "" if excused or stated or taken.gave(bare) else NO_FACT


class _Taken:
    """What the facts of an act have taken. One that is published on another day than its own begins on a day that it lacks."""

    def __init__(self, measures: Sequence[Measure], published: str | None, *, apart: bool) -> None:
        self.begins = apart or all(measure.starts for measure in measures)
        spans = [bound for measure in measures for bound in (measure.starts, measure.ends) if bound]
        self.days = frozenset(bound.on[:10] for bound in spans) | {published}
        self.on_somebody = any(measure.entities or measure.stated for measure in measures)
        self.on_goods = any(measure.items or measure.destinations or _is_on_goods(measure) for measure in measures)
        entities = [entity for measure in measures for entity in measure.entities]
        names = {name for entity in entities for name in (*entity.names.values(), *entity.aliases) if len(name) > 1}
        self._names = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True)[:MOST])) or "(?!)")
        quotes = [measure.quote for measure in measures] + [bound.quote or "" for bound in spans]
        terms = (term for measure in measures for term in measure.terms)
        # How applications for a list of uses are decided says nothing of what it lists.
        told = (term.quote for term in terms if term.kind != "presumption" or term.quote.rstrip()[-1:] not in (":", "："))
        self._terms = frozenset(map(_bare, told))
        items = [item for measure in measures for item in measure.items]
        entries = (*(each.quote for each in entities), *(item.quote for item in items))
        self._listed = dict.fromkeys(_bare(quote) for quote in entries if quote)
        quotes += [item.quote for item in items if item.quote and len(item.quote) >= SURE]
        self._quotes = dict.fromkeys(quote for quote in map(_bare, quotes) if quote)
        self._all = "\n".join(sorted(self._quotes | self._listed, key=len, reverse=True))[:FURTHEST]

    def lists(self, bare: str) -> bool:
        """Whether a sentence is the entry of a list from which a name was read."""
        return bare in self._listed

    def may_hold(self, words: str) -> bool:
        """Whether an entry of a list may be one of theirs: it bears a name, or the act has goods."""
        return (self.on_goods and bool(self._listed)) or "○" in words

    def holds(self, bare: str) -> bool:
        """Whether a sentence holds such an entry beside other words."""
        return any(entry in bare for entry in islice(self._listed, MOST))

    def gave(self, bare: str) -> bool:
        """Whether a sentence gave a fact: one quotes it, or it holds the quote of one."""
        return bare in self._all or any(quote in bare for quote in islice(self._quotes, MOST))

    def states(self, bare: str) -> bool:
        """Whether a sentence states a term of a measure."""
        return bare in self._terms

    def without_names(self, words: str) -> str:
        """The words, with ○ for each name that a fact has."""
        return self._names.sub("○", words)


def _is_on_goods(measure: Measure) -> bool:
    known = vocabulary.current().registers.get(measure.register or "")
    return known is not None and known.goods


MOST, FURTHEST = 400, 100_000  # quotes that are looked for in each sentence, and characters: an act may list thousands
SURE = 8  # characters of the quote of an item that stands in one sentence alone


def _bare(words: str) -> str:
    return LETTERS.sub("", unicodedata.normalize("NFKC", words))
