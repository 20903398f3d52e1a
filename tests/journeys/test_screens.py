"""Every screen: axe finds nothing, nothing overflows, and a Russian screen is Russian."""

import gettext
import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ROOT, Seat, Sit, complaints, picture

LOCALE = ROOT / "src" / "ambidesk" / "locale"
OPERATOR = (
    "inbox/all/",
    "inbox/suspended/",
    "search?q=возврат",
    "assets/",
    "assets/?state=critical",
    "assets/1",
    "assets/models/1",
    "assets/repairs?model=1",
    "search?q=zzzzqqqq",
    "views/",
    "notices/",
    "notices/preferences",
    "people/likenesses",
    "reminders/",
    "batches/",
    "tickets/new",
    "profile",
    "nothing-here",
)
ADMINISTRATOR = (
    "settings/brands/",
    "settings/brands/new",
    "settings/channels/",
    "settings/channels/new",
    "settings/incoming/",
    "settings/incoming/new",
    "settings/webforms/",
    "settings/webforms/new",
    "settings/widgets/",
    "settings/widgets/new",
    "settings/messengers/",
    "settings/messengers/new",
    "settings/messengers/new/telegram",
    "settings/queues/",
    "settings/queues/new",
    "settings/calendars/",
    "settings/calendars/new",
    "settings/contracts/",
    "settings/contracts/new",
    "settings/contracts/1",
    "settings/contracts/1/draft",
    "settings/policies/",
    "settings/policies/new",
    "settings/skills/",
    "settings/skills/new",
    "settings/mastery",
    "settings/choosing/",
    "settings/absences/",
    "settings/absences/new",
    "settings/mastery/newcomers/new",
    "settings/successions/",
    "settings/weights/",
    "settings/keys/",
    "settings/keys/new",
    "settings/teams/",
    "settings/teams/new",
    "settings/staff/",
    "settings/staff/new",
    "settings/roles/",
    "settings/roles/new",
    "settings/audit/",
    "settings/providers/",
    "settings/providers/new",
    "settings/categories/",
    "settings/tags/",
    "settings/types/",
    "settings/types/new",
    "settings/fields/",
    "settings/fields/new",
    "settings/macros/",
    "settings/macros/new",
    "settings/rules/",
    "settings/rules/new",
    "settings/rules/1",
    "settings/rules/1/runs",
    "settings/processes/",
    "settings/processes/new",
    "settings/scripts/",
    "settings/scripts/new",
    "settings/scripts/1",
    "settings/scripts/1/going",
    "settings/templates/",
    "settings/templates/new",
    "settings/problems/",
    "settings/consents/",
    "settings/consents/new",
    "settings/retention/",
    "settings/retention/new",
    "settings/clients/",
    "settings/contracts/debts",
    "companies/",
    "companies/new",
    "companies/1",
    "companies/1/stewards/new",
    "find",
    "find?of=company:1",
    "settings/hints/",
    "settings/hints/new",
    "companies/1/map",
    "companies/1/sites/new",
    "sites/1",
    "settings/synonyms/",
    "settings/synonyms/new",
    "settings/topics/",
    "settings/topics/new",
    "knowledge/",
    "knowledge/1/ru",
    "settings/webhooks/",
    "settings/webhooks/new",
    "settings/surveys/",
    "settings/surveys/new",
    "settings/surveys/1/results",
)
LEAD = (
    "load/",
    "load/forecast",
    "incidents/",
    "insight/",
    "insight/?days=91&by=operator",
    "insight/tickets?figure=opened&days=91",
    "insight/tickets?figure=csat&from=2001-01-01&to=2001-01-02",
    "insight/board",
)
LOOKS = [("en", "light"), ("ru", "dark")]


def english() -> list[str]:
    """Sentences of the catalogue, of two words at least, that are another in Russian."""
    words = gettext.translation("django", LOCALE, languages=["ru"])._catalog  # type: ignore[attr-defined]
    return [
        said
        for said, russian in words.items()
        if isinstance(said, str)
        and said != russian
        and re.fullmatch(r"[A-Z][a-z’]+( [a-z’]+)+[.?]?", said)
    ]


