"""Rights over queues."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class RoutingRight(StrEnum):
    """What can be granted here."""

    TAKE = "routing.take"
    LEAD = "routing.lead"
    MANAGE = "routing.manage"


ROUTING_RIGHTS = RightGroup(
    title=_("Queues"),
    rights=(
        (RoutingRight.TAKE.value, _("Take the next ticket from queues of own teams")),
        (RoutingRight.LEAD.value, _("See the live load of own teams and move people")),
        (RoutingRight.MANAGE.value, _("Set up queues, skills and weights")),
    ),
)
