"""The authorities and publishers that our scrapers read, each once. A private scraper declares its
own in its module.

Those of which we only read acts on the pages of others are `ISSUERS`.
"""

from dataclasses import dataclass

# Authorities and registers as values: ours are in the tables beside, a scraper declares its own in
# its module.


@dataclass(frozen=True, slots=True)
class Series:
    """Acts that an authority numbers: the code in their keys (`mofcom-order`), what they are
    called here, and by itself.
    """

    code: str
    label: str
    own: str

    @property
    def orders(self) -> bool:
        """Return whether these are orders, by their own name (`商务部令`), and no announcements."""
        return self.own.endswith("令")

    @property
    def head(self) -> str:
        """Return the start of its own name: the issuer (`商务部`)."""
        return self.own.removesuffix("公告").removesuffix("令")


def numbered(code: str, label: str, own: str) -> tuple[Series, Series]:
    """The announcements and orders of a Chinese issuer by its `own` name, each with its own series
    of numbers.
    """
    return Series(code, label, f"{own}公告"), Series(f"{code}-order", f"{label} Order", f"{own}令")


@dataclass(frozen=True, slots=True)
class Authority:
    """An issuer of acts or registers, or a publisher of reports on them: `Authority("sg-customs",
    "Singapore Customs")`.

    The code begins with its country (ISO 3166-1, `eu`, `un`); `name` is its usual English name.
    `zone` is that of its days; optional if the country has one zone, or its capital's is known.
    `own` are its names in Chinese acts, the surest first; a name without a series uses the first
    one's. `phrases` are patterns of its English names; by default
    a scraper's authority has its `name`. `signs` are those by which an English act
    names its issuer, if different; `abroad` those of acts in other languages. `agency` is its name
    in the Federal Register. `near`: its acts are mostly on trade control, sanctions or
    countermeasures.
    """

    code: str
    name: str
    zone: str = ""
    series: tuple[Series, ...] = ()
    own: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    abroad: tuple[str, ...] = ()
    agency: str = ""
    near: bool = False

    @property
    def country(self) -> str:
        """The first part of its code: `cn`."""
        return country_of(self.code)


@dataclass(frozen=True, slots=True)
class NamedRegister:
    """A register: its name, its issuer, and the meaning of a listing in plain words.

    One act's text is no list's meaning: the list's rules are, with their date, if each act states
    its own measures. `own` is its name in its issuer's language, `written` are others in Chinese
    texts, `called` is their word for a listed one. `phrases` are patterns of its English names; by
    default its `name`. `goods`: it lists goods, not entities. `imposed`: it is a measure without a
    list's name, and `own` is its word, not a title.
    """

    code: str
    name: str
    issuer: str
    own: str = ""
    meaning: str = ""
    written: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    goods: bool = False
    imposed: bool = False

    @property
    def country(self) -> str:
        """That of its issuer."""
        return country_of(self.issuer)


Term = Authority | NamedRegister


def country_of(code: str) -> str:
    """The country that the code of an authority or a register begins with: `cn` of `cn-mofcom`."""
    return code.partition("-")[0]


UEL_MECHANISM = (
    r"Unreliable Entit(?:y|ies) List (?:Working )?Mechanism|Working Mechanism (?:for|of|on) the"
    r" Unreliable Entit(?:y|ies) List"
)

MOFCOM_ANNOUNCEMENTS, MOFCOM_ORDERS = numbered("mofcom", "MOFCOM", "商务部")
MFA_ANNOUNCEMENTS, MFA_ORDERS = numbered("mfa", "MFA", "外交部")
UEL_NOTICES = Series("uel", "UEL Notice", "不可靠实体清单工作机制公告")
# Series that the acts themselves spell otherwise than by a Chinese name: `(EU) 2025/40`, `NTE
# 2025/07`, `SOR/2025-40`.
EU_ACTS = Series("eu", "EU", "(EU)")
NOTICES_TO_EXPORTERS = Series("gb-nte", "NTE", "NTE")
STATUTORY_ORDERS = Series("sor", "SOR", "SOR")

