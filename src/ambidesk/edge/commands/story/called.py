"""Contractors of the demo: who is called in, and what they accepted, did, did again and refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from ambidesk.edge.commands.story.pictures import picture
from ambidesk.edge.commands.story.scenery import LIFTS, SHOP
from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.models import User
from ambidesk.parties.authority.entering import entering
from ambidesk.parties.authority.granting import Terms as Allowed
from ambidesk.parties.authority.granting import grant_authority
from ambidesk.parties.authority.inviting import invite
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.companies.models import Company
from ambidesk.parties.companies.registering import Profile, register
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind
from ambidesk.parties.staff.admitting import take_link
from ambidesk.service.contractors.engaging import Terms, engage
from ambidesk.service.contractors.models import Contractor
from ambidesk.support.handovers import answering, claiming, judging
from ambidesk.support.handovers.models import Claim, Handover
from ambidesk.support.handovers.offering import Task, offer
from ambidesk.support.handovers.speaking import Words, say
from ambidesk.support.tickets.models import Ticket

FITTER = "master@cold.example"
COLD, HEIGHTS = "Северный холод", "Высота-сервис"
# A maker has no portal: it is written to by mail.
MAKER, CLAIMS = "Завод «Полюс»", "garantiya@polus.example"
RMA = "RMA-26-1187"
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """
    One thing handed over: begun so long ago; `hours` until accepted, until done.

    How far it goes: without `accepted` it waits for an answer, without `done` it is under way.
    """

    task: str
    ago: timedelta
    accepted: float | None = None
    done: float | None = None
    result: str = ""
    minutes: int = 0
    materials: int = 0
    rework: str = ""
    taken: bool = False
    refusal: str = ""


# What a new user wants to see first stands first: there may not be tickets for all of it.
TOLD = (
    Told(
        task="Найти утечку и дозаправить витрину",
        ago=5 * HOUR,
        accepted=0.5,
        done=4,
        result="Утечка на вальцовке, перепаяли, заправили 0,9 кг R404A. Держит −18.",
        minutes=150,
        materials=4200,
    ),
    Told(task="Заменить вентилятор испарителя", ago=2 * HOUR, accepted=1),
    Told(task="Проверить автоматику камеры", ago=HOUR / 2),
    Told(
        task="Отрегулировать доводчик камеры",
        ago=26 * HOUR,
        accepted=1,
        done=5,
        result="Доводчик отрегулирован, уплотнитель заменён.",
        minutes=90,
        materials=1800,
        rework="Дверь снова не закрывается до конца, посмотрите петлю.",
        taken=True,
    ),
    Told(
        task="Почистить конденсатор",
        ago=30 * HOUR,
        accepted=0.4,
        done=3,
        result="Конденсатор продут, давление в норме.",
        minutes=60,
        taken=True,
    ),
    Told(
        task="Заменить пускозащитное реле",
        ago=28 * HOUR,
        accepted=0.8,
        done=6,
        result="Реле заменено, пуск проверен трижды.",
        minutes=70,
        materials=950,
        taken=True,
    ),
    Told(task="Перенести щит управления", ago=24 * HOUR, refusal="Нет допуска на такие работы."),
)


def call_in(*, password: Callable[[str], str], at: datetime) -> Sequence[Mapping[str, str]]:
    """Engage two contractors and let a fitter of one in, unless they are; give the login."""
    if not Company.objects.filter(name=COLD).exists():
        cold = register(None, Profile(name=COLD, industry="Холодильный сервис"), by=TELLER, at=at)
        heights = register(None, Profile(name=HEIGHTS, industry="Лифты"), by=TELLER, at=at)
        terms = Terms(work_for=8 * HOUR, margin=HOUR, area="Заречный край", rate=Decimal(1800))
        engage(cold, terms, by=TELLER, at=at)
        engage(heights, Terms(work_for=24 * HOUR, margin=HOUR), by=TELLER, at=at)
        maker = register(None, Profile(name=MAKER, industry="Бытовая техника"), by=TELLER, at=at)
        by_mail = Terms(work_for=72 * HOUR, margin=8 * HOUR, email=CLAIMS)
        engage(maker, by_mail, by=TELLER, at=at)
        _admit(cold, password=password(FITTER), at=at)
    return [{"login": FITTER, "password": password(FITTER), "role": "contractor"}]


def hand_over_some(*, until: datetime) -> None:
    """Hand some open tickets of the service company over, unless that was told before."""
    row = Contractor.objects.filter(company__name=COLD).first()
    user = User.objects.filter(email=FITTER).first()
    if row is None or user is None or Handover.objects.exists():
        return
    rows = Ticket.objects.active().filter(brand__slug=LIFTS, suspended=False, run=None)
    tickets = rows.exclude(company=None).order_by("opened_at", "pk")
    fitter = replace(entering(user, at=until), origin=TELLER.origin)
    dice = Random(COLD)  # noqa: S311 no secret
    for ticket, told in zip(tickets, TOLD, strict=False):
        _tell(ticket, told, row, fitter=fitter, photo=picture(dice), until=until)


def claim_one(*, until: datetime) -> None:
    """Claim the oldest open thing of the shop under warranty, unless that was told before."""
    maker = Contractor.objects.filter(company__name=MAKER).first()
    open_ones = Ticket.objects.active().filter(brand__slug=SHOP, suspended=False, run=None)
    ticket = open_ones.order_by("opened_at", "pk").first()
    if maker is None or ticket is None or Claim.objects.exists():
        return
    at = max(ticket.opened_at, until - 30 * HOUR)
    task = Task(what="Компрессор не запускается, гарантия до весны", under_warranty=True)
    handed = offer(ticket, task, to=maker, by=TELLER, at=at)
    claiming.note_number(handed, RMA, by=TELLER, at=min(at + 5 * HOUR, until))
    claiming.note_sent(handed, by=TELLER, at=min(at + 20 * HOUR, until))


def _tell(
    ticket: Ticket, told: Told, row: Contractor, *, fitter: Actor, photo: bytes, until: datetime
) -> None:
    at = max(ticket.opened_at, until - told.ago)

    def after(hours: float) -> datetime:
        return min(at + hours * HOUR, until)

    handed = offer(ticket, Task(what=told.task), to=row, by=TELLER, at=at)
    if told.refusal:
        answering.refuse(handed, told.refusal, by=fitter, at=after(1))
        return
    if told.accepted is None:
        return
    answering.accept(handed, by=fitter, at=after(told.accepted))
    if told.done is None:
        on_the_way = Words(text="Деталь везём со склада, будем через час.")
        say(handed, on_the_way, by=fitter, at=after(told.accepted))
        return
    words = Words(text=told.result, files=(("photo.png", photo),))
    result = answering.Result(words=words, minutes=told.minutes, materials=Decimal(told.materials))
    answering.finish(handed, result, by=fitter, at=after(told.done))
    if told.rework:
        judging.send_back(handed, Words(text=told.rework), by=TELLER, at=after(told.done + 1))
        answering.finish(handed, result, by=fitter, at=after(told.done + 4))
    if told.taken:
        judging.take(handed, by=TELLER, at=after(told.done + 5))


def _admit(company: Company, *, password: str, at: datetime) -> None:
    caller = Caller(
        kind=IdentityKind.EMAIL,
        value=FITTER,
        name="Лев Морозов",
        language="ru",
        is_verified=True,
    )
    person = meet(caller, by=TELLER, at=at).person
    contact = appoint(company, person, since=at.date(), post="Мастер", by=TELLER, at=at)
    allowed = Allowed(scope=ScopeKind.OWN, powers=frozenset({Power.PERFORM}))
    grant_authority(contact, allowed, by=TELLER, at=at)
    take_link(invite(contact, by=TELLER, at=at), password, at=at)
