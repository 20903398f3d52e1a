"""The context card: who this is, how to reach them, what else they asked, what hangs together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, DateTimeField, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.edge.web.ui.icons import CONTACTS
from ambidesk.ground.kernel.preparing import prepared
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Contact
from ambidesk.parties.people.models import Housemate, Identity, IdentityKind, Person
from ambidesk.parties.people.rights import PeopleRight
from ambidesk.relation.feedback.results import Result, results_about
from ambidesk.support.channels.linking import models as linking
from ambidesk.support.channels.linking.joining import joined_to
from ambidesk.support.tickets.models import (
    Link,
    LinkKind,
    Regrouping,
    RegroupingKind,
    State,
    Ticket,
)
from ambidesk.support.tickets.reach import reach_of

OTHERS = 5
BROWSER = IdentityKind.VISITOR.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One way to reach the person."""

    value: str
    kind: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another ticket of the same person."""

    number: int
    subject: str
    state: str
    label: str
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A ticket that is linked with this one or exchanged messages with it; `id` undoes that."""

    id: int
    number: int
    subject: str
    label: str
    is_link: bool
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account that joined the person by a link; `id` takes it off again."""

    id: int
    name: str
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What matters about the requester of a ticket; empty sections are absent."""

    person: Person
    addresses: tuple[Address, ...]
    others: tuple[Other, ...]
    related: tuple[Related, ...]
    accounts: tuple[Account, ...]
    results: tuple[Result, ...]
    posts: tuple[Mapping[str, Any], ...]
    household: tuple[Mapping[str, Any], ...]
    can_describe: bool


def addresses_beside(actor: Actor) -> ArraySubquery:
    """The requester's addresses, read with the ticket."""
    rows = Identity.objects.visible_to(actor).filter(
        person__whole=OuterRef("requester__whole"), erased_at=None
    )
    rows = rows.order_by("pk")
    return ArraySubquery(rows.values(row=JSONObject(value="value", kind="kind")))


def others_beside(actor: Actor) -> ArraySubquery:
    """The requester's latest other tickets that the actor sees, read with the ticket."""
    rows = Ticket.objects.visible_to(actor).filter(requester__whole=OuterRef("requester__whole"))
    rows = rows.exclude(pk=OuterRef("pk")).latest_first()
    facts = JSONObject(number="pk", subject="subject", state="state", last_at="last_at")
    return ArraySubquery(rows.values(row=facts)[:OTHERS])


def household_beside(actor: Actor) -> ArraySubquery:
    """Who lives with the requester, as far as the actor sees them, read with the ticket."""
    theirs = Housemate.objects.filter(person__whole=OuterRef(OuterRef("requester__whole")))
    seen = Person.objects.visible_to(actor).values("pk")
    rows = Housemate.objects.filter(
        household__in=theirs.values("household"), person__in=seen, person__erased_at=None
    ).exclude(person__whole=OuterRef("requester__whole"))
    facts = JSONObject(id="person_id", name="person__name", household="household__name")
    return ArraySubquery(rows.order_by("pk").values(row=facts)[:OTHERS])


def posts_beside(actor: Actor) -> ArraySubquery:
    """The companies for which the requester speaks, read with the ticket."""
    rows = Contact.objects.visible_to(actor).filter(person__whole=OuterRef("requester__whole"))
    rows = rows.filter(until_on=None, company__archived_at=None).order_by("company__name")
    return ArraySubquery(
        rows.values(row=JSONObject(id="company_id", name="company__name"))[:OTHERS]
    )


def read_card(
    ticket: Ticket,
    actor: Actor,
    *,
    addresses: Iterable[Mapping[str, Any]],
    others: Iterable[Mapping[str, Any]],
    posts: Iterable[Mapping[str, Any]],
    household: Iterable[Mapping[str, Any]],
) -> Card:
    """Read the card of a ticket's requester."""
    addresses = tuple(addresses)
    was_solved = ticket.is_ended or ticket.reopened_times > 0
    has_account = any(row["kind"] == IdentityKind.MESSENGER for row in addresses)
    return Card(
        person=ticket.requester,
        # What names a browser tells nobody anything.
        addresses=tuple(_address(row) for row in addresses if row["kind"] != BROWSER),
        others=tuple(_other(row) for row in others),
        related=tuple(_related(ticket, actor)),
        accounts=tuple(map(_account, joined_to(ticket))) if has_account else (),
        results=tuple(results_about(ticket)) if was_solved else (),
        posts=tuple(posts),
        household=tuple(household),
        can_describe=actor.may(PeopleRight.DESCRIBE),
    )


def _address(row: Mapping[str, Any]) -> Address:
    kind = IdentityKind(row["kind"])
    return Address(value=row["value"], kind=str(kind.label), icon=CONTACTS[kind.value])


def _account(link: linking.Link) -> Account:
    account = link.used_by
    name = account.display or account.value if account else ""
    return Account(id=link.pk, name=name, channel=link.channel.name)


def _other(row: Mapping[str, Any]) -> Other:
    return Other(
        number=row["number"],
        subject=row["subject"],
        state=row["state"],
        label=str(State(row["state"]).label),
        last_at=datetime.fromisoformat(row["last_at"]),
    )


# What the other ticket is to this one: seen from the source, and from the target.
TIES = {
    LinkKind.RELATED.value: (_("Related"), _("Related")),
    LinkKind.PARENT.value: (_("Part of"), _("Contains")),
    RegroupingKind.MERGE.value: (_("Merged into"), _("Merged with")),
    RegroupingKind.SPLIT.value: (pgettext_lazy("ticket", "Split off"), _("Split from")),
    RegroupingKind.MOVE.value: (_("Messages moved to"), _("Messages moved from")),
}


def _related(ticket: Ticket, actor: Actor) -> Iterable[Related]:
    def make(slots: Mapping[str, int]) -> QuerySet[Any, Any]:
        # A colleague of two brands may have tied this ticket to one that this actor does not see.
        seen, here = Ticket.objects.visible_to(actor), slots["ticket"]
        # One question a direction: of `a OR b` PostgreSQL would think it has to see every ticket.
        first, *others = (
            _ties(rows.filter(mine, undone_at=None), here, is_link=rows.model is Link)
            for rows in (Link.objects.all(), Regrouping.objects.all())
            for mine in (Q(source=here, target__in=seen), Q(target=here, source__in=seen))
        )
        return first.union(*others, all=True).order_by("pk")

    rows = prepared(("ties", reach_of(actor)), make, ticket=ticket.pk)
    for is_link, pk, kind, is_source, number, subject, due in rows:
        outward, inward = TIES[kind]
        label = str(outward if is_source else inward)
        yield Related(
            id=pk, number=number, subject=subject, label=label, is_link=is_link, due_at=due
        )


def _ties(rows: QuerySet[Any], here: int, *, is_link: bool) -> QuerySet[Any, Any]:
    from_here = When(source=here, then=True)
    tied = rows.annotate(
        is_link=Value(is_link),
        is_source=Case(from_here, default=False),
        other=Case(When(source=here, then=F("target")), default=F("source")),
        subject=Case(When(source=here, then=F("target__subject")), default=F("source__subject")),
    )
    # A part is due before what its whole promises.
    standing = When(part__ended_at=None, then=F("part__due_at"))
    due = Case(standing) if is_link else Value(None, output_field=DateTimeField())
    facts = tied.annotate(due=due).values_list(
        "is_link", "pk", "kind", "is_source", "other", "subject", "due"
    )
    return cast("QuerySet[Any, Any]", facts)