AUTHORITIES = (
    Authority(
        "cn-mofcom",
        "MOFCOM",
        series=(MOFCOM_ANNOUNCEMENTS, MOFCOM_ORDERS, UEL_NOTICES),
        own=("不可靠实体清单工作机制", "商务部"),
        phrases=(
            UEL_MECHANISM,
            r"\bMOFCOM\b|\bMinistry of Commerce\b",
        ),
        signs=(
            UEL_MECHANISM,
            (
                r"\bMOFCOM\b|\bMinistry of Commerce\b(?: of (?:the People['’]s Republic of"
                r" )?China\b|(?! (?:and|&) Industry| of (?:the )?[A-Z]))"
            ),
        ),
        near=True,
    ),
    Authority(
        "cn-mfa",
        "China's MFA",
        series=(MFA_ANNOUNCEMENTS, MFA_ORDERS),
        own=("外交部",),
        phrases=(r"\bMinistry of Foreign Affairs\b",),
        signs=(
            r"\bMinistry of Foreign Affairs of (?:the People's Republic of )?China\b",
            r"\bMinistry of Foreign Affairs (?:Order|Decree|Announcement)\b",
        ),
        near=True,
    ),
    Authority(
        "cn-tao",
        "China's Taiwan Affairs Office",
        own=("国务院台湾事务办公室", "国务院台办", "国台办"),
        signs=(r"\bTaiwan Affairs Office\b",),
        near=True,
    ),
    Authority(
        "cn-gacc",
        "China Customs",
        series=numbered("gacc", "China Customs", "海关总署"),
        own=("海关总署",),
        signs=(r"\bGeneral Administration of Customs\b|\bGACC\b",),
    ),
    Authority(
        "cn-miit",
        "MIIT",
        series=numbered("miit", "MIIT", "工业和信息化部"),
        own=("工业和信息化部", "工信部"),
        signs=(r"\bMinistry of Industry and Information Technology\b|\bMIIT\b",),
    ),
    Authority("cn-gov", "China's State Council"),
    Authority("cn-xinhua", "Xinhua"),
    Authority("hk-scmp", "SCMP"),
    Authority(
        "us-bis",
        "BIS",
        phrases=(
            (
                r"Bureau of Industry and Security|Export Administration"
                r" Regulations|\bBIS\b|Department of Commerce"
            ),
        ),
        signs=(
            (
                r"\bBureau of Industry and Security\b|\bBIS\b|\bAssistant Secretary (?:of Commerce"
                r" )?for Export Enforcement\b"
            ),
            r"\bSection 766\.\d{1,2}\b",
        ),
        agency="industry-and-security-bureau",
        near=True,
    ),
    Authority(
        "us-ofac",
        "OFAC",
        phrases=(r"Office of Foreign Assets Control|\bOFAC\b",),
        signs=(r"\bOffice of Foreign Assets Control\b|\bOFAC\b",),
        agency="foreign-assets-control-office",
        near=True,
    ),
    Authority(
        "us-dod",
        "US Department of Defense",
        signs=(r"\b(?:U\.?S\.? )?Department of (?:Defense|War)\b",),
        agency="defense-department",
    ),
    Authority(
        "us-ita",
        "US International Trade Administration",
        signs=(r"\bInternational Trade Administration\b",),
    ),
    Authority(
        "us-fcc",
        "FCC",
        signs=(
            (
                r"\bFederal Communications Commission\b|\bFCC\b|\bPublic Safety and Homeland"
                r" Security Bureau\b"
            ),
        ),
        agency="federal-communications-commission",
    ),
    Authority(
        "us-dhs",
        "US DHS",
        signs=(
            r"\bForced Labor Enforcement Task Force\b|\bDepartment of Homeland Security\b|\bDHS\b",
        ),
        agency="homeland-security-department",
    ),
    Authority("us-federal-register", "Federal Register"),
    Authority("us-npr", "NPR"),
    Authority(
        "eu-commission",
        "European Commission",
        signs=(
            (
                r"\bCommission (?:Implementing |Delegated"
                r" )?(?:Regulation|Decision|Directive)\b|\bFor the Commission\b"
            ),
            r"\bTHE EUROPEAN COMMISSION\b",
        ),
        abroad=(
            (
                r"EUROPÄISCHE KOMMISSION|COMMISSION EUROPÉENNE|COMMISSIONE EUROPEA|COMISIÓN"
                r" EUROPEA|EUROPESE COMMISSIE"
            ),
        ),
    ),
    Authority(
        "eu-council",
        "Council of the EU",
        series=(EU_ACTS,),
        signs=(
            r"\bCouncil (?:Implementing |Delegated )?(?:Regulation|Decision)\b|\bFor the Council\b",
            r"\bTHE COUNCIL OF THE EUROPEAN UNION\b",
        ),
        abroad=(
            (
                r"RAT DER EUROPÄISCHEN UNION|CONSEIL DE L['’]UNION EUROPÉENNE|CONSIGLIO"
                r" DELL['’]UNIONE EUROPEA"
            ),
            r"CONSEJO DE LA UNIÓN EUROPEA|RAAD VAN DE EUROPESE UNIE",
        ),
    ),
    Authority(
        "gb-fcdo",
        "UK FCDO",
        signs=(
            (
                r"\bForeign, Commonwealth (?:and|&) Development Office\b|\bFCDO\b|"
                r"\(Sanctions\) \(EU Exit\) \(Amendment\)[^\n]{0,30} Regulations \d{4}"
            ),
        ),
    ),
    Authority(
        "gb-ecju",
        "UK ECJU",
        series=(NOTICES_TO_EXPORTERS,),
        signs=(
            (
                r"\bExport Control Joint Unit\b|\bECJU\b|\bNotices? to exporters \d{4}/\d+|\bNTE"
                r" \d{4}/\d+"
            ),
        ),
        near=True,
    ),
    Authority(
        "un-sc",
        "UN Security Council",
        signs=(
            (
                r"\bSecurity Council (?:(?:\d{3,4} |[A-Z][^.;:,]{1,60}? )?(?:Sanctions"
                r" )?Committee|resolution)\b"
            ),
        ),
        abroad=(r"Conseil de sécurité|Consejo de Seguridad|Совет[а-я]* Безопасности",),
    ),
    Authority("jp-meti", "METI", signs=(r"\bMinistry of Economy, Trade and Industry\b|\bMETI\b",)),
    Authority(
        "tw-trade",
        "Taiwan's Trade Administration",
        own=("经济部国际贸易署", "经济部国际贸易局"),
        signs=(
            (
                r"\bInternational Trade Administration, (?:Ministry of Economic"
                r" Affairs|MOEA)\b|\bTITA\b"
            ),
        ),
    ),
    Authority(
        "ch-seco",
        "SECO",
        signs=(
            (
                r"\b(?:State Secretariat for|Federal Department of) Economic"
                r" Affairs\b|\bSECO\b|\bSwiss Federal Council\b"
            ),
        ),
        near=True,
        abroad=(
            (
                r"Staatssekretariat für Wirtschaft|Secrétariat d['’]État à l['’]économie|Segreteria"
                r" di Stato dell['’]economia"
            ),
            r"Eidgenössische[sn]? Departement für Wirtschaft|Département fédéral de l['’]économie",
            r"Dipartimento federale dell['’]economia",
            r"Schweizerische[rn]? Bundesrat|Conseil fédéral suisse|Consiglio federale svizzero",
        ),
    ),
    Authority(
        "ca-gac",
        "Global Affairs Canada",
        series=(STATUTORY_ORDERS,),
        signs=(
            (
                r"\bGlobal Affairs Canada\b|\bGovernor General in Council\b|\bGovernor in"
                r" Council\b|\bSOR/\d{4}-\d+"
            ),
            r"\bSpecial Economic Measures \([A-Z][^()]{2,40}\)",
        ),
        abroad=(
            (
                r"Affaires mondiales Canada|[Gg]ouverneure? (?:en conseil|générale? en"
                r" conseil)|DORS/\d{4}-\d+"
            ),
        ),
    ),
    Authority(
        "au-dfat",
        "DFAT",
        signs=(
            (
                r"\bDepartment of Foreign Affairs and Trade\b|\bAustralian Sanctions"
                r" Office\b|\bDFAT\b|\bDefence Export Controls\b"
            ),
            (
                r"\b(?:Autonomous Sanctions|Defence and Strategic Goods"
                r" List)\b[^\n]{0,160}\bInstrument \d{4}"
            ),
        ),
    ),
)


