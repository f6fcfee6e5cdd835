"""Tables that say in a column what is done to whom are read in every language, whole or not."""

import pytest

from monitor import extract
from monitor.document import Document, read_text
from monitor.extract.change_tables import read_changes, read_one_list
from monitor.model import Action, Announcement

TABLES = {
    "en": "Change|Reference|Name|Also known as\nAddition|A1|Acme Optics Ltd.|AO; Acme\n"
    "De-listing|A2|ROE Jane|-\nNo change|A3|-|-",
    "zh": "变更类型|国别|实体名称（中文）|实体名称（英文）|别名\n新增|日本|甲光学|Acme Optics Ltd.|AO；Acme\n"
    "删除|法国|—|ROE Jane|—",
    "zh-Hant": "異動 Change|國別 Country|實體名稱|Entity Name|別名 Alias\n"
    "新增 Add|日本 Japan|甲光學|Acme Optics Ltd.|AO、Acme\n刪除 Delete|法國 France|—|ROE Jane|無",
    "ko": "구분|국가|명칭|영문명|이명\n신규|일본|갑광학|Acme Optics Ltd.|AO; Acme\n해제|프랑스|-|ROE Jane|없음",
    "ja": "区分|国名|名称|英文名|別称\n追加|日本|甲光学|Acme Optics Ltd.|AO、Acme\n削除|フランス|－|ROE Jane|なし",
}


def cut(table: str) -> list[list[str]]:
    return [row.split("|") for row in table.split("\n")]


@pytest.mark.parametrize("language", TABLES)
def test_each_row_says_what_is_done_to_whom(language: str) -> None:
    changes = read_one_list(cut(TABLES[language]), language.partition("-")[0])
    assert list(changes) == [Action.ADD, Action.REMOVE]
    (added,), (removed,) = changes.values()
    assert (added.names["en"], removed.names) == ("Acme Optics Ltd.", {"en": "ROE Jane"})
    assert (added.aliases, removed.aliases) == (("AO", "Acme"), ())
    assert (added.kind, removed.kind) == ("org", "person")


@pytest.mark.parametrize("language", [language for language in TABLES if language != "en"])
def test_a_name_in_the_acts_own_letters_and_a_country_are_read(language: str) -> None:
    code = language.partition("-")[0]
    (added,), _ = read_changes(cut(TABLES[language]), code).values()
    assert added.names[code][1:] in ("光学", "光學", "광학")
    assert added.country == "JP"


@pytest.mark.parametrize("heading", ["Country", "Alias", "List"])
def test_a_row_may_end_before_its_heading_does(heading: str) -> None:
    changes = read_changes(cut(f"Change|Name|{heading}\nAdded|Acme"), "en")
    (entity,) = changes[Action.ADD, ""]
    assert (entity.names, entity.aliases) == ({"en": "Acme"}, ())
    assert entity.quote == "Added\tAcme"


@pytest.mark.parametrize("country", ["Japan", "JAPAN"])
def test_a_country_is_read_in_any_case(country: str) -> None:
    ((entity,),) = read_changes(cut(f"Change|Name|Country\nAdded|Acme|{country}"), "en").values()
    assert entity.country == "JP"


def test_a_merged_cell_counts_for_the_rows_below_it() -> None:
    rows = cut("구분|명칭\n신설|갑광학\n|을상사\n삭제|병무역")
    counts = {action: len(whom) for action, whom in read_one_list(rows, "ko").items()}
    assert counts == {Action.ADD: 2, Action.REMOVE: 1}


@pytest.mark.parametrize(
    "table",
    [
        "Change|Name\nAdded|Acme\nReviewed in part|Bolt",
        "Change|Name\nAdded|Acme\nRemoved|-",
        "Change|Name\nAdded|Acme\nRemoved",
        "Change|Name|Effective date\nAdded|Acme|3 May",
        "Change|Description\nAdded|a lathe",
        "Type|Name\nAdded|Acme",
        "Change|Action|Name\nAdded|Removed|Acme",
    ],
    ids=[
        "a deed that nobody knows", "a row without a name", "a short row", "days of its own",
        "no names", "no changes", "two columns of changes",
    ],
)  # fmt: skip
def test_a_table_of_which_a_part_is_unclear_gives_nothing(table: str) -> None:
    assert read_changes(cut(table), "en") == {}


def test_a_column_that_says_on_which_list_is_told() -> None:
    rows = cut("名单|调整|实体名称\n甲名单|列入|某公司\n||另公司\n乙名单|移出|丙公司")
    changes = read_changes(rows, "zh")
    counts = {kind: len(whom) for kind, whom in changes.items()}
    assert counts == {(Action.ADD, "甲名单"): 2, (Action.REMOVE, "乙名单"): 1}
    assert read_one_list(rows, "zh") == {}
    assert list(read_one_list(rows[:3], "zh")) == [Action.ADD]


