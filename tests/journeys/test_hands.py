"""Fast hands: a macro by keys, many at once, a colleague named by @, a line further and back."""

from playwright.sync_api import expect

from tests.journeys.conftest import Post, Sit, complaints, picture
from tests.journeys.words import SHOP, await_ticket, row_of, unique


def test_a_macro_is_found_tried_out_and_applied_by_keys(sit: Sit, post: Post) -> None:
    subject = unique("Stuck door")
    post.write(SHOP, "The door is stuck", subject=subject)
    page = sit("operator").open("inbox/unassigned/")
    row_of(page, subject).click()
    await_ticket(page, subject)
    page.keyboard.press("m")
    expect(page.locator("#macros")).to_contain_text("Ждём фото до завтра")
    picture(page, "macros")
    assert complaints(page) == []
    page.keyboard.type("фото")
    page.keyboard.press("Enter")
    expect(page.locator("#macros")).to_contain_text("пришлите, пожалуйста, фото и чек")
    picture(page, "macro-preview")
    assert complaints(page) == []
    page.keyboard.press("Enter")
    expect(page.locator("#ticket")).to_contain_text("applied the macro")
    expect(page.locator("#ticket .outbound")).to_contain_text("пришлите, пожалуйста, фото и чек")


def test_several_tickets_are_chosen_by_x_changed_together_and_brought_back(
    sit: Sit, post: Post
) -> None:
    word = unique("Flood")
    for number in range(3):
        post.write(SHOP, "Water in the shaft", subject=f"{word} {number}")
    page = sit("operator").open("inbox/unassigned/")
    for number in range(3):
        expect(row_of(page, f"{word} {number}")).to_be_visible()
    for number in range(3):
        row_of(page, f"{word} {number}").locator("a").focus()
        page.keyboard.press("x")
    expect(page.locator("[data-bulk-count]")).to_contain_text("3")
    picture(page, "bulk-chosen")
    page.get_by_role("button", name="Change", exact=True).click()
    page.locator("#bulk-priority").select_option("4")
    picture(page, "bulk-choices")
    assert complaints(page) == []
    page.locator("#bulk-choices button[type=submit]").click()
    expect(page.locator("#toasts")).to_contain_text("3 tickets changed")
    # It goes after some seconds, unless somebody has the pointer on it.
    page.locator("#toasts button").hover()
    first = row_of(page, f"{word} 0")
    expect(first.locator("[data-priority='4']")).to_be_visible()
    page.locator("#toasts button").click()
    expect(first.locator("[data-priority='4']")).to_have_count(0)


def test_a_colleague_named_in_a_note_is_told_while_they_look_elsewhere(
    sit: Sit, post: Post
) -> None:
    subject = unique("Second opinion")
    post.write(SHOP, "It hums", subject=subject)
    page = sit("operator").open("inbox/unassigned/")
    colleague = sit("team_lead").open("notices/")
    row_of(page, subject).click()
    await_ticket(page, subject)
    # The list of names belongs to the editor, which takes the place of the plain field.
    expect(page.locator(".composer .tiptap")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.type("Please look, @")
    names = page.locator(".template-picker:visible [role=option]")
    expect(names.first).to_be_visible()
    picture(page, "mention")
    name = colleague.locator(".rail details summary").get_attribute("title") or ""
    page.keyboard.type(name.split()[0])
    page.keyboard.press("Enter")
    # What was chosen stands as a chip, and goes as a whole.
    chip = page.locator(".composer .tiptap .mention")
    expect(chip).to_have_text(f"@{name}")
    picture(page, "mention-chip")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    expect(chip).to_have_count(0)
    page.keyboard.type(f"@{name.split()[0]}")
    page.keyboard.press("Enter")
    expect(chip).to_have_text(f"@{name}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#ticket .note")).to_contain_text(f"@{name}")
    expect(colleague.locator("#notice-lines")).to_contain_text(subject)
    expect(colleague.locator(".rail .count").first).to_be_visible()
    picture(colleague, "notices")


def test_a_ticket_goes_to_the_second_line_and_back(sit: Sit, post: Post) -> None:
    subject = unique("Beyond us")
    post.write(SHOP, "The controller fails", subject=subject)
    page = sit("operator").open("inbox/unassigned/")
    row_of(page, subject).click()
    await_ticket(page, subject)
    page.keyboard.press("Shift+e")
    page.locator("#escalate-reason").fill("A fault in the controller")
    page.locator("#escalate-tried").fill("Restarted it")
    picture(page, "escalate")
    assert complaints(page) == []
    page.locator("#choices button[type=submit]").click()
    card = page.locator("#card-pane")
    expect(card).to_contain_text("A fault in the controller")
    expect(page.locator("#ticket")).to_contain_text("escalated it to line 2")
    picture(page, "escalated")
    page.keyboard.press("Shift+r")
    page.locator("#choices [aria-labelledby=return-why]").fill("It was a fuse")
    page.locator("#choices button[type=submit]").click()
    expect(page.locator("#ticket")).to_contain_text("gave it back to line 1")
