"""Intake: a raw mail becomes a message on a ticket, once, with all that came with it."""

from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambidesk.ground.files.storing import read
from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.authority.domains import trust_domain
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.companies.registering import Profile, register
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.support.channels.mail.intake.lane import Intake
from ambidesk.support.channels.portal.confirming import confirm_writer
from ambidesk.support.conversations.models import (
    Attachment,
    IntakeItem,
    IntakeState,
    Message,
    MessageKind,
    Participant,
)
from ambidesk.support.tickets.models import Ticket
from tests.support.channels.mail.post import PostOffice, last_item, letter

PICTURE = b"\x89PNG\r\n\x1a\n" + b"picture"


def test_a_mail_becomes_a_ticket(post: PostOffice) -> None:
    ticket = post.ticket(letter("Where is my parcel?\n\n-- \nAnna", subject="Parcel"))
    assert (ticket.subject, ticket.state, ticket.suspended) == ("Parcel", "new", False)
    assert ticket.brand == post.cast.shop
    assert ticket.team == post.cast.shop_team
    assert ticket.requester_identity == post.cast.anna
    assert ticket.preview == "Where is my parcel?"

    message = Message.objects.get()
    assert message.text.startswith("Where is my parcel?")
    assert message.new_text == "Where is my parcel?"
    assert message.sender_verified
    assert message.intake_id == last_item().pk
    assert last_item().state == IntakeState.DONE


def test_its_opening_stands_in_the_journal(post: PostOffice) -> None:
    ticket = post.ticket()
    (entry,) = journal.entries_of("ticket", ticket.pk)
    assert (entry.kind, entry.actor_kind) == ("tickets.opened", "channel")


def test_a_stranger_becomes_a_person_with_the_name_they_gave(post: PostOffice) -> None:
    post.deliver(letter(sender="Вера Новая <Vera@Example.COM>"))
    identity = Identity.objects.get(value="vera@example.com")
    assert (identity.person.name, identity.display) == ("Вера Новая", "Vera@Example.COM")


def test_the_same_mail_twice_is_one_ticket(post: PostOffice) -> None:
    raw = letter()
    post.deliver(raw)
    post.deliver(raw)
    assert Ticket.objects.count() == 1


def test_a_repeated_message_id_with_other_words_is_a_ticket_of_its_own(post: PostOffice) -> None:
    post.deliver(letter("One", message_id="same@example.org"))
    post.deliver(letter("Two", message_id="same@example.org"))
    assert Ticket.objects.count() == 2


def test_files_are_stored_by_content_and_pictures_keep_their_place(post: PostOffice) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "anna@example.org", "help@polka.example", "Files"
    mail.set_content("See the picture")
    mail.add_alternative('<p>See <img src="cid:pic@1"></p>', subtype="html")
    related = mail.get_payload()[1]
    related.add_related(PICTURE, "image", "png", cid="<pic@1>")
    mail.add_attachment(b"%PDF-1.4 bill", maintype="text", subtype="plain", filename="../bill.pdf")
    post.deliver(mail.as_bytes())

    by_type = {each.blob.content_type: each for each in Attachment.objects.select_related("blob")}
    assert set(by_type) == {"image/png", "application/pdf"}
    assert read(by_type["image/png"].blob) == PICTURE
    assert by_type["image/png"].content_id == "pic@1"
    assert by_type["image/png"].inline
    assert "cid:pic@1" in Message.objects.get().html


def test_those_in_copy_are_noted_but_not_the_desk_itself(post: PostOffice) -> None:
    post.deliver(
        letter(Cc="Boris <boris@example.net>, help@polka.example, service@liftcare.example")
    )
    roles = dict(Participant.objects.values_list("identity__value", "role"))
    assert roles == {"anna@example.org": "requester", "boris@example.net": "copied"}


@pytest.mark.parametrize(
    "told", ["Thu, 1 Jan 1970 00:00:00 +0000", "Fri, 1 Jan 2100 00:00:00 +0000", "nonsense"]
)
def test_an_impossible_date_is_not_believed(post: PostOffice, told: str) -> None:
    post.deliver(letter(Date=told))
    assert Message.objects.get().sent_at == last_item().received_at


