"""Addresses of the approvals of a ticket."""

from ambidesk.edge.web.workspace.approvals import approvals
from ambidesk.ground.kernel.routes import resource
from ambidesk.support.approvals.rights import ApprovalRight
from ambidesk.support.tickets.rights import TicketRight

SEE = TicketRight.SEE
TICKET = "tickets/<int:number>"
APPROVAL = f"{TICKET}/approvals/<int:approval>"

routes = [
    resource(f"{TICKET}/approvals", right=SEE, name="ticket-approvals", GET=approvals.show),
    resource(
        f"{TICKET}/approvals/asking",
        right=ApprovalRight.ASK,
        name="ticket-approval-asking",
        POST=approvals.ask,
    ),
    resource(APPROVAL, right=ApprovalRight.ASK, name="ticket-approval", DELETE=approvals.withdraw),
    resource(
        f"{APPROVAL}/answer",
        right=ApprovalRight.NOTE,
        name="ticket-approval-answer",
        POST=approvals.note,
    ),
    resource(f"{APPROVAL}/file", right=SEE, name="ticket-approval-file", GET=approvals.file),
]
