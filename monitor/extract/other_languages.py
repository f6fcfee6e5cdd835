"""Acts in languages that no grammar reads (German, French, Dutch, Italian, Spanish, Russian …): published, not understood.

A page is one where an issuer of ours heads or signs it, it names itself an act, on our subjects, and says that something is done.
"""

import hashlib
import re
from collections import Counter

from monitor.document import Document
from monitor.extract import subject, why
from monitor.model import Announcement
from monitor.vocabulary import current

KIND = re.compile(
    r"\b(?:Verordnung|Durchführungsverordnung|Beschluss|Allgemeinverfügung|Bekanntmachung|Änderung|Anordnung|"
    r"Règlement|Décret|Décision|Arrêté|Ordonnance|Avis|Modification|"
    r"Regeling|Besluit|Verordening|Wijziging|Ministeriële|Regolamento|Decisione|Ordinanza|Modifica|"
    r"Reglamento|Decisión|Orden|Resolución|Modificación)\b|Постановлени|Решени|Приказ|Распоряжени|Указ",
    re.IGNORECASE,
)
OURS = re.compile(
    r"sankti|\bembargo|exportkontroll|ausfuhr|güter mit doppeltem|dual.use|restriktive maßnahmen|restriktive massnahmen|"
    r"sanction|exportation|double usage|mesures restrictives|gel des avoirs|"
    r"sanctie|uitvoer|tweeërlei|beperkende maatregelen|sanzion|esportazion|duplice uso|misure restrittive|"
    r"sancion|exportaci|doble uso|medidas restrictivas|санкци|экспорт|вывоз|ограничительн",
    re.IGNORECASE,
)
DEEDS = re.compile(
    r"aufgenommen|gestrichen|geändert|aufgehoben|ergänzt|verlängert|ausgesetzt|untersagt|tritt\b[^.]{0,60}\bin Kraft|eingefügt|"
    r"inscrit|ajout|radi[ée]|supprim|modifi|abrog|prorog|suspend|interdi|entre\b[^.]{0,60}\ben vigueur|insér|"
    r"toegevoegd|geschrapt|gewijzigd|ingetrokken|verlengd|opgeschort|verboden|treedt\b[^.]{0,60}\bin werking|opgenomen|"
    r"aggiunt|cancellat|depennat|modificat|abrogat|prorogat|sospes|viet|entra\b[^.]{0,60}\bin vigore|"
    r"añad|suprim|derog|prórrog|prohib|entrará\b[^.]{0,60}\ben vigor|"
    r"включ|исключ|внес|отмен|продл|приостан|запре|вступает в силу",
    re.IGNORECASE,
)
NO_ACT = re.compile(
    r"\b(?:Entwurf|Vernehmlassung|Konsultation|Stellungnahme|Medienkonferenz|Interview|Rede|Statistik|Häufige Fragen|FAQ|"
    r"Merkblatt|"
    r"Leitfaden|Stellenangebot|Ausschreibung|projet de|consultation|discours|entretien|statistiques|foire aux questions|guide|"
    r"avis de concours|appel d['’]offres|ontwerp|consultatie|internetconsultatie|toespraak|statistiek|veelgestelde vragen|"
    r"handleiding|"
    r"vacature|bozza|consultazione|discorso|statistiche|domande frequenti|borrador|consulta|discurso|estadística|"
    r"preguntas frecuentes)\b|"
    r"проект|консультаци|речь|статистик|вопросы и ответы",
    re.IGNORECASE,
)
COMMON = {
    "en": "the of and to by with from that on its has",
    "de": "der die das und von zu zur mit den dem des im für wird",
    "fr": "le la les des du et aux une dans par pour est",
    "nl": "het een van de voor met en op wordt bij",
    "it": "il della dei delle che per una con gli nel",
    "es": "el los las del una que por para con se",
}
WORDS = {language: frozenset(words.split()) for language, words in COMMON.items()}
WORD = re.compile(r"[^\W\d_]+")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
DAY = re.compile(
    r"\b\d{1,2}\.?\s(?:\w{3,12}\.?\s)?(?:de\s)?(?:\w{3,12}\s)?\d{4}\b|\b\d{1,2}[./]\d{1,2}[./]\d{4}\b|\b\d{4}-\d\d-\d\d\b"
)
NUMBER = re.compile(
    r"\((?:EU|UE|GASP|PESC|GBVB)\)\s(?:Nr\. |n[o°º] |n\. )?\d{4}/\d+|\bDORS/\d{4}-\d+|\bSR \d{3}[.\d]*|\bStcrt\W+\d{4}"
)
HEAD, TAIL = 10, 5
LONGEST = 20_000  # characters that are looked at


def language_of(text: str) -> str:
    """The language of a text by its script or its most common words; `en` where none is more common."""
    if len(CYRILLIC.findall(text[:LONGEST])) * 4 > len(text[:LONGEST]):
        return "ru"
    words = Counter(word.casefold() for word in WORD.findall(text[:LONGEST]))
    counts = {language: sum(words[word] for word in common) for language, common in WORDS.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > 2 * counts["en"] else "en"


def act(document: Document, *, url: str, authority: str | None) -> Announcement | None:
    """The act that a page in another language prints, not understood; nothing where it prints none of ours."""
    text = f"{document.title}\n{document.text}"[:LONGEST]
    language = language_of(text)
    if language == "en":
        return None
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    head = "\n".join(lines[:HEAD])
    issuer = authority or _issuer("\n".join([head, *lines[-TAIL:]]))
    title = document.title.strip()
    if not issuer or NO_ACT.search("\n".join(lines[:3])) or not (OURS.search(text) and DEEDS.search(text)):
        return None
    if not KIND.search(head) or not (DAY.search(text) or NUMBER.search(head)):
        return None
    quote = next((line for line in lines if DEEDS.search(line) and len(line) > len(title)), title)
    why.page(subject.NOT_UNDERSTOOD, quote)
    bound = hashlib.sha256(document.text.encode()).hexdigest()[:8]
    return Announcement(
        key=f"{issuer}-{document.published or 'undated'}-{bound}",
        number=next((match[0] for match in NUMBER.finditer(head)), None),
        authority=issuer,
        title=title,
        url=url,
        published=document.published,
        language=language,
        understood="none",
        not_read=(subject.unread(quote),),
    )


def _issuer(text: str) -> str:
    known = current().authorities.values()
    found = [(match.start(), each.code) for each in known for called in each.abroad if (match := re.search(called, text))]
    return min(found)[1] if found else ""
