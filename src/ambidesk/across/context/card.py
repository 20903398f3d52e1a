"""Cards: what is told of a caller, ticket or find, part by part; what is not known is absent."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from ambidesk.across.context.rules.hints import Raised
from ambidesk.parties.authority.saying import Said
from ambidesk.parties.stewards.serving import Served
from ambidesk.relation.feedback.results import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a card is about; of a person or an asset alone the company is found."""

    person: int | None = None
    company: int | None = None
    site: int | None = None
    asset: int | None = None
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """For which company somebody speaks, and as what."""

    company_id: int
    company: str
    post: str
    department: str
    birthday: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPart:
    """Who it is; `sees_page` says whether the reader may open the person's own page."""

    id: int
    name: str
    addresses: tuple[tuple[str, str], ...]
    remark: str
    posts: tuple[Post, ...]
    sees_page: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyPart:
    """The company that it is about."""

    id: int
    name: str
    industry: str
    group: str
    remark: str
    is_archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagePart:
    """What is left of a package in its present period."""

    name: str
    left: Decimal
    granted: Decimal
    unit: str
    used_percent: int

    @property
    def left_percent(self) -> int:
        """What is left, between nothing and all of it."""
        return max(0, min(100, 100 - self.used_percent))


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractPart:
    """A contract in force, what is promised by it and what is left of its packages."""

    id: int
    number: str
    title: str
    until: date | None
    days_left: int | None
    promises: tuple[str, ...]
    packages: tuple[PackagePart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtPart:
    """What is owed in one currency, and since when the oldest of it is overdue."""

    currency: str
    amount: Decimal
    overdue: Decimal
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePart:
    """A place of the company."""

    id: int
    name: str
    code: str
    address: str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairPart:
    """One repair of the history."""

    at: datetime
    words: str
    is_failure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetPart:
    """A piece of equipment with its latest repairs; failures are those of 90 days."""

    id: int
    model: str
    serial: str
    place: str
    site: str
    warranty: str
    failures: int
    repairs: tuple[RepairPart, ...]
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPart:
    """An open request."""

    number: int
    subject: str
    state: str
    state_words: str
    site: str
    is_own: bool
    last_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """All of it; what the reader may not see is as if it were not there."""

    about: About
    person: PersonPart | None
    company: CompanyPart | None
    authorities: tuple[Said, ...]
    covered_sites: int
    team: tuple[Served, ...]
    contracts: tuple[ContractPart, ...]
    debts: tuple[DebtPart, ...]
    stops: tuple[str, ...]
    sites: tuple[SitePart, ...]
    sites_number: int
    assets: tuple[AssetPart, ...]
    requests: tuple[RequestPart, ...]
    requests_number: int
    scores: tuple[Result, ...]
    hints: tuple[Raised, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the reader is told nothing."""
        return self.person is None and self.company is None
