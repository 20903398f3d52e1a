"""
Giving up: what an outbox could not send after all tries stands under Problems.

From there it is tried again or forgotten by somebody who saw it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from ambidesk.ground.kernel import outbox, problems
from ambidesk.ground.kernel.journal import Acting
from ambidesk.ground.kernel.models import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """The rows of one outbox: what their problem and its subject are called, how often is tried."""

    rows: type[Model]
    problem: str
    subject: str
    tries: int

    @transaction.atomic
    def put_off(self, row: Any, *, at: datetime) -> None:
        """Try again later, and at last leave it to somebody who looks at the problem."""
        outbox.put_off(row, attempts=row.attempts, tries=self.tries, at=at)
        if self._given_up(row.pk).exists():
            problems.report(self.problem, (self.subject, row.pk), at=at)

    @transaction.atomic
    def try_again(self, number: int, *, at: datetime) -> None:
        """Have what was given up sent once more."""
        again = {"given_up_at": None, "attempts": 0, "due_at": at, "leased_until": None}
        self._given_up(number).update(**again)
        problems.resolve(self.problem, (self.subject, number), at=at)

    @transaction.atomic
    def forget(self, problem: Problem, *, by: Acting, at: datetime) -> None:
        """
        Forget what was given up.

        Raises:
            ProblemOver: somebody was faster.
        """
        problems.settle(problem.pk, by=by, at=at)
        self._given_up(problem.subject_id).delete()

    def drop(self, rows: QuerySet[Any]) -> None:
        """Send these no more, whatever became of them until now."""
        numbers = list(rows.values_list("pk", flat=True))
        standing = Problem.objects.filter(kind=self.problem, subject_kind=self.subject)
        standing.filter(subject_id__in=numbers).delete()
        self._every().filter(pk__in=numbers).delete()

    def _given_up(self, number: int) -> QuerySet[Any]:
        given_up: QuerySet[Any] = self._every().filter(pk=number, given_up_at__isnull=False)
        return given_up

    def _every(self) -> Any:
        return self.rows._default_manager  # noqa: SLF001 Django's public name
