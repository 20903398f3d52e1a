"""One ticket over three channels: a guest leaves the widget, goes on in Telegram, ends by mail."""

import re

from playwright.sync_api import Page, expect

from tests.edge.commands.console import Running
from tests.journeys.conftest import Post, Sit, picture
from tests.journeys.test_widget import Visit, asked, opened, visit

__all__ = ["visit"]
YOU = "7190"
CODE = re.compile(r"\b[A-Z2-9]{5}-[A-Z2-9]{5}\b")


class Phone:
    """Somebody with Telegram: the demo's page of its messengers."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.chat = page.locator(f"[id='{YOU}']")

    def write(self, text: str) -> None:
        self.chat.locator("input[name=text]").fill(text)
        self.chat.get_by_role("button", name="Send").click()

    def press(self, label: re.Pattern[str]) -> None:
        self.chat.get_by_role("button", name=label).last.click()

    def gets(self, text: str) -> None:
        expect(self.chat.locator("li.theirs", has_text=text)).to_be_visible()


def answered(desk: Page, text: str, *, way: str) -> None:
    """Answer the requester by a channel of choice."""
    boxes = desk.locator("#ticket input[name=to]")
    expect(boxes.locator(f"xpath=self::*[@data-way='{way}']").first).to_be_attached()
    for box in boxes.all():
        box.set_checked(box.get_attribute("data-way") == way)
    desk.locator("#ticket .ProseMirror").click()
    desk.keyboard.type(text)
    desk.get_by_role("button", name="Send", exact=True).click()
    expect(desk.locator(".message.outbound", has_text=text)).to_be_visible()


def test_a_guest_goes_on_in_telegram_and_ends_by_mail_on_one_ticket(
    desk: Running, visit: Visit, sit: Sit, post: Post
) -> None:
    guest = visit()
    asked(guest, "Is the oak shelf still in stock?")
    seat = sit("operator")
    ticket = opened(seat, "oak shelf still")
    number = ticket.url.rstrip("/").rpartition("/")[2]
    ticket.locator("#ticket .ProseMirror").click()
    ticket.keyboard.type("One moment, I am looking.")
    ticket.keyboard.press("Enter")
    expect(guest.locator(".t", has_text="One moment")).to_be_visible()

    # The guest asks for the messenger; the link with its code stands in the talk.
    guest.get_by_role("button", name="More").click()
    picture(guest, "widget-ways")
    guest.get_by_role("button", name="Continue in Telegram").click()
    said = guest.locator(".t", has_text="/telegram?start=")
    expect(said).to_be_visible()
    assert CODE.search(said.inner_text())
    link = said.locator("a").first.get_attribute("href") or ""
    expect(ticket.locator(".event", has_text="asked to go on")).to_be_attached()
    guest.goto("about:blank")

    # It leads them to the bot, and they say that it is them.
    page = guest.context.new_page()
    page.goto(link)
    page.locator(".starts").get_by_role("button", name="Вы", exact=True).click()
    phone = Phone(page)
    phone.press(re.compile("Да, это я|Yes, that is me"))
    phone.write("I had to leave the site.")
    expect(ticket.locator(".message.inbound", has_text="had to leave")).to_be_visible()
    answered(ticket, "It is. Shall we put one aside?", way="telegram")
    phone.gets("Shall we put one aside?")

    # They ask for mail, and end there.
    phone.write("Yes please")
    phone.write("/mail vera.oak@example.org")
    phone.gets("vera.oak@example.org")
    mail = post.await_mail("put one aside")
    assert mail["To"] == "vera.oak@example.org"
    body = mail.get_body(("plain",))
    assert body
    for said in ("Is the oak shelf", "One moment", "had to leave", "Yes please"):
        assert said in body.get_content()
    post.write(
        str(mail["Reply-To"]),
        "Thank you, tomorrow then.",
        sender="Vera <vera.oak@example.org>",
        headers={"In-Reply-To": str(mail["Message-ID"])},
        subject=f"Re: {mail['Subject']}",
    )
    last = ticket.locator(".message.inbound", has_text="tomorrow then")
    expect(last).to_be_visible()
    answered(ticket, "It waits for you at the counter.", way="email")
    assert post.await_mail("waits for you at the counter")["To"] == "vera.oak@example.org"

    # One ticket; both sides read all of it.
    assert ticket.url.rstrip("/").endswith(number)
    for said in ("oak shelf", "One moment", "had to leave", "put one aside", "tomorrow then"):
        expect(ticket.locator(".message", has_text=said).first).to_be_attached()
    told = " ".join(ticket.locator(".event").all_text_contents())
    for event in ("asked to go on in", "joined from", "went on in"):
        assert event in told
    picture(ticket, "ticket-ways")
    guest.goto(f"{desk.site}polka?lang=en")
    back = guest.locator(".t", has_text="put one aside")
    expect(back).to_be_visible()
    expect(guest.locator(".t", has_text="had to leave the site.")).to_be_visible()
    picture(guest, "widget-came-back")
