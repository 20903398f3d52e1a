"""Watching: contracts whose end comes near are told of, in steps; some go on by themselves."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.problems import report
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.contracts.activating import (
    ENDS,
    NOT_RENEWED,
    SUBJECT,
    AlreadyRenewed,
    renew,
)
from ambidesk.service.contracts.events import ContractEnds
from ambidesk.service.contracts.models import Contract


def watch_due(*, by: Actor, on: date, at: datetime) -> int:
    """Warn of ends that come near and renew what renews itself; say how many it concerned."""
    rows = Contract.objects.filter(
        activated_at__isnull=False, until_on__isnull=False, until_on__gt=on, termination=None
    )
    concerned = 0
    for contract in rows.order_by("until_on", "pk"):
        left = (contract.until_on - on).days if contract.until_on else 0
        if contract.renews_months and left <= max(contract.notice_days, 1):
            concerned += _renew(contract, by=by, at=at)
        elif (step := _step(contract.warn_days, left)) is not None:
            concerned += _warn(contract, step, left, by=by, at=at)
    return concerned


def _step(steps: Sequence[int], left: int) -> int | None:
    """Give the smallest step that was reached."""
    return min((each for each in steps if left <= each), default=None)


@transaction.atomic
def _warn(contract: Contract, step: int, left: int, *, by: Actor, at: datetime) -> bool:
    # Compared and set in one: two sweepers warn once.
    told = Contract.objects.filter(pk=contract.pk).exclude(warned_days__lte=step)
    if not told.update(warned_days=step):
        return False
    journal.record(ContractEnds(contract_id=contract.pk, days=left), by=by, at=at)
    report(ENDS, (SUBJECT, contract.pk), at=at, facts={"days": left})
    return True


def _renew(contract: Contract, *, by: Actor, at: datetime) -> bool:
    try:
        renew(contract, months=contract.renews_months, ends_on=contract.until_on, by=by, at=at)
    except AlreadyRenewed:
        # Somebody was quicker.
        return False
    except Refusal as refusal:
        report(NOT_RENEWED, (SUBJECT, contract.pk), at=at, facts={"why": refusal.code})
        return False
    return True