def wrong(page: Page, *, language: str) -> list[str]:
    """What a person would stumble over on a page."""
    found = complaints(page)
    wide, room = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    if wide > room:
        found.append(f"wider than the window: {wide} > {room}")
    if language == "ru":
        shown = page.locator("body").inner_text()
        found += [f"English: {said}" for said in english() if said in shown]
    return [f"{page.url}: {each}" for each in found]


def walk(seat: Seat, paths: tuple[str, ...], *, language: str, name: str) -> list[str]:
    page = seat.open()
    found = []
    for path in paths:
        page.goto(seat.url + path)
        expect(page.locator("h1, h2").first).to_be_visible()
        picture(page, f"{name}-{re.sub('[^a-z]+', '-', path)}")
        found += wrong(page, language=language)
    return found


@pytest.mark.parametrize("language, theme", LOOKS)
def test_the_screens_of_an_operator(sit: Sit, language: str, theme: str) -> None:
    seat = sit("operator", language=language, theme=theme)
    assert walk(seat, OPERATOR, language=language, name=f"{language}-{theme}") == []


@pytest.mark.parametrize("language, theme", LOOKS)
def test_the_screens_of_an_administrator(sit: Sit, language: str, theme: str) -> None:
    seat = sit("administrator", language=language, theme=theme)
    assert walk(seat, ADMINISTRATOR, language=language, name=f"{language}-{theme}") == []


@pytest.mark.parametrize("language, theme", LOOKS)
def test_the_figures_of_a_team_lead(sit: Sit, language: str, theme: str) -> None:
    seat = sit("team_lead", language=language, theme=theme)
    assert walk(seat, LEAD, language=language, name=f"{language}-{theme}") == []


@pytest.mark.parametrize("language, theme, width", [("en", "dark", 390), ("ru", "light", 1920)])
def test_a_mass_fault_proposed_and_one_that_is_over(
    sit: Sit, language: str, theme: str, width: int
) -> None:
    viewport = {"width": width, "height": 844}
    page = sit("team_lead", language=language, theme=theme, viewport=viewport).open("incidents/")
    found = wrong(page, language=language)
    # The story, told while the desk is open already, proposes one and has told another to its end.
    expect(page.locator(".line-name").nth(1)).to_be_visible(timeout=600_000)
    addresses = page.locator(".line-name").evaluate_all("each => each.map(one => one.href)")
    for place in {0, len(addresses) - 1}:
        page.goto(addresses[place])
        expect(page.locator("#incident-title")).to_be_visible()
        picture(page, f"incident-{language}-{theme}-{width}-{place}")
        found += wrong(page, language=language)
    assert found == []


@pytest.mark.parametrize("language, theme", [*LOOKS, ("ru", "light"), ("en", "dark")])
def test_a_ticket_its_menus_palette_and_keys(sit: Sit, language: str, theme: str) -> None:
    page = sit("operator", language=language, theme=theme).open("inbox/all/")
    page.locator("[data-row] a").first.click()
    expect(page.locator("#ticket")).to_be_visible()
    found = wrong(page, language=language)
    page.keyboard.press(".")
    found += wrong(page, language=language)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    found += wrong(page, language=language)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    found += wrong(page, language=language)
    assert found == []


@pytest.mark.parametrize("width", [390, 820, 1920])
def test_the_workspace_from_phone_to_wide_screen(sit: Sit, width: int) -> None:
    page = sit("operator", viewport={"width": width, "height": 844}).open("inbox/all/")
    expect(page.locator("[data-row] a").first).to_be_visible()
    found = wrong(page, language="en")
    page.locator("[data-row] a").first.click()
    expect(page.locator("#ticket")).to_be_visible()
    picture(page, f"ticket-{width}")
    found += wrong(page, language="en")
    assert found == []


def test_the_door_is_open_to_everybody_alike(sit: Sit) -> None:
    seat = sit("operator")
    page = seat.context.browser.new_context().new_page()  # type: ignore[union-attr]
    page.goto(seat.url)
    assert wrong(page, language="en") == []
    page.context.close()
