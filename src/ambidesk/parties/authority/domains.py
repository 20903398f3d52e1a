"""
Domains: whoever writes from a trusted domain of a company may be of it, once it says so.

A domain by which anybody can have a mailbox says nothing of anybody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.events import DomainForgotten, DomainTrusted
from ambidesk.parties.authority.models import TrustedDomain
from ambidesk.parties.authority.rights import AuthorityRight
from ambidesk.parties.companies.models import Company, Contact
from ambidesk.parties.people.models import Person
from ambidesk.parties.people.normalising import NotAnAddress, normal_domain

PUBLIC: Final = frozenset(
    "aol.com bk.ru fastmail.com gmail.com gmx.de gmx.net googlemail.com hotmail.com icloud.com "
    "inbox.ru internet.ru list.ru live.com mail.com mail.ru me.com msn.com myrambler.ru "
    "narod.ru outlook.com proton.me protonmail.com qq.com rambler.ru ro.ru vk.com web.de "
    "xmail.ru ya.ru yahoo.com yandex.by yandex.com yandex.kz yandex.ru zoho.com 163.com".split()
)


class NotADomain(InvalidInput):
    """No mail comes from there."""

    sentence = _("This is no mail domain. Write it as example.org.")


class PublicDomain(InvalidInput):
    """Everybody may have a mailbox there."""

    sentence = _("Anybody can have a mailbox at %(name)s, so it cannot stand for a company.")


class DomainTaken(InvalidInput):
    """A domain speaks for one company."""

    sentence = _("%(name)s is a domain of another company already.")


@transaction.atomic
def trust_domain(company: Company, name: str, *, by: Actor, at: datetime) -> TrustedDomain:
    """
    Trust a mail domain of a company.

    Raises:
        NotEntitled: the actor may not.
        NotADomain, PublicDomain, DomainTaken: it cannot stand for the company.
    """
    _require(by)
    domain = _normal(name)
    if domain in PUBLIC:
        raise PublicDomain(field="name", name=domain)
    try:
        with transaction.atomic():
            row = TrustedDomain.objects.create(company=company, name=domain, since=at)
    except IntegrityError as known:
        raise DomainTaken(field="name", name=domain) from known
    journal.record(DomainTrusted(company_id=company.pk, domain_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def forget_domain(domain: TrustedDomain, *, by: Actor, at: datetime) -> None:
    """
    Trust a domain no longer; what is held already stays held.

    Raises:
        NotEntitled: the actor may not.
    """
    _require(by)
    told = DomainForgotten(company_id=domain.company_id, domain_id=domain.pk)
    domain.delete()
    journal.record(told, by=by, at=at)


def company_of(address: str) -> Company | None:
    """The company of whose trusted domain an address is."""
    known = TrustedDomain.objects.filter(name=_domain_of(address), company__archived_at=None)
    row = known.select_related("company").first()
    return row.company if row else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Whose domain somebody writes from, and whether they speak for that company."""

    company: Company
    speaks: bool


def writers_from(
    senders: Iterable[tuple[str, int]], *, at: datetime
) -> Mapping[tuple[str, int], Writer]:
    """
    Say which senders, as address and person, write from a trusted domain of a company.

    The same number of statements for one and for many.
    """
    asked = {(address, person): _domain_of(address) for address, person in senders}
    known = TrustedDomain.objects.filter(
        name__in=set(asked.values()), company__archived_at=None
    ).select_related("company")
    trusted = {row.name: row.company for row in known}
    found = {sender: trusted[name] for sender, name in asked.items() if name in trusted}
    if not found:
        return {}
    wholes = dict(
        Person.objects.filter(pk__in={person for _address, person in found}).values_list(
            "pk", "whole"
        )
    )
    speaking = Contact.objects.on(day_of(at)).filter(
        company__in={each.pk for each in found.values()},
        person__whole__in=set(wholes.values()),
    )
    known_pairs = set(speaking.values_list("company", "person__whole"))
    return {
        sender: Writer(company=company, speaks=(company.pk, wholes.get(sender[1])) in known_pairs)
        for sender, company in found.items()
    }


def _require(by: Actor) -> None:
    if not by.may(AuthorityRight.GRANT):
        raise NotEntitled


def _normal(name: str) -> str:
    try:
        return normal_domain(name)
    except NotAnAddress as wrong:
        raise NotADomain(field="name") from wrong


def _domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()
