"""Engaging: a company is called in, on other terms, or no more; what it has in hand it keeps."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Company
from ambidesk.parties.people.normalising import normal_email
from ambidesk.parties.staff.models import Skill
from ambidesk.service.contractors.events import ContractorDismissed, ContractorEngaged
from ambidesk.service.contractors.models import Contractor
from ambidesk.service.sla.models import ServiceCalendar

LONGEST = timedelta(days=365)


class NoTime(InvalidInput):
    """Nobody can be late, or in time, by this."""

    sentence = _("Give a time between a minute and a year.")


class NoRate(InvalidInput):
    """Nobody is paid this."""

    sentence = _("An hour costs nothing or more.")


class NotServed(InvalidInput):
    """Nothing is done with an archived company."""

    sentence = _("This company is archived.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is agreed; `work_for` and `margin` are of the calendar's time and of all time."""

    work_for: timedelta
    margin: timedelta
    calendar: ServiceCalendar | None = None
    area: str = ""
    email: str = ""
    rate: Decimal | None = None
    currency: str = "RUB"
    skills: tuple[Skill, ...] = ()


@transaction.atomic
def engage(company: Company, terms: Terms, *, by: Actor, at: datetime) -> Contractor:
    """
    Call a company in from now on, or on other terms.

    Raises:
        NotServed: it is archived.
        NoTime, NoRate, NoCurrency: they cannot have been agreed.
        NotAnAddress: the mail address is none.
    """
    company = Company.objects.select_for_update().get(pk=company.pk)
    if company.archived_at:
        raise NotServed(field="company")
    _require_sense(terms)
    row = Contractor.objects.select_for_update(of=("self",)).filter(company=company).first()
    row = row or Contractor(company=company, engaged_at=at)
    for each in fields(terms):
        if each.name != "skills":
            setattr(row, each.name, getattr(terms, each.name))
    row.email = normal_email(terms.email) if terms.email.strip() else ""
    row.area, row.dismissed_at = terms.area.strip()[:300], None
    row.save()
    row.skills.set(terms.skills)
    told = ContractorEngaged(company_id=company.pk, contractor_id=row.pk)
    journal.record(told, by=by, at=at)
    return row


@transaction.atomic
def dismiss(contractor: Contractor, *, by: Actor, at: datetime) -> None:
    """Call a company in no more; twice is once."""
    rows = Contractor.objects.filter(pk=contractor.pk, dismissed_at=None)
    if rows.update(dismissed_at=at):
        told = ContractorDismissed(company_id=contractor.company_id, contractor_id=contractor.pk)
        journal.record(told, by=by, at=at)


def called_in() -> Sequence[Contractor]:
    """The contractors to whom a process can hand something over, by name."""
    return tuple(Contractor.objects.engaged().select_related("company"))


def _require_sense(terms: Terms) -> None:
    for name in ("work_for", "margin"):
        if not timedelta(minutes=1) <= getattr(terms, name) <= LONGEST:
            raise NoTime(field=name)
    if terms.rate is not None:
        if not (terms.rate.is_finite() and 0 <= terms.rate < Decimal(10) ** 9):
            raise NoRate(field="rate")
        Money(terms.rate, terms.currency)
