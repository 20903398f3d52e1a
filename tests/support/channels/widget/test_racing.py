"""Both sides speak at the same moment: each word is there, and nobody waits for the other in a ring."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction

from ambidesk.support.channels.widget.connecting import Widget, connect_widget
from ambidesk.support.channels.widget.manner import Manner
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.speaking import Said, say
from ambidesk.support.channels.widget.visiting import Guest, begin
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets.answering import Answer, answer
from tests.cast import Cast, make_cast
from tests.clones import url_of
from tests.conftest import MOMENT
from tests.waiting import PATIENCE_SECONDS, wait_for


@pytest.fixture
def house(clone: str) -> Cast:
    """The cast in a database of its own, where transactions end."""
    return make_cast(MOMENT)


@pytest.fixture
def visitor(house: Cast) -> Visitor:
    """A guest of the shop's site."""
    manner = Manner(origins=("https://polka.example",))
    wanted = Widget(brand=house.shop, team=house.shop_team, name="Chat", manner=manner)
    channel = connect_widget(None, wanted, by=house.actor(house.admin), at=house.at)
    return begin(channel, Guest(name="Vera"), at=house.at)[0]


def test_an_answer_and_a_word_at_once_do_not_lock_each_other_out(
    house: Cast, visitor: Visitor, clone: str
) -> None:
    ticket = say(visitor, Said(key=uuid4(), text="Hello"), at=house.at).ticket
    whom = ticket.requester_identity
    assert whom

    def speak() -> None:
        say(visitor, Said(key=uuid4(), text="Are you there?"), at=house.at)
        connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            said = Answer(text="We are.", to=(whom,), due_at=house.at)
            answer(ticket, said, by=house.actor(house.olga), at=house.at)
            speaking = other.submit(speak)
            wait_for(lambda: _waits(clone))
        speaking.result(timeout=PATIENCE_SECONDS)
    texts = set(Message.objects.values_list("text", flat=True))
    assert texts >= {"Hello", "We are.", "Are you there?"}


def _waits(database: str) -> bool:
    """Whether somebody waits for a lock of the answer."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
    with psycopg.connect(url_of("postgres")) as session:
        row = session.execute(asked, (database,)).fetchone()
    return bool(row and row[0])
