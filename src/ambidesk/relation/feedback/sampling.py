"""
Sampling: periodic surveys choose whom to ask, a portion at a time, and plan their questions.

Nobody is chosen who waits for us, was asked within the survey's rest, or does not want to be asked.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from ambidesk.ground.kernel.holding import held_since
from ambidesk.relation.feedback.models import (
    Invitation,
    InvitationState,
    Occasion,
    Survey,
    SurveyRefusal,
)
from ambidesk.relation.feedback.rules.pacing import is_time_to_ask, portion
from ambidesk.relation.feedback.tokens import fresh_nonce
from ambidesk.support.tickets.models import State, Ticket, TicketQuerySet

AT_ONCE: Final = 50
# Whoever could not be asked is looked at again after this.
SPARED_FOR: Final = timedelta(days=7)
ENDED: Final = (State.SOLVED, State.CLOSED)


def sample_due(*, at: datetime) -> int:
    """Plan a portion of each periodic survey; say how many were planned."""
    if held_since() is not None:
        return 0
    surveys = Survey.objects.filter(occasion=Occasion.PERIODIC, archived_at=None)
    asking = surveys.select_related("brand").order_by("pk")
    return sum(_sample(each.pk, at=at) for each in asking if is_time_to_ask(at, zone=each.clock))


def candidates(survey: Survey, *, at: datetime) -> TicketQuerySet:
    """The last ticket of everybody who would be asked now, if the day had room for all."""
    rows = Ticket.objects.filter(
        _place(survey),
        solved_at__gt=at - survey.active_within,
        state__in=ENDED,
        merged_into=None,
        suspended=False,
        requester__erased_at=None,
    )
    person = OuterRef("requester")
    waiting = Ticket.objects.active().filter(requester=person, brand=OuterRef("brand"))
    refused = SurveyRefusal.objects.filter(
        person__whole=OuterRef("requester__whole"), brand=OuterRef("brand")
    )
    fitting = (
        rows.exclude(Exists(waiting))
        .exclude(Exists(refused))
        .exclude(Exists(_asked(survey, at).filter(person=person)))
    )
    if survey.least_tickets > 1:
        theirs = Ticket.objects.filter(
            _place(survey), requester=person, merged_into=None, suspended=False
        )
        count = theirs.order_by().values("requester").annotate(n=Count("pk")).values("n")
        fitting = fitting.annotate(had=Subquery(count)).filter(had__gte=survey.least_tickets)
    last = fitting.order_by("requester", "-solved_at", "-pk").distinct("requester")
    return Ticket.objects.filter(pk__in=last.values("pk"))


@transaction.atomic
def _sample(number: int, *, at: datetime) -> int:
    survey = Survey.objects.select_for_update(skip_locked=True).filter(pk=number).first()
    if survey is None or survey.archived_at:
        return 0
    start = timezone.localtime(at, survey.clock).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Invitation.objects.filter(survey=survey, is_periodic=True, due_at__gte=start).count()
    room = portion(most_a_day=survey.most_a_day, asked_today=today, at_once=AT_ONCE)
    # By chance: else whoever came first would be asked first in every round.
    chosen = candidates(survey, at=at).order_by("?")[:room] if room else ()
    rows = [
        Invitation(
            survey=survey,
            ticket=ticket,
            person_id=ticket.requester_id,
            is_periodic=True,
            solved_at=ticket.solved_at or at,
            due_at=at,
            nonce=fresh_nonce(),
        )
        for ticket in chosen
    ]
    Invitation.objects.bulk_create(rows)
    return len(rows)


def _place(survey: Survey) -> Q:
    wanted = {"brand": survey.brand_id, "team": survey.team_id, "channel": survey.channel_id}
    return Q(**{column: number for column, number in wanted.items() if number})


def _asked(survey: Survey, at: datetime) -> QuerySet[Invitation]:
    """What was asked too short a time ago, or could not be asked, or is about to be."""
    own = Q(survey=survey, is_periodic=True)
    lately = Q(offered_at__gt=at - survey.quiet_for)
    by_this = own & Q(offered_at__gt=at - survey.every)
    in_vain = own & Q(state=InvitationState.SPARED, due_at__gt=at - SPARED_FOR)
    planned = Q(state=InvitationState.PLANNED)
    return Invitation.objects.filter(lately | by_this | in_vain | planned)
