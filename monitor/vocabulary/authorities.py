"""The authorities and publishers that our scrapers read, each once. A private scraper declares its own in its module.

Those of which we only read acts on the pages of others are in `issuers.py`.
"""

from monitor.vocabulary.terms import Authority, Series, numbered

UEL_MECHANISM = (
    r"Unreliable Entit(?:y|ies) List (?:Working )?Mechanism|Working Mechanism (?:for|of|on) the Unreliable Entit(?:y|ies) List"
)

MOFCOM_ANNOUNCEMENTS, MOFCOM_ORDERS = numbered("mofcom", "MOFCOM", "商务部")
MFA_ANNOUNCEMENTS, MFA_ORDERS = numbered("mfa", "MFA", "外交部")
UEL_NOTICES = Series("uel", "UEL Notice", "不可靠实体清单工作机制公告")
# Series that the acts themselves spell otherwise than by a Chinese name: `(EU) 2025/40`, `NTE 2025/07`, `SOR/2025-40`.
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
        signs=(UEL_MECHANISM, r"\bMOFCOM\b|\bMinistry of Commerce\b(?! and Industry)"),
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
        phrases=(r"Bureau of Industry and Security|Export Administration Regulations|\bBIS\b|Department of Commerce",),
        signs=(
            r"\bBureau of Industry and Security\b|\bBIS\b|\bAssistant Secretary (?:of Commerce )?for Export Enforcement\b",
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
    Authority("us-ita", "US International Trade Administration", signs=(r"\bInternational Trade Administration\b",)),
    Authority(
        "us-fcc",
        "FCC",
        signs=(r"\bFederal Communications Commission\b|\bFCC\b|\bPublic Safety and Homeland Security Bureau\b",),
        agency="federal-communications-commission",
    ),
    Authority(
        "us-dhs",
        "US DHS",
        signs=(r"\bForced Labor Enforcement Task Force\b|\bDepartment of Homeland Security\b|\bDHS\b",),
        agency="homeland-security-department",
    ),
    Authority("us-federal-register", "Federal Register"),
    Authority("us-npr", "NPR"),
    Authority(
        "eu-commission",
        "European Commission",
        signs=(
            r"\bCommission (?:Implementing |Delegated )?(?:Regulation|Decision|Directive)\b|\bFor the Commission\b",
            r"\bTHE EUROPEAN COMMISSION\b",
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
    ),
    Authority("gb-fcdo", "UK FCDO", signs=(r"\bForeign, Commonwealth and Development Office\b|\bFCDO\b",)),
    Authority(
        "gb-ecju",
        "UK ECJU",
        series=(NOTICES_TO_EXPORTERS,),
        signs=(r"\bExport Control Joint Unit\b|\bECJU\b|\bNotices? to exporters \d{4}/\d+|\bNTE \d{4}/\d+",),
        near=True,
    ),
    Authority(
        "un-sc",
        "UN Security Council",
        signs=(r"\bSecurity Council (?:(?:\d{3,4} |[A-Z][^.;:,]{1,60}? )?(?:Sanctions )?Committee|resolution)\b",),
    ),
    Authority("jp-meti", "METI", signs=(r"\bMinistry of Economy, Trade and Industry\b|\bMETI\b",)),
    Authority(
        "tw-trade",
        "Taiwan's Trade Administration",
        signs=(r"\bInternational Trade Administration, (?:Ministry of Economic Affairs|MOEA)\b|\bTITA\b",),
    ),
    Authority(
        "ch-seco",
        "SECO",
        signs=(r"\b(?:State Secretariat for|Federal Department of) Economic Affairs\b|\bSECO\b|\bSwiss Federal Council\b",),
        near=True,
    ),
    Authority(
        "ca-gac",
        "Global Affairs Canada",
        series=(STATUTORY_ORDERS,),
        signs=(
            r"\bGlobal Affairs Canada\b|\bGovernor General in Council\b|\bGovernor in Council\b|\bSOR/\d{4}-\d+",
            r"\bSpecial Economic Measures \([A-Z][^()]{2,40}\)",
        ),
    ),
    Authority(
        "au-dfat",
        "DFAT",
        signs=(
            r"\bDepartment of Foreign Affairs and Trade\b|\bAustralian Sanctions Office\b|\bDFAT\b|\bDefence Export Controls\b",
            r"\bAutonomous Sanctions\b[^\n]{0,160}\bInstrument \d{4}",
        ),
    ),
)
