"""An easing is never told as a burden, nor a burden as an easing, in an act that is understood in
part neither.

Classes of wording, each in texts of our own that were labelled before the grammar read them.
"""

import pytest
from each import for_each

from monitor import extract
from monitor.document import read_text
from monitor.model import Action, Announcement
from monitor.vocabulary.registers import GENERAL_LICENCES

FIRM, HERIM = "赫里姆传感公司（Herim Sensing Inc.）", "Herim Sensing Inc."
GOODS, GERMAN = "金属钪（参考海关商品编号：2805301500）", "scandium (HS 2805301500)"
LAW = "根据《中华人民共和国出口管制法》有关规定，经国务院批准，"
CONTROL = "商务部公告2032年第3号规定的对镓相关物项的出口管制措施"
MEASURES = "The export control measures announced in MOFCOM Announcement No. 3 of 2032"
LIST = "the Export Control List"
BURDENS = {Action.ADD, Action.RESTRICT, Action.RESUME}
EASINGS = {Action.REMOVE, Action.REPEAL, Action.SUSPEND}


def done(body: str) -> set[Action]:
    """What an act with this body is told to do."""
    if body.isascii():
        head, seal = (
            "MOFCOM Announcement No. 8 of 2033 on Matters of Export Control",
            "Ministry of Commerce",
        )
        text = f"{head}\nApril 2, 2033\n{body}\n{seal}\nApril 2, 2033"
    else:
        text = f"商务部公告2033年第8号 关于有关事项的公告\n2033-04-02\n{LAW}{body}\n商务部\n2033年4月2日"
    acts = [fact for fact in extract.understand(read_text(text)) if isinstance(fact, Announcement)]
    # What is added to the general licences is allowed.
    return {
        measure.action
        for act in acts
        for measure in act.measures
        if measure.register != GENERAL_LICENCES.code
    }


