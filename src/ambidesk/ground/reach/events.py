"""What happened to access."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesGranted(Event):
    """The user holds just these roles now."""

    kind: ClassVar[str] = "reach.roles_granted"
    subject: ClassVar[tuple[str, str]] = ("user", "user_id")

    user_id: int
    role_ids: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class UserDisabled(Event):
    """The account can no longer be used."""

    kind: ClassVar[str] = "reach.user_disabled"
    subject: ClassVar[tuple[str, str]] = ("user", "user_id")

    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleDescribed(Event):
    """A role was made, changed or archived."""

    kind: ClassVar[str] = "reach.role_described"
    subject: ClassVar[tuple[str, str]] = ("role", "role_id")

    role_id: int


class SecurityChange(StrEnum):
    """What protects an account, and came, went or changed."""

    PASSWORD = "password"  # noqa: S105 a name
    TOTP_ADDED = "totp_added"
    TOTP_REMOVED = "totp_removed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    CODES_MADE = "codes_made"
    FACTORS_DROPPED = "factors_dropped"
    SESSIONS_ENDED = "sessions_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityChanged(Event):
    """The protection of an account changed."""

    kind: ClassVar[str] = "reach.security_changed"
    subject: ClassVar[tuple[str, str]] = ("user", "user_id")

    user_id: int
    change: SecurityChange
