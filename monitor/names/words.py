"""The common words of company names: what they fold to, what they are in Chinese, and which names
are places.

A common word says what a firm does, not which firm it is; two different ones are two firms
(Trading, Training).
"""

from functools import cache

from monitor.names import countries
from monitor.names.scripts import bare, simplify_han

# lemma, other forms that mean the same | what Chinese says for it
COMMON = """
technology technologies tech technological technol | 技术 科技
science sciences sci | 科学
industry industries industrial ind industrie industria | 工业 实业 产业
trade trading trader traders commercial commerce | 贸易 商贸 经贸 商业 商务
training trainings | 培训
import imports imp | 进口
export exports exp | 出口
importexport | 进出口
system systems sys systeme systemes sistem sistema sistemas sistemi sistemy | 系统
electronic electronics elec electron electronique electronica | 电子
electric electrical electrics electricity | 电气 电器 电力
power powers | 动力
energy energies energie energia | 能源
aerospace aero astronautics space | 航天 空间
aviation aviations aeronautics aeronautical | 航空
avionics avionic
aircraft aircrafts airplane | 飞机
engine engines motor motors | 发动机
machine machines machinery | 机械 机器
mechanical mechanics mechanic mechatronics
engineering eng engineers engineer engr | 工程
equipment equip equipments | 设备 装备
instrument instruments instrumentation device devices | 仪器 仪表
manufacture manufacturing mfg manufacturer manufacturers manufactory | 制造
product products
production productions | 生产
research researches rsch scientific | 研究
institute inst institution institut instituto institutes | 学院 院 所
university univ universitat universite universidad universita | 大学
academy acad academie | 科学院
college
school
laboratory laboratories lab labs laboratoires laboratorio | 实验室
center centre centers centres ctr centro zentrum | 中心
department dept
ministry | 部
bureau | 局
office
agency
administration admin | 总局
service services svc svcs serv | 服务
solution solutions
consulting consultancy consultants consultant | 咨询
management mgmt | 管理
design designs | 设计
development developments dev | 开发 发展
information info informatics | 信息
intelligent intelligence smart | 智能
network networks networking | 网络
communication communications comm comms telecommunication telecommunications telecom telecoms | 通信 通讯
computer computers computing | 计算机 电脑
software | 软件
hardware
digital | 数字
data
cloud | 云
internet
robot robots robotics robotic | 机器人
automation automatic automated automatics | 自动化
control controls | 控制
sensor sensors sensing | 传感器
semiconductor semiconductors semi | 半导体
integrated | 集成
circuit circuits | 电路
microelectronics microelectronic | 微电子
optoelectronics optoelectronic | 光电
optics optical optic | 光学
option options
laser lasers | 激光
photonics photonic | 光子
chip chips | 芯片
memory | 存储
storage
material materials matls | 材料
mineral minerals | 矿产 矿物
metal metals metallic | 金属
nonferrous | 有色
metallurgy metallurgical | 冶金
steel steels | 钢铁
steam
iron
copper | 铜业
aluminium aluminum | 铝业
tungsten | 钨业
rare | 稀
earth earths | 土
rareearth | 稀土
magnet magnets magnetic magnetics | 磁材
mining mine mines | 矿业 采矿
mixing
coal | 煤炭 煤业
oil | 石油
petroleum petro
gas | 天然气 燃气
chemical chemicals chem chemistry chimie chemie | 化工 化学
petrochemical petrochemicals | 石化
plastic plastics | 塑料
rubber | 橡胶
glass | 玻璃
carbide | 硬质合金
casting castings cast | 铸造
coating coatings | 涂料
painting paints paint
forging forgings
welding
tool tools tooling | 工具
bearing bearings | 轴承
valve valves | 阀门
pump pumps | 泵业
hydraulic hydraulics | 液压
component components | 元件 组件
part parts | 零件
automotive automobile automobiles auto | 汽车
vehicle vehicles | 车辆
car cars
rail railway railways | 铁路 轨道
rotor
ship ships shipbuilding shipbuilders | 船舶 造船
shipyard shipyards
shipping | 航运 海运
shopping
maritime | 海事
marine marines sea | 海洋
mariner mariners
logistics logistic logistik | 物流
transport transportation transports | 运输
freight cargo
line lines
express
airline airlines airways | 航空公司
airport
satellite satellites | 卫星
missile missiles | 导弹
weapon weapons | 武器
arms armament armaments
ammunition cartridge
defense defence defensive | 国防 防务
military | 军工
security securities | 安全
safety
tactical
strategic
unmanned | 无人
drone drones uav | 无人机
nuclear | 核 核电
atomic
isotope
solar | 太阳能
polar
wind | 风电
water | 水务
hydro
tower towers
battery batteries | 电池
construction constructions building buildings making maker makers | 建设 建筑
architecture architectural
installation
cement
house housing
property properties
estate real
land
investment investments invest | 投资
finance financial
bank banking
bancorp bancorporation bancshares bankshares
insurance
fund funds
capital
asset assets
exchange
credit
pharmaceutical pharmaceuticals pharma | 制药 药业
medical medicine | 医疗
health healthcare
hospital
bio biotech biotechnology biological biology | 生物
gene genetics genomics
food foods | 食品
agriculture agricultural agro | 农业
fishery fishing fisheries
textile textiles tekstil | 纺织
garment garments clothing
paper
printing | 印刷
packaging packing
furniture
media
film
broadcasting broadcast
publishing
education educational | 教育
culture cultural
sport sports
travel tourism
hotel hotels
restaurant
supply supplies | 供应
chain | 供应链
purchase purchasing procurement
sales sale | 销售
marketing market markets
distribution distributor distributors
retail
wholesale
store stores
shop
warehouse
factory plant works work werke mill mills | 工厂 厂
workshop
base | 基地
precision | 精密
provision provisions
advanced | 先进
modern
new | 新
high
super superhard | 超硬
special
general | 通用
global | 环球
international intl internationale internacional | 国际
national natl nacional nationale | 国家
state | 国营
public
private
federal
central
united | 联合
universal
foreign
overseas
domestic
world
north northern | 北方
south southern | 南方
east eastern
west western
pacific
atlantic
oriental orient | 东方
republic
people peoples
army
navy naval
force forces
joint
first
heavy | 重工 重型
light
micro
nano
environment environmental | 环保
technical technic technics technique technika
polytechnic polytechnical
applied application applications
innovation innovations innovative | 创新
creative
experimental
test testing | 检测
inspection
measurement measuring | 测控 计量
analysis
geology geological
ocean
surveying survey
mapping
meteorological
physics physical
mathematics
layer layers
radar radars | 雷达
radio
signal
antenna
wireless
microwave
cable cables | 电缆
wire
fiber fibre fibers | 光纤
display
imaging image
vision
video
camera cameras
audio
lighting
lamp
switch
transformer
generator generators
turbine turbines
boiler
compressor
vacuum vakuum
cryogenic
cooling
air
filter
branch | 分公司
subsidiary
association assoc associated union unions | 协会
federation
foundation
society
council
committee
commission
organization organisation org
enterprise enterprises | 企业
corps | 兵团
complex
combine combinat
concern concerns
corporation
company
repair repairs repairing
tractor tractors
helicopter helicopters
composite composites
river
youth
consortium
alliance
partner partners
brothers bros
sons
family
group groups gruppe gruppen grupa groupe
holding holdings hldgs
club
team
medal medals
operations operation
project projects
process processing processes
treatment
resource resources
human
nature natural
green
red
black
blue
white
gold golden
silver
star
sun
moon
king
royal
imperial
crown
diamond
performance
quality
value
premier
prime
best
good
great
big
small
mini
mobile
portable
electro
industriel
"""
# Words that may be missing: a firm and its group are called alike.
SOFT = frozenset(
    {
        "group",
        "holding",
        "concern",
        "corporation",
        "company",
        "state",
        "集团",
        "控股",
        "회사",
        "공사",
        "총회사",
        "그룹",
    }
)
STOP = frozenset(
    "mv province of the and for de la le du des del di da e y et und fur for in on at no n an a by to".split()  # noqa: SIM905 -- in a row
)
# not one, which is a brand's
NUMBERS_TOLD = """
first-1 second-2 third-3 fourth-4 fifth-5 sixth-6 seventh-7 eighth-8 ninth-9 tenth-10 two-2 three-3 four-4 five-5 six-6 seven-7
eight-8 nine-9 ten-10 ii-2 iii-3 iv-4 vi-6 vii-7 viii-8 ix-9 xi-11 xii-12
"""
NUMBERED = dict(word.split("-") for word in NUMBERS_TOLD.split())
NUMBER_WORDS = frozenset({"no", "number", "nr", "num"})

