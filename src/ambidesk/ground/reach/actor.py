"""Who acts: the `by` of every verb."""

from dataclasses import dataclass
from enum import StrEnum

from ambidesk.ground.kernel.journal import Origin


class ActorKind(StrEnum):
    """The kinds of those who can act."""

    USER = "user"
    PERSON = "person"
    RULE = "rule"
    BOT = "bot"
    API_KEY = "api_key"
    CHANNEL = "channel"
    SYSTEM = "system"
    IMPORT = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """
    Kind and id of who acts; a user also carries the rights computed for this request.

    `origin` tells acts of today from history that is loaded: that has no effects outside.
    """

    kind: ActorKind
    id: int | None = None
    rights: frozenset[str] = frozenset()
    origin: Origin = Origin.LIVE

    def may(self, right: str) -> bool:
        """Say whether the actor holds the right; what is no user acts by the rule that made it."""
        return self.kind is not ActorKind.USER or str(right) in self.rights

    @property
    def user_id(self) -> int | None:
        """The user's id where a user acts."""
        return self.id if self.kind is ActorKind.USER else None


SYSTEM = Actor(kind=ActorKind.SYSTEM)
