"""Desks drawn at random: tickets with all that hangs on them."""

from typing import Any

from hypothesis import strategies as st

from ambidesk.parties.people.models import Identity, IdentityKind, Person
from ambidesk.relation.feedback.models import Invitation, InvitationState, Rating, Way
from ambidesk.support.conversations.models import Direction, Message, MessageKind
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
from tests.support.tickets.filled import columns
from tests.support.tickets.worlds import INSTANTS, MOMENT, WORDS, World

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
