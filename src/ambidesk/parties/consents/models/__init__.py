"""Purposes, the documents about them, and what persons said."""

from ambidesk.parties.consents.models.consent import Consent, Proof, Word
from ambidesk.parties.consents.models.document import ConsentDocument
from ambidesk.parties.consents.models.purpose import OPT_IN, Purpose

__all__ = ["OPT_IN", "Consent", "ConsentDocument", "Proof", "Purpose", "Word"]
