"""
Excusing: a person says that a breach costs nothing, and why.

The penalty stays as it was counted; what stands against it is a row of its own.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.charges.events import PenaltyExcused
from ambidesk.service.charges.models import Excusal, Penalty
from ambidesk.service.contracts.models import Contract
from ambidesk.service.contracts.rights import ContractRight


class AlreadyExcused(Refusal):
    """Somebody excused it before."""

    sentence = _("This was excused before.")


class NotCountedAnyMore(Refusal):
    """It was found meanwhile that nothing was broken, or another rule holds."""

    sentence = _("This penalty was counted anew meanwhile: look at it again.")


class ExcusedForNothing(InvalidInput):
    """A breach is excused with a reason."""

    sentence = _("Say why.")


@transaction.atomic
def excuse(penalty: Penalty, *, words: str, by: Actor, at: datetime) -> Excusal:
    """
    Let a breach cost nothing, by whichever clauses it is counted, now and when counted again.

    Raises:
        NotEntitled: the actor may not.
        ExcusedForNothing: without a reason.
        NotCountedAnyMore: the penalty is not there any more.
        AlreadyExcused: somebody did.
    """
    if not by.may(ContractRight.EXCUSE):
        raise NotEntitled
    if not words.strip():
        raise ExcusedForNothing(field="words")
    # Whoever counts holds the contract too.
    contract = Contract.objects.select_for_update(no_key=True).get(pk=penalty.contract_id)
    row = Penalty.objects.filter(pk=penalty.pk, contract=contract).first()
    if row is None:
        raise NotCountedAnyMore
    breach = {
        "contract": contract,
        "promise": row.promise_id,
        "goal": row.goal,
        "number": row.number,
    }
    if Excusal.objects.filter(**breach).exists():
        raise AlreadyExcused
    excusal = Excusal.objects.create(
        contract=contract,
        promise_id=row.promise_id,
        goal=row.goal,
        number=row.number,
        words=words.strip()[:300],
        by_id=by.user_id,
        at=at,
    )
    Penalty.objects.filter(**breach).update(excused=F("amount"))
    event = PenaltyExcused(contract_id=contract.pk, excusal_id=excusal.pk)
    journal.record(event, by=by, at=at)
    return excusal
