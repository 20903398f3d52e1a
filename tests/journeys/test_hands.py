"""Fast hands: a colleague named by @ is told at once."""

from playwright.sync_api import expect

from tests.journeys.conftest import Post, Sit, picture
from tests.journeys.words import SHOP, await_ticket, row_of, unique


def test_a_colleague_named_in_a_note_is_told_while_they_look_elsewhere(
    sit: Sit, post: Post
) -> None:
    subject = unique("Second opinion")
    post.write(SHOP, "It hums", subject=subject)
    page = sit("operator").open("inbox/unassigned/")
    colleague = sit("team_lead").open("notices/")
    row_of(page, subject).click(timeout=20_000)
    await_ticket(page, subject)
    page.keyboard.press("n")
    page.keyboard.type("Please look, @")
    names = page.locator(".template-picker:visible [role=option]")
    expect(names.first).to_be_visible(timeout=10_000)
    picture(page, "mention")
    name = colleague.locator(".rail details summary").get_attribute("title") or ""
    page.keyboard.type(name.split()[0])
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#ticket .note")).to_contain_text(f"@{name}", timeout=20_000)
    expect(colleague.locator("#notice-lines")).to_contain_text(subject, timeout=20_000)
    expect(colleague.locator(".rail .count").first).to_be_visible()
    picture(colleague, "notices")
