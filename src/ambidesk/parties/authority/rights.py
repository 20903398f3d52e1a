"""Rights over authorities; those of the portal are a contact's, and no role can hold one."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class AuthorityRight(StrEnum):
    """What can be granted here."""

    GRANT = "authority.grant"


class PortalRight(StrEnum):
    """What whoever signs in as a contact has."""

    ENTER = "portal.enter"
    PERFORM = "portal.perform"
    MANAGE = "portal.colleagues"
    CONTRACTS = "portal.contracts"
    OVERSEE = "portal.board"
    SPEAK = "portal.speaker"


AUTHORITY_RIGHTS = RightGroup(
    title=_("Clients"),
    rights=((AuthorityRight.GRANT.value, _("Say what contacts of companies may do and see")),),
)
