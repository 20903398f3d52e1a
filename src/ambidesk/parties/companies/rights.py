"""Rights over companies."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class CompaniesRight(StrEnum):
    """What can be granted here."""

    SEE = "companies.see"
    MANAGE = "companies.manage"


COMPANIES_RIGHTS = RightGroup(
    title=_("Companies"),
    rights=(
        (CompaniesRight.SEE.value, _("See companies, their sites and contacts")),
        (CompaniesRight.MANAGE.value, _("Change companies, their sites and contacts")),
    ),
)