EASED = {
    "no longer applied": [
        f"自2033年5月1日起，{CONTROL}不再适用。",
        f"自2033年5月1日起，{CONTROL}不再执行。",
        f"自2033年5月1日起，{GOODS}的出口不再适用两用物项出口许可管理。",
        f"{MEASURES} shall no longer be applied from May 1, 2033.",
        f"{MEASURES} shall cease to be applied from May 1, 2033.",
        f"From May 1, 2033, export controls on {GERMAN} shall cease to apply.",
    ],
    "not applied": [
        f"自2033年5月1日起，对{GOODS}不予适用出口管制措施。",
        f"自2033年5月1日起，{CONTROL}不予执行。",
        f"自2033年5月1日起，{CONTROL}不适用于向巴西的出口。",
        f"{MEASURES} shall not be applied until May 1, 2034.",
        f"{MEASURES} shall not be enforced from May 1, 2033.",
        f"Export controls shall not apply to {GERMAN} from May 1, 2033.",
        f"The prohibition on exports of {GERMAN} to Japan shall not be applied.",
    ],
    "stopped": [
        f"自2033年5月1日起，{CONTROL}停止执行。",
        f"自2033年5月1日起，停止执行{CONTROL}。",
        f"自2033年5月1日起，停止对{GOODS}实行出口许可证管理。",
        f"自2033年5月1日起，终止对{FIRM}采取的禁止出口两用物项的措施。",
        f"MOFCOM will stop applying export controls on {GERMAN} from May 1, 2033.",
        f"The application of export controls to {GERMAN} is discontinued from May 1, 2033.",
        f"MOFCOM has decided to end export controls on {GERMAN}.",
    ],
    "no licence needed": [
        f"自2033年5月1日起，出口{GOODS}不再需要申领两用物项出口许可证。",
        f"自2033年5月1日起，出口{GOODS}无需办理出口许可证。",
        f"自2033年5月1日起，{GOODS}不再实行出口许可证管理。",
        f"自2033年5月1日起，免于申领{GOODS}出口许可证。",
        f"自2033年5月1日起，取消对{GOODS}的出口许可要求。",
        f"自2033年5月1日起，不再要求{GOODS}的出口经营者申领许可证。",
        f"Exporters need not apply for a licence to export {GERMAN}.",
        f"The obligation to obtain a permit for exports of {GERMAN} ends on May 1, 2033.",
        f"A licence shall no longer be required for exports of {GERMAN} from May 1, 2033.",
        f"From May 1, 2033, exports of {GERMAN} shall not require a licence.",
        f"From May 1, 2033, no licence is required for exports of {GERMAN}.",
        f"From May 1, 2033, {GERMAN} may be exported without a licence.",
        f"The licence requirement for exports of {GERMAN} is abolished from May 1, 2033.",
    ],
    "put off or left to run out": [
        f"自2033年5月1日起，对{GOODS}的临时出口管制到期终止，不再延续。",
        f"决定暂不将{FIRM}列入出口管制管控名单。",
        "自2033年5月1日起，暂停实施对日本的出口管制措施。",
        f"自2033年5月1日起，暂停对日本实施{GOODS}出口管制。",
        f"The addition of {HERIM} to {LIST} is postponed until May 1, 2034.",
        f"The restrictions on exports of {GERMAN} to Japan will not be renewed.",
        f"It is decided to refrain from imposing export controls on {GERMAN}.",
        f"It is decided not to add {HERIM} to {LIST}.",
    ],
    "ban ended": [
        f"自2033年5月1日起，停止执行对{FIRM}的禁止出口措施。",
        f"自2033年5月1日起，解除对{FIRM}出口两用物项的禁令。",
        "自2033年5月1日起，对向日本军事用户出口两用物项的禁止性规定停止适用。",
        (
            f"The measure prohibiting exports of {GERMAN} to Japan shall not be enforced from May"
            " 1, 2033."
        ),
        f"MOFCOM will not enforce the prohibition on exports of {GERMAN} to Japan.",
        f"The order prohibiting {HERIM} from importing dual-use items is set aside.",
        f"Exports of {GERMAN} to Japan are permitted again from May 1, 2033.",
        f"自2033年5月1日起，不再禁止向日本出口{GOODS}。",
        f"自2033年5月1日起，允许向日本出口{GOODS}。",
        f"自2033年5月1日起，对向日本出口{GOODS}的限制予以取消。",
        f"自2033年5月1日起，不再限制{FIRM}从事与中国有关的进出口活动。",
        f"Exports of {GERMAN} to Japan shall no longer be prohibited from May 1, 2033.",
        f"Exports of {GERMAN} to Japan are not prohibited from May 1, 2033.",
        f"The ban on exports of {GERMAN} to Japan is lifted.",
        f"The prohibition of exports of {GERMAN} to Japan expires on May 1, 2033.",
    ],
    "no longer listed": [
        f"决定{FIRM}不再列入出口管制管控名单。",
        f"决定不再将{FIRM}作为出口管制管控名单实体管理。",
        f"决定终止将{FIRM}列入出口管制管控名单的措施。",
        f"自2033年5月1日起，{FIRM}不再是出口管制管控名单实体。",
        f"It is decided that {HERIM} shall no longer be included in {LIST}.",
        f"It is decided that {HERIM} shall cease to be listed on {LIST}.",
        f"It is decided that the listing of {HERIM} on {LIST} shall not be continued.",
        f"It is decided to end the inclusion of {HERIM} in {LIST}.",
    ],
    "exempt": [
        f"自2033年5月1日起，豁免{GOODS}的出口许可要求。",
        f"自2033年5月1日起，{GOODS}不受两用物项出口管制措施限制。",
        f"From May 1, 2033, exports of {GERMAN} are exempt from the licence requirement.",
        f"From May 1, 2033, {GERMAN} is not subject to export controls.",
        f"From May 1, 2033, {GERMAN} is released from export controls.",
    ],
}
BURDENED = {
    "easing ended": [
        f"自2033年5月1日起，{GOODS}不再豁免出口许可，出口应当申领许可证。",
        f"自2033年5月1日起，取消对{FIRM}的豁免，禁止向其出口两用物项。",
        f"自2033年5月1日起，不再暂停对{GOODS}实施出口管制。",
        (
            f"Exports of {GERMAN} shall no longer be exempt from the licence requirement from May"
            " 1, 2033."
        ),
        f"The suspension of export controls on {GERMAN} is lifted from May 1, 2033.",
    ],
    "no leave": [
        f"自2033年5月1日起，不予批准向{FIRM}出口两用物项。",
        f"自2033年5月1日起，暂停向日本出口{GOODS}。",
        f"Exports of {GERMAN} may not be made without a licence from May 1, 2033.",
        f"Goods that are controlled under this announcement shall not be supplied to {HERIM}.",
        f"自2033年5月1日起，不得向{FIRM}出口两用物项。",
        f"自2033年5月1日起，停止受理向日本出口{GOODS}的许可申请。",
        f"自2033年5月1日起，不再允许向日本出口{GOODS}。",
        f"From May 1, 2033, {GERMAN} shall not be exported without a licence.",
        f"From May 1, 2033, exports of {GERMAN} to Japan are no longer permitted.",
        f"From May 1, 2033, no licences shall be granted for exports of {GERMAN} to Japan.",
        f"From May 1, 2033, export operators shall stop exporting {GERMAN} to Japan.",
    ],
}


@for_each("body", [body for bodies in EASED.values() for body in bodies])
def test_an_easing_is_told_as_no_burden(body):
    assert not done(body) & BURDENS


@pytest.mark.parametrize("body", [body for bodies in BURDENED.values() for body in bodies])
def test_a_burden_is_told_as_no_easing(body):
    assert not done(body) & EASINGS
