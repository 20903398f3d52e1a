"""Forms of the demo: fields of both brands, a form on the site of each, and tickets with values."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from ambidesk.edge.commands.story.kinds import kinds_by_name, names_of
from ambidesk.edge.commands.story.scenery import LIFTS, SHOP
from ambidesk.edge.commands.story.stage import TELLER, Scene
from ambidesk.ground.conditions.operators import Operator
from ambidesk.ground.conditions.tree import Comparison
from ambidesk.ground.fields.defining import Choice, Wanted, define
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.form import Form, Needed, Question, Section
from ambidesk.ground.fields.rules.spec import Kind, Limits, Spec, Texts
from ambidesk.ground.fields.rules.values import Value
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.service.catalogue.arranging import name_request_type
from ambidesk.service.catalogue.asking import shape
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.channels.webform.connecting import WebForm, connect_form
from ambidesk.support.channels.webform.manner import FormManner
from ambidesk.support.conversations.models import Channel, ChannelKind
from ambidesk.support.tickets.filling import fill
from ambidesk.support.tickets.models import Ticket

TYPES = {SHOP: "Возврат товара", LIFTS: "Repair visit"}
TITLES = {
    SHOP: {"ru": "Вернуть товар", "en": "Return an item"},
    LIFTS: {"ru": "Вызвать инженера", "en": "Request a visit"},
}
INTROS = {
    SHOP: {"ru": "Ответим в течение дня.", "en": "We answer within a day."},
    LIFTS: {"ru": "Инженер на месте за четыре часа.", "en": "On site within four hours."},
}
ABOUT = {SHOP: "Возврат", LIFTS: "Lifts"}
FILLED_IN = 3


def _choices(*pairs: tuple[str, str, int]) -> tuple[Choice, ...]:
    return tuple(Choice(label=Texts(ru=ru, en=en), depth=depth) for ru, en, depth in pairs)


FIELDS = {
    SHOP: (
        Wanted(
            kind=Kind.TEXT,
            label=Texts(ru="Номер заказа", en="Order"),
            limits=Limits(mask="@-#####"),
        ),
        Wanted(
            kind=Kind.MONEY, label=Texts(ru="Сумма", en="Amount"), limits=Limits(currency="RUB")
        ),
        Wanted(kind=Kind.DAY, label=Texts(ru="Когда получили", en="Received on")),
        Wanted(
            kind=Kind.CHOICE,
            label=Texts(ru="Причина", en="Reason"),
            choices=_choices(
                ("Не подошло", "Does not fit", 0),
                ("Брак", "Defect", 0),
                ("Привезли не то", "Wrong item", 0),
            ),
        ),
        Wanted(
            kind=Kind.TEXT,
            label=Texts(ru="Что не работает", en="What does not work"),
            help=Texts(ru="Одной строкой.", en="In one line."),
        ),
    ),
    LIFTS: (
        Wanted(kind=Kind.YES, label=Texts(ru="В кабине кто-то есть?", en="Is anybody inside?")),
        Wanted(kind=Kind.WHOLE, label=Texts(ru="На каком этаже", en="At which floor")),
        Wanted(kind=Kind.TEXT, label=Texts(ru="Установка", en="Unit"), limits=Limits(mask="@-###")),
        Wanted(
            kind=Kind.TREE,
            label=Texts(ru="Что не так", en="What is wrong"),
            choices=_choices(
                ("Двери", "Doors", 0),
                ("Не закрываются", "Do not close", 1),
                ("Стучат", "Knock", 1),
                ("Кабина", "Cabin", 0),
                ("Стоит", "Stands still", 1),
                ("Темно", "Is dark", 1),
            ),
        ),
    ),
}


def give_forms(sites: Sequence[str], *, at: datetime) -> None:
    """Make what is not there yet; forms stand on these sites."""
    for slug, wanted in FIELDS.items():
        brand = Brand.objects.filter(slug=slug).first()
        if brand is None:
            continue
        kind = kinds_by_name().get(TYPES[slug])
        if kind is None:
            specs = [define(None, wanted=each, by=TELLER, at=at).spec for each in wanted]
            names = names_of(TYPES[slug])
            kind = name_request_type(None, name=TYPES[slug], names=names, by=TELLER, at=at)
            shape(kind, _asked(slug, specs), by=TELLER, at=at)
        _put_up(brand, kind, sites, at=at)


def give_values(scenes: Iterable[Scene], *, until: datetime) -> None:
    """Fill in fields of some tickets of the tales, as colleagues do while they talk."""
    numbers = {scene.ticket.pk for scene in scenes if scene.ticket}
    for slug, about in ABOUT.items():
        labels = [each.label.en for each in FIELDS[slug]]
        known = Definition.objects.filter(label_en__in=labels).prefetch_related("options")
        specs = {row.label_en: row.spec for row in known}
        rows = Ticket.objects.filter(pk__in=numbers, brand__slug=slug, category__name=about)
        for row in rows.exclude(state="closed"):
            if specs and row.pk % FILLED_IN == 0:
                at = min(row.first_answered_at or row.opened_at, until)
                fill(row, answers=_values(slug, row, specs), by=TELLER, at=at)


def _asked(slug: str, specs: list[Spec]) -> Form:
    first = specs[0]
    if slug == LIFTS:
        inside, floor, unit, wrong = specs
        when = Comparison(field=inside.name, operator=Operator.IS, value=True)
        questions = (
            Question(spec=inside, needed=Needed.OPEN),
            Question(spec=floor, needed=Needed.OPEN, when=when),
            Question(spec=unit, needed=Needed.OPEN),
            Question(spec=wrong),
        )
        return Form(sections=(Section(questions=questions),))
    _order, amount, day, reason, broken = specs
    defect = reason.options[1].id
    when = Comparison(field=reason.name, operator=Operator.IS, value=defect)
    order = Section(
        title=Texts(ru="Заказ", en="The order"),
        questions=(Question(spec=first, needed=Needed.OPEN), Question(spec=day)),
    )
    why = Section(
        title=Texts(ru="Возврат", en="The return"),
        questions=(
            Question(spec=reason, needed=Needed.OPEN),
            Question(spec=broken, needed=Needed.OPEN, when=when),
            Question(spec=amount, needed=Needed.SOLVE),
        ),
    )
    return Form(sections=(order, why))


def _put_up(brand: Brand, kind: RequestType, sites: Sequence[str], *, at: datetime) -> None:
    known = Channel.objects.filter(kind=ChannelKind.FORM, brand=brand).first()
    manner = FormManner(title=TITLES[brand.slug], intro=INTROS[brand.slug], origins=tuple(sites))
    wanted = WebForm(
        brand=brand,
        team=Team.objects.filter(brands=brand).order_by("pk").first(),
        request_type=kind,
        name=manner.said(manner.title, brand.language),
        address=brand.slug,
        manner=manner,
    )
    connect_form(known, wanted, by=TELLER, at=at)


def _values(slug: str, ticket: Ticket, specs: dict[str, Spec]) -> dict[int, Value | None]:
    dice = Random(f"fields {ticket.pk}")  # noqa: S311 a story, no secret
    said: dict[str, Value] = (
        {
            "Is anybody inside?": dice.random() < 0.2,
            "Unit": f"L-{dice.randrange(100, 999)}",
            "What is wrong": (dice.choice([o.id for o in specs["What is wrong"].options]),),
        }
        if slug == LIFTS
        else {
            "Order": f"А-{dice.randrange(10_000, 99_999)}",
            "Amount": Decimal(dice.randrange(1_990, 59_990, 10)),
            "Received on": _day(ticket, dice),
            "Reason": (dice.choice([o.id for o in specs["Reason"].options]),),
        }
    )
    return {specs[name].id: value for name, value in said.items()}


def _day(ticket: Ticket, dice: Random) -> date:
    return ticket.opened_at.date() - timedelta(days=dice.randrange(1, 14))
