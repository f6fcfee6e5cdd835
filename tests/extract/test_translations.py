"""An act that prints each line in two languages is read once, and nobody is lost by it."""

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.extract.translations import drop_translations
from monitor.model import Announcement

FRENCH = """\
Regulations Amending the Special Economic Measures (Belarus) Regulations
Règlement modifiant le Règlement sur les mesures économiques spéciales visant le Bélarus
SOR/2031-14   January 29, 2031     DORS/2031-14   Le 29 janvier 2031
SPECIAL ECONOMIC MEASURES ACT / LOI SUR LES MESURES ÉCONOMIQUES SPÉCIALES
Her Excellency the Governor General in Council makes the annexed Regulations.
Sur recommandation de la ministre, Son Excellence la Gouverneure générale prend le Règlement ci-après.
Amendments / Modifications
1 Part 1 of Schedule 1 to the Special Economic Measures (Belarus) Regulations is amended by adding \
the following in numerical order:
1 La partie 1 de l'annexe 1 du même règlement est modifiée par adjonction de ce qui suit :
219 Pavel Ihnatavich KOLAS
220 Société Minière de la Bérézina
Coming into Force / Entrée en vigueur
2 These Regulations come into force on the day on which they are registered.
2 Le présent règlement entre en vigueur à la date de son enregistrement.
"""
GERMAN = """\
Order on Restrictive Measures 14 of 2031
Verordnung über restriktive Maßnahmen 14 von 2031
Article 1 of the Order of 3 May 2029 is repealed.
Artikel 1 der Verordnung vom 3. Mai 2029 wird aufgehoben.
Article 2 of the Order enters into force on 5 June 2031.
Artikel 2 der Verordnung tritt mit dem 5. Juni 2031 in Kraft.
"""
DUTCH = """\
Notice on the National Sanctions List
1 The listing of the persons in section 12 is extended to 3 May 2032.
1 De aanwijzing van de personen in onderdeel 12 wordt verlengd tot 3 mei 2032.
2 The notice takes effect on 4 June 2031.
2 Het besluit treedt in werking op 4 juni 2031 en wordt geplaatst.
"""


def list_kept(text: str) -> list[str]:
    return [block.text for block in drop_translations(read_text(text)).blocks]


def test_a_gazette_in_two_languages_is_read_in_english() -> None:
    kept = list_kept(FRENCH)

    assert "SPECIAL ECONOMIC MEASURES ACT" in kept
    assert "Coming into Force" in kept
    assert not any(word in "\n".join(kept) for word in ("Règlement", "règlement", "Modifications"))


def test_whom_such_a_gazette_lists_is_told_also_by_names_in_its_other_language() -> None:
    [act] = extract.understand(read_text(FRENCH))

    assert isinstance(act, Announcement)
    assert act.understood == "full"
    [measure] = act.measures
    assert measure.starts
    assert measure.starts.on == "2031-01-29"
    assert [each.names["en"] for each in measure.entities] == [
        "Pavel Ihnatavich KOLAS",
        "Société Minière de la Bérézina",
    ]


@pytest.mark.parametrize("text", [GERMAN, DUTCH])
def test_a_line_and_its_translation_have_the_same_figures(text: str) -> None:
    lines = text.strip().split("\n")
    translated = [line for line in lines if line[:5] in ("Veror", "Artik", "1 De ", "2 Het")]

    assert list_kept(text) == [line for line in lines if line not in translated]


@pytest.mark.parametrize(
    "line",
    [
        "1 La partie 2 de l'annexe 1 du même règlement est abrogée.",  # no pair: other figures
        "221 Banque de la Vilia et des Lacs",
        "Compagnie de la Dvina et des Lacs du Nord",
    ],
)
def test_a_line_that_is_no_translation_is_kept(line: str) -> None:
    text = FRENCH.replace("Coming into", f"{line}\nComing into")

    assert line in list_kept(text)


def test_an_english_list_with_names_in_another_language_is_kept() -> None:
    names = [f"{n} Société de la Vilia et du Lac {n}" for n in range(1, 5)]
    text = "\n".join(["Entities added to the list", *names, "Banque de la Dvina"])

    assert list_kept(text) == text.split("\n")


def test_one_line_alone_does_not_make_an_act_one_in_two_languages() -> None:
    text = "\n".join(DUTCH.split("\n")[:3])

    assert list_kept(text) == text.split("\n")


CHINESE = """\
商务部公告2031年第4号
根据有关规定，决定将{}列入不可靠实体清单，并采取以下处理措施：
It has been decided to add the companies to the list and to take the following measures:
一、禁止上述企业在中国境内新增投资；
1. The above companies are prohibited from making investments within the territory of China;
"""


def test_a_chinese_act_with_an_english_line_below_each_is_read_without_those() -> None:
    kept = list_kept(CHINESE.format("甲公司（Alpha Inc.）"))

    assert len(kept) == 3
    assert not any(line.startswith(("It has", "1.")) for line in kept)


@pytest.mark.parametrize(
    "below",
    [
        "甲公司；\nAlpha Trading Inc.;\n乙公司；\nBank of the East and the West Ltd.;\n",
        "美方声明：\nThe measures are part of the list.\n甲公司\nAlpha Inc.\n",
    ],
)
def test_latin_names_below_chinese_ones_and_one_quoted_sentence_are_kept(below: str) -> None:
    text = f"商务部公告2031年第4号\n{below}"

    assert list_kept(text) == [line for line in text.split("\n") if line]


WHOLE = """商务部公告2031年第22号

决定将灰鹭导航公司等2家实体（见附件）列入关注名单。本公告自2031年6月1日起实施。

附件：关注名单

商务部

2031年5月20日

附件

关注名单

1. 灰鹭导航公司（Grey Heron Navigation Inc.）

2. 霜湾声学公司（Frost Bay Ltd）
"""
HEADINGS = ["(Unofficial translation)", "MOFCOM Announcement No. 22 of 2031", "English version"]
ENGLISH = """
It has been decided that two entities, including Grey Heron Navigation Inc., shall be added to the watch list as of June 1, 2031.

Annex: Watch List

1. Grey Heron Navigation Inc.

2. Frost Bay Ltd

Ministry of Commerce, May 20, 2031
"""


def list_chinese(text):
    (fact,) = extract.understand(read_text(text), authority="cn-mofcom")
    return fact.understood, [each.names for each in fact.measures[0].entities]


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize(
    "closing", ["", "\n（以中文文本为准）\n", "\n(The Chinese text prevails.)\n"]
)
def test_a_chinese_act_that_is_said_again_in_english_names_everybody_once(heading, closing):
    assert list_chinese(f"{WHOLE}\n{heading}\n{ENGLISH}{closing}") == list_chinese(WHOLE)
    assert list_chinese(WHOLE)[0] == "full"


@pytest.mark.parametrize(
    "behind",
    [
        "3. Blue Fjord Holdings Ltd\n\n4. Ravn Maritime A/S\n",
        "Blue Fjord Holdings Ltd shall be added as well, as of July 1, 2032.\n",
        "This firm has supplied what was sold to it, and is of no further interest in 2031.\n",
    ],
)
def test_what_the_chinese_act_does_not_say_is_no_translation(behind):
    document = read_text(f"{WHOLE}\n{behind}")

    assert drop_translations(document).blocks == document.blocks
