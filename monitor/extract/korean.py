"""The words of Korean acts (MOTIE, MOFA, MOEF) as a table for `verb_final`; a new phrase or issuer is a line here."""

import re
from datetime import date
from functools import cache

from monitor.document import Document
from monitor.extract import account, verb_final
from monitor.extract.verb_final import Issuer, List
from monitor.model import Action, Fact
from monitor.vocabulary.countries import spelt

DAY = (
    r"(?:(?P<year>\d{4})\s?[년.]\s?|(?P<same>같은 해|올해)\s?)?(?P<month>\d{1,2})\s?[월.]\s?(?P<day>\d{1,2})\s?"
    r"(?:일|\.(?=\s|\)|$|[~부까]))"
)
ANY_DAY = re.sub(r"\?P<\w+>", "?:", DAY)
COUNTS = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5}


def read_day(match: re.Match[str], published: str) -> str | None:
    """`2028년 7월 11일`, `2028. 7. 11.`, `9월 16일` as an ISO date."""
    year = match["year"] or published[:4]
    try:
        return date(int(year or 0), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return None


def read_number(text: str) -> int | None:
    """`12`, `두` as a number."""
    return int(text) if text.isdecimal() else COUNTS.get(text)


NAMES = r"(?:회사|은행|공사|기업|연구소|대학|기관|상사|무역|그룹)"
HEADING = rf"(?![^.]*{NAMES}\b)[^.]{{1,40}}(?<!다)"


@cache
def words() -> verb_final.Words:
    """The table, with the names of countries."""
    return verb_final.Words(
        language="ko",
        issuers=(
            Issuer("kr-motie", re.compile("산업통상(?:자원)?부|무역안보관리원|무역안보정책과")),
            Issuer("kr-mofa", re.compile("외교부")),
            Issuer("kr-moef", re.compile("기획재정부|재정경제부")),
        ),
        lists=(
            List("kr-financial-sanctions", re.compile("금융제재|독자\\s?제재|지급 및 영수|제재\\s?대상")),
            List(
                "kr-strategic-items",
                re.compile("전략물자|상황허가|대외무역법|수출통제|수출입고시|수출허가|수출제한|수출지역"),
                of_goods=True,
            ),
        ),
        ours=re.compile(
            "전략물자|상황허가|대외무역법|수출통제|수출입고시|수출허가|수출\\s?(?:제한|금지)|금융제재|독자\\s?제재|"
            "제재\\s?대상|지급 및 영수|외국환거래|우려거래자|"
            "국제평화 및 안전유지"
        ),
        no_act=re.compile(
            "입법예고|행정예고|개정령?\\s?\\(?안\\)?\\s?(?:입법|행정)|의견\\s?(?:제출|수렴|조회)|공청회|설명회|세미나|교육|"
            "개최|간담회|회담|(?<!위원)회의(?!소)|자주 묻는|설명자료|질의응답|"
            "Q&A|FAQ|통계|실적|현황|동향|브리핑|기자회견|인사\\s?발령|채용|입찰|모집|공모|축사|연설|안내서|가이드|해설|덤핑|"
            "관세율|처벌|과징금|판결|기소|주주|공시|참고자료|해명"
        ),
        number=re.compile(
            r"(?:[가-힣]{2,8}\s)?(?:고시|공고|훈령|총리령|부령|대통령령)\s?제\s?\d{4}-\d{1,4}호|(?:대통령령|부령)\s?제\d{1,6}호"
        ),
        kind=re.compile("고시|공고|지정|해제|삭제|추가|제외|개정|시행|조치|연장|폐지|금지|제한"),
        stop=re.compile(r"(?<=[가-힣][다요음함됨임])\.(?=\s|$|\))"),
        clause=re.compile(r",\s|(?<=[고며])\s"),
        deeds={
            Action.ADD: re.compile("추가|지정|신설|포함|등재|편입"),
            Action.REMOVE: re.compile("삭제|해제|제외|취소|면제"),
            Action.REPEAL: re.compile("폐지|철회|실효"),
            Action.SUSPEND: re.compile("정지|중단|유예"),
            Action.RESUME: re.compile("재개|복원"),
            Action.AMEND: re.compile("개정|변경|연장|조정|옮(?=기|긴|겨)|상향|하향|수정|정정|(?<=[”’」])(?:으)?로(?= 한다)"),
            Action.RESTRICT: re.compile("금지|제한|허가를 받아야"),
        },
        weak=re.compile("금지|제한|면제|허가를"),
        generic=re.compile("개정|변경|조정|수정"),
        grounds=re.compile(r"(?<![^,.])[^,.]*(?:에 따라|함에 따라|에 따른|위하여|위해|근거하여|의거하여|고려하여)(?=,|\s)"),
        closes=re.compile(
            r"(?:·고시|·시행|·공고)?(?:한다|합니다|하였다|하였습니다|했다|했습니다|하였음|하였기에|했기에|하여|함(?=[.\s]|$)|"
            r"된다|됩니다|되었다|되었습니다|"
            r"하기로\s(?:결정|하였|했|한다|합니다)|하고(?=[,\s])|하며(?=[,\s])|하는 내용|한 내용|되는 내용|(?:기는|긴) 내용|"
            r"긴다|깁니다|겼다|\s?한다|(?:을|를)\s?(?:시행|결정|실시)(?:한다|합니다|하였|했))"
        ),
        undecided=re.compile(
            r"(?:하|되)?(?:는 방안|는 것을 검토|려는|고자|지 (?:아니|않)|도록 요청|기를 희망|는 경우|는지)|할 (?:계획|예정|"
            r"수|경우|필요|방침)|될 (?:계획|예정|수|경우)"
        ),
        stranger=re.compile(
            "(?:미국|중국|일본|유럽연합|EU|영국|러시아|유엔|안전보장이사회|안보리|제재위원회)(?:\\s?[가-힣]{2,8})?(?:은|는|"
            "이|가)\\s(?![^.]{0,120}(?:정부|장관|부)[는은가])"
        ),
        noun_closes=re.compile("[을를]\\s?(?:(?:각각|새로|신규로)\\s)?$"),
        burden=re.compile("지정|조치|제한|금지|제재|통제"),
        exempts=re.compile("(?:면제|특례|적용\\s?제외|예외)(?:\\s?[가-힣]{0,6})?[을를]\\s?(?:[가-힣]{0,6}\\s)?$"),
        rule=re.compile("[‘'][가나]\x00*[’']?\\s?지역|[가나]의?\\d?\\s?지역|지역\\s?구분|수출지역|우대"),
        day=re.compile(DAY),
        read_day=read_day,
        signed=re.compile(
            rf"^(?![^\n]*(?:시행|효력|부터|까지|개정\)))(?:.{{0,40}}[\s(])?{ANY_DAY}\s?\)?(?:\s?\([^()]{{0,6}}\))?$"
        ),
        today=re.compile("오늘|금일|즉시|자로|이날"),
        begins=re.compile(
            rf"(?:시행일|효력\s?발생일|적용일|시행 시기)\s?[:은]\s?{ANY_DAY}|{ANY_DAY}\s?(?:\d{{1,2}}시\s?)?(?:부터|부로|"
            rf"자로|에)\s?(?:[^.]{{0,30}}?)(?:시행|적용|효력|발효|지정|해제|삭제|제외)"
        ),
        at_once=re.compile("(?:고시|발령|공고|공포)한 날부터 시행|즉시 시행"),
        clock=re.compile(r"\s?(?P<hour>\d{1,2})시"),
        offset="+09:00",
        lasts=re.compile(
            rf"{ANY_DAY}\s?까지(?!\s?(?:의견|신청|제출|접수))[^.]{{0,40}}(?:연장|금지|제한|정지|유예|적용|시행|효력|유효|"
            rf"중단|한다)"
        ),
        term=re.compile(
            r"(?P<length>\d{1,3})(?P<unit>년(?=간)|개월|일(?=간))간?\s?(?:동안\s?)?(?:연장|정지|중단|유예|금지|제한|적용|시행)"
        ),
        units={"년": "Y", "개월": "M", "일": "D"},
        mark=re.compile(
            r"[○●◯■□◆▲·ㆍ\-–—*]\s?|\(?\d{1,3}[.)]\s|[가나다라마바사아자차카타파하]\.\s|[①-⑳]\s?|\d{1,3}\s(?=[가-힣])"
        ),
        follows=re.compile("다음|아래|별표|별지|붙임"),
        counted=re.compile(
            r"(?:(?P<kind>개인|기관|단체|기업|선박)\s?)?(?P<count>\d{1,3}|한|두|세|네|다섯)\s?(?P<of>명|개사|개(?!월|정|인|"
            r"별)|인|곳|척)"
        ),
        person=re.compile("개인|생년월일|책임자|대표|브로커|성명|여권"),
        firm=re.compile("회사|은행|공사|연구소|대학|기관|상사|무역|단체|그룹|서비스|공업|센터|법인|협회"),
        goods=re.compile(
            r"(?:\A|에서|에|,|중|\)|[은는])\s(?P<name>(?!다음|각)[^.,]{2,60}?)(?:의 (?:수출|수출입|반출))?[을를]\s?(?:(?:각각|"
            r"새로|신규로)|[^,]{0,60}까지)?\s?$"
        ),
        places=spelt("ko"),
        toward="로 수출|으로 수출|에 대한|를 |을 |행\\b|산\\b|으?로의",
        account=KNOWN,
        read_number=read_number,
    )


KNOWN = account.Words(
    nothing=verb_final.any_of(
        HEADING,
        r"[가-힣\s]{2,20}(?:보도자료|공고|고시)\b.*\d\.?",
        r"(?:문의|담당|연락처|배포|보도시점)\s?[:(]?.*",
        r"[^.]*(?:다음과 같다|다음과 같습니다|다음과 같이 (?:공고|고시)합니다)",
        r"(?:제\d+조\()?재검토\s?기한\)?.*",
        r"(?:개정|제정|해제|지정)\s?(?:이유|사유|배경).*",
        r"「[^」]*」[^.]*에 따라[^.]*(?:고시|공고)(?:합니다|한다)",
        r"(?:정부|[가-힣]+부)는\s[^.]*(?:협력|이행|기여)[^.]*",
        r"별표[^.]*와 같다",
    ),
    for_somebody=verb_final.any_of(
        r"[^.]*(?:사전\s)?허가 없이[^.]*(?:금지|처벌)[^.]*",
        r"[^.]*(?:지정\s?대상|제재\s?대상|위 대상자|해당)[^.]*(?:금지|허가|동결|가능)[^.]*",
        r"위반 시[^.]*",
    ),
    for_goods=verb_final.any_of(
        r"[^.]*(?:수출|중개|환적)[^.]*(?:허가|신청서류|심사기간)[^.]*(?:받아야|필요|단축|줄고|면제|이용할 수)[^.]*",
        r"[^.]*(?:이용|신청)할 수 있(?:다|습니다)",
        r"[^.]*(?:허가|신고|신청)[^.]*(?:면제|생략|간소화)(?:된다|됩니다|한다|합니다)",
    ),
    begins=verb_final.any_of(
        r"[^.]*(?:부터|날에?|부로|자로)\s?(?:시행|적용)(?:한다|합니다|된다|됩니다|할 예정이다|할 예정입니다)|"
        r"(?:시행일|효력\s?발생일|적용일|시행 시기)\s?[:은]?\s?.*",
    ),
    past=re.compile(
        "보도자료|일\\s?(?:시행|지정|고시|공고)(?:한|된|하였던)|전부?개정|일부개정된|고시 제|법률 제|이전에|기존|그동안"
    ),
    obliges=re.compile("하여야 한다|해야 한다|해서는 아니|금지한다|할 수 없다"),
    ends=" .",
)


def facts(document: Document, *, url: str = "", authority: str | None = None) -> list[Fact]:
    """What a Korean page announces; nothing where it announces nothing."""
    return verb_final.facts(document, words(), url=url, authority=authority)


def may_concern(title: str) -> bool:
    """Whether a page of this title could be on our subjects."""
    return verb_final.may_concern(title, words())
