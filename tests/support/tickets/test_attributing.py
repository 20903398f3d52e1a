"""A ticket is for a company and one of its sites, or for a private person."""

import pytest
from django.db import IntegrityError, transaction

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies import registering
from ambidesk.parties.companies.models import Company
from ambidesk.parties.companies.registering import Place, Profile
from ambidesk.support.tickets.attributing import ForeignSite, attribute
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def company_of(cast: Cast, name: str) -> Company:
    return registering.register(None, Profile(name=name), by=SYSTEM, at=cast.at)


def test_a_ticket_is_said_to_be_for_a_company_and_its_site(cast: Cast) -> None:
    chain = company_of(cast, "Chain")
    shop = registering.open_site(chain, Place(name="Shop"), by=SYSTEM, at=cast.at)
    ticket = attribute(cast.ticket(), company=chain, site=shop, by=SYSTEM, at=cast.at)
    assert (ticket.company, ticket.site) == (chain, shop)

    ticket = attribute(ticket, company=None, by=SYSTEM, at=cast.at)
    assert (ticket.company, ticket.site) == (None, None)


def test_a_ticket_is_never_at_a_site_of_another_company(cast: Cast) -> None:
    chain, other = company_of(cast, "Chain"), company_of(cast, "Other")
    shop = registering.open_site(other, Place(name="Shop"), by=SYSTEM, at=cast.at)
    ticket = cast.ticket()
    with pytest.raises(ForeignSite):
        attribute(ticket, company=chain, site=shop, by=SYSTEM, at=cast.at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(company=None, site=shop)
