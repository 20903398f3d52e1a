"""Reports about our own mail are shown on it; loops of automatic mail end in quarantine."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from ambidesk.across.privacy.erasing import erase
from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.channels.mail.addressing import reply_address
from ambidesk.support.channels.mail.budgets import WINDOW, Budgets, forget_spent, spend
from ambidesk.support.channels.models import LoopBudget
from ambidesk.support.conversations.models import Delivery, IntakeItem, IntakeState, Message
from ambidesk.support.conversations.raw import raw_of
from ambidesk.support.tickets.delivering import mark_sent
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rules.suspension import SuspendedFor
from tests.support.channels.mail.post import PostOffice, last_item, letter, token_of

REPORT = """From: Mail Delivery System <MAILER-DAEMON@relay.example>
To: help@polka.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=b"

--=b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--=b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--=b
Content-Type: text/rfc822-headers

Message-ID: <{original}>
Subject: Parcel

--=b--
"""


def report(
    *, original: str = "", recipient: str = "anna@example.org", action: str = "failed"
) -> bytes:
    """A delivery report as RFC 3464 has it."""
    text = REPORT.format(original=original, recipient=recipient, action=action)
    return text.replace("\n", "\r\n").encode()


def sent_answer(post: PostOffice) -> tuple[Ticket, Message]:
    ticket = post.ticket()
    said = post.answer(ticket)
    mark_sent(list(Delivery.objects.values_list("pk", flat=True)), at=timezone.now())
    return ticket, said


def test_a_bounce_is_shown_on_the_message_and_opens_no_ticket(post: PostOffice) -> None:
    ticket, said = sent_answer(post)
    post.deliver(report(original=said.external_id))
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.status) == ("bounced", "5.1.1")
    assert "User unknown" in delivery.last_error
    assert (Ticket.objects.count(), ticket.filings.count()) == (1, 2)
    assert last_item().state == IntakeState.DONE
    ticket.refresh_from_db()
    assert ticket.state == "open"


def test_a_bounce_is_recognised_by_the_token_it_came_to(post: PostOffice) -> None:
    _ticket, said = sent_answer(post)
    address = reply_address(post.cast.shop_mail, token_of(said))
    post.deliver(report(), recipients=[address])
    assert Delivery.objects.get().state == "bounced"
    assert Ticket.objects.count() == 1


def test_a_delay_is_noted_and_nothing_more(post: PostOffice) -> None:
    ticket, said = sent_answer(post)
    post.deliver(report(original=said.external_id, action="delayed"))
    assert Delivery.objects.get().state == "sent"
    ticket.refresh_from_db()
    assert (Ticket.objects.count(), ticket.state) == (1, "waiting_requester")


def test_a_bounce_of_mail_that_is_not_ours_is_suspended(post: PostOffice) -> None:
    sent_answer(post)
    post.deliver(report(original="never-was@polka.example"))
    assert Delivery.objects.get().state == "sent"
    assert Ticket.objects.latest("pk").suspended_for == SuspendedFor.AUTOMATIC


def test_bounces_among_other_mail_of_one_batch_find_their_way(post: PostOffice) -> None:
    _ticket, said = sent_answer(post)
    post.deliver(letter("Hello"), report(original=said.external_id), letter("World"))
    assert Ticket.objects.count() == 3
    assert Delivery.objects.get().state == "bounced"


def test_a_loop_of_automatic_mail_ends_in_quarantine_and_is_reported_once(
    post: PostOffice,
) -> None:
    post.deliver(*(letter(f"Away {n}", Auto_Submitted="auto-replied") for n in range(70)))
    assert Ticket.objects.count() == Budgets().of_address == 60
    held = IntakeItem.objects.filter(state=IntakeState.QUARANTINED)
    assert {item.reason for item in held} == {"loop-budget"}
    assert held.count() == 10
    problem = Problem.objects.get()
    assert (problem.kind, problem.facts) == ("mail-loop", {"channel": post.cast.shop_mail.name})


def test_people_are_not_held_back_by_a_loop_of_their_address(post: PostOffice) -> None:
    post.deliver(*(letter(f"Away {n}", Auto_Submitted="auto-replied") for n in range(70)))
    post.deliver(letter("I am a person"))
    assert Ticket.objects.latest("pk").preview == "I am a person"


BUDGETS = Budgets(of_address=2, of_domain=3, of_all=5)
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_budget_is_counted_by_address_by_domain_and_in_all(db: None) -> None:
    addresses = ["a@x", "a@x", "a@x", "b@x", "b@x", "c@y", "d@z"]
    answers = spend(addresses, at=AT, budgets=BUDGETS)
    assert answers == [True, True, False, False, False, False, False]
    assert spend(["e@w"], at=AT, budgets=BUDGETS) == [False]


def test_a_budget_is_fresh_after_its_hour(db: None) -> None:
    assert spend(["a@x"] * 3, at=AT, budgets=BUDGETS)[-1] is False
    assert spend(["a@x"], at=AT + WINDOW / 2, budgets=BUDGETS) == [False]
    assert spend(["a@x"], at=AT + WINDOW, budgets=BUDGETS) == [True]


def test_counts_of_past_hours_are_forgotten(db: None) -> None:
    spend(["a@x"], at=AT, budgets=BUDGETS)
    forget_spent(at=AT + timedelta(hours=3))
    assert LoopBudget.objects.count() == 0


def test_no_mail_costs_nothing() -> None:
    assert spend([], at=AT) == []


def test_an_erased_person_is_gone_from_raw_mails_that_became_no_message(post: PostOffice) -> None:
    _ticket, said = sent_answer(post)
    own = letter("On its way.", sender="help@polka.example", message_id=said.external_id)
    other = report(original="never-was@polka.example", recipient="boris@example.net")
    post.deliver(
        report(original=said.external_id),
        own.replace(b"help@polka", b"anna@example.org,help@polka"),
    )
    post.deliver(other)
    erase(post.cast.anna.person, by=SYSTEM, at=timezone.now())
    left = [raw for item in IntakeItem.objects.all() if (raw := raw_of(item))]
    assert left == [other]
