"""Custom fields on the card: what is filled in, and what is asked of such a ticket and open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from django.db.models import Exists, OuterRef
from django.utils.translation import get_language

from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules import values
from ambidesk.ground.fields.rules.form import Needed, asked
from ambidesk.ground.fields.rules.spec import Kind, Spec
from ambidesk.ground.fields.rules.values import Somebody, Value
from ambidesk.service.catalogue.asking import form_of
from ambidesk.service.catalogue.models import Question
from ambidesk.support.tickets.filling import answers_of
from ambidesk.support.tickets.models import FieldValue, Ticket

# Most desks have no field at all, and most tickets none: these ask nothing further.
HAS_FIELDS = Exists(FieldValue.objects.filter(ticket=OuterRef("pk"))) | Exists(
    Question.objects.filter(request_type=OuterRef("request_type"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """One field on the card; `is_wanted` says that the ticket is not solved without it."""

    id: int
    label: str
    said: str
    link: str
    person: int | None
    is_wanted: bool
    is_public: bool
    can_change: bool

    @property
    def version(self) -> int:
        """Changes with the value, so that a change closes what was being edited."""
        return crc32(self.said.encode())


def read_filled(ticket: Ticket, *, at: datetime) -> tuple[FieldView, ...]:
    """Read the fields of a ticket: those its type asks for, then others that are filled in."""
    form, answers = form_of(ticket.request_type), answers_of([ticket.pk])[ticket.pk]
    questions = {each.spec.id: each for each in asked(form, answers, at=at)}
    others = [key for key in answers if key not in questions]
    specs = [each.spec for each in questions.values()]
    if others:
        rows = Definition.objects.filter(pk__in=others).prefetch_related("options")
        specs += [row.spec for row in rows]
    wanted = {key for key, each in questions.items() if each.needed is not Needed.NO}
    return tuple(_views(specs, answers, wanted=wanted))


def _views(
    specs: list[Spec], answers: dict[int, Value], *, wanted: set[int]
) -> Iterator[FieldView]:
    language = get_language() or "en"
    for spec in specs:
        value = answers.get(spec.id)
        yield FieldView(
            id=spec.id,
            label=spec.label.said(language),
            said=values.in_words(spec, value, language=language),
            link=value if spec.kind is Kind.LINK and isinstance(value, str) else "",
            person=value.id if isinstance(value, Somebody) else None,
            is_wanted=value is None and spec.id in wanted,
            is_public=spec.is_public,
            can_change=not spec.is_archived,
        )