# Divisions and cities of China; English names are as registers print them.
CHINA = """
北京 beijing peking|上海 shanghai|天津 tianjin|重庆 chongqing|河北 hebei|山西 shanxi|辽宁 liaoning|吉林 jilin
黑龙江 heilongjiang
江苏 jiangsu|浙江 zhejiang|安徽 anhui|福建 fujian|江西 jiangxi|山东 shandong|河南 henan|湖北 hubei|湖南 hunan|广东 guangdong
海南 hainan|四川 sichuan|贵州 guizhou|云南 yunnan|陕西 shaanxi|甘肃 gansu|青海 qinghai|台湾 taiwan|内蒙古 neimenggu|广西 guangxi
西藏 xizang tibet|宁夏 ningxia|新疆 xinjiang|香港 hongkong hk|澳门 macau macao|深圳 shenzhen|广州 guangzhou canton|杭州 hangzhou
南京 nanjing|苏州 suzhou|武汉 wuhan|成都 chengdu|西安 xian|青岛 qingdao|大连 dalian|沈阳 shenyang|哈尔滨 harbin|长春 changchun
济南 jinan|郑州 zhengzhou|长沙 changsha|合肥 hefei|福州 fuzhou|厦门 xiamen|宁波 ningbo|无锡 wuxi|常州 changzhou|东莞 dongguan
佛山 foshan|珠海 zhuhai|中山 zhongshan|惠州 huizhou|昆明 kunming|贵阳 guiyang|南宁 nanning|南昌 nanchang|太原 taiyuan
石家庄 shijiazhuang|兰州 lanzhou|乌鲁木齐 urumqi|呼和浩特 hohhot|银川 yinchuan|西宁 xining|海口 haikou|温州 wenzhou
绍兴 shaoxing
嘉兴 jiaxing|台州 taizhou|金华 jinhua|义乌 yiwu|泉州 quanzhou|烟台 yantai|潍坊 weifang|淄博 zibo|威海 weihai|洛阳 luoyang
株洲 zhuzhou|湘潭 xiangtan|绵阳 mianyang|宜昌 yichang|襄阳 xiangyang|徐州 xuzhou|南通 nantong|扬州 yangzhou|镇江 zhenjiang
泰州 taizhou|盐城 yancheng|芜湖 wuhu|蚌埠 bengbu|赣州 ganzhou|包头 baotou|唐山 tangshan|保定 baoding|鞍山 anshan|大庆 daqing
齐齐哈尔 qiqihar|柳州 liuzhou|桂林 guilin|宝鸡 baoji|汉中 hanzhong|西昌 xichang|酒泉 jiuquan|宁德 ningde|临沧 lincang
台北 taipei|高雄 kaohsiung|新竹 hsinchu|台中 taichung|台南 tainan|桃园 taoyuan
"""
WORLD = """
东京 tokyo|大阪 osaka|京都 kyoto|名古屋 nagoya|横滨 yokohama|神户 kobe|首尔 seoul|釜山 busan|新加坡 singapore
伦敦 london|纽约 newyork
莫斯科 moscow moskva|柏林 berlin|慕尼黑 munich munchen muenchen|巴黎 paris|迪拜 dubai|德黑兰 tehran|孟买 mumbai|基辅 kyiv kiev
明斯克 minsk|平壤 pyongyang|河内 hanoi|曼谷 bangkok|雅加达 jakarta|马尼拉 manila|悉尼 sydney|墨尔本 melbourne|多伦多 toronto
维也纳 vienna wien|苏黎世 zurich zuerich|日内瓦 geneva geneve|米兰 milan milano|罗马 rome roma|马德里 madrid|里斯本 lisbon
阿姆斯特丹 amsterdam|布鲁塞尔 brussels|华沙 warsaw warszawa|布拉格 prague praha|布达佩斯 budapest
伊斯坦布尔 istanbul|安卡拉 ankara
开罗 cairo|特拉维夫 telaviv|大马士革 damascus|巴格达 baghdad|贝鲁特 beirut|卡拉奇 karachi|伊斯兰堡 islamabad
新德里 delhi newdelhi
班加罗尔 bangalore bengaluru|圣彼得堡 petersburg saintpetersburg stpetersburg|新西伯利亚 novosibirsk|叶卡捷琳堡 yekaterinburg
喀山 kazan|图拉 tula|巴尔瑙尔 barnaul|车里雅宾斯克 chelyabinsk|鄂木斯克 omsk|萨马拉 samara|彼尔姆 perm|汉堡 hamburg
法兰克福 frankfurt|斯图加特 stuttgart|科隆 cologne koln|里昂 lyon|图卢兹 toulouse|芝加哥 chicago|休斯顿 houston|达拉斯 dallas
加利福尼亚 california|德克萨斯 texas|欧洲 europe european|亚洲 asia asian|美洲 americas|非洲 africa african
"""
NO_PLACES = frozenset(
    {"jordan", "georgia", "chad", "guinea", "jersey", "mali", "niger", "turkey", "texas", "lao"}
)  # names and things too