def test_an_act_puts_each_row_on_the_list_that_its_column_names() -> None:
    (act,) = extract.understand(
        read_text(
            "商务部公告2033年第9号 关于调整出口管制管控名单和关注名单的公告\n"
            "根据《中华人民共和国出口管制法》，商务部决定对出口管制管控名单和关注名单作如下调整：\n"
            "名单｜调整｜实体名称｜英文名称\n出口管制管控名单｜列入｜甲光学公司｜Acme Optics Ltd.\n"
            "关注名单｜移出｜乙雷达公司｜Bolt Radar Ltd.\n本公告自公布之日起实施。\n商务部\n2033年2月8日"
        )
    )
    assert isinstance(act, Announcement)
    assert [(each.action, each.register) for each in act.measures] == [
        (Action.ADD, "cn-export-control-entities"),
        (Action.REMOVE, "cn-watch-list"),
    ]


PAGES = {
    "en": (
        (
            "Monetary Authority of Singapore\nCircular No. AMLD 03/2033\n3 May 2033\n"
            "Sanctions: changes to the list of designated individuals and entities\n"
            "1. The changes below apply to financial institutions from 3 May 2033.\n\n{table}"
        ),
        "sg-mas",
    ),
    "zh": (
        (
            "經濟部國際貿易署　公告\n發文日期：中華民國122年5月3日\n發文字號：貿管理字第1227031562號\n"
            "主旨：修正「戰略性高科技貨品輸出管制實體名單」，並自即日生效。\n依據：貿易法第13條。\n"
            "公告事項：本次新增1個實體，刪除1個實體。\n署長　某某\n附件　名單異動表\n{table}"
        ),
        None,
    ),
    "ko": (
        (
            "우려거래자 목록 변경 공고\n산업통상자원부 공고 제2033-61호\n2033년 5월 3일\n산업통상자원부장관\n"
            "「전략물자 수출입고시」에 따라 우려거래자 목록을 다음과 같이 변경합니다.\n\n{table}"
        ),
        "kr-motie",
    ),
}


@pytest.mark.parametrize("language", PAGES)
def test_an_act_tells_each_deed_of_its_table_with_its_names(language: str) -> None:
    page, authority = PAGES[language]
    table = TABLES["zh-Hant" if language == "zh" else language].replace("|", "｜")
    (act,) = extract.understand(read_text(page.format(table=table)), authority=authority)
    assert isinstance(act, Announcement)
    told = {
        (each.action, *(entity.names["en"] for entity in each.entities)) for each in act.measures
    }
    assert told == {(Action.ADD, "Acme Optics Ltd."), (Action.REMOVE, "ROE Jane")}


BESIDE = {
    "ja": (
        "外国ユーザーリストの改正について\n経済産業省告示第12号\n2033年5月3日\n経済産業大臣\n{text}\n{table}",
        "jp-meti",
    ),
    "ko": PAGES["ko"],
}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ja", "乙社（Bolt Radar Ltd.）を外国ユーザーリストに追加する。"),
        ("ko", "을상사(Bolt Radar Ltd.)를 우려거래자 목록에 추가한다."),
    ],
)
def test_a_sentence_beside_a_table_of_changes_is_read_too(language: str, sentence: str) -> None:
    (act,) = extract.understand(read_beside(language, sentence), authority=BESIDE[language][1])
    assert isinstance(act, Announcement)
    added = {
        entity.names["en"]
        for each in act.measures
        for entity in each.entities
        if each.action is Action.ADD
    }
    assert added == {"Acme Optics Ltd.", "Bolt Radar Ltd."}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ja", "チャド向けの半導体製造装置の輸出を禁止する。"),
        ("ja", "外国ユーザーリストに2団体を追加する。"),
        ("ko", "차드에 대한 반도체 제조장비의 수출을 금지한다."),
        ("ko", "우려거래자 목록에 2개 단체를 추가한다."),
    ],
)
def test_what_a_sentence_beside_a_table_says_more_is_left_over(
    language: str, sentence: str
) -> None:
    (act,) = extract.understand(read_beside(language, sentence), authority=BESIDE[language][1])
    assert isinstance(act, Announcement)
    assert act.understood == "part"
    assert sentence in [unread.quote for unread in act.not_read]
    assert all(each.entities for each in act.measures)


def read_beside(language: str, sentence: str) -> Document:
    page = BESIDE[language][0].format(text="", table=f"{sentence}\n{TABLES[language]}")
    return read_text(page)
