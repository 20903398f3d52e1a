"""The standing cast: two brands, their teams, operators and customers, made by the verbs."""

from dataclasses import dataclass
from datetime import datetime

from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.ground.reach.granting import actor_of
from ambidesk.ground.reach.models import Role
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.parties.staff.hiring import hire, join_teams
from ambidesk.parties.staff.models import Member, Team
from ambidesk.support.conversations.models import Channel, ChannelKind, Message
from ambidesk.support.conversations.receiving import Inbound, receive
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.opening import Opening, open_ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody a test may need."""

    shop: Brand
    lifts: Brand
    shop_team: Team
    lift_team: Team
    shop_mail: Channel
    lift_mail: Channel
    olga: Member
    ivan: Member
    lev: Member
    admin: Member
    anna: Identity
    boris: Identity
    at: datetime

    def actor(self, member: Member) -> Actor:
        """The member, acting."""
        return actor_of(member.user)

    def write(self, text: str = "Where is my parcel?", **fields: object) -> Message:
        """A mail of Anna to the shop, or as the fields say."""
        values: dict[str, object] = {
            "channel": self.shop_mail,
            "thread_key": f"t{Message.objects.count()}",
            "sender": self.anna,
            "subject": "Parcel",
            "text": text,
            "new_text": text,
            "sent_at": self.at,
            "external_id": f"m{Message.objects.count()}@example.org",
        }
        return receive(Inbound(**{**values, **fields}), at=self.at)  # type: ignore[arg-type]

    def ticket(self, text: str = "Where is my parcel?", **fields: object) -> Ticket:
        """A ticket opened by a mail."""
        message = self.write(text, **fields)
        assert message.sender
        opening = Opening(
            brand=message.thread.channel.brand,
            requester=message.sender,
            subject=message.subject,
            message=message,
            channel=message.thread.channel,
        )
        return open_ticket(opening, by=SYSTEM, at=self.at)


def make_cast(at: datetime) -> Cast:
    """Hire, found and register everybody."""
    shop = Brand.objects.create(name="Polka", slug="polka", language="ru")
    lifts = Brand.objects.create(name="Liftcare", slug="liftcare", language="en")
    shop_team = _team("Shop", shop)
    lift_team = _team("Lifts", lifts)
    return Cast(
        shop=shop,
        lifts=lifts,
        shop_team=shop_team,
        lift_team=lift_team,
        shop_mail=_channel(shop, shop_team, "help@polka.example"),
        lift_mail=_channel(lifts, lift_team, "service@liftcare.example"),
        olga=hired("Olga Orlova", "operator", shop_team, at=at),
        ivan=hired("Ivan Ilyin", "operator", shop_team, at=at),
        lev=hired("Lev Lvov", "operator", lift_team, at=at),
        admin=hired("Ada Adminova", "administrator", None, at=at),
        anna=_customer("Anna Petrova", "anna@example.org", at),
        boris=_customer("Boris Smirnov", "boris@example.net", at),
        at=at,
    )


def _team(name: str, brand: Brand) -> Team:
    team = Team.objects.create(name=name)
    team.brands.add(brand)
    return team


def _channel(brand: Brand, team: Team, address: str) -> Channel:
    return Channel.objects.create(
        kind=ChannelKind.EMAIL, brand=brand, team=team, name=address, address=address
    )


def hired(name: str, role: str, team: Team | None, *, at: datetime) -> Member:
    """A member of staff with a role, in a team."""
    email = f"{name.split(maxsplit=1)[0].lower()}@desk.example"
    member = hire(
        email=email,
        name=name,
        roles=[Role.objects.get(key=role)],
        password="correct horse battery staple",
        by=SYSTEM,
        at=at,
    )
    if team:
        join_teams(member, [team], by=SYSTEM, at=at)
    return member


def _customer(name: str, address: str, at: datetime) -> Identity:
    caller = Caller(kind=IdentityKind.EMAIL, value=address, name=name)
    return meet(caller, by=SYSTEM, at=at)
