"""
Giving up: a mail of a report that did not leave after all tries stands under Problems.

From there it is tried again or forgotten; it goes from there with its mailing.
"""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from ambidesk.across.insight.models import ReportMail
from ambidesk.ground.kernel import outbox, problems
from ambidesk.ground.kernel.journal import Acting
from ambidesk.ground.kernel.models import Problem

TRIES: Final = 8
PROBLEM: Final = "report-unsent"
SUBJECT: Final = "report_mail"


@transaction.atomic
def put_off(mail: ReportMail, *, at: datetime) -> None:
    """Try again later, and at last leave it to somebody who looks at the problem."""
    outbox.put_off(mail, attempts=mail.attempts, tries=TRIES, at=at)
    if _given_up(mail.pk).exists():
        problems.report(PROBLEM, (SUBJECT, mail.pk), at=at)


@transaction.atomic
def try_again(mail_id: int, *, at: datetime) -> None:
    """Have a mail that was given up sent once more."""
    _given_up(mail_id).update(given_up_at=None, attempts=0, due_at=at, leased_until=None)
    problems.resolve(PROBLEM, (SUBJECT, mail_id), at=at)


@transaction.atomic
def forget(problem: Problem, *, by: Acting, at: datetime) -> None:
    """
    Forget a mail that was given up.

    Raises:
        ProblemOver: somebody was faster.
    """
    problems.settle(problem.pk, by=by, at=at)
    _given_up(problem.subject_id).delete()


def drop(mails: QuerySet[ReportMail]) -> None:
    """Send these mails no more, whatever became of them until now."""
    numbers = list(mails.filter(sent_at=None).values_list("pk", flat=True))
    Problem.objects.filter(kind=PROBLEM, subject_kind=SUBJECT, subject_id__in=numbers).delete()
    ReportMail.objects.filter(pk__in=numbers).delete()


def _given_up(mail_id: int) -> QuerySet[ReportMail]:
    return ReportMail.objects.filter(pk=mail_id, given_up_at__isnull=False)
