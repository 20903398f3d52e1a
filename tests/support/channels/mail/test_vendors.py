"""What a vendor answers goes to the talk with them by proof, never into the client's."""

from datetime import timedelta

import pytest

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.registering import Profile, register
from ambidesk.service.contractors.engaging import Terms, engage
from ambidesk.support.channels.mail.addressing import reply_address
from ambidesk.support.conversations.models import Message
from ambidesk.support.handovers.models import Correspondence, Handover, Word
from ambidesk.support.handovers.offering import Task, offer
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rules.suspension import SuspendedFor
from tests.support.channels.mail.post import PostOffice, last_item, letter

VENDOR = "Spares <rma@works.example>"


@pytest.fixture
def talk(post: PostOffice) -> Correspondence:
    """Something asked of a vendor about a ticket of Anna's."""
    cast = post.cast
    company = register(None, Profile(name="Works"), by=SYSTEM, at=cast.at)
    terms = Terms(
        work_for=timedelta(hours=48), margin=timedelta(hours=1), email="rma@works.example"
    )
    vendor = engage(company, terms, by=SYSTEM, at=cast.at)
    row = offer(
        post.ticket(), Task(what="Spare K7"), to=vendor, by=cast.actor(cast.olga), at=cast.at
    )
    return Correspondence.objects.select_related("handover__ticket").get(handover=row)


def heard(talk: Correspondence) -> list[str]:
    """What the vendor said."""
    return list(
        Word.objects.filter(handover=talk.handover, is_ours=False).values_list("text", flat=True)
    )


def standing(talk: Correspondence) -> tuple[object, ...]:
    """All that a word of the client would change on the ticket."""
    ticket: Ticket = Ticket.objects.get(pk=talk.handover.ticket_id)
    filed = ticket.filings.filter(withdrawn_at=None).count()
    return ticket.state, ticket.unread, ticket.last_inbound_at, ticket.preview, filed


def test_an_answer_with_the_token_goes_to_the_talk_and_leaves_the_ticket_as_it_was(
    post: PostOffice, talk: Correspondence
) -> None:
    before, tickets = standing(talk), Ticket.objects.count()
    address = reply_address(post.cast.shop_mail, talk.token)
    post.deliver(letter("The number is RMA-77", sender=VENDOR, to=address))
    assert heard(talk) == ["The number is RMA-77"]
    assert (standing(talk), Ticket.objects.count()) == (before, tickets)
    word = Word.objects.get(handover=talk.handover, is_ours=False)
    assert word.message
    assert word.message.thread_id == talk.thread_id
    assert last_item().reason == "vendor"


def test_a_colleague_of_the_vendor_may_answer_and_our_message_id_is_a_proof_too(
    post: PostOffice, talk: Correspondence
) -> None:
    address = reply_address(post.cast.shop_mail, talk.token)
    post.deliver(letter("I take over", sender="Eva <eva@works.example>", to=address))
    ours = Message.objects.get(thread=talk.thread, sender=None)
    post.deliver(letter("And a scan", sender=VENDOR, In_Reply_To=f"<{ours.external_id}>"))
    assert heard(talk) == ["I take over", "And a scan"]


def test_a_stranger_with_the_token_reaches_neither_the_talk_nor_the_client(
    post: PostOffice, talk: Correspondence
) -> None:
    before, tickets = standing(talk), Ticket.objects.count()
    address = reply_address(post.cast.shop_mail, talk.token)
    ours = Message.objects.get(thread=talk.thread)
    for marks in ({"to": address}, {"In_Reply_To": f"<{ours.external_id}>"}):
        post.deliver(letter("Pay me", sender="Mallory <mallory@evil.example>", **marks))
    assert heard(talk) == []
    assert standing(talk) == before
    assert Ticket.objects.count() == tickets + 2
    with_token = Ticket.objects.order_by("pk")[tickets]
    assert with_token.suspended_for == SuspendedFor.FOREIGN_TOKEN


def test_the_clients_own_reply_still_goes_onto_the_ticket(
    post: PostOffice, talk: Correspondence
) -> None:
    ticket = talk.handover.ticket
    said = post.answer(ticket)
    post.deliver(letter("Thanks", In_Reply_To=f"<{said.external_id}>"))
    assert heard(talk) == []
    assert ticket.filings.filter(withdrawn_at=None).count() == 3
    assert Handover.objects.get(pk=talk.handover_id).standing == "offered"
