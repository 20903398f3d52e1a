"""Questions: which days, of which place and about what figures are asked for."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q


class By(StrEnum):
    """What figures are compared by."""

    TEAM = "team"
    BRAND = "brand"
    CHANNEL = "channel"
    OPERATOR = "operator"
    COMPANY = "company"
    SITE = "site"
    TERRITORY = "territory"
    CONTRACT = "contract"
    MODEL = "model"
    CATEGORY = "category"
    STAGE = "stage"


# Those that the sums of days know; what a ticket is about stands in facts only.
COLUMNS = {By.TEAM: "team", By.BRAND: "brand", By.CHANNEL: "channel", By.OPERATOR: "member"}
ABOUT = tuple(by for by in By if by not in COLUMNS)
# Of one of these there are few facts, whatever the history.
NARROW = (By.COMPANY, By.SITE, By.CONTRACT, By.MODEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    Which days, from `first` until before `until`, of which place, about what, of which tickets.

    `missing` asks for what belongs to none of a kind.
    """

    first: date
    until: date
    team: int | None = None
    brand: int | None = None
    channel: int | None = None
    operator: int | None = None
    company: int | None = None
    site: int | None = None
    territory: int | None = None
    contract: int | None = None
    model: int | None = None
    category: int | None = None
    stage: int | None = None
    missing: By | None = None
    tickets: Q | None = None

    @property
    def days(self) -> int:
        """How many days it asks for."""
        return (self.until - self.first).days

    @property
    def before(self) -> "Question":
        """The same about as many days before."""
        return replace(self, first=self.first - timedelta(days=self.days), until=self.first)

    @property
    def places(self) -> dict[str, int]:
        """The columns that are asked for, with their ids."""
        asked = {COLUMNS[by]: self.asked(by) for by in COLUMNS}
        return {column: number for column, number in asked.items() if number is not None}

    @property
    def about(self) -> dict[By, int]:
        """What tickets shall be about, with its ids."""
        asked = {by: self.asked(by) for by in ABOUT}
        return {by: number for by, number in asked.items() if number is not None}

    @property
    def is_narrow(self) -> bool:
        """Whether there are few facts of it, whatever the history."""
        return any(by in self.about for by in NARROW)

    @property
    def is_of_places(self) -> bool:
        """Whether the sums of days can answer it."""
        return self.tickets is None and self.missing is None and not self.about

    def asked(self, by: By) -> int | None:
        """Which one of a kind is asked for, if any."""
        number: int | None = getattr(self, by.value)
        return number
