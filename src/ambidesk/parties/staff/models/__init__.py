"""Members of staff, their teams, skills and absences."""

from ambidesk.parties.staff.models.absence import Absence, AbsenceKind, WorkGoes
from ambidesk.parties.staff.models.access_link import AccessLink
from ambidesk.parties.staff.models.member import Member
from ambidesk.parties.staff.models.mentoring import Mentoring
from ambidesk.parties.staff.models.provider import Provider, ProviderKind, Subject
from ambidesk.parties.staff.models.provision import Provision
from ambidesk.parties.staff.models.skill import ENOUGH, Level, Mastery, Skill
from ambidesk.parties.staff.models.team import Membership, Team

__all__ = [
    "ENOUGH",
    "Absence",
    "AbsenceKind",
    "AccessLink",
    "Level",
    "Mastery",
    "Member",
    "Membership",
    "Mentoring",
    "Provider",
    "ProviderKind",
    "Provision",
    "Skill",
    "Subject",
    "Team",
    "WorkGoes",
]
