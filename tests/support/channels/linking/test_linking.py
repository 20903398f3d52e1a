"""A link joins an account to a known person: once, in time, by both addresses' proof."""

from datetime import timedelta

import pytest

from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.models import Identity
from ambidesk.support.channels.contract.registry import connector_of
from ambidesk.support.channels.linking.joining import NotJoined, joined_to, part
from ambidesk.support.channels.linking.models import Link
from ambidesk.support.channels.linking.offering import NobodyToInvite, NoLinks, offer, rewritten
from ambidesk.support.channels.linking.tokens import code_of, token_of, typed_code
from ambidesk.support.channels.telegram.simulator import Person
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.parties import parties_of
from tests.support.channels.telegram.desk import Desk, now


def offered(desk: Desk) -> tuple[Ticket, Link]:
    """Anna wrote a mail, and is offered to go on in Telegram."""
    ticket = desk.cast.ticket("Where is my parcel?")
    return ticket, offer(ticket, desk.channel, by=desk.cast.actor(desk.cast.olga), at=now())


def test_the_mail_holds_link_and_code_and_the_desk_keeps_neither(desk: Desk) -> None:
    _ticket, link = offered(desk)
    assert link.message
    assert link.message.deliveries.get().recipient == desk.cast.anna
    said = rewritten(link.message)
    assert said
    token, code = token_of(link.nonce), code_of(link.nonce)
    assert f"https://t.me/polka_help_bot?start={token}" in said.text
    assert code in said.text
    kept = " ".join([link.message.text, link.token_hash, link.code_hash])
    assert token not in kept
    assert code not in kept


def test_who_comes_by_the_link_is_the_person_it_was_sent_to_and_goes_on_on_the_ticket(
    desk: Desk, vera: Person
) -> None:
    ticket, link = offered(desk)
    desk.telegram.start(vera, token_of(link.nonce))
    desk.hear()
    desk.choose(vera)
    desk.telegram.say(vera, "Here I am")
    desk.hear()
    account = Identity.objects.get(value="telegram:7001")
    assert account.person == desk.cast.anna.person
    assert account.verified_at
    assert Identity.objects.get(pk=desk.cast.anna.pk).verified_at
    texts = [row.message.text for row in ticket.filings.order_by("pk")]
    assert (texts[0], texts[-1]) == ("Where is my parcel?", "Here I am")
    desk.send()
    assert f"#{ticket.number}" in desk.telegram.texts(vera.id)[1]
    (chosen,) = [party for party in parties_of(ticket) if party.is_chosen]
    assert chosen.way == "telegram"


def test_a_code_that_is_typed_does_the_same(desk: Desk, vera: Person) -> None:
    ticket, link = offered(desk)
    desk.telegram.say(vera, code_of(link.nonce).lower().replace("-", " "))
    desk.hear()
    desk.choose(vera)
    # The code itself is no word of anybody's.
    assert desk.said() == []
    assert Identity.objects.get(value="telegram:7001").person == desk.cast.anna.person
    assert Ticket.objects.filter(requester=desk.cast.anna.person).get() == ticket


def test_an_account_known_as_somebody_else_joins_with_its_tickets_and_its_messages_stay(
    desk: Desk, vera: Person
) -> None:
    desk.telegram.say(vera, "Hello")
    desk.hear()
    earlier = desk.ticket()
    before = Message.objects.get(text="Hello")
    _ticket, link = offered(desk)
    desk.telegram.start(vera, token_of(link.nonce))
    desk.hear()
    desk.choose(vera)
    earlier.refresh_from_db()
    assert earlier.requester == desk.cast.anna.person
    assert "tickets.requester_moved" in kinds(earlier)
    account = Identity.objects.get(value="telegram:7001")
    assert account.person == desk.cast.anna.person
    assert Message.objects.get(pk=before.pk).sender == account


@pytest.mark.parametrize("what", ["used", "old", "another bot's", "made up"])
def test_a_link_that_is_not_good_any_more_opens_nothing(
    desk: Desk, vera: Person, what: str
) -> None:
    _ticket, link = offered(desk)
    token = token_of(link.nonce)
    match what:
        case "used":
            boris = desk.telegram.person(7002, "Boris")
            desk.telegram.start(boris, token)
            desk.hear()
            desk.choose(boris)
            assert Identity.objects.get(value="telegram:7002").person == desk.cast.anna.person
        case "old":
            Link.objects.update(expires_at=now() - timedelta(seconds=1))
        case "another bot's":
            Link.objects.update(channel=desk.cast.shop_mail)
        case _:
            token = "x" * 43
    desk.telegram.start(vera, token)
    desk.hear()
    assert not Identity.objects.filter(value="telegram:7001").exists()


def test_codes_cannot_be_guessed_for_long(desk: Desk, vera: Person) -> None:
    _ticket, link = offered(desk)
    for number in range(6):
        desk.telegram.say(vera, f"AAAA{'BCDEFG'[number]}-AAAAA")
    desk.telegram.say(vera, code_of(link.nonce))
    desk.hear()
    assert Identity.objects.get(value="telegram:7001").person != desk.cast.anna.person


def kinds(ticket: Ticket) -> list[str]:
    return [entry.kind for entry in entries_of("ticket", ticket.pk)]


