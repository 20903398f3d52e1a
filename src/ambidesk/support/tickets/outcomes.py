"""Outcomes: what a verb did to many tickets at once, and which of them refused, each with why."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.support.tickets.models import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The tickets as they are now, in the order of their keys, and refusals by ticket."""

    done: tuple[Ticket, ...] = ()
    refused: Mapping[int, Refusal] = field(default_factory=dict)

    def single(self) -> Ticket:
        """
        Give the one ticket that was asked for.

        Raises:
            Refusal: its own, where it refused.
        """
        for refusal in self.refused.values():
            raise refusal
        return self.done[0]


class _Again(Exception):  # noqa: N818 carries what was refused out of a savepoint
    def __init__(self, refused: Mapping[int, Refusal]) -> None:
        super().__init__()
        self.refused = refused


def whole_or_not(
    numbers: Collection[int], run: Callable[[Collection[int]], Mapping[int, Refusal]]
) -> dict[int, Refusal]:
    """
    Run something with tickets, whole for each of them or not at all; say which of them refused.

    Where some refuse, all is rolled back and run again without these.
    """
    going, refused = set(numbers), dict[int, Refusal]()
    while going:
        try:
            _run_whole(run, going)
            break
        except _Again as again:
            refused |= again.refused
            going -= set(again.refused)
    return refused


@transaction.atomic
def _run_whole(
    run: Callable[[Collection[int]], Mapping[int, Refusal]], numbers: Collection[int]
) -> None:
    if refused := run(numbers):
        raise _Again(refused)
