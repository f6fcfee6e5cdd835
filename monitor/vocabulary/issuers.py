"""Bodies whose acts stand on the pages of others, alone or jointly with those of `authorities.py`.

One whose own pages we come to read moves there; what a private scraper declares of one is completed from here.

Those of China have the names that they bear in Chinese, the surest first, and the series of their numbers; the number of a joint
act is of the series of its first issuer. Without a series its numbers are no keys.
"""

from monitor.vocabulary.terms import Authority, Series, numbered

EXTRATERRITORIAL = "应对外国不当域外管辖工作机制"
EXTRATERRITORIAL_NOTICES = Series("extraterritorial", "Anti-Extraterritoriality Notice", f"{EXTRATERRITORIAL}公告")


def _issuer(code: str, name: str, *own: str, label: str = "") -> Authority:
    """A body `cn-mot` with the series `mot`, of which its numbers are by its first name."""
    return Authority(code, name, series=numbered(code.partition("-")[2], label or name, own[0]), own=own)


ISSUERS = (
    Authority(
        "cn-state-council",
        "State Council",
        series=(
            *numbered("state-council", "State Council", "国务院"),
            EXTRATERRITORIAL_NOTICES,
        ),
        own=("国务院", EXTRATERRITORIAL),
        signs=(
            r"\bState Council(?: of the People's Republic of China)?\b",
            r"\bWorking Mechanism (?:for|on|to) (?:Counter|Respond|Address)\w*(?: to)? (?:\w+ ){0,3}Extraterritorial\b",
        ),
    ),
    Authority(
        "cn-customs-tariff-commission",
        "China's Tariff Commission",
        series=numbered("tariff-commission", "Tariff Commission", "国务院关税税则委员会"),
        own=("国务院关税税则委员会", "税委会"),
        signs=(r"\bState Council Tariff Commission|Customs Tariff Commission\b",),
    ),
    Authority(
        "cn-npc",
        "NPC Standing Committee",
        series=numbered("president", "Presidential", "中华人民共和国主席"),
        own=("全国人民代表大会常务委员会", "全国人大常委会", "中华人民共和国主席"),
    ),
    Authority(
        "cn-ndrc",
        "NDRC",
        series=numbered("ndrc", "NDRC", "国家发展和改革委员会"),
        own=("国家发展和改革委员会", "国家发展改革委", "国家发改委"),
        signs=(r"\bNational Development and Reform Commission\b|\bNDRC\b",),
    ),
    Authority(
        "cn-mot",
        "China's Ministry of Transport",
        series=numbered("mot", "Ministry of Transport", "交通运输部"),
        own=("交通运输部",),
        signs=(r"\bMinistry of Transport(?: of the People's Republic of China| of China)?\b",),
    ),
    _issuer("cn-mof", "China's Ministry of Finance", "财政部", label="Ministry of Finance"),
    _issuer("cn-most", "MOST", "科学技术部", "科技部"),
    _issuer("cn-mnr", "China's Ministry of Natural Resources", "自然资源部", label="Ministry of Natural Resources"),
    _issuer("cn-mps", "China's Ministry of Public Security", "公安部", label="Ministry of Public Security"),
    _issuer("cn-mss", "China's Ministry of State Security", "国家安全部", label="Ministry of State Security"),
    _issuer("cn-mee", "MEE", "生态环境部", "环境保护部"),
    _issuer("cn-mem", "MEM", "应急管理部"),
    _issuer("cn-mara", "MARA", "农业农村部"),
    _issuer("cn-moj", "China's Ministry of Justice", "司法部", label="Ministry of Justice"),
    _issuer("cn-cac", "CAC", "国家互联网信息办公室", "国家网信办"),
    _issuer("cn-sca", "State Cryptography Administration", "国家密码管理局", "国家密码局", "国密局"),
    _issuer("cn-sastind", "SASTIND", "国家国防科技工业局", "国家国防科工局", "国防科工局"),
    _issuer("cn-cmc-edd", "CMC Equipment Development", "中央军委装备发展部", "总装备部"),
    _issuer("cn-caea", "China Atomic Energy Authority", "国家原子能机构"),
    _issuer("cn-cnsa", "CNSA", "国家航天局"),
    _issuer("cn-nea", "National Energy Administration", "国家能源局"),
    _issuer("cn-samr", "SAMR", "国家市场监督管理总局", "市场监管总局"),
    _issuer("cn-sta", "State Taxation Administration", "国家税务总局", "税务总局"),
    _issuer("cn-pboc", "PBOC", "中国人民银行", "人民银行"),
    _issuer("cn-safe", "SAFE", "国家外汇管理局", "国家外汇局"),
    _issuer("cn-nmpa", "NMPA", "国家药品监督管理局", "国家药监局"),
    _issuer("cn-nfga", "National Forestry and Grassland Administration", "国家林业和草原局", "国家林草局"),
    _issuer("cn-nia", "National Immigration Administration", "国家移民管理局"),
    _issuer("cn-caac", "CAAC", "中国民用航空局", "中国民航局", "民航局"),
    Authority(
        "hk-government",
        "Hong Kong Government",
        own=("香港特别行政区", "香港海关", "香港工业贸易署"),
        signs=(
            r"\bChief Executive (?:in Council|of the Hong Kong)\b|\bGovernment of the Hong Kong\b",
            r"\bHong Kong Special Administrative Region\b",
        ),
    ),
    Authority("mo-government", "Macao Government", own=("澳门特别行政区", "澳门海关")),
    Authority(
        "us-president",
        "US President",
        signs=(r"\bExecutive Order \d{5}\b|\bBy the authority vested in me as President\b",),
    ),
    Authority(
        "us-state",
        "US Department of State",
        signs=(
            r"\bDirectorate of Defense Trade Controls\b|\bDDTC\b|\bBureau of International Security and Nonproliferation\b",
            r"\b(?:U\.?S\.? )?Department of State\b|\bState Department\b",
        ),
        agency="state-department",
    ),
    Authority(
        "us-ustr",
        "USTR",
        signs=(r"\b(?:Office of the )?(?:United States|U\.?S\.?) Trade Representative\b|\bUSTR\b",),
        agency="trade-representative-office-of-united-states",
    ),
    Authority(
        "us-cbp",
        "US Customs and Border Protection",
        signs=(r"\bU\.?S\.? Customs and Border Protection\b|\bCBP\b",),
        agency="u-s-customs-and-border-protection",
    ),
    Authority("gb-otsi", "UK OTSI", signs=(r"\bOffice of Trade Sanctions Implementation\b|\bOTSI\b",), near=True),
    Authority("gb-ofsi", "UK OFSI", signs=(r"\bOffice of Financial Sanctions Implementation\b|\bOFSI\b",), near=True),
    Authority("gb-dbt", "UK Department for Business and Trade", signs=(r"\bDepartment for Business and Trade\b",)),
    Authority("jp-mof", "Japan's Ministry of Finance"),
    Authority(
        "kr-motie",
        "MOTIE",
        signs=(r"\bMinistry of Trade, Industry and (?:Energy|Resources)\b|\bMOTIE\b|\bMOTIR\b",),
    ),
    Authority("sg-customs", "Singapore Customs", signs=(r"\bSingapore Customs\b",)),
    Authority(
        "nl-government",
        "Dutch government",
        signs=(r"\bStaatscourant\b|\bMinister for Foreign Trade\b|\bMinister of Foreign Trade\b",),
    ),
)
