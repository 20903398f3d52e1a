"""Quarantine: what could not be taken in stands here with its reason, to be tried again or not."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal, problems
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.conversations.claiming import settle
from ambidesk.support.conversations.events import ItemDiscarded, ItemReplayed
from ambidesk.support.conversations.models import Channel, IntakeItem, IntakeState

PROBLEM: Final = "intake-quarantined"
SUBJECT: Final = "intake_item"


class NotInQuarantine(Refusal):
    """Somebody else was faster, or it never was there."""

    sentence = _("This message is not in quarantine any more.")


class AlreadyErased(Refusal):
    """There is nothing left to try."""

    sentence = _("The content of this message was erased. It can only be discarded.")


@transaction.atomic
def set_aside(items: Sequence[IntakeItem], reason: str, *, at: datetime) -> None:
    """Put leased items into quarantine and report each; `reason` is a word, not a sentence."""
    ours = settle(items, IntakeState.QUARANTINED, reason=reason)
    names = dict(
        Channel.objects.filter(pk__in={item.channel_id for item in items}).values_list("pk", "name")
    )
    for item in items:
        if item.pk in ours:
            facts = {"channel": names.get(item.channel_id, ""), "reason": reason}
            problems.report(PROBLEM, (SUBJECT, item.pk), at=at, facts=facts)


@transaction.atomic
def replay(item: IntakeItem, *, by: Actor, at: datetime) -> None:
    """
    Have an item tried again, as if it had just come.

    Raises:
        NotInQuarantine: it is not there any more.
        AlreadyErased: its content is gone.
    """
    item = _locked(item)
    if item.size_bytes and item.raw is not None and not item.raw:
        raise AlreadyErased
    IntakeItem.objects.filter(pk=item.pk).update(
        state=IntakeState.WAITING, attempts=0, leased_until=None, reason=""
    )
    problems.resolve(PROBLEM, (SUBJECT, item.pk), at=at)
    journal.record(ItemReplayed(item_id=item.pk), by=by, at=at)


@transaction.atomic
def discard(item: IntakeItem, *, by: Actor, at: datetime) -> None:
    """
    Decide that an item is not wanted; its content stays as it came.

    Raises:
        NotInQuarantine: it is not there any more.
    """
    item = _locked(item)
    IntakeItem.objects.filter(pk=item.pk).update(state=IntakeState.DISCARDED)
    problems.resolve(PROBLEM, (SUBJECT, item.pk), at=at)
    journal.record(ItemDiscarded(item_id=item.pk), by=by, at=at)


def _locked(item: IntakeItem) -> IntakeItem:
    found = (
        IntakeItem.objects.select_for_update()
        .filter(pk=item.pk, state=IntakeState.QUARANTINED)
        .first()
    )
    if found is None:
        raise NotInQuarantine
    return found
