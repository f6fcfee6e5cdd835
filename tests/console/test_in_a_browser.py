"""The console in a real browser: what a desk asks is answered by clicking, everybody can use it,
and nothing foreign runs.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from command import FAR
from consoles import HOSTILE, LOCAL, LOOKED_AT, NOW, serving
from playwright.sync_api import Browser, Page, expect, sync_playwright

from monitor.config import Config
from monitor.console.desk import ConsoleDesk
from monitor.console.serve import make_console

LOOKS = [("light", 1_280, "en"), ("dark", 390, "zh-CN")]  # a desktop and a phone
SERIOUS = {"serious", "critical"}
WRONG = {"resultTypes": ["violations"]}  # what is well need not be told element by element


@contextmanager
def served(store: Path, sources) -> Iterator[str]:
    """The address of a console that answers from a store."""
    with serving(make_console(ConsoleDesk(store, Config(), sources, lambda: NOW), LOCAL)) as port:
        yield f"http://127.0.0.1:{port}"


expect.set_options(timeout=FAR * 1000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        chromium = driver.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., tuple[Page, list[str]]]]:
    """A page, and what happens in it that should not: dialogs, errors, what the policy had to
    stop.
    """
    with ExitStack() as opened:

        def page(scheme: str = "light", width: int = 1_280, **more) -> tuple[Page, list[str]]:
            context = browser.new_context(
                color_scheme=scheme, viewport={"width": width, "height": 900}, **more
            )
            opened.callback(context.close)
            shown, amiss = context.new_page(), []
            shown.on("dialog", lambda dialog: (amiss.append(dialog.message), dialog.dismiss()))
            shown.on("pageerror", lambda error: amiss.append(str(error)))
            shown.on(
                "console",
                lambda said: amiss.append(said.text) if "status of" not in said.text else None,
            )
            return shown, amiss

        yield page


@pytest.fixture
def desk(kept_store: Path, every_source, open_page) -> Iterator[Page]:
    with served(kept_store, every_source) as address:
        page, amiss = open_page()
        page.goto(address)
        yield page
    assert amiss == []


@pytest.fixture
def clicks(desk: Page) -> list[str]:
    """What is clicked from now on."""
    clicked: list[str] = []

    def count(text: str) -> None:
        clicked.append(text)

    desk.expose_function("clicked", count)
    desk.add_init_script(
        "addEventListener('click', event => clicked(event.target.textContent), true)"
    )
    desk.reload()
    return clicked


def place(page: Page, name: str) -> None:
    """Go to a page of the console."""
    pages = page.get_by_role("navigation", name="Pages")
    pages.get_by_role("link", name=name, exact=True).click()


@pytest.mark.long
def test_ten_questions_of_a_desk_are_answered_by_two_clicks_each(desk, clicks):
    main = desk.get_by_role("main")

    # 1. What touches us, and why?
    touching = desk.get_by_role("region", name="What touches us")
    touching.get_by_role(
        "link", name="Your product Magnet drive is under China's export controls"
    ).first.click()
    expect(main).to_contain_text("1C909.x", use_inner_text=True)

    # 2. What changes the law within a month?
    place(desk, "Today")
    desk.get_by_role("region", name="The next 30 days").get_by_role("link").first.click()
    assert "takes effect" not in desk.title()
    expect(main).to_contain_text("in force", use_inner_text=True)

    # 3. How does an act stand today?
    desk.get_by_role("searchbox").fill("MOFCOM No. 61 of 2025")
    desk.get_by_role("button", name="Look up").click()
    expect(main).to_contain_text("suspended until 10 Nov 2026 (Beijing)", use_inner_text=True)

    # 4. Which words say so, and where are the bytes?
    desk.get_by_role("link", name="mofcom-2025-61").first.click()
    expect(desk.locator("mark").filter(has_text="自2025年12月1日起").first).to_be_visible()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="the bytes").click()
    assert "稀土" in Path(download.value.path()).read_text()

    # 5. What was in force on a day?
    place(desk, "As of a day")
    desk.get_by_label("Day", exact=True).fill("2025-11-15")
    desk.get_by_label("Register", exact=True).select_option(label="Unreliable Entity List")
    desk.get_by_role("button", name="Show").click()
    expect(main).to_contain_text("Dedrone by Axon", use_inner_text=True)

    # 6. What became of a list over time?
    place(desk, "Timeline")
    desk.get_by_label("Register", exact=True).select_option(label="dual-use export control list")
    desk.get_by_role("button", name="Show").first.click()
    expect(desk.locator("rect.suspended").nth(3)).to_be_attached()
    assert desk.get_by_role("img").first.get_attribute("aria-label")

    # 7. Is somebody on a register that is published whole?
    place(desk, "Registers")
    desk.get_by_role("link", name="UN Security Council Consolidated List").click()
    desk.get_by_label("Name or record", exact=True).fill("beta")
    desk.get_by_role("button", name="Show").click()
    expect(desk.get_by_role("region", name="Rows, as read")).to_contain_text(
        "Beta AG", use_inner_text=True
    )

    # 8. What changed in it between two days?
    desk.get_by_label("Changes from").fill("2025-11-01")
    desk.get_by_role("button", name="Show").click()
    expect(desk.get_by_role("region", name="What changed")).to_contain_text(
        re.compile(r"name: Beta GmbH\s+name: Beta AG"), use_inner_text=True
    )

    # 9. Are these listed?
    place(desk, "Us")
    desk.get_by_label("Names, tariff numbers or control codes").fill("TechInsights\nNobody At All")
    desk.get_by_role("button", name="Screen").click()
    expect(main).to_contain_text("TechInsights: listed as", use_inner_text=True)
    expect(main).to_contain_text("Nobody At All: nothing alike", use_inner_text=True)

    # 10. What can't be seen?
    place(desk, "Sources")
    expect(main).to_contain_text("never read: ", use_inner_text=True)
    expect(desk.get_by_role("contentinfo")).to_contain_text("coverage: ", use_inner_text=True)
    assert 10 <= len(clicks) <= 17, clicks


@pytest.mark.long
def test_a_morning_ends_in_files_and_in_words_that_changed(desk, clicks, tmp_path):
    # 1. Which of our suppliers are listed? As a workbook for a colleague.
    (tmp_path / "ours.csv").write_text("Lieferant,Land\nTechInsights,CA\nMüller GmbH,DE\n")
    place(desk, "Us")
    desk.get_by_label("or a list").set_input_files(tmp_path / "ours.csv")
    desk.get_by_role("button", name="Screen").click()
    expect(desk.get_by_role("main")).to_contain_text("“Lieferant” is ", use_inner_text=True)
    expect(desk.get_by_role("main")).to_contain_text("TechInsights: listed as", use_inner_text=True)
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Excel").click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")

    # 2. Did we screen somebody before?
    desk.get_by_role("searchbox").fill("Müller GmbH")
    desk.get_by_role("button", name="Look up").click()
    expect(desk.get_by_role("region", name="Our screenings")).to_contain_text("nothing alike")

    # 3. Which acts of a ministry are in force? As a table.
    desk.get_by_role("searchbox").fill("cn-mofcom")
    desk.get_by_role("button", name="Look up").click()
    desk.get_by_role("navigation", name="state").get_by_role("link", name="in force").click()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="These lines as CSV").click()
    assert "in force" in Path(download.value.path()).read_text()

    # 4. Which words of a page were edited?
    desk.get_by_role("searchbox").fill("80/2025")
    desk.get_by_role("button", name="Look up").click()
    desk.get_by_role("link", name="mofcom-2025-80").first.click()
    desk.get_by_role("link", name="readings side by side").click()
    expect(desk.locator("td.came mark").filter(has_text="（更正）").first).to_be_visible()
    assert 4 <= len(clicks) <= 10, clicks


@pytest.mark.long
def test_the_keyboard_reaches_the_content_first_and_then_all_there_is(desk):
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")

    assert desk.evaluate("document.activeElement.id") == "main"
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize(
    "looks",  # in which each page is judged: all have one style, and the rules take a second
    [pytest.param(1, marks=pytest.mark.long), pytest.param(2, marks=pytest.mark.sweep)],
)
def test_everybody_can_use_it_in_light_and_dark_on_a_desktop_and_a_phone(
    kept_store, every_source, open_page, looks: int
):
    with served(kept_store, every_source) as address:
        for first, (scheme, width, locale) in enumerate(LOOKS):
            # the rules are a script
            page, amiss = open_page(scheme, width, bypass_csp=True, locale=locale)
            for number, path in enumerate(LOOKED_AT, first):
                page.goto(address + path)
                found = (
                    Axe().run(page, options=WRONG)["violations"]
                    if number % len(LOOKS) < looks
                    else []
                )

                assert [
                    (each["id"], each["help"]) for each in found if each["impact"] in SERIOUS
                ] == [], path
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert amiss == []


@pytest.mark.long
def test_no_foreign_text_runs(hostile_store, every_source, open_page):
    page, amiss = open_page()
    with served(hostile_store, every_source) as address:
        for path in (*LOOKED_AT, f"/search?q={HOSTILE}", f"/act/{HOSTILE}"):
            page.goto(address + path)

            assert page.evaluate("document.scripts.length") == 0, path
    assert amiss == []


@pytest.mark.long
def test_on_a_phone_no_page_and_no_table_is_wider_and_the_menu_is_one_line(
    kept_store: Path, every_source, open_page
):
    with served(kept_store, every_source) as address:
        page, _ = open_page(width=390)
        for path in LOOKED_AT:
            page.goto(address + path)
            wide = page.evaluate(
                "[document.documentElement, ...document.querySelectorAll('.scroll')].map(e =>"
                " e.scrollWidth)"
            )
            assert max(wide) <= 390, path
            menu = page.get_by_role("navigation", name="Pages")
            assert menu.bounding_box()["height"] < 60
            assert menu.locator("ul").evaluate("e => e.scrollWidth <= e.clientWidth"), path


@pytest.mark.long
def test_an_act_is_printed_on_two_pages(kept_store: Path, every_source, open_page):
    with served(kept_store, every_source) as address:
        page, _ = open_page()
        for key in ("mofcom-2025-57", "uel-2025-10"):
            page.goto(f"{address}/act/{key}")
            assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 2