def test_a_date_of_yesterday_is_believed(post: PostOffice) -> None:
    yesterday = (datetime.now(UTC) - timedelta(days=1)).replace(microsecond=0)
    post.deliver(letter(Date=yesterday.strftime("%a, %d %b %Y %H:%M:%S +0000")))
    assert Message.objects.get().sent_at == yesterday


def test_what_the_database_refuses_in_a_text_is_left_out(post: PostOffice) -> None:
    raw = letter("zero").replace(b"zero", b"ze\x00ro").replace(b"Parcel", b"Par\x00cel")
    post.deliver(raw)
    message = Message.objects.get()
    assert "\x00" not in message.text + message.subject


@pytest.mark.parametrize("kind", [b"\r\n", b"", b"\x00" * 100, b"no header at all", b"\xff" * 5000])
def test_whatever_comes_becomes_something_that_people_can_see(
    post: PostOffice, kind: bytes
) -> None:
    post.deliver(kind)
    ticket = Ticket.objects.get()
    assert ticket.suspended
    assert last_item().state == IntakeState.DONE


def test_a_link_that_answers_an_approval_is_not_kept_where_others_read_it(
    post: PostOffice,
) -> None:
    token = "x1Y_-" * 8 + "abc"
    post.deliver(letter(f"> Open https://polka.example/approve/{token} to answer"))
    message = Message.objects.get()
    assert token not in message.text + message.new_text + message.html
    assert "Open https://polka.example/approve/" in message.text


def test_a_batch_takes_the_same_number_of_statements_as_one(post: PostOffice) -> None:
    def statements(mails: int) -> int:
        post.hand_in(
            *(
                letter(sender=f"p{mails}.{n}@example.org", Cc=f"c{n}@example.org")
                for n in range(mails)
            )
        )
        with CaptureQueriesContext(connection) as captured:
            Intake(post.parser).run_once()
        return len(captured)

    statements(1)
    one, many = statements(2), statements(40)
    assert one == many <= 30


def test_answers_and_questions_in_one_batch_find_their_places(post: PostOffice) -> None:
    ticket = post.ticket()
    said = post.answer(ticket)
    post.deliver(
        letter("New question", sender="carl@example.org"),
        letter("Thanks", In_Reply_To=f"<{said.external_id}>"),
        letter("One more thing", In_Reply_To=f"<{said.external_id}>"),
    )
    assert Ticket.objects.count() == 2
    assert ticket.filings.count() == 4


def test_every_kind_of_mail_is_told_apart(post: PostOffice) -> None:
    post.deliver(letter(List_Id="<news.example.org>"))
    assert Message.objects.get().kind == MessageKind.LIST


def test_nothing_waits_after_a_run(post: PostOffice) -> None:
    post.hand_in(*(letter(f"Mail {n}") for n in range(120)))
    post.take_in()
    assert IntakeItem.objects.filter(state=IntakeState.WAITING).count() == 0
    assert Ticket.objects.count() == 120


def test_who_writes_from_a_clients_domain_asks_for_it_and_a_stranger_is_held(
    post: PostOffice,
) -> None:
    at = post.cast.at
    company = register(None, Profile(name="Chain"), by=SYSTEM, at=at)
    trust_domain(company, "chain.example", by=SYSTEM, at=at)
    known = meet(Caller(kind=IdentityKind.EMAIL, value="known@chain.example"), by=SYSTEM, at=at)
    appoint(company, known.person, since=date(2020, 1, 1), by=SYSTEM, at=at)
    for sender in ("known@chain.example", "new@chain.example"):
        post.deliver(letter(sender=sender))
    first, second = Ticket.objects.order_by("pk")
    assert (first.company, first.suspended) == (company, False)
    assert (second.company, second.suspended_for) == (company, "unknown_writer")
    confirm_writer(second, by=SYSTEM, at=at)
    post.deliver(letter("Once more", sender="new@chain.example"))
    assert not Ticket.objects.latest("pk").suspended
