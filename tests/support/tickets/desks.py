"""Desks drawn at random: tickets with all that hangs on them, and conditions over them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, IntegerField, Q, Value, When
from django.db.models.functions import NullIf
from hypothesis import strategies as st

from ambidesk.ground.conditions.fields import (
    Boolean,
    Choice,
    Derived,
    Field,
    Number,
    Reference,
    operators_of,
)
from ambidesk.ground.conditions.operators import Kind, Operator, Quantity, Shape, Unit, shape_of
from ambidesk.ground.conditions.parsing import DEEPEST, DEEPEST_COUNT, MOST_COUNTS
from ambidesk.ground.conditions.vocabularies import Vocabulary
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.placing import add
from ambidesk.parties.companies.registering import Place, Profile, open_sites, register
from ambidesk.parties.people.models import Identity, IdentityKind, Person
from ambidesk.relation.feedback.models import Invitation, InvitationState, Rating, Survey, Way
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.conversations.models import Direction, Message, MessageKind, Thread
from ambidesk.support.tickets.custom import custom_fields
from ambidesk.support.tickets.fields import TICKET_VOCABULARY, asker_of
from ambidesk.support.tickets.models import (
    Escalation,
    FieldValue,
    Filing,
    Note,
    Priority,
    State,
    Tagging,
    Ticket,
    WaitingFor,
)
from tests.cast import Cast
from tests.support.tickets.filled import CUSTOM, columns, defined

MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

# Fields that tickets have not, so that every kind is asked with and without values.
RARE = (
    Number(
        name="rare_number",
        label="Rare number",
        whole=False,
        nullable=True,
        derived=Derived(
            sql=lambda _at: NullIf("reopened_times", Value(0), output_field=IntegerField()),
            read=lambda row, _at: row.reopened_times or None,
        ),
    ),
    Boolean(
        name="rare_boolean",
        label="Rare boolean",
        nullable=True,
        derived=Derived(
            sql=lambda _at: Case(
                When(Q(priority=Priority.LOW), then=Value(None)),
                default="unread",
                output_field=BooleanField(null=True),
            ),
            read=lambda row, _at: None if row.priority == Priority.LOW else row.unread,
        ),
    ),
)
VOCABULARY = Vocabulary(
    name="test",
    fields=(*TICKET_VOCABULARY.own, *RARE),
    # Those that are there without asking the database, which no import may.
    relations=TICKET_VOCABULARY._relations,
)
VOCABULARY.extend(custom_fields)

# Letters that trip comparisons: wild cards, escapes, quotes, cases that are not one to one.
HARD = "aAbБбёЁİıIßẞΣσςǅǆ%_\\'\"$ @.ﬁ😀"
KNOWN = st.characters(exclude_categories=("Cs", "Cn", "Co"), exclude_characters="\x00")
WORDS = (
    st.text(HARD, max_size=5) | st.text(KNOWN, max_size=4) | st.sampled_from(["", "a@b.c", "A@B"])
)
SPANS = st.builds(
    lambda hours, micros: timedelta(hours=hours, microseconds=micros),
    st.sampled_from([-48, -24, -3, -1, 0, 1, 3, 24, 48]),
    st.sampled_from([-1, 0, 1]),
)
INSTANTS = SPANS.map(lambda span: MOMENT + span)


class World:
    """Rows that references may point at, and what is drawn about them."""

    conditions: st.SearchStrategy[dict[str, object]]
    rows: st.SearchStrategy[dict[str, object]]

    def __init__(self, cast: Cast) -> None:
        first = Category.objects.create(name="Repair")
        second = Category.objects.create(name="Doors", parent=first)
        third = Category.objects.create(name="Locks", parent=second)
        self.kept: dict[object, st.SearchStrategy[dict[str, object]]] = {}
        self.ids: dict[str, list[int]] = {
            "brand": [cast.shop.pk, cast.lifts.pk],
            "team": [cast.shop_team.pk, cast.lift_team.pk],
            "assignee": [cast.olga.pk, cast.ivan.pk, cast.lev.pk],
            "category": [first.pk, second.pk, third.pk, Category.objects.create(name="Bills").pk],
            "request_type": [RequestType.objects.create(name=name).pk for name in "ABC"],
            "channel": [cast.shop_mail.pk, cast.lift_mail.pk],
            "tags": [Tag.objects.create(name=name).pk for name in ("vip", "late", "loud")],
        }
        self._settle(cast)
        self.thread = Thread.objects.create(channel=cast.shop_mail, key="drawn", begun_at=MOMENT)
        self.survey = Survey.objects.create(name="Drawn")
        self.custom = {kind: defined(kind) for kind in CUSTOM}
        for row in self.custom.values():
            self.ids[row.spec.name] = [each.id for each in row.spec.options]
        self.askers = [
            asker_of(cast.actor(who), at=MOMENT) for who in (cast.olga, cast.lev, cast.admin)
        ]

    def _settle(self, cast: Cast) -> None:
        """Two companies; a branch of three areas, one beside it, and sites in some of them."""
        profiles = [Profile(name=name) for name in ("Chain", "Other")]
        first, second = [register(None, each, by=SYSTEM, at=cast.at) for each in profiles]
        north = add(first, "North", by=SYSTEM, at=cast.at)
        city = add(first, "City", below=north, by=SYSTEM, at=cast.at)
        district = add(first, "District", below=city, by=SYSTEM, at=cast.at)
        south = add(first, "South", by=SYSTEM, at=cast.at)
        areas = [Place(name="Shop", territory=each) for each in (north, district, south, None)]
        sites = open_sites(first, areas, by=SYSTEM, at=cast.at)
        self.ids["company"] = [first.pk, second.pk]
        self.ids["territory"] = [north.pk, city.pk, district.pk, south.pk]
        self.places = [
            {"company_id": None},
            {"company_id": second.pk},
            *({"company_id": first.pk, "site_id": site.pk} for site in sites),
        ]


def comparisons(
    world: World, vocabulary: Vocabulary = VOCABULARY
) -> st.SearchStrategy[dict[str, object]]:
    """Questions by fields first: those with many operators must not drown the others."""
    return st.one_of(
        *(
            st.one_of(*(comparison(world, field, operator) for operator in operators_of(field)))
            for field in vocabulary.fields
        )
    )


def comparison(
    world: World, field: Field, operator: Operator
) -> st.SearchStrategy[dict[str, object]]:
    """One question about a field."""
    plain = {"field": st.just(field.name), "operator": st.just(operator.value)}
    if shape_of(operator) is Shape.NOTHING:
        return st.fixed_dictionaries(plain)
    return st.fixed_dictionaries({**plain, "value": _value(world, field, operator)})


DURATIONS = st.fixed_dictionaries(
    {
        "amount": st.sampled_from([0, 1, 2, 3, 24, 48, 60, 180]),
        "unit": st.sampled_from([unit.value for unit in Unit]),
    }
)
WHOLE = st.integers(-2, 5) | st.sampled_from([2**15, 2**31, -(2**31) - 1, 10**12])
BROKEN = st.integers(-2, 5) | st.sampled_from(["0.5", "1.000001", "-1.5", 2.5])


def _value(world: World, field: Field, operator: Operator) -> st.SearchStrategy[object]:
    shape = shape_of(operator)
    if shape is Shape.DURATION:
        return DURATIONS
    if shape is Shape.MANY:
        return st.lists(_key(world, field), min_size=1, max_size=3)
    plain = {
        Kind.TEXT: WORDS.filter(str.strip),
        Kind.NUMBER: WHOLE if getattr(field, "whole", True) else BROKEN,
        Kind.BOOLEAN: st.booleans(),
        Kind.INSTANT: INSTANTS.map(datetime.isoformat),
    }
    return plain[field.kind] if field.kind in plain else _key(world, field)


def _key(world: World, field: Field) -> st.SearchStrategy[object]:
    if isinstance(field, Choice):
        return st.sampled_from([option.value for option in field.options])
    # Of what packages above tickets lend, such as contracts, there is no row here.
    keys: list[object] = [*world.ids.get(field.name, ()), 2**62]
    if isinstance(field, Reference):
        keys += [{"symbol": symbol.value} for symbol in field.symbols]
    return st.sampled_from(keys)


def counts(
    world: World, vocabulary: Vocabulary, *, left: int
) -> st.SearchStrategy[dict[str, object]]:
    """Counts of related rows, perhaps in a window, perhaps of those only that fit."""
    return st.one_of(
        *(
            st.fixed_dictionaries(
                {
                    "relation": st.just(relation.name),
                    "quantity": st.sampled_from(Quantity.values),
                    "number": st.integers(1, 3) | st.just(1),
                },
                optional={
                    "within": DURATIONS,
                    # Said later: the whole of it would be too long to be shown when one fails.
                    "where": later(world, relation.vocabulary(), left=left - 1, leaves=2),
                },
            )
            for relation in vocabulary.relations
        )
    )


@st.composite
def later(
    draw: st.DrawFn, world: World, vocabulary: Vocabulary, *, left: int, leaves: int
) -> dict[str, object]:
    """Trees that are put together when they are drawn, and shown in few letters."""
    key = (vocabulary.name, left, leaves)
    if key not in world.kept:
        world.kept[key] = trees(world, vocabulary, left=left, leaves=leaves)
    return draw(world.kept[key])


def trees(
    world: World, vocabulary: Vocabulary, *, left: int, leaves: int
) -> st.SearchStrategy[dict[str, object]]:
    """Conditions over a vocabulary, counts within counts so deep."""

    def grown(part: st.SearchStrategy[dict[str, object]]) -> st.SearchStrategy[dict[str, object]]:
        parts = st.lists(part, min_size=1, max_size=3)
        return (
            st.fixed_dictionaries({"all": parts})
            | st.fixed_dictionaries({"any": parts})
            | st.fixed_dictionaries({"not": part})
        )

    base = comparisons(world, vocabulary)
    if left and vocabulary.relations:
        base |= counts(world, vocabulary, left=left)
    return st.recursive(base, grown, max_leaves=leaves)


def conditions(world: World) -> st.SearchStrategy[dict[str, object]]:
    """Conditions over tickets, no larger than the desk takes them."""
    drawn = later(world, VOCABULARY, left=DEEPEST_COUNT, leaves=6)
    return drawn.filter(lambda tree: _depth(tree) <= DEEPEST and _counted(tree) <= MOST_COUNTS)


def _depth(tree: object) -> int:
    match tree:
        case {"all": list(parts)} | {"any": list(parts)}:
            return 1 + max(map(_depth, parts))
        case {"not": part} | {"where": part}:
            return 1 + _depth(part)
    return 0


def _counted(tree: object) -> int:
    match tree:
        case {"all": list(parts)} | {"any": list(parts)}:
            return sum(map(_counted, parts))
        case {"not": part}:
            return _counted(part)
        case {"relation": _, "where": part}:
            return 1 + _counted(part)
        case {"relation": _}:
            return 1
    return 0


MESSAGES = st.fixed_dictionaries(
    {
        "direction": st.sampled_from(Direction.values),
        "kind": st.sampled_from(MessageKind.values),
        "automatic": st.booleans(),
        "new_text": WORDS,
        "recorded_at": INSTANTS,
        "withdrawn_at": st.none() | st.just(MOMENT),
    }
)
NOTES = st.fixed_dictionaries({"text": WORDS, "at": INSTANTS})
ESCALATIONS = st.fixed_dictionaries({"to_line": st.integers(2, 4), "at": INSTANTS})
RATINGS = st.fixed_dictionaries(
    {"score": st.integers(1, 5), "is_good": st.booleans(), "comment": WORDS, "rated_at": INSTANTS}
)


@st.composite
def rows(draw: st.DrawFn, world: World) -> dict[str, object]:
    """The columns of a ticket, its requester and its tags, and what belongs to it."""

    def one_of(name: str, *, nullable: bool) -> int | None:
        return draw(st.sampled_from([*world.ids[name], *([None] if nullable else [])]))

    state = draw(st.sampled_from(State.values))
    maybe = st.none() | INSTANTS
    return {
        "custom": {
            kind: draw(
                columns(
                    kind,
                    options=world.ids[row.spec.name],
                    words=WORDS,
                    instants=INSTANTS,
                )
            )
            for kind, row in world.custom.items()
        },
        "whose": draw(st.integers(0, 2)),
        "messages": draw(st.lists(MESSAGES, max_size=3)),
        "notes": draw(st.lists(NOTES, max_size=2)),
        "escalations": draw(st.lists(ESCALATIONS, max_size=2)),
        "ratings": draw(st.lists(RATINGS, max_size=2)),
        "name": draw(WORDS),
        "address": draw(st.none() | WORDS.filter(bool)),
        "tags": draw(st.sets(st.sampled_from(world.ids["tags"]))),
        "ticket": {
            "state": state,
            "waiting_for": draw(st.sampled_from(WaitingFor.values)),
            "priority": draw(st.sampled_from(Priority.values)),
            "brand_id": one_of("brand", nullable=False),
            "team_id": one_of("team", nullable=True),
            "assignee_id": one_of("assignee", nullable=True),
            "category_id": one_of("category", nullable=True),
            "request_type_id": one_of("request_type", nullable=True),
            "channel_id": one_of("channel", nullable=True),
            **draw(st.sampled_from(world.places)),
            "subject": draw(WORDS),
            "unread": draw(st.booleans()),
            "suspended": draw(st.booleans()),
            "opened_at": draw(INSTANTS),
            "last_at": draw(INSTANTS),
            "last_inbound_at": draw(maybe),
            "first_answered_at": draw(maybe),
            "waiting_since": draw(maybe),
            "snoozed_until": draw(maybe),
            "solved_at": draw(maybe),
            "closed_at": draw(INSTANTS if state == State.CLOSED else maybe),
            "reopened_times": draw(st.integers(0, 4)),
        },
    }


def store(drawn: list[dict[str, Any]], world: World) -> list[Ticket]:
    """Put drawn rows into the database and read them back, with what hangs on them."""
    persons = Person.objects.bulk_create(
        [Person(name=row["name"], first_at=MOMENT) for row in drawn]
    )
    identities = Identity.objects.bulk_create(
        [
            Identity(
                person=person,
                kind=IdentityKind.EMAIL,
                value=row["address"],
                shared=True,
                first_at=MOMENT,
            )
            for person, row in zip(persons, drawn, strict=True)
            if row["address"] is not None
        ]
    )
    by_person = {identity.person_id: identity for identity in identities}
    tickets = Ticket.objects.bulk_create(
        [
            Ticket(
                # Several tickets of one person, where there are several.
                requester=persons[row["whose"] % len(persons)],
                requester_identity=by_person.get(person.pk),
                **row["ticket"],
            )
            for person, row in zip(persons, drawn, strict=True)
        ]
    )
    Tagging.objects.bulk_create(
        Tagging(ticket=ticket, tag_id=tag, at=MOMENT)
        for ticket, row in zip(tickets, drawn, strict=True)
        for tag in row["tags"]
    )
    for ticket, row in zip(tickets, drawn, strict=True):
        _hang(ticket, row, world)
    stored = Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets])
    return list(
        stored.select_related("requester", "requester_identity").prefetch_related(
            "taggings", "field_values"
        )
    )


def _hang(ticket: Ticket, row: dict[str, Any], world: World) -> None:
    messages = Message.objects.bulk_create(
        [Message(thread=world.thread, sent_at=MOMENT, **each) for each in row["messages"]]
    )
    Filing.objects.bulk_create(
        [Filing(ticket=ticket, message=each, filed_at=MOMENT) for each in messages]
    )
    Note.objects.bulk_create([Note(ticket=ticket, **each) for each in row["notes"]])
    Escalation.objects.bulk_create(
        [
            Escalation(ticket=ticket, kind="escalated", from_line=1, reason="so", **each)
            for each in row["escalations"]
        ]
    )
    FieldValue.objects.bulk_create(
        FieldValue(ticket=ticket, definition=world.custom[kind], **each)
        for kind, values in row["custom"].items()
        for each in values
    )
    for each in row["ratings"]:
        invitation = Invitation.objects.create(
            survey=world.survey,
            ticket=ticket,
            person=ticket.requester,
            is_periodic=True,
            state=InvitationState.OFFERED,
            way=Way.PAGE,
            solved_at=MOMENT,
            due_at=MOMENT,
            offered_at=MOMENT,
            expires_at=MOMENT,
            nonce="",
        )
        Rating.objects.create(
            invitation=invitation, way=Way.PAGE, changed_at=each["rated_at"], **each
        )
