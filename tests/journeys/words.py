"""Words of the journeys: addresses of the story, and ways to find what a journey made."""

from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

# Addresses of the demo's two brands.
SHOP = "help@polka.example"
LIFTS = "service@liftcare.example"


def unique(words: str) -> str:
    """Words with a number that nobody else in this run has."""
    return f"{words} {uuid4().hex[:8]}"


def row_of(page: Page, subject: str) -> Locator:
    """The row of a ticket in the list."""
    return page.locator("[data-row]", has_text=subject)


def open_by_keys(page: Page, subject: str) -> None:
    """Go through the list by j and open the row of a subject by Enter."""
    for _step in range(30):
        page.keyboard.press("j")
        if subject in page.evaluate("document.activeElement.innerText || ''"):
            break
    page.keyboard.press("Enter")
    await_ticket(page, subject)


def await_ticket(page: Page, subject: str) -> None:
    """Wait until the ticket of a subject is shown."""
    expect(page.locator("#subject")).to_have_value(subject)
