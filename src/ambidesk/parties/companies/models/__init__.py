"""Companies and what belongs to them."""

from ambidesk.parties.companies.models.card import Card, CardOf
from ambidesk.parties.companies.models.company import Company, Department, LegalEntity
from ambidesk.parties.companies.models.contact import Contact
from ambidesk.parties.companies.models.site import Site
from ambidesk.parties.companies.models.territory import Path, Territory

__all__ = [
    "Card",
    "CardOf",
    "Company",
    "Contact",
    "Department",
    "LegalEntity",
    "Path",
    "Site",
    "Territory",
]
