"""Materials that export controls name: what each is called in Chinese and English, its symbol, and
the group it belongs to.

Elements by IUPAC's names and symbols; the groups as the Chinese and American lists draw them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from monitor.names.scripts import IS_CJK, simplify_han
from monitor.vocabulary.letters import HAN_RANGE

# name; other English names | Chinese | symbol | group
TABLE = """
dysprosium|镝|Dy|heavy rare earths
terbium|铽|Tb|heavy rare earths
gadolinium|钆|Gd|heavy rare earths
holmium|钬|Ho|heavy rare earths
erbium|铒|Er|heavy rare earths
thulium|铥|Tm|heavy rare earths
ytterbium|镱|Yb|heavy rare earths
lutetium|镥|Lu|heavy rare earths
yttrium|钇|Y|heavy rare earths
samarium|钐|Sm|heavy rare earths
europium|铕|Eu|heavy rare earths
scandium|钪|Sc|rare earths
lanthanum|镧|La|light rare earths
cerium|铈|Ce|light rare earths
praseodymium|镨|Pr|light rare earths
neodymium|钕|Nd|light rare earths
heavy rare earths; medium and heavy rare earths|中重稀土 重稀土||rare earths
light rare earths|轻稀土||rare earths
rare earths; rare earth; rare-earth; rare earth elements|稀土||
neodymium iron boron; ndfeb; neodymium magnet|钕铁硼|NdFeB|permanent magnets
samarium cobalt; smco|钐钴|SmCo|permanent magnets
permanent magnets; permanent magnet|永磁||
gallium|镓|Ga|
gallium arsenide|砷化镓|GaAs|gallium
gallium nitride|氮化镓|GaN|gallium
gallium oxide|氧化镓|Ga2O3|gallium
gallium phosphide|磷化镓|GaP|gallium
gallium antimonide|锑化镓|GaSb|gallium
indium gallium arsenide|铟镓砷|InGaAs|gallium
germanium|锗|Ge|
germanium dioxide|二氧化锗|GeO2|germanium
germanium tetrachloride|四氯化锗|GeCl4|germanium
zinc germanium phosphide|磷锗锌|ZnGeP2|germanium
antimony|锑|Sb|
indium antimonide|锑化铟|InSb|antimony
antimony trioxide|三氧化二锑|Sb2O3|antimony
graphite|石墨||
synthetic graphite; artificial graphite|人造石墨||graphite
natural graphite; flake graphite; spherical graphite|天然石墨 鳞片石墨 球形石墨 球化石墨||graphite
superhard materials; superhard material|超硬材料||
synthetic diamond; diamond; diamond powder; diamond micropowder|人造金刚石 金刚石||superhard materials
cubic boron nitride|立方氮化硼|cBN|superhard materials
tungsten; wolfram|钨|W|
ammonium paratungstate|仲钨酸铵|APT|tungsten
tungsten carbide|碳化钨|WC|tungsten
tungsten oxide; tungsten trioxide|氧化钨 三氧化钨|WO3|tungsten
molybdenum|钼|Mo|
tellurium|碲|Te|
cadmium telluride|碲化镉|CdTe|tellurium
mercury cadmium telluride|碲镉汞|HgCdTe|tellurium
bismuth|铋|Bi|
indium|铟|In|
indium phosphide|磷化铟|InP|indium
trimethylindium|三甲基铟||indium
beryllium|铍|Be|
cobalt|钴|Co|
niobium|铌|Nb|
tantalum|钽|Ta|
titanium|钛|Ti|
vanadium|钒|V|
zirconium; zircaloy|锆|Zr|
hafnium|铪|Hf|
rhenium|铼|Re|
lithium|锂|Li|
lithium iron phosphate|磷酸铁锂|LiFePO4|lithium
lithium hexafluorophosphate|六氟磷酸锂|LiPF6|lithium
magnesium|镁|Mg|
nickel|镍|Ni|
manganese|锰|Mn|
silver|银|Ag|
platinum|铂|Pt|
palladium|钯|Pd|
iridium|铱|Ir|
boron|硼|B|
boron carbide|碳化硼|B4C|boron
silicon carbide|碳化硅|SiC|
carbon fibre; carbon fiber|碳纤维||
aramid|芳纶||
polysilicon; polycrystalline silicon|多晶硅||
helium-3|氦-3 氦3|He-3|
tritium|氚||
maraging steel|马氏体时效钢||
sodium perchlorate; ammonium perchlorate; perchlorate|高氯酸盐 高氯酸铵||
"""


# The numbers by which the Chemical Abstracts Service knows them; one of an oxide is of its metal.
CAS = """
7429-91-6 1308-87-8 dysprosium|7440-27-9 12037-01-3 terbium|7440-54-2 12064-62-9 gadolinium|7440-60-0 12055-62-8 holmium
7440-52-0 12061-16-4 erbium|7440-30-4 12036-44-1 thulium|7440-64-4 1314-37-0 ytterbium|7439-94-3 12032-20-1 lutetium
7440-65-5 1314-36-9 yttrium|7440-19-9 12060-58-1 samarium|7440-53-1 1308-96-9 europium|7440-20-2 12060-08-1 scandium
7439-91-0 1312-81-8 lanthanum|7440-45-1 1306-38-3 cerium|7440-10-0 praseodymium|7440-00-8 1313-97-9 neodymium|7440-55-3 gallium
1303-00-0 gallium arsenide|25617-97-4 gallium nitride|12024-21-4 gallium oxide|12063-98-8 gallium phosphide|7440-56-4 germanium
1310-53-8 germanium dioxide|10038-98-9 germanium tetrachloride|7440-36-0 antimony|1309-64-4 antimony trioxide
1312-41-0 indium antimonide|7440-33-7 tungsten|12070-12-1 tungsten carbide|1314-35-8 tungsten oxide|7439-98-7 molybdenum
13494-80-9 tellurium|1306-25-8 cadmium telluride|7440-69-9 bismuth|7440-74-6 indium|22398-80-7 indium phosphide
7440-41-7 beryllium|7440-48-4 cobalt|7440-03-1 niobium|7440-25-7 tantalum|7440-32-6 titanium|7440-62-2 vanadium
7440-67-7 zirconium|7440-58-6 hafnium|7440-15-5 rhenium|7439-93-2 lithium|7782-42-5 graphite|12069-32-8 boron carbide
"""
CAS_MARK = re.compile(r"\bCAS(?:[-. ]?No\.?)?", re.IGNORECASE)
CAS_NUMBER = re.compile(r"(?<![\w-])\d{2,7}-\d{2}-\d(?![\w-])")
FORMULA = re.compile(r"(?<![\w])[A-Z][A-Za-z0-9-]*(?![\w])")
DOPANT = re.compile(r"(?<![A-Za-z])([A-Z][a-z]):(?=[A-Z])")  # Ho:YAG
ALLOY = re.compile(r"[A-Z][a-z]?(?:-[A-Z][a-z]?)+")  # Al-Sc


@dataclass(frozen=True, slots=True)
class Material:
    """A material: its English name, and the material or group of which it is one."""

    name: str
    group: str = ""


@cache
def _lines() -> tuple[tuple[Material, tuple[str, ...], tuple[str, ...], str], ...]:
    every = [
        line.split("|") for line in (*MATERIALS.strip().splitlines(), *TABLE.strip().splitlines())
    ]
    rows = {row[0].split("; ")[0]: row for row in reversed(every)}.values()
    names = ((row, tuple(row[0].split("; "))) for row in rows)
    return tuple(
        (Material(english[0], row[3]), english, tuple(row[1].split()), row[2])
        for row, english in names
    )


@cache
def _english() -> tuple[re.Pattern[str], dict[str, Material]]:
    names = {name: material for material, english, _, _ in _lines() for name in english}
    return (
        _longest(
            (*names, *NO_MATERIAL), r"(?<![\w-])(?:ferro-?)??(", rf")(?:s|es)?(?![\w])(?!{ABSENT})"
        ),
        names,
    )


@cache
def load_chinese_materials() -> dict[str, Material]:
    """Materials by each of their Chinese names."""
    return {name: material for material, _, names, _ in _lines() for name in names}


@cache
def _chinese() -> re.Pattern[str]:
    return _longest((*load_chinese_materials(), *NO_MATERIAL), "(", ")")


@cache
def load_symbols() -> dict[str, Material]:
    """Materials by symbol or formula."""
    return {symbol: material for material, _, _, symbol in _lines() if symbol}


def _longest(names: Iterable[str], before: str, after: str) -> re.Pattern[str]:
    return re.compile(
        before + "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) + after
    )


def find_materials(text: str) -> frozenset[Material]:
    """The materials that a text names in words, the most exact ones: gallium arsenide, not gallium.

    Symbols are not looked for, since In, As and No are words; a formula (`Dy2O3`, `GaAs`) is.
    """
    low, plain = ABSENT_BEFORE.sub(" ", text.casefold()), ABSENT_BEFORE.sub(" ", simplify_han(text))
    pattern, english = _english()
    return frozenset(
        {
            *_named(pattern, english, low),
            *_named(_chinese(), load_chinese_materials(), plain),
            *_formulas(text),
            *_numbered(text),
        }
    )


def cas_numbers(*texts: str) -> frozenset[str]:
    """The CAS numbers in texts, those alone of which the last digit is the right check."""
    numbers = (number for text in texts for number in CAS_NUMBER.findall(text))
    return frozenset(number for number in numbers if _is_cas(number.replace("-", "")))


def _is_cas(digits: str) -> bool:
    return sum(
        place * int(digit) for place, digit in enumerate(reversed(digits[:-1]), 1)
    ) % 10 == int(digits[-1])


def _numbered(text: str) -> Iterator[Material]:
    return (
        load_materials()[by_cas()[number]] for number in cas_numbers(text) if number in by_cas()
    )


@cache
def by_cas() -> dict[str, str]:
    """The name of a material by each of its CAS numbers."""
    rows = (row.split() for row in CAS.strip().replace("\n", "|").split("|"))
    return {
        part: " ".join(part for part in row if not part[0].isdigit())
        for row in rows
        for part in row
        if part[0].isdigit()
    }


def _named(pattern: re.Pattern[str], known: dict[str, Material], text: str) -> Iterator[Material]:
    """Each material in a text but for the group that stands right behind one of it: 钐钴永磁 is
    samarium cobalt alone.
    """
    before, end = None, 0
    for hit in pattern.finditer(text):
        material = known.get(hit[1])
        if material and not (
            before and material.name in list_groups(before) and not text[end : hit.start()].strip()
        ):
            yield material
        before, end = material, hit.end()


def strip_materials(text: str) -> str:
    """A text without the materials that it names: what else it says."""
    plain = FORMULA.sub(lambda formula: " " if _formulas(formula[0]) else formula[0], text)
    rest = _english()[0].sub(" ", CAS_MARK.sub(" ", CAS_NUMBER.sub(" ", plain)).casefold())
    return _chinese().sub(" ", simplify_han(rest))


def _formulas(text: str) -> set[Material]:
    words = FORMULA.findall(text)
    exact = {load_symbols()[word] for word in words if len(word) > 2 and word in load_symbols()}
    exact |= {load_symbols()[symbol] for symbol in DOPANT.findall(text) if symbol in load_symbols()}
    exact |= {
        load_symbols()[part]
        for word in words
        if ALLOY.fullmatch(word)
        for part in word.split("-")
        if part in load_symbols()
    }
    parts = (
        part
        for word in words
        if re.search(r"[A-Z][a-z]?\d", word)
        for part in re.findall(r"[A-Z][a-z]?", word)
    )
    return exact or {
        load_symbols()[part]
        for part in parts
        if part in load_symbols() and part not in {"B", "V", "W", "Y"}
    }


def parse_material_column(cells: tuple[str, ...]) -> frozenset[Material]:
    """The materials of a column that holds nothing else: there a symbol alone is one."""
    return frozenset(
        material
        for cell in cells
        for material in (
            {load_symbols()[cell.strip()]}
            if cell.strip() in load_symbols()
            else find_materials(cell)
        )
    )


def list_contents(material: Material) -> tuple[str, ...]:
    """What a material is made of, as far as that matters here."""
    return CONTAINS.get(material.name, ())


@cache
def load_materials() -> dict[str, Material]:
    """Every material by its name."""
    return {material.name: material for material, _, _, _ in _lines()}


@cache
def list_groups(material: Material) -> tuple[str, ...]:
    """What a material is one of, the nearest first: neodymium, of light rare earths, of rare
    earths.
    """
    by_name = load_materials()
    names_of: list[str] = []
    while material.group:
        names_of.append(material.group)
        if material.group not in by_name:
            break
        material = by_name[material.group]
    return tuple(names_of)


# Goods and materials in English and Chinese, beside `materials.TABLE`: what they are called, made
# of, shaped like.
#
# `GOODS` are things, those of `USES` such as only tell one use of a material from another; `SHAPES`
# say that a thing is the material. Names as the control lists of China, the United States and the
# Wassenaar Arrangement use them.

# as materials.TABLE: name; other English names | Chinese | symbol | group
MATERIALS = """
lithium-ion battery; lithium-ion; lithium ion; li-ion|锂离子||
nickel cobalt manganese; nickel manganese cobalt; nmc; ncm|镍钴锰|NCM|
lithium cobalt oxide; lco|钴酸锂|LiCoO2|lithium
lithium manganese oxide; lmo|锰酸锂||lithium
lithium iron phosphate; lfp; lithium ferrophosphate|磷酸铁锂 磷酸亚铁锂|LiFePO4|lithium
lithium carbonate|碳酸锂|Li2CO3|lithium
lithium hydroxide|氢氧化锂|LiOH|lithium
cemented carbide; hardmetal; hard metal; tungsten steel|硬质合金 钨钢||
ammonium metatungstate; metatungstate|偏钨酸铵|AMT|tungsten
ammonium paratungstate; paratungstate|仲钨酸铵|APT|tungsten
sodium tungstate|钨酸钠||tungsten
tungsten carbide; wc-co|碳化钨|WC|tungsten
bismuth telluride|碲化铋|Bi2Te3|tellurium
tellurium; telluride; tellurite|碲|Te|
yttrium; yttria; yag|钇|Y|heavy rare earths
lutetium; lutetia; lso; lyso|镥|Lu|heavy rare earths
erbium; erbia; edfa|铒|Er|heavy rare earths
dysprosium; dysprosia|镝|Dy|heavy rare earths
terbium; terbia|铽|Tb|heavy rare earths
gadolinium; gadolinia; ggg|钆|Gd|heavy rare earths
holmium; holmia|钬|Ho|heavy rare earths
samarium; samaria|钐|Sm|heavy rare earths
europium; europia|铕|Eu|heavy rare earths
scandium; scandia|钪|Sc|rare earths
cerium; ceria|铈|Ce|light rare earths
lanthanum; lanthana|镧|La|light rare earths
gadolinium gallium garnet|钆镓石榴石||
terfenol; terfenol-d|铽镝铁||
natural diamond|天然金刚石 天然钻石||
titanium sponge; sponge titanium|海绵钛||titanium
calcium|钙||
arsenic|砷||
phosphorus|磷||
magnesium alloy|镁合金||magnesium
boron-10; boron 10|硼-10 硼10||boron
lithium-6; lithium 6|锂-6 锂6||lithium
deuterium; heavy water|氘 重水||
uranium|铀||
thorium|钍||
plutonium|钚||
radium|镭||
ruthenium|钌||
hafnium; hafnia|铪|Hf|
carbon-carbon; carbon/carbon composite|碳碳 炭碳 碳/碳||
prepreg; prepregs|预浸料||
aluminium nitride; aluminum nitride|氮化铝|AlN|
zinc oxide|氧化锌|ZnO|
hydrazine|肼 联氨||
thionyl chloride|亚硫酰氯 氯化亚砜||
phosphorus trichloride|三氯化磷|PCl3|
phosphorus pentachloride|五氯化磷|PCl5|
phosphorus oxychloride|三氯氧磷 磷酰氯|POCl3|
triethanolamine|三乙醇胺||
dimethylamine|二甲胺||
potassium fluoride|氟化钾||
sodium fluoride|氟化钠|NaF|
sodium cyanide|氰化钠|NaCN|
potassium cyanide|氰化钾|KCN|
hydrogen fluoride; hydrofluoric acid|氟化氢 氢氟酸||
sulfur tetrafluoride|四氟化硫||
uranium hexafluoride|六氟化铀|UF6|uranium
chlorine trifluoride|三氟化氯|ClF3|
nitrogen trifluoride|三氟化氮|NF3|
tungsten hexafluoride|六氟化钨|WF6|tungsten
germane; germanium hydride|锗烷||germanium
arsine|砷烷 砷化氢|AsH3|
phosphine|磷烷 磷化氢|PH3|
beryllium oxide; beryllia|氧化铍|BeO|beryllium
zirconium oxide; zirconia|氧化锆 二氧化锆|ZrO2|
boron trifluoride|三氟化硼|BF3|
ferro-tungsten; ferrotungsten|钨铁||tungsten
ferro-vanadium; ferrovanadium|钒铁||vanadium
ferro-niobium; ferroniobium|铌铁||niobium
ferro-molybdenum; ferromolybdenum|钼铁||molybdenum
tantalum capacitor|钽电容||
nitrocellulose|硝化纤维素 硝化棉||
hexogen; rdx|黑索金||
aramid; para-aramid; kevlar|芳纶 对位芳纶||
silicon carbide fibre; silicon carbide fiber|碳化硅纤维||
ultra-high molecular weight polyethylene; uhmwpe; uhmwpe fibre|超高分子量聚乙烯||
zinc selenide|硒化锌|ZnSe|
boron nitride|氮化硼|BN|
tributyl phosphate; tbp|磷酸三丁酯||
trioctylamine|三辛胺||
naphthenic acid|环烷酸||
methyl isobutyl ketone; mibk|甲基异丁基酮||
thiodiglycol|硫二甘醇||
ethylene glycol dinitrate|硝化乙二醇||
diphenylamine|二苯胺||
nitroguanidine|硝基胍||
hydroxyl-terminated polybutadiene; htpb|端羟基聚丁二烯||
isopropyl alcohol|异丙醇||
silicon nitride|氮化硅||
"""
# A material → what it contains, so that one in the other is for a person to see.
CONTAINS_TOLD = """
cemented carbide: tungsten carbide, tungsten, cobalt
neodymium iron boron: neodymium, boron
samarium cobalt: samarium, cobalt
bismuth telluride: bismuth
cadmium telluride: cadmium
mercury cadmium telluride: tellurium, cadmium
terfenol: terbium, dysprosium
gadolinium gallium garnet: gadolinium, gallium
nickel cobalt manganese: nickel, cobalt, manganese
lithium cobalt oxide: cobalt
ammonium metatungstate: ammonium paratungstate
indium antimonide: indium
indium phosphide: phosphorus
gallium arsenide: arsenic
gallium antimonide: antimony
"""
CONTAINS = {
    whole: tuple(parts.split(", "))
    for whole, _, parts in (row.partition(": ") for row in CONTAINS_TOLD.strip().splitlines())
}
# They are named after one and are none, or are of it and never what a list means.
NO_MATERIAL_TOLD = """
银行 | 银河 | 白银市 | 钛白粉 | titanium dioxide | titanium white | calcium carbonate | calcium carbide
calcium chloride | silver lining | carbon steel | lead-free | rare beauty | rare gas | black diamond | 二氧化钛
碳酸钙 | 电石 | 不锈钢 | 石墨烯
"""
NO_MATERIAL = re.split(r" \| |\n", NO_MATERIAL_TOLD.strip())
# Behind or before a material: it is not there.
ABSENT = (
    r"(?:[- ](?:free|less|plated|coated|clad|tipped|lined)\b"
    r"|[- ](?:silicate|niobate|tantalate|stearate|naphthenate|octoate|greases?)\b)"
)
ABSENT_BEFORE = re.compile(
    rf"\b(?:free of|free from|without|non|no)[ -][a-z-]+|(?:不含|无|镀)[{HAN_RANGE}]{{1,2}}"
)

# name; other English names | Chinese
GOODS = """
lithium-ion battery; lithium-ion cell; lithium-ion pack; lithium-ion accumulator; li-ion pack; li-ion battery|锂离子电池 锂电池
photomultiplier; photomultiplier tube|光电倍增管
grinding wheel; abrasive wheel|砂轮
wire saw; diamond wire; saw wire|线锯
saw blade|锯片
drill bit|钻头
mass spectrometer|质谱仪 质谱计
gas centrifuge; centrifuge rotor|气体离心机
isostatic press; isostatic presses; hot isostatic press|等静压机 等静压
cubic press; hexahedral press|六面顶压机
frequency converter; frequency changer; inverter|变频器 频率变换器
hydrophone|水听器
streak camera|条纹相机
flash x-ray|闪光x射线
pressure transducer|压力传感器 压力变送器
capacitor; capacitors|电容器
spark gap; triggered spark gap|触发火花隙
thyratron|闸流管
krytron|冷阴极管
detonator; detonators|雷管 起爆器
vacuum pump|真空泵
vacuum furnace|真空炉
induction furnace|感应炉
electron beam furnace|电子束炉
spin forming machine; flow forming machine|旋压机
filament winding machine|纤维缠绕机 缠绕机
balancing machine|平衡机
vibration test; vibration tester; shaker|振动试验 振动台
machine tool; machining centre; machining center|机床 加工中心
coordinate measuring machine|坐标测量机
robot; manipulator|机器人 机械手
heat exchanger|换热器 热交换器
reactor vessel; chemical reactor|反应釜 反应器
fermenter; bioreactor|发酵罐 生物反应器
glove box|手套箱
gyroscope; gyro|陀螺仪 陀螺
accelerometer|加速度计
inertial navigation|惯性导航 惯导
radar|雷达
sonar|声纳 声呐
infrared camera; thermal imager; thermal camera|红外热像仪 热像仪 红外相机
laser rangefinder; range finder|激光测距
lidar|激光雷达
unmanned aerial vehicle; drone; uav|无人机 无人驾驶航空器
drone engine; aero engine; aircraft engine|航空发动机 无人机发动机
parachute|降落伞
steam turbine|汽轮机
gas turbine|燃气轮机
magnetic levitation|磁悬浮
lithography; lithography machine; stepper; scanner lithography|光刻机
etching equipment; etcher|刻蚀机 刻蚀设备
ion implanter|离子注入机
deposition equipment; chemical vapor deposition; mpcvd|沉积设备 化学气相沉积
crystal growth furnace; crystal puller|单晶炉 晶体生长
jet mill; ball mill|气流磨 球磨机
battery electrolyte; electrolyte|电解液 电解质
separator film|隔膜
cathode material; cathode powder; cathode|正极材料 正极
anode material; anode; graphite anode|负极材料 负极
optical fibre; optical fiber; fibre; fiber|光纤
window; windows|窗口
scintillator|闪烁体 闪烁晶体
sputtering target|溅射靶
battery winding machine; winder|卷绕机
stacking machine; battery stacker|叠片机
electrolyte filling machine|注液机
hot press; hot pressing machine|热压机
formation and capacity grading; battery formation|化成分容 分容柜 化成柜
coating machine; slot die coater|涂布机
roll press; calender; calendering machine|辊压机
spheroidization equipment; spheronization|球化设备 球形化
graphitization furnace; graphitizing furnace|石墨化炉
centrifugal extractor|离心萃取
melt spinning furnace; strip casting furnace; strip caster|甩带炉 速凝炉
hydrogen decrepitation furnace; hydrogen crushing|氢破碎炉 氢碎炉
sintering furnace|烧结炉
wafer prober; probe station|探针台
electron microscope|电子显微镜
high speed camera; framing camera|高速相机 分幅相机
pulse generator|脉冲发生器
power supply|电源
valve; valves|阀门 阀
bellows|波纹管
pump; pumps|泵
compressor|压缩机
oscilloscope|示波器
spectrum analyser; spectrum analyzer|频谱分析仪
encryption|加密 密码
satellite|卫星
rocket engine; rocket motor|火箭发动机
body armour; body armor|防弹衣
night vision|夜视
"""
# Of these, what may be of anything: a thing is known by it together with its material alone.
USES = """
电源 阀门 泵 压缩机 示波器 加密 卫星 脉冲发生器 波纹管 热压机 烧结炉 涂布机 辊压机 夜视
砂轮 线锯 锯片 钻头 窗口 光纤 电解液 隔膜 正极材料 负极材料 闪烁体 溅射靶 电容器 雷达 声纳 机器人
机床 无人机 真空泵 降落伞 变频器 反应釜 换热器 沉积设备 振动试验 气流磨 陀螺仪 加速度计 激光雷达 激光测距
"""
MATERIAL_USES = "正极材料 负极材料 电解液 闪烁体 溅射靶"
# The shape, the purity or the preparation of a material: the thing is the material.
SHAPES = frozenset(
    """
    metal metals powder powders micropowder ingot ingots bar bars rod rods wire wires sheet sheets foil foils plate plates
    strip tube tubes billet billets sponge pellet pellets granule granules granular flake flakes lump lumps block blocks
    slab disc disk wafer wafers substrate substrates epitaxial epi crystal crystals crystalline single boule film films
    target targets alloy alloys compound compounds oxide oxides dioxide trioxide mixture mixtures product products article
    articles material materials scrap waste raw purity pure high ultra grade refined zone-refined zone metallic sintered
    heavy doped containing based with and of the for other others magnet magnets magnetic permanent detector detectors
    scintillator phosphor salt salts chloride chlorides nitrate carbonate fluoride sulfate sulphate acetate hydroxide
    hydride concentrate ore ores natural synthetic artificial nano fine coarse sized cvd hpht mono poly anhydrous solution
    aluminium aluminum iron copper zinc inch mesh micron cylinder drum bag bottle grade
    cloth fabric fibre fiber yarn tow fibres fibers elements element cathode anode active
    """.split()  # noqa: SIM905
)
SHAPES_HAN = """
金属 粉末 微粉 粉 锭 棒材 棒 板材 板 箔 片材 片 管材 管 块 颗粒 粒 海绵 合金 氧化物
化合物 混合物 混合 晶体 单晶 多晶 晶片 衬底 外延 薄膜 靶材 靶 材料 制品 相关 物项 以及 及其
及 和 与 的 含 高纯 纯 区熔 烧结 永磁体 永磁 磁体 磁铁 磁粉 单质 废料 碎料 精矿 矿 盐
氯化物 氯化 氧化 二氧化 三氧化 碳酸 硝酸 氟化 硫酸 氢氧化 天然 人造 人工 合成 负极 正极 纤维
丝束 织物 级 等 其 他 其他 锌 铁 铝 铜 型 用 态 状
""".split()  # noqa: SIM905 -- in rows


# What a product's or an item's words say beyond its material: a thing made of it, or only its shape
# and purity. Pure.

WORD = re.compile(r"[a-z][a-z'-]*")
HAN = re.compile(f"[{HAN_RANGE}]+")
# what a thing is for makes no other thing of it
PURPOSE = re.compile(r"(?<!\s)\s+for\s.*$|用于.*$", re.IGNORECASE | re.DOTALL)
WITH_DIGITS = re.compile(r"(?<!\S)[^\s\d]*+\d\S*")  # 99.9%, Ti-6Al-4V
LEAST_HAN = 2  # characters that are left; one says nothing


@cache
def _goods() -> dict[str, str]:
    """Each name of a thing → the first one."""
    rows = (line.partition("|") for line in GOODS.strip().splitlines())
    return {
        name: english.split("; ")[0]
        for english, _, han in rows
        for name in (*english.split("; "), *han.split())
    }


@cache
def _pattern() -> re.Pattern[str]:
    names = ((re.escape(name), name.isascii()) for name in sorted(_goods(), key=len, reverse=True))
    return re.compile(
        "|".join(rf"(?<![a-z]){name}(?:s|es)?(?![a-z])" if latin else name for name, latin in names)
    )


@lru_cache(maxsize=16384)
def find_goods(text: str) -> frozenset[str]:
    """The things that a text names, in English."""
    table = _goods()
    hits = _pattern().findall(simplify_han(text).casefold().replace("‑", "-"))
    return frozenset(
        table.get(hit) or table.get(hit.removesuffix("s")) or table[hit.removesuffix("es")]
        for hit in hits
    )


def select_specific(things: frozenset[str]) -> frozenset[str]:
    """Those of them that say enough to know a thing by; a window or a cathode may be of
    anything.
    """
    return things - {_goods()[name] for name in USES.split()}


def is_use_of_material(things: frozenset[str]) -> bool:
    """Whether all of them are what a material is put to, as a cathode: the material itself is
    one.
    """
    return things <= {_goods()[name] for name in MATERIAL_USES.split()}


class MaterialKind(StrEnum):
    """What goods are beside the material that their name speaks of: what makes it, treats it, or
    tells how, is not it.
    """

    TECHNOLOGY = "technology"
    SOFTWARE = "software"
    EQUIPMENT = "equipment"
    REAGENT = "a reagent"
    ORE = "ore"
    OTHER = ""


KINDS = (  # the first that a name speaks of: software for a furnace is no furnace
    (MaterialKind.TECHNOLOGY, re.compile(r"技术|\btechnolog(?:y|ies)\b|\bknow-how\b")),
    (MaterialKind.SOFTWARE, re.compile(r"软件|\bsoftware\b|\bfirmware\b")),
    (
        MaterialKind.EQUIPMENT,
        re.compile(
            r"设备|装置|炉(?!渣)|(?<![有无])机(?:床|器|组)?(?=$|[\W、，])"
            r"|\b(?:equipment|apparatus|machines?|machinery|furnaces?|kilns?|reactors?|plant)\b"
        ),
    ),
    (
        MaterialKind.REAGENT,
        re.compile(
            r"药剂|试剂|浮选剂|萃取剂|捕收剂|起泡剂|沉淀剂|催化剂|\b(?:reagents?|extractants?|catalysts?)\b"
        ),
    ),
    (MaterialKind.ORE, re.compile(r"矿(?!物油)|\bores?\b|\bconcentrates?\b")),
)
BY_LETTER = {
    "B": MaterialKind.EQUIPMENT,
    "D": MaterialKind.SOFTWARE,
    "E": MaterialKind.TECHNOLOGY,
}  # of a control code (Wassenaar)


def kind_of(texts: Sequence[str], codes: Sequence[str] = ()) -> MaterialKind:
    """What goods are by their names, else by the letter that all their control codes have."""
    low = [simplify_han(text).casefold() for text in texts]
    by_name = next(
        (kind for kind, pattern in KINDS if any(pattern.search(text) for text in low)),
        MaterialKind.OTHER,
    )
    letters = {code[1:2].upper() for code in codes}
    return by_name or (BY_LETTER.get(letters.pop(), by_name) if len(letters) == 1 else by_name)


# What a material is drawn, rolled or cast to: one is not the other.
DRAWN_TOLD = r"""
\bwires?\b|丝
\b(?:bars?|rods?)\b|棒
\b(?:sheets?|plates?|strips?)\b|板|片材
\bfoils?\b|箔
\btubes?\b|管(?![制控理])
\b(?:powders?|micropowder)\b|粉
\bingots?\b|锭
\btargets?\b|靶
"""
DRAWN = [*map(re.compile, DRAWN_TOLD.strip().splitlines())]


def forms_of(*texts: str) -> frozenset[int]:
    """To which of `DRAWN` goods are made, by their names."""
    low = [simplify_han(text).casefold() for text in texts]
    return frozenset(
        place for place, pattern in enumerate(DRAWN) if any(pattern.search(text) for text in low)
    )


@lru_cache(maxsize=16384)
def is_material(text: str) -> bool:
    """Whether a text names nothing but a material with its shape, purity and grade."""
    rest = WITH_DIGITS.sub(" ", strip_materials(PURPOSE.sub("", text)))
    words = [word for word in WORD.findall(rest) if len(word) > 2]
    if any(
        word not in SHAPES and not all(part in SHAPES for part in word.split("-")) for word in words
    ):
        return False
    return not IS_CJK.search(rest) or all(
        len(_without_shapes(run)) < LEAST_HAN for run in HAN.findall(rest)
    )


def _without_shapes(run: str) -> str:
    for shape in _shapes_han():
        run = run.replace(shape, "")
    return run


@cache
def _shapes_han() -> tuple[str, ...]:
    return tuple(sorted(SHAPES_HAN, key=len, reverse=True))
