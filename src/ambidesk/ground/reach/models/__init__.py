"""Users, roles and what they are granted."""

from ambidesk.ground.reach.models.role import Grant, Role
from ambidesk.ground.reach.models.user import User, UserQuerySet

__all__ = ["Grant", "Role", "User", "UserQuerySet"]
