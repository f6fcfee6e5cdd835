"""The subjects of English titles and texts as tables, and the gate's words. A new subject or phrase is a line here."""

import re

from monitor.extract import gate, subject
from monitor.extract.en import issuers, tables
from monitor.extract.named import Phrase

CAPITALS = re.IGNORECASE
OURS_ROWS = (  # a subject a row
    (
        r"\bexport (?:controls?|administration|licen[cs]|restriction|ban|prohibition|privilege|quota|clearance|"
        r"declaration|of dual)\w*"
    ),
    r"\b(?:re)?-?exports?\b[^.;]{0,60}\b(?:prohibit|suspend|restrict|licen[cs]|controll|permit|ban)\w*",
    r"\b(?:prohibit|suspend|restrict|licen[cs]|controll|permit|ban)\w*\b[^.;]{0,60}\b(?:re)?-?export",
    (r"\bdual[- ]use\b|\bmilitary end[- ]us|\bend[- ]user?s?\b|\bDenied Persons?\b"),
    r"\b(?:unreliable|malicious) entit|\bwatch ?list\b|\bcontrol list\b|\bcounter-?measures?\b|\bcountering\b",
    r"\b(?:sanction|embargo|asset[- ]freeze|freez|designat|debar|blocked persons?|blocking|SDN|non-?proliferation)\w*",
    (
        r"\brestrictive measures\b|\bNon-?proliferation\b|\bextraterritorial\b|\bgeneral licen[cs]e\b|"
        r"\blicence exception|\blicense exception"
    ),
    (
        r"\bExport Administration Regulations\b|\bEAR\b|\bITAR\b|\bInternational Traffic in Arms\b|"
        r"\bECCN\b"
    ),
    (
        r"\bstrategic (?:goods|items|trade|commodities)\b|\brare[- ]earths?\b|\bcritical minerals?\b|\bgallium\b|"
        r"\bgermanium\b|\bantimony\b"
    ),
    (
        r"\bmilitary (?:goods|companies|list|items)\b|\bcontrolled (?:goods|items|technolog)\w*|\b2021/821\b|"
        r"\b2014/145\b|\b833/2014\b"
    ),
    (
        r"\bforced labor\b|\bUFLPA\b|\bforeign adversar\w+|\bconnected vehicles?\b|\boutbound investment\b|"
        r"\bspecial port (?:fee|due)s?\b"
    ),
    (
        r"\b(?:import|export)s?\b[^.;]{0,40}\b(?:ban|prohibition|prohibited)\b|\bentry (?:ban|restriction)s?\b|"
        r"\bvisa (?:ban|restriction)s?\b"
    ),
    (
        r"\bsemiconductor\w*[^.;]{0,40}\b(?:equipment|licen[cs]e|control)\w*|"
        r"\bunmanned aerial\b[^.;]{0,40}\b(?:export|control|covered)\w*"
    ),
    (
        r"\bnational security threats?\b|\bcommunications supply chain\b|\bSection 301\b|\bport service fees?\b|"
        r"\bterrorist organi[sz]ation"
    ),
    r"\(CFSP\)|\bimplementing (?:Article \d+\S* of )?Regulation \(E[UC]\)|\barms\b|\b(?:269|833)/2014\b|\b765/2006\b",
    (
        r"\bcovered (?:equipment|drones?|communications)\b|\bexports? of\b[^.;]{0,40}\b(?:technolog|goods|items|arms|"
        r"mineral|metal)\w*|\bblocking property\b"
    ),
    (
        r"\bauthori[sz]ations?\b[^.;]{0,40}\bexports?\b|\bexports?\b[^.;]{0,60}\bauthori[sz]|\b(?:mining|production|"
        r"smelting|control|total) quotas?\b|\btotal (?:volume )?control\b|\btungsten\b|\bcatch-all\b|"
        r"\b(?:situational|export) permits?\b|"
        r"\bexport trade\b|\bspecial economic measures\b|\blisted persons?\b|\bnational emergency\b"
    ),
    r"\b(?:white|intermediate) list\b",
    r"\bcatalogue of technolog\w+|\btechnolog\w+ (?:prohibited|restricted)\b|\bstate trading\b|\bexport quota",
)
OURS = Phrase(lambda: "|".join((*OURS_ROWS, *tables.EVERY)), CAPITALS)
OUT = {
    "trade defence": re.compile(
        r"anti-?\s?dumping|countervailing|anti-?\s?subsidy|safeguard|trade (?:barrier|remed)|circumvention|antidumping", CAPITALS
    ),
    "arms sales": re.compile(r"\barms sales? notification|\bforeign military sale", CAPITALS),
    "a draft for comment": re.compile(
        r"\bpropos(?:ed|al|es|ing)\b|\bdraft\b|\brequest for (?:public )?(?:comments?|information|views)\b|\bcomment period\b|"
        r"\bconsultation\b|\bcall for evidence\b|"
        r"\bnotice of (?:inquiry|intent)\b|\badvance notice\b|\bpublic comments?\b|\bimpact assessment\b",
        CAPITALS,
    ),
    "tariffs": re.compile(
        r"\btariffs?\b(?! act)|\bcustoms dut(?:y|ies)\b|\brules? of origin\b|\bduty[- ]free\b|\btariff[- ]rate\b|"
        r"\bHarmonized",
        CAPITALS,
    ),
    "quarantine and food": re.compile(
        r"\bquarantine\b|\bphytosanitary\b|\bfood\b|\bveterinary\b|\bpesticide|\bdrugs?\b(?! trafficking)", CAPITALS
    ),
    "staffing": re.compile(
        r"\bappoint(?:s|ed|ment|ing)\b|\bvacanc|\brecruit|\bmembership\b|\bnominat(?!ed persons?)|\bsworn in\b|\bjob\b", CAPITALS
    ),
    "meetings and training": re.compile(
        r"\bmeetings?\b|\bwebinar|\bseminar|\bworkshop|\btraining\b|\bconference\b|\bbrief(?:s|ing|ed)?\b|\broundtable\b|"
        r"\bsymposium\b|\bhearings?\b|"
        r"\bsunshine\b|\badvisory committee\b|\boutreach\b|\bforum\b",
        CAPITALS,
    ),
    "paperwork": re.compile(
        r"\binformation collection|\bpaperwork reduction\b|\bprivacy act\b|\bsystem of records\b|\bregulatory agenda\b|"
        r"\bannual report\b|"
        r"\bsemiannual\b|\bsurvey\b(?!\s(?:drones?|equipment|instruments?|vessels?|ships?|aircraft|sensors?|systems?)\b)|"
        r"\bstatistic|\bfees? schedule\b|\bclosure of\b|\boffice hours\b|\bschedule of\b|"
        r"\bholidays?\b|\bSpring Festival\b|\bplatform\b|"
        r"\bportal\b|\bwebsite\b",
        CAPITALS,
    ),
    "penalties and courts": re.compile(
        r"\bpenalt(?:y|ies)\b|\bsettle(?:s|d|ment)\b|\bplead|\bguilty\b|\bsentenced\b|\bindict|\bcourt\b|\blawsuit\b|\bconvict|"
        r"\benforcement (?:release|action)s?\b|\bcharged\b|\bforfeiture\b",
        CAPITALS,
    ),
    "guidance and talk": re.compile(
        r"\binterpretation\b|\bguidance\b|\bguide(?:s|lines?)?\b|\bguidelines?\b|\bFAQs?\b|\bfrequently asked\b|"
        r"\bquestions\b|\banswers?\b|\bremarks\b|"
        r"\bspeech\b|\btestimony\b|"
        r"\bstatement (?:by|of|from|on)\b|\binterview\b|\bq\s?&\s?a\b|\bexplain|\bhow to\b|\Ausing\b|"
        r"\binformation note\b|\bfact ?sheet\b|"
        r"\banalysis\b|\boverview\b|\bwhat you need\b|\bblog\b|\badvisory\b|\balert\b|\bbest practices\b|\btoolkit\b|"
        r"\bnewsletter\b|\bwhite paper\b",
        CAPITALS,
    ),
    "standards and awards": re.compile(
        r"\bstandards?\b|\baward(?:s|ed)?\b|\bgrants?\b|\bprocurement\b|\btender\b|"
        "\bscholarship",
        CAPITALS,
    ),
    "agreements and talks": re.compile(
        r"\bmemorandum\b|\bagreement\b|\btalks\b|\bdialogue\b|\bjoint statement\b|"
        "\bsummit\b|\bvisit\b",
        CAPITALS,
    ),
}
TEXT_OUT = {
    "trade defence": OUT["trade defence"],
    "arms sales": re.compile(r"\barms sales? notification|\bforeign military sale", CAPITALS),
    "a draft for comment": re.compile(
        r"\b(?:invites?|seeks?|requests?|welcomes?) (?:the )?(?:views|comments?|information) (?:of|on|from)\b|"
        r"\bproposes? to\b|\bproposed (?:rule|regulation)s?\b|\bcomments (?:are due|must be received|should be)\b|"
        r"\bseeks? (?:public )?comments?\b",
        CAPITALS,
    ),
    "meetings and training": re.compile(
        r"\b(?:will|to|shall) (?:hold|host) (?:an? |the )?(?:\w+ ){0,3}?"
        r"(?:meeting|hearing|webinar|briefing|seminar|fair|exhibition|forum|conference|training)\b",
        CAPITALS,
    ),
    "paperwork": re.compile(r"\bPaperwork Reduction Act\b(?! of 1995 \(44)|\bcreates no new obligation", CAPITALS),
    "guidance and talk": re.compile(
        r"\bthis (?:guidance|guide|note|factsheet|page) (?:explains|does not|provides|sets out)\b", CAPITALS
    ),
    "another agency": re.compile(r"\bFood and Drug Administration\b|\bFD&C Act\b|\bSecurities and Exchange Commission\b"),
}
# A working mechanism is called by its subject: its name is more than whose number it is.
NUMBER = Phrase(
    lambda: (
        r"\b(?:Joint\s+)?(?:Announcements?|Notices?|Orders?|Decrees?)\s*+(?:of the\s*+)?(?:\(|\[)?(?:\d{4})?(?:\)|"
        r"\])?\s*(?:Nos?\.?|Number)\s*\d+|"
        r"\b(?:Nos?\.?)\s*\d+|\bof\s+20\d\d\b|\b20\d\d\b|\b(?:Announcements?|Orders?|Decrees?|Notices?)\b|"
        + issuers.names(issuers.is_chinese, but="Mechanism")
    )
)
BINDING = re.compile(
    r"\bhereby\b|\bshall\b|\bmust\b|\bmay not\b|\bprohibit|\bsuspend|\bremov|\badd(?:s|ed|ing)\b|\bamend|\brevis|"
    r"\bextend|\bimpos|\bdesignat|"
    r"\bissued\b|\brevok|\breplac|\border(?:s|ed)?\b|\beffective\b|\brequire|\bappl(?:y|ies)\b|\bin force\b|\bdetermin",
    CAPITALS,
)
OPERATIVE = Phrase(
    lambda: (
        r"\b(?:additions?|removals?|revisions?|changes?|updates?|amendments?) (?:of|to|from)\b[^.]{0,80}\bList\b|"
        r"\brevocation of a designation\b|\bdenying export privileges\b|"
        r"\bextending restrictive measures\b|\bgeneral licen[cs]e\b(?! FAQ)|\bdesignations?\b|\bstatutory debarment\b|"
        r"\bnonproliferation measures\b|"
        rf"\b(?:{tables.PUT}|{tables.OFF})\b[^.;]{{1,120}}\b(?:in|on|to|into|onto|from)\b[^.;]{{0,40}}(?:{tables.any_list()})|"
        r"\A(?:(?:the )?decision )?(?:to |on |of |concerning |regarding |announcing )?(?:the )?"
        r"(?:(?:implement|impos)\w* (?:of )?(?:temporary )?export controls? (?:on|over|to)\b|"
        r"(?:prohibit|ban|suspen[ds]|restrict)\w* (?:of |on )?(?:the )?exports? (?:of|to)\b)"
    ),
    CAPITALS,
)
# Enough in an act of those who mostly control trade with abroad.
NEAR = re.compile(
    r"\b(?:prohibit|foreign|recogni[sz]e|comply|compliance|extraterritorial|licen[cs]|rule|list|persons?|entit|goods|"
    r"items?|measures?)\w*",
    CAPITALS,
)
SUBJECTS = subject.Words(
    ours=OURS,
    operative=OPERATIVE,
    out=OUT,
    always=frozenset({"a draft for comment", "guidance and talk", "paperwork", "trade defence"}),
    never=frozenset(OUT) - {"guidance and talk", "agreements and talks", "tariffs", "penalties and courts"},
    weak={},
    text_out=TEXT_OUT,
    number=NUMBER,
    idle=re.compile(r"\b(?:and|the|of|by|People's Republic of China)\b", CAPITALS),
    binding=BINDING,
    grounds=re.compile(r"\b(?:in view of|in response to|considering|whereas)\b[^,.;:]{0,200}[,;:]", CAPITALS),
    near=NEAR,
)
MODAL = r"(?:may|might|could|can|would|is (?:able|authori[sz]ed|empowered) to|has the (?:power|authority) to)"
GATE = gate.Words(
    clause=re.compile(r"[;:]\s|,\s+(?:and|but|while|which|who)\s"),
    ours=Phrase(
        lambda: (
            r"(?i:\b(?:China has|China will|Working Mechanism|the Department|the Commission|the Council|"
            r"this (?:rule|order|notice|announcement|regulation|decision)|I\b|the Ministry|the Secretary|the Bureau|we)\b)|"
            + issuers.names()
        )
    ),
    strangers=re.compile(
        r"\b(?:court|judge|Congress|the board|our company|the company|analysts?|lawmakers?|senators?|parliament|"
        r"the report|the bill|arbitrat\w+)\b",
        CAPITALS,
    ),
    aside=re.compile(r"\b(?:against|on|of|to|from|by|with|for|under|in|before|at)\s+(?:the\s+|a\s+)?$", CAPITALS),
    grounds=re.compile(
        r"\s{0,9}(?:in accordance with|pursuant to|according to|in view of|considering|whereas|in order to|based on)\b", CAPITALS
    ),
    plan=re.compile(
        r"\b(?:plans?|intends?|expects?|considers?|considering|threatens?|vow(?:s|ed)|proposes?|seeks?|urges?|"
        r"calls? (?:on|for)|wants?|"
        r"if|unless|whether|should|likely|possible|would)\b[^.;]*$",
        CAPITALS,
    ),
    power=re.compile(rf"\b{MODAL}\s+(?:\w+\s+){{0,3}}$", CAPITALS),
    refused=re.compile(
        r"\b(?:not|never)\s+(?:(?:to|be|being|been)\s+){0,2}$|"
        r"\b(?:reject(?:s|ed)?|refuse[sd]?|decline[sd]?|den(?:y|ies|ied))\s[^.;]*$|"
        r"\b(?:apply|applies|applied|applications?|requests?|petitions?)\b(?:(?!\b(?:decid|determin|agree|"
        r"resolv))[^;]){0,200}\bto\s+(?:be\s+)?$",
        CAPITALS,
    ),
    past=re.compile(
        r"\b(?:previously|already|had|earlier|last (?:year|month|week)|in the past|formerly)\s+(?:\w+\s+){0,2}$", CAPITALS
    ),
    proposal=re.compile(r"\bproposed rule\b|\bproposes to\b|\bwould (?:add|amend|revise|impose)\b", CAPITALS),
)
