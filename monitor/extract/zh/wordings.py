"""What acts do in forms that name neither a list nor an export control: licences, duties, bans, quotas, dues. A form is a line.

`words` are looked for in a sentence, what stands in brackets blotted out; `who`, `goods` and `verb` are places in it. `on` is
what the act has to speak of somewhere. A `duty` counts only in an act that does nothing else: of others it says how they are
carried out.
"""

from dataclasses import dataclass

from monitor.extract import codes
from monitor.extract.named import Pattern, Phrase, names_of
from monitor.extract.zh.places import country_pattern
from monitor.extract.zh.tables import (
    CATALOGUE,
    DUAL_USE,
    GENERAL_LICENCES,
    PORT_MEASURES,
    STATE_TRADING,
    TECHNOLOGIES,
)
from monitor.model import Action
from monitor.vocabulary import registers
from monitor.vocabulary.letters import HAN_RANGE


@dataclass(frozen=True, slots=True)
class Wording:
    """A form in which an act does something. `abroad`: to whom goods go is told beside it."""

    action: Action
    register: str | None
    phrase: Pattern
    on: Pattern | None = None
    abroad: bool = False
    duty: bool = False
    amounts: bool = False  # it says of each thing how much of it there may be
    needs: bool = False  # without goods or names it says too little
    listing: bool = False  # whether names without a verb of their own, or lines below, are those it is for


def _phrase(pattern: str) -> Phrase:
    return Phrase(lambda: pattern.replace("{COUNTRY}", country_pattern()))


DUAL_USE_LISTS = names_of((registers.DUAL_USE.own, *registers.DUAL_USE.written))
GENERAL = _phrase("通用许可|出口凭证|豁免|免于|免予|无须|无需|免领|许可例外")
AMOUNT = r"(?:\d+(?:\.\d+)?|[一二三四五六七八九十百千两]{1,8})万?"
# A thing and how much of it: `离子型稀土1.1万吨`.
RATIONED = _phrase(
    rf"(?P<goods>[{HAN_RANGE}A-Za-z]{{1,30}}?)(?:\(\x00*\))?(?:的)?(?:开采|冶炼分离|冶炼|分离|生产|出口|进口)?(?:年度)?(?:总量)?(?:控制)?(?:指标|配额|限额)?"
    rf"(?:总量)?(?:为|:)?{AMOUNT}(?:吨|公斤|千克|立方米)"
)
QUOTA = _phrase("配额|总量|国营贸易|指标")
TECHNOLOGY = _phrase(
    rf"技术目录|(?:限制|禁止)出口(?:部分)?[:,调改]|(?:禁止|限制)出口(?:的)?技术|出口技术|控制要点|编号:?{codes.ENTRY}"
)
LICENSED = _phrase("许可证管理|许可证目录|许可证.{0,8}目录|许可证申领|进口许可|出口许可证")
OUTWARD = _phrase("出口|出境|外销|流向|追溯|两用物项")
PORT = _phrase("港务费|靠泊|停靠|挂靠|港口")
SHIPS = "(?:特别)?(?:船舶)?(?:特别)?港务费"

