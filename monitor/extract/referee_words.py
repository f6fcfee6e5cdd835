"""What the referee looks for, as tables of words in Chinese (as levelled) and English: a new word is a line here."""

import re
from dataclasses import dataclass

from monitor.vocabulary import forms


@dataclass(frozen=True, slots=True)
class Words:
    """How a language says it. A quote is parted at `clause`; what stands `aside` in it is blotted out.

    `eases` lifts or denies, `frees` asks for no licence, `deed` is what is lifted, `adds` puts on a list, `asks` leaves it open.
    What `lists` announces a list. What `decides` does something now, without `past`. A `head` opens an act, a `day` signs it.
    `joins` finds a further deed of a sentence; `known` are the deeds that a table knows, and the ways to carry an act out.
    """

    clause: re.Pattern[str]
    aside: re.Pattern[str]
    frees: re.Pattern[str]
    eases: re.Pattern[str]
    deed: re.Pattern[str]
    adds: re.Pattern[str]
    asks: re.Pattern[str]
    lists: re.Pattern[str]
    decides: re.Pattern[str]
    past: re.Pattern[str]
    head: re.Pattern[str]
    day: re.Pattern[str]
    joins: re.Pattern[str]
    known: re.Pattern[str]


FREED = "(?:[无毋]须|[无不]需|不必)(?!逐|每|再次|另行|重复|单独)|免[予于除]"  # `无须逐单申领` frees of no licence
CHINESE = Words(
    clause=re.compile("[,;:。]"),
    aside=re.compile(r"《[^《》]*》|\([^()]*\)"),
    frees=re.compile(FREED),
    eases=re.compile(
        f"{FREED}|不再(?!受理|批准|允许|签发|办理|给予|审批)|撤[销回]|取消|解除|废止|终止|豁免|移[出除]|调出|剔除|除名|删除|失效|放[开宽]|解禁|"
        "(?:停止|暂停|中止|暂缓)(?=[^,;。]*(?:列[入为]|实施|实行|施行|执行|适用|采取|管制|制裁|措施))|"
        "不予?(?:[将把对]|列[入为]|纳入|实施|采取|适用|执行)|不受(?!理)"
    ),
    deed=re.compile(
        "列[入为]|增列|纳入|移[出除]|除名|剔除|[清名]单|目录|管制|限制|禁止|禁令|措施|制裁|反制|许可|决定|公告|实施|执行|适用"
    ),
    adds=re.compile("列[入为]|增列|纳入"),
    asks=re.compile("是否|[?]|征求意见"),
    lists=re.compile("(?<!措施)(?<!规定)(?<!如下):$"),
    decides=re.compile("决定|责令|勒令|予以|处以|现[对将]|移[出除]|除名|剔除"),
    past=re.compile(r"曾|此前|原|拟|可以|申请|20\d\d年"),
    head=re.compile(r"[^,。;:()《》]{2,40}?(?:公告|令|通告)[\[(〔（]?(\d{4})?[年\])〕）]?第?(\d{1,4})号(?:$|\s)"),
    day=re.compile(r"\d{4}年\d{1,2}月\d{1,2}日"),
    joins=re.compile("(?:^|(?<=[,;:。]))(?P<deed>\\s*[一-鿿][^,;:。]{2,})"),
    known=re.compile(
        "列[入为]|增[列加]|纳入|移[出除]|剔除|除名|删除|禁止|不[得予再]|限制|管制|冻结|[暂停中终]止|停|恢复|取消|撤销|解除|废止|失效|"
        "[实施执]行|实施|生效|适用|公布|发布|公告|通[知告]|印发|采取|调整|修[改订]|更正|延[长续期]|启动|调查|认定|许可|批准|同意|要求|"
        "应|可|须|需|符合|遵守|履行|规定|依[据照法]|根据|自|至|明确|附|见|向|提[交供]|报告|申[报请]|使用|[出进]口|除外|不受|\\d(?:[吨元]|公斤)|"
        r"^\s*(?:[鉴由]于|针对|依|为|经|因|现[将就]|对|由|从\d|[业已]经|拒绝|配合|按|凭|期限|其中|编号|[^,]{1,8}如下|即日|[下上]列|以下|作出本|包括|启运|当年|行政长官)"
    ),
)
ENGLISH = Words(
    clause=re.compile(rf"[;:]|,(?! {forms.FORM})|\.\s(?=[A-Z])|\band\b"),
    aside=re.compile(r"\([^()]*\)|“[^“”]*”|\b(?:which|who|because|since|having)\b[^,;:]*"),
    frees=re.compile(r"\b(?:(?:do(?:es)?|shall|will|need) not|no longer) (?:require|need|be required)\b", re.IGNORECASE),
    eases=re.compile(
        r"\b(?:(?:revo[kc]|rescind|rescission|withdr[ae]w|lift|cancel|annul|terminat|discontinu|repeal|delist|remov|delet|waiv)\w*|"
        r"ceas(?:es?|ed|ing)|no longer|(?:taken?|taking|str(?:ike|iking|uck)) off|"
        r"overturn\w*|quash\w*|set(?:s|ting)? aside|exempt(?:s|ed|ing)?\b|"
        r"(?:stop(?:s|ped|ping)?|suspend(?:s|ed|ing)?) (?:the |its )?"
        r"(?:impos|appl|implement|enforc|list|inclu|addi|control|designat)\w*|"
        r"not (?:to )?(?:be )?(?:add|list|includ|impos|plac|designat|subject|requir|need|apply)\w*)",
        re.IGNORECASE,
    ),
    deed=re.compile(
        r"\b(?:list|control|licen[cs]|sanction|measure|restrict|prohibit|ban|designat|decision|order|announcement|add|entit|entr)",
        re.IGNORECASE,
    ),
    adds=re.compile(r"\b(?:add|includ|plac|listing|designat)", re.IGNORECASE),
    asks=re.compile(r"\bwhether (?:to|it|they|the)\b|\?|\b(?:invites|requests|seeks) (?:public )?comments?\b", re.IGNORECASE),
    lists=re.compile(":$"),
    decides=re.compile(r"\b(?:decided|decides|hereby|shall|orders|ordered|removed|delisted|taken off)\b"),
    past=re.compile(r"\b(?:previously|had|earlier|may|if|proposes|20\d\d)\b"),
    head=re.compile(
        r"(?:[\w’'.,&-]{1,40} ){0,10}?(?:Announcement|Order|Decree|Notice)\s+(?:[\[(]?(\d{4})[\])]?\s*)?No\.?\s?(\d{1,4})\b"
        r"(?:,? (?:of )?(\d{4}))?(?![^.]*\.$)"
    ),
    day=re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]+ \d{4}"),
    joins=re.compile(
        r"\b(?:decided|determined|resolved)\b[^;]{0,400}?\band (?:also |further |hereby )?(?P<deed>to [a-z]{3,}\b[^,.;]*)"
    ),
    known=re.compile(
        r"to (?:add|appl|amend|abolish|adjust|annul|ban|bar|be\b|cancel|clarif|comply|correct|debar|defer|delay|delet|den[yi]|"
        r"designat|detain|discontinu|drop|delist|expand|extend|fulfil|grant|identif|implement|impos|includ|introduc|issu|lift|list|"
        r"mak|modif|pause|place|postpone|prohibit|prolong|protect|publish|put|refus|reinstat|remov|renew|repeal|replac|rescind|"
        r"restor|resum|revis|revok|safeguard|stay|subject|supersed|suspend|tak|terminat|updat|vacat|waive|withdraw)"
    ),
)
SENTENCE = re.compile(r"(?<=[。；])|\n|(?<=\.)\s(?=[A-Z])")
STOPS = ("。", ":", "：", "；", ".", ";")  # that end a line of prose
SHORT = 12  # characters of a line that is no prose whatever it ends with
SOFT = re.compile(r"\d[DE]\d{3}|技术|软件|technology|software", re.IGNORECASE)  # goods that no customs office has a number for
KIND = re.compile(
    "(?:上述|下列|以下|有关|相关|其他|外国|境外|该|各)*(?:企业|公司|机构|实体|组织|个人|人员|自然人|法人|单位|高级管理人员|管理层|议员|"
    "智库|团体|银行|船舶|飞机|财产|资产|动产|不动产|资金|物项|货物|产品|商品|技术|名称|姓名|[中英]文名称?|国别|国家|地区|序号|备注|"
    "类[别型])(?:和人员|及个人|名称)?等?|"
    r"(?:(?:the|these|those|following|above|certain|other|such|foreign|listed)\s)*"
    r"(?:entit(?:y|ies)|compan(?:y|ies)|firms?|persons?|individuals?|organi[sz]ations?|bod(?:y|ies)|institutions?|vessels?|aircraft|"
    r"items?|goods|products?|technolog(?:y|ies)|names?|address(?:es)?|countr(?:y|ies)|n/?a|none|remarks?|others?)",
    re.IGNORECASE,
)
TITLE = re.compile(
    r".{0,20}(?:清单|名单|目录)|附[件表录].{0,3}|第?[一二三四五六七八九十\d]{1,4}[条章节款]|"
    r"['‘“\"]?(?:the\s)?(?:[A-Z][\w'’-]*\s(?:of\s)?){0,5}"
    r"(?:Lists?|Annex(?:es)?|Appendi(?:x|ces)|Schedules?|Articles?|Sections?|Chapters?|Parts?|Tables?)"
    r"(?:\s(?:\d[\w.-]*|[IVXLC]+|[A-Z]))?['’”\"]?"
)
NOBODY = re.compile(  # in the place of a person or a firm
    r"[。;；!?？！]|^禁止.*(?:从事|进行|交易|合作|[出进]口|入境)|^(?:不得|应当|决定|予以|根据|依据|为了|即日|上述|下列|前款|自\d)|列入|移出|不再|公布之日|起[施实执]行|起实施|起生效|"
    r"\b(?:shall|is|are|was|were|has|have|had|must|been|among them)\b"
)
NOTHING = re.compile(  # in the place of goods
    r"^(?:上述|下列|前款|以下|附[件表]所列|本公告|一[条项种]$|自\d|开展$|实施|采取$|停止|删去|增加)|起[施实执]行|起实施|起生效|公布之日|"
    r"(?:总量|指标|配额|数量|总额|公告|通告|条例|规定|办法)$|\b(?:total|quota)s?$|"
    r"^(?:the )?(?:[A-Z]\w+ )*(?:Notice|Order|Regulations?|Rules?|Act|Decree)(?: (?:on|of|for) |$)|"
    r"改为|更正为|变更为|^\d+(?:\.\d+)?\s*(?:%|percent|吨|tonnes)|"
    r"^(?:the following|the above|among them|an? (?:additional|further|new)|these|those|such|all)\b",
    re.IGNORECASE,
)
