import json

import pytest

from monitor import vocabulary
from monitor.errors import LayoutChanged
from monitor.source.page import Body, Page, Reader
from scrapers import us_federal_register
from scrapers.us_federal_register import AGENCIES

PARTS = {"u-s-customs-and-border-protection"}  # whose documents bear its department too


def test_whatever_agency_is_asked_for_is_one_whose_documents_are_read_and_the_other_way_round():
    known = {each.agency for each in vocabulary.current().authorities.values() if each.agency}

    assert set(AGENCIES) == known - PARTS


@pytest.mark.parametrize(
    "reader",
    [us_federal_register.rules, us_federal_register.notices, us_federal_register.inspection],
    ids=lambda one: one.name,
)
@pytest.mark.parametrize(
    "without",
    [
        {"number": "2030-01235"},
        {"document_number": None},
        {"document_number": " "},
        {"document_number": 203001235},
        None,
    ],
)
def test_a_document_without_its_number_is_a_changed_layout(reader: Reader, without: object):
    whole = {
        "document_number": "2030-01234",
        "title": "Additions to the Entity List",
        "type": "Rule",
    }
    other = (
        without
        if without is None
        else {"title": "Removals From the Entity List", "type": "Rule", **without}
    )
    page = Page(
        url="https://www.federalregister.gov/api/v1/documents.json",
        body=Body(json.dumps({"results": [whole, other]}).encode()),
    )

    with pytest.raises(LayoutChanged, match="a document without its number"):
        list(reader(page))
