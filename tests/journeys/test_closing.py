"""After closing: a guest rates from the mail by one click; a lead opens a figure and its tickets."""

import re
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

import pytest
from playwright.sync_api import Browser, expect

from ambidesk.relation.feedback.rules.believing import SCANNED_WITHIN
from tests.journeys.conftest import WATCH, Post, Sit, _broken, complaints, picture
from tests.journeys.words import SHOP, await_ticket, row_of, unique
from tests.waiting import wait_for

LINK = re.compile(r"https?://\S+/rate/[\w-]{43}/5")
# The driver of a test is no person; here it plays one.
PERSON = "Object.defineProperty(Navigator.prototype, 'webdriver', {get: () => false})"


def survey_of(post: Post, address: str) -> EmailMessage:
    """The mail that asks somebody."""

    def found() -> list[EmailMessage]:
        return [mail for mail in post.received("/rate/") if address in str(mail["To"])]

    wait_for(found)
    return found()[0]


def link_in(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body
    match = LINK.search(body.get_content())
    assert match
    return match[0]


def settled(mail: EmailMessage) -> None:
    """Wait until the mail is so old that its reader may have read it."""
    sent = parsedate_to_datetime(str(mail["Date"]))
    due = sent + SCANNED_WITHIN + timedelta(seconds=2)
    wait_for(lambda: datetime.now(UTC) > due)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_guest_rates_by_one_click_and_adds_words(
    sit: Sit, post: Post, browser: Browser, theme: str
) -> None:
    guest = f"{unique('guest').replace(' ', '.')}@example.org"
    subject = unique("Rated")
    page = sit("operator").open("inbox/unassigned/")
    post.write(SHOP, "Is it on its way?", subject=subject, sender=f"Gerda Gast <{guest}>")
    row_of(page, subject).click()
    await_ticket(page, subject)
    address = page.url
    page.keyboard.press("e")
    expect(page.locator(".toast")).to_contain_text("Closed")

    mail = survey_of(post, guest)
    assert str(mail["Auto-Submitted"]).startswith("auto-")
    assert "polka.example" in str(mail["From"])
    settled(mail)

    context = browser.new_context(color_scheme=theme, locale="ru-RU")
    context.add_init_script(WATCH)
    context.add_init_script(PERSON)
    reader = context.new_page()
    reader.goto(link_in(mail))
    # One click in the mail was enough: the page has sent it, and asks for words now.
    words = reader.locator("textarea[name=comment]")
    expect(words).to_be_visible()
    picture(reader, f"survey-{theme}")
    assert complaints(reader) == []
    assert "Ambidesk" not in reader.content()
    said = unique("Quick and kind.")
    words.fill(said)
    reader.locator(".words-form button").click()
    expect(words).to_have_value(said)
    assert _broken(reader) == []
    context.close()

    # On the ticket the mark stands beside the person, with the words.
    page.goto(address)
    expect(page.locator("#ticket")).to_contain_text(said)
    expect(page.locator("#ticket")).to_contain_text("5 of 5")


def test_whoever_opens_the_link_without_a_person_sends_nothing(
    sit: Sit, post: Post, browser: Browser
) -> None:
    guest = f"{unique('scanner').replace(' ', '.')}@example.org"
    subject = unique("Scanned")
    page = sit("operator").open("inbox/unassigned/")
    post.write(SHOP, "Hello", subject=subject, sender=f"Sam Scanned <{guest}>")
    row_of(page, subject).click()
    await_ticket(page, subject)
    page.keyboard.press("e")
    expect(page.locator(".toast")).to_contain_text("Closed")
    link = link_in(survey_of(post, guest))

    scanner = browser.new_context()
    opened = scanner.new_page()
    opened.goto(link)
    expect(opened.locator("input[value='5']")).to_be_checked()
    # A button is there for whoever is taken for a machine.
    opened.locator("button[name=pressed]").click()
    expect(opened.locator("textarea[name=comment]")).to_be_visible()
    scanner.close()


def test_a_lead_opens_a_figure_and_lands_on_its_tickets(sit: Sit) -> None:
    page = sit("team_lead").open("insight/?days=91")
    tile = page.locator(".tile", has_text="Solved").first
    expect(tile).to_be_visible()
    expect(page.locator(".chart canvas").first).to_be_visible()
    tile.click()
    line = page.locator(".behind-line").first
    expect(line).to_be_visible()
    number = line.locator(".number").inner_text()
    line.locator("a").click()
    expect(page.locator("#ticket")).to_contain_text(number)


def test_a_point_of_a_chart_opens_its_day(sit: Sit) -> None:
    page = sit("team_lead").open("insight/?days=28")
    chart = page.locator("[data-chart=flow]")
    expect(chart.locator("canvas")).to_be_visible()
    box = chart.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(re.compile("figure=solved"))
    expect(page.locator("h1")).to_contain_text("Solved")


def test_the_board_moves_by_itself(sit: Sit, post: Post) -> None:
    page = sit("team_lead").open("insight/board")
    opened = page.locator(".board-figures small", has_text="opened")
    expect(opened).to_be_visible()

    def number() -> int:
        return int(opened.inner_text().split()[0])

    before = number()
    subject = unique("Board")
    post.write(SHOP, "Nobody reloads the board.", subject=subject)
    expect(row_of(sit("operator").open("inbox/unassigned/"), subject)).to_be_visible()
    # What is opened today only grows, whatever the story does meanwhile to what waits.
    wait_for(lambda: number() > before)
