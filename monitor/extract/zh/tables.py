"""The words of the Chinese acts as tables: register names, verbs, kinds of page. A new register or phrase is a line here."""

from monitor.model import Action

UNRELIABLE = "cn-unreliable-entities"
CONTROLLED = "cn-export-control-entities"
WATCHED = "cn-watch-list"
COUNTERED = "cn-countermeasures"
DUAL_USE = "cn-dual-use-items"
CATALOGUE = "cn-licence-catalogue"
BLOCKED = "cn-blocking-orders"
SEPARATISTS = "cn-tao-separatists"
ACCOMPLICES = "cn-tao-accomplices"
PENALISED = "cn-tao-penalties"

LISTS = {  # lists of entities
    "不可靠实体清单": UNRELIABLE,
    "出口管制管控名单": CONTROLLED,
    "管控名单": CONTROLLED,
    "出口管制关注名单": WATCHED,
    "关注名单": WATCHED,
    "反制裁清单": COUNTERED,
    "反制清单": COUNTERED,
    "台独顽固分子清单": SEPARATISTS,
    "台独顽固分子名单": SEPARATISTS,
    '台独顽固分子"清单': SEPARATISTS,
    "台独打手帮凶名单": ACCOMPLICES,
    "台独打手、帮凶名单": ACCOMPLICES,
    "台独打手帮凶清单": ACCOMPLICES,
}
LABELS = {  # what one who stands on such a list is called
    "台独顽固分子": SEPARATISTS,
    "台独打手帮凶": ACCOMPLICES,
    "台独打手、帮凶": ACCOMPLICES,
    "台独打手和帮凶": ACCOMPLICES,
    "台独打手与帮凶": ACCOMPLICES,
}
IMPOSED = {"cn-tao": PENALISED}  # what an authority imposes where it names no list
MEASURES = {  # measures that put an entity on a list without naming the list
    "不可靠实体清单处理": UNRELIABLE,
    "不可靠实体清单": UNRELIABLE,
    "反制裁": COUNTERED,
    "反制": COUNTERED,
    "制裁": COUNTERED,
}
GOODS = {  # lists of goods, by their titles
    "两用物项出口管制清单": DUAL_USE,
    "两用物项和技术进出口许可证管理目录": CATALOGUE,
    "禁止出口限制出口技术目录": "cn-restricted-technologies",
    "商用密码进口许可清单": None,
    "商用密码出口管制清单": DUAL_USE,
    "易制毒化学品管理目录": None,
}

CHANGES = {  # verbs that change an earlier act
    "暂停": Action.SUSPEND,
    "中止": Action.SUSPEND,
    "停止": Action.REPEAL,
    "取消": Action.REPEAL,
    "终止": Action.REPEAL,
    "废止": Action.REPEAL,
    "撤销": Action.REPEAL,
    "失效": Action.REPEAL,
    "不再适用": Action.REPEAL,
    "不再执行": Action.REPEAL,
    "不再实施": Action.REPEAL,
    "恢复": Action.RESUME,
    "延长": Action.AMEND,
    "延续": Action.AMEND,
    "顺延": Action.AMEND,
    "优化调整": Action.AMEND,
    "调整": Action.AMEND,
    "修改": Action.AMEND,
}
EXTENDS = frozenset({"延长", "延续", "顺延"})  # of a suspension they make a new one with another end
TALK = ("答记者问", "应询答", "答问", "新闻发言人", "发言人", "谈话", "新闻发布会", "记者会")
LESSONS = ("常见问题", "常见问答", "问题解答", "问答", "解读", "一图读懂", "指南", "指引")
NEWS = (
    "央视网消息",
    "新华社",
    "新华网",
    "中新社",
    "中新网",
    "人民网",
    "本报",
    "据报道",
    "环球网",
    "澎湃新闻",
    "财联社",
    "路透社",
)
FOOTERS = (
    "本站转载",
    "[Content truncated",
    "打印",
    "分享到",
    "责任编辑",
    "版权所有",
    "相关附件",
    "相关链接",
    "扫一扫",
    "关闭窗口",
)
CUT = "[Content truncated"
UNCERTAIN = (
    "拟将",
    "计划",
    "考虑",
    "如果",
    "若(?!干)",
    "一旦",
    "可能将",
    "建议",
    "可申请",
    "可以申请",
    "申请移出",
    "可以将",
    "可将",
    "威胁",
    "准备",
    "研究细化",
    "假如",
)
STRANGERS = (
    "美方",
    "欧方",
    "英方",
    "日方",
    "韩方",
    "加方",
    "美国商务部",
    "美国财政部",
    "美国国务院",
    "美国国防部",
    "美国政府",
    "欧盟委员会",
    "欧盟理事会",
    "欧盟宣布",
    "欧洲理事会",
    "欧委会",
    "英国政府",
    "英国外交部",
    "日本政府",
    "日本经济产业省",
    "经济产业省",
    "联邦委员会",
    "加拿大政府",
    "拜登政府",
    "特朗普政府",
    "产业与安全局",
    "澳大利亚政府",
    "韩国政府",
    "台湾当局",
    "俄罗斯政府",
    "荷兰政府",
    "瑞士",
)
