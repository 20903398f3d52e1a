"""
Granting: what a contact may within a scope begins, changes and ends; what they see changes at once.

A contact who manages colleagues gives no more than they have, and nothing to themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.period import EndsBeforeItBegins
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.events import (
    AuthorityChanged,
    AuthorityGranted,
    AuthorityWithdrawn,
)
from ambidesk.parties.authority.inviting import welcome
from ambidesk.parties.authority.models import Authority, SharedLogin
from ambidesk.parties.authority.overseeing import require_gift, require_over
from ambidesk.parties.authority.revoking import revoke
from ambidesk.parties.authority.rules.power import Power, Topic
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.authority.sharing import require_fit
from ambidesk.parties.companies.models import Contact, Department, Site, Territory


class NotOfTheCompany(InvalidInput):
    """A scope ends at its company."""

    sentence = _("This belongs to another company.")


class NothingChosen(InvalidInput):
    """A scope over nothing."""

    sentence = _("Choose at least one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an authority is to be; of sites, territories and department only what its scope has."""

    scope: ScopeKind
    sites: tuple[Site, ...] = ()
    territories: tuple[Territory, ...] = ()
    department: Department | None = None
    powers: frozenset[Power] = frozenset()
    told: frozenset[Topic] = frozenset()
    approves_to: Money | None = None
    buys_to: Money | None = None
    since: datetime | None = None
    until: datetime | None = None


@transaction.atomic
def grant_authority(contact: Contact, terms: Terms, *, by: Actor, at: datetime) -> Authority:
    """
    Let a contact act and see within a scope.

    Raises:
        NotEntitled: the actor may not give this, or not for so long.
        NotOfTheCompany, NothingChosen: the scope is none of the company's.
        EndsBeforeItBegins: the period is empty.
        OnlyInPerson, NeedsALimit: a department shares the login.
    """
    Contact.objects.select_for_update().get(pk=contact.pk)
    row = Authority(contact=contact, company_id=contact.company_id)
    _write(row, terms, by=by, at=at)
    ids = {"contact_id": contact.pk, "company_id": row.company_id, "authority_id": row.pk}
    journal.record(AuthorityGranted(**ids), by=by, at=at)
    welcome(contact, at=at)
    revoke([contact.person_id])
    return row


@transaction.atomic
def change_authority(authority: Authority, terms: Terms, *, by: Actor, at: datetime) -> Authority:
    """
    Make an authority another one from now on.

    Raises:
        NotEntitled: the actor may not give this, or not take what it was.
        NotOfTheCompany, NothingChosen: the scope is none of the company's.
        EndsBeforeItBegins: the period is empty.
        OnlyInPerson, NeedsALimit: a department shares the login.
    """
    row = _held(authority)
    require_over(row, by=by, at=at)
    _write(row, terms, by=by, at=at)
    ids = {"contact_id": row.contact_id, "company_id": row.company_id, "authority_id": row.pk}
    journal.record(AuthorityChanged(**ids), by=by, at=at)
    revoke([row.contact.person_id])
    return row


@transaction.atomic
def withdraw_authority(authority: Authority, *, by: Actor, at: datetime) -> None:
    """
    End an authority now; one that has not begun never was.

    Raises:
        NotEntitled: the actor may not take it.
    """
    row = _held(authority)
    require_over(row, by=by, at=at)
    ids = {"contact_id": row.contact_id, "company_id": row.company_id, "authority_id": row.pk}
    person = row.contact.person_id
    if row.since >= at:
        row.delete()
    elif row.until is None or row.until > at:
        row.until = at
        row.save(update_fields=["until"])
    journal.record(AuthorityWithdrawn(**ids), by=by, at=at)
    revoke([person])


def _held(authority: Authority) -> Authority:
    rows = Authority.objects.select_for_update(of=("self",)).with_scope()
    return rows.get(pk=authority.pk)


def _write(row: Authority, terms: Terms, *, by: Actor, at: datetime) -> None:
    _require_scope(terms, company=row.company_id)
    row.scope = terms.scope
    row.department = terms.department if terms.scope == ScopeKind.DEPARTMENT else None
    row.powers, row.told = sorted(terms.powers), sorted(terms.told)
    # Nothing at all is a limit, too.
    row.approves_to = None if terms.approves_to is None else terms.approves_to.amount
    row.buys_to = None if terms.buys_to is None else terms.buys_to.amount
    row.currency = _currency(terms)
    row.since, row.until = terms.since or row.since or at, terms.until
    if row.until and row.until <= row.since:
        raise EndsBeforeItBegins(field="until")
    if SharedLogin.objects.filter(contact=row.contact_id).exists():
        require_fit([row])
    row.save()
    row.sites.set(terms.sites if terms.scope == ScopeKind.SITES else ())
    row.territories.set(terms.territories if terms.scope == ScopeKind.TERRITORIES else ())
    # What is about to be given is looked at as it will stand.
    require_gift(Authority.objects.with_scope().get(pk=row.pk), by=by, at=at)


def _currency(terms: Terms) -> str:
    named = {each.currency for each in (terms.approves_to, terms.buys_to) if each is not None}
    if len(named) > 1:
        raise InvalidInput(field="buys_to")
    return named.pop() if named else "RUB"


def _require_scope(terms: Terms, *, company: int) -> None:
    parts: dict[ScopeKind, Sequence[Site | Territory | Department]] = {
        ScopeKind.SITES: terms.sites,
        ScopeKind.TERRITORIES: terms.territories,
        ScopeKind.DEPARTMENT: (terms.department,) if terms.department else (),
    }
    chosen = parts.get(terms.scope)
    if chosen is None:
        return
    if not chosen:
        raise NothingChosen(field=terms.scope.value)
    if any(each.company_id != company for each in chosen):
        raise NotOfTheCompany(field=terms.scope.value)
