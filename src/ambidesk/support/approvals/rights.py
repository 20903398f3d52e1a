"""Rights over approvals."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class ApprovalRight(StrEnum):
    """What can be granted here."""

    ASK = "approvals.ask"
    NOTE = "approvals.note"
    SET = "approvals.set"


APPROVAL_RIGHTS = RightGroup(
    title=_("Approvals"),
    rights=(
        (ApprovalRight.ASK.value, _("Ask clients for approvals, and withdraw them")),
        (ApprovalRight.NOTE.value, _("Note what a client answered by phone or letter")),
        (ApprovalRight.SET.value, _("Say how approvals are asked")),
    ),
)
