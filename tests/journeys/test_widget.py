"""The chat on a site of another origin: a whole conversation, in real browsers on both sides."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ambidesk.edge.commands.story.pictures import content_of
from tests.edge.commands.console import Running
from tests.journeys.conftest import AXE, RULES, WATCH, Post, Seat, Sit, picture
from tests.waiting import wait_for

Visit = Callable[..., Page]
HOST = "ambidesk-widget"


@pytest.fixture
def visit(desk: Running, browser: Browser) -> Iterator[Visit]:
    """Open a brand's site as somebody new; whatever breaks on the page breaks the test."""
    contexts: list[BrowserContext] = []

    def open_site(
        path: str = "polka?lang=en", *, context: BrowserContext | None = None, **more: Any
    ) -> Page:
        used = context or browser.new_context(locale="en-GB", **more)
        if context is None:
            used.add_init_script(WATCH)
            contexts.append(used)
        page = used.new_page()
        page.goto(f"{desk.site}{path}")
        return page

    yield open_site
    for context in contexts:
        broken = [each for page in context.pages for each in page.evaluate("window.__broken")]
        context.close()
        assert broken == []


def asked(page: Page, text: str, *, name: str = "Vera") -> None:
    """Ask the first question, as a guest."""
    page.locator(".dot").click()
    page.get_by_label("Your name").fill(name)
    # Needed while nobody of the desk attends, welcome otherwise.
    page.locator("#f-email").fill("vera@example.org")
    page.locator("#f-text").fill(text)
    page.locator("form button[type=submit]").click()
    expect(page.locator(".st").last).to_have_text("Sent")


def opened(seat: Seat, text: str) -> Page:
    """Open the ticket of a chat at the desk."""
    desk = seat.open("inbox/all/")
    desk.locator("[data-row] a", has_text=text).first.click()
    expect(desk.locator("#ticket[data-chat]")).to_be_visible()
    return desk


def _is_seen_typing(guest: Page, desk: Page) -> bool:
    """Type on, as whoever asks does: a desk that has just opened the talk hears of the next words."""
    guest.locator(".c textarea").press_sequentially("It is getting louder. ", delay=15)
    return bool(desk.locator("[data-visitor-types]").text_content())


def said(desk: Page, text: str) -> None:
    """Answer at the desk: r, the words, Enter."""
    desk.locator("#ticket .ProseMirror").click()
    desk.keyboard.type(text)
    desk.keyboard.press("Enter")
    expect(desk.locator(".message.outbound", has_text=text)).to_be_visible()


def test_a_guest_asks_with_a_picture_is_answered_rates_and_takes_the_talk_along(
    visit: Visit, sit: Sit, post: Post
) -> None:
    guest = visit()
    guest.locator(".dot").click()
    guest.get_by_label("Your name").fill("Vera <b>bold</b>")
    guest.locator("#f-text").fill("My fridge hums like bees.")
    file = {"name": "fridge.png", "mimeType": "image/png", "buffer": content_of("a.png", seed=1)}
    guest.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    guest.locator("#f-email").fill("vera@example.org")
    guest.locator("form button[type=submit]").click()
    shown = guest.locator(".img img")
    expect(shown).to_be_visible()
    assert shown.evaluate("each => each.decode().then(() => each.naturalWidth)") == 480
    # At the desk it is a chat with a face, and opening it tells the guest that it was read.
    desk = opened(sit("operator"), "My fridge hums")
    expect(guest.locator(".st").last).to_have_text("Read")
    expect(desk.locator("#card-pane")).to_contain_text("Vera <b>bold</b>")
    # Each side sees the other one typing.
    wait_for(partial(_is_seen_typing, guest, desk))
    desk.locator("#ticket .ProseMirror").click()
    desk.keyboard.type("We are on it.", delay=300)
    expect(guest.locator(".ty")).to_contain_text("typing")
    desk.keyboard.press("Enter")
    expect(guest.locator(".t", has_text="We are on it.")).to_be_visible()
    expect(desk.locator(".delivery").last).to_contain_text("Read")
    picture(guest, "widget-guest")
    picture(desk, "widget-desk")
    # The talk goes by mail, and is rated where it was once it is over.
    guest.get_by_role("button", name="More").click()
    guest.get_by_role("button", name="Send this conversation by e-mail").click()
    guest.locator("#f-email").fill("vera@example.org")
    guest.get_by_role("button", name="Send it").click()
    expect(guest.locator(".e")).to_contain_text("vera@example.org")
    mail = post.await_mail("hums like bees")
    assert mail["To"] == "vera@example.org"
    guest.get_by_role("button", name="OK").click()
    desk.locator("#ticket .ProseMirror").click()
    desk.keyboard.type("A new fan is on its way.")
    desk.get_by_role("button", name="Send and solve").click()
    guest.get_by_role("button", name="5 –").click()
    expect(guest.locator(".e")).to_contain_text("Thank you!")


