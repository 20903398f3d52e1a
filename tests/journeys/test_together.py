"""Two operators on one ticket: each sees the other, and neither answers past the other."""

from playwright.sync_api import expect

from tests.journeys.conftest import Post, Sit
from tests.journeys.words import SHOP, await_ticket, row_of, unique


def test_two_operators_see_each_other_and_do_not_answer_past_each_other(
    sit: Sit, post: Post
) -> None:
    subject = unique("Both want it")
    post.write(SHOP, "Who answers me?", subject=subject)
    first = sit("operator", number=0).open("inbox/unassigned/")
    second = sit("team_lead").open("inbox/unassigned/")
    for page in (first, second):
        row_of(page, subject).click()
        await_ticket(page, subject)

    second.keyboard.press("r")
    second.keyboard.type("I am about to say that ")
    expect(first.locator("[data-presence]")).to_contain_text("is answering")

    first.keyboard.press("r")
    words = unique("I was quicker.")
    first.keyboard.type(words)
    first.keyboard.press("Control+Enter")
    expect(second.locator("#ticket .outbound")).to_contain_text(words)

    # What was read in the meantime is newer than what the answer was begun upon.
    expect(second.locator(".composer")).to_contain_text("I am about to say that")


def test_an_answer_to_what_is_no_longer_the_last_word_is_held_back_once(
    sit: Sit, post: Post
) -> None:
    subject = unique("Crossed letters")
    post.write(SHOP, "My first question", subject=subject)
    first = sit("operator", number=0).open("inbox/unassigned/")
    second = sit("team_lead")
    row_of(first, subject).click()
    await_ticket(first, subject)
    number = first.locator("[data-ticket]").get_attribute("data-ticket")
    other = second.open(f"tickets/{number}")
    # What the editor is made of has come, too, before the tunnel begins.
    expect(other.locator(".composer .tiptap")).to_be_visible()
    # The second sits in a tunnel: nothing new reaches the screen.
    second.context.set_offline(True)
    first.keyboard.press("r")
    words = unique("Answered by the first.")
    first.keyboard.type(words)
    first.keyboard.press("Control+Enter")
    expect(first.locator("#ticket .outbound")).to_contain_text(words)
    other.keyboard.press("r")
    other.keyboard.type("Answered by the second.")
    second.context.set_offline(False)
    other.keyboard.press("Control+Enter")
    expect(other.locator("body")).to_contain_text("wrote in the meantime")
    expect(other.locator(".composer")).to_contain_text("Answered by the second.")
