"""Threading by proof: a token, or a Message-ID and a party; everything else is a new ticket."""

import pytest

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind
from ambidesk.support.channels.mail.addressing import reply_address
from ambidesk.support.conversations.models import IntakeState, Participant, ParticipantRole
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.closing import close, solve
from ambidesk.support.tickets.models import Filing, ReplyToken, Ticket
from ambidesk.support.tickets.regrouping import merge
from ambidesk.support.tickets.rules.suspension import SuspendedFor
from ambidesk.support.tickets.trusting import accept_party
from tests.support.channels.mail.post import PostOffice, last_item, letter, token_of

BORIS = "Boris Smirnov <boris@example.net>"
MALLORY = "Mallory <mallory@evil.example>"


def count(ticket: Ticket) -> int:
    return ticket.filings.filter(withdrawn_at=None).count()


def newest() -> Ticket:
    return Ticket.objects.latest("pk")


def reply_to(post: PostOffice, ticket: Ticket) -> str:
    """Answer the ticket, and give the address that the requester replies to."""
    return reply_address(post.cast.shop_mail, token_of(post.answer(ticket)))


def test_a_reply_threads_by_its_token_alone(post: PostOffice) -> None:
    ticket = post.ticket()
    address = reply_to(post, ticket)
    post.deliver(letter("Thanks", to=address))
    ticket.refresh_from_db()
    assert (Ticket.objects.count(), count(ticket), ticket.state) == (1, 3, "open")


def test_a_token_in_the_envelope_is_enough(post: PostOffice) -> None:
    ticket = post.ticket()
    address = reply_to(post, ticket)
    post.deliver(letter("Thanks"), recipients=[address.upper()])
    assert count(ticket) == 3


def test_a_reply_threads_by_our_message_id(post: PostOffice) -> None:
    ticket = post.ticket()
    said = post.answer(ticket)
    post.deliver(letter("Thanks", In_Reply_To=f"<{said.external_id}>"))
    post.deliver(letter("More", References=f"<x@example.org> <{said.external_id}>"))
    assert count(ticket) == 4


def test_a_reply_to_ones_own_mail_threads(post: PostOffice) -> None:
    ticket = post.ticket(letter(message_id="first@example.org"))
    post.deliver(letter("And another thing", In_Reply_To="<first@example.org>"))
    assert (Ticket.objects.count(), count(ticket)) == (1, 2)


@pytest.mark.parametrize("subject", ["Re: Parcel [#{0}]", "Re: [Ticket#{0}] Parcel", "#{0}"])
def test_a_number_in_a_subject_opens_nothing(post: PostOffice, subject: str) -> None:
    ticket = post.ticket()
    post.deliver(letter(subject=subject.format(ticket.number)))
    assert (Ticket.objects.count(), count(ticket)) == (2, 1)


def test_a_solved_ticket_is_reopened_by_a_person(post: PostOffice) -> None:
    ticket = post.ticket()
    address = reply_to(post, ticket)
    solve(ticket, by=post.cast.actor(post.cast.olga), at=post.cast.at)
    post.deliver(letter("It broke again", to=address))
    ticket.refresh_from_db()
    assert (ticket.state, ticket.reopened_times) == ("open", 1)


@pytest.mark.parametrize(
    "marks",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X_Auto_Response_Suppress": "All"},
        {"List_Id": "<news.example.org>"},
    ],
)
def test_automatic_mail_is_filed_but_never_reopens(post: PostOffice, marks: dict[str, str]) -> None:
    ticket = post.ticket()
    address = reply_to(post, ticket)
    close(ticket, by=post.cast.actor(post.cast.olga), at=post.cast.at)
    post.deliver(letter("I am away", to=address, **marks))
    ticket.refresh_from_db()
    assert (count(ticket), ticket.state, ticket.reopened_times) == (3, "closed", 0)


def test_a_reply_to_a_merged_ticket_goes_where_it_went(post: PostOffice) -> None:
    target, source = post.ticket(), post.ticket()
    address = reply_to(post, source)
    merge(source, target, by=post.cast.actor(post.cast.olga), at=post.cast.at)
    before = count(target)
    post.deliver(letter("Thanks", to=address))
    assert count(target) == before + 1


