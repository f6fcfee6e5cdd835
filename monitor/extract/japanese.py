"""The words of Japanese acts (METI, MOF, MOFA) as a table for `verb_final`; a new phrase or issuer is a line here."""

import re
from datetime import date
from functools import cache

from monitor.document import Document
from monitor.extract import account, verb_final
from monitor.extract.verb_final import Issuer, List
from monitor.model import Action, Fact
from monitor.vocabulary.countries import spelt
from monitor.vocabulary.letters import HAN_RANGE

DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "元": 1}
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "": 0}
NUMERAL = r"(?:\d{1,4}|[元〇零一二三四五六七八九十百]{1,6})"
DAY = rf"(?:(?P<era>令和|平成|昭和)?\s?(?P<year>{NUMERAL})|(?P<same>同|本))年\s?(?P<month>{NUMERAL})月\s?(?P<day>{NUMERAL})日"
ANY_DAY = re.sub(r"\?P<\w+>", "?:", DAY)


def read_number(text: str) -> int | None:
    """`12`, `十二`, `二百十一` as a number."""
    if text.isdecimal():
        return int(text)
    total = 0
    for part in re.findall(r"[〇零一二三四五六七八九元]*[十百]?", text):
        if not part:
            continue
        unit = {"十": 10, "百": 100}.get(part[-1], 0)
        figures = part[:-1] if unit else part
        value = int("".join(str(DIGITS[figure]) for figure in figures)) if figures else 1
        total += value * (unit or 1)
    return total or None


def read_day(match: re.Match[str], published: str) -> str | None:
    """`令和九年二月五日`, `2029年4月1日`, `同年8月6日` as an ISO date."""
    year = int(published[:4] or 0) if match["same"] else (read_number(match["year"]) or 0) + ERAS[match["era"] or ""]
    try:
        return date(year, read_number(match["month"]) or 0, read_number(match["day"]) or 0).isoformat()
    except ValueError:
        return None


CLOSES = re.compile(
    r"(?:し|する|いたし|致し|され|とする|とし|とされ|とな|る|ります|え|めた|める|めました|す|ずる|じる|じた|ずる|を行|"
    r"を実施し|を実施する|を決定し)"
    r"(?:た|ました|ます|ている|ております|う|い|った|いました|います|り|る|ること|りました)?"
    r"(?=$|[。、,\n\x00]|こと(?:と(?:し|す|な|い)|を(?:閣議|決|公|お知|内)|につ|が(?:閣議|決)|です|である|。|$)|もの(?:です|"
    r"である|とする|。|、)|旨|"
    r"(?:内容の)?(?:政令|告示|省令)|と(?:発表|公表|決定)|ほか|とともに|等の|\s*$)"
)
SUBJECT = r"(?:政府|当局|商務省|財務省|司法省|国務省|議会|側)?"
NAMES = r"(?:会社|公社|公団|商会|銀行|研究所|大学|機構|工場|集団|有限|[ァ-ヴー・＝]{6})"
HEADING = rf"(?![^。]*{NAMES})[^。]{{1,34}}(?<![るすたいんだう])"


