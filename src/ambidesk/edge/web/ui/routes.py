"""Addresses that every audience shares."""

from ambidesk.edge.web.ui import profile
from ambidesk.edge.web.ui.account.routes import routes as account
from ambidesk.ground.kernel.routes import Door, resource

routes = [
    resource("profile", right=Door.SIGNED_IN, name="profile", GET=profile.show, POST=profile.save),
    *account,
]
