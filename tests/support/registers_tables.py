"""Registers that are tables, in text, markup or sheets: a small edition of each that any other
is made of.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import papers

from monitor.cli.read import compare_bodies
from monitor.diff.rows import Changes
from monitor.model import RowChange
from monitor.source.page import Body, Page, Reader, Register
from scrapers import jp_meti, tw_shtc, us_bis, us_dhs, us_dod, us_fcc

Rows = Sequence[Sequence[str]]
DENIED = (
    "<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1></body></html>",
    "bot-wall",
)
MAINTENANCE = (
    "<html><head><title>Under maintenance</title></head><body>Back soon.</body></html>",
    "maintenance",
)
NO_SUCH_KEY = ('<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>', "error-page")


def tsv(heads: Sequence[str], rows: Rows) -> bytes:
    return "\n".join("\t".join(f'"{cell}"' for cell in row) for row in (heads, *rows)).encode()


def csv(heads: Sequence[str], rows: Rows) -> bytes:
    return (
        "\ufeff" + "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in (heads, *rows))
    ).encode()


def table(heads: Sequence[str], rows: Rows) -> str:
    lines = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows
    )
    return f"<table><thead><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr></thead><tbody>{lines}</tbody></table>"


def uflpa(heads: Sequence[str], rows: Rows) -> bytes:
    return (
        f"<html><body><p>UFLPA Section 2(d)(2)(B)(i)</p>{table(heads, rows)}</body></html>".encode()
    )


def covered(heads: Sequence[str], rows: Rows) -> bytes:
    uas = table(
        ["UAS Conditional Approvals", "Dates of Conditional Approval"],
        [["Q12 Aircraft", "March 17, 2026 - "]],
    )
    routers = table(
        ["Routers Conditional Approvals", "Dates of Conditional Approval*"],
        [["SDG routers", "April 14, 2026"]],
    )
    return f"<html><body><h1>List</h1>{table(heads, rows)}{uas}{routers}</body></html>".encode()


def supplement(heads: Sequence[str], rows: Rows, number: str = "4") -> bytes:
    markup = re.sub(r"</?\w+", lambda tag: tag[0].upper(), table(heads, rows))
    return f'<DIV9 N="Supplement No. {number} to Part 744" TYPE="APPENDIX"><DIV>{markup}</DIV></DIV9>'.encode()


def sheet(heads: Sequence[str], rows: Rows) -> bytes:
    return papers.workbook(
        ["No.", *heads], *([float(number), *row] for number, row in enumerate(rows, 1))
    )


def notice(_heads: Sequence[str], rows: Rows) -> bytes:
    lines = "".join(f'<FP SOURCE="FP-1">{name}</FP>\n' for (name,) in rows)
    said = "<P>These entities qualify as “Chinese military companies”:</P>"
    return f"<NOTICE><SUPLINF>{said}\n{lines}</SUPLINF><FRDOC>[FR Doc. 2025-00070]</FRDOC></NOTICE>".encode()


@dataclass(frozen=True)
class Form:
    """A register's reader, and a small edition that any other is made of."""

    read: Reader
    build: Callable[[Sequence[str], Rows], bytes]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    proven: bool = False

    def body(self, rows: Rows | None = None, heads: Sequence[str] | None = None) -> bytes:
        return self.build(heads or self.heads, self.rows if rows is None else rows)


NAMES = (
    "Abdul Satar Ghoura",
    "Beijing Zhipu Technology Co., Ltd.",
    "Sophgo Technologies Ltd.",
    "Admiralty Shipyard JSC",
    "Mahan Air",
)
DPL = ("Name", "City", "Country", "Effective_Date", "Expiration_Date", "FR_Citation")
SHTC = ("名稱name", "別名alias", "國家代碼country code", "地址address")
SUPPLEMENT_4 = (
    "Country",
    "Entity",
    "License requirement",
    "License review policy",
    "Federal Register citation",
)
METI = (
    "国名、地域名\nCountry or Region",
    "企業名､組織名\nCompany or Organization",
    "別名\nAlso Known As",
    "懸念区分\nType of WMD",
)
FORMS = {
    "denied": Form(
        us_bis.denied_persons,
        tsv,
        DPL,
        tuple(
            (name, "TEHRAN", "IR", "06/05/2019", "12/03/2019", "84 F.R. 27233") for name in NAMES
        ),
    ),
    "shtc": Form(
        tw_shtc.entities.read, csv, SHTC, tuple((name, "", "IR", "Tehran") for name in NAMES)
    ),
    "uflpa": Form(
        us_dhs.uflpa.read,
        uflpa,
        ("Name of Entity", "Effective Date"),
        tuple((name, "June 21, 2022") for name in NAMES),
    ),
    "covered": Form(
        us_fcc.covered.read,
        covered,
        ("Covered Equipment or Services*", "Date of Inclusion on Covered List"),
        tuple((f"Equipment produced by {name}", "March 12, 2021") for name in NAMES),
    ),
    "entity list": Form(
        us_bis.entity_list,
        supplement,
        SUPPLEMENT_4,
        tuple(
            (
                "RUSSIA",
                f"{name}, 5 Main Street, Moscow.",
                "All items",
                "Denial",
                "90 FR 4619, 1/16/25.",
            )
            for name in NAMES
        ),
        proven=True,
    ),
    "end users": Form(
        jp_meti.end_users,
        sheet,
        METI,
        tuple(("ロシア\nRussian Federation", name, "・Alias", "核\nN") for name in NAMES),
    ),
    "1260H": Form(us_dod.chinese_military_companies, notice, (), tuple((name,) for name in NAMES)),
}
Save = Callable[[bytes], Path]


def changes(read: Reader, save: Save, old: bytes, new: bytes) -> Changes:
    return compare_bodies(read, save(old), save(new), url="https://example.org/list")


def only(found: Changes) -> RowChange:
    (row,) = found.rows
    return row


def walked(read: Reader, body: bytes, url: str = "https://example.org/list") -> Register:
    register = read(Page(url=url, body=Body(body)))
    assert isinstance(register, Register)
    register.refuse_short(len(list(register.records)))
    return register
