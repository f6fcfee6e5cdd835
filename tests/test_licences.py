import re

from licences import DOCUMENT, text


def test_the_list_of_licences_is_what_the_installed_packages_say():
    assert DOCUMENT.read_text() == text()


def test_every_package_says_a_licence_in_one_line():
    rows = re.findall(r"^- (.+?): (.+)$", text(), re.MULTILINE)

    assert sum(len(packages.split(", ")) for _, packages in rows) > 90
    assert all(len(licence) < 60 and licence != "not said" for licence, _ in rows)
