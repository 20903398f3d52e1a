"""Telling: clients learn what becomes of their requests, and what waits for them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import ActorKind
from ambidesk.ground.reach.models import User
from ambidesk.parties.authority.entering import entering
from ambidesk.parties.authority.models import Account
from ambidesk.parties.companies.models import Contact
from ambidesk.parties.people.models import Person
from ambidesk.support.approvals.events import ApprovalAsked
from ambidesk.support.notifications.models import Notice, NoticeKind
from ambidesk.support.notifications.notifying import News, notify_many
from ambidesk.support.promises.events import TermsChosen
from ambidesk.support.stages.events import ProcessConverted, StagePassed
from ambidesk.support.tickets.events import StateChanged, TicketAnswered
from ambidesk.support.tickets.models import State, Ticket

KINDS = (
    TicketAnswered.kind,
    StateChanged.kind,
    StagePassed.kind,
    ProcessConverted.kind,
    ApprovalAsked.kind,
    TermsChosen.kind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """
    Whom some entries concern: requests, persons of contacts, and accounts by person.

    `wholes` say of persons which were joined; `firsts` are numbers of the entries by which a
    request was promised anything at all.
    """

    tickets: Mapping[int, Ticket]
    contacts: Mapping[int, int]
    wholes: Mapping[int, int]
    accounts: Mapping[int, int]
    firsts: Mapping[int, int]

    @classmethod
    def around(cls, entries: Sequence[Entry]) -> "Circle":
        """Read whom they concern; who has no account is told in no way of these."""
        rows = Ticket.objects.filter(pk__in={entry.subject_id for entry in entries})
        tickets = rows.exclude(company=None).in_bulk()
        asked = {key for entry in entries for key in entry.data.get("contact_ids", ())}
        contacts = dict(Contact.objects.filter(pk__in=asked).values_list("pk", "person"))
        persons = {row.requester_id for row in tickets.values()} | set(contacts.values())
        actors = {entry.actor_id for entry in entries if entry.actor_kind == ActorKind.CONTACT}
        known = Person.objects.filter(pk__in=persons | actors)
        wholes = dict(known.values_list("pk", "whole"))
        found = Account.objects.filter(person__whole__in=wholes.values(), user__is_active=True)
        held = list(found.order_by("-pk").values_list("person", "person__whole", "user"))
        own = {person: user for person, _whole, user in held}
        users = {whole: user for _person, whole, user in held}
        chosen = {entry.subject_id for entry in entries if entry.kind == TermsChosen.kind}
        return cls(
            tickets=tickets,
            contacts=contacts,
            wholes=wholes,
            # Whoever was joined may have the account of another part.
            accounts={pk: own.get(pk, users[wholes[pk]]) for pk in persons if wholes[pk] in users},
            firsts=journal.first_sequences("ticket", chosen, kind=TermsChosen.kind),
        )

    def told_of(self, entry: Entry) -> Iterator[tuple[int, NoticeKind]]:
        """Say which persons are told of an entry as what."""
        ticket = self.tickets[entry.subject_id]
        match entry.kind:
            case ApprovalAsked.kind:
                for contact in entry.data["contact_ids"]:
                    if contact in self.contacts:
                        yield self.contacts[contact], NoticeKind.ASKED
            case TicketAnswered.kind:
                yield ticket.requester_id, NoticeKind.ANSWERED
            case TermsChosen.kind:
                # What is promised first is no change.
                if entry.position.sequence != self.firsts.get(ticket.pk):
                    yield ticket.requester_id, NoticeKind.PROMISED
            case StateChanged.kind:
                # Where there is a process its stages say it.
                if entry.data["state"] == State.SOLVED and ticket.run_id is None:
                    yield ticket.requester_id, NoticeKind.STAGE
            case _:
                yield ticket.requester_id, NoticeKind.STAGE

    def did(self, entry: Entry, person: int) -> bool:
        """Whether the person did it, in whichever part."""
        if entry.actor_kind != ActorKind.CONTACT or entry.actor_id is None:
            return False
        return self.wholes.get(entry.actor_id) == self.wholes[person]


def tell_of(entries: Sequence[Entry], *, at: datetime) -> int:
    """Tell clients of entries, each of what they see and did not do; say how many were told."""
    circle = Circle.around(entries)
    news = [
        News(
            user_id=user,
            kind=kind,
            subject_kind="ticket",
            subject_id=entry.subject_id,
            actor_id=None,
            sequence=entry.position.sequence,
            at=entry.at,
        )
        for entry in entries
        if entry.subject_id in circle.tickets
        for person, kind in circle.told_of(entry)
        if (user := circle.accounts.get(person)) and not circle.did(entry, person)
    ]
    seen = seen_by_clients(
        {each.user_id for each in news}, {each.subject_id for each in news}, at=at
    )
    return len(notify_many([each for each in news if each.subject_id in seen[each.user_id]], at=at))


def still_told(notices: Iterable[Notice], *, at: datetime) -> list[Notice]:
    """Give those of clients who still see the request."""
    rows = [each for each in notices if each.is_of_client]
    users, tickets = {each.user_id for each in rows}, {each.subject_id for each in rows}
    seen = seen_by_clients(users, tickets, at=at)
    return [each for each in rows if each.subject_id in seen[each.user_id]]


def seen_by_clients(
    users: Collection[int], tickets: Collection[int], *, at: datetime
) -> dict[int, set[int]]:
    """Which of these requests each of these users sees now, by what their authorities allow."""
    found: dict[int, set[int]] = {user: set() for user in users}
    for user in User.objects.active().filter(pk__in=users):
        rows = Ticket.objects.visible_to(entering(user, at=at)).filter(pk__in=tickets)
        found[user.pk] = set(rows.filter(suspended=False).values_list("pk", flat=True))
    return found
