from datetime import UTC, datetime

import httpx

from monitor.fetch.request_step import LONGEST, MOST, Answered, RequestStep, response_record

NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)


def answered(url: str = "https://ministry.example/act", status: int = 200, **headers: str) -> Answered:
    return Answered(RequestStep(httpx.URL(url)), httpx.Response(status, headers=headers), NOW)


def test_an_answer_is_kept_with_its_address_its_moment_and_its_headers():
    kept = response_record(answered(status=302, etag='"v1"'))

    assert (kept.url, kept.at, kept.status) == ("https://ministry.example/act", "2025-10-09T01:00:00Z", 302)
    assert kept.headers == {"etag": '"v1"'}


def test_what_a_server_gave_to_us_alone_is_not_kept():
    secret = {"set-cookie": "session=s3cret", "location": "https://store.example/act?X-Amz-Signature=s3cret"}

    assert "s3cret" not in str(response_record(answered("https://store.example/act?X-Amz-Signature=s3cret", **secret)))


def test_a_server_that_sends_headers_without_end_is_cut_short():
    kept = response_record(answered(**{f"x-{number}": "long" * LONGEST for number in range(2 * MOST)}))

    assert len(kept.headers) == MOST
    assert {len(value) for value in kept.headers.values()} == {LONGEST}


def test_a_header_is_shown_on_one_line_and_else_as_it_came():
    told = {"x-node": "a  b", "x-color": "\x1b[31mred\nnews", "x-office": "Ministère  des  Finances"}
    headers = httpx.Headers([(name.encode(), value.encode("latin-1")) for name, value in told.items()])

    kept = response_record(
        Answered(RequestStep(httpx.URL("https://ministry.example/act")), httpx.Response(200, headers=headers), NOW)
    )

    assert kept.headers == {"x-node": "a  b", "x-color": " [31mred news", "x-office": "Ministère  des  Finances"}


def test_of_an_address_for_minutes_the_page_is_named_without_what_lets_in():
    assert response_record(answered("https://store.example/act.pdf?sig=s3cret")).url == "https://store.example/act.pdf"
    assert response_record(answered("https://ministry.example/act?page=2")).url == "https://ministry.example/act?page=2"