def test_a_talk_survives_reload_flight_mode_and_a_second_tab(visit: Visit, sit: Sit) -> None:
    guest = visit()
    asked(guest, "Does the kettle whistle tonight?")
    guest.reload()
    expect(guest.locator(".t", has_text="kettle whistle")).to_be_visible()
    # What is written without a network waits, outlives the page, and arrives once.
    guest.context.set_offline(True)
    guest.locator(".c textarea").fill("Written in the air.")
    guest.locator(".c textarea").press("Enter")
    expect(guest.locator(".x.wait")).to_contain_text("online")
    guest.context.set_offline(False)
    expect(guest.locator(".x.wait")).to_have_count(0)
    desk = opened(sit("operator"), "kettle whistle")
    expect(desk.locator(".message.inbound", has_text="Written in the air.")).to_have_count(1)
    # A second tab shows the same talk, and both hear the answer by one stream.
    second = visit(context=guest.context)
    expect(second.locator(".t", has_text="kettle whistle")).to_be_visible()
    said(desk, "It does.")
    for tab in (guest, second):
        expect(tab.locator(".t", has_text="It does.")).to_have_count(1)
    guest.close()
    said(desk, "Even at night.")
    expect(second.locator(".t", has_text="Even at night.")).to_be_visible()
    # Closed, the chat counts what is new.
    second.keyboard.press("Escape")
    expect(second.locator(".dot")).to_be_focused()
    said(desk, "Good night.")
    expect(second.locator(".n")).to_have_text("1")


def test_a_user_whom_the_site_signs_for_is_known_on_every_device(visit: Visit, sit: Sit) -> None:
    first = visit("liftcare?lang=en&user=1")
    first.locator(".dot").click()
    first.locator(".c textarea").fill("The lift sings on floor nine.")
    first.locator(".c textarea").press("Enter")
    expect(first.locator(".st").last).to_have_text("Sent")
    desk = opened(sit("operator", number=1), "lift sings")
    expect(desk.locator("#card-pane")).to_contain_text("the site says so")
    other = visit("liftcare?lang=en&user=1")
    other.locator(".dot").click()
    expect(other.locator(".t", has_text="lift sings")).to_be_visible()
    # Signed out in the same browser, the talk is nobody's.
    other.goto(other.url.replace("&user=1", ""))
    expect(other.get_by_label("Your name")).to_be_visible()
    expect(other.locator(".t")).to_have_count(0)


@pytest.mark.parametrize("language, theme", [("en", "light"), ("ru", "dark")])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_in_the_chat(visit: Visit, language: str, theme: str, width: int) -> None:
    page = visit(
        f"polka?lang={language}",
        color_scheme=theme,
        viewport={"width": width, "height": 844},
        bypass_csp=True,
    )
    page.locator(".dot").click()
    expect(page.locator("#f-text")).to_be_visible()
    picture(page, f"widget-form-{language}-{theme}-{width}")
    found = complaints(page)
    page.locator("#f-email").fill("vera@example.org")
    page.locator("#f-text").fill("0, 1, 21, " + "a very long word" * 9)
    page.locator("form button[type=submit]").click()
    expect(page.locator(".x.mine .st")).to_be_visible()
    picture(page, f"widget-talk-{language}-{theme}-{width}")
    found += complaints(page)
    assert found == []
    wide, room = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= room
    # The keyboard stays inside, and Esc gives the focus back.
    inside = f"document.querySelector('{HOST}').shadowRoot.activeElement.closest('.p') !== null"
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(inside)
    page.keyboard.press("Escape")
    expect(page.locator(".dot")).to_be_focused()


def complaints(page: Page) -> list[str]:
    """What axe finds wrong inside the shadow of the chat; the site around it is its own."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "([host, rules]) => axe.run(document.querySelector(host),"
        " {runOnly: {type: 'tag', values: rules}, rules: {region: {enabled: false}}})",
        [HOST, RULES],
    )
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