@cache
def words() -> verb_final.Words:
    """The table, with the names of countries."""
    return verb_final.Words(
        language="ja",
        issuers=(
            Issuer("jp-meti", re.compile("経済産業省|経済産業大臣|経産省|貿易経済安全保障局|貿易管理部")),
            Issuer("jp-mofa", re.compile("外務省|外務大臣")),
            Issuer("jp-mof", re.compile("財務省|財務大臣|国際局調査課")),
        ),
        lists=(
            List("jp-meti-end-users", re.compile("外国ユーザーリスト")),
            List("jp-asset-freezes", re.compile("資産凍結|支払規制|支払等|資本取引規制|制裁対象者")),
            List(
                "jp-export-order",
                re.compile(
                    "輸出貿易管理令|外国為替令|貨物等省令|輸出管理|安全保障貿易|補完的輸出規制|キャッチオール|輸出入?禁止|"
                    "輸出規制|輸出令|輸出承認|承認制"
                ),
                of_goods=True,
            ),
        ),
        ours=re.compile(
            "輸出管理|輸出貿易管理令|外国ユーザーリスト|外国為替|外為法|資産凍結|キャッチオール|補完的輸出規制|安全保障貿易|"
            "経済制裁|制裁対象|"
            "支払規制|輸出入?(?:の)?(?:禁止|規制|許可|承認)|貨物等省令|輸出令|リスト規制"
        ),
        no_act=re.compile(
            "意見公募|意見募集|パブリック・?コメント|告示案|政令案|省令案|案に対する|改正案の|会見|談話|質問|Q&A|問答|FAQ|"
            "説明会|セミナー|講習|研修|"
            "実績|統計|集計|調査結果|募集|入札|公示価格|人事|異動|採用|講演|答弁|議事|開催|会合|会談|審議会|研究会|"
            "ガイダンス|ガイドライン|手引|"
            "マニュアル|解説|パンフレット|よくある|違反|行政処分|警告|判決|起訴|逮捕|不当廉売|ダンピング|関税率|"
            "メールマガジン|報道|決算|株主"
        ),
        number=re.compile(rf"(?:[{HAN_RANGE}]{{2,12}}(?:省|庁|委員会))?(?:告示|政令|省令)第{NUMERAL}号"),
        kind=re.compile("告示|政令|省令|公布|指定|解除|追加|削除|除外|改正|措置|延長|停止|禁止|廃止|適用"),
        stop=re.compile("。"),
        clause=re.compile("[、,]|及び|並びに"),
        deeds={
            Action.ADD: re.compile(
                r"追加|新たに加(?=え)|(?<=を)加(?=え)|指定(?=し|する|され|いたし|の対象)|掲載|新設|規定(?=する)|"
                r"(?:許可|規制|管理|承認)の?対象(?=と(?:し|する))|(?:規制|措置)を(?:実施|導入|講)|(?:規制|措置)の(?:実施|導入)"
            ),
            Action.REMOVE: re.compile(
                r"削除|削(?=る|り)|解除|取(?:り)?や?止?め|除外|取(?:り)?消し?|撤廃|(?:不要|要しないこと|免除)(?=と?する|と?し)|免除"
            ),
            Action.REPEAL: re.compile("廃止|失効|撤回"),
            Action.SUSPEND: re.compile("停止|中断|猶予"),
            Action.RESUME: re.compile("再開|復活|再適用"),
            Action.AMEND: re.compile("改正|変更|延長|見直(?=し|す)|改め|移行|移(?=す|し)|更新|修正|訂正"),
            Action.RESTRICT: re.compile("禁止|(?:許可|承認)制と|義務付け"),
        },
        weak=re.compile("(?:許可|規制|管理|承認)の?対象|(?:規制|措置)を|不要|要しない|免除|規定"),
        generic=re.compile("改正|見直|更新|訂正|変更"),
        grounds=re.compile(
            r"(?<![^、。])[^、。]*(?:(?:こと|もの)?(?:に伴い|により|を受け(?:て)?|を踏まえ(?:て)?|に基づ(?:き|いて)|に鑑み|に照らし)|"
            r"ことから|ため|ので)(?=、)"
        ),
        closes=CLOSES,
        undecided=re.compile(
            r"(?:し|する|され|される|した)?(?:か(?:どうか|否か)|(?:予定|方針|方向|案|可能性|場合|とき|見込み|おそれ)|(?:こと|"
            r"旨)?を?(?:検討|求め|要請|期待)|"
            r"こと(?:が(?:でき|あ)|も|は(?:な|あ))|な(?:い|かった)|ていな|ておら|ません|ず(?:、|に))"
        ),
        stranger=re.compile(
            rf"(?:米国|中国|韓国|英国|EU|欧州連合|国連|国際連合|安全保障理事会|安保理|制裁委員会|ロシア|各国|"
            rf"同国){SUBJECT}(?:は|が)(?![^。]*(?:我が国|政府|省)は)"
        ),
        noun_closes=re.compile("を(?:新たに)?$"),
        burden=re.compile("指定|措置|規制|禁止"),
        exempts=re.compile(r"(?:適用除外|免除|対象外|特例|除外規定|適用を除外する[^、。]{0,6})(?:[^、。]{0,8})を[^、。]{0,8}$"),
        rule=re.compile(r"別表第(?:3|三)(?!の)|グループ[A-D]|ホワイト国|優遇対象国|国別区分"),
        day=re.compile(DAY),
        read_day=read_day,
        signed=re.compile(
            rf"^(?![^\n]*(?:施行|適用|公布日|公布[:は]|から|まで|"
            rf"閣議了解))(?:[^\d令平]{{0,24}}[\s(])?{ANY_DAY}\)?(?:\s?\(.曜?日?\))?(?:付|公布|発表)?(?:\s.{{0,24}})?$"
        ),
        today=re.compile("本日|即日|同日"),
        begins=re.compile(
            rf"(?:施行(?:期?日)?|適用(?:日|開始)?|実施(?:時期|日)?|効力発生日?)[:は]\s?{ANY_DAY}|"
            rf"{ANY_DAY}\s?(?:から|より|以[後降](?:に[^。]{{0,40}}から)?|付け?で|をもって|に)[^。]{{0,40}}?(?:施行|適用|実施|"
            rf"効力|削除|解除|追加|指定|発効|開始|停止|禁止|延長)"
        ),
        at_once=re.compile("(?:公布|告示)の日から(?:施行|適用|実施)|即日(?:施行|適用|実施)"),
        clock=re.compile(r"\s?(?:午前)?(?P<hour>\d{1,2})時"),
        offset="+09:00",
        lasts=re.compile(rf"{ANY_DAY}まで(?!とされている)[^。]{{0,30}}(?:延長|継続|停止|禁止|実施|適用|有効)"),
        term=re.compile(
            r"(?P<length>\d{1,3}|[一二三四五六七八九十]{1,3})(?P<unit>年|か月|ヶ月|カ月|日)間(?:延長|停止|継続|実施|適用)"
        ),
        units={"年": "Y", "か月": "M", "ヶ月": "M", "カ月": "M", "日": "D"},
        mark=re.compile(
            r"[・○●◯◎■□◆‐\-–—*]\s?|\(?[\d]{1,3}[.)、]\s?|\([一二三四五六七八九十アイウエオカキク]{1,2}\)\s?|[①-⑳]\s?|"
            r"[一二三四五六七八九十]{1,3}[\s、]\s?|[アイウエオ][\s.、]\s?|\d{1,3}\s"
        ),
        follows=re.compile("次の|下記|以下の|別紙|別添"),
        counted=re.compile(
            r"(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3})(?:の)?(?P<of>組織|者|個人|団体|企業|社|名|人|法人|機関|隻)(?!間|目)"
        ),
        person=re.compile("個人|氏名|生年月日"),
        firm=re.compile("会社|公社|公団|商会|銀行|研究[所院]|大学|機構|団体|企業|工場|集団|協会|センター|組織"),
        goods=re.compile(
            r"(?:\A|、|に|は)(?:[^、。]{0,40}?(?:項|別表第\S{1,3}|表|リスト|欄|号)(?:に|へ|から|より))?(?P<name>(?!新たに|"
            r"次の)[^、。]{2,60}?)"
            r"(?:の輸出)?を(?:新たに|それぞれ)?$"
        ),
        places=spelt("ja"),
        toward="向け|を仕向地|を原産地|への|に対する|を[^、。]{0,6}加|を[^、。]{0,12}削|[^、。]{0,4}輸出",
        account=KNOWN,
        read_number=read_number,
    )


