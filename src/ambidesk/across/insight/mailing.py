"""
Mailing: a saved report goes by mail to its reader, or by a right to colleagues, until it is ended.

Who gets it has to see the report themselves; whoever lost that, or left, gets no more of it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.across.insight.events import ReportMailed, ReportMailEnded
from ambidesk.across.insight.giving_up import MAILS
from ambidesk.across.insight.models import Attached, ReportMail, ReportMailing, SavedReport
from ambidesk.across.insight.rights import InsightRight
from ambidesk.across.insight.rules.rhythm import Rhythm, next_turn
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import AboveLimit, InvalidInput, NotEntitled
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.granting import actor_of
from ambidesk.ground.reach.models import User

SALT = "ambidesk.reports.mail"
MOST_READERS = 100


class NotForOthers(NotEntitled):
    """Colleagues get mails by a right only."""

    sentence = _("You can have reports mailed to yourself only.")


class DoesNotSeeReport(InvalidInput):
    """It would tell them what they may not see, or nothing."""

    sentence = _(
        "%(name)s cannot see this report: that takes the right to see figures, and a team of theirs"
        " with which it is shared."
    )


class GetsItAlready(InvalidInput):
    """One mail of it is enough."""

    sentence = _("%(name)s gets this report already.")


class TooManyReaders(AboveLimit):
    """So many mails are a circular."""

    sentence = _("A report is mailed to %(most)s people at most.")


class EndsBeforeItBegins(InvalidInput):
    """No mail would ever go."""

    sentence = _("The last day lies before the first mail.")


class NotYourMail(NotEntitled):
    """Others' mails are theirs."""

    sentence = _(
        "Only %(name)s, who gets this report, who set it up or whose report it is can end that."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """When it goes, with which file, until which day."""

    rhythm: Rhythm
    attached: Attached = Attached.NONE
    ends_on: date | None = None


@transaction.atomic
def mail_report(
    report: SavedReport, readers: Sequence[User], *, terms: Terms, by: Actor, at: datetime
) -> list[ReportMailing]:
    """
    Let readers get a report from its next turn on; the actor themselves needs no further right.

    Raises:
        NotForOthers: the actor may not have it mailed to colleagues.
        DoesNotSeeReport: one of them cannot see it.
        GetsItAlready: one of them has it.
        TooManyReaders: there are enough.
        EndsBeforeItBegins: no mail would ever go.
    """
    report = SavedReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    _refuse(report, readers, by)
    first = next_turn(terms.rhythm, at)
    if terms.ends_on and terms.ends_on < first.astimezone(terms.rhythm.zone).date():
        raise EndsBeforeItBegins(field="ends_on")
    made = []
    for reader in readers:
        with _once(reader):
            made.append(_made(report, reader, terms, first, by=by, at=at))
        journal.record(ReportMailed(report_id=report.pk, user_id=reader.pk), by=by, at=at)
    return made


@transaction.atomic
def end_mailing(mailing: ReportMailing, *, by: Actor, at: datetime) -> None:
    """
    Let somebody get a report no more; what waits to leave leaves no more either.

    Raises:
        NotYourMail: the actor is neither who gets it, nor set it up, nor owns the report.
    """
    rows = ReportMailing.objects.select_for_update(of=("self",)).select_related("report", "user")
    row = rows.filter(pk=mailing.pk).first()
    if row is None:
        # Whoever ended it a moment ago wanted the same.
        return
    theirs = {row.user_id, row.made_by_id, row.report.owner_id}
    if not by.is_trusted and by.user_id not in theirs:
        raise NotYourMail(name=row.user.name or row.user.email)
    journal.record(ReportMailEnded(report_id=row.report_id, user_id=row.user_id), by=by, at=at)
    MAILS.drop(row.mails.all())
    row.delete()


@transaction.atomic
def fall_silent(mail: ReportMail, *, at: datetime) -> None:
    """Send no mail about what its reader does not see; the list of mailings says since when."""
    ReportMailing.objects.filter(pk=mail.mailing_id, silent_since=None).update(silent_since=at)
    MAILS.drop(ReportMail.objects.filter(pk=mail.pk))


@transaction.atomic
def mark_sent(mail: ReportMail, *, at: datetime) -> None:
    """Note that a mail left, if it did: then its reader sees what it is about."""
    if ReportMail.objects.filter(pk=mail.pk).update(sent_at=at, leased_until=None):
        silent = ReportMailing.objects.filter(pk=mail.mailing_id, silent_since__isnull=False)
        silent.update(silent_since=None)


def sees_report(report: SavedReport, reader: User) -> bool:
    """Whether somebody sees it now: an open account, the right, and the report itself."""
    if not reader.is_active or reader.is_client:
        return False
    return SavedReport.objects.visible_to(actor_of(reader)).filter(pk=report.pk).exists()


def token_to_end(mailing: ReportMailing) -> str:
    """Write whom a link in a mail lets out of it; it opens nothing else, and lasts as the mail."""
    return signing.dumps(mailing.pk, salt=SALT)


def mailing_of(token: str) -> ReportMailing | None:
    """
    Say which mailing a link is of; None where it is ended by now.

    Raises:
        BadSignature: it is no link of ours.
    """
    rows = ReportMailing.objects.select_related("report", "user")
    return rows.filter(pk=signing.loads(token, salt=SALT)).first()


def _refuse(report: SavedReport, readers: Sequence[User], by: Actor) -> None:
    if any(each.pk != by.user_id for each in readers) and not by.may(InsightRight.MAIL):
        raise NotForOthers
    if report.mailings.count() + len(readers) > MOST_READERS:
        raise TooManyReaders(most=MOST_READERS)
    for each in readers:
        if not sees_report(report, each):
            raise DoesNotSeeReport(name=each.name or each.email, field="readers")


@contextmanager
def _once(reader: User) -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as taken:
        raise GetsItAlready(name=reader.name or reader.email, field="readers") from taken


def _made(
    report: SavedReport, reader: User, terms: Terms, first: datetime, *, by: Actor, at: datetime
) -> ReportMailing:
    rhythm = terms.rhythm
    return ReportMailing.objects.create(
        report=report,
        user=reader,
        made_by_id=by.user_id,
        every=rhythm.every,
        day=rhythm.day,
        clock=rhythm.clock,
        zone=rhythm.zone.key,
        attached=terms.attached,
        ends_on=terms.ends_on,
        next_at=first,
        made_at=at,
    )
