"""Agreed: what a ticket's contract promises, by its line, kind, priority and class of asset."""

from django.db.models import Max

from ambidesk.service.contracts.reading import promises_of
from ambidesk.service.contracts.rules.promising import Asked, promise_for
from ambidesk.service.sla.models import Policy, ServiceCalendar
from ambidesk.support.tickets.models import Ticket

# Newest versions by a policy and the calendar that takes the place of its own.
Known = dict[tuple[int, int | None], tuple[int, int]]
# What is read with a ticket for this.
BESIDE = ("coverage__line__version", "asset__model")


def by_contract(ticket: Ticket, known: Known) -> tuple[int, int] | None:
    """
    Give the versions of policy and calendar that its contract names; None without any.

    `known` keeps what was asked, for the tickets of one batch.
    """
    line = ticket.coverage.line if ticket.coverage else None
    if line is None or line.version.activated_at is None:
        return None
    asked = Asked(
        line=line.pk,
        service=ticket.request_type_id,
        priority=ticket.priority,
        classes=(ticket.asset.model.asset_class_id,) if ticket.asset else (),
    )
    chosen = promise_for(promises_of(line.version_id, line.version.activated_at), asked)
    if chosen is None:
        return None
    key = (chosen.policy, chosen.calendar)
    if key not in known:
        known[key] = _newest(*key)
    return known[key]


def _newest(wanted: int, chosen: int | None) -> tuple[int, int]:
    policy = Policy.objects.annotate(newest=Max("versions")).get(pk=wanted)
    calendar = chosen or policy.calendar_id
    hours = ServiceCalendar.objects.annotate(newest=Max("versions")).get(pk=calendar)
    return vars(policy)["newest"], vars(hours)["newest"]
