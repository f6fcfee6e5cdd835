"""Lists and articles in other scripts: what is found on them, and in which language they are
taken to be.
"""

from pathlib import Path

import pytest

from monitor.cli.new.guess import guess
from monitor.cli.trial import propose_page
from monitor.config import Config
from monitor.source.page import Body, Page

URL = "https://www.office.example/notices/"
LISTS = {  # titles as such offices write them; by the language
    "ko": ["수출통제 고시", "전략물자 공고", "제재대상 추가", "고시 일부개정"],
    "ja": [
        "輸出貿易管理令の改正",
        "外国ユーザーリスト",
        "告示の一部改正について",
        "経済制裁措置の実施",
    ],
    "zh": ["关于稀土出口管制的公告", "不可靠实体清单公告", "两用物项管制公告", "反制措施的决定"],
    "th": [
        "ประกาศกระทรวงพาณิชย์ เรื่อง สินค้าควบคุม",
        "ประกาศกรมการค้าต่างประเทศ",
        "มาตรการควบคุมการส่งออก",
    ],
    "ar": ["قرار وزاري بشأن الرقابة على الصادرات", "قائمة الأشخاص المدرجين", "تعديل لائحة التصدير"],
    "he": ["צו הפיקוח על הייצוא", "הודעה לציבור היצואנים", "עדכון רשימת הסנקציות"],
    "ru": [
        "О внесении изменений в список товаров",
        "Приказ об экспортном контроле",
        "Перечень лиц под санкциями",
    ],
    "uk": [
        "Про внесення змін до переліку товарів",
        "Наказ про експортний контроль",
        "Перелік осіб під санкціями",
    ],
    "el": [
        "Απόφαση για τον έλεγχο εξαγωγών",
        "Ανακοίνωση προς τους εξαγωγείς",
        "Κατάλογος προσώπων",
    ],
    "hi": ["निर्यात नियंत्रण अधिसूचना", "व्यापार सूचना में संशोधन", "प्रतिबंधित वस्तुओं की सूची"],
    "nl": [
        "Wijziging van de lijst met goederen",
        "Besluit over de uitvoer van goederen",
        "Sancties voor het bedrijfsleven",
    ],
    "de": [
        "Bekanntmachung zur Ausfuhr von Gütern",
        "Änderung der Ausfuhrliste",
        "Die neuen Sanktionen und das Verfahren",
    ],
    "fr": [
        "Avis aux exportateurs de biens",
        "Liste des biens soumis au contrôle",
        "Décision sur les sanctions et le gel",
    ],
    "es": [
        "Orden sobre el control de exportaciones",
        "Lista de los productos y las personas",
        "Resolución de la Secretaría",
    ],
    "da": [
        "Bekendtgørelse om kontrol for varer",
        "Liste over varer til eksport og salg",
        "Ny lov for sanktioner og personer",
    ],
    "pl": [
        "Rozporządzenie w sprawie kontroli wywozu",
        "Lista osób i towarów",
        "Zmiana ustawy o obrocie z zagranicą",
    ],
    "tr": [
        "İhracat kontrolü hakkında tebliğ",
        "Yasaklı kişiler ve kuruluşlar",
        "Değişiklik ile ilgili duyuru",
    ],
    "en": [
        "Addition of 24 entities to the Entity List",
        "Export controls on rare earths",
        "Notice of inquiry",
    ],
}
# others share a script, and a page has to say which it is
TOLD_BY_SCRIPT = {"ko", "ja", "zh", "th", "he", "el"}
MENU = (
    "<ul class='menu'><li><a href='/a'>English</a><li><a href='/b'>中文</a><li><a"
    " href='/c'>Home</a></ul>"
)


def page(body: str, language: str = "") -> Page:
    lang = f" lang='{language}'" if language else ""
    return Page(
        url=URL,
        body=Body(f"<html{lang}><body>{MENU}<div class='main'>{body}</div></body></html>".encode()),
    )


def listed(titles: list[str]) -> str:
    rows = "".join(
        f"<li><a href='/n/{n}.html'>{titles[n % len(titles)]} {n}</a></li>" for n in range(10)
    )
    return f"<ul class='rows'>{rows}</ul>"


@pytest.mark.parametrize("language", LISTS)
def test_a_list_is_a_list_in_any_script(language: str):
    guessed = guess(page(listed(LISTS[language]), language))
    assert (guessed.template, len(guessed.links)) == ("list", 10)


@pytest.mark.parametrize(
    ("row", "css"),
    [
        (
            "<tr><td class='al'><a href='/n/{n}'>{title}</a></td><td>2026-10-{n:02}</td></tr>",
            "td.al a",
        ),
        (
            "<li class='results__item'><a class='news' href='/n/{n}'><h3>{title}</h3></a></li>",
            "li.results__item a",
        ),
    ],
)
@pytest.mark.parametrize("language", ["ko", "nl"])
def test_a_list_whose_rows_have_names_of_their_own_is_found_by_what_matches(
    language: str, row: str, css: str
):
    rows = "".join(row.format(n=n, title=f"{LISTS[language][n % 3]} {n}") for n in range(10, 20))
    guessed = guess(
        page(f"<table>{rows}</table>" if "<tr>" in row else f"<ol>{rows}</ol>", language)
    )

    assert (guessed.css, len(guessed.links)) == (css, 10)


@pytest.mark.parametrize("language", LISTS)
def test_a_language_is_known_by_its_page(language: str):
    assert guess(page(listed(LISTS[language]), language)).language == language


@pytest.mark.parametrize("language", LISTS)
def test_what_a_page_wrongly_says_of_its_language_makes_it_no_english(language: str):
    found = guess(page(listed(LISTS[language]), "en")).language
    assert found == language if language in TOLD_BY_SCRIPT | {"en"} else found == "und"


@pytest.mark.parametrize("language", LISTS)
def test_without_a_word_on_its_language_none_is_taken_for_english(language: str):
    found = guess(page(listed(LISTS[language]))).language
    assert found == language if language in TOLD_BY_SCRIPT | {"en"} else found == "und"


@pytest.mark.parametrize("language", ["ko", "ja", "zh", "ru", "en"])
def test_an_article_with_links_beside_it_is_an_article(language: str):
    words = "".join(f"<p>{' '.join(LISTS[language])}. {LISTS[language][0]}.</p>" for _ in range(20))
    links = "".join(f"<li><a href='/n/{n}'>{LISTS[language][n % 3]}</a></li>" for n in range(4))
    guessed = guess(page(f"<div id='zoom'>{words}</div><ul class='more'>{links}</ul>", language))
    assert (guessed.template, guessed.css) == ("article", "#zoom")


@pytest.mark.parametrize(
    ("language", "called"),
    [("ru", "Russian"), ("nl", "Dutch"), *((read, "") for read in ("en", "zh", "ja", "ko"))],
)
def test_a_scraper_of_a_language_that_is_not_read_says_what_it_will_be_without(
    begun, language: str, called: str
):
    source, lines = begun(page(listed(LISTS[language]), language).body.whole)
    said = " ".join(line for line in lines if line.startswith("note "))

    assert source.language == language
    assert (
        f"its pages are {called}: acts are read in Chinese, English, Japanese and Korean" in said
    ) == bool(called)
    assert ("monitor try" in said) == bool(called)


def test_a_trial_of_a_korean_list_watches_its_links(tmp_path: Path):
    (tmp_path / "page.html").write_bytes(page(listed(LISTS["ko"])).body.whole)
    trial = propose_page(Config(), URL, {}, file=tmp_path / "page.html")

    assert trial.count == 10
    assert trial.what.startswith("links at")