# --- whom a proof does not help -----------------------------------------------------------------


def suspended(post: PostOffice, ticket: Ticket, raw: bytes, *, filed: int) -> str:
    """Deliver what must not reach the ticket, and give the reason why it is held."""
    state = ticket.state
    post.deliver(raw)
    ticket.refresh_from_db()
    assert (count(ticket), ticket.state) == (filed, state)
    assert newest() != ticket
    assert newest().suspended
    return newest().suspended_for


def test_somebody_elses_token_hijacks_nothing(post: PostOffice) -> None:
    ticket = post.ticket()
    address = reply_to(post, ticket)
    ticket.refresh_from_db()
    reason = suspended(post, ticket, letter(sender=MALLORY, to=address), filed=2)
    assert reason == SuspendedFor.FOREIGN_TOKEN


def test_our_message_id_in_the_hands_of_a_stranger_hijacks_nothing(post: PostOffice) -> None:
    ticket = post.ticket()
    said = post.answer(ticket)
    ticket.refresh_from_db()
    raw = letter(sender=MALLORY, In_Reply_To=f"<{said.external_id}>")
    assert suspended(post, ticket, raw, filed=2) == SuspendedFor.NOT_A_PARTY


@pytest.mark.parametrize(
    "sender",
    [
        "anna@example.org, mallory@evil.example",
        "anna@example.org <mallory@evil.example>",
        '"Anna" <anna@example.org> <mallory@evil.example>',
        "anna@example.org (comment) <mallory@evil.example>",
    ],
)
def test_a_sender_that_can_be_read_in_two_ways_counts_as_none(
    post: PostOffice, sender: str
) -> None:
    ticket = post.ticket()
    address = reply_to(post, ticket)
    ticket.refresh_from_db()
    raw = letter(to=address).replace(b"Anna Petrova <anna@example.org>", sender.encode())
    assert suspended(post, ticket, raw, filed=2) == SuspendedFor.UNVERIFIED


def test_two_senders_count_as_none(post: PostOffice) -> None:
    ticket = post.ticket()
    address = reply_to(post, ticket)
    ticket.refresh_from_db()
    raw = b"From: mallory@evil.example\r\n" + letter(to=address)
    assert suspended(post, ticket, raw, filed=2) == SuspendedFor.UNVERIFIED


def test_a_copy_gives_no_access_before_it_is_accepted(post: PostOffice) -> None:
    ticket = post.ticket(letter(Cc=BORIS, message_id="cc@example.org"))
    raw = letter("Me too", sender=BORIS, In_Reply_To="<cc@example.org>")
    assert suspended(post, ticket, raw, filed=1) == SuspendedFor.NOT_A_PARTY

    accept_party(ticket, post.cast.boris, by=post.cast.actor(post.cast.olga), at=post.cast.at)
    post.deliver(letter("Now me", sender=BORIS, In_Reply_To="<cc@example.org>"))
    assert count(ticket) == 2


def test_a_thread_cannot_be_hijacked_by_putting_oneself_in_copy(post: PostOffice) -> None:
    ticket = post.ticket()
    said = post.answer(ticket)
    ticket.refresh_from_db()
    # A mail that claims to be Anna's, but cannot be verified, brings Mallory along ...
    forged = letter(Cc=MALLORY, In_Reply_To=f"<{said.external_id}>").replace(
        b"From: Anna Petrova <anna@example.org>",
        b"From: Anna Petrova <anna@example.org>, x@evil.example",
    )
    suspended(post, ticket, forged, filed=2)
    # ... who then has no more access than before.
    reason = suspended(
        post, ticket, letter(sender=MALLORY, In_Reply_To=f"<{said.external_id}>"), filed=2
    )
    assert reason == SuspendedFor.NOT_A_PARTY


def test_whom_we_wrote_to_is_a_party(post: PostOffice) -> None:
    ticket = post.ticket()
    said = answer(
        ticket,
        Answer(text="Both", to=(post.cast.anna,), cc=(post.cast.boris,), due_at=post.cast.at),
        by=post.cast.actor(post.cast.olga),
        at=post.cast.at,
    )
    post.deliver(letter("Thanks", sender=BORIS, In_Reply_To=f"<{said.external_id}>"))
    assert count(ticket) == 3


