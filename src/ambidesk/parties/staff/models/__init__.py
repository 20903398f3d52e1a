"""Members of staff and their teams."""

from ambidesk.parties.staff.models.access_link import AccessLink
from ambidesk.parties.staff.models.member import Member
from ambidesk.parties.staff.models.team import Membership, Team

__all__ = ["AccessLink", "Member", "Membership", "Team"]
