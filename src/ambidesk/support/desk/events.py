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


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewSaved(Event):
    """A view was saved or changed."""

    kind: ClassVar[str] = "desk.view_saved"
    subject: ClassVar[tuple[str, str]] = ("view", "view_id")

    view_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewDropped(Event):
    """A view was dropped."""

    kind: ClassVar[str] = "desk.view_dropped"
    subject: ClassVar[tuple[str, str]] = ("view", "view_id")

    view_id: int
