"""Rights over calendars and promises."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class SlaRight(StrEnum):
    """What can be granted here."""

    MANAGE = "sla.manage"


SLA_RIGHTS = RightGroup(
    title=_("Promises"),
    rights=((SlaRight.MANAGE.value, _("Set up service calendars and what is promised")),),
)
