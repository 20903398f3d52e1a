"""Surveying: surveys are set up, changed and taken out of use; the narrowest that fits asks."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.archiving import turn
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.relation.feedback.events import SurveySetUp
from ambidesk.relation.feedback.models import Occasion, Survey
from ambidesk.relation.feedback.rules.scales import SurveyKind
from ambidesk.support.conversations.models import Channel
from ambidesk.support.tickets.models import Ticket


class SurveyNameTaken(InvalidInput):
    """There is one of this name."""

    sentence = _("There is a survey with this name already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a survey asks of whom and when; empty brand, team and channel mean all of them."""

    name: str
    kind: SurveyKind = SurveyKind.CSAT
    occasion: Occasion = Occasion.CLOSING
    brand: Brand | None = None
    team: Team | None = None
    channel: Channel | None = None
    question: str = ""
    ask_after: timedelta = timedelta(hours=1)
    quiet_for: timedelta = timedelta(days=14)
    open_for: timedelta = timedelta(days=30)
    change_for: timedelta = timedelta(days=7)
    every: timedelta = timedelta(days=90)
    active_within: timedelta = timedelta(days=180)
    least_tickets: int = 1
    most_a_day: int = 200


@transaction.atomic
def set_up_survey(survey: Survey | None, asking: Asking, *, by: Actor, at: datetime) -> Survey:
    """
    Set up a survey, or change the one given.

    Raises:
        SurveyNameTaken: another one has the name.
    """
    row = Survey.objects.select_for_update().get(pk=survey.pk) if survey else Survey()
    for each in fields(asking):
        setattr(row, each.name, getattr(asking, each.name))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise SurveyNameTaken(field="name") from taken
    journal.record(SurveySetUp(survey_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def archive_survey(survey: Survey, *, by: Actor, at: datetime) -> None:
    """Take a survey out of use, or into use again when it was out."""
    row = turn(survey, at=at)
    journal.record(SurveySetUp(survey_id=row.pk), by=by, at=at)


def survey_for(ticket: Ticket, among: Iterable[Survey] | None = None) -> Survey | None:
    """The narrowest survey in use that fits the ticket; of two alike the older one."""
    rows = list(in_use()) if among is None else among
    fitting = [row for row in rows if _fits(row, ticket)]
    return min(fitting, key=lambda row: (-row.narrowness, row.pk), default=None)


def in_use() -> Iterable[Survey]:
    """The surveys that ask after closing."""
    rows = Survey.objects.filter(archived_at=None, occasion=Occasion.CLOSING)
    return rows.order_by("pk")


def _fits(survey: Survey, ticket: Ticket) -> bool:
    return (
        survey.brand_id in {None, ticket.brand_id}
        and survey.team_id in {None, ticket.team_id}
        and survey.channel_id in {None, ticket.channel_id}
    )