# Bodies whose acts are on others' pages, alone or jointly with those of `AUTHORITIES`. One whose
# own pages we read moves there; a private scraper's declaration is completed from here. Those of
# China have their Chinese names, the surest first, and the series of their numbers. A joint act's
# number is of its first issuer's series. Without a series its numbers are no keys.

EXTRATERRITORIAL = "应对外国不当域外管辖工作机制"
EXTRATERRITORIAL_NOTICES = Series(
    "extraterritorial", "Anti-Extraterritoriality Notice", f"{EXTRATERRITORIAL}公告"
)


OTHERS = """
cn-mof China's Ministry of Finance: 财政部
cn-most MOST: 科学技术部 科技部
cn-mnr China's Ministry of Natural Resources: 自然资源部
cn-mps China's Ministry of Public Security: 公安部
cn-mss China's Ministry of State Security: 国家安全部
cn-mee MEE: 生态环境部 环境保护部
cn-mem MEM: 应急管理部
cn-mara MARA: 农业农村部
cn-moj China's Ministry of Justice: 司法部
cn-cac CAC: 国家互联网信息办公室 国家网信办
cn-sca State Cryptography Administration: 国家密码管理局 国家密码局 国密局
cn-sastind SASTIND: 国家国防科技工业局 国家国防科工局 国防科工局
cn-cmc-edd CMC Equipment Development: 中央军委装备发展部 总装备部
cn-caea China Atomic Energy Authority: 国家原子能机构
cn-cnsa CNSA: 国家航天局
cn-nea National Energy Administration: 国家能源局
cn-samr SAMR: 国家市场监督管理总局 市场监管总局
cn-sta State Taxation Administration: 国家税务总局 税务总局
cn-pboc PBOC: 中国人民银行 人民银行
cn-safe SAFE: 国家外汇管理局 国家外汇局
cn-nmpa NMPA: 国家药品监督管理局 国家药监局
cn-nfga National Forestry and Grassland Administration: 国家林业和草原局 国家林草局
cn-nia National Immigration Administration: 国家移民管理局
cn-caac CAAC: 中国民用航空局 中国民航局 民航局
"""


