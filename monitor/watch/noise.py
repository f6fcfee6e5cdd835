"""Find notes that keepers of supplier lists write into names: locks, numbers, addressees. Pure."""

import re

from monitor.model import frozen

BELOW = re.compile(r"\n[^\n\d]*\d.*", re.DOTALL)  # the first line with a digit, and all below
POSTCODE = re.compile(r"\b(?:\d{4,6}|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b")
LOCKED = (
    r"do not use|don'?t use|not in use|no longer used?|inactive|obsolete|blocked|on"
    r" hold|closed|dormant|deleted|deactivated"
    r"|duplicate|dupl?\.?|old vendor|use (?:vendor )?\d+|nicht (?:mehr"
    r" )?(?:verwenden|benutzen)|gesperrt|inaktiv|gelöscht"
    r"|ne pas utiliser|no usar|停用|已停用|作废|已作废|冻结|禁用|勿用|重复|使用禁止|使用不可|取引停止"
)
# A name comes with single spaces; what it repeats otherwise is bounded: each place where a pattern
# begins costs what it runs.
RULES = tuple(
    (what, re.compile(pattern, re.IGNORECASE))
    for what, pattern in (
        (
            "a lock",
            rf"[\s\-–—_:;,/]{{0,9}}[(\[（【*#<{{]{{1,9}}\s?(?:{LOCKED})[^()\[\]（）【】*#<>{{}}]{{0,40}}[)\]）】*#>}}]{{1,9}}",
        ),
        (
            "a lock",
            rf"(?:^|[\s\-–—_:;,/]{{1,9}})(?:{LOCKED})\s?(?:[!*]{{1,9}}|$)|^(?:{LOCKED})(?:\s?[–—_:!*]{{1,9}}\s?|\s-{{1,9}}\s?|-{{1,9}}\s)",
        ),
        (
            "an account number",
            (
                r"^(?:(?:vendor|supplier|customer|lieferant|kreditor|account|acct|供应商)[\s.#:no-]{0,9}\d{2,12}"
                r"|[vscka]?-?\d{4,12}(?=\s?[\-–—:/|_])|[vscka]-?\d{4,12}(?=\s|$)|\d{5,12}(?=\s|$))(?:\s?[\-–—:/|_]\s?|\s|$)"
            ),
        ),
        (
            "an account number",
            r"\s?[(\[#]\s?(?:vendor|supplier|acct|id|no)?[\s.#:]{0,9}\d{4,12}\s?[)\]]?$",
        ),
        ("a form of address", r"^(?:m\s?/\s?s\.?|messrs\.?|fa\.|firma:)\s(?=\w)"),
        (
            "an addressee",
            r"^(?:c\s?/\s?o|attn\.?|attention(?=\s?:)|z\.\s?hd?\.?|zu händen)[\s.:]{1,9}",
        ),
        (
            "an addressee",
            (
                r"[\s,;\-–—/]{1,9}(?:c\s?/\s?o|attn\.?|(?:for the )?attention(?:"
                r" of\b|\s?:)|z\.\s?hd?\.?|zu händen)[\s.:]{1,9}.*$"
            ),
        ),
        (
            "an address",
            r"(?<=公司|大学|学院|工厂)\s+(?!\S{1,60}公司$)\S{0,40}(?:省|市|区|县|路|街|号|室)\S{0,60}$",
        ),
        (
            "an address",
            r"\s?[(（,，;；]?\s?(?:地址|住所|住址|address|anschrift|adresse)\s?[:：].*$",
        ),
        (
            "an address",
            (
                r"\s?[,;]\s?(?:\d{1,5}[a-z]?\s[^,;]{2,40}\b(?:st|street|rd|road|ave|avenue|lane|blvd|drive|way|square|court)"
                r"|p\.?\s?o\.?\s?box|[^,;\d]{2,40}(?:str|straße|strasse|weg|platz|gasse|allee)\.?\s\d{1,4}|suite\s\d{1,5})\b.*$"
            ),
        ),
        (
            "a mark of the stock exchange",
            r"\s?/\s?(?:adr|ads|gdr|fi|new|de|nv|md|pa|oh|ny)\s?/?$|\s-\s(?:adr|ads|gdr)$",
        ),
        (
            "a currency",
            r"\s?[\-–—_/(\[]\s?(?:usd|eur|gbp|cny|rmb|jpy|chf|hkd)\s?[)\]]?$",
        ),
        (
            "marks",
            r"_x000d_|(?<![*#†‡¹²³⁴⁵])[*#†‡¹²³⁴⁵]++\s?$|^\s?[*#'=]+\s?|\s?(?<![\-–—_:;,/])[\-–—_:;,/]++$",
        ),
    )
)
WHO = (
    r"(?:vendor|supplier|customer|client|payee|creditor|debtor|firm|company|companies|entry|entries|record|row|lieferant"
    r"|kreditor|debitor|kunde|firma|firmen|zeile|fournisseur|proveedor|fornitor|fornecedor|leverancier|dostawc|klient"
    r"|leverantör)(?:e?s|en|n|i|er|ów)?"
)
COUNTED = rf"[\d.,]{{1,15}}\s?(?:{WHO}|[家个名件社]?(?:供应商|客户|供應商|仕入先)?)"
TOTALS = (
    "grand"
    " total|sub-?total|totals|summe|gesamt(?:summe|betrag|anzahl)?|zwischensumme|insgesamt|anzahl|count|sum|sous-total|total"
    " général|合计|总计|小计|共计|合計|総計|小計|總計"
)
NOBODY = re.compile(
    r"(?:one[\s-]?time|cpd|dummy|test|misc(?:ellaneous)?|various|sundry|diverse)\b\W{0,3}(?:(?:domestic|foreign|local|account|cpd)\W{1,3})?(?:vendor|supplier|customer|lieferant|kreditor)s?"
    r"|(?:vendor|supplier|customer|lieferant|供应商)?[\s.#:-]*\d*|n/?a|tbd|unknown|unbekannt|无|-+"
    rf"|(?:{TOTALS}|total(?=\W*\d|\W*$)(?!$))(?:[\s:：=]{{1,9}}{COUNTED})?\W?|\d{{1,9}}\s?[家个名](?:供应商|客户)?|共\s?\d{{1,9}}\s?[家个名][^\W\d]{{0,9}}"
    r"|(?:page|seite|página|pagina|стр\.?|第)\s?\d{1,5}\s?(?:(?:of|von|de|di|из|/|页|頁)\s?\d{0,5})?"
    rf"|\d{{1,9}} {WHO}(?: (?:in total|insgesamt|gesamt))?"
    r"|(?:end|ende|fin|fine|fim|koniec|einde|конец) (?:of |der |de |dell'|da |van )?(?:the |la |l'|het |)"
    r"(?:list|report|file|liste|datei|lista|listado|elenco|relatório|listy|lijst|списка)|以上|以下(?:余白|空白)"
    r"|(?:see|siehe|vgl\.?|cf\.|voir|véase|vedi|zie) (?:also|auch|aussi|también|anche|ook)\b.*"
    r"|(?:※|(?:note|nb|n\.b\.|hinweis|anmerkung|nota|remarque|opmerking|uwaga|注|备注|注意|비고)s?\s?[:：]).*"
    rf"|(?:[^\W\d]{{2,12}}\.? ){{1,3}}{WHO}(?: [^\W\d]{{2,12}})?\s?[:：=]\s?\d{{1,9}}",
    re.IGNORECASE,
)

