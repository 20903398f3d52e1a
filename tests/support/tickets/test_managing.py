"""Mails to a client name who answers for its account, and to nobody else."""

from datetime import timedelta

import pytest

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.models import Identity
from ambidesk.parties.stewards.entrusting import entrust, release
from ambidesk.parties.stewards.models import Duty, Steward
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.managing import managers_of
from tests.cast import Cast
from tests.clients import Clients, make_clients

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast: Cast) -> Clients:
    made = make_clients(cast)
    told = {"since": cast.at.date(), "by": SYSTEM, "at": cast.at}
    entrust(made.chain, cast.olga, duty=Duty.MANAGER, **told)
    entrust(made.chain, cast.ivan, duty=Duty.ENGINEER, **told)
    return made


def _answered(made: Clients, *others: Identity) -> Message:
    ticket = made.ask(made.seller, "The freezer is warm")
    sender = Identity.objects.get(person=made.seller.person_id)
    said = Answer(text="We come.", to=(sender,), cc=others, due_at=made.cast.at)
    return answer(ticket, said, by=SYSTEM, at=made.cast.at)


def _named(message: Message, cast: Cast) -> list[str]:
    return [each.name for each in managers_of([message.pk], on=cast.at.date()).values()]


def test_an_answer_to_a_client_names_the_account_manager_alone(made: Clients, cast: Cast) -> None:
    assert _named(_answered(made), cast) == ["Olga Orlova"]


def test_a_colleague_in_copy_reads_it_too_and_a_stranger_in_copy_makes_it_silent(
    made: Clients, cast: Cast
) -> None:
    colleague = Identity.objects.get(person=made.director.person_id)
    of_others = Identity.objects.get(person=made.owner.person_id)
    assert _named(_answered(made, colleague), cast) == ["Olga Orlova"]
    assert _named(_answered(made, of_others), cast) == []
    assert _named(_answered(made, cast.anna), cast) == []


def test_who_ceased_to_manage_is_named_no_more(made: Clients, cast: Cast) -> None:
    message = _answered(made)
    row = Steward.objects.get(duty=Duty.MANAGER)
    release(row, until=cast.at.date() + timedelta(days=1), by=SYSTEM, at=cast.at)
    later = cast.at.date() + timedelta(days=1)
    assert managers_of([message.pk], on=later) == {}


def test_a_consumers_answer_names_nobody(made: Clients, cast: Cast) -> None:
    ticket = cast.ticket("Where is it?")
    said = Answer(text="Here.", to=(cast.anna,), due_at=cast.at)
    message = answer(ticket, said, by=SYSTEM, at=cast.at)
    assert _named(message, cast) == []
