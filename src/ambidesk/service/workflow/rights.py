"""Rights over processes."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class WorkflowRight(StrEnum):
    """What can be granted here."""

    DRAW = "workflow.draw"


WORKFLOW_RIGHTS = RightGroup(
    title=_("Processes"),
    rights=((WorkflowRight.DRAW.value, _("Draw and publish processes")),),
)
