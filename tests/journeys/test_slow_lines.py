"""Slow lines: what is under way when somebody goes on, and what comes too late."""

import re

from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import Post, Sit
from tests.journeys.words import SHOP, await_ticket, row_of, unique


def a_ticket(page: Page, post: Post, words: str) -> str:
    """A new ticket of a customer, in the list: its subject."""
    subject = unique(words)
    post.write(SHOP, "Hello", subject=subject)
    expect(row_of(page, subject)).to_be_visible()
    return subject


def answer(page: Page, words: str) -> str:
    """Write an answer and send it, by keys."""
    said = unique(words)
    page.keyboard.press("r")
    page.keyboard.type(said)
    page.keyboard.press("Control+Enter")
    return said


def hold(page: Page, pattern: str) -> list[Route]:
    """Hold back what the browser asks for: it is put into the list."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route(re.compile(pattern), keep)
    return held


def await_held(page: Page, held: list[Route]) -> Route:
    """Wait until the browser has asked for what is held back."""
    for _moment in range(1_800):
        if held:
            return held[0]
        page.wait_for_timeout(50)
    raise AssertionError("nothing was asked for")


def test_who_goes_on_while_an_answer_is_under_way_can_still_take_it_back(
    sit: Sit, post: Post
) -> None:
    page = sit("operator").open("inbox/unassigned/")
    first, second = a_ticket(page, post, "Sent and gone on"), a_ticket(page, post, "The next one")
    row_of(page, first).click()
    await_ticket(page, first)
    held = hold(page, "/answers$")
    words = answer(page, "Not yet, please.")
    on_its_way = await_held(page, held)
    row_of(page, second).click()
    await_ticket(page, second)
    on_its_way.continue_()
    page.locator(".toast button").click()
    await_ticket(page, first)
    expect(page.locator("#ticket .outbound")).to_have_count(0)
    expect(page.locator(".composer .tiptap")).to_contain_text(words)


def test_a_slow_refresh_never_takes_away_what_was_just_said(sit: Sit, post: Post) -> None:
    page = sit("operator").open("inbox/unassigned/")
    subject = a_ticket(page, post, "Slow line")
    row_of(page, subject).click()
    await_ticket(page, subject)
    first: list[Route] = []
    held: list[Route] = []
    shown: list[str] = []

    def first_only(route: Route) -> None:
        if first:
            return route.continue_()
        # Others may come while it is fetched.
        first.append(route)
        shown.append(route.fetch().text())
        held.append(route)
        return None

    page.route(re.compile("part=pane"), first_only)
    page.locator("#ticket").dispatch_event("refresh")
    late = await_held(page, held)
    words = answer(page, "Already said.")
    expect(page.locator("#ticket .outbound")).to_contain_text(words)
    with page.expect_response(re.compile("part=pane")):
        late.fulfill(body=shown[0], content_type="text/html")
    expect(page.locator("#ticket .outbound")).to_contain_text(words)
    # What came too late is asked for anew.
    expect(page.locator("#ticket.htmx-request")).to_have_count(0)
    expect(page.locator("#ticket .outbound")).to_contain_text(words)
