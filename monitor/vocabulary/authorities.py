"""The authorities and publishers that our scrapers read, each once. A private scraper declares its own in its module."""

from monitor.vocabulary.terms import Authority, Series

UEL_MECHANISM = r"Unreliable Entity List (?:Working )?Mechanism|Unreliable Entities List (?:Working )?Mechanism"

AUTHORITIES = (
    Authority(
        "cn-mofcom",
        "MOFCOM",
        series=(
            Series("mofcom", "MOFCOM", "商务部公告"),
            Series("mofcom-order", "MOFCOM Order", "商务部令"),
            Series("uel", "UEL Notice", "不可靠实体清单工作机制公告"),
        ),
        own=("不可靠实体清单工作机制", "商务部"),
        phrases=(
            UEL_MECHANISM,
            r"\bMOFCOM\b|\bMinistry of Commerce\b",
        ),
    ),
    Authority(
        "cn-mfa",
        "China's MFA",
        series=(Series("mfa-order", "MFA Order", "外交部令"),),
        own=("外交部",),
        phrases=(r"\bMinistry of Foreign Affairs\b",),
    ),
    Authority("cn-tao", "China's Taiwan Affairs Office", own=("国务院台湾事务办公室", "国务院台办")),
    Authority("cn-gacc", "China Customs"),
    Authority("cn-miit", "MIIT"),
    Authority("cn-gov", "China's State Council"),
    Authority("cn-xinhua", "Xinhua"),
    Authority("hk-scmp", "SCMP"),
    Authority(
        "us-bis",
        "BIS",
        phrases=(r"Bureau of Industry and Security|Export Administration Regulations|\bBIS\b|Department of Commerce",),
        agency="industry-and-security-bureau",
    ),
    Authority(
        "us-ofac",
        "OFAC",
        phrases=(r"Office of Foreign Assets Control|\bOFAC\b",),
        agency="foreign-assets-control-office",
    ),
    Authority("us-dod", "US Department of Defense", agency="defense-department"),
    Authority("us-ita", "US International Trade Administration"),
    Authority("us-fcc", "FCC"),
    Authority("us-dhs", "US DHS"),
    Authority("us-npr", "NPR"),
    Authority("eu-commission", "European Commission"),
    Authority("gb-fcdo", "UK FCDO"),
    Authority("un-sc", "UN Security Council"),
    Authority("jp-meti", "METI"),
    Authority("tw-trade", "Taiwan's Trade Administration"),
    Authority("ch-seco", "SECO"),
    Authority("ca-gac", "Global Affairs Canada"),
    Authority("au-dfat", "DFAT"),
)
