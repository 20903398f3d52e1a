"""The order: how large a measurement shall be."""

from dataclasses import dataclass

FULL_TICKETS, FULL_MESSAGES = 1_000_000, 5_000_000
USUAL_TICKETS = 100_000
A_TICKET = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What was asked for; None leaves it to the measurement."""

    tickets: int | None = None
    messages: int | None = None
    clients: int | None = None
    seconds: int | None = None
    full: bool = False

    def sized(self) -> tuple[int, int]:
        """How many tickets and messages to generate."""
        usual = FULL_TICKETS if self.full else USUAL_TICKETS
        tickets = self.tickets or usual
        return tickets, max(self.messages or tickets * A_TICKET, tickets)
