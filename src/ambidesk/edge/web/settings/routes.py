"""Addresses of the settings."""

from ambidesk.edge.web.settings import access, channels
from ambidesk.edge.web.settings.brands import BRANDS
from ambidesk.edge.web.settings.catalogue import CATEGORIES, TAGS, TYPES
from ambidesk.edge.web.settings.channels import CHANNELS
from ambidesk.edge.web.settings.home import show
from ambidesk.edge.web.settings.nouns import routes_of
from ambidesk.edge.web.settings.phrases import TEMPLATES
from ambidesk.edge.web.settings.roles import ROLES
from ambidesk.edge.web.settings.staff import STAFF
from ambidesk.edge.web.settings.teams import TEAMS
from ambidesk.ground.kernel.routes import Door, resource
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.support.conversations.rights import ChannelRight

routes = [
    resource("", right=Door.SIGNED_IN, name="settings", GET=show),
    *routes_of(BRANDS),
    *routes_of(CHANNELS),
    resource(
        "channels/<int:pk>/test",
        right=ChannelRight.MANAGE,
        name="settings-channels-test",
        POST=channels.test,
    ),
    *routes_of(TEAMS),
    *routes_of(STAFF),
    resource(
        "staff/<int:pk>/link",
        right=ReachRight.MANAGE,
        name="settings-staff-link",
        POST=access.link,
    ),
    resource(
        "staff/<int:pk>/factors",
        right=ReachRight.MANAGE,
        name="settings-staff-factors",
        POST=access.drop_factors,
    ),
    *routes_of(ROLES),
    *routes_of(CATEGORIES),
    *routes_of(TAGS),
    *routes_of(TYPES),
    *routes_of(TEMPLATES),
]
