"""Hints: screens are right again after sleep, cut and many tabs, over one stream a browser."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Post, Sit
from tests.journeys.words import SHOP, row_of, unique


def live(page: Page) -> None:
    """Wait until the page holds the stream."""
    page.wait_for_function("navigator.locks.query().then(all => all.held.length === 1)")


def test_what_came_while_the_network_was_away_is_there_when_it_is_back(
    sit: Sit, post: Post
) -> None:
    seat = sit("operator")
    page = seat.open("inbox/unassigned/")
    expect(page.locator("html[data-stream=open]")).to_be_attached()
    seat.context.set_offline(True)
    subject = unique("Came in the tunnel")
    post.write(SHOP, "Hello", subject=subject)
    expect(page.locator("#offline")).to_be_visible()
    seat.context.set_offline(False)
    expect(row_of(page, subject)).to_be_visible()
    expect(page.locator("#offline")).to_be_hidden()


def test_what_came_while_the_laptop_slept_is_there_when_it_wakes(sit: Sit, post: Post) -> None:
    seat = sit("operator")
    page = seat.open("inbox/unassigned/")
    expect(page.locator("#list-rows")).to_be_visible()
    live(page)
    session = seat.context.new_cdp_session(page)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    subject = unique("Came in the night")
    post.write(SHOP, "Hello", subject=subject)
    session.send("Page.setWebLifecycleState", {"state": "active"})
    expect(row_of(page, subject)).to_be_visible()


def test_eight_tabs_share_one_stream_and_all_of_them_hear(sit: Sit, post: Post) -> None:
    seat = sit("operator")
    streams: list[str] = []
    seat.context.on(
        "request", lambda request: streams.append(request.url) if "/stream" in request.url else None
    )
    pages = [seat.open("inbox/unassigned/") for _tab in range(8)]
    subject = unique("Heard by all")
    post.write(SHOP, "Hello", subject=subject)
    for page in pages:
        expect(row_of(page, subject)).to_be_visible()
    # HTTP/1.1 gives a browser six connections: a stream a tab would have starved the last ones.
    open_now = pages[0].evaluate("navigator.locks.query().then(all => all.held.length)")
    assert open_now == 1


def test_the_leading_tab_may_close_and_another_leads(sit: Sit, post: Post) -> None:
    seat = sit("operator")
    first, second = seat.open("inbox/unassigned/"), seat.open("inbox/unassigned/")
    expect(second.locator("#list-rows")).to_be_visible()
    first.close()
    subject = unique("Heard by the heir")
    post.write(SHOP, "Hello", subject=subject)
    expect(row_of(second, subject)).to_be_visible()
