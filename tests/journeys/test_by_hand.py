"""A request by phone, put down while its caller speaks: who, for whom, which thing, what is promised."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Sit, complaints, picture
from tests.journeys.test_labels import SHOP, told
from tests.journeys.words import await_ticket, unique

ELSEWHERE = "Магазин 77"


def test_a_call_becomes_a_request_with_equipment_coverage_and_a_promise_by_keys(sit: Sit) -> None:
    shop = sit("client", number=SHOP)
    told(shop.open("portal/equipment/"))
    page = sit("administrator").open("tickets/new")
    expect(page.locator("#id_address")).to_be_focused()
    page.keyboard.type(shop.login["login"])
    page.keyboard.press("Tab")
    caller = page.locator("#caller")
    expect(caller.locator("input[name=company]").first).to_be_checked()
    page.locator("#id_subject").focus()
    subject = unique("It does not cool")
    page.keyboard.type(subject)
    page.keyboard.press("Tab")
    expect(page.locator("#id_asset")).to_be_focused()
    offered = page.locator("#id_asset-suggestions [role=option]")
    expect(offered.first).to_be_visible()
    picture(page, "by-hand")
    assert complaints(page) == []
    # Of another shop than that whose labels others scan.
    page.keyboard.type(ELSEWHERE)
    expect(offered.first).to_contain_text(ELSEWHERE)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#id_asset")).to_have_value(re.compile(r" #\d+$"))
    page.keyboard.press("Control+Enter")

    await_ticket(page, subject)
    serial = page.locator(".asset-on-ticket .line-name + .quiet")
    expect(serial).to_have_text(re.compile(r"\S"))
    card = page.locator("body")
    expect(card).to_contain_text(re.compile("contract|warranty", re.IGNORECASE))
    expect(page.locator("[id^=promises-] time").first).to_be_visible()
    picture(page, "by-hand-ticket")
    assert complaints(page) == []
