"""Chinese titles in English words, as far as tables know them; the right words were written
before the rules.
"""

from each import for_each

from monitor.render.titles import translate_title

BY_MECHANISM = "不可靠实体清单工作机制关于{}的公告"


@for_each(
    ("title", "english"),
    [
        (
            "商务部公告2025年第61号 公布对境外相关稀土物项实施出口管制的决定",
            "export control on rare earths abroad",
        ),
        (
            "商务部 海关总署公告2025年第57号 公布对部分中重稀土相关物项实施出口管制的决定",
            "export control on certain heavy rare earths",
        ),
        (
            "商务部 海关总署公告2025年第58号 公布对锂电池和人造石墨负极材料相关物项实施出口管制的决定",
            "export control on synthetic graphite, lithium batteries, anode materials",
        ),
        (
            "商务部公告2025第62号 公布对稀土相关技术实施出口管制的决定",
            "export control on rare earths, technology",
        ),
        (
            "商务部 海关总署公告2024年第33号 关于对锑等物项实施出口管制的公告",
            "export control on antimony and other items",
        ),
        (
            "商务部 海关总署 中央军委装备发展部公告2024年第21号 关于对有关物项实施出口管制的公告",
            "export control on certain items",
        ),
        ("关于对镓、锗相关物项实施出口管制的公告", "export control on gallium, germanium"),
        (
            "关于优化调整石墨物项临时出口管制措施的公告",
            "changes to the temporary export control on graphite",
        ),
        ("关于对部分无人机实施临时出口管制的公告", "temporary export control on certain drones"),
        (
            "商务部公告2024年第46号 关于加强相关两用物项对美国出口管制的公告",
            "stricter export control on dual-use items to the United States",
        ),
        (
            "商务部公告2025年第1号 公布将28家美国实体列入出口管制管控名单",
            "28 entities of the United States put on the Export Control List",
        ),
        (
            "商务部公告2026年第12号 公布将20家日本实体列入关注名单",
            "20 entities of Japan put on the Watch List",
        ),
        (
            BY_MECHANISM.format("将斯凯迪奥公司等11家美国企业列入不可靠实体清单"),
            "11 firms of the United States put on the Unreliable Entity List",
        ),
        (
            BY_MECHANISM.format("将反无人机技术公司等外国实体列入不可靠实体清单"),
            "foreign entities put on the Unreliable Entity List",
        ),
        (
            BY_MECHANISM.format("将阿尔法公司移出不可靠实体清单"),
            "阿尔法公司 taken off the Unreliable Entity List",
        ),
        (
            BY_MECHANISM.format("对海岸间电子公司等7家美国企业采取不可靠实体清单措施"),
            "measures of the Unreliable Entity List against 7 firms of the United States",
        ),
        (
            BY_MECHANISM.format("继续暂停不可靠实体清单措施"),
            "further suspension of measures of the Unreliable Entity List",
        ),
        ("关于调整不可靠实体清单措施的公告", "changes to measures of the Unreliable Entity List"),
        (
            (
                "公布暂停实施商务部、海关总署公告2025年第55号、56号、57号、"
                "58号及商务部公告2025年第61号、62号的决定"
            ),
            "suspension of No. 55, 56, 57, 58, 61 and 62 of 2025",
        ),
        (
            "公布暂停实施商务部公告2024年第46号第二款的公告",
            "suspension of clause 2 of No. 46 of 2024",
        ),
        (
            "关于废止商务部公告2023年第3号和2024年第9号的公告",
            "repeal of No. 3 of 2023 and No. 9 of 2024",
        ),
        (
            "关于对美国军工企业及高级管理人员采取反制措施的决定",
            "countermeasures against arms firms and senior managers of the United States",
        ),
        (
            "关于对加拿大机构及人员采取反制措施的决定",
            "countermeasures against institutions and people of Canada",
        ),
        ("关于对石平采取反制裁措施的决定", "countermeasures against 石平"),
        (
            "商务部 工业和信息化部公告2024年第51号 关于发布《中华人民共和国两用物项出口管制清单》的公告",
            "publication of the dual-use export control list",
        ),
        ("关于稀土出口配额分配的通知", ""),
        ("关于调整《某某目录》的公告", ""),
        ("关于对某某物项实施出口管制的公告", ""),  # no word of the goods is known
        ("Notice on export control", ""),
        ("", ""),
    ],
)
def test_what_tables_know_of_a_title_is_said_in_english(title: str, english: str):
    assert translate_title(title) == english
