"""A cost is asked of those who may, the nearest first, and answered by them only."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from ambidesk.ground.files.storing import read
from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.authority.granting import withdraw_authority
from ambidesk.parties.authority.models import Authority
from ambidesk.service.approvals.rules.deciding import (
    ContentChanged,
    Kind,
    NotWaiting,
    NotYourOwn,
    NotYours,
    State,
)
from ambidesk.support.approvals.answering import (
    NoSource,
    Noted,
    answer,
    note_answer,
    waiting_for,
)
from ambidesk.support.approvals.asking import AlreadyAsked, NoAmount, NobodyMay, Wish, ask
from ambidesk.support.approvals.clocks import silence_at
from ambidesk.support.approvals.deciding import Decision
from ambidesk.support.approvals.models import Answer, Approval, Ended
from ambidesk.support.approvals.telling import KINDS as NEWS
from ambidesk.support.approvals.telling import tell_of
from ambidesk.support.approvals.voiding import withdraw
from ambidesk.support.notifications.models import Notice, NoticeKind
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.describing import rename
from ambidesk.support.tickets.models import Filing, Ticket
from tests.support.approvals.conftest import Repair


def yes(approval: Approval, words: str = "") -> Decision:
    """A yes to what stands there now."""
    return Decision(yes=True, content=approval.content, words=words)


def test_the_nearest_who_may_is_asked_then_the_next_after_silence(repair: Repair) -> None:
    approval = repair.asked(18_000)
    assert repair.names(approval) == ["Mila"]
    assert silence_at(approval) == repair.at + timedelta(hours=4)
    repair.passes(3)
    assert repair.names(approval) == ["Mila"]
    repair.passes(4)
    repair.passes(4)
    assert repair.names(approval) == ["Mila", "Dina"]
    # Whoever was asked first may still answer.
    answer(approval, yes(approval), by=repair.actor(repair.clients.manager), at=repair.at)
    assert Approval.objects.get().state == State.APPROVED
    repair.passes(40)
    assert repair.names(approval) == ["Mila", "Dina"]


def test_above_the_limit_the_head_office_is_asked_and_nobody_below_may_answer(
    repair: Repair,
) -> None:
    approval = repair.asked(20_001)
    assert repair.names(approval) == ["Dina"]
    with pytest.raises(NotYours):
        answer(approval, yes(approval), by=repair.actor(repair.clients.manager), at=repair.at)
    with pytest.raises(NotYours):
        answer(approval, yes(approval), by=repair.actor(repair.clients.owner), at=repair.at)
    answer(approval, yes(approval), by=repair.actor(repair.clients.director), at=repair.at)
    assert Approval.objects.given().get() == approval


def test_what_only_others_may_answer_does_not_hide_what_waits_for_somebody(
    repair: Repair,
) -> None:
    clients = repair.clients
    repair.asked(20_001)
    lamp = clients.ask(clients.shopkeeper, "Lamp is broken", clients.north_shop)
    theirs = ask(lamp, cost(18_000), by=repair.olga, at=repair.at + timedelta(minutes=1))
    manager = repair.actor(clients.manager)
    assert waiting_for(manager, at=repair.at + timedelta(minutes=2), most=1) == [theirs]


def test_nobody_approves_their_own_request_but_may_accept_the_works(repair: Repair) -> None:
    clients = repair.clients
    ticket = clients.ask(clients.director, "Door is stuck", clients.south_shop)
    with pytest.raises(NobodyMay) as refused:
        ask(ticket, cost(18_000), by=repair.olga, at=repair.at)
    assert "nobody approves their own request" in str(refused.value)
    mine = clients.ask(clients.manager, "Lamp is broken", clients.north_shop)
    approval = ask(mine, cost(18_000), by=repair.olga, at=repair.at)
    assert repair.names(approval) == ["Dina"]
    with pytest.raises(NotYourOwn):
        answer(approval, yes(approval), by=repair.actor(clients.manager), at=repair.at)
    works = ask(ticket, Wish(kind=Kind.ACCEPTANCE, title="Done"), by=repair.olga, at=repair.at)
    answer(works, yes(works), by=repair.actor(clients.director), at=repair.at)
    assert Approval.objects.given().get() == works


def cost(rubles: int) -> Wish:
    """A cost of a compressor."""
    return Wish(kind=Kind.COST, title="Compressor", amount=Money(Decimal(rubles), "RUB"))


def test_when_nobody_may_the_reason_is_named_and_what_to_do(repair: Repair) -> None:
    clients = repair.clients
    Authority.objects.filter(contact=clients.director).update(approves_to=100_000, currency="RUB")
    with pytest.raises(NobodyMay) as above:
        repair.asked(100_001)
    assert "above everybody's limit" in str(above.value)
    assert "100,000 ₽" in str(above.value)
    for contact in (clients.manager, clients.director):
        for row in Authority.objects.filter(contact=contact):
            withdraw_authority(row, by=SYSTEM, at=repair.at)
    with pytest.raises(NobodyMay, match="No contact"):
        repair.asked()
    with pytest.raises(NoAmount):
        repair.asked(0)


def test_authority_is_asked_anew_at_the_moment_of_the_answer(repair: Repair) -> None:
    approval = repair.asked()
    manager = repair.actor(repair.clients.manager)
    withdraw_authority(
        Authority.objects.get(contact=repair.clients.manager), by=SYSTEM, at=repair.at
    )
    with pytest.raises(NotYours):
        answer(approval, yes(approval), by=manager, at=repair.at + timedelta(seconds=1))
    assert not Answer.objects.exists()


def test_a_change_voids_what_was_approved_and_asks_anew(repair: Repair) -> None:
    first = repair.asked(18_000)
    answer(first, yes(first), by=repair.actor(repair.clients.manager), at=repair.at)
    with pytest.raises(AlreadyAsked):
        repair.asked(18_000)
    second = repair.asked(19_000)
    first.refresh_from_db()
    assert (first.state, first.ended_for) == (State.VOID, Ended.REPLACED)
    assert second.replaces == first
    assert not Approval.objects.given().exists()
    with pytest.raises(ContentChanged):
        answer(second, yes(first), by=repair.actor(repair.clients.manager), at=repair.at)


def test_another_site_closes_at_once_and_voids_for_good(repair: Repair) -> None:
    approval = repair.asked()
    answer(approval, yes(approval), by=repair.actor(repair.clients.manager), at=repair.at)
    chain, shop = repair.clients.chain, repair.clients.south_shop
    attribute(repair.ticket, company=chain, site=shop, by=repair.olga, at=repair.at)
    assert not Approval.objects.given().exists()
    repair.follows()
    attribute(
        repair.ticket, company=chain, site=repair.clients.north_shop, by=repair.olga, at=repair.at
    )
    repair.follows()
    approval.refresh_from_db()
    assert (approval.state, approval.ended_for) == (State.VOID, Ended.CHANGED)


def test_a_waiting_one_is_withdrawn_an_answered_one_is_not(repair: Repair) -> None:
    approval = repair.asked()
    withdraw(approval, by=repair.olga, at=repair.at)
    with pytest.raises(NotWaiting):
        answer(approval, yes(approval), by=repair.actor(repair.clients.manager), at=repair.at)
    repair.passes(100)
    assert repair.names(approval) == ["Mila"]
    again = repair.asked()
    answer(again, yes(again), by=repair.actor(repair.clients.manager), at=repair.at)
    with pytest.raises(NotWaiting):
        withdraw(again, by=repair.olga, at=repair.at)


def test_a_colleague_notes_who_said_it_and_from_where(repair: Repair) -> None:
    approval, manager = repair.asked(), repair.clients.manager
    noted = Noted(contact=manager, noted_from="letter", file=("yes.txt", b"I agree"))
    olga, nobody = repair.olga, replace(repair.olga, rights=frozenset())
    said = yes(approval, "Go on")
    dreamt, other = (
        replace(noted, noted_from="dream"),
        replace(noted, contact=repair.clients.seller),
    )
    with pytest.raises(NoSource):
        note_answer(approval, said, noted=dreamt, by=olga, at=repair.at)
    with pytest.raises(NotYours):
        note_answer(approval, said, noted=other, by=olga, at=repair.at)
    with pytest.raises(NotEntitled):
        note_answer(approval, said, noted=noted, by=nobody, at=repair.at)
    given = note_answer(approval, said, noted=noted, by=olga, at=repair.at)
    assert given.noted_by_id == repair.olga.id
    assert (given.words, given.file_name) == ("Go on", "yes.txt")
    assert given.blob
    assert read(given.blob) == b"I agree"


def test_when_everybody_was_silent_the_operator_is_told_once(repair: Repair) -> None:
    cast = repair.clients.cast
    assign(repair.ticket, assignee=cast.olga, team=None, by=SYSTEM, at=repair.at)
    repair.asked()
    for hours in (4, 8, 12, 16):
        repair.passes(hours)
    entries = [each for each in entries_of("ticket", repair.ticket.pk) if each.kind in NEWS]
    assert [each.kind for each in entries] == ["approvals.unheard"]
    tell_of(entries, at=repair.at)
    tell_of(entries, at=repair.at)
    notices = Notice.objects.filter(kind=NoticeKind.APPROVAL)
    assert [each.user_id for each in notices] == [cast.olga.user_id]


def test_what_is_asked_by_mail_holds_neither_price_nor_link_where_others_read(
    repair: Repair,
) -> None:
    repair.asked()
    (filing,) = Filing.objects.filter(ticket=repair.ticket, message__automatic=True)
    kept = f"{filing.message.subject} {filing.message.text} {filing.message.html}"
    assert "18" not in kept.replace(f"{repair.ticket.number}", "")
    assert "Compressor" not in kept
    assert "/approve/" not in kept


def test_a_request_with_a_long_subject_can_be_approved(repair: Repair) -> None:
    rename(repair.ticket, subject="x" * 260, by=repair.olga, at=repair.at)
    ticket = Ticket.objects.get(pk=repair.ticket.pk)
    approval = ask(ticket, Wish(kind=Kind.REQUEST), by=repair.olga, at=repair.at)
    answer(approval, yes(approval), by=repair.actor(repair.clients.director), at=repair.at)
    assert Approval.objects.given().filter(pk=approval.pk).exists()


def test_what_moved_to_another_company_is_asked_of_nobody_there(repair: Repair) -> None:
    approval = repair.asked()
    attribute(repair.ticket, company=repair.clients.house, site=None, by=repair.olga, at=repair.at)
    repair.passes(4)
    assert repair.names(approval) == ["Mila"]
