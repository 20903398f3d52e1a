"""Questions about what a contact sees: kept ones, and those that are asked anew."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.branches import visible
from ambidesk.parties.authority.asking import asked_by
from ambidesk.parties.companies.models import Company, Site
from ambidesk.support.approvals.models import Approval
from ambidesk.support.tickets.models import Ticket

MODELS = (Ticket, Site, Company, Approval)


def rows_of(model: type[Any], actor: Actor) -> "QuerySet[Any, Any]":
    """What an actor sees, asked anew."""
    return visible(model.objects.order_by("pk"), actor).values_list("pk", flat=True)


def asked(model: type[Any], actor: Actor) -> list[int]:
    """What an actor sees, by a question that is kept."""

    def make(actor: Actor, _slots: Mapping[str, Any]) -> "QuerySet[Any, Any]":
        return rows_of(model, actor)

    return asked_by(actor, ("test", model), make=make)
