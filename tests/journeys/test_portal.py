"""The client portal: every place of it by axe, and a fault told with a photo on a phone."""

from base64 import b64decode

import pytest
from playwright.sync_api import FilePayload, expect

from tests.journeys.conftest import Sit, complaints, picture
from tests.journeys.test_screens import walk
from tests.journeys.words import unique

PORTAL = (
    "portal/",
    "portal/?all=1",
    "portal/new/",
    "portal/equipment/",
    "portal/scan/",
    "portal/scan/?code=nothing",
    "portal/board/",
    "portal/search/?q=1",
    "portal/articles/",
    "portal/articles/?q=холод",
    "portal/contracts/",
    "portal/team/",
    "portal/colleagues/",
    "portal/more/",
)
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LOOKS = [("en", "light", 390), ("ru", "dark", 1280), ("en", "dark", 1920)]


@pytest.mark.parametrize("language, theme, width", LOOKS)
def test_the_places_of_the_portal(sit: Sit, language: str, theme: str, width: int) -> None:
    viewport = {"width": width, "height": 844}
    seat = sit("client", language=language, theme=theme, viewport=viewport)
    name = f"portal-{language}-{theme}-{width}"
    assert walk(seat, PORTAL, language=language, name=name) == []


def test_a_fault_is_reported_with_a_photo_on_a_phone(sit: Sit) -> None:
    page = sit("client", viewport={"width": 390, "height": 844}).open("portal/new/")
    page.locator(".portal-main .portal-list a").first.click()
    said = unique("It is warm")
    page.locator("#place").select_option(index=1)
    page.locator("#text").fill(said)
    photo = FilePayload(name="freezer.png", mimeType="image/png", buffer=PIXEL)
    page.locator("#files").set_input_files(photo)
    picture(page, "portal-new-390")
    assert complaints(page) == []
    page.locator(".portal-form .primary[type=submit]").click()
    expect(page.locator("#talk")).to_contain_text(said)
    expect(page.locator("#talk img")).to_be_visible()
    picture(page, "portal-request-390")
    assert complaints(page) == []
    page.locator("#text").fill("Come soon")
    page.locator(".portal-form .primary[type=submit]").click()
    expect(page.locator("#talk")).to_contain_text("Come soon")
