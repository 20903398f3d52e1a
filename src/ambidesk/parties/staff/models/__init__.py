"""Members of staff, their teams and skills."""

from ambidesk.parties.staff.models.access_link import AccessLink
from ambidesk.parties.staff.models.member import Member
from ambidesk.parties.staff.models.provider import Provider, ProviderKind, Subject
from ambidesk.parties.staff.models.provision import Provision
from ambidesk.parties.staff.models.skill import Mastery, Skill
from ambidesk.parties.staff.models.team import Membership, Team

__all__ = [
    "AccessLink",
    "Mastery",
    "Member",
    "Membership",
    "Provider",
    "ProviderKind",
    "Provision",
    "Skill",
    "Subject",
    "Team",
]
