"""Rights over contractors."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class ContractorRight(StrEnum):
    """What can be granted here."""

    MANAGE = "contractors.manage"


CONTRACTOR_RIGHTS = RightGroup(
    title=_("Contractors"),
    rights=((ContractorRight.MANAGE.value, _("Say who is called in, for what and how quickly")),),
)
