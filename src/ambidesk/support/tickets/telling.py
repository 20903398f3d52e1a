"""Telling: what the journal says of tickets becomes news for those whom it concerns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import ActorKind
from ambidesk.parties.staff.models import Member, Mentoring
from ambidesk.support.notifications.models import NoticeKind
from ambidesk.support.notifications.notifying import News, notify_many
from ambidesk.support.tickets.models import Escalation, EscalationKind, Following, Mention, Ticket
from ambidesk.support.tickets.noticing import grouped, news_of, still_seen

UP = "tickets.escalated"
KINDS = (
    "tickets.note_written",
    "tickets.message_filed",
    "tickets.answered",
    "tickets.assigned",
    "tickets.state_changed",
    UP,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """Whom the tickets of some entries concern, all by user."""

    owners: Mapping[int, int]
    followers: Mapping[int, frozenset[int]]
    mentions: Mapping[int, frozenset[int]]
    members: Mapping[int, int]
    lines: Mapping[int, frozenset[int]]

    @classmethod
    def around(cls, entries: Sequence[Entry], *, at: datetime) -> "Circle":
        """Read whom these entries concern; a mentor follows what a newcomer has."""
        tickets = {entry.subject_id for entry in entries}
        notes = {entry.data["note_id"] for entry in entries if "note_id" in entry.data}
        members = {key for entry in entries if (key := entry.data.get("assignee_id"))}
        following = Following.objects.filter(ticket__in=tickets)
        assigned = Ticket.objects.filter(pk__in=tickets, assignee__user__is_active=True)
        mentored = assigned.filter(assignee__mentoring__in=Mentoring.objects.on(day_of(at)))
        mentors = mentored.values_list("pk", "assignee__mentoring__mentor__user")
        return cls(
            owners=dict(assigned.values_list("pk", "assignee__user")),
            followers=grouped(chain(following.values_list("ticket", "user"), mentors)),
            lines=_lines({each.data["escalation_id"] for each in entries if each.kind == UP}),
            mentions=grouped(Mention.objects.filter(note__in=notes).values_list("note", "user")),
            members=dict(Member.objects.filter(pk__in=members).values_list("pk", "user")),
        )

    def told_of(self, entry: Entry) -> Iterator[tuple[int, NoticeKind]]:
        """Say who is told of an entry as what; the first that is said of a user counts."""
        followers = self.followers.get(entry.subject_id, frozenset())
        match entry.kind:
            case "tickets.note_written":
                for user in self.mentions.get(entry.data["note_id"], frozenset()):
                    yield user, NoticeKind.MENTION
                yield from ((user, NoticeKind.FOLLOWED) for user in followers)
            case "tickets.message_filed":
                owner = self.owners.get(entry.subject_id)
                for user in followers | ({owner} if owner else set()):
                    yield user, NoticeKind.REPLY
            case "tickets.assigned":
                given = self.members.get(entry.data["assignee_id"] or 0)
                # What a queue hands out stands before the operator anyway.
                if given and entry.actor_kind == ActorKind.USER:
                    yield given, NoticeKind.ASSIGNED
            case "tickets.escalated":
                for user in self.lines.get(entry.data["escalation_id"], frozenset()):
                    yield user, NoticeKind.ESCALATED
                yield from ((user, NoticeKind.FOLLOWED) for user in followers)
            case _:
                yield from ((user, NoticeKind.FOLLOWED) for user in followers)


def tell_of(entries: Sequence[Entry], *, at: datetime) -> int:
    """Tell users of entries, each of what they see and did not do themselves; say how many."""
    circle = Circle.around(entries, at=at)
    news: dict[tuple[int, int], News] = {}
    for entry in entries:
        actor = entry.actor_id if entry.actor_kind == ActorKind.USER else None
        for user, kind in circle.told_of(entry):
            if user != actor:
                news.setdefault(
                    (user, entry.position.sequence),
                    news_of(entry, entry.subject_id, user=user, kind=kind, actor=actor),
                )
    return len(notify_many(still_seen(list(news.values())), at=at))


def _lines(keys: set[int]) -> dict[int, frozenset[int]]:
    """Whom an escalation concerns: the team that it goes to, or who was in charge before."""
    rows = Escalation.objects.filter(pk__in=keys)
    member = "to_team__members__user"
    going = rows.filter(**{f"{member}__is_active": True})
    back = rows.filter(kind=EscalationKind.RETURNED, ticket__assignee__user__is_active=True)
    teams = grouped(going.values_list("pk", member))
    return {**teams, **grouped(back.values_list("pk", "ticket__assignee__user"))}
