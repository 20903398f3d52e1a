"""Rights over channels."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class ChannelRight(StrEnum):
    """What can be granted here."""

    MANAGE = "conversations.manage_channels"
    SEE_PROBLEMS = "conversations.see_problems"


CHANNEL_RIGHTS = RightGroup(
    title=_("Channels"),
    rights=(
        (ChannelRight.MANAGE.value, _("Set up channels")),
        (ChannelRight.SEE_PROBLEMS.value, _("See problems and the quarantine")),
    ),
)
