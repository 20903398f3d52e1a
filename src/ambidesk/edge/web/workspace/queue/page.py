"""What the bar shows; without a queue to work from there is none."""

from dataclasses import dataclass
from datetime import datetime

from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Member
from ambidesk.support.routing.carrying import hands_of
from ambidesk.support.routing.models import Engagement, Mode, Operator, Queue, Status
from ambidesk.support.routing.telling import topic_of
from ambidesk.support.routing.watching import Waiting, talks_of, waiting_for_hands

SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One ticket at hand."""

    number: int
    name: str
    weight: int
    is_parked: bool
    is_ours: bool
    is_back: bool

    @classmethod
    def of(cls, held: Engagement) -> "Talk":
        """Say of an engagement what the bar shows."""
        ticket = held.ticket
        identity = ticket.requester_identity
        return cls(
            number=ticket.pk,
            name=ticket.requester.called or (identity.value if identity else ""),
            weight=held.weight,
            is_parked=held.parked,
            is_ours=ticket.waiting_for == "us",
            is_back=getattr(ticket, "place", None) is not None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The bar of an operator; `away_after` in seconds without a touch makes them away."""

    status: Status
    because: str
    statuses: tuple[Status, ...]
    load: int
    capacity: int
    waiting: Waiting
    talks: tuple[Talk, ...]
    more: int
    topics: str
    away_after: int

    @property
    def is_away(self) -> bool:
        """Nothing is taken now."""
        return self.status is Status.AWAY

    @property
    def is_full(self) -> bool:
        """Nothing more fits."""
        return self.load >= self.capacity


def own_member(actor: Actor) -> Member | None:
    """Find the member who acts."""
    rows = Member.objects.filter(user=actor.user_id or 0).select_related("user")
    return rows.first()


def read_bar(actor: Actor, *, at: datetime) -> Bar | None:
    """Read the bar; None where the actor works from no queue."""
    member = own_member(actor)
    queues = Queue.objects.filter(team__members=member, team__archived_at=None)
    own = list(queues.exclude(mode=Mode.OFF).order_by("pk")) if member else []
    if member is None or not own:
        return None
    hands = hands_of([member.pk], at=at).get(member.pk)
    operator = Operator.objects.filter(pk=member.pk).first()
    talks = [Talk.of(held) for held in talks_of(member.pk)]
    topics = [topic_of(queue.pk) for queue in own]
    return Bar(
        status=hands.status if hands else Status.AWAY,
        because=operator.get_because_display() if operator else "",
        statuses=tuple(Status),
        load=hands.load if hands else 0,
        capacity=hands.capacity if hands else 0,
        waiting=waiting_for_hands(hands) if hands else Waiting(number=0, oldest=None),
        talks=tuple(talks[:SHOWN]),
        more=max(len(talks) - SHOWN, 0),
        topics=" ".join([*topics, f"user:{actor.user_id}"]),
        away_after=min(queue.away_after for queue in own),
    )