def _common_lines() -> list[str]:
    return [*TABLE.strip().splitlines(), *COMMON.strip().splitlines()]


@cache
def load_common_words() -> dict[str, str]:
    """Each common word in Latin letters → the one that stands for all its forms."""
    rows = (line.partition("|")[0].split() for line in _common_lines())
    return {form: row[0] for row in rows if row for form in row}


@cache
def load_soft_words() -> frozenset[str]:
    """The forms of the soft words in Latin letters."""
    return frozenset(form for form, lemma in load_common_words().items() if lemma in SOFT)


@cache
def load_common_han() -> dict[str, str]:
    """Each common Chinese word → the Latin one that registers translate it by."""
    rows = (line.partition("|") for line in _common_lines())
    pairs = {
        word: latin.split()[0] for latin, _, han in rows for word in han.split() if latin.split()
    }
    return pairs | {"集团": "group", "控股": "holding"}


@cache
def load_places() -> dict[str, str]:
    """Each name of a place, in Latin letters or Chinese → the one it is known by here."""
    cities = {name: cell[1] for cell in _cells(CHINA + WORLD) for name in cell}
    return _countries() | cities


def find_place(name: str) -> str:
    """What the place of a name is known by here; "" for what is none."""
    return load_places().get(bare(name), "")


def _cells(table: str) -> list[list[str]]:
    return [cell.split() for cell in table.replace("\n", "|").split("|") if cell]