WORDINGS = (
    Wording(
        Action.REMOVE,
        DUAL_USE,
        _phrase(
            r"(?P<verb>不再|停止|终止|取消|解除)(?!暂停|中止|豁免|免)对?(?P<goods>[^。;,]{1,100}?)(?:采取|实施|实行|进行|出口|的)[^。;,]{0,12}?"
            r"(?:临时(?:性)?(?:出口)?管[制理]|出口管制|出口许可管理)"
        ),
        needs=True,
    ),
    Wording(
        Action.AMEND,
        DUAL_USE,
        _phrase(
            r"(?:^|[,:。]|对|将)(?P<goods>[^。;,:]{0,60}?)(?:的)?(?P<verb>临时)(?:性)?(?:出口)?管[制理][^。;,]{0,8}?(?:延长|顺延|延续|再实施|延至|展至|延期|续管)"
        ),
    ),
    # temporary controls, and what becomes of them
    Wording(
        Action.ADD,
        DUAL_USE,
        _phrase(
            r"(?<!针)对(?P<goods>[^。;]{1,200}?)(?:出口)?,?(?P<verb>采取|实施(?!的)|实行|进行|试行)[^。;,]{0,16}?临时(?:性)?(?:出口)?(?:管[制理]|许可)"
        ),
        needs=True,
    ),
    Wording(
        Action.AMEND,
        DUAL_USE,
        _phrase(
            rf"(?:^|[,:。]|将)(?P<goods>[^。;,:]{{1,80}}?)(?:自[^,。;]{{4,16}}?起?)?,?(?P<verb>并入|转入|纳入|转为)[^。;,]{{0,6}}?(?:{DUAL_USE_LISTS})"
        ),
    ),
    # general licences and exemptions
    Wording(
        Action.REMOVE,
        GENERAL_LICENCES,
        _phrase(
            r"对(?P<who>[^。;]{2,80}?)(?:所?持有|取得|获得|名下|使用)的?[^。;,]{0,30}?(?:通用许可|出口凭证)[^。;,]{0,4}?(?:予以|依法)?(?P<verb>撤销|取消|吊销|注销)"
        ),
        GENERAL,
    ),
    Wording(
        Action.REMOVE,
        GENERAL_LICENCES,
        _phrase(
            r"(?P<verb>撤销|取消|吊销|注销|收回)(?P<who>[^。;,]{2,80}?)(?:所?持有|取得|获得|名下|使用|的)[^。;,]{0,30}?(?:通用许可|出口凭证)"
        ),
        GENERAL,
    ),
    Wording(
        Action.SUSPEND,
        GENERAL_LICENCES,
        _phrase(
            r"(?P<verb>暂停|中止)(?P<who>[^。;,]{2,80}?)(?:所?持有|取得|获得|名下|使用|的)[^。;,]{0,30}?(?:通用许可|出口凭证)"
        ),
        GENERAL,
    ),
    Wording(
        Action.RESUME,
        GENERAL_LICENCES,
        _phrase(r"(?P<verb>恢复)(?P<who>[^。;,]{2,80}?)(?:所?持有|取得|获得|名下|使用|的)[^。;,]{0,30}?(?:通用许可|出口凭证)"),
        GENERAL,
    ),
    Wording(
        Action.ADD,
        GENERAL_LICENCES,
        _phrase(
            r"(?:对|向)(?P<goods>[^。;]{2,120}?),?(?P<verb>试行|实行|实施|推行|适用|开放|启用|(?:企业)?登记填报)[^。;,]{0,20}?(?:通用许可|出口凭证)"
        ),
        GENERAL,
        abroad=True,
    ),
    Wording(
        Action.REMOVE,
        DUAL_USE,
        _phrase(
            r"(?:^|[,:。]|对|出口)(?P<goods>[^。;,:]{2,120}?)(?:出口)?(?:时)?,?(?P<verb>[无毋]须|[无不]需)(?!要?再|逐|每|另行|重复|单独)[^。;,]{0,6}?"
            r"(?:取得|申领|申请|办理)[^。;,]{0,8}?许可"
        ),
        abroad=True,
        needs=True,
    ),
    Wording(
        Action.ADD,
        GENERAL_LICENCES,
        _phrase(
            r"(?:对|向)?(?P<goods>[^。;,:]{2,120}?),?(?:可|可以)?(?P<verb>豁免|免于|免予|免领|无须|无需|不需(?!要?再))[^。;,]{0,14}?"
            r"(?:许可|出口凭证)"
        ),
        GENERAL,
        abroad=True,
    ),
    Wording(
        Action.ADD,
        GENERAL_LICENCES,
        _phrase(
            r"(?P<verb>准予|给予|授予|颁发|核发|发放|同意|获得|取得)(?P<who>[^。;,]{0,160}?)(?:使用|获得|取得|适用|的)?(?:[甲乙丙]类|两用物项|出口)*通用许可"
        ),
        GENERAL,
        listing=True,
    ),
    # controls in few words
    Wording(
        Action.ADD,
        DUAL_USE,
        _phrase(r"(?<!针)对(?P<goods>[^。;,]{1,120}?)(?:出口)?,?(?P<verb>实施(?!的)|实行|采取)(?:出口)?管制(?!法|条例|的)"),
        needs=True,
    ),
    Wording(
        Action.ADD,
        DUAL_USE,
        _phrase(r"凭[^。;,]{0,12}许可证?[^。;,]{0,4}?(?P<verb>出口)"),
        _phrase("临时管[制理]"),
        needs=True,
    ),
    Wording(
        Action.RESTRICT,
        DUAL_USE,
        _phrase(
            r"未经[^。;,]{1,8},?(?:一律)?(?P<verb>不得)(?:擅自)?(?:对外|向境外[^。;,]{0,8}?)(?:提供|出口|转让|输出)(?P<goods>[^。;,]{1,60})"
        ),
        needs=True,
    ),
    Wording(
        Action.ADD,
        GENERAL_LICENCES,
        _phrase(
            r"(?:^|[,:。])(?P<goods>[^。;,:]{2,40}?)(?:对[^。;,]{1,12}?)?(?:的)?出口(?P<verb>改为|改行|改按|实行)[^。;,]{0,8}?(?:登记|备案|通用许可)"
        ),
        abroad=True,
    ),
    Wording(
        Action.SUSPEND,
        GENERAL_LICENCES,
        _phrase(
            r"(?:^|[,:。]|对)(?P<who>[^。;,:]{2,60}?)(?:所?持有?|取得)?的?GL[\w-]{2,16}号?(?:通用)?许可[^。;]{0,24}?(?P<verb>中止|暂停|停用)"
        ),
    ),
    Wording(
        Action.REMOVE,
        GENERAL_LICENCES,
        _phrase(
            r"(?:^|[,:。]|对)(?P<who>[^。;,:]{2,60}?)(?:所?持有?|取得)?的?GL[\w-]{2,16}号?(?:通用)?许可[^。;]{0,24}?(?P<verb>撤销|注销|吊销|失效)"
        ),
    ),
    Wording(
        Action.ADD,
        GENERAL_LICENCES,
        _phrase(r"(?:^|[,:。])(?P<who>[^。;,:]{2,80}?)(?P<verb>获准?|取得)[^。;,]{0,16}?通用许可"),
        GENERAL,
        listing=True,
    ),
    Wording(
        Action.AMEND,
        PORT_MEASURES,
        _phrase(rf"{SHIPS}[^。;,]{{0,12}}?(?P<verb>调整|提高|降低|上调|下调)"),
        PORT,
    ),
    Wording(
        Action.RESTRICT,
        PORT_MEASURES,
        _phrase(r"对[^。;]{1,60}?船舶[^。;]{0,24}?(?P<verb>停止|暂停|不予)(?:办理|受理)[^。;,]{0,4}?[进出离]港"),
    ),
    Wording(
        Action.RESTRICT,
        DUAL_USE,
        _phrase(
            r"(?P<verb>一[概律])(?:不准|不得|不予|停止)(?:供货|供应|出口|核发|许可|批准|签发)(?P<goods>(?:(?!许可证|申请)[^。;,]){0,40})(?=[,。;]|$)"
        ),
        _phrase("{COUNTRY}"),
        abroad=True,
        needs=True,
    ),
    Wording(
        Action.RESTRICT,
        None,
        _phrase(
            r"(?P<verb>建立|启用)(?P<goods>[^。;,:]{1,30}?)(?:物项|产品)?(?:出口)?(?:流向)?(?:追溯|报告|申报|登记)(?:制度|体系|管理|系统)?"
        ),
        OUTWARD,
        needs=True,
    ),
    Wording(
        Action.RESTRICT,
        None,
        _phrase(
            r"(?P<verb>不得|停止|禁止|暂停)(?:继续)?(?:采购|购买|使用|安装)(?P<who>(?:该|其|上述|前述|以上)[^。;,的]{0,8}?|"
            r"[^。;,]{2,60}?(?:公司|集团|会社)(?:\(\x00*\))?)(?:的|(?:所|其)?(?:生产|提供|销售)的?)?"
            r"(?:有关|相关|全部|任何)?(?:产品|服务|设备|软件|硬件|系统|芯片)"
        ),
        needs=True,
    ),
    Wording(
        Action.RESTRICT,
        None,
        _phrase(r"(?P<verb>不得|停止|禁止)(?:采购|购买)(?P<goods>[^。;,]{2,60})"),
        _phrase("{COUNTRY}|外国|反制|安全审查"),
        needs=True,
    ),
    # quotas and state trading
    Wording(
        Action.ADD,
        STATE_TRADING,
        _phrase(
            r"(?P<verb>公布|确定|批准|符合|核定|认定)[^。;]{0,40}?(?:国营贸易|配额|供货|出口)[^。;,]{0,8}?(?P<who>企业)(?:名单)?(?:如下|为)?"
        ),
        QUOTA,
        listing=True,
    ),
    Wording(
        Action.ADD,
        STATE_TRADING,
        _phrase(r"(?:国营贸易|配额|供货)[^。;,]{0,8}?(?P<who>企业)(?P<verb>名单)(?:如下|为)"),
        listing=True,
        needs=True,
    ),
    Wording(
        Action.RESTRICT,
        STATE_TRADING,
        _phrase(rf"{AMOUNT}(?P<verb>吨|公斤|千克|立方米)"),
        QUOTA,
        amounts=True,
        listing=True,
        needs=True,
    ),
    Wording(
        Action.ADD,
        STATE_TRADING,
        _phrase(r"(?:下列|以下)(?P<who>企业)[^。;]{0,30}?(?P<verb>符合|公布|获得|取得)"),
        QUOTA,
        listing=True,
        needs=True,
    ),
    # ports
    Wording(
        Action.REPEAL,
        PORT_MEASURES,
        _phrase(rf"(?P<verb>终止|停止|取消|不再)[^。;,]{{0,6}}?(?:收取|征收)[^。;,]{{0,30}}?{SHIPS}"),
        PORT,
    ),
    Wording(
        Action.REPEAL,
        PORT_MEASURES,
        _phrase(rf"{SHIPS}[^。;]{{0,24}}?(?P<verb>停收|终止|停止收取|不再收取)"),
        PORT,
    ),
    Wording(
        Action.SUSPEND,
        PORT_MEASURES,
        _phrase(rf"(?P<verb>暂停|中止|暂缓)[^。;,]{{0,6}}?(?:收取|征收)[^。;,]{{0,30}}?{SHIPS}"),
        PORT,
    ),
    Wording(
        Action.SUSPEND,
        PORT_MEASURES,
        _phrase(rf"{SHIPS}(?:的?(?:收取|征收|措施))?(?:自[^。;,]{{4,16}}起)?(?P<verb>暂停|中止|暂缓|停征)"),
        PORT,
    ),
    Wording(Action.RESUME, PORT_MEASURES, _phrase(rf"(?P<verb>恢复)[^。;,]{{0,6}}?(?:收取|征收)[^。;,]{{0,30}}?{SHIPS}"), PORT),
    Wording(Action.RESTRICT, PORT_MEASURES, _phrase(rf"(?P<verb>收取|征收|缴纳|加收)(?!的)[^。;,]{{0,20}}?{SHIPS}"), PORT),
    Wording(
        Action.RESTRICT,
        PORT_MEASURES,
        _phrase(
            r"(?P<verb>禁止|不准|拒绝|限制|不得允许)(?P<who>[^。;,]{2,100}?)(?:所属|拥有|运营|所有|经营|的|旗下|管理)[^。;,]{0,20}?"
            r"(?:船舶|船只|船队)[^。;,]{0,10}?(?:挂靠|停靠|靠泊|进入|驶入)"
        ),
        PORT,
    ),
    # goods kept out, or let in again
    Wording(
        Action.RESUME,
        None,
        _phrase(
            r"(?P<verb>恢复|解除)(?:对)?(?:进口)?(?P<goods>[^。;,]{0,60}?(?:{COUNTRY})[^。;,]{0,60}?)(?:的?(?:进口|输华|入境)(?:禁令|限制)?|(?=[,。;]|$))"
        ),
        _phrase("进口|输华"),
    ),
    Wording(
        Action.RESTRICT,
        None,
        _phrase(
            r"(?P<verb>禁止|停止|暂停)(?:直接|间接|或者?|、){0,4}(?:从|自)(?:(?:{COUNTRY})[、和及与]?){1,8}(?:境内|等[^。;,]{0,6})?(?:进口|输入)(?P<goods>[^。;,]{1,60})"
        ),
    ),
    Wording(
        Action.RESTRICT,
        None,
        _phrase(
            r"(?P<verb>禁止|停止|暂停)(?:从[^。;,]{1,20})?(?:进口|输入)(?P<goods>[^。;,]{0,20}?(?:{COUNTRY})[^。;,]{1,60}?)(?=[,。;]|$)"
        ),
    ),
    Wording(
        Action.RESTRICT,
        None,
        _phrase(r"(?P<verb>禁止|停止|暂停)(?P<goods>[^。;,]{0,20}?(?:{COUNTRY})[^。;,]{1,60}?)(?:的)?(?:进口|输华|入境)"),
    ),
    # destinations and end uses
    Wording(
        Action.RESTRICT,
        DUAL_USE,
        _phrase(
            r"(?P<verb>一[概律](?:不予|不得|停止)|不予|不批准|停止|不再|暂停)(?:签发|批准|颁发|发放|许可|受理|办理)?"
            r"(?P<goods>[^。;,]{1,80}?)的?(?:出口)?(?:许可证?|出口申请|申请)"
        ),
        _phrase("{COUNTRY}|最终用户|最终用途"),
        abroad=True,
    ),
    Wording(
        Action.RESTRICT,
        DUAL_USE,
        _phrase(
            r"(?P<verb>禁止|(?:停止|暂停)(?!执行|实[施行]|适用|采取)|严禁|不得|不再(?!禁|限|暂|停|中止|要|需|实|对)|不准)(?:任何[^。;,]{1,20}?|出口经营者|境内[^。;,]{1,16}?|将)?"
            r"(?P<before>[^。;,]{0,60}?)(?:向|对|至|往)(?!中国|我国|我方)(?P<to>[^。;,]{1,80}?)(?:出口(?!管制|许可证?管理|措施|限制)|供应|提供|转让|转移|销售|供货|输出)(?P<goods>[^。;,]{0,60})"
        ),
        abroad=True,
        needs=True,
    ),
    Wording(
        Action.RESTRICT,
        None,
        _phrase(r"(?P<verb>暂停|停止|禁止)(?P<goods>[^。;,:对向]{1,30}?)(?:经[^。;,]{2,16}?)?(?:报关)?(?:出口|出境)(?=[,。;]|$)"),
        needs=True,
    ),
    # inspection and customs
    Wording(
        Action.RESTRICT,
        None,
        _phrase(
            r"(?:(?<!针)对|^|[,:。])(?P<goods>(?:(?!对)[^。;,]){1,80}?)(?:一律)?(?P<verb>实施|实行|开展|启用)[^。;,]{0,24}?(?:核查|检验|检测|取样|查验|申报|验证|监管|抽查|登记|追溯|备案|报告|出口许可)"
            r"(?:管理|制度)?"
        ),
        OUTWARD,
    ),
    Wording(
        Action.RESTRICT,
        None,
        _phrase(r"(?P<verb>停止|不再|暂停|不予)(?:受理|办理)(?P<goods>[^。;,]{2,60}?)(?:的)?(?:申报|通关|出境|报关|手续)"),
        OUTWARD,
    ),
    Wording(
        Action.RESTRICT,
        None,
        _phrase(
            r"(?:^|[,:。])(?P<goods>[^。;,:]{1,80}?)(?:的)?(?:出口|出境|外销)(?:时)?(?P<verb>须|应当?|必须|一律)[^。;]{0,60}?(?:方可|方能|送检|检验|验放|许可|审批|批准)"
        ),
        duty=True,
    ),
    Wording(
        Action.RESTRICT,
        None,
        _phrase(
            r"(?:^|[,:。])出口(?P<goods>[^。;,:]{1,40}?)(?:的,)?(?P<verb>应当?|须|必须)[^。;]{0,10}?(?:申领|取得|办理|许可|审批)"
        ),
        duty=True,
        needs=True,
    ),
    Wording(
        Action.RESTRICT,
        None,
        _phrase(
            r"(?:出口|外销)?(?P<goods>[^。;,:]{0,60}?)(?:出口)?(?:经营者|发货人|企业|经营单位|组织|单位|个人)?,?(?P<verb>须|应当?|必须|不得|严禁)"
            r"[^。;]{0,80}?(?:报告|申报|填报|录入|报送|备案|登记|保存|留存|留档|存档|台账|提供|拒报|瞒报|放行|外销)"
        ),
        OUTWARD,
        duty=True,
    ),
)

