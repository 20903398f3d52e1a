"""
Triggers: what a rule can wait for, by name, each with a sentence; wiring registers the list.

One says of an entry of the journal, with the ticket before and after it, whether that is it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.across.automation.levels import level_of
from ambidesk.across.automation.rules.telling import Told
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import ASKED
from ambidesk.relation.feedback.events import FeedbackRated
from ambidesk.service.sla.events import PromiseWarned
from ambidesk.support.tickets import events
from ambidesk.support.tickets.rules.states import State


class UnknownTrigger(InvalidInput):
    """Nothing of this name happens."""

    sentence = _("Nothing is known that is called “%(name)s”.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Something that happens to a ticket; `is_it` tells among the entries of its kinds."""

    name: str
    label: str | Promise
    kinds: frozenset[str]
    is_it: Callable[[Told], bool] = lambda _told: True


_triggers: dict[str, Trigger] = {}


def register(trigger: Trigger) -> None:
    """Add a trigger; the same one twice is the same one."""
    if _triggers.setdefault(trigger.name, trigger) != trigger:
        raise TypeError(f"two triggers are named {trigger.name}")


def all_triggers() -> tuple[Trigger, ...]:
    """Every trigger, in the order of registration."""
    return tuple(_triggers.values())


def trigger_named(name: str) -> Trigger:
    """
    Find a trigger.

    Raises:
        UnknownTrigger: no such name.
    """
    found = _triggers.get(name) or level_named(name)
    if found is None:
        raise UnknownTrigger(field="when", name=name)
    return found


def level_named(name: str) -> Trigger | None:
    """The trigger of one level of one policy, by the name of that level; None for other names."""
    level = level_of(name)
    if level is None:
        return None
    return Trigger(
        name=name,
        label=level.label,
        kinds=frozenset({PromiseWarned.kind}),
        is_it=lambda told: level.is_reached_by(told.entry.data),
    )


def _by_colleague(told: Told) -> bool:
    return told.entry.actor_kind in ASKED


def _changed(name: str) -> Callable[[Told], bool]:
    return lambda told: getattr(told.before, name) != getattr(told.after, name)


def _became(state: State) -> Callable[[Told], bool]:
    return lambda told: told.after.state is state and told.before.state is not state


def _reopened(told: Told) -> bool:
    return told.before.is_ended and not told.after.is_ended


def _trigger(
    name: str,
    label: str | Promise,
    kinds: Iterable[type],
    is_it: Callable[[Told], bool] = lambda _told: True,
) -> Trigger:
    names = frozenset(str(getattr(each, "kind", "")) for each in kinds)
    return Trigger(name=name, label=label, kinds=names, is_it=is_it)


# What can bring a ticket into another state.
MOVES = (
    events.MessageFiled,
    events.TicketAnswered,
    events.AnswerWithdrawn,
    events.TicketAssigned,
    events.StateChanged,
    events.DeliveryFailed,
    events.TicketsRegrouped,
)
CHARGES = (events.TicketAssigned,)
TRIGGERS = (
    _trigger("opened", _("a ticket is opened"), [events.TicketOpened]),
    _trigger("message", _("the requester writes again"), [events.MessageFiled]),
    _trigger("answered", _("a colleague answers"), [events.TicketAnswered], _by_colleague),
    _trigger("note", _("a note is written"), [events.NoteWritten]),
    _trigger("team", _("another team is in charge"), CHARGES, _changed("team_id")),
    _trigger("assignee", _("another colleague is in charge"), CHARGES, _changed("assignee_id")),
    _trigger(
        "priority",
        _("the priority changes"),
        [events.TicketPrioritised],
        _changed("priority"),
    ),
    _trigger("tags", _("the tags change"), [events.TagsChanged], _changed("tags")),
    _trigger(
        "category",
        _("the category changes"),
        [events.TicketDescribed],
        _changed("category_id"),
    ),
    _trigger(
        "request_type",
        _("the type changes"),
        [events.TicketConverted],
        _changed("request_type_id"),
    ),
    _trigger(
        "company",
        _("the company changes"),
        [events.TicketAttributed],
        _changed("company_id"),
    ),
    _trigger("fields", _("a field is filled"), [events.FieldsFilled]),
    _trigger("state", _("the state changes"), MOVES, _changed("state")),
    _trigger("solved", _("a ticket is solved"), MOVES, _became(State.SOLVED)),
    _trigger("closed", _("a ticket is closed"), MOVES, _became(State.CLOSED)),
    _trigger("reopened", _("a ticket is opened again"), MOVES, _reopened),
    _trigger("line", _("a ticket comes to another line"), [events.LineChanged], _changed("line")),
    _trigger("rated", _("the requester rates us"), [FeedbackRated]),
    _trigger(
        "rated_badly",
        _("the requester is not content"),
        [FeedbackRated],
        lambda told: not told.entry.data["is_good"],
    ),
    _trigger(
        "warned",
        _("a promise is about to break"),
        [PromiseWarned],
        lambda told: not told.entry.data["breached"],
    ),
    _trigger(
        "breached",
        _("a promise breaks"),
        [PromiseWarned],
        lambda told: bool(told.entry.data["breached"]),
    ),
    _trigger("undelivered", _("an answer does not arrive"), [events.DeliveryFailed]),
)
KINDS = tuple(sorted({kind for each in TRIGGERS for kind in each.kinds}))
