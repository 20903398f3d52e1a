"""Addresses of the page on which an approval is answered by a link; whoever has it may look."""

from ambidesk.edge.web.approvals import page
from ambidesk.ground.kernel.routes import Door, resource

# What stands there is 43 letters of base 64.
LINK = "approve/<str:approving>"

routes = [
    resource(LINK, right=Door.PUBLIC, name="approval-link", GET=page.show, POST=page.decide),
    resource(f"{LINK}/code", right=Door.PUBLIC, name="approval-code", POST=page.send),
]
