"""What happened at the desk."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateWritten(Event):
    """A template was made, changed or archived."""

    kind: ClassVar[str] = "desk.template_written"
    subject: ClassVar[tuple[str, str]] = ("template", "template_id")

    template_id: int
