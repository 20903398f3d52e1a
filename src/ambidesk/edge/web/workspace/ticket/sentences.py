"""Sentences of the timeline: what the journal tells of a ticket, in words."""

from collections.abc import Callable
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ambidesk.edge.web.workspace.ticket.applied import APPLIED
from ambidesk.edge.web.workspace.ticket.approved import ANSWERED, APPROVED
from ambidesk.edge.web.workspace.ticket.called import CALLED
from ambidesk.edge.web.workspace.ticket.covered import COVERED
from ambidesk.edge.web.workspace.ticket.equipped import EQUIPPED
from ambidesk.edge.web.workspace.ticket.handed import HANDED
from ambidesk.edge.web.workspace.ticket.names import Data, Event, Names
from ambidesk.edge.web.workspace.ticket.passed import STAGED
from ambidesk.edge.web.workspace.ticket.routed import ROUTED
from ambidesk.edge.web.workspace.ticket.ruled import RULED, is_told_by_its_acts
from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import ActorKind
from ambidesk.support.tickets.rules.states import Priority, State

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
    # Said on the path of its process.
    "stages.terms_chosen",
    *(f"routing.{each}" for each in ("queued", "released", "left")),
}


def event_of(entry: Entry) -> Event | None:
    """Take an entry for the timeline, unless the thread shows it anyway."""
    by_mail = entry.kind == "tickets.opened" and entry.actor_kind != ActorKind.USER
    if entry.kind in SILENT or by_mail or is_told_by_its_acts(entry):
        return None
    return Event(
        id=entry.position.sequence,
        at=entry.at,
        kind=entry.kind,
        actor_kind=entry.actor_kind,
        actor_id=entry.actor_id,
        data=entry.data,
    )


def named(event: Event, names: Names) -> Event:
    """Put the event into words."""
    tell = SENTENCES.get(event.kind)
    who = names.users.get(event.actor_id or 0, "") if event.actor_kind == ActorKind.USER else ""
    by_them = event.data.get("by_requester") or event.kind == "linking.account_joined"
    if by_them or event.actor_kind == ActorKind.PERSON:
        who = _("The requester")
    if event.kind == ANSWERED and event.actor_kind != ActorKind.USER:
        who = names.contacts.get(event.data["contact_id"], "")
    if event.actor_kind == ActorKind.RULE:
        who = _("Rule “%(name)s”") % {"name": names.rules.get(event.actor_id or 0, "?")}
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


def _attributed(data: Data, names: Names) -> str:
    company = names.companies.get(data["company_id"] or 0)
    site = names.sites.get(data["site_id"] or 0)
    if company and site:
        return _("said it is for %(company)s, %(site)s") % {"company": company, "site": site}
    if company:
        return _("said it is for %(company)s") % {"company": company}
    return _("said it is for no company")


def _tags(data: Data, names: Names) -> str:
    added = ", ".join(names.tags.get(each, "?") for each in data["added_ids"])
    removed = ", ".join(names.tags.get(each, "?") for each in data["removed_ids"])
    if added and removed:
        return _("added %(added)s and removed %(removed)s") % {"added": added, "removed": removed}
    if added:
        return _("added the tag %(added)s") % {"added": added}
    return _("removed the tag %(removed)s") % {"removed": removed}


def _filled(data: Data, names: Names) -> str:
    filled = ", ".join(names.fields.get(each, "?") for each in data["field_ids"])
    emptied = ", ".join(names.fields.get(each, "?") for each in data["emptied_ids"])
    if filled:
        return _("filled in %(fields)s") % {"fields": filled}
    return _("emptied %(fields)s") % {"fields": emptied}


def _regrouped(data: Data, _names: Names) -> str:
    other = {"number": data["other_id"]}
    if data["undone"]:
        return _("undid the exchange of messages with #%(number)s") % other
    return _("exchanged messages with #%(number)s") % other


def _linked(data: Data, _names: Names) -> str:
    other = {"number": data["other_id"]}
    return _("unlinked #%(number)s") % other if data["undone"] else _("linked #%(number)s") % other


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
    "tickets.attributed": _attributed,
    "tickets.fields_filled": _filled,
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
    **APPLIED,
    **APPROVED,
    **COVERED,
    **CALLED,
    **EQUIPPED,
    **HANDED,
    **ROUTED,
    **STAGED,
    **RULED,
}
