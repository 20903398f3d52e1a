"""
A label on a freezer: scanned by whoever is in charge of the shop, answered by the desk.

The territory manager sees all shops of the area on the board, and nothing of others.
"""

import re
from base64 import b64decode

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.journeys.conftest import Sit, complaints, picture
from tests.journeys.words import unique
from tests.waiting import wait_for

# In the order of the demo's logins.
TERRITORY, SHOP, OFFICE = range(3)
PHONE = {"width": 390, "height": 844}
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def told(page: Page) -> Locator:
    """What a list holds once there is something: the demo is told while its desk runs already."""
    rows = page.locator(".portal-list a")

    def is_told() -> bool:
        page.reload()
        return rows.count() > 0

    # On a machine at work it takes minutes.
    wait_for(is_told, seconds=600)
    return rows


def serial_of(page: Page) -> str:
    """The number that stands on the thing that is open in the portal."""
    return page.locator(".portal-known dd").first.inner_text().strip()


def test_a_scanned_label_becomes_a_request_that_the_desk_knows_all_about(sit: Sit) -> None:
    shop = sit("client", number=SHOP, viewport=PHONE)
    page = shop.open("portal/equipment/")
    told(page).first.click()
    serial = serial_of(page)

    desk = sit("administrator").open(f"assets/?q={serial}")
    desk.locator(".line-name").first.click()
    label = desk.locator("[data-label]").get_attribute("href")
    assert label

    # What a scan does: the phone opens the address of the label.
    page = shop.open(label.split("/", 3)[3])
    expect(page.locator(".portal-known")).to_contain_text(serial)
    expect(page.locator(".portal-known")).to_contain_text("Договор")
    picture(page, "label-asset-390")
    assert complaints(page) == []
    page.locator(".portal-title a.primary").click()
    page.locator(".portal-main .portal-list a").first.click()
    said = unique("The freezer is dead")
    page.locator("#text").fill(said)
    photo = FilePayload(name="freezer.png", mimeType="image/png", buffer=PIXEL)
    page.locator("#files").set_input_files(photo)
    page.locator(".portal-form .primary[type=submit]").click()
    expect(page.locator("#talk")).to_contain_text(said)
    expect(page.locator("#talk img")).to_be_visible()
    # How it stands, in words of a client: nobody has taken it yet.
    expect(page.locator(".portal-facts .state")).to_have_text("Принята")
    picture(page, "label-request-390")
    assert complaints(page) == []

    number = page.url.rstrip("/").split("#")[0].rstrip("/").rsplit("/", 1)[1]
    desk.goto(f"{desk.url.split('/assets')[0]}/tickets/{number}")
    expect(desk.locator("main")).to_contain_text(said)
    # Equipment, whether it is covered, and what was repaired before, without asking.
    expect(desk.locator("body")).to_contain_text(serial)
    expect(desk.locator("body")).to_contain_text(re.compile("contract|warranty", re.IGNORECASE))
    picture(desk, "label-ticket")
    assert complaints(desk) == []


def test_a_territory_manager_sees_the_shops_of_the_area_and_nothing_of_others(sit: Sit) -> None:
    office = sit("client", number=OFFICE, viewport=PHONE).open("portal/equipment/")
    everywhere = set(office.locator("select[name=site] option").all_inner_texts())
    seat = sit("client", number=TERRITORY, viewport=PHONE)
    page = seat.open("portal/equipment/")
    own = set(page.locator("select[name=site] option").all_inner_texts())
    assert len(own) < len(everywhere)
    page = seat.open("portal/board/")
    expect(page.locator("h1")).to_have_text("Моя территория")
    names = told(page).locator(".portal-subject").all_inner_texts()
    assert set(names) <= own | {"Без площадки"}
    picture(page, "territory-board-390")
    assert complaints(page) == []


def test_what_a_client_is_told_of_is_chosen_on_a_phone(sit: Sit) -> None:
    page = sit("client", number=SHOP, viewport=PHONE).open("portal/more/")
    page.locator("a[href='/portal/notifications/']").last.click()
    box = page.locator("input[value='answered:mail']")
    expect(box).not_to_be_checked()
    box.check()
    picture(page, "portal-notifications-390")
    assert complaints(page) == []
    page.locator(".portal-main button[type=submit]").first.click()
    expect(box).to_be_checked()
    box.uncheck()
    page.locator(".portal-main button[type=submit]").first.click()
    expect(box).not_to_be_checked()
