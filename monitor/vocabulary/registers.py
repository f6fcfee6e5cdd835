"""The registers that our sources publish or change, each once. A private scraper declares its own
in its module. A register's new name is one more word here; the grammar of `monitor.extract` reads
its names from here.
"""

from monitor.vocabulary.authorities import NamedRegister

UNRELIABLE = NamedRegister(
    "cn-unreliable-entities",
    "Unreliable Entity List",
    "cn-mofcom",
    own="不可靠实体清单",
    meaning=(
        "the list's rules of 19 Sep 2020 allow bans on trade with China, on investment, entry, work"
        " and stay there, and fines. Each act states its own measures."
    ),
    phrases=(
        r"unreliable[- ](?:entity|entities)[- ]list",
        r"unreliable list of entities",
        r"list of unreliable (?:entities|entity|organi[sz]ations|companies)",
    ),
)
CONTROLLED = NamedRegister(
    "cn-export-control-entities",
    "Export Control List",
    "cn-mofcom",
    own="出口管制管控名单",
    meaning=(
        "dual-use exports to them, also those under way, are barred or restricted (regulations in"
        " force since 1 Dec 2024). Each act states its own measures."
    ),
    written=("管控名单",),
    phrases=(
        r"export[- ]controls? (?:control )?list",
        r"(?<!export )(?<!export-)(?<!dual-use )control list",
        r"list of (?:entities|companies) subject to export controls?",
    ),
)
WATCHED = NamedRegister(
    "cn-watch-list",
    "Watch List",
    "cn-mofcom",
    own="关注名单",
    meaning=(
        "dual-use exports to them need an individual MOFCOM licence, with a risk report and a"
        " commitment to the rules (regulations in force since 1 Dec 2024). Each act states its own"
        " measures."
    ),
    written=("出口管制关注名单",),
    phrases=(r"watch[- ]?list", r"list of (?:entities|companies) of concern"),
)
COUNTERED = NamedRegister(
    "cn-countermeasures",
    "Countermeasures List",
    "cn-mfa",
    own="反制清单",
    meaning=(
        "the law of 10 Jun 2021 allows freezing assets in China, a ban on dealings with anybody"
        " there, and no visa or entry. Each decision states its own measures."
    ),
    written=("反制裁清单",),
    phrases=(r"counter[- ]?measures? list", r"anti[- ]foreign[- ]sanctions law"),
)
SEPARATISTS = NamedRegister(
    "cn-tao-separatists",
    "Taiwan Separatists List",
    "cn-tao",
    own="“台独”顽固分子清单",
    meaning=(
        "the statement of 5 Nov 2021 barred them and their families from the mainland, Hong Kong"
        " and Macao, their organisations from work with anybody on the mainland, and firms tied to"
        " them from earning there. Each statement gives its own measures."
    ),
    written=("台独顽固分子名单", '台独顽固分子"清单'),
    called=("台独顽固分子",),
)
ACCOMPLICES = NamedRegister(
    "cn-tao-accomplices",
    "Taiwan Separatists' Accomplices List",
    "cn-tao",
    own="“台独”打手帮凶名单",
    meaning="they are to be held to account for life. Each statement gives its own measures.",
    written=("台独打手、帮凶名单", "台独打手帮凶清单"),
    called=("台独打手帮凶", "台独打手、帮凶", "台独打手和帮凶", "台独打手与帮凶"),
)
PENALISED = NamedRegister(
    "cn-tao-penalties",
    "Taiwan-related penalties",
    "cn-tao",
    own="惩戒",
    meaning="penalties without a place on a list; each statement gives its own measures.",
    imposed=True,
)
DUAL_USE = NamedRegister(
    "cn-dual-use-items",
    "dual-use export control list",
    "cn-mofcom",
    own="两用物项出口管制清单",
    meaning="exports of these items need a MOFCOM licence.",
    written=("商用密码出口管制清单",),
    phrases=(
        r"list of dual[- ]use items|dual[- ]use items? (?:export[- ])?control list",
        r"export (?:controls?|restrictions?|curbs?) (?:over|on|of)\b",
    ),
    goods=True,
)
CATALOGUE = NamedRegister(
    "cn-licence-catalogue",
    "dual-use licence catalogue",
    "cn-mofcom",
    own="两用物项和技术进出口许可证管理目录",
    meaning="the goods for which customs asks for a dual-use licence.",
    goods=True,
)
TECHNOLOGIES = NamedRegister(
    "cn-restricted-technologies",
    "catalogue of technologies barred or restricted from export",
    "cn-mofcom",
    own="禁止出口限制出口技术目录",
    meaning=(
        "technologies on it that are barred may not leave China; those restricted need a MOFCOM"
        " licence."
    ),
    phrases=(
        r"catalogue of technologies (?:that are |which are )?(?:prohibited|restricted|barred)",
    ),
    goods=True,
)
BLOCKED = NamedRegister(
    "cn-blocking-orders",
    "blocking orders",
    "cn-mofcom",
    meaning=(
        "nobody in China may recognise, carry out or obey the foreign measures that the order"
        " names."
    ),
)
MALICIOUS = NamedRegister(
    "cn-malicious-entities",
    "Malicious Entity List",
    "cn-state-council",
    own="恶意实体清单",
    meaning=(
        "they take part in foreign measures that reach beyond their own territory without right; no"
        " dealings with them, no investment, no entry, as each act states."
    ),
    called=("恶意实体", "恶意外国实体"),
    phrases=(r"malicious[- ](?:entity|entities)[- ]list",),
)
GENERAL_LICENCES = NamedRegister(
    "cn-general-licences",
    "China's general licences",
    "cn-mofcom",
    meaning=(
        "what a general licence or an exemption covers may be exported without a licence for each"
        " order."
    ),
    phrases=(r"\b[Gg]eneral [Ll]icen[cs]e",),
    goods=True,
)
STATE_TRADING = NamedRegister(
    "cn-state-trading",
    "China's quotas and state trading",
    "cn-mofcom",
    meaning=(
        "only as much may be produced or exported as the quota says, and only by those who hold it"
        " or are named."
    ),
    goods=True,
)
PORT_MEASURES = NamedRegister(
    "cn-port-measures",
    "China's port measures",
    "cn-mot",
    meaning=(
        "ships of the countries or firms named pay special dues or may not call at Chinese ports."
    ),
)
HONG_KONG = NamedRegister(
    "hk-countermeasures",
    "Hong Kong's countermeasures",
    "hk-government",
    meaning="what Hong Kong forbids to or with those named.",
)
ENTITY_LIST = NamedRegister(
    "us-bis-entity-list",
    "US Entity List",
    "us-bis",
    meaning="a BIS licence is needed for items subject to the EAR.",
    phrases=(
        (
            r"(?<!Unreliable )(?<!Malicious )(?<!UFLPA )(?<!Prevention Act )(?<!Commodities"
            r" )(?<!SHTC )\bEntity [Ll]ist\b"
            r"(?! Mechanism| Working)"
        ),
    ),
)
DENIED_PERSONS = NamedRegister(
    "us-bis-denied-persons",
    "US Denied Persons List",
    "us-bis",
    meaning="no part in any transaction subject to the EAR.",
    phrases=(r"\bDenied Persons List\b",),
)
COMMERCE_CONTROL = NamedRegister(
    "us-ccl",
    "US Commerce Control List",
    "us-bis",
    meaning="a BIS licence may be needed, by reason for control and destination.",
    phrases=(r"\bCommerce Control List\b|\bCCL\b",),
    goods=True,
)

