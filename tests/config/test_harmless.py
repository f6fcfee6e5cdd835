from monitor.config.redact import make_one_line


def test_whatever_is_taken_out_is_taken_out_of_text_that_is_otherwise_harmless_too() -> None:
    """A text of printable characters alone is not looked at: none of what is looked for may be
    one.
    """
    everything = "".join(map(chr, [*range(0x11000), *range(0xE0000, 0xE1000)]))
    taken_out = set(everything) - set(make_one_line(everything))

    assert {"\x1b", "\u202e"} <= taken_out
    assert [
        character for character in taken_out if make_one_line(f"a{character}b") == f"a{character}b"
    ] == []
