"""Views are built from conditions in groups in groups, and come back as they were saved."""

import json
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Sit, complaints, picture
from tests.journeys.words import unique


def condition(page: Page) -> Any:
    """What the builder would save."""
    return json.loads(page.locator("textarea[name=condition]").input_value())


def groups(page: Page) -> Locator:
    return page.locator(".builder-group")


def press(group: Locator, words: str) -> None:
    """Press a button of the group itself, not of one within it."""
    group.locator(":scope > .builder-add").get_by_text(words).click()


def join(group: Locator, how: str) -> None:
    group.locator(":scope > .builder-join > select").select_option(how)


def state_is(row: Locator, state: str) -> None:
    row.locator("select").nth(0).select_option("state")
    row.locator("select").nth(1).select_option("is")
    row.locator("select").nth(2).select_option(json.dumps(state))


def is_state(state: str) -> dict[str, str]:
    return {"field": "state", "operator": "is", "value": state}


DEEP = {
    "all": [
        is_state("open"),
        {"any": [is_state("new"), {"not": {"any": [is_state("solved"), is_state("closed")]}}]},
        {"not": is_state("closed")},
    ]
}


def build(page: Page) -> None:
    """Put DEEP together as a person does."""
    root = groups(page).first
    state_is(root.locator(".builder-row").first, "open")
    press(root, "Add a group")
    middle = groups(page).nth(1)
    state_is(middle.locator(".builder-row").first, "new")
    press(middle, "Add a group")
    inner = groups(page).nth(2)
    join(inner, "none")
    press(inner, "Add a condition")
    state_is(inner.locator(".builder-row").nth(0), "solved")
    state_is(inner.locator(".builder-row").nth(1), "closed")
    press(root, "Add a group")
    last = groups(page).nth(3)
    join(last, "none")
    state_is(last.locator(".builder-row").first, "closed")


def test_groups_in_groups_are_saved_and_come_back_as_they_were(sit: Sit) -> None:
    page = sit("operator").open("views/")
    build(page)
    assert condition(page) == DEEP
    expect(page.locator(".trial-count")).not_to_be_empty()
    assert complaints(page) == []
    picture(page, "builder-deep")
    name = unique("Deep")
    page.locator("input[name=name]").fill(name)
    page.get_by_text("Save the view").click()
    expect(page.locator("h1").first).to_have_text(name)

    page.goto(f"{page.url.split('/inbox')[0]}/views/")
    page.locator(".lines a", has_text=name).click()
    expect(groups(page)).to_have_count(4)
    # Touched and put back: nothing is lost on the way through the rows.
    join(groups(page).first, "any")
    join(groups(page).first, "all")
    assert condition(page) == DEEP


def test_a_group_goes_with_its_last_condition(sit: Sit) -> None:
    page = sit("operator").open("views/")
    root = groups(page).first
    state_is(root.locator(".builder-row").first, "open")
    press(root, "Add a group")
    groups(page).nth(1).get_by_label("Remove this condition").click()
    expect(groups(page)).to_have_count(1)
    assert condition(page) == {"all": [is_state("open")]}


def test_no_group_goes_deeper_than_the_desk_can_ask(sit: Sit) -> None:
    page = sit("operator").open("views/")
    for level in range(4):
        press(groups(page).nth(level), "Add a group")
    expect(
        groups(page).nth(4).locator(":scope > .builder-add").get_by_text("Add a group")
    ).to_be_hidden()
    expect(page.locator(".trial-count")).not_to_be_empty()


COUNTED = {
    "all": [
        {
            "relation": "person_tickets",
            "quantity": "at_least",
            "number": 3,
            "within": {"amount": 90, "unit": "days"},
            "where": {"all": [is_state("closed")]},
        }
    ]
}


def test_what_belongs_to_a_ticket_is_counted_in_a_window_and_said_in_words(sit: Sit) -> None:
    page = sit("operator").open("views/")
    row = groups(page).first.locator(".builder-row").first
    row.locator("select").first.select_option("relation:person_tickets")
    count = page.locator(".builder-count")
    expect(count.locator("select").first).to_be_focused()
    count.get_by_label("How many").fill("3")
    count.get_by_label("Since when").select_option("within")
    count.get_by_label("How many").nth(1).fill("90")
    count.get_by_text("Only some of them").click()
    expect(groups(page).nth(1).locator("select").first).to_be_focused()
    state_is(groups(page).nth(1).locator(".builder-row"), "closed")
    assert condition(page) == COUNTED
    expect(page.locator("[data-sentence]")).to_have_text(
        "Tickets of the requester: at least 3 in the last 90 days (State is Closed)"
    )
    expect(page.locator(".trial-count")).not_to_be_empty()
    assert complaints(page) == []
    picture(page, "builder-counted")
    name = unique("Counted")
    page.locator("input[name=name]").fill(name)
    page.get_by_text("Save the view").click()
    expect(page.locator("h1").first).to_have_text(name)

    page.goto(f"{page.url.split('/inbox')[0]}/views/")
    page.locator(".lines a", has_text=name).click()
    expect(groups(page)).to_have_count(2)
    join(groups(page).first, "any")
    join(groups(page).first, "all")
    assert condition(page) == COUNTED
    # Without its condition it is a count of all; as a field it is a count no more.
    groups(page).nth(1).get_by_label("Remove this condition").click()
    expect(page.get_by_text("Only some of them")).to_be_focused()
    page.locator(".builder-count select").first.select_option("priority")
    expect(page.locator(".builder-count")).to_have_count(0)
