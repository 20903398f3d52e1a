"""A lead writes a script, an operator goes through it by keys, and its page says how it went."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Post, Sit, complaints, picture
from tests.journeys.words import SHOP, await_ticket, row_of, unique


def add(page: Page, kind: str) -> None:
    """Add a step of a kind."""
    page.locator("[data-flow-add] button", has_text=kind).click()


def write(page: Page, name: str) -> None:
    """Write a question with two ends and publish it."""
    page.locator("#id_name").fill(name)
    add(page, "Ask")
    card = page.locator(".flow-card").nth(0)
    card.get_by_label("English").nth(0).fill("Is it broken?")
    card.locator(".flow-option").nth(0).get_by_label("English").fill("Yes")
    card.locator(".flow-option").nth(1).get_by_label("English").fill("No")
    add(page, "End")
    page.locator(".flow-card").nth(1).get_by_label("English").fill("To be repaired")
    add(page, "End")
    page.locator(".flow-card").nth(2).get_by_label("English").fill("Nothing to do")
    expect(page.locator("[data-flow-check]")).to_contain_text("Nothing leads here.")
    card.locator(".flow-option").nth(1).locator("select").select_option("3")
    expect(page.locator("[data-flow-check]")).to_contain_text("Every walk ends")


def test_a_script_is_written_gone_through_by_keys_and_counted(sit: Sit, post: Post) -> None:
    name, subject = unique("Broken or not"), unique("It does not work")
    lead = sit("team_lead").open("settings/scripts/new")
    expect(lead.locator("[data-flow-add] button").first).to_be_visible()
    write(lead, name)
    lead.locator("[data-rehearse]").first.click()
    expect(lead.locator("[data-rehearsal]")).to_contain_text("Is it broken?")
    picture(lead, "script-editor")
    assert complaints(lead) == []
    lead.locator("button[name=publish]").click()
    expect(lead.locator("h1")).to_contain_text(name)
    post.write(SHOP, "It does not work", subject=subject)
    page = sit("operator").open("inbox/unassigned/")
    row_of(page, subject).click()
    await_ticket(page, subject)
    page.keyboard.press("b")
    offer = page.locator("[data-script-offer]", has_text=name)
    expect(offer).to_be_visible()
    offer.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-script-step]")).to_contain_text("Is it broken?")
    expect(page.locator("[data-script-step] input:focus")).to_have_count(1)
    picture(page, "script-step")
    assert complaints(page) == []
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    card = page.locator("#card-pane")
    expect(card).to_contain_text("Nothing to do")
    expect(card.locator(".script-told")).to_contain_text("No")
    expect(page.locator("#thread-scroll")).to_contain_text("Is it broken? No")
    picture(page, "script-answers")
    lead.reload()
    expect(lead.locator(".going-numbers")).to_contain_text("100 %")
    picture(lead, "script-going")
    assert complaints(lead) == []


def test_steps_are_dragged_and_words_of_a_script_come_into_the_answer(sit: Sit, post: Post) -> None:
    name, subject = unique("What we say"), unique("Tell me")
    lead = sit("team_lead").open("settings/scripts/new")
    expect(lead.locator("[data-flow-add] button").first).to_be_visible()
    lead.locator("#id_name").fill(name)
    for words in ("And then this.", "This comes first."):
        add(lead, "Say")
        lead.locator(".flow-card").last.get_by_label("English").fill(words)
    add(lead, "End")
    lead.locator(".flow-card").last.get_by_label("English").fill("Said")
    second = lead.locator(".flow-card").nth(1)
    above = {"x": 60.0, "y": 6.0}
    second.locator("[data-handle]").drag_to(
        lead.locator(".flow-card").nth(0), target_position=above
    )
    first = lead.locator(".flow-card").nth(0)
    expect(first.get_by_label("English")).to_have_value("This comes first.")
    expect(first.locator(".flow-place")).to_have_text("1")
    expect(lead.locator("[data-flow-check]")).to_contain_text("Every walk ends")
    picture(lead, "script-dragged")
    lead.locator("button[name=publish]").click()
    expect(lead.locator("h1")).to_contain_text(name)

    post.write(SHOP, "Please tell me", subject=subject)
    page = sit("operator").open("inbox/unassigned/")
    row_of(page, subject).click()
    await_ticket(page, subject)
    expect(page.locator(".composer .tiptap")).to_be_visible()
    page.keyboard.press("b")
    page.locator("[data-script-offer]", has_text=name).press("Enter")
    step = page.locator("[data-script-step]")
    expect(step).to_contain_text("This comes first.")
    step.get_by_role("button", name="Into the answer").press("Enter")
    expect(page.locator(".composer .tiptap")).to_contain_text("This comes first.")
    expect(step).to_contain_text("And then this.")
    picture(page, "script-said")
    assert complaints(page) == []