EU_DUAL_USE = NamedRegister(
    "eu-dual-use",
    "EU dual-use controls",
    "eu-council",
    meaning=(
        "exports of listed dual-use items, or of such items to those listed, need an authorisation."
    ),
)

EU_SANCTIONS = NamedRegister(
    "eu-financial-sanctions",
    "EU financial sanctions list",
    "eu-commission",
    meaning="funds are frozen and may not be made available.",
)

REGISTERS = (
    UNRELIABLE,
    CONTROLLED,
    WATCHED,
    COUNTERED,
    SEPARATISTS,
    ACCOMPLICES,
    PENALISED,
    DUAL_USE,
    CATALOGUE,
    TECHNOLOGIES,
    BLOCKED,
    MALICIOUS,
    GENERAL_LICENCES,
    STATE_TRADING,
    PORT_MEASURES,
    HONG_KONG,
    ENTITY_LIST,
    NamedRegister(
        "us-bis-military-end-users",
        "US Military End-User List",
        "us-bis",
        meaning="a BIS licence is needed for the items of EAR part 744, supplement 2.",
        phrases=(r"\bMilitary[- ]+End[- ]*Users?['\"]*\s*(?:\(MEU\) )?[Ll]ist\b|\bMEU List\b",),
    ),
    NamedRegister(
        "us-bis-military-intelligence",
        "US military-intelligence end users",
        "us-bis",
        meaning="a BIS licence is needed for all items subject to the EAR, and is presumed denied.",
        phrases=(r"\b[Mm]ilitary[- ]+[Ii]ntelligence [Ee]nd[- ]*[Uu]sers?\b",),
    ),
    NamedRegister(
        "us-ear",
        "US Export Administration Regulations, by section",
        "us-bis",
        meaning="the section as it stands since the day named.",
    ),
    NamedRegister(
        "us-bis-unverified",
        "US Unverified List",
        "us-bis",
        meaning="no licence exceptions; the party signs a statement before each unlicensed export.",
        phrases=(r"\bUnverified [Ll]ist\b|\bUVL\b",),
    ),
    DENIED_PERSONS,
    COMMERCE_CONTROL,
    NamedRegister(
        "us-ofac-sdn",
        "US SDN List",
        "us-ofac",
        meaning="property is blocked; US persons may not deal with them without a licence.",
        phrases=(r"\bSpecially Designated Nationals\b|\bSDN [Ll]ist\b",),
    ),
    NamedRegister(
        "us-ofac-licences",
        "OFAC general licences",
        "us-ofac",
        meaning="what a general licence authorises is not prohibited while it is valid.",
        phrases=(r"(?<!Temporary )\bGeneral License(?:s|\b)(?! FAQ)",),
        goods=True,
    ),
    NamedRegister(
        "us-itar-debarred",
        "US list of debarred parties (ITAR)",
        "us-state",
        meaning="no part in exports of defence articles or services.",
        phrases=(
            r"\b(?:[Ss]tatutor\w+|[Aa]dministrativ\w+) [Dd]ebar\w+|\b[Dd]ebarred [Pp]arties\b",
        ),
    ),
    NamedRegister(
        "us-ofac-consolidated",
        "US Consolidated (non-SDN) Sanctions List",
        "us-ofac",
        meaning="limited sanctions, named by programme.",
    ),
    NamedRegister(
        "us-csl",
        "US Consolidated Screening List",
        "us-ita",
        meaning="the measures of the list named in the entry apply.",
    ),
    NamedRegister(
        "us-dod-1260h",
        "US list of Chinese military companies (1260H)",
        "us-dod",
        meaning="barred from contracts of the US Department of Defense.",
        phrases=(r"\b1260H\b|\bChinese [Mm]ilitary [Cc]ompan(?:y|ies)\b",),
    ),
    NamedRegister(
        "us-fcc-covered",
        "US FCC Covered List",
        "us-fcc",
        meaning="no FCC authorisation for the equipment listed.",
        phrases=(r"\bCovered List\b",),
    ),
    NamedRegister(
        "us-dhs-uflpa",
        "US UFLPA Entity List",
        "us-dhs",
        meaning="their goods are presumed barred from import into the US.",
        phrases=(
            (
                r"\bUFLPA Entity [Ll]ist\b|\bForced Labor Prevention Act Entity [Ll]ist\b|\bDHS"
                r" Entity [Ll]ist\b"
            ),
        ),
    ),
    NamedRegister(
        "us-cbp-forced-labor",
        "US withhold release orders and findings",
        "us-cbp",
        meaning=(
            "the goods named are held at US ports, or barred from import, as made with forced"
            " labour."
        ),
        phrases=(r"\b[Ww]ithhold [Rr]elease [Oo]rders?\b",),
    ),
    EU_DUAL_USE,
    EU_SANCTIONS,
    NamedRegister(
        "eu-sectoral",
        "EU annexes of those under sectoral restrictions",
        "eu-council",
        meaning=(
            "exports, services, loans or access to ports are restricted, as the annex's article"
            " says; nothing is frozen."
        ),
    ),
    NamedRegister(
        "gb-sanctions",
        "UK Sanctions List",
        "gb-fcdo",
        meaning="the sanctions named in the entry apply.",
        phrases=(r"(?i:\bUK sanctions list\b|\bfinancial sanctions notice\b)",),
    ),
    NamedRegister(
        "gb-investment-bans",
        "UK list of Russia's financial and investment restrictions",
        "gb-ofsi",
        meaning=(
            "no dealing in their securities, no loans to them, as the Russia regulations say;"
            " assets are not frozen."
        ),
    ),
    NamedRegister(
        "gb-export-notices",
        "UK notices to exporters",
        "gb-ecju",
        meaning="what the unit tells exporters: changed controls, licences, sanctions.",
        phrases=(
            (
                r"\b(?:open (?:general|individual) (?:export|trade control)"
                r" licen[cs]es?|OGELs?|OGTCLs?|OIELs?|SIELs?)\b"
            ),
        ),
        goods=True,
    ),
    NamedRegister(
        "un-sc",
        "UN Security Council Consolidated List",
        "un-sc",
        meaning="the measures of the committee named in the entry apply.",
        phrases=(r"\bSecurity Council\b[^.;]{0,80}\b(?:[Ss]anctions|[Cc]onsolidated) [Ll]ist\b",),
    ),
    NamedRegister(
        "jp-meti-end-users",
        "Japan's End User List",
        "jp-meti",
        meaning="exports may need a METI licence.",
        phrases=(r"(?<!Military )(?<!Validated )\b(?:Foreign )?End[- ]User [Ll]ist\b",),
    ),
    NamedRegister(
        "jp-export-order",
        "Japan's export control order",
        "jp-meti",
        meaning="exports of the goods and technologies listed need a METI licence.",
        phrases=(r"\bExport Trade Control Order\b|\bForeign Exchange Order\b|\bAppended Table\b",),
        goods=True,
    ),
    NamedRegister(
        "jp-export-bans",
        "Japan's export bans on named organisations",
        "jp-meti",
        meaning=(
            "exports to them, or through them to Russia or Belarus, need an approval that is"
            " refused as a rule."
        ),
    ),
    NamedRegister(
        "jp-asset-freezes",
        "Japan's asset freezes",
        "jp-mof",
        meaning="payments to them and capital transactions with them need a permit.",
    ),
    NamedRegister(
        "kr-financial-sanctions",
        "Korea's financial sanctions",
        "kr-mofa",
        meaning="payments to them and financial transactions with them need a permit.",
    ),
    NamedRegister(
        "kr-concern-parties",
        "Korea's parties of concern",
        "kr-motie",
        meaning="whoever deals with them in strategic items needs a permit first.",
    ),
    NamedRegister(
        "kr-strategic-items",
        "Korea's strategic items",
        "kr-motie",
        meaning=(
            "exports of the items, or of situational ones to the countries named, need a permit."
        ),
        phrases=(r"\bTrade of Strategic Items\b|\bstrategic items (?:list|subject)\b",),
        goods=True,
    ),
    NamedRegister(
        "tw-shtc",
        "Taiwan's strategic high-tech entity list",
        "tw-trade",
        written=("战略性高科技货品实体管理名单",),
        meaning="exports of controlled goods need a licence.",
        phrases=(
            r"\bStrategic High-[Tt]ech Commodit(?:y|ies) Entity List\b|\bSHTC Entity [Ll]ist\b",
        ),
    ),
    NamedRegister(
        "ch-seco",
        "Swiss sanctions list (SECO)",
        "ch-seco",
        meaning="the measures of the ordinance named in the entry apply.",
    ),
    NamedRegister(
        "ca-sema",
        "Canada's autonomous sanctions list",
        "ca-gac",
        meaning="dealings by persons in Canada are prohibited.",
        phrases=(r"\bSpecial Economic Measures\b",),
    ),
    NamedRegister(
        "au-dfat",
        "Australia's Consolidated List",
        "au-dfat",
        meaning="targeted financial sanctions or travel bans apply.",
        phrases=(r"\bAutonomous Sanctions \(",),
    ),
    NamedRegister(
        "in-export-policy",
        "India's export policy",
        "in-dgft",
        meaning="what is restricted needs a DGFT authorisation, what is prohibited may not leave.",
        phrases=(r"\b[Ee]xport [Pp]olicy\b",),
        goods=True,
    ),
    NamedRegister(
        "nz-sanctions",
        "New Zealand's sanctions register",
        "nz-mfat",
        meaning="dealings by persons in New Zealand are prohibited.",
        phrases=(r"\b(?:Russia|Belarus) Sanctions (?:Amendment )?Regulations\b",),
    ),
)
