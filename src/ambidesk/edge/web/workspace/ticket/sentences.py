"""Sentences of the timeline: what the journal tells of a ticket, in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, Model, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ambidesk.edge.web.workspace.ticket.routed import ROUTED
from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import ActorKind
from ambidesk.ground.reach.models import User
from ambidesk.parties.staff.models import Member, Skill, Team
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.conversations.models import Channel
from ambidesk.support.desk.models import Macro
from ambidesk.support.scripts.models import Script
from ambidesk.support.tickets.rules.states import Priority, State

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One grey line: what happened, who did it, when; names are filled in by `named`."""

    id: int
    at: datetime
    kind: str
    actor_kind: str
    actor_id: int | None
    data: Data
    who: str = ""
    words: str = ""


# What tells of channels by their ids.
SWITCHES = {
    "linking.account_joined",
    "linking.account_parted",
    "linking.declined",
    "tickets.channel_proposed",
    "tickets.channel_switched",
}
# Messages and notes tell themselves.
SILENT = {
    "tickets.message_filed",
    "tickets.answered",
    "tickets.message_edited",
    "tickets.message_forwarded",
    "tickets.delivery_retried",
    "tickets.note_written",
    "tickets.line_changed",
    "desk.reminder_due",
    "tickets.delivery_failed",
    "feedback.offered",
    "feedback.commented",
    # The answers stand under the end of the run.
    "scripts.run_moved",
    # Said by what comes of it: taken, returned, or gone on.
    "promises.terms_chosen",
    *(f"routing.{each}" for each in ("queued", "released", "left")),
}


