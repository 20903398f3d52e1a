"""Arrive, answer, close: the main job of the desk, by keyboard only, over real mail."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Post, Sit
from tests.journeys.words import SHOP, await_ticket, open_by_keys, press_both, row_of, unique


def test_a_mail_is_answered_and_closed_by_keyboard_and_arrives_threaded(
    sit: Sit, post: Post
) -> None:
    page = sit("operator").open()
    press_both(page, "g", "u")
    expect(page.locator("h1").first).to_be_visible()
    subject = unique("Fridge does not cool")
    sent = post.write(SHOP, "It is warm inside.", subject=subject)
    # Nobody reloads: the list fetches itself.
    expect(row_of(page, subject)).to_be_visible()

    open_by_keys(page, subject)
    page.keyboard.press("t")
    expect(page.locator("#ticket")).to_contain_text(re.compile("Solve"))
    page.keyboard.press("r")
    words = unique("Please turn the knob to four.")
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#ticket .outbound")).to_contain_text(words)
    # What was said is gone from the composer.
    expect(page.locator(".composer .tiptap")).to_have_text("")

    mail = post.await_mail(words)
    assert mail["In-Reply-To"] == sent["Message-ID"]
    assert sent["Message-ID"] in mail["References"]
    assert mail["Subject"] == f"Re: {subject}"
    assert "anna.petrova@example.org" in mail["To"]
    expect(page.locator("#ticket .delivery[data-state=sent]")).to_be_visible()

    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.locator(".toast")).to_contain_text("Closed")


def test_an_answer_is_taken_back_before_it_leaves(sit: Sit, post: Post) -> None:
    page = sit("operator").open("inbox/unassigned/")
    subject = unique("Too fast")
    post.write(SHOP, "Hello", subject=subject)
    expect(row_of(page, subject)).to_be_visible()
    row_of(page, subject).click()
    await_ticket(page, subject)
    page.keyboard.press("r")
    words = unique("This was for somebody else.")
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")
    page.locator(".toast button").hover()
    expect(page.locator("#ticket .outbound")).to_contain_text(words)
    page.locator(".toast button").click()
    expect(page.locator("#ticket .outbound")).to_have_count(0)
    assert post.received(words) == []


def test_the_answer_to_an_answer_arrives_on_the_same_ticket(sit: Sit, post: Post) -> None:
    page = sit("operator").open("inbox/unassigned/")
    subject = unique("Where is my parcel")
    post.write(SHOP, "It has not come.", subject=subject)
    row_of(page, subject).click()
    await_ticket(page, subject)
    page.keyboard.press("r")
    words = unique("It is on its way.")
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")
    mail = post.await_mail(words)
    back = unique("Thank you, it is here")
    post.write(
        str(mail["Reply-To"]),
        back,
        subject=f"Re: {subject}",
        headers={"In-Reply-To": str(mail["Message-ID"]), "References": str(mail["Message-ID"])},
    )
    expect(page.locator("#ticket .inbound").last).to_contain_text(back)
