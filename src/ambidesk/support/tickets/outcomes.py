"""Outcomes: what a verb did to many tickets at once, and which of them refused, each with why."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
