"""A cost above the area manager's limit goes to the head office, who approves by the link."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Post, Sit, complaints, picture
from tests.journeys.words import unique

MANAGER, SHOP, OFFICE = 0, 1, 2
PHONE = {"width": 390, "height": 844}


def report(page: Page, said: str) -> str:
    """Tell of a fault in the portal, and give the number of the request."""
    page.locator(".portal-main .portal-list a").first.click()
    page.locator("#text").fill(said)
    page.locator(".portal-form .primary[type=submit]").click()
    expect(page.locator("#talk")).to_contain_text(said)
    found = re.search(r"/requests/(\d+)", page.url) or re.search(
        r"(\d+)", page.url.split("portal")[1]
    )
    assert found
    return found[1]


def ask(page: Page, title: str, amount: str) -> None:
    """Ask for a cost from the card of the ticket."""
    section = page.locator("[id^=approvals-]").first
    section.locator("summary", has_text="Ask for").click()
    section.locator("#approval-kind").select_option("cost")
    section.locator("#approval-title").fill(title)
    section.locator("#approval-amount").fill(amount)
    picture(page, "approval-asking")
    assert complaints(page) == []
    section.get_by_role("button", name="Ask", exact=True).click()
    expect(section).to_contain_text(title)


def test_a_cost_above_the_managers_limit_is_approved_by_the_office(sit: Sit, post: Post) -> None:
    said, title = unique("The freezer is warm"), unique("New compressor")
    shop = sit("client", number=SHOP, viewport=PHONE).open("portal/new/")
    number = report(shop, said)
    desk = sit("administrator").open(f"tickets/{number}")
    ask(desk, title, "24500")

    manager = sit("client", number=MANAGER).open("portal/")
    expect(manager.locator(".portal-main")).not_to_contain_text(title)
    office = sit("client", number=OFFICE, viewport=PHONE).open("portal/")
    row = office.locator("a", has_text=title)
    expect(row).to_be_visible()
    picture(office, "approver-home-390")
    assert complaints(office) == []
    row.click()
    picture(office, "approver-portal-390")
    assert complaints(office) == []

    mail = post.await_mail(title)
    body = mail.get_body(("plain",))
    assert body
    address = re.search(r"/approve/[\w-]{43}", body.get_content())
    assert address
    link = office.context.new_page()
    link.goto(office.url.split("/portal/")[0] + address[0])
    picture(link, "approver-link-390")
    assert complaints(link) == []
    # Above the amount that a link alone decides; in the portal one has signed in already.
    expect(link.locator("button[name=answer]")).to_have_count(0)
    office.locator("button[name=answer][value=yes]").click()
    expect(office.locator("button[name=answer]")).to_have_count(0)
    desk.reload()
    section = desk.locator("[id^=approvals-]").first
    expect(section).to_contain_text(re.compile("approved", re.IGNORECASE))
    picture(desk, "approval-given")
    assert complaints(desk) == []
    notices = desk.locator("#subject")
    expect(notices).to_be_visible()


def test_a_cost_within_the_limit_is_approved_by_the_link_alone(sit: Sit, post: Post) -> None:
    said, title = unique("The door is stuck"), unique("New hinge")
    number = report(sit("client", number=SHOP).open("portal/new/"), said)
    desk = sit("administrator").open(f"tickets/{number}")
    ask(desk, title, "4500")
    body = post.await_mail(title).get_body(("plain",))
    assert body
    address = re.search(r"/approve/[\w-]{43}", body.get_content())
    assert address
    page = desk.context.browser.new_page() if desk.context.browser else desk
    page.goto(desk.url.split("/tickets/")[0] + address[0])
    picture(page, "approver-link")
    assert complaints(page) == []
    page.locator("button[name=answer][value=yes]").click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("button[name=answer]")).to_have_count(0)
    assert complaints(page) == []
    page.close()
    desk.reload()
    section = desk.locator("[id^=approvals-]").first
    expect(section).to_contain_text(re.compile("approved", re.IGNORECASE))