# Of a spreadsheet: its errors in any language (#REF!, #WERT!, Err:502), and marks for "as above".
NO_VALUE = re.compile(
    r"#[¡¿]?(?:[^\W\d_]|/0)+[!?]|#N/?[ADV]|Err:\d{3}"
    r"|[\"”″〃'-]+|(?:do|id|s\.\s?o)\.|dto\.?|ditto|dito|idem"
    r"|(?:see|siehe|same as|wie|as) (?:above|oben)|同[上左前]|上[記记]"
    r"|true|false|wahr|falsch|vrai|faux"  # as spreadsheets print a tick, and below a day
    r"|\d{4}-\d\d-\d\d(?:[T ][\d:.]+)?|\d{1,2}[./]\d{1,2}[./](?:\d\d){1,2}",
    re.IGNORECASE,
)


@frozen
class Cleaned:
    """A name without what is none, and what that was, a few words each."""

    name: str
    removed: tuple[str, ...] = ()


def clean_name(written: str) -> Cleaned:
    """A name as it stands in a list; empty where it is no name."""
    below = BELOW.search(written)
    removed = [f"an address: “{below[0].strip()}”"] if below and POSTCODE.search(below[0]) else []
    name = " ".join((written[: below.start()] if below and removed else written).split())
    if NO_VALUE.fullmatch(name):
        return Cleaned("")
    for what, pattern in RULES:
        if (shorter := pattern.sub(" ", name).strip()) != name:
            removed.append(f"{what}: {_show_lost(name, shorter)}")
            name = " ".join(shorter.split())
    return Cleaned("" if NOBODY.fullmatch(name) else name, tuple(removed))


def _show_lost(before: str, after: str) -> str:
    """Return what only the first text has."""
    start = before.find(after)
    if start < 0 or not after:
        return f"“{before}”"
    return f"“{(before[:start] + before[start + len(after) :]).strip()}”"
