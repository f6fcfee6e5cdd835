from monitor import vocabulary
from scrapers.us_federal_register import AGENCIES

PARTS = {"u-s-customs-and-border-protection"}  # whose documents bear its department too


def test_whatever_agency_is_asked_for_is_one_whose_documents_are_read_and_the_other_way_round():
    known = {each.agency for each in vocabulary.current().authorities.values() if each.agency}

    assert set(AGENCIES) == known - PARTS
