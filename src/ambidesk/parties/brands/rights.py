"""Rights over brands."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class BrandRight(StrEnum):
    """What can be granted here."""

    MANAGE = "brands.manage"


BRAND_RIGHTS = RightGroup(
    title=_("Brands"), rights=((BrandRight.MANAGE.value, _("Set up brands")),)
)
