"""Users, roles and what they are granted; keys of machines."""

from ambidesk.ground.reach.models.api_key import ApiKey, Attempt
from ambidesk.ground.reach.models.role import Grant, Role
from ambidesk.ground.reach.models.user import User, UserQuerySet

__all__ = ["ApiKey", "Attempt", "Grant", "Role", "User", "UserQuerySet"]
