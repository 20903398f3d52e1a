"""Rights over rules."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class RuleRight(StrEnum):
    """What can be granted here."""

    MANAGE = "automation.manage"


AUTOMATION_RIGHTS = RightGroup(
    title=_("Automation"),
    rights=((RuleRight.MANAGE.value, _("Make rules, try them on the past, switch them on")),),
)
