"""What needs a consent does not leave without one, also where it was taken back on the way."""

from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings as DjangoSettings

from ambidesk.parties.consents.models import Proof, Purpose, Word
from ambidesk.parties.consents.publishing import publish_document
from ambidesk.parties.consents.saying import Statement, say
from ambidesk.support.conversations.models import Delivery, DeliveryState, Trouble
from ambidesk.support.tickets.outbound import Addressed, Speech, Words, speak_many
from tests.cast import Cast
from tests.support.channels.mail.relays import relay
from tests.support.channels.mail.sending.office import post, through

HOUR = timedelta(hours=1)


def written(cast: Cast, purpose: Purpose) -> Delivery:
    words = Words(text="Hello", html="", subject="Hello", purpose=purpose)
    speech = Speech(
        ticket=cast.ticket(),
        channel=cast.shop_mail,
        thread=None,
        words=words,
        addressed=Addressed(to=(cast.anna,), due_at=cast.at),
    )
    (message,) = speak_many([speech], by=cast.actor(cast.olga), at=cast.at)
    return Delivery.objects.get(message=message)


def said(cast: Cast, purpose: Purpose, word: Word, *, hours: int = 0) -> None:
    by, at = cast.actor(cast.olga), cast.at + hours * HOUR
    document = publish_document(purpose, text="News?", language="en", by=by, at=at)
    statement = Statement(purpose=purpose, word=word, proof=Proof.FORM, document=document)
    say(cast.anna.person, statement, by=by, at=at)


@pytest.mark.parametrize(
    "purpose,words,leaves",
    [
        (Purpose.SERVICE, (), True),
        (Purpose.SURVEYS, (), True),
        (Purpose.NEWS, (), False),
        (Purpose.NEWS, (Word.YES,), True),
        (Purpose.NEWS, (Word.YES, Word.NO), False),
        (Purpose.SURVEYS, (Word.NO,), False),
    ],
)
def test_a_message_leaves_as_far_as_its_recipient_agrees(
    cast: Cast,
    settings: DjangoSettings,
    purpose: Purpose,
    words: tuple[Word, ...],
    leaves: bool,  # noqa: FBT001 a case
) -> None:
    delivery = written(cast, purpose)
    for hour, word in enumerate(words):
        said(cast, purpose, word, hours=hour)
    with relay() as found:
        through(settings, found)
        post(cast)
    delivery.refresh_from_db()
    assert len(found.taken) == leaves
    expected = DeliveryState.SENT if leaves else DeliveryState.WITHDRAWN
    assert delivery.state == expected
    assert delivery.trouble == ("" if leaves else Trouble.NO_CONSENT)
