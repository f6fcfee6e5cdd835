"""What a title is about: operative words of ours count, though whom or what it names bears the
word of another subject.
"""

import pytest
from cases import read_cases

from monitor import Authority, extract, vocabulary
from monitor.document import read_text
from monitor.extract import subject
from monitor.extract.en.words import SUBJECTS as ENGLISH
from monitor.extract.zh.words import SUBJECTS as CHINESE
from monitor.vocabulary.letters import HAN


def told(title):
    return subject.find_title_subject(title, CHINESE if HAN.search(title) else ENGLISH)


@pytest.mark.parametrize(
    "title",
    [
        "商务部公告2030年第3号 关于对会议系统相关物项实施出口管制的公告",
        "关于对食品级石墨实施临时出口管制的决定",
        "关于禁止进口日本水产品等食品的公告",
        "关于暂停从日本进口食品的公告",
        "关于停止美国肉类企业产品进口的公告",
        "关于禁止向某国会议组织出口两用物项的公告",
        "关于对甲国标准化机构实施制裁的决定",
        "关于对甲公司董事会主席采取反制措施的决定",
        "关于终止执行双边协定并对甲国企业采取限制措施的公告",
        "Announcement No. 12 of 2030 on Adding the Alpha Forum to the Unreliable Entity List",
        "Order Including Alpha Food Corp in the Unreliable Entity List",
        "Announcement on implementing export controls on rare earths for food processing",
        "Order prohibiting exports of drug precursors and dual-use items",
        "Prohibition on Exports of Items Produced Using Rare Earths",
        "Notice to exporters 2030/13: open general export licence (survey drones) revoked",
    ],
)
def test_a_deed_of_ours_outweighs_the_word_of_another_subject(title):
    assert told(title).ours
    assert extract.may_concern(title)


@pytest.mark.parametrize(
    ("title", "why"),
    read_cases(
        """
        关于暂停进口甲国禽流感疫区肉类的公告 | quarantine and food
        关于暂停进口日本肉类产品检疫要求的公告 | quarantine and food
        《关于对稀土实施出口管制的公告》宣讲会通知 | training and events
        关于对稀土实施出口管制的公告解读 | questions and guides
        甲股份有限公司董事会关于不可靠实体清单的说明 | companies
        甲公司董事会决议公告 | companies
        关于对原产于美国的进口商品加征关税的公告 | tariffs
        Using the Unreliable Entity List | guidance and talk
        Webinar on export controls on rare earths | meetings and training
        METI publishes answers on the End User List | guidance and talk
        Survey of exporters on dual-use items | paperwork
        Adding food to the schedule of duties | quarantine and food
        """
    ),
)
def test_what_only_speaks_of_a_deed_is_out(title, why):
    assert (told(title).ours, told(title).why) == (False, why)


@pytest.mark.parametrize(
    "page",
    [
        # What follows if somebody disobeys, and what was done to somebody before, is no penalty.
        (
            "商务部公告2030年第12号\n决定自即日起禁止从甲国进口木材，违反者处以罚款。"
            "\n商务部\n2030年4月1日"
        ),
        (
            "商务部公告2030年第13号\n甲公司已被处罚款。现决定停止向甲公司供应两用物项。"
            "\n商务部\n2030年4月1日"
        ),
        # No comma stands between the grounds and what is decided on them.
        (
            "海关总署公告2030年第12号\n根据海关法有关规定海关总署决定自即日起全面暂停进口甲国水产品。"
            "\n海关总署\n2030年4月1日"
        ),
        # A law in the title is published here.
        (
            "商务部公告2030年第6号 公布《出口管制条例》\n第一条 对外国实体实施制裁。"
            "\n商务部\n2030年4月1日"
        ),
        (
            "关于暂停对甲国船舶收取特别港务费实施办法的公告\n交通运输部公告2030年第6号\n暂停一年。"
            "\n交通运输部\n2030年4月1日"
        ),
        (
            "商务部关于废止《不可靠实体清单规定》的决定\n商务部令2030年第9号\n自公布之日起施行。"
            "\n部长 王某\n2030年4月1日"
        ),
        # Whom it keeps from an event is no invitation to one.
        "商务部公告2030年第22号\n商务部决定禁止甲国企业参加在华举办的博览会。\n商务部\n2030年4月1日",
        # Why it is done is not what is done.
        (
            "商务部公告2030年第21号\n鉴于甲国滥用保障措施，现决定对甲国船舶停止靠港。"
            "\n商务部\n2030年4月1日"
        ),
        (
            "Announcement No. 9 of 2030\nMinistry of Commerce\nIn view of anti-dumping duties,"
            " exports of gallium are hereby banned."
        ),
        # The footer or head of a page says nothing of its subject.
        (
            "Notice to exporters 2030/07\nExport Control Joint Unit\nLast updated 4 March 2030\nThe"
            " export licence is revoked."
        ),
    ],
)
def test_words_beside_an_act_do_not_silence_it(page):
    (act,) = extract.understand(read_text(page))

    assert act.title == page.partition("\n")[0]


@pytest.mark.parametrize(
    "page",
    [
        (
            "商务部公告2030年第14号\n因违反两用物项出口管制规定，决定给予甲公司警告、罚款。"
            "\n商务部\n2030年4月1日"
        ),
        (
            "商务部公告2030年第15号\n甲公司违反出口管制规定，给予警告，处罚款10万元。"
            "\n商务部\n2030年4月1日"
        ),
    ],
)
def test_a_penalty_is_no_act_of_ours(page):
    assert extract.understand(read_text(page)) == []


@pytest.mark.parametrize(
    "title",
    [
        "MIIT Announcement No. 5 of 2030",
        "Announcement No. 5 of 2030 of the National Development and Reform Commission",
        "Ministry of Grain Announcement No. 5 of 2030",
    ],
)
def test_a_title_that_is_only_a_number_of_any_issuer_has_to_be_read(title):
    vocabulary.use((Authority("cn-grain", "Grain", phrases=(r"\bMinistry of Grain\b",)),))

    assert extract.may_concern(title)
