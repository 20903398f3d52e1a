"""
Forms: sections of questions in their order, some of them asked only if a condition holds.

A condition asks only of questions before its own; what is not asked has no answer.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.conditions.binding import Asker, bind
from ambidesk.ground.conditions.evaluating import holds
from ambidesk.ground.conditions.tree import Condition, comparisons
from ambidesk.ground.fields.rules.refusals import Missing
from ambidesk.ground.fields.rules.spec import Kind, Spec, Texts
from ambidesk.ground.fields.rules.values import Value
from ambidesk.ground.fields.rules.vocabulary import vocabulary_of
from ambidesk.ground.kernel.refusal import InvalidInput

Answers = Mapping[int, Value]


class Needed(TextChoices):
    """When a question has to be answered."""

    NO = "no", _("May stay empty")
    OPEN = "open", _("Needed to open")
    SOLVE = "solve", _("Needed to solve")


class AsksAhead(InvalidInput):
    """The condition asks what nobody has answered yet."""

    sentence = _("“%(name)s” can depend only on questions that stand before it.")


class AskedTwice(InvalidInput):
    """A field stands twice."""

    sentence = _("“%(name)s” stands in the form twice.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A field that is asked, if its condition holds."""

    spec: Spec
    needed: Needed = Needed.NO
    when: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Questions under a title, which may be empty."""

    questions: tuple[Question, ...]
    title: Texts = field(default_factory=Texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """All sections."""

    sections: tuple[Section, ...] = ()

    @property
    def questions(self) -> Iterator[Question]:
        """All questions in their order."""
        for section in self.sections:
            yield from section.questions

    def for_customers(self) -> "Form":
        """The form without what only staff sees; questions that depend on such are gone too."""
        return self.of(lambda spec: spec.is_public and spec.kind is not Kind.PERSON)

    def of(self, is_kept: Callable[[Spec], bool]) -> "Form":
        """The form of some fields, without all that depends on others, however far."""
        kept: set[str] = set()
        sections = []
        for section in self.sections:
            questions = []
            for each in section.questions:
                if is_kept(each.spec) and _asked_of(each) <= kept:
                    kept.add(each.spec.name)
                    questions.append(each)
            sections.append(Section(title=section.title, questions=tuple(questions)))
        return Form(sections=tuple(sections))


def require_order(form: Form) -> None:
    """
    Look whether each question stands once, and after all that it depends on.

    Raises:
        AskedTwice, AsksAhead: it does not.
    """
    before: set[str] = set()
    for question in form.questions:
        label = question.spec.label.said("en")
        if question.spec.name in before:
            raise AskedTwice(field="form", name=label)
        if not _asked_of(question) <= before:
            raise AsksAhead(field="form", name=label)
        before.add(question.spec.name)


def heard(form: Form, answers: Answers, *, at: datetime) -> dict[int, Value]:
    """Keep the answers to the questions that are asked; the others were never given."""
    vocabulary = vocabulary_of(each.spec for each in form.questions)
    asker = Asker(at=at)
    kept: dict[int, Value] = {}
    for question in form.questions:
        if question.when is not None:
            bound = bind(question.when, vocabulary, asker=asker)
            if not holds(bound, kept, at=at):
                continue
        answer = answers.get(question.spec.id)
        if answer is not None:
            kept[question.spec.id] = answer
    return kept


def asked(form: Form, answers: Answers, *, at: datetime) -> tuple[Question, ...]:
    """List the questions that are asked when these are the answers."""
    vocabulary = vocabulary_of(each.spec for each in form.questions)
    kept = heard(form, answers, at=at)
    return tuple(
        each
        for each in form.questions
        if each.when is None or holds(bind(each.when, vocabulary, asker=Asker(at=at)), kept, at=at)
    )


def missing(form: Form, answers: Answers, *, to: Needed, at: datetime) -> tuple[Question, ...]:
    """List the questions that are asked, needed, and not answered."""
    needed = {Needed.OPEN} if to is Needed.OPEN else {Needed.OPEN, Needed.SOLVE}
    found = asked(form, answers, at=at)
    return tuple(e for e in found if e.needed in needed and e.spec.id not in answers)


def require_answers(form: Form, answers: Answers, *, at: datetime) -> dict[int, Value]:
    """
    Keep the answers that count, and look whether those needed to open are there.

    Raises:
        Missing: the first one that is not.
    """
    for question in missing(form, answers, to=Needed.OPEN, at=at):
        raise Missing(field=question.spec.name)
    return heard(form, answers, at=at)


def _asked_of(question: Question) -> set[str]:
    if question.when is None:
        return set()
    return {each.field for each in comparisons(question.when)}
