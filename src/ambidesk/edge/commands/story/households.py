"""A household of the story: two who write to the shop and live together."""

from datetime import datetime

from ambidesk.edge.commands.story.scenery import SHOP
from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.parties.people.housing import house
from ambidesk.parties.people.models import Household, Person
from ambidesk.support.tickets.models import Ticket

LOOKED_AT = 400


def house_some(*, until: datetime) -> None:
    """Put two of one family into a household, unless there is one or nobody shares a name."""
    if Household.objects.exists():
        return
    asked = Ticket.objects.filter(brand__slug=SHOP).values("requester")
    families: dict[str, Person] = {}
    for person in Person.objects.filter(pk__in=asked).order_by("pk")[:LOOKED_AT]:
        family = _family(person)
        other = families.setdefault(family, person)
        if family and other.whole != person.whole:
            house(other, person, name=f"Семья: {family}", by=TELLER, at=until)
            return


def _family(person: Person) -> str:
    """The last word of a name, as a man bears it."""
    words = person.called.split()
    return words[-1].removesuffix("а") if len(words) > 1 else ""
