"""Questions of a form as every screen shows them, and what people typed into them, read back."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language

from ambidesk.ground.conditions import parsing
from ambidesk.ground.fields.rules import values
from ambidesk.ground.fields.rules.form import Form, Needed, Question, asked, heard, missing
from ambidesk.ground.fields.rules.refusals import FieldRefusal, Missing
from ambidesk.ground.fields.rules.spec import CHOSEN, NUMBERS, Kind, OptionSpec, Spec
from ambidesk.ground.fields.rules.values import Value

Given = MultiValueDict[str, str]
# Up to so many choices stand open; more are a list to unfold.
OPEN_CHOICES = 6
INPUTS = {
    Kind.DAY: "date",
    Kind.INSTANT: "datetime-local",
    Kind.EMAIL: "email",
    Kind.PHONE: "tel",
    Kind.LINK: "url",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    """One answer to choose."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """One question: its control, what stands in it, and what is wrong with that."""

    spec: Spec
    label: str
    help: str
    values: tuple[str, ...]
    choices: tuple[ChoiceView, ...] = ()
    error: str = ""
    is_needed: bool = False
    when: str = ""
    is_asked: bool = True
    prefix: str = "id"

    @property
    def name(self) -> str:
        """The name under which it is sent."""
        return self.spec.name

    @property
    def id(self) -> str:
        """The id of its control."""
        return f"{self.prefix}_{self.spec.name}"

    @property
    def value(self) -> str:
        """What stands in a control of one value."""
        return self.values[0] if self.values else ""

    @property
    def look(self) -> str:
        """Which control it is: radio, check, select, long or input."""
        if self.spec.kind is Kind.LONG:
            return "long"
        if self.spec.kind is Kind.SEVERAL:
            return "check"
        if self.choices:
            return "radio" if len(self.choices) <= OPEN_CHOICES else "select"
        return "input"

    @property
    def example(self) -> str:
        """Something that is written as the mask wants it."""
        return self.spec.limits.mask.replace("#", "0").replace("@", "A")

    @property
    def type(self) -> str:
        """The kind of input."""
        return INPUTS.get(self.spec.kind, "text")

    @property
    def mode(self) -> str:
        """Which keyboard a phone shows."""
        if self.spec.kind is Kind.WHOLE:
            return "numeric"
        return "decimal" if self.spec.kind in NUMBERS else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section as it is shown."""

    title: str
    questions: tuple[QuestionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was typed: the answers that count, and what is wrong, by the name of the question."""

    answers: Mapping[int, Value]
    errors: Mapping[str, str]


def read_given(form: Form, given: Given, *, zone: tzinfo, at: datetime) -> Reading:
    """Read what was typed; what is not asked is neither read nor wrong."""
    answers: dict[int, Value] = {}
    errors: dict[str, str] = {}
    for question in form.questions:
        spec = question.spec
        try:
            value = values.typed(spec, given.getlist(spec.name), zone=zone)
        except FieldRefusal as refused:
            errors[spec.name] = str(refused)
            continue
        if value is not None:
            answers[spec.id] = value
    shown = {each.spec.name for each in asked(form, answers, at=at)}
    for question in missing(form, answers, to=Needed.OPEN, at=at):
        errors.setdefault(question.spec.name, str(Missing.sentence))
    wrong = {name: words for name, words in errors.items() if name in shown}
    return Reading(answers=heard(form, answers, at=at), errors=wrong)


def given_of(answers: Mapping[int, Value], form: Form, *, zone: tzinfo) -> Given:
    """Say known answers as they would be typed into a form."""
    given: Given = MultiValueDict()
    for question in form.questions:
        said = values.as_typed(answers.get(question.spec.id), zone=zone)
        given.setlist(question.spec.name, list(said))
    return given


def sections_of(
    form: Form,
    given: Given | None = None,
    *,
    errors: Mapping[str, str] | None = None,
    language: str = "",
    at: datetime,
    zone: tzinfo,
) -> tuple[SectionView, ...]:
    """Show a form, with what was typed or else its defaults."""
    language = language or get_language() or "en"
    typed = given if given is not None else _defaults(form)
    shown = {each.spec.name for each in asked(form, _readable(form, typed, zone), at=at)}
    return tuple(
        SectionView(
            title=section.title.said(language),
            questions=tuple(
                view_of(
                    each,
                    typed.getlist(each.spec.name),
                    language=language,
                    error=(errors or {}).get(each.spec.name, ""),
                    is_asked=each.spec.name in shown,
                )
                for each in section.questions
            ),
        )
        for section in form.sections
        if section.questions
    )


def view_of(
    question: Question,
    typed: list[str],
    *,
    language: str = "",
    error: str = "",
    is_asked: bool = True,
    prefix: str = "id",
) -> QuestionView:
    """Show one question with what stands in it."""
    language = language or get_language() or "en"
    spec = question.spec
    when = "" if question.when is None else json.dumps(parsing.written(question.when))
    return QuestionView(
        spec=spec,
        label=spec.label.said(language),
        help=spec.help.said(language),
        values=tuple(typed),
        choices=tuple(_choices(spec, typed, language)),
        error=error,
        is_needed=question.needed is Needed.OPEN,
        when=when,
        is_asked=is_asked,
        prefix=prefix,
    )


def _readable(form: Form, typed: Given, zone: tzinfo) -> dict[int, Value]:
    found: dict[int, Value] = {}
    for question in form.questions:
        spec = question.spec
        try:
            value = values.typed(spec, typed.getlist(spec.name), zone=zone)
        except FieldRefusal:
            continue
        if value is not None:
            found[spec.id] = value
    return found


def _defaults(form: Form) -> Given:
    given: Given = MultiValueDict()
    for question in form.questions:
        match question.spec.default:
            case None:
                continue
            case bool() as said:
                given.setlist(question.spec.name, [values.YES if said else values.NO])
            case tuple() as several:
                given.setlist(question.spec.name, list(map(str, several)))
            case one:
                given.setlist(question.spec.name, [str(one)])
    return given


def _choices(spec: Spec, typed: list[str], language: str) -> Iterator[ChoiceView]:
    if spec.kind is Kind.YES:
        for value, label in values.yes_and_no(language):
            yield ChoiceView(value=value, label=label, is_chosen=value in typed)
    for each in spec.options if spec.kind in CHOSEN else ():
        if not each.is_archived or str(each.id) in typed:
            label = (
                _path(spec, each, language) if spec.kind is Kind.TREE else each.label.said(language)
            )
            yield ChoiceView(value=str(each.id), label=label, is_chosen=str(each.id) in typed)


def _path(spec: Spec, option: OptionSpec, language: str) -> str:
    return " / ".join(each.label.said(language) for each in spec.path_of(option.id))
