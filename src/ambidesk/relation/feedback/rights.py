"""Rights over feedback."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class FeedbackRight(StrEnum):
    """What can be granted here."""

    MANAGE = "feedback.manage"


FEEDBACK_RIGHTS = RightGroup(
    title=_("Surveys"), rights=((FeedbackRight.MANAGE.value, _("Set up surveys")),)
)
