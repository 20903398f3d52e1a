"""
Fields: what conditions may ask of tickets.

`me` and `my_teams` are the symbols of the asker; `symbols_of` says what they stand for.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    Func,
    Model,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower, NullIf
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.ground.conditions.binding import Asker
from ambidesk.ground.conditions.fields import (
    Boolean,
    Choice,
    Derived,
    Field,
    Instant,
    Number,
    Option,
    Reference,
    References,
    Text,
    options_from,
)
from ambidesk.ground.conditions.letters import fold
from ambidesk.ground.conditions.vocabularies import Relation, Vocabulary
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.companies.models import Company, Territory
from ambidesk.parties.people.models import Person
from ambidesk.parties.staff.models import Member, Team
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.conversations.models import Channel
from ambidesk.support.tickets.models import Priority, State, Tagging, Ticket, WaitingFor
from ambidesk.support.tickets.reach import places_of, served_brands
from ambidesk.support.tickets.related import RELATED

ME, MY_TEAMS = "me", "my_teams"


def symbols_of(actor: Actor) -> Mapping[str, tuple[int, ...]]:
    """Say what the symbols stand for when this actor asks."""
    if actor.user_id is None:
        return {}
    places = places_of(actor)
    return {ME: places.members, MY_TEAMS: places.teams}


def asker_of(actor: Actor, *, at: datetime) -> Asker:
    """Make an asker of an actor and an instant."""
    return Asker(at=at, actor=actor, symbols=symbols_of(actor))


def below(chosen: frozenset[int]) -> frozenset[int]:
    """Give categories and all that belong to them."""
    children: dict[int | None, list[int]] = {}
    for child, parent in Category.objects.values_list("pk", "parent"):
        children.setdefault(parent, []).append(child)
    found: set[int] = set()
    waiting = list(chosen)
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += children.get(each, [])
    return frozenset(found)


def below_territory(chosen: frozenset[int]) -> frozenset[int]:
    """Give areas and all that hang below them."""
    heads = Territory.objects.filter(pk__in=chosen).values_list("path", flat=True)
    inside = reduce(or_, (Q(path__within=path) for path in heads), Q(pk__in=[]))
    return frozenset(Territory.objects.filter(inside).values_list("pk", flat=True))


def _territories(actor: Actor) -> Iterable[Option]:
    rows = Territory.objects.visible_to(actor).select_related("company")
    ordered = rows.order_by("company__name", "path")
    return [Option(value=row.pk, label=f"{row.company} · {row}") for row in ordered]


def _brands(actor: Actor) -> Iterable[Option]:
    return _named(_brands_of(actor))


def _teams(_actor: Actor) -> Iterable[Option]:
    return _named(Team.objects.filter(archived_at=None))


def _members(_actor: Actor) -> Iterable[Option]:
    rows = Member.objects.filter(user__is_active=True).select_related("user")
    return _named(rows.order_by("user__name", "pk"))


def _channels(actor: Actor) -> Iterable[Option]:
    return _named(Channel.objects.filter(brand__in=_brands_of(actor)))


def _brands_of(actor: Actor) -> QuerySet[Brand]:
    rows = Brand.objects.filter(archived_at=None)
    if actor.may(ReachRight.SEE_EVERYTHING):
        return rows
    return rows.filter(pk__in=served_brands(actor))


def _standing(model: Any) -> Callable[[Actor], Iterable[Option]]:
    return lambda _actor: _named(model.objects.filter(archived_at=None))


def _named(rows: Iterable[Model]) -> list[Option]:
    return [Option(value=row.pk, label=str(row)) for row in rows]


def _domain_sql(_at: datetime) -> NullIf:
    parts = Func(
        Lower("requester_identity__value"),
        Value("@"),
        Value(2),
        function="split_part",
        output_field=TextField(),
    )
    return NullIf(parts, Value("", output_field=TextField()))


def _domain(ticket: Ticket, _at: datetime) -> str | None:
    if ticket.requester_identity is None:
        return None
    return ([*fold(ticket.requester_identity.value).split("@"), ""])[1] or None


def _snoozed_sql(at: datetime) -> Combinable:
    asleep = Q(snoozed_until__isnull=False) & Q(snoozed_until__gt=at)
    return ExpressionWrapper(asleep, output_field=BooleanField())


def _snoozed(ticket: Ticket, at: datetime) -> bool:
    return ticket.snoozed_until is not None and ticket.snoozed_until > at


def _instant(name: str, label: Any, *, nullable: bool = True) -> Instant:
    return Instant(name=name, label=label, path=name, nullable=nullable)


STATE = Choice(name="state", label=_("State"), path="state", options=options_from(State.choices))
FIELDS: tuple[Field, ...] = (
    STATE,
    Choice(
        name="priority",
        label=_("Priority"),
        path="priority",
        options=options_from(Priority.choices),
        ordered=True,
    ),
    Choice(
        name="waiting_for",
        label=_("Whose turn it is"),
        path="waiting_for",
        options=options_from(WaitingFor.choices),
    ),
    Reference(name="brand", label=_("Brand"), path="brand_id", options=_brands),
    Reference(
        name="team",
        label=_("Team"),
        path="team_id",
        nullable=True,
        options=_teams,
        symbols=(Option(value=MY_TEAMS, label=_("my teams")),),
    ),
    Reference(
        name="assignee",
        label=_("Assignee"),
        path="assignee_id",
        nullable=True,
        options=_members,
        symbols=(Option(value=ME, label=_("me")),),
    ),
    Reference(
        name="category",
        label=_("Category"),
        path="category_id",
        nullable=True,
        options=_standing(Category),
        below=below,
    ),
    Reference(
        name="request_type",
        label=_("Type"),
        path="request_type_id",
        nullable=True,
        options=_standing(RequestType),
    ),
    Reference(
        name="company",
        label=_("Company"),
        path="company_id",
        nullable=True,
        options=lambda actor: _named(Company.objects.visible_to(actor).served()),
    ),
    Reference(
        name="territory",
        label=_("Territory"),
        path="site__territory_id",
        nullable=True,
        options=_territories,
        below=below_territory,
    ),
    Reference(
        name="channel", label=_("Channel"), path="channel_id", nullable=True, options=_channels
    ),
    References(
        name="tags",
        label=_("Tags"),
        options=lambda _actor: _named(Tag.objects.all()),
        links=Tagging,
        row="ticket",
        member="tag_id",
        accessor="taggings",
    ),
    Text(name="site", label=_("Site"), path="site__name", nullable=True),
    Text(name="site_code", label=_("Code of the site"), path="site__code", nullable=True),
    Text(name="subject", label=_("Subject"), path="subject"),
    Text(name="requester_name", label=_("Requester's name"), path="requester__name"),
    Text(
        name="requester_address",
        label=_("Requester's address"),
        path="requester_identity__value",
        nullable=True,
    ),
    Text(
        name="requester_domain",
        label=_("Domain of the requester's address"),
        derived=Derived(sql=_domain_sql, read=_domain),
        nullable=True,
    ),
    Boolean(name="unread", label=_("Unread"), path="unread"),
    Boolean(name="suspended", label=_("Suspended"), path="suspended"),
    Boolean(
        name="snoozed",
        label=pgettext_lazy("ticket", "Snoozed"),
        derived=Derived(sql=_snoozed_sql, read=_snoozed),
    ),
    _instant("snoozed_until", _("Snoozed until")),
    _instant("waiting_since", _("Waiting since")),
    _instant("opened_at", _("Opened"), nullable=False),
    _instant("last_at", _("Last activity"), nullable=False),
    _instant("last_inbound_at", _("Last word of the requester")),
    _instant("first_answered_at", _("First answered")),
    _instant("due_at", pgettext_lazy("promise", "Due")),
    _instant("solved_at", _("Solved")),
    _instant("closed_at", _("Closed")),
    Number(name="line", label=_("Line"), path="line"),
    Number(name="returned_times", label=_("Returned times"), path="returned_times"),
    Number(name="reopened_times", label=_("Reopened times"), path="reopened_times"),
)


def _of_person(actor: Actor) -> QuerySet[Ticket]:
    # What was merged into another one was no matter of its own.
    return Ticket.objects.visible_to(actor).filter(merged_into=None)


def whole_of(person: Any) -> Subquery:
    """Say which human being a person is, in SQL."""
    return Subquery(Person.objects.filter(pk=person).values("whole"))


PERSON_TICKETS = Relation(
    name="person_tickets",
    label=_("Tickets of the requester"),
    vocabulary=lambda: TICKET_VOCABULARY,
    rows=_of_person,
    # Of the human being, whichever of their addresses was joined to which.
    links=(("requester__whole", "requester_id"),),
    through=whole_of,
    when="opened_at",
    lasting=frozenset({"brand", "channel", "opened_at"}),
)
TICKET_VOCABULARY: Vocabulary = Vocabulary(
    name="ticket", fields=FIELDS, relations=(PERSON_TICKETS, *RELATED)
)
