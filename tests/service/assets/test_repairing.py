"""Repairs are put down once, by codes that fit; decisions on models are heeded; figures follow."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.assets import arranging
from ambidesk.service.assets.deciding import (
    NoReason,
    NotCoveredAnew,
    NotSoldAnyMore,
    decide,
    require_cover,
    require_sale,
)
from ambidesk.service.assets.models import Asset, CodeKind, Document, Move, Reading, Repair
from ambidesk.service.assets.moving import move
from ambidesk.service.assets.reading import Shown, take_reading
from ambidesk.service.assets.repairing import (
    Done,
    FailsInTheFuture,
    KeyOfAnother,
    NoSuchCode,
    RepairedBefore,
    code_repair,
    record_repair,
)
from ambidesk.service.assets.statistics import figures_of_model
from tests.cast import Cast
from tests.service.assets.equipment import Equipment

pytestmark = pytest.mark.django_db


def test_the_same_repair_told_twice_is_one(equipment: Equipment) -> None:
    asset, done = equipment.asset(), Done(key=uuid4(), failed_at=equipment.at)
    first = record_repair(asset, done, by=SYSTEM, at=equipment.at)
    assert record_repair(asset, done, by=SYSTEM, at=equipment.at) == first
    assert Repair.objects.count() == 1


def test_a_key_of_other_equipment_is_no_repair_of_this(equipment: Equipment) -> None:
    done = Done(key=uuid4(), failed_at=equipment.at)
    record_repair(equipment.asset(), done, by=SYSTEM, at=equipment.at)
    with pytest.raises(KeyOfAnother):
        record_repair(equipment.asset("F-2"), done, by=SYSTEM, at=equipment.at)


def test_a_repair_cannot_come_before_its_failure_nor_out_of_the_future(
    equipment: Equipment,
) -> None:
    asset, before = equipment.asset(), equipment.at - timedelta(hours=1)
    done = Done(key=uuid4(), failed_at=equipment.at, repaired_at=before)
    with pytest.raises(RepairedBefore):
        record_repair(asset, done, by=SYSTEM, at=equipment.at)
    done = Done(key=uuid4(), failed_at=equipment.at + timedelta(minutes=1))
    with pytest.raises(FailsInTheFuture):
        record_repair(asset, done, by=SYSTEM, at=equipment.at)


def test_a_code_is_of_its_kind_and_for_its_class(equipment: Equipment) -> None:
    def code(kind: CodeKind, asset_class: object = None) -> object:
        return arranging.arrange_code(
            None,
            kind=kind,
            code=f"C{uuid4().hex[:6]}",
            name="Does not start",
            asset_class=asset_class,  # type: ignore[arg-type]
            by=SYSTEM,
            at=equipment.at,
        )

    lifts = arranging.arrange_class(None, name="Lifts", by=SYSTEM, at=equipment.at)
    own, general = code(CodeKind.MODE, equipment.kind), code(CodeKind.MODE)
    asset = equipment.asset()
    for fitting in (own, general):
        assert equipment.failure(asset, mode=fitting).mode == fitting
    for wrong in (code(CodeKind.MODE, lifts), code(CodeKind.CAUSE)):
        with pytest.raises(NoSuchCode):
            equipment.failure(asset, mode=wrong)


def test_what_was_decided_about_a_model_is_refused_elsewhere(
    cast: Cast, equipment: Equipment
) -> None:
    boss, model = cast.actor(cast.admin), equipment.frosty
    with pytest.raises(NotEntitled):
        decide(
            model,
            ends_sale=True,
            ends_cover=True,
            reason="It breaks",
            by=cast.actor(cast.olga),
            at=cast.at,
        )
    with pytest.raises(NoReason):
        decide(model, ends_sale=True, ends_cover=False, reason=" ", by=boss, at=cast.at)
    decide(model, ends_sale=True, ends_cover=True, reason="It breaks", by=boss, at=cast.at)
    model.refresh_from_db()
    with pytest.raises(NotSoldAnyMore):
        require_sale(model)
    with pytest.raises(NotCoveredAnew):
        require_cover(model)
    decide(model, ends_sale=False, ends_cover=False, reason="Mended", by=boss, at=cast.at)
    model.refresh_from_db()
    require_sale(model)
    require_cover(model)
    assert [each.reason for each in model.decisions.all()] == ["Mended", "It breaks"]


def test_figures_of_a_model_stand_beside_those_of_its_sister(equipment: Equipment) -> None:
    bad = [equipment.asset(f"F-{n}", site=equipment.north) for n in range(4)]
    good = [equipment.asset(f"P-{n}", model=equipment.polar) for n in range(4)]
    for asset in bad:
        for month in (2, 4, 6, 8, 10, 12):
            equipment.failure(asset, date(2025, month, 1))
    for asset in good:
        equipment.failure(asset, date(2025, 7, 1))
        equipment.failure(asset, date(2025, 9, 1), is_failure=False)
    figures = figures_of_model(equipment.frosty, by=SYSTEM, at=equipment.at)
    days = (date(2026, 3, 3) - date(2025, 1, 1)).days
    assert figures.whole.seen.events == 24
    assert figures.whole.rate.value == pytest.approx(24 / (4 * days / 365.25))
    (sister,) = figures.sisters
    assert (sister.label, sister.seen.events, sister.assets) == ("Polar P200", 4, 4)
    assert figures.whole.against is not None
    assert figures.whole.against.value == pytest.approx(6)
    assert figures.whole.differs
    assert [(line.label, line.seen.events) for line in figures.sites] == [("North", 24)]
    assert sum(line.seen.events for line in figures.ages) == 24
    assert {line.label for line in figures.vendors} == {"Frosty", "Polar"}
    assert figures.lives[-1].working.value == 0


def test_operators_see_equipment_and_whoever_has_no_right_sees_none(
    cast: Cast, equipment: Equipment
) -> None:
    equipment.asset()
    assert Asset.objects.visible_to(cast.actor(cast.olga)).count() == 1
    blind = cast.actor(cast.olga)
    object.__setattr__(blind, "rights", frozenset())
    assert not Asset.objects.visible_to(blind).exists()
    assert not Document.objects.visible_to(blind).exists()


def test_what_an_asset_showed_and_where_it_stood_only_grows(equipment: Equipment) -> None:
    asset = equipment.asset()
    repair = record_repair(
        asset, Done(key=uuid4(), failed_at=equipment.at), by=SYSTEM, at=equipment.at
    )
    shown = Shown(meter="Hours", value=Decimal(5), read_at=equipment.at, key=uuid4())
    take_reading(asset, shown, by=SYSTEM, at=equipment.at)
    day = equipment.at.date()
    move(asset, site=asset.site, place="Cellar", moved_on=day, by=SYSTEM, at=equipment.at)
    for changed in (
        lambda: Reading.objects.update(value=6),
        lambda: Reading.objects.all().delete(),
        lambda: Move.objects.update(to_place="Roof"),
        lambda: Move.objects.all().delete(),
        lambda: Repair.objects.update(failed_at=equipment.at - timedelta(days=1)),
        lambda: Repair.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            changed()
    code_repair(repair, mode=None, cause=None, remedy=None, note="Gas", by=SYSTEM, at=equipment.at)
    assert Repair.objects.get().note == "Gas"
