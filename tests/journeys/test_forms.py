"""A form from its building to the ticket: administrator, a visitor of another site, an operator."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.edge.commands.console import Running
from tests.journeys.conftest import WATCH, Sit, complaints, picture

pytestmark = pytest.mark.journey


def _field(page: Page, url: str, *, english: str, russian: str, kind: str) -> None:
    page.goto(f"{url}settings/fields/new")
    page.locator("[name=label_en]").fill(english)
    page.locator("[name=label_ru]").fill(russian)
    page.locator("[name=kind]").select_option(kind)
    if kind == "choice":
        for name in ("Kitchen", "Cellar"):
            page.locator("[data-add-option]").click()
            page.locator(".option-row input[lang=en]").last.fill(name)
    assert complaints(page) == []
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile("settings/fields/$"))


def test_a_form_with_a_condition_is_built_filled_in_on_a_site_and_read_at_the_desk(
    sit: Sit, desk: Running, browser: Browser, tmp_path: Path
) -> None:
    admin = sit("administrator")
    page = admin.open()
    _field(page, admin.url, english="Does it leak?", russian="Течёт?", kind="yes")
    _field(page, admin.url, english="Where is it?", russian="Где?", kind="choice")
    _build_type(page, admin.url)
    _extend_form(page, admin.url)

    visitor = browser.new_context(locale="en-GB")
    visitor.add_init_script(WATCH)
    site = visitor.new_page()
    site.goto(f"{desk.site}liftcare/request?lang=en")
    number = _fill_in(site, tmp_path)
    assert site.evaluate("window.__broken") == []
    visitor.close()

    seat = sit("operator", number=1)
    _read(seat.open("inbox/all/"), number)


def _build_type(page: Page, url: str) -> None:
    page.goto(f"{url}settings/types/new")
    page.locator("[name=name_en]").fill("Leak report")
    added = page.locator("[data-add-question]")
    added.select_option(label="Does it leak? · Yes or no")
    added.select_option(label="Where is it? · One choice")
    cards = page.locator("[data-form-cards] > li")
    expect(cards).to_have_count(2)
    cards.nth(0).get_by_label("When it is needed").select_option("open")
    cards.nth(1).get_by_role("button", name="Ask only if…").click()
    row = cards.nth(1).locator(".builder-row")
    expect(row).to_have_count(1)
    row.locator("select").last.select_option(label="yes")
    preview = page.locator("[data-form-preview]")
    expect(preview.get_by_text("Does it leak?")).to_be_visible()
    expect(preview.get_by_text("Where is it?")).to_be_hidden()
    preview.get_by_label("Yes").check()
    expect(preview.get_by_text("Where is it?")).to_be_visible()
    page.locator("[data-preview-language=ru]").click()
    expect(preview.get_by_text("Течёт?")).to_be_visible()
    assert complaints(page) == []
    picture(page, "form-editor")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile("settings/types/$"))


def _extend_form(page: Page, url: str) -> None:
    page.goto(f"{url}settings/webforms/")
    page.locator("a.line-name", has_text=re.compile("visit", re.IGNORECASE)).first.click()
    page.locator("[name=request_type]").select_option(label="Leak report")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile("#placing"))


def _fill_in(site: Page, folder: Path) -> str:
    form = site.locator("ambidesk-form")
    expect(form.get_by_role("heading", name="Request a visit")).to_be_visible()
    form.get_by_role("button", name="Send").click()
    expect(form.get_by_text("Please fill this in.").first).to_be_visible()
    words = "Water runs down the shaft, says the journey"
    form.get_by_label("What is it about?").fill(words)
    form.get_by_label("Your e-mail").fill("leak@example.org")
    expect(form.get_by_text("Where is it?")).to_be_hidden()
    form.get_by_label("Yes").check()
    form.get_by_label("Cellar").check()
    sent = folder / "leak.txt"
    sent.write_text("as wet as can be")
    form.get_by_label("Files").set_input_files(sent)
    assert complaints(site) == []
    picture(site, "form-on-a-site")
    site.wait_for_timeout(3_000)
    form.get_by_role("button", name="Send").click()
    expect(form.get_by_role("heading", name="Thank you!")).to_be_visible()
    return words


def _read(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible()
    page.get_by_text(words).first.click()
    card = page.locator(".card")
    expect(card.get_by_text("Does it leak?")).to_be_visible()
    expect(card.get_by_text("Cellar")).to_be_visible()
    expect(page.get_by_text("leak.txt").first).to_be_visible()
    expect(card.get_by_text("Asked by a web form")).to_be_visible()
    picture(page, "form-ticket")
