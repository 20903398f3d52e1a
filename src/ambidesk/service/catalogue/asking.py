"""Asking: the form of a request type is read, and shaped anew as a whole."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.conditions import parsing
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.form import Form, Needed, Question, Section, require_order
from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.ground.fields.rules.vocabulary import vocabulary_of
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import AboveLimit
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.catalogue import models
from ambidesk.service.catalogue.events import FormShaped
from ambidesk.service.catalogue.models import FormSection, RequestType

MOST_QUESTIONS = 60
MOST_SECTIONS = 20


class FormTooLong(AboveLimit):
    """Nobody fills in so much."""

    sentence = _("A form has at most %(most)s questions.")


def form_of(kind: RequestType | None) -> Form:
    """Read the form of a type, without what depends on archived fields; no type asks nothing."""
    if kind is None:
        return Form()
    return forms_of([kind.pk])[kind.pk]


def forms_of(kinds: Iterable[int]) -> dict[int, Form]:
    """Read the forms of types, by their ids, in three questions whatever their number."""
    ids = set(kinds)
    asked = models.Question.objects.select_related("definition").prefetch_related(
        "definition__options"
    )
    rows = FormSection.objects.filter(request_type__in=ids).prefetch_related(
        Prefetch("questions", asked.order_by("position"))
    )
    sections: dict[int, list[FormSection]] = {pk: [] for pk in ids}
    for row in rows:
        sections[row.request_type_id].append(row)
    return {pk: _form(found) for pk, found in sections.items()}


def demanding(kinds: Iterable[int]) -> frozenset[int]:
    """Of types, by their ids, those whose tickets need something filled in to be solved."""
    needed = models.Question.objects.exclude(needed=Needed.NO)
    rows = needed.filter(request_type__in=set(kinds), definition__archived_at=None)
    return frozenset(rows.values_list("request_type", flat=True))


@transaction.atomic
def shape(kind: RequestType, form: Form, *, by: Actor, at: datetime) -> None:
    """
    Give a request type this form instead of the one it had.

    Raises:
        AskedTwice, AsksAhead, FormTooLong: it is no form.
    """
    row = RequestType.objects.select_for_update().get(pk=kind.pk)
    if len(list(form.questions)) > MOST_QUESTIONS or len(form.sections) > MOST_SECTIONS:
        raise FormTooLong(field="form", most=MOST_QUESTIONS)
    require_order(form)
    row.sections.all().delete()
    for place, section in enumerate(form.sections):
        made = FormSection.objects.create(
            request_type=row,
            position=place,
            title_en=section.title.en.strip()[:120],
            title_ru=section.title.ru.strip()[:120],
        )
        _put_questions(made, section.questions)
    journal.record(FormShaped(request_type_id=row.pk), by=by, at=at)


def _put_questions(section: FormSection, questions: Iterable[Question]) -> None:
    known = Definition.objects.in_bulk([each.spec.id for each in questions])
    models.Question.objects.bulk_create(
        models.Question(
            request_type_id=section.request_type_id,
            section=section,
            definition=known[each.spec.id],
            position=place,
            needed=each.needed,
            when=None if each.when is None else parsing.written(each.when),
        )
        for place, each in enumerate(questions)
    )


def _form(rows: Iterable[FormSection]) -> Form:
    sections = [(row, list(row.questions.all())) for row in rows]
    specs = {each.definition_id: each.definition.spec for _row, found in sections for each in found}
    vocabulary = vocabulary_of(specs.values())
    form = Form(
        sections=tuple(
            Section(
                title=Texts(ru=row.title_ru, en=row.title_en),
                questions=tuple(
                    Question(
                        spec=specs[each.definition_id],
                        needed=Needed(each.needed),
                        when=parsing.read(each.when, vocabulary) if each.when else None,
                    )
                    for each in found
                ),
            )
            for row, found in sections
        )
    )
    return form.of(lambda spec: not spec.is_archived)
