"""Tables in columns of spaces between rules of dashes."""

from monitor.document import BlockKind, read_text

RULE = "-" * 72


def tables(text):
    return [list(block.rows) for block in read_text(text).blocks if block.kind is BlockKind.TABLE]


def test_rows_hang_out_of_what_goes_on():
    text = f"""
{RULE}
                                     License       License review
    Country          Entity        requirement         policy
{RULE}

                             * * * * *
CHAD.........  Abeche Optics    For all items    Presumption of denial.
                Ltd., 4 Palm     subject to the
                Road, Abeche.    EAR.
               Sarh Motors      For all items    Case by case.
                SA, Sarh.        subject to the
                                 EAR.
MALI           Kayes Cargo      For all items    Presumption of denial.
                SARL, Kayes.     subject to the
                                 EAR.
{RULE}
"""
    everything = "For all items subject to the EAR."
    assert tables(text) == [
        [
            ("Country", "Entity", "License requirement", "License review policy"),
            (
                "CHAD",
                "Abeche Optics Ltd., 4 Palm Road, Abeche.",
                everything,
                "Presumption of denial.",
            ),
            ("CHAD", "Sarh Motors SA, Sarh.", everything, "Case by case."),
            ("MALI", "Kayes Cargo SARL, Kayes.", everything, "Presumption of denial."),
        ]
    ]


def test_rows_are_parted_by_empty_lines():
    text = f"""
{RULE}
Country         Listed entity             Requirement      Citation
{RULE}
CHAD            * * *                     * * *            * * *
                Abeche Optics Company     All items of     92 FR 1200,
                of the North, 4 Palm      Category 3.      May 5, 2031.
                Road, Abeche, Chad.

                Sarh Motors SA, Sarh,     All items of     92 FR 1201,
                Chad.                     Category 5.      May 6, 2031.
                                          * * * *
{RULE}
"""
    assert [row[:2] for row in tables(text)[0]] == [
        ("Country", "Listed entity"),
        ("CHAD", "Abeche Optics Company of the North, 4 Palm Road, Abeche, Chad."),
        ("CHAD", "Sarh Motors SA, Sarh, Chad."),
    ]


def test_each_line_is_a_row_if_nothing_goes_on():
    text = f"""
{RULE}
Entity                                 Effective date
{RULE}
Abeche Optics Ltd. (also known as      May 5, 2031.
 Abeche Optical)
Sarh Motors SA                         June 6, 2029.
Kayes Cargo SARL                       May 5, 2031.
{RULE}
"""
    assert tables(text) == [
        [
            ("Entity", "Effective date"),
            ("Abeche Optics Ltd. (also known as Abeche Optical)", "May 5, 2031."),
            ("Sarh Motors SA", "June 6, 2029."),
            ("Kayes Cargo SARL", "May 5, 2031."),
        ]
    ]


def test_prose_between_rules_is_no_table():
    prose = "This rule adds two entities to the list, and takes one off it again."
    for text in (
        f"{RULE}\n\nDEPARTMENT OF STATE\n\n{RULE}\n\n{prose}\n{prose}\n{RULE}\n",
        f"{RULE}\nA heading\n{RULE}\n{prose}\n{prose}\n{RULE}\n",
        f"{RULE}\nName      Place\n{RULE}\n{prose}\n{prose}\n",
    ):
        assert tables(text) == []


def test_lines_of_prose_are_joined_beside_a_wide_letterhead_and_a_table():
    prose = """The committee determined to add Abeche Optics Ltd. and Kayes
Cargo SARL to the list, which has been kept since the year in which
the law was made, and to send the decision to all of the offices that
carry out what it says. It has told those whom it added, and
asked what they think of the reasons. They may answer within a
month, and the committee then looks again at what it had
found before. Where it finds that it was wrong, it takes them
off the list, which is printed again, and tells those offices
of it on the same day.
"""
    text = f"From the Federal Register Online via the Government Publishing Office [a.example]\n\n{prose}"
    assert "Abeche Optics Ltd. and Kayes Cargo SARL to the list" in read_text(text).text


def test_an_indented_line_opens_an_entry_where_others_go_on_flush():
    text = """
    The committee determined to add those who are named below to the list,
for they have taken part in what the law forbids to all of the firms, and
in what it asks them to tell the office, which had asked each of them in
the year before whether it would be forbidden, and to which they gave no
answer in time, so that it could not decide on what they had asked of it,
as the law asks it to do in such cases, and in all others that are like
those which were told of above. They may ask the office for its reasons,
and what they tell it is read by two of those who keep the list, of whom
one has not taken part in the decision, before it is printed once more.

    Abeche Optics of the Northern Provinces of Chad (Abeche Optical)
    Kayes Cargo
"""
    assert [block.text for block in read_text(text).blocks][1:] == [
        "Abeche Optics of the Northern Provinces of Chad (Abeche Optical)",
        "Kayes Cargo",
    ]


def test_a_head_that_names_an_entity_needs_no_rules():
    text = """
The additions read as follows:

Country        Entity                    Requirement      Policy

CHAD           Abeche Optics Ltd.,       For all items    Denial.
               4 Palm Road, Abeche.      of the list.
               Sarh Motors SA, Sarh.     For all items    Case by
                                         of the list.     case.
MALI           Kayes Cargo SARL.         For all items.   Denial.

The entry for another is removed, and nothing else is in columns here.
"""
    assert [row[:2] for row in tables(text)[0]] == [
        ("Country", "Entity"),
        ("CHAD", "Abeche Optics Ltd., 4 Palm Road, Abeche."),
        ("CHAD", "Sarh Motors SA, Sarh."),
        ("MALI", "Kayes Cargo SARL."),
    ]
    overfull = text.replace("SARL.   ", "SARL of the North")
    assert all("Kayes" not in row[1] for rows in tables(overfull) for row in rows)


def test_a_parted_word_is_whole_again_and_a_compound_keeps_its_hyphen():
    text = """
The committee that decides on additions is com-
posed of three offices and adds, for all re-
exports of the goods that it names to the end-
users below, what it has asked for in the North-
eastern Zone, where those who had been asked of
it did not tell to whom they had sold it before.
"""
    joined = read_text(text).text
    assert all(word in joined for word in ("composed of three", "re-exports", "end-users"))
    assert "Northeastern Zone" in joined