def _countries() -> dict[str, str]:
    """Countries by what they and those of them are called; of CLDR's names those without signs,
    and no regions of one.
    """
    called = (
        countries.spelt("en"),
        countries.spelt("zh"),
        countries.demonyms(),
        countries.OF_FIRMS,
        countries.in_names(),
    )
    plain = {
        "".join(name.casefold().split()): code.casefold()
        for names in called
        for name, code in names.items()
    }
    return {
        name: code
        for name, code in plain.items()
        if name.isalpha() and len(code) == 2 and name not in NO_PLACES
    }


@cache
def load_han_words() -> dict[str, str]:
    """All Chinese words that are no firm's own name, the common ones and the places, by the one
    shape that names are read in.
    """
    return {
        simplify_han(word): word
        for word in (*load_common_han(), *load_places())
        if not word.isascii()
    }


# Further common words of company names, as `words.COMMON` writes them: lemma, other forms | what
# Chinese or Japanese says.

TABLE = """
bank | 은행
electronic | 전자
electric | 전기
engine | 자동차
system | 시스템
heavy | 중공업
industry | 산업 공업
power | 전력
trade | 무역 상사
mining | 광업
development | 개발
international | 국제
university | 대학교 대학 종합대학
technology | 기술 테크놀로지
foreign | 대외
steel | 철강 제철
chemical | 화학
shipping | 해운
shipbuilding | 조선소 조선해양
aviation | 항공
aerospace | 우주
precision | 정밀
machinery | 기계
semiconductor | 반도체
display | 디스플레이
energy | 에너지
solution | 솔루션
material | 소재
construction | 건설
insurance | 보험
general | 총 종합
corporation | 공사 총회사
company | 회사
research | 연구
institute | 연구소 연구원
center | 센터
communication | 통신
food | 식품
pharmaceutical | 제약
metal | 금속
oil | 석유 정유
engineering | 엔지니어링
group | 그룹
agency agencies agent agents forwarding forwarder forwarders | 代理 货代
aerospace | 宇航 空天
freight | 货运
trade | 商行 科贸 工贸 贸易行 商社 商事
fuel fuels
children
fishery fishing
machinetool | 机床
cnc numerical | 数控
mould moulds mold molds molding moulding | 模具
ceramic ceramics keramik | 陶瓷
hardware | 五金 硬件
toy toys | 玩具
leather | 皮革
advertising | 广告
media | 传媒 媒体
bank | 银行
insurance | 保险
security | 证券
fund | 基金
hotel | 酒店
travel | 旅游
estate | 置业 地产 房地产
property | 物业
shipping | 船务
pharmaceutical | 医药
medical | 医院 医学
equipment | 器材 装置
component | 元器件 电子元件
communication | 通信技术
measurement | 测量
optoelectronics | 光电子
titanium | 钛业
molybdenum | 钼业
lithium | 锂业
zinc | 锌业
nickel | 镍业
gold | 黄金
steel | 特钢 不锈钢
magnet | 磁性材料 永磁 磁业
supply | 供应链管理
environment | 环境 环保
heat thermal | 热力
chemical | 化学
garment | 服装
food | 食品
wine | 酒业
cement | 水泥
port ports | 港口
airport | 机场
holding | ホールディングス ホールディング
group | グループ
technology | テクノロジー テクノロジーズ テック
system | システム システムズ
electronic | エレクトロニクス
service | サービス
international | インターナショナル
engineering | エンジニアリング
solution | ソリューション ソリューションズ
network | ネットワーク
software | ソフトウェア
chemical | ケミカル
industry | 産業 产业 興業 兴业
armored armoured armor armour
assembly assemblies | 装配
century | 世纪
infrared | 红外
navigation | 导航
inertial | 惯性
watch watches | 钟表 時計
locomotive locomotives | 机车
ecology ecological | 生态
lighting | 照明
college | 学院
school | 学校
data | 数据
internet | 互联网
forging | 锻造
welding | 焊接
shipyard | 船厂
isotope | 同位素
hydro | 水电
installation | 安装
finance | 金融 财务
capital | 资本
asset | 资产
health | 健康
gene | 基因
fishery | 渔业
paper | 纸业 造纸
packaging | 包装
furniture | 家具
broadcasting | 广播
publishing | 出版
culture | 文化
sport | 体育
restaurant | 餐饮
retail | 零售
wholesale | 批发
warehouse | 仓储
special | 特种
applied | 应用
creative | 创意
test | 测试
inspection | 检验
geology | 地质
surveying | 测绘
meteorological | 气象
physics | 物理
radar | 雷达
radio | 无线电
antenna | 天线
wireless | 无线
microwave | 微波
cable | 线缆
wire | 电线
display | 显示
imaging | 成像 影像
vision | 视觉
video | 视频
camera | 相机
audio | 音频
switch | 开关
transformer | 变压器
generator | 发电机
turbine | 汽轮机
boiler | 锅炉
compressor | 压缩机
vacuum | 真空
cooling | 制冷
filter | 过滤
foundation | 基金会
committee | 委员会
resource | 资源
treatment | 处理
avionics | 航电
sensor | 传感
medical | 医疗器械
"""

