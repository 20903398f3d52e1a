"""What a word, a reading and an answer ask of the database, so that thousands may talk at once."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambidesk.support.conversations.models import Channel
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.edge.web.widget.pages import Page

# Savepoints are of the test: without its own transaction they are begin and commit.
OF_TESTS = ("SAVEPOINT", "RELEASE")


def asked(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return sum(not each["sql"].startswith(OF_TESTS) for each in queries.captured_queries)


def answered(cast: Cast, text: str = "On its way.") -> None:
    ticket = Ticket.objects.select_related("requester_identity").get()
    at, whom = datetime.now(UTC), ticket.requester_identity
    assert whom
    said = Answer(text=text, to=(whom,), due_at=at)
    answer(ticket, said, by=cast.actor(cast.olga), at=at)


def test_a_word_of_a_talk_that_goes_on_is_ten_statements(widget: Channel) -> None:
    page = Page(widget)
    page.begin()
    page.say("Hello")
    assert asked(lambda: page.say("Is anybody there?")) <= 10


def test_a_reading_is_three_statements_however_long_the_talk_is(
    widget: Channel, cast: Cast
) -> None:
    page = Page(widget)
    page.begin()
    page.say("Hello")
    answered(cast)
    short = asked(lambda: page.ask("GET", "talk"))
    for number in range(30):
        page.say(f"And {number}?")
    newest = page.ask("GET", "talk").json()["messages"][-1]["id"]
    answered(cast, "Now.")
    told = page.ask("GET", "talk", **{"X-After": str(newest)}).json()
    assert "Now." in [each["text"] for each in told["messages"]]
    assert short == asked(lambda: page.ask("GET", "talk", **{"X-After": str(newest)})) == 3


def test_an_answer_in_a_chat_is_twelve_statements(widget: Channel, cast: Cast) -> None:
    page = Page(widget)
    page.begin()
    page.say("Hello")
    # Two of them are of this test: it looks the ticket and the rights up.
    assert asked(lambda: answered(cast)) <= 14
