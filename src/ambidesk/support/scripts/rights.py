"""Rights over scripts."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class ScriptRight(StrEnum):
    """What can be granted here."""

    WRITE = "scripts.write"
    RUN = "scripts.run"


SCRIPT_RIGHTS = RightGroup(
    title=_("Scripts"),
    rights=(
        (ScriptRight.WRITE.value, _("Write and publish scripts, see how they go")),
        (ScriptRight.RUN.value, _("Go through scripts on tickets")),
    ),
)