def test_a_revoked_token_is_worth_nothing(post: PostOffice) -> None:
    ticket = post.ticket()
    address = reply_to(post, ticket)
    ReplyToken.objects.update(revoked_at=post.cast.at)
    ticket.refresh_from_db()
    reason = suspended(post, ticket, letter(to=address), filed=2)
    assert reason == SuspendedFor.FOREIGN_TOKEN


def test_a_token_that_never_was_opens_an_ordinary_ticket(post: PostOffice) -> None:
    post.deliver(letter(to=reply_address(post.cast.shop_mail, "a" * 32)))
    assert not newest().suspended


def test_a_brand_never_sees_the_mail_of_another(post: PostOffice) -> None:
    ticket = post.ticket()
    said = post.answer(ticket)
    raw = letter(to="service@liftcare.example", In_Reply_To=f"<{said.external_id}>")
    post.deliver(raw, channel=post.cast.lift_mail)
    assert count(ticket) == 2
    assert newest().brand == post.cast.lifts


def test_a_further_address_of_the_same_person_is_the_same_party(post: PostOffice) -> None:
    ticket = post.ticket()
    address = reply_to(post, ticket)
    second = meet(
        Caller(kind=IdentityKind.EMAIL, value="anna@work.example"), by=SYSTEM, at=post.cast.at
    )
    type(second).objects.filter(pk=second.pk).update(person=post.cast.anna.person)
    post.deliver(letter("From work", sender="anna@work.example", to=address))
    assert count(ticket) == 3


def test_our_own_address_as_a_sender_is_not_believed(post: PostOffice) -> None:
    post.deliver(letter(sender="Support <help@polka.example>"))
    assert newest().suspended_for == SuspendedFor.PRETENDS


def test_a_message_on_two_tickets_answers_the_one_of_the_sender(post: PostOffice) -> None:
    post.deliver(letter("One", message_id="same@example.org", sender=BORIS))
    ticket = post.ticket(letter("Two", message_id="same@example.org"))
    post.deliver(letter("More", In_Reply_To="<same@example.org>"))
    assert count(ticket) == 2


# --- loops --------------------------------------------------------------------------------------


def test_our_own_mail_that_comes_back_opens_nothing(post: PostOffice) -> None:
    ticket = post.ticket()
    said = post.answer(ticket)
    post.deliver(letter("On its way.", sender="help@polka.example", message_id=said.external_id))
    assert (Ticket.objects.count(), count(ticket)) == (1, 2)
    assert (last_item().state, last_item().reason) == (IntakeState.DISCARDED, "own-mail")


def test_a_loop_mark_of_ours_is_heeded(post: PostOffice) -> None:
    post.deliver(letter(X_Loop="help@polka.example"))
    assert Ticket.objects.count() == 0
    assert last_item().state == IntakeState.DISCARDED


def test_one_brand_may_write_to_another(post: PostOffice) -> None:
    ticket = post.ticket()
    said = post.answer(ticket)
    raw = letter(
        "Please look at this lift",
        sender="help@polka.example",
        to="service@liftcare.example",
        message_id=said.external_id,
    )
    post.deliver(raw, channel=post.cast.lift_mail)
    assert (newest().brand, newest().suspended) == (post.cast.lifts, False)


def test_an_automatic_reply_that_belongs_to_nothing_is_suspended(post: PostOffice) -> None:
    post.deliver(letter("I am away", Auto_Submitted="auto-replied"))
    assert newest().suspended_for == SuspendedFor.AUTOMATIC


def test_a_newsletter_stands_among_the_others(post: PostOffice) -> None:
    post.deliver(letter(List_Id="<news.example.org>"))
    assert not newest().suspended


def test_suspended_mail_makes_nobody_a_participant_of_the_real_talk(post: PostOffice) -> None:
    ticket = post.ticket()
    address = reply_to(post, ticket)
    post.deliver(letter(sender=MALLORY, to=address))
    threads = Filing.objects.filter(ticket=ticket).values("message__thread")
    there = Participant.objects.filter(thread__in=threads)
    assert set(there.values_list("role", flat=True)) == {ParticipantRole.REQUESTER}
    assert not there.filter(identity__value="mallory@evil.example").exists()
