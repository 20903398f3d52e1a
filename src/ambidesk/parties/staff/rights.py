"""Rights over teams."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class StaffRight(StrEnum):
    """What can be granted here."""

    MANAGE_TEAMS = "staff.manage_teams"
    PROVISION = "staff.provision"
    KEEP_ABSENCES = "staff.keep_absences"


STAFF_RIGHTS = RightGroup(
    title=_("Staff"),
    rights=(
        (StaffRight.MANAGE_TEAMS.value, _("Set up teams")),
        (StaffRight.PROVISION.value, _("Keep colleagues and their groups from a directory")),
        (StaffRight.KEEP_ABSENCES.value, _("Enter absences of colleagues and hand on their work")),
    ),
)
