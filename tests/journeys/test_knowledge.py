"""An article from its first letter to an answer: written, judged, read on a phone, put into a mail."""

import urllib.request
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.edge.commands.console import Running
from tests.journeys.conftest import WATCH, Post, Sit, complaints, picture
from tests.journeys.test_screens import wrong
from tests.journeys.words import SHOP, await_ticket, row_of, unique
from tests.waiting import PATIENCE_SECONDS, wait_for

PHONE = {"width": 390, "height": 844}
# Browsers lead every name below localhost to this machine.
HOST = "help-polka.localhost"


def move_brand(sit: Sit, address: str) -> None:
    """Let an administrator say where the pages of the shop are."""
    page = sit("administrator").open("settings/brands/")
    page.locator(".line", has_text="polka").locator(".line-name").click()
    page.locator("input[name=web]").fill(address)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/settings/brands/")
    page.close()


@pytest.fixture
def centre(desk: Running, sit: Sit) -> Iterator[str]:
    """The address of the shop's help centre on a host of its own, as long as it has one."""
    origin = f"http://{HOST}:{urlsplit(desk.url).port}"
    move_brand(sit, origin)
    yield f"{origin}/"
    move_brand(sit, "")


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A reader's phone; whatever breaks on its pages breaks the test."""
    context = browser.new_context(
        viewport=PHONE, locale="ru-RU", has_touch=True, is_mobile=True, device_scale_factor=2
    )
    context.add_init_script(WATCH)
    page = context.new_page()
    yield page
    broken = page.evaluate("window.__broken")
    context.close()
    assert broken == []


def is_found(desk: Running, words: str, page: Page) -> bool:
    """Say whether the help finds an article by now; a pause, so as not to be taken for a machine."""
    page.wait_for_timeout(500)
    url = f"{desk.url}help/polka/ru/suggestions?q={quote(words)}"
    with urllib.request.urlopen(url, timeout=PATIENCE_SECONDS) as answer:
        return words in answer.read().decode()


def test_an_article_is_written_judged_found_on_a_phone_and_put_into_an_answer(
    sit: Sit, post: Post, desk: Running, centre: str, phone: Page
) -> None:
    title = unique("Как почистить самовар")
    # It is written by somebody who may not publish it, and judged by somebody else.
    writer = sit("operator").open("knowledge/")
    _begins(writer, title)
    _writes(writer, "Налейте воды и всыпьте ложку лимонной кислоты.")
    judge = sit("team_lead").open(writer.url.removeprefix(desk.url))
    judge.locator("#return-words").fill("Сколько ждать?")
    judge.get_by_role("button", name="Return").click()
    expect(judge.locator(".text-reviews")).to_contain_text("Сколько ждать?")
    writer.reload()
    expect(writer.locator(".text-reviews")).to_contain_text("Сколько ждать?")
    _writes(writer, " Через час слейте.")
    judge.reload()
    _publishes(judge)
    wait_for(lambda: is_found(desk, title, judge))
    _reads(phone, centre, title)
    judge.reload()
    expect(judge.locator(".text-aside")).to_contain_text("Сколько кислоты на литр?")
    picture(judge, "knowledge-heard")
    assert complaints(judge) == []
    subject = unique("Самовар")
    post.write(SHOP, f"{title}?", subject=subject)
    page = sit("operator").open("inbox/unassigned/")
    row_of(page, subject).click()
    await_ticket(page, subject)
    _answers(page, title, f"{centre}help/polka/ru/articles/")


def _begins(page: Page, title: str) -> None:
    page.locator(".begin summary").click()
    begun = page.locator(".begin-form")
    begun.locator("input[name=title]").fill(title)
    begun.locator("select[name=language]").select_option("ru")
    begun.get_by_label("Полка").check()
    begun.locator("button[type=submit]").click()


def _writes(page: Page, words: str) -> None:
    """Write on at the end of the text, and send it for review once it is saved."""
    page.locator(".text-rich .ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)
    expect(page.locator("[data-saved]")).to_have_text("Draft saved")
    picture(page, "knowledge-written")
    assert complaints(page) == []
    page.get_by_role("button", name="Send for review").click()
    expect(page.locator(".text-steps").first).to_contain_text("In review")


def _publishes(page: Page) -> None:
    steps = page.locator(".text-steps").first
    page.get_by_role("button", name="Approve").click()
    expect(steps).to_contain_text("Approved")
    page.get_by_role("button", name="Publish").click()
    expect(steps).to_contain_text("Published")
    picture(page, "knowledge-published")
    assert complaints(page) == []


def _answers(page: Page, title: str, address: str) -> None:
    """Put the article into the answer and send it, by keys only."""
    words = page.locator(".composer .tiptap")
    expect(words).to_be_visible()
    page.keyboard.press("Shift+i")
    expect(page.locator(".template-picker:visible [role=option]").first).to_contain_text(title)
    picture(page, "knowledge-picker")
    assert complaints(page) == []
    page.keyboard.press("Enter")
    expect(words).to_contain_text(f"{title}: {address}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#ticket .outbound")).to_contain_text(address)


def _reads(page: Page, centre: str, title: str) -> None:
    """Find an article in the help centre with words of one's own, and say whether it helped."""
    page.goto(centre)
    expect(page.locator("h1")).to_have_text("Чем помочь?")
    assert urlsplit(page.url).hostname == HOST
    found = wrong(page, language="ru")
    picture(page, "knowledge-home-390")
    field = page.locator("#q")
    # Not the words of the title: another form of them, and an error of the hand.
    field.press_sequentially("чистка самавара", delay=20)
    page.keyboard.press("Enter")
    link = page.locator("main .articles a", has_text=title)
    expect(link).to_be_visible()
    found += wrong(page, language="ru")
    picture(page, "knowledge-search-390")
    link.click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("article .text")).to_contain_text("ложку лимонной кислоты")
    found += wrong(page, language="ru")
    picture(page, "knowledge-article-390")
    page.get_by_role("button", name="Нет").click()
    expect(page.get_by_role("status")).to_contain_text("Спасибо!")
    page.locator("#opinion-words").fill("Сколько кислоты на литр?")
    found += wrong(page, language="ru")
    page.get_by_role("button", name="Отправить").click()
    expect(page.get_by_role("status")).to_contain_text("читаем")
    picture(page, "knowledge-said-390")
    assert found == []
