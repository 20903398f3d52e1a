"""Narrowing: figures of those tickets only for which a condition holds now; the address has it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.conditions import EMPTY, ConditionField
from ambidesk.ground.conditions.binding import bind
from ambidesk.ground.conditions.compiling import compiled
from ambidesk.ground.conditions.describing import in_words
from ambidesk.ground.conditions.parsing import read
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.kernel.unpacking import unpacked
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.tickets.fields import TICKET_VOCABULARY, asker_of

# Addresses have an end.
LONGEST = 4_000
NOTHING = Q(pk__in=[])


class Asks(Protocol):
    """Who asks what when: a request, or a mail that is written without one."""

    @property
    def GET(self) -> QueryDict:  # noqa: N802 Django's name of it
        """What stands behind the question mark."""

    @property
    def actor(self) -> Actor:
        """Whose reach cuts the answer."""

    @property
    def at(self) -> datetime:
        """The instant."""


class NarrowingForm(forms.Form):
    """The condition in the form above the figures."""

    condition = ConditionField(label=_("Only tickets where"), required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """A condition as it stands in the address, what it asks, and what it says."""

    text: str = ""
    tickets: Q | None = None
    words: str = ""
    problem: str = ""

    @property
    def form(self) -> NarrowingForm:
        """The builder, filled with it."""
        return NarrowingForm(initial={"condition": self.text})


def narrowing_of(request: Asks) -> Narrowing:
    """Read the condition that a page is asked for; one that makes no sense narrows to nothing."""
    text = request.GET.get("condition", "")[:LONGEST]
    if not text:
        return Narrowing()
    try:
        given = unpacked(text)
        if given in EMPTY:
            return Narrowing()
        condition = read(given, TICKET_VOCABULARY)
    except ValueError:
        return Narrowing(tickets=NOTHING, problem=str(_("The conditions did not arrive whole.")))
    except Refusal as refused:
        return Narrowing(text=text, tickets=NOTHING, problem=str(refused))
    bound = bind(condition, TICKET_VOCABULARY, asker=asker_of(request.actor, at=request.at))
    return Narrowing(
        text=text,
        tickets=compiled(bound, at=request.at),
        words=in_words(condition, TICKET_VOCABULARY, actor=request.actor),
    )