# What is done to a catalogue, clause by clause; the register is that of the catalogue which the act speaks of.
CATALOGUES = (
    (TECHNOLOGY, TECHNOLOGIES),
    (_phrase(registers.CATALOGUE.own), CATALOGUE),
    (_phrase(f"{DUAL_USE_LISTS}|两用品出口目录|出口管理目录"), DUAL_USE),
    (LICENSED, None),
)
CHANGED = (
    (
        Action.ADD,
        _phrase(
            r"(?P<verb>新增列?|增列|增加|补充|增补|调入)(?P<goods>[^。;]{1,160})|(?:将|^|[,:。])(?P<goods2>[^。;,将]{1,100}?)(?<!已)(?<!被)(?:列入|纳入|增列入)"
        ),
    ),
    (
        Action.REMOVE,
        _phrase(
            r"(?P<verb>删除|删去|调出|移出|取消)(?:对)?(?P<goods>[^。;]{1,160})|解除(?:对)?(?P<goods3>[^。;,]{1,60}?)的?(?:出口)?限制|(?P<goods2>[^。;,:]{1,100}?)(?:停止适用|不再适用|予以删除|不再列入)"
        ),
    ),
    (
        Action.AMEND,
        _phrase(
            r"(?P<verb>修改|修订|调整)(?!后)(?P<goods>[^。;]{1,160})|(?P<goods2>[^。;:]{1,160}?)(?:控制要点|由(?:限制|禁止)出口|改为|修改为|修订为|调整为)"
        ),
    ),
)
