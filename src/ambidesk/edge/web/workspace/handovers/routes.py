"""Addresses of what contractors do of a ticket."""

from ambidesk.edge.web.workspace.handovers import handing
from ambidesk.ground.kernel.routes import resource
from ambidesk.support.tickets.rights import TicketRight

SEE, WORK = TicketRight.SEE, TicketRight.WORK
TICKET = "tickets/<int:number>"
ONE = f"{TICKET}/handovers/<int:handover>"

routes = [
    resource(f"{TICKET}/handovers", right=SEE, name="ticket-handovers", GET=handing.show),
    resource(f"{TICKET}/handover", right=WORK, name="ticket-handover", POST=handing.offer),
    resource(f"{ONE}/taking", right=WORK, name="handover-taking", POST=handing.take),
    resource(f"{ONE}/rework", right=WORK, name="handover-rework", POST=handing.send_back),
    resource(f"{ONE}/end", right=WORK, name="handover-end", POST=handing.withdraw),
    resource(f"{ONE}/words", right=WORK, name="handover-words", POST=handing.say),
    resource(
        f"{TICKET}/handovers/files/<str:handed>", right=SEE, name="handover-file", GET=handing.file
    ),
]
