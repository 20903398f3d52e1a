"""Authorities of contacts, their accounts, letters to come in, and the domains of companies."""

from ambidesk.parties.authority.models.account import Account
from ambidesk.parties.authority.models.authority import (
    Authority,
    AuthorityQuerySet,
    departments_below,
)
from ambidesk.parties.authority.models.domain import TrustedDomain
from ambidesk.parties.authority.models.letter import Letter, LetterKind
from ambidesk.parties.authority.models.shared import SharedLogin
from ambidesk.parties.authority.models.sweep import Sweep

__all__ = [
    "Account",
    "Authority",
    "AuthorityQuerySet",
    "Letter",
    "LetterKind",
    "SharedLogin",
    "Sweep",
    "TrustedDomain",
    "departments_below",
]
