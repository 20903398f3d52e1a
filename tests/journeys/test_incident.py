"""A mass fault from its first mails to its end: noticed, announced, answered as one, told when over."""

from playwright.sync_api import expect

from tests.journeys.conftest import Post, Sit, complaints, picture
from tests.journeys.test_widget import Visit, asked, visit
from tests.journeys.words import SHOP, unique
from tests.waiting import wait_for

__all__ = ["visit"]
NUMBER = 30
WORDS = (
    "The payment page refuses my bank card.",
    "I cannot pay, my card is refused at the payment page.",
    "Card refused: the payment page shows an error.",
    "Why is my bank card refused when I pay?",
)


def test_a_burst_is_proposed_announced_answered_as_one_and_told_when_over(
    sit: Sit, post: Post, visit: Visit
) -> None:
    lead = sit("team_lead").open("incidents/")
    guest = visit()
    asked(guest, "Is the oak shelf in stock?")
    subject = unique("Card refused")
    for place in range(NUMBER):
        sender = f"Buyer {place} <buyer{place}@example.org>"
        post.write(SHOP, WORDS[place % len(WORDS)], subject=subject, sender=sender)

    # Nobody reloads: the lead sees it proposed, with its reason, and calls it an incident.
    lead.locator(".line-name", has_text=subject).click()
    expect(lead.locator(".incident-why")).to_contain_text("similar tickets to")
    assert complaints(lead) == []
    picture(lead, "incident-proposed")
    lead.locator("#incident-name").fill("Cards are refused")
    lead.get_by_role("button", name="Accept as an incident").click()
    expect(lead.locator("#incident-title")).to_have_text("Cards are refused")

    # A visitor whose chat stands open reads it at once, and has it too.
    expect(guest.locator(".bn")).to_be_hidden()
    lead.get_by_label("In English").fill("Cards are refused <b>just now</b>. We mend it.")
    lead.get_by_label("In Russian").fill("Карты сейчас не принимаются, чиним.")
    lead.get_by_role("button", name="Show", exact=True).click()
    banner = guest.locator(".bn")
    expect(banner).to_contain_text("refused <b>just now</b>")
    assert complaints(guest) == []
    picture(guest, "incident-banner")
    banner.get_by_role("button", name="I have this too").click()
    expect(banner).to_contain_text("You are on the list")
    expect(lead.locator(".sheet-side h2")).to_have_text(f"{NUMBER + 1} tickets")
    russian = visit("polka?lang=ru")
    russian.locator(".dot").click()
    expect(russian.locator(".bn")).to_contain_text("Карты сейчас не принимаются")

    # One answer to all, taken back before anybody reads it, and said again.
    first, second = unique("We know of it."), unique("We mend it.")
    for words in (first, second):
        lead.get_by_label("One answer to all").fill(words)
        lead.get_by_role("button", name="Answer", exact=False).click()
        expect(lead.locator(".banner", has_text="All will read it")).to_be_visible()
        if words == first:
            picture(lead, "incident-held")
            lead.get_by_role("button", name="Take it back").click()
            expect(lead.locator(".toast", has_text="nobody has read it")).to_be_visible()
    expect(guest.locator(".t", has_text=second)).to_be_visible()
    wait_for(lambda: len(post.received(second)) == NUMBER)
    assert post.received(first) == []

    # It is over: the banner goes, and everybody hears it.
    over = unique("Cards work again.")
    lead.get_by_label("One answer to all").fill(over)
    lead.get_by_role("button", name="It is over: tell all and close").click()
    expect(lead.locator(".incident-why")).to_contain_text("Closed")
    expect(banner).to_be_hidden()
    expect(guest.locator(".t", has_text=over)).to_be_visible()
    wait_for(lambda: len(post.received(over)) == NUMBER)
    expect(lead.locator(".incident-told")).to_contain_text(f"{NUMBER + 1} told")
    assert complaints(lead) == []
    picture(lead, "incident-over")
