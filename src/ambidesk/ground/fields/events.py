"""What happened to fields."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDefined(Event):
    """A field was made, changed or archived."""

    kind: ClassVar[str] = "fields.defined"
    subject: ClassVar[tuple[str, str]] = ("field", "field_id")

    field_id: int
    archived: bool
