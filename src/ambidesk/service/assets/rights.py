"""Rights over equipment."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class AssetRight(StrEnum):
    """What can be granted here."""

    SEE = "assets.see"
    KEEP = "assets.keep"
    DECIDE = "assets.decide"


ASSET_RIGHTS = RightGroup(
    title=_("Equipment"),
    rights=(
        (AssetRight.SEE.value, _("See equipment of the companies that are seen")),
        (AssetRight.KEEP.value, _("Register, move and repair equipment, take readings")),
        (AssetRight.DECIDE.value, _("Decide about models, set up classes and failure codes")),
    ),
)
