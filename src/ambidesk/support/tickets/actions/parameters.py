"""Parameters of the actions: what a macro, a rule or the API says, by ids, enums and texts."""

from dataclasses import dataclass
from datetime import datetime

from ambidesk.support.tickets.models import LinkKind, Priority, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """The action needs nothing said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """Who is in charge; nobody where neither is named."""

    assignee_id: int | None = None
    team_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Who is in charge; nobody where none is named."""

    assignee_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Which team is in charge."""

    team_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Upwards:
    """Which team of a further line, why, and what was tried."""

    team_id: int
    reason: str
    tried: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """Why."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What the ticket is called."""

    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """Tags that come and go."""

    add_ids: tuple[int, ...] = ()
    remove_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """How urgent it is."""

    priority: Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the ticket is about; nothing where none is named."""

    category_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What kind of ticket it is; none where none is named."""

    request_type_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A custom field and what is typed or chosen in it; nothing empties it."""

    field_id: int
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The state that says whose turn it is."""

    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """An instant."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """How long."""

    hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Into:
    """The ticket that takes this one in."""

    ticket_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another ticket, and what this one is to it."""

    ticket_id: int
    kind: LinkKind = LinkKind.RELATED
