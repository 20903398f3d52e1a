"""Addresses that every audience shares."""

from django.apps import apps
from django.urls import include, path

from ambidesk.edge.web.ui import conditions, profile
from ambidesk.edge.web.ui import path as steps
from ambidesk.edge.web.ui.account.routes import routes as account
from ambidesk.ground.kernel.routes import Door, resource
from ambidesk.support.tickets.rights import TicketRight

# Named and not imported: without the extra `company` its libraries are not there.
COMPANY = (
    [path("", include("ambidesk.edge.web.ui.account.company.routes"))]
    if apps.is_installed("allauth.socialaccount")
    else []
)
routes = [
    resource("profile", right=Door.SIGNED_IN, name="profile", GET=profile.show, POST=profile.save),
    resource(
        "profile/lessons/<int:lesson>",
        right=Door.SIGNED_IN,
        name="profile-lesson",
        POST=steps.save,
    ),
    resource(
        "conditions/<slug:vocabulary>",
        right=TicketRight.SEE,
        name="condition",
        GET=conditions.offer,
        POST=conditions.say,
    ),
    *account,
    *COMPANY,
]
