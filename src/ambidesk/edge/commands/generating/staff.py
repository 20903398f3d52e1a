"""Who works at a generated desk: two brands with a team each, founded and hired by the verbs."""

from dataclasses import dataclass
from datetime import datetime

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.models import Role
from ambidesk.parties.brands.founding import Face, set_up
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.forming import form_team
from ambidesk.parties.staff.hiring import hire, join_teams
from ambidesk.parties.staff.models import Member, Team
from ambidesk.support.conversations.connecting import Connection, connect
from ambidesk.support.conversations.models import Channel, ChannelKind

MEMBERS = 40
ADMIN = "admin@bench.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One brand and those who answer for it."""

    brand: Brand
    team: Team
    channel: Channel
    members: tuple[Member, ...]
    language: str


def move_in(at: datetime) -> tuple[Room, ...]:
    """Set up both brands; an administrator sees all of it, the members their own brand."""
    if not Member.objects.filter(user__email=ADMIN).exists():
        _hire(ADMIN, "administrator", at)
    return tuple(_room(name, language, at) for name, language in (("one", "ru"), ("two", "en")))


def crowd(room: Room, number: int, *, at: datetime) -> list[Member]:
    """Have so many operators in a room, those included that are there."""
    here = list(room.members[:number])
    for place in range(len(here), number):
        member = _hire(f"crowd{place}@bench.example", "operator", at)
        join_teams(member, [room.team], by=SYSTEM, at=at)
        here.append(member)
    return here


def _room(name: str, language: str, at: datetime) -> Room:
    channel = Channel.objects.filter(name=name).select_related("brand", "team").first()
    if channel is None or channel.team is None:
        return _new_room(name, language, at)
    rows = Member.objects.filter(teams=channel.team, user__email__startswith=name)
    members = rows.select_related("user").order_by("pk")
    return Room(
        brand=channel.brand,
        team=channel.team,
        channel=channel,
        members=tuple(members),
        language=language,
    )


def _new_room(name: str, language: str, at: datetime) -> Room:
    face = Face(name=name.title(), slug=name, language=language, accent="#3b5bdb")
    brand = set_up(None, face, by=SYSTEM, at=at)
    team = form_team(None, name=f"Team {name}", brands=[brand], members=[], by=SYSTEM, at=at)
    mailbox = Connection(
        kind=ChannelKind.EMAIL,
        brand=brand,
        team=team,
        name=name,
        address=f"help@{name}.example",
        settings={},
    )
    channel = connect(None, mailbox, by=SYSTEM, at=at)
    logins = [f"{name}{number}@bench.example" for number in range(MEMBERS // 2)]
    members = tuple(_hire(login, "operator", at) for login in logins)
    for member in members:
        join_teams(member, [team], by=SYSTEM, at=at)
    return Room(brand=brand, team=team, channel=channel, members=members, language=language)


def _hire(login: str, role: str, at: datetime) -> Member:
    return hire(
        email=login,
        name=login.partition("@")[0].title(),
        roles=Role.objects.filter(key=role),
        password=None,
        by=SYSTEM,
        at=at,
    )
