"""A queue: two take what is next, one vanishes, and what they held comes back to the other."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Post, Sit
from tests.journeys.words import LIFTS, SHOP, press_both, unique


def _online(page: Page) -> None:
    bar = page.locator("#queue-bar")
    bar.locator(".queue-status").click()
    bar.locator("button[value=online]").click()
    expect(bar.locator(".queue-status")).to_contain_text("Online")


def test_what_somebody_held_who_vanished_comes_back_to_the_other_on_top(
    sit: Sit, post: Post
) -> None:
    first = sit("operator", number=0)
    lead = sit("team_lead")
    page, other = first.open("inbox/mine/"), lead.open("inbox/mine/")
    _online(page)
    _online(other)
    subject = unique("Please be quick")
    post.write(SHOP, "Nobody knows me here.", subject=subject)
    waiting = page.locator("#queue-bar .queue-count")
    expect(waiting).not_to_have_text("0")

    # One key, no mouse: whoever waits longest is next.
    press_both(page, "g", "g")
    ticket = page.locator("#ticket")
    expect(ticket).to_be_visible()
    expect(ticket).to_contain_text("took it as next")
    number = ticket.get_attribute("data-ticket")

    board = lead.open("load/")
    person = board.locator(".crew-person", has_text=first.login.get("name", "Ольга")).first
    expect(person).to_contain_text("Online")

    # The browser closes; within the minute the lead sees it, and the next key brings it back.
    page.goto("about:blank")
    expect(person).to_contain_text("Away")
    other.locator("#queue-bar .queue-next").wait_for()
    expect(other.locator("#queue-bar .queue-count")).not_to_have_text("0")
    for _each in range(120):
        history = other.request.get(f"{lead.url}tickets/{number}")
        other.wait_for_timeout(1000)
        if "back on top" in history.text():
            break
    press_both(other, "g", "g")
    expect(other.locator("#ticket")).to_have_attribute("data-ticket", str(number))
    expect(other.locator("#ticket")).to_contain_text("back on top")


def test_a_lead_moves_somebody_to_another_team_and_its_queue_follows(sit: Sit, post: Post) -> None:
    operator = sit("operator", number=0)
    page = operator.open("inbox/mine/")
    _online(page)
    board = sit("administrator").open("load/")
    person = board.locator(".crew-person", has_text="Ольга")
    care, service = (
        board.locator(".crew", has=board.get_by_role("heading", name=name, exact=True))
        for name in ("Забота", "Service desk")
    )
    expect(care.locator(".crew-person", has_text="Ольга")).to_contain_text("Online")
    subject = unique("The lift hums")
    post.write(LIFTS, "It hums at night.", subject=subject)
    expect(service.locator("[data-waits] dd").first).not_to_have_text("0")

    person.drag_to(service.locator("h2"))
    expect(service.locator(".crew-person", has_text="Ольга")).to_be_visible()
    expect(care.locator(".crew-person", has_text="Ольга")).to_have_count(0)
    # What is next for them is now what waits in the other team.
    press_both(page, "g", "g")
    expect(page.locator("#ticket")).to_contain_text("took it as next")
    ours = page.locator("#ticket, #card-pane").filter(has_text="Service desk")
    expect(ours.first).to_be_visible()

    # The menu does the same by keys, and back again.
    menu = service.locator(".crew-person", has_text="Ольга").locator("summary")
    menu.focus()
    board.keyboard.press("Enter")
    board.get_by_role("button", name="Move to “Забота”").press("Enter")
    expect(care.locator(".crew-person", has_text="Ольга")).to_be_visible()
