"""Authorities begin, change and end, and nobody gives more than they have."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings

from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.authority import revoking
from ambidesk.parties.authority.deciding import place_of, who_may
from ambidesk.parties.authority.ending import end_contact
from ambidesk.parties.authority.entering import entering
from ambidesk.parties.authority.granting import (
    NothingChosen,
    NotOfTheCompany,
    Terms,
    change_authority,
    grant_authority,
    withdraw_authority,
)
from ambidesk.parties.authority.inviting import (
    AddressTaken,
    HasPassword,
    NothingAllowed,
    close_account,
    invite,
)
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.authority.overseeing import OutlastsGiver
from ambidesk.parties.authority.rules.power import Power, Topic
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies.appointing import appoint, end
from tests.cast import Cast
from tests.clients import BASIC, Clients, make_clients

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """Two companies."""
    return make_clients(cast)


def test_a_scope_ends_at_its_company(clients: Clients) -> None:
    terms = Terms(scope=ScopeKind.SITES, sites=(clients.house_site,))
    with pytest.raises(NotOfTheCompany):
        grant_authority(clients.seller, terms, by=SYSTEM, at=clients.cast.at)
    with pytest.raises(NothingChosen):
        grant_authority(clients.seller, Terms(scope=ScopeKind.SITES), by=SYSTEM, at=clients.cast.at)


def test_a_limit_of_nothing_is_a_limit(clients: Clients) -> None:
    powers = frozenset({Power.APPROVE_COST, Power.BUY})
    nothing = Money(Decimal(0), "RUB")
    terms = Terms(scope=ScopeKind.COMPANY, powers=powers, approves_to=nothing, buys_to=nothing)
    row = grant_authority(clients.seller, terms, by=SYSTEM, at=clients.cast.at)
    assert (row.approves_to, row.buys_to) == (0, 0)
    mandate = Authority.objects.with_scope().get(pk=row.pk).mandate
    assert not mandate.allows(Power.APPROVE_COST, Money(Decimal(1), "RUB"))


def test_a_manager_gives_what_they_have_and_no_more(clients: Clients) -> None:
    at, manager = clients.cast.at, clients.actor(clients.manager)
    shop = Terms(scope=ScopeKind.SITES, sites=(clients.north_shop,), powers=BASIC)
    grant_authority(clients.seller, shop, by=manager, at=at)
    too_far = Terms(scope=ScopeKind.SITES, sites=(clients.south_shop,), powers=BASIC)
    too_wide = Terms(scope=ScopeKind.COMPANY, powers=BASIC)
    too_mighty = Terms(scope=ScopeKind.OWN, powers=BASIC | {Power.BUY})
    too_much = Terms(
        scope=ScopeKind.OWN,
        powers=frozenset({Power.APPROVE_COST}),
        approves_to=Money(Decimal(20_001), "RUB"),
    )
    unlimited = Terms(scope=ScopeKind.OWN, powers=frozenset({Power.APPROVE_COST}))
    told_prices = Terms(scope=ScopeKind.OWN, told=frozenset({Topic.PRICES}))
    for terms in (too_far, too_wide, too_mighty, too_much, unlimited, told_prices):
        with pytest.raises(NotEntitled):
            grant_authority(clients.seller, terms, by=manager, at=at)
    with pytest.raises(NotEntitled):
        grant_authority(clients.manager, shop, by=manager, at=at)
    with pytest.raises(NotEntitled):
        grant_authority(clients.owner, Terms(scope=ScopeKind.OWN), by=manager, at=at)


def test_a_manager_takes_nothing_from_who_stands_above(clients: Clients) -> None:
    at, manager = clients.cast.at, clients.actor(clients.manager)
    whole = Authority.objects.get(contact=clients.director)
    with pytest.raises(NotEntitled):
        withdraw_authority(whole, by=manager, at=at + timedelta(hours=1))
    mine = Authority.objects.get(contact=clients.manager)
    with pytest.raises(NotEntitled):
        change_authority(mine, Terms(scope=ScopeKind.OWN), by=manager, at=at)


def test_operators_without_the_right_give_nothing(clients: Clients) -> None:
    olga = clients.cast.actor(clients.cast.olga)
    with pytest.raises(NotEntitled):
        grant_authority(clients.seller, Terms(scope=ScopeKind.COMPANY), by=olga, at=clients.cast.at)


def test_who_may_approve_is_asked_from_the_nearest_on(clients: Clients) -> None:
    place = place_of(company_id=clients.chain.pk, site_id=clients.north_shop.pk)
    at = clients.cast.at
    small, large = Money(Decimal(20_000), "RUB"), Money(Decimal("20000.01"), "RUB")
    manager, director = clients.manager.pk, clients.director.pk
    assert who_may(Power.APPROVE_COST, place, at=at, amount=small) == ((manager,), (director,))
    assert who_may(Power.APPROVE_COST, place, at=at, amount=large) == ((director,),)
    southern = place_of(company_id=clients.chain.pk, site_id=clients.south_shop.pk)
    assert who_may(Power.APPROVE_COST, southern, at=at, amount=small) == ((director,),)


def test_what_ended_allows_nothing_and_is_kept(clients: Clients) -> None:
    at = clients.cast.at
    later = at + timedelta(days=1)
    row = Authority.objects.get(contact=clients.manager)
    withdraw_authority(row, by=SYSTEM, at=later)
    assert Authority.objects.get(pk=row.pk).until == later
    place = place_of(company_id=clients.chain.pk, site_id=clients.north_shop.pk)
    assert who_may(Power.APPROVE_COST, place, at=later) == ((clients.director.pk,),)
    end(clients.director, until=later.date(), by=SYSTEM, at=at)
    assert who_may(Power.APPROVE_COST, place, at=later) == ()


@override_settings(TIME_ZONE="Europe/Moscow")
def test_a_post_ends_with_the_day_where_the_desk_is(clients: Clients) -> None:
    day = clients.cast.at.date() + timedelta(days=2)
    end(clients.seller, until=day, by=SYSTEM, at=clients.cast.at)
    user = clients.user(clients.seller)
    midnight = datetime.combine(day, time(), tzinfo=ZoneInfo("Europe/Moscow")).astimezone(UTC)
    assert entering(user, at=midnight - timedelta(minutes=30)).companies == {clients.chain.pk}
    assert entering(user, at=midnight + timedelta(minutes=30)).companies == frozenset()


def test_nobody_is_invited_to_nothing_and_no_colleague_of_ours_is(clients: Clients) -> None:
    at, cast = clients.cast.at, clients.cast
    stranger = appoint(clients.chain, cast.anna.person, since=at.date(), by=SYSTEM, at=at)
    with pytest.raises(NothingAllowed):
        invite(stranger, by=SYSTEM, at=at)
    ours = appoint(clients.chain, cast.olga.person, since=at.date(), by=SYSTEM, at=at)
    grant_authority(ours, Terms(scope=ScopeKind.OWN), by=SYSTEM, at=at)
    with pytest.raises(AddressTaken):
        invite(ours, by=SYSTEM, at=at)


def test_a_manager_of_one_company_gets_no_link_to_who_speaks_for_another_too(
    clients: Clients,
) -> None:
    at, director = clients.cast.at, clients.actor(clients.director)
    seller = clients.seller
    other = appoint(clients.house, seller.person, since=at.date(), by=SYSTEM, at=at)
    later = Terms(scope=ScopeKind.OWN, since=at + timedelta(days=3))
    row = grant_authority(other, later, by=SYSTEM, at=at)
    with pytest.raises(NotEntitled):
        invite(seller, by=director, at=at)
    withdraw_authority(row, by=SYSTEM, at=at)
    assert invite(seller, by=director, at=at)


def test_a_manager_gets_no_link_to_an_account_in_use_or_closed(clients: Clients) -> None:
    at, director = clients.cast.at, clients.actor(clients.director)
    user = clients.user(clients.seller)
    with pytest.raises(HasPassword):
        invite(clients.seller, by=director, at=at)
    assert invite(clients.seller, by=SYSTEM, at=at)
    close_account(clients.seller.person)
    with pytest.raises(NotEntitled):
        invite(clients.seller, by=director, at=at)
    user.refresh_from_db()
    assert not user.is_active


def test_nobody_whose_data_was_erased_is_invited(clients: Clients) -> None:
    at, person = clients.cast.at, clients.seller.person
    person.name, person.erased_at = "", at
    person.save(update_fields=["name", "erased_at"])
    with pytest.raises(NotEntitled):
        invite(clients.seller, by=clients.actor(clients.director), at=at)


def test_a_deputy_for_a_week_gives_for_that_week(clients: Clients) -> None:
    at, week = clients.cast.at, clients.cast.at + timedelta(days=7)
    Authority.objects.filter(contact=clients.director).update(until=week)
    deputy = clients.actor(clients.director)
    for until in (None, week + timedelta(days=1)):
        too_long = Terms(scope=ScopeKind.COMPANY, until=until)
        with pytest.raises(OutlastsGiver):
            grant_authority(clients.seller, too_long, by=deputy, at=at)
    terms = Terms(scope=ScopeKind.COMPANY, until=week)
    assert grant_authority(clients.seller, terms, by=deputy, at=at).until == week


def test_whoever_ceases_to_speak_for_a_company_loses_what_they_had_open(
    clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[str] = []
    monkeypatch.setattr(revoking, "signal", closed.append)
    user, at = clients.user(clients.seller), clients.cast.at + timedelta(days=1)
    end_contact(clients.seller, until=at.date() + timedelta(days=1), by=SYSTEM, at=at)
    assert closed == []
    end_contact(clients.seller, until=at.date(), by=SYSTEM, at=at)
    assert closed == [f"revoke:user:{user.pk}"]
