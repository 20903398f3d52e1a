"""Promises of the story: the hours of both houses, what each promises, and urgent matters."""

from datetime import datetime, timedelta

from ambidesk.edge.commands.story.scenery import HOUSES, House
from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.ground.calendars.reading import read
from ambidesk.ground.calendars.spec import WEEKDAYS
from ambidesk.parties.brands.models import Brand
from ambidesk.service.sla.arranging import Promising, arrange_calendar
from ambidesk.service.sla.models import Policy
from ambidesk.service.sla.rules.facts import Goal, Stage, Target
from ambidesk.support.promises.arranging import arrange_ticket_policy
from ambidesk.support.tickets.models import Priority

HOUR = timedelta(hours=1)
EVERY_DAY = {"hours": {day: [["08:00", "21:00"]] for day in WEEKDAYS}}
OFFICE = {"hours": {day: [["08:00", "12:00"], ["13:00", "18:00"]] for day in WEEKDAYS[:5]}}
RUSSIAN = {"holidays": {"country": "RU", "short_days": True}}
BRITISH = {"holidays": {"country": "GB", "subdivision": "ENG"}}
WORDS = {
    "ru": ("Служба заботы", "Срочные обращения", {"zone": "Europe/Moscow", **EVERY_DAY, **RUSSIAN}),
    "en": ("Service desk", "Urgent requests", {"zone": "Europe/London", **OFFICE, **BRITISH}),
}


def make_promises(*, at: datetime) -> None:
    """Give each house its calendar and two policies, unless something is promised already."""
    if Policy.objects.exists():
        return
    for house in HOUSES:
        _promise(house, at=at)


def _promise(house: House, *, at: datetime) -> None:
    name, urgent, plain = WORDS[house.language]
    brand = Brand.objects.filter(slug=house.slug).first()
    if brand is None:
        return
    hours = arrange_calendar(None, name=name, spec=read(plain), by=TELLER, at=at)
    ours = {"field": "brand", "operator": "one_of", "value": [brand.pk]}
    high = {"field": "priority", "operator": "one_of", "value": [Priority.URGENT.value]}
    for said in (
        Promising(
            name=name,
            place=20,
            condition={"all": [ours]},
            calendar=hours,
            targets=_targets(8, 8, 80),
        ),
        Promising(
            name=f"{urgent} ({house.name})",
            place=10,
            condition={"all": [ours, high]},
            calendar=hours,
            targets=_targets(2, 2, 16),
        ),
    ):
        arrange_ticket_policy(None, said, by=TELLER, at=at)


def _targets(first: int, following: int, solved: int) -> list[Target]:
    pauses = frozenset({Stage.REQUESTER, Stage.OTHER})
    return [
        Target(
            goal=goal,
            work=length * HOUR,
            pauses=pauses,
            warnings=(HOUR / 4,),
            percents=(25,),
        )
        for goal, length in zip(Goal, (first, following, solved), strict=True)
    ]
