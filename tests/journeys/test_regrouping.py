"""Regrouping in the browser: merged by number, and undone as if it had never been."""

from playwright.sync_api import expect

from tests.journeys.conftest import Post, Sit
from tests.journeys.words import SHOP, await_ticket, row_of, unique


def test_a_merge_is_undone_from_the_toast(sit: Sit, post: Post) -> None:
    page = sit("operator").open("inbox/unassigned/")
    numbers = {}
    for name in ("One", "Other"):
        subject = unique(f"{name} half of a story")
        post.write(SHOP, f"{name} half", subject=subject)
        row_of(page, subject).click()
        await_ticket(page, subject)
        numbers[name] = page.locator("[data-ticket]").get_attribute("data-ticket")

    page.goto(page.url.split("/tickets/")[0] + f"/tickets/{numbers['One']}")
    page.keyboard.press("Control+k")
    page.keyboard.type("merge")
    page.keyboard.press("Enter")
    expect(page.locator("#merge-other")).to_be_focused()
    page.keyboard.type(str(numbers["Other"]))
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text(f"#{numbers['Other']}")
    # It goes after some seconds, unless somebody has the pointer on it.
    page.locator(".toast button").hover()
    expect(page.locator("#ticket .inbound")).to_have_count(2)
    page.locator(".toast button").click()
    expect(page.locator("#ticket .inbound")).to_have_count(1)
