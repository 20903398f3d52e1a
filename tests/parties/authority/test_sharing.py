"""A login that a department shares: what it may not, and who speaks through it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.authority.entering import entering
from ambidesk.parties.authority.granting import Terms, change_authority, grant_authority
from ambidesk.parties.authority.models import Authority, SharedLogin
from ambidesk.parties.authority.rights import PortalRight
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.authority.sharing import (
    NeedsALimit,
    NoDepartment,
    OnlyInPerson,
    share_login,
    unshare_login,
)
from ambidesk.parties.authority.speaking import NobodyNamed, choose_speaker, speakers_of
from ambidesk.parties.companies.appointing import end
from tests.cast import Cast
from tests.clients import Clients, make_clients
from tests.parties.authority.departments import in_department, shop_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """Two companies."""
    return make_clients(cast)


def test_a_login_opens_nothing_before_somebody_says_who_it_is(clients: Clients) -> None:
    at = clients.cast.at
    shop = shop_of(clients)
    anna = in_department(clients, "Anna Abel", shop.department)
    user = clients.user(shop)
    silent = entering(user, at=at)
    assert (silent.is_shared, silent.speaking) == (True, None)
    assert silent.rights == {PortalRight.SPEAK}
    known = entering(user, at=at, spoken={"contact": anna.pk})
    assert known.speaking
    assert (known.speaking.name, known.speaking.contact) == ("Anna Abel", anna.pk)
    assert known.may(PortalRight.ENTER)
    typed = entering(user, at=at, spoken={"name": "Somebody"})
    assert typed.speaking
    assert (typed.speaking.name, typed.speaking.contact) == ("Somebody", None)


def test_only_who_is_of_the_department_can_be_chosen_and_only_while_they_are(
    clients: Clients,
) -> None:
    at = clients.cast.at
    shop = shop_of(clients)
    anna = in_department(clients, "Anna Abel", shop.department)
    actor = clients.actor(shop)
    today = at.date()
    assert [each.pk for each in speakers_of(actor, on=today)] == [anna.pk]
    with pytest.raises(NobodyNamed):
        choose_speaker(actor, contact=clients.director.pk, name="", on=today)
    with pytest.raises(NobodyNamed):
        choose_speaker(actor, contact=None, name="  ", on=today)
    kept = choose_speaker(actor, contact=anna.pk, name="", on=today)
    later = at + timedelta(days=2)
    end(anna, until=today + timedelta(days=1), by=SYSTEM, at=at)
    assert entering(clients.user(shop), at=later, spoken=kept).speaking is None


def test_a_login_of_one_person_never_speaks_as_another(clients: Clients) -> None:
    user = clients.user(clients.shopkeeper)
    actor = entering(user, at=clients.cast.at, spoken={"name": "Somebody"})
    assert (actor.is_shared, actor.speaking) == (False, None)
    assert not actor.may(PortalRight.SPEAK)


def test_what_one_person_answers_for_is_not_shared(clients: Clients) -> None:
    at = clients.cast.at
    with pytest.raises(NoDepartment):
        share_login(clients.shopkeeper, by=SYSTEM, at=at)
    shop = shop_of(clients)
    everything = Terms(scope=ScopeKind.SITES, sites=(clients.north_shop,))
    for powers, refusal in (
        ({Power.MANAGE}, OnlyInPerson),
        ({Power.PERFORM}, OnlyInPerson),
        ({Power.APPROVE_COST}, NeedsALimit),
        ({Power.BUY}, NeedsALimit),
    ):
        wanted = replace(everything, powers=frozenset(powers))
        with pytest.raises(refusal):
            grant_authority(shop, wanted, by=SYSTEM, at=at)
        row = Authority.objects.filter(contact=shop)[0]
        with pytest.raises(refusal):
            change_authority(row, wanted, by=SYSTEM, at=at)
    limited = replace(
        everything,
        powers=frozenset({Power.APPROVE_COST}),
        approves_to=Money(Decimal(5000), "RUB"),
    )
    assert grant_authority(shop, limited, by=SYSTEM, at=at).approves_to == 5000


def test_who_may_too_much_is_not_made_a_login_of_several(clients: Clients) -> None:
    at = clients.cast.at
    boss = in_department(clients, "Boss Box", shop_of(clients).department)
    terms = Terms(scope=ScopeKind.COMPANY, powers=frozenset({Power.APPROVE_COST}))
    grant_authority(boss, terms, by=SYSTEM, at=at)
    with pytest.raises(NeedsALimit):
        share_login(boss, by=SYSTEM, at=at)
    assert not SharedLogin.objects.filter(contact=boss).exists()


def test_a_login_is_one_persons_again(clients: Clients) -> None:
    shop = shop_of(clients)
    share_login(shop, by=SYSTEM, at=clients.cast.at)
    assert SharedLogin.objects.count() == 1
    unshare_login(shop, by=SYSTEM, at=clients.cast.at)
    assert clients.actor(shop).may(PortalRight.ENTER)
