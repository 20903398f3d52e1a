"""What persons said to being written to."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event
from ambidesk.parties.consents.models import Proof, Purpose, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentSaid(Event):
    """A person agreed to a purpose, or objected to it."""

    kind: ClassVar[str] = "consents.said"
    subject: ClassVar[tuple[str, str]] = ("person", "person_id")

    person_id: int
    consent_id: int
    purpose: Purpose
    word: Word
    proof: Proof
    document_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentDocumentPublished(Event):
    """The words about a purpose have a new version."""

    kind: ClassVar[str] = "consents.document_published"
    subject: ClassVar[tuple[str, str]] = ("consent_document", "document_id")

    document_id: int
