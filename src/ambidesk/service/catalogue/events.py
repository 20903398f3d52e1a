"""What happened to the catalogue."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryArranged(Event):
    """A category was made, changed or archived."""

    kind: ClassVar[str] = "catalogue.category_arranged"
    subject: ClassVar[tuple[str, str]] = ("category", "category_id")

    category_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TagNamed(Event):
    """A tag was made, renamed or archived."""

    kind: ClassVar[str] = "catalogue.tag_named"
    subject: ClassVar[tuple[str, str]] = ("tag", "tag_id")

    tag_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTypeNamed(Event):
    """A request type was made, renamed or archived."""

    kind: ClassVar[str] = "catalogue.request_type_named"
    subject: ClassVar[tuple[str, str]] = ("request_type", "request_type_id")

    request_type_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FormShaped(Event):
    """What is asked for a request type was changed."""

    kind: ClassVar[str] = "catalogue.form_shaped"
    subject: ClassVar[tuple[str, str]] = ("request_type", "request_type_id")

    request_type_id: int
