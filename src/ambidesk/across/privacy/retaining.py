"""
Retaining: what is of no use any more goes by rule, a portion at a time, and never before a look.

Source: GDPR 5 (1) e, Federal Law 152-FZ 5 part 7 (no longer than its purpose needs).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dateutil.relativedelta import relativedelta
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ambidesk.across.privacy.erasing import erase
from ambidesk.across.privacy.events import RetentionChange, RetentionChanged
from ambidesk.across.privacy.models import Kept, RetentionRule
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.holding import held_since
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.joining import lock_joins
from ambidesk.parties.people.models import Identity, Person
from ambidesk.parties.staff.models import Member
from ambidesk.support.conversations.models import IntakeItem, IntakeState, Message
from ambidesk.support.conversations.raw import forget
from ambidesk.support.tickets.models import Ticket

PERSONS_AT_ONCE, ORIGINALS_AT_ONCE = 50, 500
MOST_COUNTED, SHOWN = 1000, 20
LONGEST = 240


class RuleThere(InvalidInput):
    """There is a rule for it."""

    sentence = _("There is a rule for this already: change that one.")


class OutOfReason(InvalidInput):
    """Nobody keeps so short or so long."""

    sentence = _("Give a time from 1 to 240 months.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a rule would take now; `is_more` where there are more than were counted."""

    number: int
    is_more: bool
    oldest: Sequence[Person | IntakeItem]


@transaction.atomic
def set_retention(
    rule: RetentionRule | None, kept: Kept, *, months: int, by: Actor, at: datetime
) -> RetentionRule:
    """
    Say for how long something is kept; a changed rule is off until somebody looked again.

    Raises:
        OutOfReason: so short or so long is nothing kept.
        RuleThere: another rule is about it.
    """
    if not 1 <= months <= LONGEST:
        raise OutOfReason(field="months")
    row = RetentionRule.objects.select_for_update().get(pk=rule.pk) if rule else RetentionRule()
    changes = (row.kept, row.months) != (kept, months)
    row.kept, row.months = kept, months
    row.is_on = row.is_on and not changes
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise RuleThere(field="kept") from taken
    return _changed(row, RetentionChange.SET, by=by, at=at)


@transaction.atomic
def switch_retention(rule: RetentionRule, *, on: bool, by: Actor, at: datetime) -> RetentionRule:
    """Let a rule take what is old, or no more."""
    row = RetentionRule.objects.select_for_update().get(pk=rule.pk)
    row.is_on = on
    row.save(update_fields=["is_on"])
    change = RetentionChange.SWITCHED_ON if on else RetentionChange.SWITCHED_OFF
    return _changed(row, change, by=by, at=at)


def outlook(rule: RetentionRule, *, at: datetime) -> Outlook:
    """Say what a rule would take now; nothing is taken."""
    rows: QuerySet[Person] | QuerySet[IntakeItem]
    rows = _forgotten(rule, at) if rule.kept == Kept.PERSONS else _originals(rule, at)
    found = rows.order_by("pk")[: MOST_COUNTED + 1].count()
    return Outlook(
        number=min(found, MOST_COUNTED),
        is_more=found > MOST_COUNTED,
        oldest=list(rows.order_by("pk")[:SHOWN]) if rule.kept == Kept.PERSONS else (),
    )


def retain_due(*, by: Actor, at: datetime) -> int:
    """Take a portion of what is old, rule by rule; say how much. Nothing goes after a restore."""
    if held_since() is not None:
        return 0
    return sum(_apply(rule, by=by, at=at) for rule in RetentionRule.objects.filter(is_on=True))


def _apply(rule: RetentionRule, *, by: Actor, at: datetime) -> int:
    if rule.kept == Kept.ORIGINALS:
        return _forget_originals(rule, at=at)
    numbers = list(
        _forgotten(rule, at).order_by("pk").values_list("pk", flat=True)[:PERSONS_AT_ONCE]
    )
    gone = sum(_erase_if_still(rule, number, by=by, at=at) for number in numbers)
    RetentionRule.objects.filter(pk=rule.pk).update(applied_times=F("applied_times") + gone)
    return gone


def _erase_if_still(rule: RetentionRule, number: int, *, by: Actor, at: datetime) -> int:
    """Erase a person unless they were heard of since they were chosen."""
    with transaction.atomic():
        lock_joins()
        locked = Person.objects.select_for_update(no_key=True).filter(pk=number)
        if not locked.exists() or not _forgotten(rule, at).filter(pk=number).exists():
            return 0
        erase(Person.objects.get(pk=number), by=by, at=at)
    return 1


def _forget_originals(rule: RetentionRule, *, at: datetime) -> int:
    with transaction.atomic():
        row = RetentionRule.objects.select_for_update().get(pk=rule.pk)
        numbers = list(
            _originals(row, at).order_by("pk").values_list("pk", flat=True)[:ORIGINALS_AT_ONCE]
        )
        if not numbers:
            return 0
        row.reached, row.applied_times = numbers[-1], row.applied_times + len(numbers)
        row.save(update_fields=["reached", "applied_times"])
        # Files go last: what is rolled back must not have lost them.
        forget(numbers)
    return len(numbers)


def _forgotten(rule: RetentionRule, at: datetime) -> QuerySet[Person]:
    """Persons, with all they are one with: none works here, has anything open, or was heard of."""
    since = at - relativedelta(months=rule.months)
    whole = OuterRef("whole")
    theirs = Ticket.objects.filter(requester__whole=whole)
    lately = theirs.filter(Q(last_at__gte=since) | Q(pk__in=Ticket.objects.active().values("pk")))
    newer = Person.objects.filter(whole=whole, first_at__gte=since)
    works_here = Member.objects.filter(person__whole=whole)
    known = Person.objects.known().filter(first_at__lt=since)
    for needed in (lately, newer, works_here, _spoken(since)):
        known = known.exclude(Exists(needed))
    return known


def _spoken(since: datetime) -> QuerySet[Identity]:
    """Addresses of the whole by which something was said or heard since, or on an open ticket."""
    said = Message.objects.filter(
        Q(sender=OuterRef("pk")) | Q(deliveries__recipient=OuterRef("pk"))
    ).filter(
        Q(recorded_at__gte=since) | Q(filings__ticket__in=Ticket.objects.active().values("pk"))
    )
    return Identity.objects.filter(person__whole=OuterRef("whole")).filter(Exists(said))


def _originals(rule: RetentionRule, at: datetime) -> QuerySet[IntakeItem]:
    """Originals of what was taken in; what waits or was set aside is not touched."""
    since = at - relativedelta(months=rule.months)
    rows = IntakeItem.objects.filter(pk__gt=rule.reached, received_at__lt=since)
    return rows.filter(state=IntakeState.DONE)


def _changed(
    row: RetentionRule, change: RetentionChange, *, by: Actor, at: datetime
) -> RetentionRule:
    event = RetentionChanged(rule_id=row.pk, change=change, months=row.months)
    journal.record(event, by=by, at=at)
    return row
