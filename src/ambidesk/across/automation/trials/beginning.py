"""Beginning a trial, and stopping it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.across.automation.models import Rule, Trial, TrialState
from ambidesk.across.automation.rules.lasting import latest_start
from ambidesk.across.automation.saying import After, Said, kept_said, written_said
from ambidesk.across.automation.sweeping import calendar_of
from ambidesk.ground.kernel import pumps
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.models.ticket import TicketQuerySet

LANE = "rule-trials"
LONGEST = timedelta(days=366)
KEPT = 20
# A promise may break so long after anything else happened to its ticket.
QUIET = timedelta(days=90)


class NoPeriod(InvalidInput):
    """There is no such past."""

    sentence = _("Choose a period that is past, of at most a year.")


class NotUnderWay(Refusal):
    """There is nothing to stop."""

    sentence = _("This is finished already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is tried, over which period; the rule is named where there is one already."""

    said: Said
    since: datetime
    until: datetime
    rule: Rule | None = None


@transaction.atomic
def begin_trial(asked: Asked, *, by: Actor, at: datetime) -> Trial:
    """
    Begin to try what a rule says on the past; it works in the background.

    Raises:
        NoPeriod: the period is none, not past, or too long.
        NotEntitled: nobody is there to whom the result could be shown.
    """
    if by.user_id is None:
        raise NotEntitled
    until = min(asked.until, at)
    if not asked.since < until or until - asked.since > LONGEST:
        raise NoPeriod(field="since")
    trial = Trial(
        rule=asked.rule,
        said=written_said(asked.said),
        since=asked.since,
        until=until,
        user_id=by.user_id,
        at=at,
        total=0,
    )
    trial.total = tickets_of(trial, by=by).count()
    trial.save()
    _forget(by.user_id)
    transaction.on_commit(lambda: pumps.wake(LANE))
    return trial


@transaction.atomic
def stop_trial(trial: Trial, *, at: datetime) -> Trial:  # noqa: ARG001 every verb is told when
    """
    Stop a trial; what is found so far stays.

    Raises:
        NotUnderWay: it is through.
    """
    row = Trial.objects.select_for_update().get(pk=trial.pk)
    if not row.is_working:
        raise NotUnderWay
    row.state = TrialState.STOPPED
    row.save(update_fields=["state"])
    return row


def tickets_of(trial: Trial, *, by: Actor) -> TicketQuerySet:
    """The tickets that a trial has to look at, as far as its maker sees them."""
    rows = Ticket.objects.visible_to(by)
    return rows.filter(opened_at__lt=trial.until, last_at__gte=_quiet_since(trial))


def _quiet_since(trial: Trial) -> datetime:
    when = kept_said(trial.said).when
    if isinstance(when, After):
        length = when.length.length
        return latest_start(trial.since, length, calendar=calendar_of(when)) - timedelta(minutes=1)
    told_late = {"warned", "breached"} & set(when.events)
    return trial.since - QUIET if told_late else trial.since


def _forget(user: int) -> None:
    """Keep the latest trials of a user; older ones say nothing any more."""
    old = Trial.objects.filter(user=user).exclude(state=TrialState.WORKING).order_by("-pk")
    Trial.objects.filter(pk__in=list(old.values_list("pk", flat=True)[KEPT:])).delete()
