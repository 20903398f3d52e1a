"""Saving reports: a question under a name, one's own or shared with a team of one's own."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.across.insight.events import ReportDropped, ReportSaved
from ambidesk.across.insight.giving_up import MAILS
from ambidesk.across.insight.models import ReportMail, SavedReport
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import AboveLimit, InvalidInput, NotEntitled
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.models import User
from ambidesk.parties.staff.models import Team

MOST_REPORTS, LONGEST = 50, 5_000


class ReportNeedsName(InvalidInput):
    """It has no name."""

    sentence = _("Give the report a name.")


class ReportNameTaken(InvalidInput):
    """The owner has one of this name."""

    sentence = _("You have a report of this name already.")


class NotYourTeam(NotEntitled):
    """Reports are shared with own teams only."""

    sentence = _("You can share a report with your own teams only.")


class NotYourReport(NotEntitled):
    """Reports belong to who saved them."""

    sentence = _("Only %(name)s, who saved this report, can drop it.")


class TooManyReports(AboveLimit):
    """Nobody finds anything among so many."""

    sentence = _("You have %(most)s reports, which is as many as there can be. Drop one first.")


@transaction.atomic
def save_report(
    name: str, asked: str, *, team: Team | None = None, by: Actor, at: datetime
) -> SavedReport:
    """
    Save a report of the actor's own, for themselves or for a team of theirs.

    Raises:
        TooManyReports: there are enough.
        ReportNeedsName, ReportNameTaken, NotYourTeam: it cannot be saved so.
    """
    owner = User.objects.select_for_update().get(pk=by.user_id or 0)
    if SavedReport.objects.filter(owner=owner).count() >= MOST_REPORTS:
        raise TooManyReports(most=MOST_REPORTS)
    words = " ".join(name.split())
    if not words:
        raise ReportNeedsName(field="name")
    if team and not team.memberships.filter(member__user=owner).exists():
        raise NotYourTeam(field="team")
    row = SavedReport(owner=owner, team=team, name=words[:80], asked=asked[:LONGEST], made_at=at)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise ReportNameTaken(field="name") from taken
    journal.record(ReportSaved(report_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def drop_report(report: SavedReport, *, by: Actor, at: datetime) -> None:
    """
    Drop a report.

    Raises:
        NotYourReport: somebody else saved it.
    """
    rows = SavedReport.objects.select_for_update(of=("self",)).select_related("owner")
    row = rows.get(pk=report.pk)
    if row.owner_id != by.user_id:
        raise NotYourReport(name=row.owner.name or row.owner.email)
    journal.record(ReportDropped(report_id=row.pk), by=by, at=at)
    MAILS.drop(ReportMail.objects.filter(mailing__report=row))
    row.delete()
