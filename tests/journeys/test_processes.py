"""An administrator draws a process; an operator takes a ticket through it, refused with the reason."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Post, Sit, complaints, picture
from tests.journeys.words import SHOP, await_ticket, row_of, unique


def draw(page: Page, name: str) -> None:
    """Draw two stages with a checklist, and publish."""
    page.locator("#id_name_en").fill(name)
    page.locator("[data-plan-add] button", has_text="Work").click()
    first = page.locator("[data-stage='1']")
    first.get_by_label("Name of the stage: English").fill("Look at it")
    first.get_by_role("button", name="+ Add a line").click()
    first.get_by_label("Line of the checklist: English").fill("Photo taken")
    page.locator("[data-plan-add] button", has_text="End").click()
    page.locator("[data-stage='2']").get_by_label("Name of the stage: English").fill("Done")
    expect(page.locator("[data-plan-check]")).to_contain_text("Nothing leads to this stage.")
    # A way is drawn from the grip of one stage to the other.
    grip = page.locator("[data-node='1'] .plan-grip")
    grip.scroll_into_view_if_needed()
    grip.hover()
    page.mouse.down()
    page.locator("[data-node='2']").hover()
    page.mouse.up()
    first.get_by_label("What the button says: English").fill("It is done")
    expect(page.locator("[data-plan-check]")).to_contain_text("Every stage is reached")


def test_a_process_is_drawn_and_a_ticket_goes_by_it(sit: Sit, post: Post) -> None:
    name, subject = unique("Looking"), unique("Look at this")
    admin = sit("administrator").open("settings/processes/new")
    expect(admin.locator("[data-plan-add] button").first).to_be_visible()
    draw(admin, name)
    picture(admin, "process-designer")
    assert complaints(admin) == []
    admin.locator("button[name=publish]").click()
    expect(admin.locator("h1")).to_contain_text(name)
    post.write(SHOP, "Look at this", subject=subject)
    page = sit("operator").open("inbox/unassigned/")
    row_of(page, subject).click()
    await_ticket(page, subject)
    page.locator("#ticket-menu > summary").click()
    page.get_by_role("button", name="Process of the ticket").click()
    page.locator(".script-offer", has_text=name).click()
    strip = page.locator("#stages")
    expect(strip).to_contain_text("Look at it")
    picture(page, "process-strip")
    assert complaints(page) == []
    strip.get_by_role("button", name="It is done").click()
    expect(page.locator("[data-toast], .toast").last).to_contain_text("Photo taken")
    strip.get_by_role("checkbox", name="Photo taken").click()
    expect(strip.get_by_role("checkbox", name="Photo taken")).to_have_attribute(
        "aria-checked", "true"
    )
    strip.get_by_role("button", name="It is done").click()
    expect(page.locator("#ticket-head")).to_contain_text("Solved")