# Words that so many firms are called by that one of them alone tells no firm: stars and gods, stones
# and beasts, what one praises. Lemma by lemma, as Russian firms are called too.
ANYONES = frozenset(
    """
    alpha alfa beta gamma delta sigma omega epsilon lambda kappa
    sirius vega polaris orion andromeda saturn jupiter mars venus mercury neptune pluto apollo
    titan zeus atlas hermes hercules phoenix feniks poseidon triton nova aurora avrora luna sol zenit zenith horizon gorizont
    meridian equator galaxy cosmos kosmos planet comet kometa meteor stella
    diamond almaz emerald izumrud ruby rubin sapphire sapfir pearl amber yantar crystal kristall topaz opal
    granit granite gold golden silver platinum iron steel stone rock
    lion eagle falcon sokol hawk tiger panther leopard wolf bear dragon dolphin whale swan stork horse bull
    red blue green white black orange
    progress victory pobeda triumph triumf success prestige prestizh classic standard standart ideal premier prime elite elita
    vanguard avangard pioneer pioner leader lider champion target focus impact vision mission summit vershina peak apex
    harmony unity liberty freedom noble regal imperial majestic grand popular united universal general
    vektor vector impuls impulse kvant quantum spektr spectrum kontakt contact signal sintez synthesis kontur modul module
    potential dynamo dinamo motor fusion matrix monolit monolith fundament baza basis
    sky skyline helios mayak fakel parus raduga vityaz titan strategy navigator winner winners sentinel guardian
    zarya dawn voskhod sunrise rassvet sever north yug south vostok east zapad west volga ural baikal sahara oasis
    speed rapid express swift bridge gate gateway castle fortress tower pyramid crown arena forum
    ocean river mountain hill hilltop valley forest island bay harbor harbour sunset rainbow spring summer winter
    partner alliance fossil evolution revolution legacy heritage future century millennium element interface games
    rose lily lotus jasmine cedar oak palm olive pine maple
    """.split()  # noqa: SIM905 -- in rows
)
