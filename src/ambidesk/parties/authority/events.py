"""What happened to authorities and accounts of contacts."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityGranted(Event):
    """A contact may do something for their company."""

    kind: ClassVar[str] = "authority.granted"
    subject: ClassVar[tuple[str, str]] = ("contact", "contact_id")

    contact_id: int
    company_id: int
    authority_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityChanged(Event):
    """An authority is another one from now on."""

    kind: ClassVar[str] = "authority.changed"
    subject: ClassVar[tuple[str, str]] = ("contact", "contact_id")

    contact_id: int
    company_id: int
    authority_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityWithdrawn(Event):
    """An authority ended."""

    kind: ClassVar[str] = "authority.withdrawn"
    subject: ClassVar[tuple[str, str]] = ("contact", "contact_id")

    contact_id: int
    company_id: int
    authority_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactInvited(Event):
    """A contact has a link by which they sign in at the portal."""

    kind: ClassVar[str] = "authority.invited"
    subject: ClassVar[tuple[str, str]] = ("contact", "contact_id")

    contact_id: int
    company_id: int
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainTrusted(Event):
    """Whoever writes from a domain may be of the company."""

    kind: ClassVar[str] = "authority.domain_trusted"
    subject: ClassVar[tuple[str, str]] = ("company", "company_id")

    company_id: int
    domain_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainForgotten(Event):
    """A domain says nothing any more."""

    kind: ClassVar[str] = "authority.domain_forgotten"
    subject: ClassVar[tuple[str, str]] = ("company", "company_id")

    company_id: int
    domain_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginShared(Event):
    """A contact is the login of a department from now on."""

    kind: ClassVar[str] = "authority.login_shared"
    subject: ClassVar[tuple[str, str]] = ("contact", "contact_id")

    contact_id: int
    company_id: int
    department_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginUnshared(Event):
    """A contact is one person again."""

    kind: ClassVar[str] = "authority.login_unshared"
    subject: ClassVar[tuple[str, str]] = ("contact", "contact_id")

    contact_id: int
    company_id: int