def event_of(entry: Entry) -> Event | None:
    """Take an entry for the timeline, unless the thread shows it anyway."""
    by_mail = entry.kind == "tickets.opened" and entry.actor_kind != ActorKind.USER
    if entry.kind in SILENT or by_mail:
        return None
    return Event(
        id=entry.position.sequence,
        at=entry.at,
        kind=entry.kind,
        actor_kind=entry.actor_kind,
        actor_id=entry.actor_id,
        data=entry.data,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names by id, of everything that events mention; read in one query."""

    users: Mapping[int, str]
    members: Mapping[int, str]
    teams: Mapping[int, str]
    categories: Mapping[int, str]
    types: Mapping[int, str]
    tags: Mapping[int, str]
    skills: Mapping[int, str]
    macros: Mapping[int, str]
    channels: Mapping[int, str]
    scripts: Mapping[int, str]

    @classmethod
    def of(cls, events: Iterable[Event]) -> "Names":
        """Read the names that these events need."""
        events = list(events)
        ids = _ids(events)
        ids["user"] = {e.actor_id for e in events if e.actor_kind == ActorKind.USER and e.actor_id}
        found: dict[str, dict[int, str]] = {kind: {} for kind in NAMED}
        for kind, pk, name in _read_names(ids):
            found[kind][pk] = name
        return cls(
            users=found["user"],
            members=found["member"],
            teams=found["team"],
            categories=found["category"],
            types=found["type"],
            tags=found["tag"],
            skills=found["skill"],
            macros=found["macro"],
            channels=found["channel"],
            scripts=found["script"],
        )


USER = Coalesce(NullIf("name", Value("")), "email", output_field=CharField())
MEMBER = Coalesce(NullIf("user__name", Value("")), "user__email", output_field=CharField())
NAMED: dict[str, tuple[type[Model], Combinable]] = {
    "user": (User, USER),
    "member": (Member, MEMBER),
    "team": (Team, F("name")),
    "category": (Category, F("name")),
    "type": (RequestType, F("name")),
    "tag": (Tag, F("name")),
    "skill": (Skill, F("name")),
    "macro": (Macro, F("name")),
    "channel": (Channel, F("name")),
    "script": (Script, F("name")),
}


def _read_names(ids: Mapping[str, set[int]]) -> list[tuple[str, int, str]]:
    asked = [
        model._default_manager.filter(pk__in=ids[kind])  # noqa: SLF001 Django's public name
        .order_by()
        # Channels have a kind of their own.
        .annotate(noun=Value(kind, CharField()), said=name)
        .values_list("noun", "pk", "said")
        for kind, (model, name) in NAMED.items()
        if ids[kind]
    ]
    if not asked:
        return []
    first, *others = asked
    return list(first.union(*others, all=True) if others else first)


def named(event: Event, names: Names) -> Event:
    """Put the event into words."""
    tell = SENTENCES.get(event.kind)
    who = names.users.get(event.actor_id or 0, "") if event.actor_kind == ActorKind.USER else ""
    by_them = event.data.get("by_requester") or event.kind == "linking.account_joined"
    if by_them or event.actor_kind == ActorKind.PERSON:
        who = _("The requester")
    return Event(
        id=event.id,
        at=event.at,
        kind=event.kind,
        actor_kind=event.actor_kind,
        actor_id=event.actor_id,
        data=event.data,
        who=who or _("Ambidesk"),
        words=tell(event.data, names) if tell else event.kind,
    )


def _ids(events: Iterable[Event]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {key: set() for key in NAMED if key != "user"}
    fields = {
        "assignee_id": "member",
        "member_id": "member",
        "before_team_id": "team",
        "team_id": "team",
        "category_id": "category",
        "request_type_id": "type",
        "macro_id": "macro",
        "script_id": "script",
    }
    for event in events:
        for field, kind in fields.items():
            if event.data.get(field):
                found[kind].add(event.data[field])
        if event.kind in SWITCHES:
            told = (event.data["channel_id"], event.data.get("before_channel_id"))
            found["channel"].update(each for each in told if each)
        found["tag"].update(event.data.get("added_ids", []), event.data.get("removed_ids", []))
        found["skill"].update(event.data.get("skill_ids", []))
    return found


def _opened(_data: Data, _names: Names) -> str:
    return _("opened the ticket")


def _assigned(data: Data, names: Names) -> str:
    member = names.members.get(data["assignee_id"] or 0)
    team = names.teams.get(data["team_id"] or 0)
    if member and team:
        return _("assigned it to %(member)s, team “%(team)s”") % {"member": member, "team": team}
    if member:
        return _("assigned it to %(member)s") % {"member": member}
    if team:
        return _("gave it to team “%(team)s”") % {"team": team}
    return _("took it from everybody")


def _state(data: Data, _names: Names) -> str:
    return _("set the state to “%(state)s”") % {"state": State(data["state"]).label}


def _snoozed(data: Data, _names: Names) -> str:
    if not data["until"]:
        return _("woke it up")
    until = localtime(datetime.fromisoformat(data["until"]))
    return _("snoozed it until %(until)s") % {"until": date_format(until, "SHORT_DATETIME_FORMAT")}


def _prioritised(data: Data, _names: Names) -> str:
    return _("set the priority to “%(priority)s”") % {"priority": Priority(data["priority"]).label}


def _described(data: Data, names: Names) -> str:
    category = names.categories.get(data.get("category_id") or 0)
    if category:
        return _("set subject and category, “%(category)s”") % {"category": category}
    return _("changed the subject")


def _converted(data: Data, names: Names) -> str:
    kind = names.types.get(data["request_type_id"] or 0)
    return _("made it a “%(kind)s”") % {"kind": kind} if kind else _("took away the type")


def _tags(data: Data, names: Names) -> str:
    added = ", ".join(names.tags.get(each, "?") for each in data["added_ids"])
    removed = ", ".join(names.tags.get(each, "?") for each in data["removed_ids"])
    if added and removed:
        return _("added %(added)s and removed %(removed)s") % {"added": added, "removed": removed}
    if added:
        return _("added the tag %(added)s") % {"added": added}
    return _("removed the tag %(removed)s") % {"removed": removed}


def _regrouped(data: Data, _names: Names) -> str:
    other = {"number": data["other_id"]}
    if data["undone"]:
        return _("undid the exchange of messages with #%(number)s") % other
    return _("exchanged messages with #%(number)s") % other


def _linked(data: Data, _names: Names) -> str:
    other = {"number": data["other_id"]}
    return _("unlinked #%(number)s") % other if data["undone"] else _("linked #%(number)s") % other


def _macro(data: Data, names: Names) -> str:
    name = {"name": names.macros.get(data["macro_id"], "?")}
    if data["undone"]:
        return _("undid the macro “%(name)s”") % name
    return _("applied the macro “%(name)s”") % name


def _script_begun(data: Data, names: Names) -> str:
    name = {"name": names.scripts.get(data["script_id"], "?")}
    if data["again"]:
        return _("took up the script “%(name)s” again") % name
    return _("began the script “%(name)s”") % name


def _script_finished(data: Data, names: Names) -> str:
    name = {"name": names.scripts.get(data["script_id"], "?")}
    return _("went through the script “%(name)s”") % name


def _script_stopped(data: Data, names: Names) -> str:
    name = {"name": names.scripts.get(data["script_id"], "?")}
    return _("stopped the script “%(name)s”") % name


def _escalated(data: Data, _names: Names) -> str:
    line = {"line": data["line"]}
    if data["returned"]:
        return _("gave it back to line %(line)s") % line
    return _("escalated it to line %(line)s") % line


def _reminder(data: Data, _names: Names) -> str:
    due = localtime(datetime.fromisoformat(data["due_at"]))
    return _("set a reminder for %(at)s") % {"at": date_format(due, "SHORT_DATETIME_FORMAT")}


def _followed_up(data: Data, _names: Names) -> str:
    return _("reopened a reminder") if data["undone"] else _("finished a reminder")


def _proposed(data: Data, names: Names) -> str:
    channel = {"channel": names.channels.get(data["channel_id"], "?")}
    if data.get("by_requester"):
        return _("asked to go on in “%(channel)s”") % channel
    return _("offered to go on in “%(channel)s”") % channel


def _account_joined(data: Data, names: Names) -> str:
    channel = {"channel": names.channels.get(data["channel_id"], "?")}
    return _("joined from “%(channel)s”") % channel


def _account_parted(data: Data, names: Names) -> str:
    channel = {"channel": names.channels.get(data["channel_id"], "?")}
    return _("took the account in “%(channel)s” off this person") % channel


def _link_declined(data: Data, names: Names) -> str:
    channel = {"channel": names.channels.get(data["channel_id"], "?")}
    return _("learnt that the link to “%(channel)s” came to somebody else") % channel


def _requester_moved(_data: Data, _names: Names) -> str:
    return _("put this ticket into the history of the person who asked")


def _switched(data: Data, names: Names) -> str:
    facts = {
        "channel": names.channels.get(data["channel_id"], "?"),
        "before": names.channels.get(data["before_channel_id"], "?"),
    }
    return _("went on in “%(channel)s”, after “%(before)s”") % facts


def _withdrawn(_data: Data, _names: Names) -> str:
    return _("took an answer back")


def _trusted(_data: Data, _names: Names) -> str:
    return _("let the suspended ticket in")


def _accepted(_data: Data, _names: Names) -> str:
    return _("let somebody in copy take part")


def _rated(data: Data, _names: Names) -> str:
    marks = {"score": data["score"], "before": data["before"]}
    if data["before"] is not None:
        return _("changed the rating from %(before)s to %(score)s") % marks
    return _("gave the rating %(score)s") % marks


def _doubted(_data: Data, _names: Names) -> str:
    return _("gave a rating that came from a mail scanner and does not count")


def _joined(data: Data, _names: Names) -> str:
    if data["left"]:
        return _("took it out of an incident")
    return _("added it to an incident: many wrote the same")


SENTENCES: dict[str, Callable[[Data, Names], str]] = {
    "desk.macro_applied": _macro,
    "desk.reminder_set": _reminder,
    "desk.reminder_done": _followed_up,
    "tickets.escalated": _escalated,
    "tickets.opened": _opened,
    "tickets.assigned": _assigned,
    "tickets.state_changed": _state,
    "tickets.snoozed": _snoozed,
    "tickets.prioritised": _prioritised,
    "tickets.suspension_lifted": _trusted,
    "tickets.party_accepted": _accepted,
    "tickets.described": _described,
    "tickets.converted": _converted,
    "tickets.tags_changed": _tags,
    "tickets.regrouped": _regrouped,
    "tickets.linked": _linked,
    "tickets.answer_withdrawn": _withdrawn,
    "linking.account_joined": _account_joined,
    "linking.account_parted": _account_parted,
    "linking.declined": _link_declined,
    "tickets.channel_proposed": _proposed,
    "tickets.requester_moved": _requester_moved,
    "tickets.channel_switched": _switched,
    "feedback.rated": _rated,
    "feedback.doubted": _doubted,
    "incidents.ticket_joined": _joined,
    "scripts.run_begun": _script_begun,
    "scripts.run_finished": _script_finished,
    "scripts.run_stopped": _script_stopped,
    **ROUTED,
}