def test_nobody_is_joined_before_they_have_said_that_it_is_them(desk: Desk, vera: Person) -> None:
    ticket, link = offered(desk)
    desk.telegram.start(vera, token_of(link.nonce))
    desk.hear()
    desk.send()
    (question,) = desk.telegram.ledger
    assert [button["text"] for button in question.buttons][1] in {"No", "Нет"}
    assert Identity.objects.get(value="telegram:7001").person != desk.cast.anna.person
    assert "linking.account_joined" not in kinds(ticket)


def test_the_question_names_whom_it_is_about_to_nobody_else(desk: Desk, vera: Person) -> None:
    ticket, link = offered(desk)
    desk.telegram.start(vera, token_of(link.nonce))
    desk.hear()
    desk.send()
    shown = desk.telegram.ledger[0].text
    assert "A•••" in shown
    for secret in ("Anna", "anna", "example.org", ticket.subject, f"#{ticket.number}"):
        assert secret not in shown


def test_a_stranger_to_whom_the_link_was_passed_on_says_no_and_nothing_has_happened(
    desk: Desk, vera: Person
) -> None:
    ticket, link = offered(desk)
    desk.telegram.start(vera, token_of(link.nonce))
    desk.hear()
    desk.choose(vera, 1)
    assert Identity.objects.get(value="telegram:7001").person != desk.cast.anna.person
    assert "linking.declined" in kinds(ticket)
    assert desk.telegram.edits[-1].buttons == ()
    # Whom it was sent to can still use it.
    anna = desk.telegram.person(7003, "Anna")
    desk.telegram.start(anna, token_of(link.nonce))
    desk.hear()
    desk.choose(anna)
    assert Identity.objects.get(value="telegram:7003").person == desk.cast.anna.person


def test_nobody_presses_yes_for_somebody_else(desk: Desk, vera: Person) -> None:
    ticket, link = offered(desk)
    desk.telegram.start(vera, token_of(link.nonce))
    desk.hear()
    desk.send()
    (question,) = desk.telegram.ledger
    stranger = desk.telegram.person(7666, "Stranger")
    desk.telegram.start(stranger)
    desk.telegram.press(stranger, question, value=question.buttons[0]["callback_data"])
    for value in (
        "link:yes",
        f"link:yes:{link.pk}",
        f"link:yes:{link.pk}:{'0' * 24}",
        "link:yes:²:",
    ):
        desk.telegram.press(stranger, question, value=value)
    desk.hear()
    assert "linking.account_joined" not in kinds(ticket)


def test_where_the_link_was_sent_it_is_told_who_came_by_it(desk: Desk, vera: Person) -> None:
    ticket, link = offered(desk)
    desk.telegram.start(vera, token_of(link.nonce))
    desk.hear()
    desk.choose(vera)
    told = [row.message for row in ticket.filings.order_by("pk")][-1]
    assert told.deliveries.get().recipient == desk.cast.anna
    assert "@vera_v" in told.text


def test_taking_the_account_off_again_gives_it_its_words_and_tickets_back(
    desk: Desk, vera: Person
) -> None:
    desk.telegram.say(vera, "Hello")
    desk.hear()
    earlier = desk.ticket()
    stranger = earlier.requester
    ticket, link = offered(desk)
    desk.telegram.start(vera, token_of(link.nonce))
    desk.hear()
    desk.choose(vera)
    desk.telegram.say(vera, "I am somebody else")
    desk.hear()
    (joined,) = joined_to(ticket)
    part(joined, by=desk.cast.actor(desk.cast.olga), at=now())
    earlier.refresh_from_db()
    assert earlier.requester == stranger
    assert Identity.objects.get(value="telegram:7001").person == stranger
    own = desk.ticket()
    assert (own.requester, own.preview) == (stranger, "I am somebody else")
    desk.telegram.say(vera, "And more")
    desk.hear()
    texts = [row.message.text for row in ticket.filings.filter(withdrawn_at=None)]
    assert "And more" not in texts
    assert "I am somebody else" not in texts
    assert joined_to(ticket) == []
    with pytest.raises(NotJoined):
        part(joined, by=SYSTEM, at=now())


def test_after_undoing_not_even_a_first_word_comes_onto_the_others_ticket(
    desk: Desk, vera: Person
) -> None:
    ticket, link = offered(desk)
    desk.telegram.start(vera, token_of(link.nonce))
    desk.hear()
    desk.choose(vera)
    part(joined_to(ticket)[0], by=SYSTEM, at=now())
    desk.telegram.say(vera, "Where am I?")
    desk.hear()
    assert desk.ticket() != ticket
    assert desk.ticket().subject == "Where am I?"


def test_words_are_no_codes() -> None:
    assert typed_code("QWERT-YU234") == "QWERT-YU234"
    assert [typed_code(each) for each in ("hello", "12345 67890 1", "yes please")] == ["", "", ""]


def test_only_a_bot_of_the_brand_in_use_can_be_offered(desk: Desk) -> None:
    ticket = desk.cast.ticket(channel=desk.cast.lift_mail)
    with pytest.raises(NoLinks):
        offer(ticket, desk.channel, by=SYSTEM, at=now())


def test_nobody_is_invited_to_where_they_are(desk: Desk, vera: Person) -> None:
    desk.telegram.say(vera, "Hello")
    desk.hear()
    with pytest.raises(NobodyToInvite):
        offer(desk.ticket(), desk.channel, by=SYSTEM, at=now())


def test_every_connector_makes_links_that_its_messenger_takes() -> None:
    for kind in ("telegram", "max"):
        assert connector_of(kind)
