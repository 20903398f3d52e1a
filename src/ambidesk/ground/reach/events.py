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


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyIssued(Event):
    """A key to the API was made."""

    kind: ClassVar[str] = "reach.api_key_issued"
    subject: ClassVar[tuple[str, str]] = ("api_key", "key_id")

    key_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyDescribed(Event):
    """What a key to the API may do was changed."""

    kind: ClassVar[str] = "reach.api_key_described"
    subject: ClassVar[tuple[str, str]] = ("api_key", "key_id")

    key_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyRevoked(Event):
    """A key to the API opens nothing any more."""

    kind: ClassVar[str] = "reach.api_key_revoked"
    subject: ClassVar[tuple[str, str]] = ("api_key", "key_id")

    key_id: int


class SignInWay(StrEnum):
    """How somebody proved who they are."""

    PASSWORD = "password"  # noqa: S105 a name
    PASSKEY = "passkey"
    LINK = "link"
    OIDC = "oidc"
    SAML = "saml"


class SignInFailure(StrEnum):
    """Why somebody did not come in."""

    PASSWORD = "password"  # noqa: S105 a name
    CODE = "code"
    CLOSED = "closed"
    PROVIDER = "provider"
    STRANGER = "stranger"
    OTHER_WAY = "other_way"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Event):
    """Somebody came in, by a provider if one is named."""

    kind: ClassVar[str] = "reach.signed_in"
    # A subject of its own: what happens to an account closes its streams, and this need not.
    subject: ClassVar[tuple[str, str]] = ("sign_in", "user_id")

    user_id: int
    way: SignInWay
    provider_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInFailed(Event):
    """Somebody did not come in; the user is 0 where no account is meant."""

    kind: ClassVar[str] = "reach.sign_in_failed"
    subject: ClassVar[tuple[str, str]] = ("sign_in", "user_id")

    user_id: int
    why: SignInFailure
    provider_id: int | None = None
