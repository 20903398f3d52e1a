"""What happened to companies: ids only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event
from ambidesk.parties.companies.models.card import CardOf

SUBJECT = ("company", "company_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyRegistered(Event):
    """A company was entered or changed."""

    kind: ClassVar[str] = "companies.registered"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    company_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyArchived(Event):
    """A company is no longer served."""

    kind: ClassVar[str] = "companies.archived"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    company_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryPlaced(Event):
    """An area was added to the company's tree, or moved in it."""

    kind: ClassVar[str] = "companies.territory_placed"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    company_id: int
    territory_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRegistered(Event):
    """A site was entered or changed."""

    kind: ClassVar[str] = "companies.site_registered"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    company_id: int
    site_id: int
    territory_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAppointed(Event):
    """A person began to speak for the company."""

    kind: ClassVar[str] = "companies.contact_appointed"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    company_id: int
    contact_id: int
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactEnded(Event):
    """A person no longer speaks for the company."""

    kind: ClassVar[str] = "companies.contact_ended"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    company_id: int
    contact_id: int
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalEntityEntered(Event):
    """A legal entity was entered or changed."""

    kind: ClassVar[str] = "companies.legal_entity_entered"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    company_id: int
    entity_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentFounded(Event):
    """A department was founded or changed."""

    kind: ClassVar[str] = "companies.department_founded"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    company_id: int
    department_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CardArranged(Event):
    """Cards of a kind ask other fields from now on."""

    kind: ClassVar[str] = "companies.card_arranged"
    subject: ClassVar[tuple[str, str]] = ("company_card", "card_id")

    card_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFilled(Event):
    """Something was said in fields of the installation's own."""

    kind: ClassVar[str] = "companies.card_filled"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    company_id: int
    of: CardOf
    row_id: int
