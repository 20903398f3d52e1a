"""Rights over webhooks."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class WebhookRight(StrEnum):
    """What can be granted here."""

    MANAGE = "webhooks.manage"


WEBHOOK_RIGHTS = RightGroup(
    title=_("Webhooks"),
    rights=((WebhookRight.MANAGE.value, _("Set up webhooks and see their calls")),),
)
