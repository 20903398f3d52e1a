"""An account in a real browser: a passkey is registered, opens the desk alone, and goes again."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.edge.commands.console import Running
from tests.journeys.conftest import WATCH

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(browser: Browser, desk: Running) -> Iterator[Page]:
    """A browser with a passkey device, before the sign-in page."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    context.add_init_script(WATCH)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.goto(desk.url)
    yield page
    broken = page.evaluate("window.__broken || []")
    context.close()
    assert broken == []


def by_password(page: Page, login: dict[str, Any]) -> None:
    """Type address and password."""
    page.locator("input[name=login]").fill(login["login"])
    page.locator("input[name=password]").fill(login["password"])
    page.keyboard.press("Enter")


def inside(page: Page) -> None:
    """Wait until the desk is open."""
    page.wait_for_url(lambda url: "/account/" not in url)


def press(page: Page, name: str) -> None:
    """Press a button that the page's script acts on: before it runs, a form is sent without a passkey."""
    button = page.get_by_role("button", name=name)
    expect(button).to_be_visible()
    page.wait_for_load_state()
    button.click()


def to_profile(page: Page) -> None:
    """Open the profile by the menu of the rail."""
    page.locator(".rail-end summary").click()
    page.get_by_role("link", name="Profile").click()


def sign_out(page: Page) -> None:
    """Sign out by the menu of the rail."""
    page.locator(".rail-end summary").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.locator("input[name=login]")).to_be_visible()


def test_a_passkey_signs_in_alone_and_beside_a_password(page: Page, desk: Running) -> None:
    outside = {"client", "contractor", "department"}
    login = [each for each in desk.logins if each["role"] not in outside][-1]
    by_password(page, login)
    inside(page)
    to_profile(page)
    page.get_by_role("link", name="Add a passkey").click()
    page.locator("input[name=password]").fill(login["password"])
    page.get_by_role("button", name="Continue").click()
    page.locator("input[name=name]").fill("Blue key")
    press(page, "Add a passkey")
    expect(page.get_by_role("heading", name="Spare codes")).to_be_visible()
    page.get_by_role("button", name="Show new codes").click()
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("Blue key")).to_be_visible()
    sign_out(page)

    press(page, "Sign in with a passkey")
    inside(page)
    sign_out(page)

    by_password(page, login)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    press(page, "Use a passkey")
    inside(page)

    to_profile(page)
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("link", name="Use a security key").click()
    press(page, "Use a passkey")
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("Blue key")).to_have_count(0)


def test_where_passkeys_cannot_work_the_page_says_so(browser: Browser, desk: Running) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(desk.url.replace("localhost", "127.0.0.1"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("need a secure address with a name")
    context.close()
