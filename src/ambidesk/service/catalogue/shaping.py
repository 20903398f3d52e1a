"""
Shaping: a form as the editor in the browser has it, read strictly and written.

It is one list, sections and questions in their order: what stands before the first section belongs
to one without a title.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.conditions import parsing
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.form import Form, Needed, Question, Section
from ambidesk.ground.fields.rules.spec import Spec, Texts
from ambidesk.ground.fields.rules.vocabulary import vocabulary_of
from ambidesk.ground.kernel.refusal import InvalidInput

MOST = 100
LONGEST = 120
NOTHING: tuple[object, ...] = ({"all": []}, None)


class NotAForm(InvalidInput):
    """It is not built like one."""

    sentence = _("The form did not arrive whole. Try again.")


def specs_in_use() -> dict[int, Spec]:
    """Read the fields that can be asked, by their ids."""
    rows = Definition.objects.filter(archived_at=None).prefetch_related("options")
    return {row.pk: row.spec for row in rows}


def read_form(given: object) -> Form:
    """
    Read a form that somebody put together.

    Raises:
        NotAForm: it is none.
        UnknownField, UnknownOperator, WrongValue and others of the conditions.
    """
    rows = given if isinstance(given, list) and len(given) <= MOST else None
    if rows is None:
        raise NotAForm(field="form")
    specs = specs_in_use()
    sections: list[tuple[Texts, list[Question]]] = [(Texts(), [])]
    for row in rows:
        match row:
            case {"kind": "section", **texts}:
                sections.append((_texts(texts), []))
            case {"kind": "question", "field": int(key), **more} if key in specs:
                sections[-1][1].append(_question(specs, key, more))
            case _:
                raise NotAForm(field="form")
    return Form(
        sections=tuple(
            Section(title=title, questions=tuple(questions))
            for title, questions in sections
            if questions or title != Texts()
        )
    )


def written_form(form: Form) -> list[dict[str, Any]]:
    """Write a form for the editor."""
    return [row for section in form.sections for row in _written(section)]


def _written(section: Section) -> Iterable[dict[str, Any]]:
    if section.title != Texts():
        yield {"kind": "section", "en": section.title.en, "ru": section.title.ru}
    for each in section.questions:
        yield {
            "kind": "question",
            "field": each.spec.id,
            "needed": each.needed.value,
            "when": None if each.when is None else parsing.written(each.when),
        }


def _texts(given: Mapping[Any, Any]) -> Texts:
    texts = {name: given.get(name, "") for name in ("en", "ru")}
    if not all(isinstance(each, str) for each in texts.values()):
        raise NotAForm(field="form")
    return Texts(en=texts["en"][:LONGEST], ru=texts["ru"][:LONGEST])


def _question(specs: Mapping[int, Spec], key: int, more: Mapping[Any, Any]) -> Question:
    when = more.get("when")
    try:
        needed = Needed(more.get("needed", "no"))
    except ValueError as wrong:
        raise NotAForm(field="form") from wrong
    vocabulary = vocabulary_of(specs.values())
    return Question(
        spec=specs[key],
        needed=needed,
        when=None if when in NOTHING else parsing.read(when, vocabulary),
    )
