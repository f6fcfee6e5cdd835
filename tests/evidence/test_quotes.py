from monitor.evidence.contents import Words


def test_a_quote_is_found_whatever_white_space_stands_in_it():
    words = Words("1\t1C905.a\n 金属 镝\n2 …")

    assert words.place("1 1C905.a金属镝") == (0, 15)
    assert words.text[0:15] == "1\t1C905.a\n 金属 镝"[:15]
    assert words.place("never said") is None
    assert words.place("  ") is None


def test_a_quote_with_gaps_stands_from_its_first_part_to_its_last():
    words = Words("77.\nother\n77.\n1.\tPolar Drone Components\tMinsk\nthe following … are added")

    assert words.text[slice(*words.place("1. | Polar Drone Components | Minsk"))] == "1.\tPolar Drone Components\tMinsk"
    assert words.text[slice(*words.place("77. | 1. | Polar Drone Components"))] == "77.\n1.\tPolar Drone Components"
    assert words.place("Minsk | Polar Drone Components") is None
    assert words.place("1. | Polar Drone Components | Omsk") is None
    assert words.place("never | said | Polar Drone Components") is None


def test_the_next_of_several_is_found_behind_the_one_before_it():
    words = Words("Elbit, Elbit")

    assert words.place("Elbit") == (0, 5)
    assert words.place("Elbit", 5) == (7, 12)
    assert words.place("Elbit", 12) == (0, 5)
