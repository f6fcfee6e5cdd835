"""A page cut into its parts: which lines a sentence heads."""

import pytest

from monitor import extract
from monitor.document import read_text


def whom(*lines, number="商务部公告2030年第9号 公布有关名单", signed="商务部"):
    """Whom each measure names, and whether all was understood."""
    (fact,) = extract.understand(read_text("\n".join([number, *lines, signed, "2030年3月4日"])))
    return [
        [entity.names["zh"] for entity in measure.entities] for measure in fact.measures
    ], fact.understood


def firms(count):
    return [
        f"甲{''.join('零一二三四五六七八九'[int(digit)] for digit in str(place))}公司"
        for place in range(1, count + 1)
    ]


@pytest.mark.parametrize("count", [310, 1_100])
@pytest.mark.parametrize(
    "words",
    ["同意下列实体移出出口管制管控名单：", "公布2030年锑国营贸易出口企业名单如下："],
)
def test_a_list_below_a_sentence_is_read_to_its_end(words, count):
    rows = [f"{place}. {name}" for place, name in enumerate(firms(count), 1)]

    assert whom(words, *rows) == ([firms(count)], "full")
