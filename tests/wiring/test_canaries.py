"""
Two brands with unmistakable names over one desk: a customer of one never sees the other, nor the
desk's own host where the brand has one.
"""

import email
from datetime import timedelta
from email import policy

import pytest

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.brands.founding import NoWebAddress, web_address
from ambidesk.parties.people.models import Identity
from ambidesk.relation.feedback.models import Invitation, Occasion
from ambidesk.relation.feedback.offering import offer_due
from ambidesk.relation.feedback.rules.scales import SurveyKind
from ambidesk.relation.feedback.surveying import Asking, set_up_survey
from ambidesk.support.conversations.models import Delivery, Message
from ambidesk.support.conversations.wording import worded
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.regrouping import OtherBrand, merge
from tests.cast import Cast
from tests.wiring.sides import OF_THE_DESK, Side, _host, leaks, pairs, readable, sides, writer_of

__all__ = ["_host", "sides"]
pytestmark = pytest.mark.django_db


def test_no_mail_of_a_brand_names_the_other_or_the_desk(sides: tuple[Side, Side]) -> None:
    for mine, other in pairs(sides):
        writer = writer_of(mine.mail)
        deliveries = list(Delivery.objects.filter(channel=mine.mail).order_by("pk"))
        kinds = {(row.message.automatic, row.message.kind) for row in deliveries}
        # Acknowledgement and survey, answer, forward.
        assert len(deliveries) == 4
        assert len(kinds) == 3
        for row in deliveries:
            envelope = writer.write(row, at=row.due_at)
            shown = readable(envelope.mail) + envelope.sender + envelope.plain_sender
            assert leaks(shown, (*other.betrayals, *OF_THE_DESK)) == []
            # The canaries sing: it is this brand's mail.
            assert leaks(shown, mine.betrayals[:1])


def test_every_mail_speaks_from_the_brands_own_domain(sides: tuple[Side, Side]) -> None:
    for mine, _other in pairs(sides):
        writer = writer_of(mine.mail)
        for row in Delivery.objects.filter(channel=mine.mail):
            envelope = writer.write(row, at=row.due_at)
            mail = email.message_from_bytes(envelope.mail, policy=policy.default)
            domain = mine.mail.domain
            assert str(mail["Message-ID"]).endswith(f"@{domain}>")
            assert f"@{domain}" in str(mail["From"])
            assert f"@{domain}" in str(mail["Reply-To"])
            assert envelope.sender.endswith(f"@{domain}")


def test_no_words_for_any_channel_name_the_other(sides: tuple[Side, Side]) -> None:
    """Messengers and the widget get the same words as mail does."""
    for mine, other in pairs(sides):
        for message in Message.objects.filter(thread__channel__brand=mine.brand, direction="out"):
            words = worded(message)
            shown = words.text + words.html + message.subject
            assert leaks(shown, (*other.betrayals, *OF_THE_DESK)) == []


@pytest.mark.parametrize("kind", list(SurveyKind))
@pytest.mark.parametrize("occasion", list(Occasion))
def test_no_survey_of_any_kind_names_the_other_brand(
    cast: Cast, sides: tuple[Side, Side], kind: SurveyKind, occasion: Occasion
) -> None:
    by = SYSTEM
    later = cast.at + timedelta(days=40)
    asking = Asking(name=f"{kind} {occasion}", kind=kind, occasion=occasion, quiet_for=timedelta())
    survey = set_up_survey(None, asking, by=by, at=cast.at)
    for mine, other in pairs(sides):
        invitation = Invitation.objects.create(
            survey=survey,
            ticket=mine.ticket,
            person=mine.ticket.requester,
            is_periodic=True,
            solved_at=cast.at,
            due_at=later,
            nonce=f"n{mine.brand.pk}",
        )
        offer_due(at=later)
        invitation.refresh_from_db()
        assert invitation.message is not None
        row = Delivery.objects.get(message=invitation.message)
        envelope = writer_of(mine.mail).write(row, at=later)
        shown = readable(envelope.mail) + envelope.sender + envelope.plain_sender
        assert leaks(shown, (*other.betrayals, *OF_THE_DESK)) == []
        assert f"{mine.brand.web}/rate/" in shown


def test_whoever_knows_both_brands_reads_of_each_in_its_own_conversation_only(
    cast: Cast, sides: tuple[Side, Side]
) -> None:
    one, other = sides
    assert one.ticket.requester_id == other.ticket.requester_id
    with pytest.raises(OtherBrand):
        merge(one.ticket, other.ticket, by=cast.actor(cast.admin), at=cast.at)
    # A further word in one talk is answered with a quote of that talk.
    again = cast.ticket("And where is my second one?", channel=one.mail)
    said = Answer(text="On its way.", to=(cast.anna,), due_at=cast.at)
    message = answer(again, said, by=cast.actor(one.colleague), at=cast.at)
    row = Delivery.objects.get(message=message)
    shown = readable(writer_of(one.mail).write(row, at=cast.at).mail)
    assert leaks(shown, (*other.betrayals, *OF_THE_DESK)) == []
    assert {each.person_id for each in Identity.objects.filter(value="anna@example.org")} == {
        cast.anna.person_id
    }


@pytest.mark.parametrize(
    "written",
    ["help.example", "ftp://help.example", "https://", "https://a@b", "https://a/b", "https://a?b"],
)
def test_a_web_address_is_a_scheme_and_a_host(written: str) -> None:
    with pytest.raises(NoWebAddress):
        web_address(written)


def test_a_web_address_is_kept_in_one_form() -> None:
    assert web_address(" HTTPS://Help.Example/ ") == "https://help.example"
    assert web_address("") == ""
