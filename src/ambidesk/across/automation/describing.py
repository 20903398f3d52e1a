"""Describing: what a rule says, in a sentence of three parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ambidesk.across.automation.saying import After, Said, Turn, kept_said
from ambidesk.across.automation.sweeping import TRIGGER
from ambidesk.across.automation.triggers import UnknownTrigger, trigger_named
from ambidesk.ground.conditions.describing import in_words
from ambidesk.ground.conditions.operators import Unit
from ambidesk.ground.conditions.tree import Duration
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.sla.models import ServiceCalendar
from ambidesk.support.desk.steps.words import in_words_each
from ambidesk.support.tickets.fields import TICKET_VOCABULARY

LASTING: Mapping[str, str | Promise] = {
    Turn.US: gettext_lazy("nobody has answered for %(time)s"),
    Turn.REQUESTER: gettext_lazy("we have waited for the requester for %(time)s"),
    Turn.OTHER: gettext_lazy("we have waited for another party for %(time)s"),
    Turn.HOLD: gettext_lazy("it has been on hold for %(time)s"),
    Turn.SOLVED: gettext_lazy("it has been solved for %(time)s"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """When, if, then; `condition` is "" where a rule is for every ticket."""

    when: str
    condition: str
    then: str

    def __str__(self) -> str:
        parts = (self.when, self.condition, self.then)
        return " → ".join(part for part in parts if part)


def sentence_of(kept: Mapping[str, Any], *, actor: Actor) -> Sentence:
    """Put what a rule says into words."""
    return sentences_of([kept], actor=actor)[0]


def sentences_of(many: Sequence[Mapping[str, Any]], *, actor: Actor) -> list[Sentence]:
    """Put what several rules say into words; what rows are called is asked once."""
    told = [_read(kept) for kept in many]
    steps = iter(in_words_each([said.then for said in told if isinstance(said, Said)]))
    hours = _calendars(told)
    found = []
    for said in told:
        if isinstance(said, Said):
            found.append(_sentence(said, next(steps), hours, actor=actor))
        else:
            found.append(Sentence(when=said, condition="", then=""))
    return found


def trigger_in_words(name: str) -> str:
    """Say what called for a run."""
    if name == TRIGGER:
        return _("the time has come")
    try:
        return str(trigger_named(name).label)
    except UnknownTrigger:
        return name


def _read(kept: Mapping[str, Any]) -> Said | str:
    try:
        return kept_said(kept)
    except Refusal as gone:
        return str(gone)


def _sentence(said: Said, then: str, hours: Mapping[int, str], *, actor: Actor) -> Sentence:
    condition = said.condition
    words = in_words(condition, TICKET_VOCABULARY, actor=actor) if condition else ""
    return Sentence(when=_when(said, hours), condition=words, then=then)


def _when(said: Said, hours: Mapping[int, str]) -> str:
    when = said.when
    if isinstance(when, After):
        words = str(LASTING[when.turn]) % {"time": _spoken(when.length)}
        name = hours.get(when.calendar or 0)
        return f"{words} ({name})" if name else words
    labels = [str(trigger_named(each).label) for each in when.events]
    return str(get_text_list(labels, _("or")))


def _spoken(length: Duration) -> str:
    number = length.amount
    match length.unit:
        case Unit.MINUTES:
            words = ngettext("%(n)s minute", "%(n)s minutes", number)
        case Unit.HOURS:
            words = ngettext("%(n)s hour", "%(n)s hours", number)
        case Unit.DAYS:
            words = ngettext("%(n)s day", "%(n)s days", number)
        case _:
            words = ngettext("%(n)s week", "%(n)s weeks", number)
    return words % {"n": number}


def _calendars(told: Sequence[Said | str]) -> dict[int, str]:
    keys = {
        said.when.calendar
        for said in told
        if isinstance(said, Said) and isinstance(said.when, After) and said.when.calendar
    }
    if not keys:
        return {}
    return dict(ServiceCalendar.objects.filter(pk__in=keys).values_list("pk", "name"))
