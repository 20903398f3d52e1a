"""Approvals through a login that a department shares: the login and the one who speaks both count."""

from decimal import Decimal

import pytest

from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.authority.granting import Terms, grant_authority
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.authority.speaking import SaySpeaker
from ambidesk.parties.companies.models import Contact
from ambidesk.service.approvals.rules.deciding import Kind, NotYourOwn, NotYours
from ambidesk.support.approvals.answering import Noted, answer, note_answer
from ambidesk.support.approvals.asking import Wish, ask
from ambidesk.support.approvals.deciding import Decision, SpeakerMayNot
from ambidesk.support.approvals.models import Answer, Approval
from ambidesk.support.channels.portal.saying import Wish as Request
from ambidesk.support.channels.portal.saying import Words
from ambidesk.support.channels.portal.saying import ask as request
from tests.parties.authority.departments import in_department, shop_of, speaking
from tests.support.approvals.conftest import Repair

APPROVES = frozenset({Power.CREATE, Power.COMMENT, Power.APPROVE_COST})


def terms_to(repair: Repair, rubles: int) -> Terms:
    """What may approve costs at the shop in the north up to an amount."""
    return Terms(
        scope=ScopeKind.SITES,
        sites=(repair.clients.north_shop,),
        powers=APPROVES,
        approves_to=Money(Decimal(rubles), "RUB"),
    )


def yes(approval: Approval) -> Decision:
    """A yes to what stands there now."""
    return Decision(yes=True, content=approval.content)


def people(repair: Repair, *, login_to: int, anna_to: int) -> tuple[Contact, Contact]:
    """The login of the shop and Anna, each with a limit of their own."""
    shop = shop_of(repair.clients, terms_to(repair, login_to))
    anna = in_department(repair.clients, "Anna Abel", shop.department)
    grant_authority(anna, terms_to(repair, anna_to), by=SYSTEM, at=repair.at)
    return shop, anna


def test_a_named_contact_who_may_answers_through_the_login(repair: Repair) -> None:
    shop, anna = people(repair, login_to=20_000, anna_to=20_000)
    approval = repair.asked(18_000)
    given = answer(approval, yes(approval), by=speaking(repair.clients, shop, anna), at=repair.at)
    assert (given.contact, given.speaker) == (shop, anna)


def test_the_login_alone_and_the_name_alone_are_not_enough(repair: Repair) -> None:
    shop, anna = people(repair, login_to=20_000, anna_to=5_000)
    boris = in_department(repair.clients, "Boris Bell", shop.department)
    approval = repair.asked(18_000)
    for who in (anna, boris, "Anna Abel"):
        with pytest.raises(SpeakerMayNot):
            answer(approval, yes(approval), by=speaking(repair.clients, shop, who), at=repair.at)
    with pytest.raises(SaySpeaker):
        answer(approval, yes(approval), by=repair.actor(shop), at=repair.at)
    assert not Answer.objects.exists()


def test_a_password_that_many_know_lends_nobody_the_limit_of_whom_they_name(
    repair: Repair,
) -> None:
    shop, anna = people(repair, login_to=0, anna_to=20_000)
    approval = repair.asked(18_000)
    with pytest.raises(NotYours):
        answer(approval, yes(approval), by=speaking(repair.clients, shop, anna), at=repair.at)
    # In her own name she may.
    assert answer(approval, yes(approval), by=repair.actor(anna), at=repair.at).speaker is None


def test_nobody_notes_an_answer_of_a_login(repair: Repair) -> None:
    shop, anna = people(repair, login_to=20_000, anna_to=20_000)
    approval = repair.asked(18_000)
    noted = Noted(contact=shop, noted_from="phone")
    with pytest.raises(SpeakerMayNot):
        note_answer(approval, yes(approval), noted=noted, by=repair.olga, at=repair.at)
    noted = Noted(contact=anna, noted_from="phone")
    assert note_answer(approval, yes(approval), noted=noted, by=repair.olga, at=repair.at).yes


def test_who_asked_through_the_login_does_not_approve_it_in_their_own_name(
    repair: Repair,
) -> None:
    clients = repair.clients
    shop, anna = people(repair, login_to=20_000, anna_to=20_000)
    wish = Request(
        brand=clients.cast.shop,
        company=clients.chain,
        site=clients.north_shop,
        request_type=None,
        words=Words(text="The lamp is broken"),
    )
    ticket = request(wish, by=speaking(clients, shop, anna), at=repair.at)
    cost = Wish(kind=Kind.COST, title="Lamp", amount=Money(Decimal(900), "RUB"))
    approval = ask(ticket, cost, by=repair.olga, at=repair.at)
    assert repair.names(approval) == ["Mila"]
    for by in (repair.actor(anna), speaking(clients, shop, anna)):
        with pytest.raises(NotYourOwn):
            answer(approval, yes(approval), by=by, at=repair.at)
    assert answer(approval, yes(approval), by=repair.actor(clients.manager), at=repair.at).yes
