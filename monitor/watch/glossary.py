"""Goods and materials in English and Chinese, beside `materials.TABLE`: what they are called, made of, shaped like.

`GOODS` are things, those of `USES` such as only tell one use of a material from another; `SHAPES` say that a thing is the
material. Names as the control lists of China, the United States and the Wassenaar Arrangement use them.
"""

from monitor.vocabulary.letters import HAN_RANGE

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
silicon nitride|氮化硅||
"""
# A material → what it contains, so that one in the other is for a person to see.
CONTAINS = {
    "cemented carbide": ("tungsten carbide", "tungsten", "cobalt"),
    "neodymium iron boron": ("neodymium", "boron"),
    "samarium cobalt": ("samarium", "cobalt"),
    "bismuth telluride": ("bismuth",),
    "cadmium telluride": ("cadmium",),
    "mercury cadmium telluride": ("tellurium", "cadmium"),
    "terfenol": ("terbium", "dysprosium"),
    "gadolinium gallium garnet": ("gadolinium", "gallium"),
    "nickel cobalt manganese": ("nickel", "cobalt", "manganese"),
    "lithium cobalt oxide": ("cobalt",),
    "ammonium metatungstate": ("ammonium paratungstate",),
    "indium antimonide": ("indium",),
    "indium phosphide": ("phosphorus",),
    "gallium arsenide": ("arsenic",),
    "gallium antimonide": ("antimony",),
}
# They are named after one and are none, or are of it and never what a list means.
NO_MATERIAL = (
    "titanium dioxide", "titanium white", "calcium carbonate", "calcium carbide", "calcium chloride", "silver lining",
    "carbon steel", "lead-free", "rare beauty", "rare gas", "black diamond", "二氧化钛", "碳酸钙", "电石", "不锈钢", "石墨烯",
)  # fmt: skip
# Behind or before a material: it is not there.
ABSENT = r"(?:[- ]free\b|[- ]less\b)"
ABSENT_BEFORE = rf"\b(?:free of|free from|without|non|no)[ -][a-z-]+|(?:不含|无)[{HAN_RANGE}]{{1,2}}"

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
    doped containing based with and of the for other others magnet magnets magnetic permanent detector detectors
    scintillator phosphor salt salts chloride chlorides nitrate carbonate fluoride sulfate sulphate acetate hydroxide
    hydride concentrate ore ores natural synthetic artificial nano fine coarse sized cvd hpht mono poly anhydrous solution
    cloth fabric fibre fiber yarn tow fibres fibers elements element cathode anode active
    """.split()  # noqa: SIM905 -- in rows
)
SHAPES_HAN = """
金属 粉末 微粉 粉 锭 棒材 棒 板材 板 箔 片材 片 管材 管 块 颗粒 粒 海绵 合金 氧化物
化合物 混合物 混合 晶体 单晶 多晶 晶片 衬底 外延 薄膜 靶材 靶 材料 制品 相关 物项 以及 及其
及 和 与 的 含 高纯 纯 区熔 烧结 永磁体 永磁 磁体 磁铁 磁粉 单质 废料 碎料 精矿 矿 盐
氯化物 氯化 氧化 二氧化 三氧化 碳酸 硝酸 氟化 硫酸 氢氧化 天然 人造 人工 合成 负极 正极 纤维
丝束 织物 级 等 其 他 其他 锌 铁 铝 铜 型 用 态 状
""".split()  # noqa: SIM905 -- in rows
