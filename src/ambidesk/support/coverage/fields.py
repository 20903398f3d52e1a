"""Fields of coverage that conditions over tickets may ask: what it is, by which contract."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import DateField, F, Func, IntegerField, Value
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.conditions.fields import (
    Choice,
    Derived,
    Field,
    Number,
    Option,
    Reference,
    options_from,
)
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.contracts.models import Contract, VerdictKind
from ambidesk.support.tickets.models import Ticket


def _contracts(actor: Actor) -> Iterable[Option]:
    rows = Contract.objects.visible_to(actor).select_related("company")
    return [Option(value=each.pk, label=f"{each.company} · {each.number}") for each in rows]


def _days_sql(at: datetime) -> Combinable:
    return Func(
        F("coverage__contract__until_on"),
        Value(day_of(at), output_field=DateField()),
        template="(%(expressions)s)",
        arg_joiner=" - ",
        output_field=IntegerField(),
    )


def _days(ticket: Ticket, at: datetime) -> int | None:
    contract = ticket.coverage.contract if ticket.coverage else None
    if contract is None or contract.until_on is None:
        return None
    return (contract.until_on - day_of(at)).days


FIELDS: tuple[Field, ...] = (
    Choice(
        name="coverage",
        label=_("Coverage"),
        path="coverage__verdict",
        options=options_from(VerdictKind.choices),
        nullable=True,
    ),
    Reference(
        name="contract",
        label=_("Contract"),
        path="coverage__contract_id",
        options=_contracts,
        nullable=True,
    ),
    Number(
        name="contract_days_left",
        label=_("Days until the contract ends"),
        derived=Derived(sql=_days_sql, read=_days),
        nullable=True,
    ),
    Number(
        name="package_used",
        label=_("Package used, %"),
        path="coverage__used_percent",
        nullable=True,
    ),
)


def covered() -> tuple[Field, ...]:
    """What coverage adds to the vocabulary of tickets."""
    return FIELDS
