"""Addresses of what was spent on a ticket."""

from ambidesk.edge.web.workspace.works import entering
from ambidesk.ground.kernel.routes import resource
from ambidesk.support.tickets.rights import TicketRight

SEE, WORK = TicketRight.SEE, TicketRight.WORK
WORKS = "tickets/<int:number>/works"

routes = [
    resource(WORKS, right=SEE, name="ticket-works", GET=entering.show),
    resource(f"{WORKS}/times", right=WORK, name="ticket-times", POST=entering.put_time),
    resource(f"{WORKS}/units", right=WORK, name="ticket-units", POST=entering.put_units),
    resource(f"{WORKS}/expenses", right=WORK, name="ticket-expenses", POST=entering.put_expense),
    resource(f"{WORKS}/parts", right=WORK, name="ticket-parts", POST=entering.put_part),
    resource(
        f"{WORKS}/<str:what>/<int:fact>/reversal",
        right=WORK,
        name="ticket-work-reversal",
        POST=entering.take_back,
    ),
]
