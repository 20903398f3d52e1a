"""Tallying: how many a survey asked, who answered and with what, whom it spared and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from ambidesk.relation.feedback.models import Invitation, InvitationState, Rating, Spared, Survey
from ambidesk.relation.feedback.results import Result, told
from ambidesk.support.tickets.models import TicketQuerySet

WORDS_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a survey on some tickets; `marks` counts each mark that was given."""

    planned: int
    asked: int
    marks: Mapping[int, int]
    spared: Mapping[Spared, int]
    words: tuple[Result, ...]

    @property
    def answered(self) -> int:
        """How many answered."""
        return sum(self.marks.values())


def outcome_of(survey: Survey, *, among: TicketQuerySet) -> Outcome:
    """Count what came of a survey; tickets that are not among those given count for nothing."""
    rows = Invitation.objects.filter(survey=survey, ticket__in=among)
    counted = rows.aggregate(
        planned=Count("pk", filter=Q(state=InvitationState.PLANNED)),
        asked=Count("pk", filter=Q(state=InvitationState.OFFERED)),
    )
    ratings = Rating.objects.filter(invitation__survey=survey, invitation__ticket__in=among)
    marks = ratings.order_by("score").values_list("score").annotate(number=Count("pk"))
    spared = rows.filter(state=InvitationState.SPARED).order_by("spared").values_list("spared")
    said = ratings.exclude(comment="").order_by("-changed_at")[:WORDS_SHOWN]
    return Outcome(
        planned=counted["planned"],
        asked=counted["asked"],
        marks=dict(marks),
        spared={Spared(why): number for why, number in spared.annotate(number=Count("pk"))},
        words=tuple(told(said)),
    )
