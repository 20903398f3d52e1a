"""Addresses of what contractors do of a ticket."""

from ambidesk.edge.web.workspace.handovers import claims, handing
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
    resource(
        f"{ONE}/acceptance", right=WORK, name="handover-acceptance", POST=handing.note_acceptance
    ),
    resource(f"{ONE}/refusal", right=WORK, name="handover-refusal", POST=handing.note_refusal),
    resource(f"{ONE}/result", right=WORK, name="handover-result", POST=handing.note_result),
    resource(f"{ONE}/claim", right=WORK, name="handover-claim", POST=claims.claim),
    resource(f"{ONE}/claim/number", right=WORK, name="claim-number", POST=claims.note_number),
    resource(f"{ONE}/claim/dispatch", right=WORK, name="claim-dispatch", POST=claims.note_sent),
    resource(f"{ONE}/claim/outcome", right=WORK, name="claim-outcome", POST=claims.settle),
    resource(f"{ONE}/words", right=WORK, name="handover-words", POST=handing.say),
    resource(
        f"{TICKET}/handovers/files/<str:handed>", right=SEE, name="handover-file", GET=handing.file
    ),
]
