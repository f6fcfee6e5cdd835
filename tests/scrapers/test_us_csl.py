import json
from pathlib import Path

import pytest
from registers_ofac import CSL, changes, refused, swapped

from scrapers import us_csl


class TestScreeningList:
    def test_another_spacing_and_order_of_keys_is_no_change(self, tmp_path: Path) -> None:
        rows = json.loads(CSL)["results"]
        new = json.dumps(
            {"total": 3, "results": [dict(reversed(row.items())) for row in reversed(rows)]}
        ).encode()

        assert changes(us_csl.consolidated, tmp_path, CSL, new).rows == ()

    def test_a_row_under_another_hash_is_the_same_row(self, tmp_path: Path) -> None:
        (row,) = changes(
            us_csl.consolidated,
            tmp_path,
            CSL,
            swapped(CSL, b"91be7704cc1f2d40", b"aaaabbbbccccdddd"),
        ).rows

        assert (row.action, row.fields) == (
            "amend",
            {"id": ("91be7704cc1f2d40", "aaaabbbbccccdddd")},
        )

    def test_a_mark_of_the_order_of_bytes_is_no_change(self, tmp_path: Path) -> None:
        assert changes(us_csl.consolidated, tmp_path, CSL, b"\xef\xbb\xbf" + CSL).rows == ()

    def test_a_new_field_is_said(self, tmp_path: Path) -> None:
        new = swapped(CSL, b'"name": "SZ DJI', b'"risk": "high", "name": "SZ DJI')
        found = changes(us_csl.consolidated, tmp_path, CSL, new)

        assert found.rows == ()
        assert ["risk" in remark for remark in found.remarks] == [True]

    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            (b"", "empty"),
            (b'{"results": []}', "layout"),
            (b'{"rows": []}', "layout"),
            (b'{"results": [{"name": "no id"}]}', "layout"),
            (b'{"error": "not found", "statusCode": 404}', "error-page"),
            (b"<html><head><title>Down for maintenance</title></head></html>", "maintenance"),
            (b"plain words", "not-the-page"),
        ],
    )
    def test_what_is_not_the_list_is_refused_by_its_name(self, body: bytes, kind: str) -> None:
        assert refused(us_csl.consolidated, body) == kind
