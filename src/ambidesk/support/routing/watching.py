"""Watching: who attends with what in hand, what waits and since when; read once for a screen."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from ambidesk.parties.staff.models import Membership, Team
from ambidesk.support.routing.attendance import present_users
from ambidesk.support.routing.carrying import Hands, hands_of
from ambidesk.support.routing.models import Engagement, Mode, Place, Queue, Status
from ambidesk.support.routing.waiting import Expectation, line_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member of a team as a lead sees them; somebody invisible is away to everybody else."""

    member: int
    name: str
    status: Status
    since: datetime | None
    load: int
    capacity: int
    talks: int
    present: bool
    absent_until: datetime | None = None

    @property
    def is_full(self) -> bool:
        """Nothing more fits."""
        return self.capacity <= self.load


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """A team with its people and its queue; `oldest` is since when the first one waits."""

    team: Team
    mode: Mode
    people: tuple[Person, ...]
    waiting: int
    oldest: datetime | None
    next: Expectation

    @property
    def online(self) -> int:
        """How many take work now."""
        return sum(person.status is Status.ONLINE for person in self.people)

    @property
    def load(self) -> int:
        """What those who attend hold."""
        return sum(person.load for person in self.people if person.status is not Status.AWAY)

    @property
    def capacity(self) -> int:
        """What fits those who attend."""
        return sum(person.capacity for person in self.people if person.status is not Status.AWAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many wait in the queues of somebody, and since when the first."""

    number: int
    oldest: datetime | None


def crews_of(teams: Collection[Team], *, at: datetime) -> tuple[Crew, ...]:
    """Read these teams with their people and queues, in as many questions as for one."""
    rows = Membership.objects.filter(team__in=teams, member__user__is_active=True)
    members = list(rows.select_related("member__user", "member__operator").order_by("pk"))
    hands = hands_of({row.member_id for row in members}, at=at)
    talks = _talks({row.member_id for row in members})
    present = present_users()
    queues = Queue.objects.in_bulk([team.pk for team in teams])
    waits = _waits(teams)
    crews = []
    for team in teams:
        people = [
            _person(row, hands.get(row.member_id), talks.get(row.member_id, 0), present)
            for row in members
            if row.team_id == team.pk
        ]
        queue, wait = queues.get(team.pk), waits.get(team.pk, Waiting(number=0, oldest=None))
        line = line_of(team.pk, at=at) if queue else None
        crews.append(
            Crew(
                team=team,
                mode=Mode(queue.mode) if queue else Mode.OFF,
                people=tuple(sorted(people, key=_order)),
                waiting=wait.number,
                oldest=wait.oldest,
                next=line.expectation(wait.number + 1)
                if line
                else Expectation(position=1, seconds=None),
            )
        )
    return tuple(crews)


def waiting_for_hands(hands: Hands) -> Waiting:
    """Count what waits in the queues that these hands work from."""
    rows = Place.objects.filter(team__in=hands.teams)
    mine = rows.filter(Q(reserved_for=None) | Q(reserved_for=hands.member))
    found = mine.aggregate(number=Count("pk"), oldest=Min("since"))
    return Waiting(number=found["number"], oldest=found["oldest"])


def talks_of(member: int) -> list[Engagement]:
    """List what somebody holds: what weighs first, the longest silence of ours leading."""
    rows = Engagement.objects.filter(member=member, ticket__assignee=member)
    rows = rows.select_related(
        "ticket__requester__head", "ticket__requester_identity", "ticket__place"
    )
    return sorted(
        rows,
        key=lambda held: (held.parked, held.ticket.waiting_for != "us", held.ticket.last_at),
    )


def _talks(members: Collection[int]) -> Mapping[int, int]:
    rows = Engagement.objects.filter(member__in=members).values("member")
    return dict(rows.annotate(number=Count("pk")).values_list("member", "number"))


def _waits(teams: Collection[Team]) -> Mapping[int, Waiting]:
    rows = Place.objects.filter(team__in=teams).values("team")
    counted = rows.annotate(number=Count("pk"), oldest=Min("since")).order_by()
    return {row["team"]: Waiting(number=row["number"], oldest=row["oldest"]) for row in counted}


def _person(row: Membership, hands: Hands | None, talks: int, present: Collection[int]) -> Person:
    operator = getattr(row.member, "operator", None)
    return Person(
        member=row.member_id,
        name=row.member.name,
        status=hands.status if hands else Status.AWAY,
        since=operator.since if operator else None,
        load=hands.load if hands else 0,
        capacity=hands.capacity if hands else 0,
        talks=talks,
        present=row.member.user_id in present,
        absent_until=hands.absent_until if hands else None,
    )


ORDER = (Status.ONLINE, Status.BUSY, Status.INVISIBLE, Status.AWAY)


def _order(person: Person) -> tuple[int, str]:
    return ORDER.index(person.status), person.name
