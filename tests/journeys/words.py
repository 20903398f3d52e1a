"""Words of the journeys: addresses of the story, and ways to find what a journey made."""

from time import time
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


def press_both(page: Page, first: str, second: str) -> None:
    """Press two letters that are one command, in one moment: later the second counts by itself."""
    keyboard, at = page.context.new_cdp_session(page), time()
    for key in (first, second):
        code = {"key": key, "code": f"Key{key.upper()}", "windowsVirtualKeyCode": ord(key.upper())}
        for kind in ("keyDown", "keyUp"):
            keyboard.send("Input.dispatchKeyEvent", {"type": kind, "timestamp": at, **code})


def open_by_keys(page: Page, subject: str) -> None:
    """Go through the list by j and open the row of a subject by Enter."""
    for _step in range(30):
        page.keyboard.press("j")
        # Of the body, which has the focus as long as no row has, every row is a part.
        if subject in page.evaluate(
            "document.activeElement.closest('[data-row]')?.innerText || ''"
        ):
            break
    page.keyboard.press("Enter")
    await_ticket(page, subject)


def await_ticket(page: Page, subject: str) -> None:
    """Wait until the ticket of a subject is shown."""
    expect(page.locator("#subject")).to_have_value(subject)
