"""Filling: what is kept of a thing in fields of an installation's own, as JSON by ids of fields."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules import values
from ambidesk.ground.fields.rules.form import Form, Needed, Question, Section
from ambidesk.ground.fields.rules.values import Value

Custom = Mapping[str, Any]


def form_of(fields: QuerySet[Definition], *, needed: QuerySet[Definition] | None = None) -> Form:
    """Make a form of fields, some of them `needed`; archived ones are asked no more."""
    rows = fields.filter(archived_at=None).prefetch_related("options").order_by("pk")
    must = frozenset() if needed is None else frozenset(needed.values_list("pk", flat=True))
    questions = (
        Question(spec=row.spec, needed=Needed.OPEN if row.pk in must else Needed.NO) for row in rows
    )
    return Form(sections=(Section(questions=tuple(questions)),))


def merged(before: Custom, told: Custom) -> dict[str, Any]:
    """Put what is told over what is kept; None is said no more."""
    return {key: value for key, value in {**before, **told}.items() if value is not None}


def answers_of(custom: Custom, form: Form) -> dict[int, Value]:
    """Read what is kept in the fields of a form, by ids of fields."""
    found: dict[int, Value] = {}
    for question in form.questions:
        value = values.kept(question.spec, custom.get(str(question.spec.id)))
        if value is not None:
            found[question.spec.id] = value
    return found


def as_custom(custom: Custom, form: Form, *, answers: Mapping[int, Value]) -> dict[str, Any]:
    """Write answers beside what is kept in fields that the form does not ask."""
    asked = {str(question.spec.id) for question in form.questions}
    kept = {key: value for key, value in custom.items() if key not in asked}
    return kept | {str(key): values.written(value) for key, value in answers.items()}


def in_words(custom: Custom, form: Form, *, language: str) -> tuple[tuple[str, str], ...]:
    """Say what is kept, each with the label of its field."""
    answers = answers_of(custom, form)
    return tuple(
        (
            each.spec.label.said(language),
            values.in_words(each.spec, answers[each.spec.id], language=language),
        )
        for each in form.questions
        if each.spec.id in answers
    )
