"""Describing: what cards ask besides, and what is said there of a company, site or contact."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from ambidesk.ground.fields.filling import form_of, merged
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.form import Form
from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.events import CardArranged, CardFilled
from ambidesk.parties.companies.models import Card, CardOf, Company, Contact, Site

Described = Company | Site | Contact


@transaction.atomic
def arrange_card(
    of: CardOf,
    fields: Sequence[Definition],
    *,
    needed: Sequence[Definition] = (),
    by: Actor,
    at: datetime,
) -> Card:
    """
    Let the cards of a kind ask these fields, and those that have to say something.

    What was said in others stays kept.
    """
    Card.objects.get_or_create(of=of)
    row = Card.objects.select_for_update().get(of=of)
    row.fields.set([*fields, *needed])
    row.needed.set(needed)
    journal.record(CardArranged(card_id=row.pk), by=by, at=at)
    return row


def card_form(of: CardOf) -> Form:
    """Read what the cards of a kind ask."""
    return form_of(_of_cards(of, "fields"))


def card_to_fill(of: CardOf) -> Form:
    """Read what the cards of a kind ask, and what of it they need."""
    return form_of(_of_cards(of, "fields"), needed=_of_cards(of, "needed"))


@transaction.atomic
def amend_cards(
    changes: Sequence[tuple[Described, Mapping[str, Any]]], *, by: Actor, at: datetime
) -> None:
    """Put what is said of many over what is kept of them; None is said no more."""
    for row, told in sorted(changes, key=lambda each: each[0].pk):
        kept = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
        fill_card(kept, merged(kept.custom, told), by=by, at=at)


@transaction.atomic
def fill_card(row: Described, custom: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Keep what is said of a company, a site or a contact; it was checked before."""
    match row:
        case Company():
            kept: Described = Company.objects.select_for_update().get(pk=row.pk)
            of, company = CardOf.COMPANY, row.pk
        case Site():
            kept = Site.objects.select_for_update().get(pk=row.pk)
            of, company = CardOf.SITE, row.company_id
        case Contact():
            kept = Contact.objects.select_for_update().get(pk=row.pk)
            of, company = CardOf.CONTACT, row.company_id
    kept.custom = dict(custom)
    kept.save(update_fields=["custom"])
    journal.record(CardFilled(company_id=company, of=of, row_id=row.pk), by=by, at=at)


def _of_cards(of: CardOf, which: str) -> QuerySet[Definition]:
    return Definition.objects.filter(pk__in=Card.objects.filter(of=of).values(which))
