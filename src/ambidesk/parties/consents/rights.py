"""Rights over consents."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class ConsentRight(StrEnum):
    """What can be granted here."""

    NOTE = "consents.note"
    MANAGE = "consents.manage"


CONSENT_RIGHTS = RightGroup(
    title=_("Consents"),
    rights=(
        (ConsentRight.NOTE.value, _("Note that a person agreed or objected")),
        (ConsentRight.MANAGE.value, _("Publish what people agree to")),
    ),
)
