"""
Equipment of the demo: refrigerators and ventilation of shops, lifts of houses, with two years.

One model fails three times as often as its sister of the same vendor. All of it invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from ambidesk.edge.commands.story.clients import CLIENTS
from ambidesk.edge.commands.story.scenery import LIFTS
from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.ground.kernel.money import Money
from ambidesk.parties.companies.models import Site
from ambidesk.service.assets.arranging import arrange_class, arrange_code, arrange_model
from ambidesk.service.assets.models import Asset, AssetModel, CodeKind, FailureCode, Repair
from ambidesk.service.assets.registering import Wanted, register_many
from ambidesk.service.assets.repairing import Done, record_repairs
from ambidesk.support.tickets.equipping import equip
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.works.models import ExpenseKind
from ambidesk.support.works.putting import Of
from ambidesk.support.works.telling import spend_many

DAYS = 730


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A model of the demo: where it stands, how often it fails a year, what a repair costs."""

    group: str
    vendor: str
    name: str
    place: str
    fails: float
    cost: int
    share: int = 1


SHOPS = (
    Kind(
        group="Холодильное оборудование",
        vendor="Полюс",
        name="Х-400",
        place="Торговый зал",
        fails=1.5,
        cost=14_000,
        share=3,
    ),
    Kind(
        group="Холодильное оборудование",
        vendor="Полюс",
        name="Х-420",
        place="Торговый зал",
        fails=0.5,
        cost=11_000,
        share=2,
    ),
    Kind(
        group="Холодильное оборудование",
        vendor="Иней",
        name="Витрина 12",
        place="Молочный отдел",
        fails=0.6,
        cost=9_000,
    ),
    Kind(
        group="Вентиляция",
        vendor="Сквозняк",
        name="В-7",
        place="Крыша",
        fails=0.3,
        cost=7_000,
    ),
)
HOUSES = (
    Kind(
        group="Лифты",
        vendor="Подъём",
        name="Л-630",
        place="Подъезд 1",
        fails=1.1,
        cost=18_000,
    ),
)
MODES = ("Не холодит", "Шумит", "Не запускается", "Протекает", "Останавливается")


def enter_equipment(*, at: datetime) -> None:
    """Enter models, assets and two years of repairs, unless they are there already."""
    if Asset.objects.exists():
        return
    dice = Random(2026)  # noqa: S311 an invented past, no secret
    models = {kind: _model(kind, at=at) for kind in (*SHOPS, *HOUSES)}
    began = (at - timedelta(days=DAYS)).date()
    wanted = [
        (
            site.company,
            Wanted(
                model=models[kind],
                serial=f"{kind.name}-{site.pk:04}",
                site=site,
                place=kind.place,
                installed_on=began - timedelta(days=dice.randrange(1, 1500)),
                warranty_until=at.date() + timedelta(days=dice.randrange(-700, 500)),
            ),
        )
        for kind, site in _places()
    ]
    assets = register_many(wanted, known_since=began, by=TELLER, at=at)
    rates = {models[kind].pk: kind for kind in models}
    _let_fail(assets, rates, dice, at=at)


def point_out(*, until: datetime) -> None:
    """Say of the clients' open tickets which equipment they are about."""
    rows = Ticket.objects.filter(brand__slug=LIFTS, asset=None).exclude(site=None)
    for ticket in rows.exclude(state="closed").order_by("pk"):
        asset = Asset.objects.filter(site=ticket.site_id).order_by("pk").first()
        if asset is not None:
            equip(ticket, asset, by=TELLER, at=until)


def _places() -> Iterator[tuple[Kind, Site]]:
    houses = CLIENTS[-1].name
    sites = Site.objects.filter(company__name__in=[each.name for each in CLIENTS])
    for number, site in enumerate(sites.select_related("company").order_by("pk")):
        kinds = HOUSES if site.company.name == houses else SHOPS
        for kind in kinds:
            if number % kind.share == 0:
                yield kind, site


def _model(kind: Kind, *, at: datetime) -> AssetModel:
    known = AssetModel.objects.filter(asset_class__name=kind.group).first()
    group = known.asset_class if known else arrange_class(None, name=kind.group, by=TELLER, at=at)
    return arrange_model(None, kind=group, vendor=kind.vendor, name=kind.name, by=TELLER, at=at)


def _modes(*, at: datetime) -> list[FailureCode]:
    return [
        arrange_code(
            None,
            kind=CodeKind.MODE,
            code=f"M{number}",
            name=name,
            asset_class=None,
            by=TELLER,
            at=at,
        )
        for number, name in enumerate(MODES, start=1)
    ]


def _let_fail(assets: list[Asset], kinds: dict[int, Kind], dice: Random, *, at: datetime) -> None:
    modes = _modes(at=at)
    pairs = [
        (
            asset,
            Done(
                key=UUID(int=dice.getrandbits(128)),
                failed_at=at - timedelta(days=age),
                repaired_at=at - timedelta(days=age - 0.4),
                mode=dice.choice(modes),
            ),
        )
        for asset in assets
        for age in _ages(kinds[asset.model_id].fails, dice)
    ]
    repairs = record_repairs(pairs, by=TELLER, at=at)
    told = [
        (_of(repair, dice), ExpenseKind.MATERIAL, _cost(kinds[asset.model_id], dice))
        for repair, (asset, _done) in zip(repairs, pairs, strict=True)
    ]
    spend_many(told, by=TELLER, at=at)


def _of(repair: Repair, dice: Random) -> Of:
    key = UUID(int=dice.getrandbits(128))
    return Of(key=key, day=repair.failed_at.date(), repair=repair)


def _cost(kind: Kind, dice: Random) -> Money:
    return Money(Decimal(round(kind.cost * dice.lognormvariate(-0.1, 0.5), -1)), "RUB")


def _ages(fails: float, dice: Random) -> Iterator[float]:
    age = DAYS - dice.expovariate(fails / 365.25)
    while age > 1:
        yield age
        age -= dice.expovariate(fails / 365.25)
