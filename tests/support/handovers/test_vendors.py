"""Vendors by mail: a talk apart from the client's, believed by proof; claims under warranty."""

from datetime import timedelta
from decimal import Decimal

import pytest

from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.parties.companies.registering import Profile, register
from ambidesk.service.contractors.engaging import Terms, engage
from ambidesk.service.contractors.models import Contractor
from ambidesk.support.conversations.models import Delivery, Direction, Message
from ambidesk.support.handovers.answering import Result, accept, finish
from ambidesk.support.handovers.claiming import (
    AlreadyClaimed,
    ClaimElsewhere,
    NoClaim,
    NoNumber,
    Outcome,
    claim,
    note_number,
    note_sent,
    settle_claim,
)
from ambidesk.support.handovers.corresponding import Heard, hear
from ambidesk.support.handovers.erasing import erase_handovers
from ambidesk.support.handovers.judging import send_back, take
from ambidesk.support.handovers.models import Claim, Correspondence, Handover, HandoverFile, Word
from ambidesk.support.handovers.offering import Task, offer
from ambidesk.support.handovers.rules.claim import MOVES, OUTCOMES, ClaimState
from ambidesk.support.handovers.rules.standing import Standing
from ambidesk.support.handovers.speaking import Words, say
from ambidesk.support.tickets.models import Filing, ReplyToken
from ambidesk.support.works.models import Expense
from tests.called_in import call_in
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def vendor(cast: Cast) -> Contractor:
    """A maker of compressors, who has no portal."""
    company = register(None, Profile(name="Compressor Works"), by=SYSTEM, at=cast.at)
    terms = Terms(work_for=48 * HOUR, margin=HOUR, email="RMA@Works.example")
    return engage(company, terms, by=SYSTEM, at=cast.at)


@pytest.fixture
def olga(cast: Cast) -> Actor:
    """Who hands it over."""
    return cast.actor(cast.olga)


@pytest.fixture
def row(cast: Cast, vendor: Contractor, olga: Actor) -> Handover:
    """A claim of a compressor of Anna's."""
    words = Words(text="Seized after two weeks", files=(("seized.txt", b"no turn"),))
    task = Task(what="Compressor K7", words=words, under_warranty=True)
    return offer(cast.ticket(), task, to=vendor, by=olga, at=cast.at)


def test_a_vendor_without_a_portal_is_asked_by_mail_and_nothing_of_it_stands_on_the_ticket(
    cast: Cast, row: Handover
) -> None:
    talk = Correspondence.objects.get(handover=row)
    delivery = Delivery.objects.get(message__thread=talk.thread)
    assert delivery.recipient.value == "rma@works.example"
    assert delivery.reply_token == talk.token
    said = delivery.message
    assert said.subject == f"Compressor K7 · {cast.shop.name} #{row.ticket_id}"
    for words in ("Seized after two weeks", "RMA"):
        assert words in said.text
    assert [each.name for each in said.attachments.all()] == ["seized.txt"]
    assert not Filing.objects.filter(message=said).exists()
    assert not ReplyToken.objects.filter(identity=talk.identity).exists()
    assert row.rounds.get().due_at == row.due_at


def test_what_we_write_goes_on_in_the_same_thread_with_the_number(
    cast: Cast, row: Handover, olga: Actor
) -> None:
    note_number(row, "RMA-2041", by=olga, at=cast.at)
    say(row, Words(text="When will it be there?"), by=olga, at=cast.at)
    first, second = Message.objects.filter(thread__correspondence__handover=row).order_by("pk")
    assert second.in_reply_to == first.external_id
    assert second.subject.startswith("Compressor K7 · RMA RMA-2041 · ")
    assert second.text == "When will it be there?"


def test_ours_note_what_a_vendor_answered_but_not_what_a_contractor_with_a_portal_did(
    cast: Cast, row: Handover, olga: Actor
) -> None:
    accept(row, by=olga, at=cast.at)
    finish(row, Result(words=Words(text="Swapped"), materials=Decimal(900)), by=olga, at=cast.at)
    send_back(row, Words(text="The wrong voltage"), by=olga, at=cast.at)
    last = Message.objects.filter(thread__correspondence__handover=row).order_by("-pk")[0]
    assert last.text == "The wrong voltage"
    finish(row, Result(materials=Decimal(900)), by=olga, at=cast.at)
    assert take(row, by=olga, at=cast.at).standing == Standing.TAKEN
    cold = call_in(cast).cold
    other = offer(cast.ticket(), Task(what="Look"), to=cold, by=olga, at=cast.at)
    with pytest.raises(NotEntitled):
        accept(other, by=olga, at=cast.at)


def test_a_claim_goes_from_the_number_to_the_money_that_came_back_once(
    cast: Cast, row: Handover, olga: Actor
) -> None:
    with pytest.raises(NoNumber):
        note_number(row, " - ", by=olga, at=cast.at)
    assert note_number(row, "RMA-2041", by=olga, at=cast.at).state == ClaimState.NUMBERED
    assert note_sent(row, by=olga, at=cast.at + HOUR).state == ClaimState.SENT
    with pytest.raises(ClaimElsewhere, match="Sent to the vendor"):
        note_sent(row, by=olga, at=cast.at + HOUR)
    paid = Outcome(state=ClaimState.CREDITED, recovered=Decimal("7400.50"))
    settle_claim(row, paid, by=olga, at=cast.at + 2 * HOUR)
    with pytest.raises(ClaimElsewhere):
        settle_claim(row, paid, by=olga, at=cast.at + 2 * HOUR)
    credit = Expense.objects.get(ticket=row.ticket)
    assert (credit.cost, credit.currency) == (Decimal("-7400.50"), "RUB")
    found = Claim.objects.get(handover=row)
    assert (found.number, found.is_over) == ("RMA-2041", True)


def test_a_claim_is_made_once_and_only_what_was_claimed_moves(
    cast: Cast, row: Handover, vendor: Contractor, olga: Actor
) -> None:
    with pytest.raises(AlreadyClaimed):
        claim(row, by=olga, at=cast.at)
    plain = offer(cast.ticket(), Task(what="Price list"), to=vendor, by=olga, at=cast.at)
    with pytest.raises(NoClaim):
        note_sent(plain, by=olga, at=cast.at)


def test_of_an_erased_person_of_a_vendor_neither_mails_nor_their_files_stay(
    cast: Cast, row: Handover, olga: Actor
) -> None:
    talk = Correspondence.objects.get(handover=row)
    blob = HandoverFile.objects.get(word__handover=row).blob
    message = Message.objects.create(
        thread=talk.thread,
        sender=talk.identity,
        direction=Direction.INBOUND,
        text="Ivan here",
        sent_at=cast.at,
        recorded_at=cast.at,
    )
    heard = Heard(message=message, text="Ivan here", files=[(blob, "ivan.txt")])
    hear(talk, heard, by=olga, at=cast.at)
    assert blob.pk in erase_handovers(talk.identity.person)
    assert set(Word.objects.filter(handover=row).values_list("text", flat=True)) == {""}
    assert not HandoverFile.objects.filter(word__handover=row).exists()


def test_every_way_of_a_claim_ends_with_a_decision() -> None:
    for state in ClaimState:
        assert bool(MOVES[state]) is (state not in OUTCOMES)
        assert state not in MOVES[state]
