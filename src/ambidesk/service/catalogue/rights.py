"""Rights over the catalogue."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class CatalogueRight(StrEnum):
    """What can be granted here."""

    MANAGE = "catalogue.manage"


CATALOGUE_RIGHTS = RightGroup(
    title=_("Catalogue"),
    rights=((CatalogueRight.MANAGE.value, _("Set up categories, tags and request types")),),
)
