"""Actions of the desk: a template as an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.actions import Action
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.desk.models import Template
from ambidesk.support.desk.phrasing import count_use, fill_many
from ambidesk.support.tickets.actions import parameters, performing
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rights import TicketRight


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Which template is said."""

    template_id: int


def answer_with_many(
    tickets: Sequence[Ticket], given: Phrase, *, by: Actor, at: datetime
) -> Mapping[int, Refusal]:
    """
    Answer each with a template of its brand or of all, in the words for its requester.

    Raises:
        NoSuchRow: there is no such template.
    """
    rows = Template.objects.filter(archived_at=None)
    template = performing.found(rows, given.template_id, field="template_id")
    fitting = [each for each in tickets if template.brand_id in {None, each.brand_id}]
    refused: dict[int, Refusal] = {
        each.pk: performing.NoSuchRow(field="template_id")
        for each in tickets
        if each not in fitting
    }
    said = fill_many(template.text, fitting, by=by)
    pairs = [(each, said[each.pk]) for each in fitting]
    unsaid = performing.answer_each(pairs, by=by, at=at)
    count_use([template.pk], times=len(pairs) - len(unsaid))
    return {**refused, **unsaid}


def say_many(
    tickets: Sequence[Ticket], given: parameters.Text, *, by: Actor, at: datetime
) -> Mapping[int, Refusal]:
    """Answer each in words that may name variables, as templates do."""
    said = fill_many(given.text, tickets, by=by)
    return performing.answer_each([(each, said[each.pk]) for each in tickets], by=by, at=at)


DESK_ACTIONS = (
    Action(
        name="desk.say",
        label=_("Answer in own words"),
        parameters=parameters.Text,
        right=TicketRight.ANSWER.value,
        perform_many=say_many,
    ),
    Action(
        name="desk.answer_with",
        label=_("Answer with a template"),
        parameters=Phrase,
        right=TicketRight.ANSWER.value,
        perform_many=answer_with_many,
    ),
)
