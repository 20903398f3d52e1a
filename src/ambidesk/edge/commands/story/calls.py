"""Calls of the demo: a missed one that somebody has to return, and hidden numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ambidesk.edge.commands.story.scenery import SHOP, STAFF
from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Member, Team
from ambidesk.support.channels.contract.inbound import Called, Phase
from ambidesk.support.conversations.connecting import Connection, connect, switch
from ambidesk.support.conversations.models import Channel
from ambidesk.support.telephony.extending import extend
from ambidesk.support.telephony.models import Call, Extension
from ambidesk.support.telephony.taking import put_down
from ambidesk.support.tickets.assigning import assign

KIND, ADDRESS = "mango", "+78005550199"
EXTENSION = "101"
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """One call: how many minutes before the end of the story, and for how many it was talked."""

    key: str
    number: str
    ago: int
    talked: int = 0


# The second call of a number goes on with the ticket of the first one, and reminds who has it.
MISSED = (
    Ring(key="demo-1", number="+79161234501", ago=180),
    Ring(key="demo-2", number="+79161234501", ago=25),
)
HIDDEN = (Ring(key="demo-3", number="", ago=90, talked=4), Ring(key="demo-4", number="", ago=40))
# One for the number that was missed, one for each that was hidden.
TICKETS = 1 + len(HIDDEN)


def ring(*, until: datetime) -> None:
    """Let it ring, unless it did before; the exchange is off, so that nothing is dialled."""
    brand = Brand.objects.filter(slug=SHOP).first()
    if brand is None or Call.objects.exists():
        return
    channel = _exchange(brand, at=until)
    operator = next(each for each in STAFF if each.role == "operator" and SHOP in each.works_for)
    member = Member.objects.get(user__email=operator.login)
    if not Extension.objects.filter(member=member).exists():
        extend(member, EXTENSION, by=TELLER, at=until)
    first = _told(channel, MISSED[:1], until=until)[0]
    if first.ticket is not None:
        assign(
            first.ticket, assignee=member, team=channel.team, by=TELLER, at=_at(MISSED[0], until)
        )
    _told(channel, (*HIDDEN, *MISSED[1:]), until=until)


def _exchange(brand: Brand, *, at: datetime) -> Channel:
    wanted = Connection(
        kind=KIND,
        brand=brand,
        team=Team.objects.filter(brands=brand).order_by("pk").first(),
        name=f"{brand.name}, {ADDRESS}",
        address=ADDRESS,
        settings={},
    )
    channel = connect(None, wanted, by=TELLER, at=at)
    switch(channel, on=False, by=TELLER, at=at)
    channel.refresh_from_db()
    return channel


def _told(channel: Channel, rings: Sequence[Ring], *, until: datetime) -> list[Call]:
    rows = []
    for each in rings:
        at = _at(each, until)
        if each.talked:
            put_down(channel, _phase(each, Phase.ANSWERED, at), by=TELLER, at=at)
        end = at + max(each.talked, 1) * MINUTE
        rows.append(put_down(channel, _phase(each, Phase.ENDED, end), by=TELLER, at=end))
    return rows


def _phase(each: Ring, phase: Phase, at: datetime) -> Called:
    return Called(
        call=each.key,
        phase=phase,
        is_outgoing=False,
        number=each.number,
        line=ADDRESS,
        extension=EXTENSION if each.talked else "",
        was_answered=bool(each.talked) if phase is Phase.ENDED else None,
        happened_at=at,
    )


def _at(each: Ring, until: datetime) -> datetime:
    return until - each.ago * MINUTE
