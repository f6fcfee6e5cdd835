"""Records that are JSON objects, taken apart by their keys."""

from monitor.source.formats.objects import SHAPE

RECORD = b'{"id":7,"names":["Alpha","Beta"],"city":"","street":null,"list":[],"map":{},"flag":false,"count":0}'


def test_an_object_says_what_its_keys_hold_and_nothing_where_they_are_empty():
    assert SHAPE.parts(RECORD) == {
        "id": ("7",),
        "names": ("Alpha", "Beta"),
        "flag": ("False",),
        "count": ("0",),
    }


def test_a_key_under_another_name_or_left_out_leaves_the_others_as_they_are():
    assert (
        SHAPE.reshaped(b'{"id":7,"names":["Alpha"],"city":"Baku"}', {"names": "name", "city": None})
        == b'{"id":7,"name":["Alpha"]}'
    )
    assert SHAPE.reshaped(RECORD, {}) == RECORD