def _issuer(code: str, name: str, *own: str, signs: tuple[str, ...] = ()) -> Authority:
    """A body `cn-mot` with the series `mot`, of which its numbers are by its first name."""
    series = numbered(code.partition("-")[2], name.removeprefix("China's "), own[0])
    return Authority(code, name, series=series, own=own, signs=signs)


def _parse_issuer(line: str) -> Authority:
    """One that no English act names: `cn-mem MEM: 应急管理部`."""
    head, _, own = line.partition(": ")
    return _issuer(*head.split(" ", 1), *own.split())


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
            (
                r"\bWorking Mechanism (?:for|on|to) (?:Counter|Respond|Address)\w*(?: to)? (?:\w+"
                r" ){0,3}Extraterritorial\b"
            ),
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
    _issuer(
        "cn-ndrc",
        "NDRC",
        "国家发展和改革委员会",
        "国家发展改革委",
        "国家发改委",
        signs=(r"\bNational Development and Reform Commission\b|\bNDRC\b",),
    ),
    _issuer(
        "cn-mot",
        "China's Ministry of Transport",
        "交通运输部",
        signs=(r"\bMinistry of Transport(?: of the People's Republic of China| of China)?\b",),
    ),
    *map(_parse_issuer, OTHERS.strip().splitlines()),
    Authority(
        "hk-government",
        "Hong Kong Government",
        own=("香港特别行政区", "香港特别行政区政府", "香港海关", "香港工业贸易署", "工业贸易署"),
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
            (
                r"\bDirectorate of Defense Trade Controls\b|\bDDTC\b|\bBureau of International"
                r" Security and Nonproliferation\b"
            ),
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
    Authority(
        "gb-otsi",
        "UK OTSI",
        signs=(r"\bOffice of Trade Sanctions Implementation\b|\bOTSI\b",),
        near=True,
    ),
    Authority(
        "gb-ofsi",
        "UK OFSI",
        signs=(
            (
                r"\bOffice of Financial Sanctions Implementation\b|\bOFSI\b|\bFINANCIAL SANCTIONS"
                r" NOTICE\b"
            ),
        ),
        near=True,
    ),
    Authority(
        "gb-dbt",
        "UK Department for Business and Trade",
        signs=(r"\bDepartment for Business and Trade\b",),
    ),
    Authority("jp-mof", "Japan's Ministry of Finance"),
    Authority("jp-mofa", "Japan's Ministry of Foreign Affairs"),
    Authority("kr-mofa", "Korea's Ministry of Foreign Affairs"),
    Authority("kr-moef", "Korea's Ministry of Finance"),
    Authority(
        "kr-motie",
        "MOTIE",
        signs=(r"\bMinistry of Trade, Industry and (?:Energy|Resources)\b|\bMOTIE\b|\bMOTIR\b",),
    ),
    Authority(
        "sg-customs",
        "Singapore Customs",
        own=("新加坡关税局", "新加坡海关"),
        signs=(r"\bSingapore Customs\b",),
    ),
    Authority(
        "nl-government",
        "Dutch government",
        signs=(r"\bStaatscourant\b|\bMinister for Foreign Trade\b|\bMinister of Foreign Trade\b",),
        abroad=(
            (
                r"Staatscourant|[Mm]inister voor Buitenlandse Handel|[Mm]inister van Buitenlandse"
                r" Zaken"
            ),
        ),
    ),
    Authority(
        "de-bafa",
        "Germany's BAFA",
        abroad=(r"Bundesamt(?:e?s)? für Wirtschaft und Ausfuhrkontrolle|\bBAFA\b",),
    ),
    Authority(
        "fr-government",
        "French government",
        abroad=(r"Journal officiel de la République française",),
    ),
    Authority(
        "ru-government",
        "Russian government",
        abroad=(r"Правительств[оа] Р(?:оссийской )?Ф|Минпромторг",),
    ),
    Authority(
        "nz-mfat",
        "New Zealand's MFAT",
        signs=(
            (
                r"\bNew Zealand (?:Ministry|Minister|Government)\b|\bMinistry of Foreign Affairs and"
                r" Trade, Wellington\b|\bAt Wellington\b|\bExecutive Council\b|\bMFAT\b"
            ),
        ),
        near=True,
    ),
    Authority(
        "in-dgft",
        "India's DGFT",
        signs=(r"\bDirectorate General of Foreign Trade\b|\bDGFT\b",),
        abroad=(r"Directorate General of Foreign Trade|DIRECTORATE GENERAL OF FOREIGN TRADE",),
    ),
)
