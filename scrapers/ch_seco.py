"""Switzerland: State Secretariat for Economic Affairs (SECO): all persons, entities and objects
under Swiss sanctions.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from monitor import ErrorKind, LayoutChanged, NotThePage, Page, Record, Register, source
from monitor.source.formats import xml
from scrapers._platforms.swiss_targets import delisted_on, listing

if TYPE_CHECKING:
    from lxml.etree import _Element

LAYOUT = xml.Layout("swiss-sanctions-list", records=("sanctions-program", "target", "place"))
# stands in a record for each such; no reader knows it, so it is said to be unread
NO_PLACE = "place-id-without-its-place"
LAST = "9999"  # of a list without a day all that is told counts


@source(
    name="Swiss sanctions list",
    authority="ch-seco",
    url="https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml?lang=en&action=downloadXmlGesamtlisteAction",
    every="1 hour",
    absence="60 days",
    size_limit=200 * 1024 * 1024,
    deadline="5 minutes",
    language="en",
    captured="2026-08",
)
def sanctions(page: Page) -> Register:
    """The whole list. It keeps who is off it again, which is no record of ours."""
    whole = xml.register(page, "ch-seco", LAYOUT, id="@ssid", read=listing, about=about)
    listed = _iterate_listed_targets(whole.records, whole.published or LAST)
    return replace(whole, records=listed)


def about(root: "_Element") -> xml.About:
    """The day of the list.

    Raises:
        NotThePage: it is an excerpt: what was searched for, or what was changed last.
    """
    if root.get("list-type", "whole-list") != "whole-list":
        raise NotThePage(
            f"the Swiss list is a {root.get('list-type')}, not the whole", kind=ErrorKind.INCOMPLETE
        )
    return xml.About(published=root.get("date"))


def _iterate_listed_targets(records: Iterable[Record], on: str) -> Iterator[Record]:
    """The targets that are listed on a day, each with the programme and the places it refers to, so that it
    can be read alone.

    Programmes stand before all targets and places after them, so the targets, pruned, wait for the
    end.

    Raises:
        LayoutChanged: a target refers to measures of no programme.
    """
    programmes: dict[str, _Element] = {}
    places: dict[str, _Element] = {}
    waiting: list[tuple[str, bytes]] = []
    for record in records:
        element = xml.parse(record.raw)
        if xml.tag(element) == "sanctions-program":
            programmes |= _sets(element)
        elif xml.tag(element) == "place":
            places[record.id] = element
        elif not "" < delisted_on(element) <= on:
            waiting.append((record.id, etree.tostring(_pruned(element))))
    for known_as, raw in waiting:
        target = xml.parse(raw)
        if unknown := next(
            (measures for measures in _set_ids(target) if measures not in programmes), None
        ):
            raise LayoutChanged(
                f"target {known_as} is under the measures {unknown}, which no programme has"
            )
        target.extend(deepcopy(programmes[measures]) for measures in _set_ids(target))
        for place in _place_ids(target):
            target.append(deepcopy(places[place]) if place in places else _without_place(place))
        yield Record(known_as, etree.tostring(target))


def _sets(programme: "_Element") -> "dict[str, _Element]":
    """For the number of each set of measures of a programme: what programme and which measures,
    in English where they are.
    """
    sets: dict[str, _Element] = {}
    for measures in programme.iterfind("{*}sanctions-set"):
        if measures.get("lang", "eng") == "eng" or str(measures.get("ssid")) not in sets:
            told = etree.Element("programme")
            etree.SubElement(told, "name").text = _english(programme, "program-key") or _english(
                programme, "program-name"
            )
            etree.SubElement(told, "set").text = measures.text
            sets[str(measures.get("ssid"))] = told
    return sets


def _english(programme: "_Element", tag: str) -> str:
    names = {name.get("lang", "eng"): name.text or "" for name in programme.iterfind(f"{{*}}{tag}")}
    return names.get("eng") or next(iter(names.values()), "")


def _set_ids(target: "_Element") -> list[str]:
    return [*xml.texts(target, "sanctions-set-id"), *xml.texts(target, "@sanctions-set-id")]


def _place_ids(target: "_Element") -> list[str]:
    return list(
        dict.fromkeys(
            place
            for part in target.iter("{*}address", "{*}place-of-birth")
            if (place := part.get("place-id"))
        )
    )


def _without_place(place_id: str) -> "_Element":
    told = etree.Element(NO_PLACE)
    told.text = place_id
    return told


def _pruned(target: "_Element") -> "_Element":
    """A target without the copies of all it once was, and without the numbers of its parts,
    which only the publisher needs.
    """
    for modification in target.iterfind("{*}modification"):
        del modification[:]
    for part in target.iter("*"):
        part.attrib.pop("ssid", "")
        part.tail = None
    return target
