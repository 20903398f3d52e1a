"""Imports: their runs, and which ticket and person of a source is which here."""

from ambidesk.across.importing.models.arrival import ImportedPerson, ImportedTicket
from ambidesk.across.importing.models.run import ImportRun

__all__ = ["ImportRun", "ImportedPerson", "ImportedTicket"]