KNOWN = account.Words(
    nothing=verb_final.any_of(
        HEADING,
        r"(?:\(?本?(?:発表|件)?[^。]{0,12}(?:お?問い?合わせ|連絡先|担当)).*",
        r"[^。]{0,60}(?:局|課|室|部|省|庁|大臣)(?:\s?[^\s。]{1,10})?",
        r".*(?:判断した(?:もの)?(?:です|である)?|(?:確認|認め)られ(?:た|ました)|確認され(?:た|ました)|(?:ため|もの)です|"
        r"によるものである)",
        r"(?:なお|また)、.*(?:場合があ(?:る|ります)|これまでどおり.*|変更は?(?:ない|ありません)|同様です)",
        r"[^。]*(?:政令|省令|告示)[^。]*(?:閣議決定|公布)され(?:た|ました)",
        r"(?:公布日?|閣議決定)[:は]?\s?.*日",
        r"(?:本|上記の?)措置の延長については、.*国会の承認を求めることと(?:なる|なります|する|します)",
        r"人道[^。]*(?:対象外|除[くき])[^。]*",
        r"[^。]*(?:改正の概要|概要は次のとおり|次のとおり)(?:です|である)?",
        r"[^。]*(?:次のように|次のとおり)(?:定める|改正する|告示する|公布する)",
        r"我が国は、[^。]*次の措置を(?:講ずる|実施する|とる)こと(?:とした|としました|を決定した)",
    ),
    for_somebody=verb_final.any_of(
        r"(?:これにより、)?(?:前記|上記|当該|これら)の者[^。]*(?:許可|支払|取引)[^。]*",
        r"ただし、[^。]*この限りでない",
        r"(?:これにより、)?[^。]*(?:者|組織)[^。]*(?:輸出|取引)[^。]*(?:許可(?:申請)?が必要|許可を要する)[^。]*",
    ),
    for_goods=verb_final.any_of(
        r"これにより、[^。]*(?:不要|必要|対象)となる[^。]*|これにより、[^。]*(?:不要|必要|対象)とな(?:ります|った)[^。]*",
    ),
    begins=verb_final.any_of(
        r"[^。]*(?:から|より|付け?で|以[後降][^。]*)(?:施行|適用|実施)(?:する|します|され(?:る|ます))|"
        r"(?:施行|適用|実施)(?:期?日|時期|開始日)?[:は]?\s?.*日(?:から実施する)?",
    ),
    past=re.compile(
        "日(?:に|付けで)(?:指定|追加|公布|施行|実施)(?:した|された)|公布日?[:は]|閣議了解|告示第|法律第|日までとされている|"
        "前回|これまで"
    ),
    obliges=re.compile("しなければならない|してはならない|禁止する|義務"),
    ends=" 。",
)


def facts(document: Document, *, url: str = "", authority: str | None = None) -> list[Fact]:
    """What a Japanese page announces; nothing where it announces nothing."""
    return verb_final.facts(document, words(), url=url, authority=authority)


def may_concern(title: str) -> bool:
    """Whether a page of this title could be on our subjects."""
    return verb_final.may_concern(title, words())
