"""Addresses of rules."""

from ambidesk.across.automation.rights import RuleRight
from ambidesk.edge.web.settings.nouns import routes_of
from ambidesk.edge.web.settings.ruling import history, listing, trying
from ambidesk.edge.web.settings.ruling.noun import RULES
from ambidesk.ground.kernel.routes import resource

MANAGE = RuleRight.MANAGE
# The list of rules is one of its own: it has an order and switches.
_EDITING = [route for route in routes_of(RULES) if route.name != "settings-rules"]
RULE_ROUTES = [
    resource("rules/", right=MANAGE, name="settings-rules", GET=listing.show),
    resource("rules/order", right=MANAGE, name="settings-rules-order", POST=listing.order),
    resource("rules/trials", right=MANAGE, name="settings-rules-trials", POST=trying.begin),
    resource("rules/trials/<int:pk>", right=MANAGE, name="settings-rules-trial", GET=trying.show),
    resource(
        "rules/trials/<int:pk>/stop",
        right=MANAGE,
        name="settings-rules-trial-stop",
        POST=trying.stop,
    ),
    *_EDITING,
    resource(
        "rules/<int:pk>/switch", right=MANAGE, name="settings-rules-switch", POST=listing.switch
    ),
    resource("rules/<int:pk>/runs", right=MANAGE, name="settings-rules-runs", GET=history.show),
]
