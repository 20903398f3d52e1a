"""An administrator builds a rule, tries it on the past, switches it on; a mail comes, it acts."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Post, Sit, complaints, picture
from tests.journeys.words import SHOP, await_ticket, row_of, unique


def build(page: Page, name: str, word: str) -> None:
    """When a ticket is opened, if its subject has a word, then it is urgent."""
    page.locator("#id_name").fill(name)
    page.get_by_label("a ticket is opened", exact=True).check()
    page.locator("[data-condition-field]").get_by_text("Add a condition").click()
    row = page.locator(".builder-row").last
    row.locator("select").nth(0).select_option("subject")
    row.locator("select").nth(1).select_option("contains")
    row.locator("input").fill(word)
    page.locator("[data-add-step]").click()
    card = page.locator(".step-card").last
    card.locator("select").nth(0).select_option("tickets.prioritise")
    card.locator("select").nth(1).select_option("4")


def test_a_rule_is_built_tried_on_the_past_switched_on_and_acts(sit: Sit, post: Post) -> None:
    name, word = unique("Urgent at once"), unique("Flood")
    page = sit("administrator").open("settings/rules/new")
    expect(page.locator("[data-condition-field] select").first).to_be_visible()
    build(page, name, word)
    page.locator("[name=period]").select_option("90")
    page.locator(".rule-try button").first.click()
    expect(page.locator("[data-trial=done]")).to_be_visible()
    expect(page.locator("[aria-pressed=true]")).to_contain_text("Would have run 0")
    page.get_by_text("Would not have run").click()
    expect(page.locator(".trial-case").first).to_contain_text("Subject contains")
    picture(page, "rule-tried")
    assert complaints(page) == []

    page.get_by_role("button", name="Save").click()
    standing = page.locator(".rule-standing")
    expect(standing).to_contain_text("a ticket is opened")
    standing.get_by_role("switch").click()
    expect(standing.get_by_role("switch")).to_have_attribute("aria-checked", "true")
    post.write(SHOP, "Water everywhere.", subject=word)
    operator = sit("operator").open("inbox/unassigned/")
    row_of(operator, word).click()
    await_ticket(operator, word)
    told = operator.locator("#thread-scroll")
    expect(told).to_contain_text(f"Rule “{name}” set the priority to “Urgent”")

    standing.get_by_text("What it did").click()
    expect(page.locator(".lines")).to_contain_text(word)
    picture(page, "rule-runs")
    assert complaints(page) == []
    page.goto(f"{page.url.split('/settings')[0]}/settings/rules/")
    row = page.locator(".rule-row", has_text=name)
    expect(row).to_contain_text("1 run this week")
    before = page.locator(".rule-row").evaluate_all("rows => rows.map(row => row.dataset.rule)")
    row.locator("[data-move]").first.focus()
    with page.expect_response("**/settings/rules/order"):
        page.keyboard.press("Alt+ArrowUp")
    page.reload()
    after = page.locator(".rule-row").evaluate_all("rows => rows.map(row => row.dataset.rule)")
    assert after != before
    assert sorted(after) == sorted(before)
    picture(page, "rules")
    assert complaints(page) == []
