"""
Applying: all steps to some tickets, whole for each of them or not at all.

Steps run as sets. Where one refuses a ticket, all is rolled back and run again without that ticket.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import actions
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.desk.steps.step import Step, require_rights
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.outcomes import whole_or_not
from ambidesk.support.tickets.restoring import Change
from ambidesk.support.tickets.snapshots import snapshot_many


class NotThere(Refusal):
    """The ticket is out of sight."""

    sentence = _("Ticket #%(number)s is not there any more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What changed on which ticket, and why others refused; both by ticket."""

    changes: Mapping[int, Change] = field(default_factory=dict)
    refused: Mapping[int, Refusal] = field(default_factory=dict)


def refusals_of(
    steps: Sequence[Step], numbers: Collection[int], *, by: Actor
) -> dict[int, Refusal]:
    """Lock the tickets; say with which the actor may not do the steps just now, and why."""
    try:
        require_rights(steps, by=by)
    except Refusal as lacking:
        return dict.fromkeys(numbers, lacking)
    rows = (
        Ticket.objects.visible_to(by)
        .select_for_update(of=("self",), no_key=True)
        .filter(pk__in=numbers)
    )
    seen = set(rows.order_by("pk").values_list("pk", flat=True))
    return {number: NotThere(number=number) for number in numbers if number not in seen}


@transaction.atomic
def apply_steps(
    steps: Sequence[Step], numbers: Collection[int], *, by: Actor, at: datetime
) -> Applied:
    """Do the steps, in their order, with each ticket of these, as far as the actor may just now."""
    refused = refusals_of(steps, numbers, by=by)
    allowed = set(numbers) - set(refused)
    before = snapshot_many(allowed)
    refused |= whole_or_not(allowed, lambda going: _run(steps, going, by=by, at=at))
    going = allowed - set(refused)
    after = snapshot_many(going)
    changes = {
        number: Change(number=number, before=before[number], after=after[number])
        for number in sorted(going)
    }
    return Applied(changes=changes, refused=refused)


def _run(
    steps: Sequence[Step], numbers: Collection[int], *, by: Actor, at: datetime
) -> dict[int, Refusal]:
    refused: dict[int, Refusal] = {}
    for step in steps:
        left = set(numbers) - set(refused)
        # Read anew: the step before has changed them.
        rows = Ticket.objects.select_related("requester_identity").in_bulk(sorted(left))
        try:
            refused |= actions.perform_many(
                step.action, step.parameters, subjects=rows, by=by, at=at
            )
        except Refusal as all_alike:
            refused |= dict.fromkeys(left, all_alike)
    return refused
