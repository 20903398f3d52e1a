"""Who acts: the `by` of every verb."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ambidesk.ground.kernel.journal import Origin


class ActorKind(StrEnum):
    """The kinds of those who can act."""

    USER = "user"
    CONTACT = "contact"
    PERSON = "person"
    RULE = "rule"
    BOT = "bot"
    API_KEY = "api_key"
    CHANNEL = "channel"
    SYSTEM = "system"
    IMPORT = "import"


# Whose rights are asked for at each step.
ASKED = frozenset({ActorKind.USER, ActorKind.API_KEY, ActorKind.CONTACT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """Who of those that share an account speaks: a contact that is known, or a name as typed."""

    name: str
    contact: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """
    Kind and id of who acts; users and API keys carry the rights computed for this request.

    `origin` tells acts of today from history that is loaded: that has no effects outside. A key
    has the brands it reaches, and `behalf` is the user whom it speaks for, if anybody. A contact
    is the person of that id, signed in as the user of `behalf`, who acts for these companies by
    these authorities, which held at the instant of the request; `scopes` are what kinds of scope
    they have. Where several people share the account, `speaking` is who of them said that it is
    they; nobody has proved it.
    """

    kind: ActorKind
    id: int | None = None
    rights: frozenset[str] = frozenset()
    origin: Origin = Origin.LIVE
    brands: frozenset[int] = frozenset()
    behalf: int | None = None
    companies: frozenset[int] = frozenset()
    authorities: frozenset[int] = frozenset()
    scopes: frozenset[str] = frozenset()
    asked_at: datetime | None = None
    is_shared: bool = False
    speaking: Speaking | None = None

    def may(self, right: str) -> bool:
        """Say whether the actor holds the right; our own parts act by the rule that made them."""
        return self.is_trusted or str(right) in self.rights

    @property
    def is_trusted(self) -> bool:
        """Whether it is a part of the desk itself, and no user, contact or key of strangers."""
        return self.kind not in ASKED

    @property
    def user_id(self) -> int | None:
        """The user's id where a user acts, a contact by it, or a key for a user."""
        return self.id if self.kind is ActorKind.USER else self.behalf


SYSTEM = Actor(kind=ActorKind.SYSTEM)
