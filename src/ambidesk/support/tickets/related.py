"""Related: what conditions may count of a ticket: its messages, notes and escalations."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.ground.conditions.fields import Boolean, Choice, Instant, Number, Text, options_from
from ambidesk.ground.conditions.vocabularies import Relation, Vocabulary
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.conversations.models import Direction, MessageKind
from ambidesk.support.tickets.models import Escalation, EscalationKind, Filing, Note

MESSAGE_VOCABULARY = Vocabulary(
    name="message",
    fields=(
        Choice(
            name="direction",
            label=_("Direction"),
            path="message__direction",
            options=options_from(Direction.choices),
        ),
        Choice(
            name="kind",
            label=_("Kind"),
            path="message__kind",
            options=options_from(MessageKind.choices),
        ),
        Boolean(name="automatic", label=_("Automatic"), path="message__automatic"),
        Text(name="text", label=_("Text"), path="message__new_text"),
        Instant(name="at", label=_("Time"), path="message__recorded_at"),
    ),
)
NOTE_VOCABULARY = Vocabulary(
    name="note",
    fields=(
        Text(name="text", label=_("Text"), path="text"),
        Instant(name="at", label=_("Time"), path="at"),
    ),
)
ESCALATION_VOCABULARY = Vocabulary(
    name="escalation",
    fields=(
        Choice(
            name="kind",
            label=_("Kind"),
            path="kind",
            options=options_from(EscalationKind.choices),
        ),
        Number(name="to_line", label=_("Line"), path="to_line"),
        Instant(name="at", label=_("Time"), path="at"),
    ),
)


def _messages(_actor: Actor) -> QuerySet[Any]:
    return Filing.objects.filter(withdrawn_at=None, message__withdrawn_at=None)


RELATED = (
    Relation(
        name="messages",
        label=_("Messages"),
        vocabulary=lambda: MESSAGE_VOCABULARY,
        rows=_messages,
        links=(("ticket", "pk"),),
        when="message__recorded_at",
        lasting=frozenset({"direction", "kind", "automatic", "at"}),
    ),
    Relation(
        name="notes",
        label=pgettext_lazy("of a ticket", "Notes"),
        vocabulary=lambda: NOTE_VOCABULARY,
        rows=lambda _actor: Note.objects.all(),
        links=(("ticket", "pk"),),
        when="at",
        lasting=frozenset({"text", "at"}),
    ),
    Relation(
        name="escalations",
        label=_("Changes of line"),
        vocabulary=lambda: ESCALATION_VOCABULARY,
        rows=lambda _actor: Escalation.objects.all(),
        links=(("ticket", "pk"),),
        when="at",
        lasting=frozenset({"kind", "to_line", "at"}),
    ),
)
