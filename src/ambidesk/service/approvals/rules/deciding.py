"""
Deciding: an approval folded from what happened; approved only by an answer of somebody entitled.

An answer is to a content, named by its digest: what changes afterwards has no approval any more.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.refusal import NotEntitled, Refusal


class Kind(TextChoices):
    """What is approved."""

    REQUEST = "request", pgettext_lazy("what is approved", "The request")
    COST = "cost", pgettext_lazy("what is approved", "The cost")
    ACCEPTANCE = "acceptance", pgettext_lazy("what is approved", "The works")


class Source(TextChoices):
    """Through what an answer came."""

    LINK = "link", pgettext_lazy("answer to an approval", "by the link in a mail")
    PORTAL = "portal", pgettext_lazy("answer to an approval", "in the portal")
    NOTED = "noted", pgettext_lazy("answer to an approval", "noted by a colleague")


class State(TextChoices):
    """Where an approval stands."""

    WAITING = "waiting", pgettext_lazy("approval", "Waiting")
    APPROVED = "approved", pgettext_lazy("approval", "Approved")
    REFUSED = "refused", pgettext_lazy("approval", "Refused")
    VOID = "void", pgettext_lazy("approval", "No longer holds")


class NotYourOwn(NotEntitled):
    """Nobody approves their own request."""

    sentence = _("Nobody approves their own request.")


class NotYours(NotEntitled):
    """The contact's authority does not cover it, or not so much."""

    sentence = _("This contact may not approve this, or not for such an amount.")


class NotWaiting(Refusal):
    """It was answered, or is void."""

    sentence = _("This approval is not waiting for an answer any more.")


class ContentChanged(Refusal):
    """What was shown is not what is asked now."""

    sentence = _("What is to be approved has changed since. Look at it again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    What is asked, by the digest of all that is shown; `own` are the contacts whose request it is.

    `patience` is how long each step is waited for before the next one is asked, too.
    """

    kind: Kind
    content: str
    asked_at: datetime
    patience: timedelta
    amount: Money | None = None
    own: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Somebody answered, to a content; `noted_by` is the user who wrote it down, if not they."""

    at: datetime
    contact: int
    yes: bool
    content: str
    source: Source
    noted_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What is asked has another content from now on."""

    at: datetime
    content: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """It is not asked any more."""

    at: datetime


Fact: TypeAlias = Answered | Changed | Withdrawn
# The contacts who may, nearest first, those of a step together.
Steps: TypeAlias = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A question with where it stands, and the answer that made it so."""

    question: Question
    state: State = State.WAITING
    answer: Answered | None = None


def asked_by(question: Question, steps: Steps, *, at: datetime) -> tuple[int, ...]:
    """The contacts who are asked by an instant: the nearest, and after each silence the next."""
    begun = others_of(steps, own=question.own)
    passed = max(at - question.asked_at, timedelta())
    number = len(begun) if not question.patience else int(passed / question.patience) + 1
    return tuple(who for step in begun[:number] for who in step)


def others_of(steps: Steps, *, own: frozenset[int]) -> Steps:
    """Leave out those whose own request it is, and the steps that are empty then."""
    others = (tuple(who for who in step if who not in own) for step in steps)
    return tuple(step for step in others if step)


def take(approval: Approval, fact: Fact, *, steps: Steps) -> Approval:
    """
    Go on by one fact; `steps` are those who may at that instant, for the amount of the question.

    Raises:
        NotWaiting, ContentChanged: this cannot be answered, or not as it was shown.
        NotYourOwn, NotYours: not by this contact.
    """
    question = approval.question
    match fact:
        case Withdrawn():
            if approval.state is not State.WAITING:
                raise NotWaiting
            return replace(approval, state=State.VOID)
        case Changed(content=content, amount=amount):
            if (content, amount) == (question.content, question.amount):
                return approval
            return replace(approval, state=State.VOID, answer=None)
        case Answered():
            require_entitled(approval, fact, steps=steps)
            state = State.APPROVED if fact.yes else State.REFUSED
            return replace(approval, state=state, answer=fact)


def require_entitled(approval: Approval, answer: Answered, *, steps: Steps) -> None:
    """
    Refuse an answer that decides nothing; those further away may answer before they are asked.

    Raises:
        NotWaiting, ContentChanged, NotYourOwn, NotYours: it cannot be given.
    """
    if approval.state is not State.WAITING:
        raise NotWaiting
    if answer.content != approval.question.content:
        raise ContentChanged
    if answer.contact in approval.question.own:
        raise NotYourOwn
    if not any(answer.contact in step for step in steps):
        raise NotYours


def fold(question: Question, facts: Iterable[tuple[Fact, Steps]]) -> Approval:
    """Fold what happened, each with those who were entitled then; refused ones change nothing."""
    approval = Approval(question=question)
    for fact, steps in facts:
        try:
            approval = take(approval, fact, steps=steps)
        except Refusal:
            continue
    return approval
