"""Rights over tickets."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class TicketRight(StrEnum):
    """What can be granted here."""

    SEE = "tickets.see"
    ANSWER = "tickets.answer"
    WORK = "tickets.work"
    REGROUP = "tickets.regroup"


TICKET_RIGHTS = RightGroup(
    title=_("Tickets"),
    rights=(
        (TicketRight.SEE.value, _("See tickets of the brands that own teams serve")),
        (TicketRight.ANSWER.value, _("Answer tickets")),
        (TicketRight.WORK.value, _("Assign, note, tag, snooze, solve, close and open tickets")),
        (TicketRight.REGROUP.value, _("Merge, split, move and link tickets")),
    ),
)
