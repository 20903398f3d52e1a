"""An administrator imports sites from a file with faults, mends it, and looks at the map."""

from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.conftest import Sit, complaints, picture
from tests.journeys.words import unique

HEADINGS = "company,territory,site,code,latitude,longitude\n"


def put(page: Page, sheet: str, text: str) -> None:
    """Choose a file of a kind."""
    page.get_by_label(sheet, exact=True).check()
    file = FilePayload(name="clients.csv", mimeType="text/csv", buffer=text.encode())
    page.locator("#client-file").set_input_files(file)


def test_a_file_is_checked_mended_imported_and_seen_on_the_map(sit: Sit) -> None:
    chain = unique("Journey chain")
    page = sit("administrator").open("settings/clients/")
    put(page, "Companies", f"company,industry\n{chain},Trade\n")
    page.get_by_role("button", name="Import").click()
    expect(page.locator("#import-report")).to_contain_text("Imported")

    good = f"{chain},North / City,Shop 1,J1,55.51,37.25\n"
    put(page, "Sites", f"{HEADINGS}{good}{chain},North / City,Shop 2,J1,95,37.3\n")
    page.get_by_role("button", name="Check").click()
    bad = page.locator(".import-problems tbody tr")
    expect(bad).to_have_count(1)
    expect(bad).to_contain_text("Latitude")
    picture(page, "clients-checked")
    assert complaints(page) == []

    put(page, "Sites", f"{HEADINGS}{good}{chain},North / City,Shop 2,J2,55.52,37.3\n")
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#import-report")).to_contain_text("Nothing is wrong with it.")
    page.get_by_role("button", name="Import").click()
    expect(page.locator("#import-report")).to_contain_text("Imported")

    page.goto(f"{page.url.split('/settings')[0]}/companies/?q={chain}")
    page.locator(".line-name", has_text=chain).click()
    expect(page.locator(".company-sites")).to_contain_text("Shop 2")
    picture(page, "company")
    assert complaints(page) == []
    page.locator(".company-sites").get_by_role("link", name="Map").click()
    # Where the browser cannot draw, the list is opened instead: both tell of two sites.
    drawn, listed = page.locator(".map[data-points='2']"), page.locator(".map-list[open]")
    expect(drawn.or_(listed)).to_be_visible()
    picture(page, "company-map")
    assert complaints(page) == []
