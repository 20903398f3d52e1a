"""Answers: typed by the kind of their question, read from a form and from JSON, and back."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.support.scripts.rules.flow import AnswerKind, Step

# The ids of options chosen, words, a number, or a day.
Answer: TypeAlias = tuple[int, ...] | str | Decimal | date
Kept: TypeAlias = list[int] | str | None
LONGEST = 500
LARGEST = Decimal(10) ** 12
# As many behind the point as a condition compares.
DIGITS = 15
ASKED = "answer"


class NotAnswered(InvalidInput):
    """Without an answer it does not go on."""

    sentence = _("Answer this to go on.")


class NotAnOption(InvalidInput):
    """It is none of the answers."""

    sentence = _("Choose one of the answers.")


class NotANumber(InvalidInput):
    """It is no number."""

    sentence = _("Type a number, such as 12 or 3.5.")


class NotADay(InvalidInput):
    """It is no day."""

    sentence = _("Type a date.")


class TooLong(InvalidInput):
    """It is too long to be an answer."""

    sentence = _("Use at most %(most)s letters.")


def typed(step: Step, given: Sequence[str]) -> Answer | None:
    """
    Read what was typed or chosen in a form; None is no answer, where none is needed.

    Raises:
        NotAnswered, NotAnOption, NotANumber, NotADay, TooLong: it is no answer to this.
    """
    said = [each.strip() for each in given if each.strip()]
    if not said:
        if step.required:
            raise NotAnswered(field=ASKED)
        return None
    match step.answer:
        case AnswerKind.ONE:
            return _chosen(step, said[:1])
        case AnswerKind.SEVERAL:
            return _chosen(step, said)
        case AnswerKind.NUMBER:
            return _number(said[0])
        case AnswerKind.DAY:
            return _day(said[0])
        case AnswerKind.TEXT:
            return _words(said[0])


def kept(answer: Answer | None) -> Kept:
    """The form in which an answer is kept."""
    match answer:
        case tuple():
            return list(answer)
        case None | str():
            return answer
        case Decimal():
            return str(answer)
        case date():
            return answer.isoformat()


def read(step: Step, value: Kept) -> Answer | None:
    """Read an answer that was kept; what its step cannot mean any more is none."""
    if value is None:
        return None
    match step.answer:
        case AnswerKind.ONE | AnswerKind.SEVERAL:
            return tuple(value) if isinstance(value, list) else None
        case AnswerKind.NUMBER:
            return Decimal(str(value))
        case AnswerKind.DAY:
            return date.fromisoformat(str(value))
        case AnswerKind.TEXT:
            return str(value)


def in_words(step: Step, answer: Answer | None, *, language: str) -> str:
    """Say an answer to a person who reads a language."""
    match answer:
        case None:
            return ""
        case tuple():
            labels = {each.id: each.label.said(language) for each in step.options}
            return ", ".join(labels.get(each, "?") for each in answer)
        case Decimal():
            return number_format(answer)
        case date():
            return date_format(answer, "SHORT_DATE_FORMAT")
        case str():
            return answer


def _chosen(step: Step, said: Sequence[str]) -> tuple[int, ...]:
    by_id = {str(each.id): each.id for each in step.options}
    if unknown := set(said) - set(by_id):
        raise NotAnOption(field=ASKED, which=min(unknown)[:20])
    # In the order of the question, each once.
    return tuple(by_id[each] for each in by_id if each in said)


def _number(said: str) -> Decimal:
    try:
        number = Decimal(said.replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except InvalidOperation as wrong:
        raise NotANumber(field=ASKED) from wrong
    if not number.is_finite() or abs(number) >= LARGEST:
        raise NotANumber(field=ASKED)
    if -int(number.as_tuple().exponent) > DIGITS:
        raise NotANumber(field=ASKED)
    return number


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as wrong:
        raise NotADay(field=ASKED) from wrong


def _words(said: str) -> str:
    if len(said) > LONGEST:
        raise TooLong(field=ASKED, most=LONGEST)
    return said
