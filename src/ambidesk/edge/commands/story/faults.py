"""Faults of the story: one that ended days ago, all of it told, and one that begins as you look."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from ambidesk.edge.commands.story.people import Character, characters
from ambidesk.edge.commands.story.scenery import SHOP, STAFF
from ambidesk.edge.commands.story.stage import KEY, TELLER, Scene, Stage
from ambidesk.edge.commands.story.tale import Do, Step, Tale
from ambidesk.support.incidents.announcing import announce
from ambidesk.support.incidents.deciding import accept, close
from ambidesk.support.incidents.models import Incident
from ambidesk.support.incidents.noticing import learn, notice
from ambidesk.support.incidents.telling import answer_all, tell_some
from ambidesk.support.tickets.models import Ticket

# What is usual is learnt from so many tickets.
LEARNT = 500
LEAD = next(each for each in STAFF if each.role == "team_lead" and SHOP in each.works_for)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What many write about at once; `ago` is when the first of them does."""

    key: str
    subject: str
    texts: tuple[str, ...]
    ago: timedelta
    number: int = 22
    every: timedelta = timedelta(seconds=21)


OVER = Fault(
    key="fault-payment",
    subject="Не проходит оплата картой",
    texts=(
        "Оплата картой не проходит, пишет: ошибка.",
        "Пишет «ошибка», оплата картой не проходит.",
        "Не проходит оплата картой. Ошибку пишет.",
    ),
    ago=timedelta(days=6, hours=3),
)
NEW = Fault(
    key="fault-courier",
    subject="Не пришёл код для курьера",
    texts=(
        "Код из смс не пришёл, курьер заказ не отдаёт.",
        "Курьер не отдаёт заказ: не пришёл код из смс.",
        "Не пришёл код из смс. Курьер заказ не отдаёт.",
    ),
    ago=timedelta(minutes=9),
)
BANNER = {
    "ru": "Оплата картой временно не проходит, чиним. Заказы сохранены в корзине.",
    "en": "Card payments fail for now; we are mending it. Your basket is safe.",
}
SOON = (
    "Оплата картой временно не проходит у всех, мы уже чиним. Заказ сохранён, деньги не спишутся."
)
ENDED = "Оплата картой снова работает. Извините за беспокойство: на следующий заказ дарим доставку."


def tell_faults(stage: Stage, *, until: datetime, told: Collection[str]) -> None:
    """Tell the faults that were not told yet."""
    for fault in (OVER, NEW):
        if KEY + f"{fault.key}-0" in told:
            continue
        found, at = _begin(stage, fault, until=until)
        for incident in found[:1] if fault is OVER else ():
            _end(stage, incident, at)


def _begin(stage: Stage, fault: Fault, *, until: datetime) -> tuple[list[Incident], datetime]:
    """Let all of them write, and have it noticed; give what was proposed, and when."""
    first = until - fault.ago
    brand = stage.channels[SHOP].brand_id
    usual = Ticket.objects.filter(brand=brand, opened_at__lt=first).order_by("-pk")
    learn(brand, list(usual.values_list("pk", flat=True)[:LEARNT]), at=first)
    tales = [_tale(fault, place, who, first) for place, who in enumerate(_people(fault))]
    stage.meet(tales)
    scenes = [Scene(tale=tale) for tale in tales]
    stage.hear([(scene, scene.tale.steps[0]) for scene in scenes])
    at = tales[-1].begins_at
    return notice([scene.opened.pk for scene in scenes], by=TELLER, at=at), at


def _end(stage: Stage, incident: Incident, at: datetime) -> None:
    by = stage.colleague(LEAD)
    accept(incident, title=OVER.subject, by=by, at=at + timedelta(minutes=2))
    announce(incident, words=BANNER, by=by, at=at + timedelta(minutes=3))
    said = [answer_all(incident, text=SOON, by=by, at=at + timedelta(minutes=5))]
    over = close(incident, text=ENDED, by=by, at=at + timedelta(minutes=70))
    for broadcast in [*said, *([over] if over else [])]:
        while tell_some(broadcast, by=by, at=broadcast.due_at):
            pass


def _people(fault: Fault) -> Sequence[Character]:
    here = [each for each in characters() if (each.brand, each.language) == (SHOP, "ru")]
    return Random(fault.key).sample(here, fault.number)  # noqa: S311 a story, no secret


def _tale(fault: Fault, place: int, who: Character, first: datetime) -> Tale:
    words = fault.texts[place % len(fault.texts)]
    heard = Step(do=Do.HEAR, at=first + place * fault.every, words=words)
    return Tale(
        key=f"{fault.key}-{place}",
        brand=SHOP,
        who=who,
        subject=fault.subject,
        steps=(heard,),
    )
