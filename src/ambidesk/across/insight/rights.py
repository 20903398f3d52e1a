"""Rights over figures."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class InsightRight(StrEnum):
    """What can be granted here."""

    SEE = "insight.see"
    MAIL = "insight.mail"


INSIGHT_RIGHTS = RightGroup(
    title=_("Figures"),
    rights=(
        (InsightRight.SEE.value, _("See figures and the live board of own brands")),
        (InsightRight.MAIL.value, _("Have saved reports mailed to colleagues")),
    ),
)
