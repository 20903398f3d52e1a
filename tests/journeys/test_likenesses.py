"""Who may be the same: looked at side by side, told apart for good, joined, and taken apart again."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Sit, complaints

LISTED = "main > .lines li"


def _first(page: Page) -> str:
    """Open the first proposal; give its address."""
    page.locator(LISTED).first.get_by_role("link").click()
    expect(page.locator("table.likeness")).to_be_visible()
    return page.url


def test_a_lead_tells_two_apart_joins_two_others_and_takes_them_apart_again(sit: Sit) -> None:
    seat = sit("administrator")
    page = seat.open("people/likenesses")
    # A desk that has just begun compares its persons while it is used.
    for _each in range(300):
        if page.locator(LISTED).count() > 1:
            break
        page.wait_for_timeout(1000)
        page.reload()
    apart = _first(page)
    assert complaints(page) == []

    # One key, and the next pair stands there; the two are not proposed again.
    page.keyboard.press("n")
    expect(page.get_by_text("they are not proposed again")).to_be_visible()
    assert page.url != apart
    page.goto(f"{seat.url}people/likenesses")
    page.locator("details.told-apart summary").click()
    remembered = page.locator(f'details.told-apart a[href="{apart.removeprefix(seat.url[:-1])}"]')
    expect(remembered).to_be_visible()

    pair = _first(page)
    names = page.locator("table.likeness thead a").all_inner_texts()
    both = page.locator("table.likeness tbody tr", has_text="E-mail").locator("td div")
    addresses = both.all_inner_texts()
    page.get_by_role("button", name="The same", exact=True).click()
    expect(page.get_by_role("button", name="Take apart")).to_be_visible()
    for address in addresses:
        expect(page.get_by_role("main").get_by_text(address).first).to_be_visible()
    assert complaints(page) == []

    page.get_by_role("button", name="Take apart").click()
    expect(page.get_by_role("button", name="Take apart")).to_have_count(0)
    page.goto(pair)
    assert page.locator("table.likeness thead a").all_inner_texts() == names
    assert both.all_inner_texts() == addresses
