"""Assets become known, are moved, read, and taken out; never of another company than their place."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.assets import moving, reading, registering
from ambidesk.service.assets.models import Asset, Reading, Warranty
from ambidesk.service.assets.reading import NotShown, ReadInTheFuture, Shown, take_reading
from ambidesk.service.assets.registering import (
    AlreadyRetired,
    NoSerial,
    PartOfAnother,
    PartOfItself,
    SerialTaken,
    SiteOfAnother,
    Wanted,
)
from ambidesk.service.assets.repairing import KeyOfAnother
from tests.service.assets.equipment import Equipment

pytestmark = pytest.mark.django_db


def test_an_asset_is_known_by_model_and_serial_number(equipment: Equipment) -> None:
    asset = equipment.asset("  F   1 ", place="Hall", installed_on=date(2025, 5, 5))
    assert (asset.serial, asset.place, asset.company) == ("F 1", "Hall", equipment.chain)
    assert asset.known_since == date(2025, 5, 5)
    with pytest.raises(SerialTaken):
        equipment.asset("f 1")
    equipment.asset("f 1", model=equipment.polar)
    with pytest.raises(NoSerial):
        equipment.asset("  ")


def test_an_asset_never_stands_at_a_site_of_another_company(equipment: Equipment) -> None:
    with pytest.raises(SiteOfAnother):
        equipment.asset(site=equipment.foreign)
    asset = equipment.asset()
    with pytest.raises(SiteOfAnother):
        moving.move(
            asset,
            site=equipment.foreign,
            place="",
            moved_on=date(2026, 1, 1),
            by=SYSTEM,
            at=equipment.at,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Asset.objects.filter(pk=asset.pk).update(site=equipment.foreign)


def test_an_asset_is_part_of_one_of_its_company_and_never_of_itself(equipment: Equipment) -> None:
    rack = equipment.asset("rack")
    part = equipment.asset("part", parent=rack)
    with pytest.raises(PartOfItself):
        registering.describe(
            rack,
            Wanted(model=rack.model, serial="rack", parent=part),
            by=SYSTEM,
            at=equipment.at,
        )
    with pytest.raises(PartOfAnother):
        equipment.asset("far", company=equipment.other, site=equipment.foreign, parent=rack)
    foreign = equipment.asset("far", company=equipment.other, site=equipment.foreign)
    with pytest.raises(IntegrityError), transaction.atomic():
        Asset.objects.filter(pk=foreign.pk).update(parent=rack)


def test_where_it_stood_stays_known_when_it_moves(equipment: Equipment) -> None:
    asset = equipment.asset(place="Hall")
    moving.move(
        asset,
        site=equipment.south,
        place="Cellar",
        moved_on=date(2026, 1, 1),
        by=SYSTEM,
        at=equipment.at,
    )
    asset.refresh_from_db()
    assert (asset.site, asset.place) == (equipment.south, "Cellar")
    move = asset.moves.get()
    assert (move.from_site, move.from_place, move.to_site) == (
        equipment.north,
        "Hall",
        equipment.south,
    )


def test_a_key_of_other_equipment_reads_nothing_and_adds_no_meter(equipment: Equipment) -> None:
    shown = Shown(meter="Hours", value=Decimal(1), read_at=equipment.at, key=uuid4())
    take_reading(equipment.asset(), shown, by=SYSTEM, at=equipment.at)
    other = equipment.asset("F-2")
    with pytest.raises(KeyOfAnother):
        take_reading(other, shown, by=SYSTEM, at=equipment.at)
    assert not other.meters.exists()


def test_a_meter_is_read_once_by_each_key(equipment: Equipment) -> None:
    asset, key = equipment.asset(), uuid4()
    shown = Shown(meter="Hours", unit="h", value=Decimal("12.5"), read_at=equipment.at, key=key)
    first = take_reading(asset, shown, by=SYSTEM, at=equipment.at)
    assert take_reading(asset, shown, by=SYSTEM, at=equipment.at) == first
    assert Reading.objects.count() == 1
    assert str(asset.meters.get()) == "Hours, h"
    later = equipment.at + timedelta(days=1)
    with pytest.raises(ReadInTheFuture):
        reading.take_reading(
            asset,
            Shown(meter="Hours", value=Decimal(1), read_at=later, key=uuid4()),
            by=SYSTEM,
            at=equipment.at,
        )
    with pytest.raises(NotShown):
        reading.take_reading(
            asset,
            Shown(meter="Hours", value=Decimal("NaN"), read_at=equipment.at, key=uuid4()),
            by=SYSTEM,
            at=equipment.at,
        )


def test_an_asset_is_taken_out_once_and_back(equipment: Equipment) -> None:
    asset = equipment.asset()
    registering.retire(asset, on=date(2026, 1, 1), by=SYSTEM, at=equipment.at)
    with pytest.raises(AlreadyRetired):
        registering.retire(asset, on=date(2026, 1, 2), by=SYSTEM, at=equipment.at)
    assert not Asset.objects.in_service().exists()
    registering.restore(asset, by=SYSTEM, at=equipment.at)
    assert Asset.objects.in_service().exists()


def test_the_last_day_of_a_warranty_counts(equipment: Equipment) -> None:
    asset = equipment.asset(warranty_until=date(2026, 3, 2))
    assert asset.warranty(date(2026, 3, 2)) is Warranty.VALID
    assert asset.warranty(date(2026, 3, 3)) is Warranty.OVER
    assert equipment.asset("F-2").warranty(date(2026, 3, 3)) is Warranty.NONE


def test_a_renewed_label_makes_the_old_one_lead_nowhere(equipment: Equipment) -> None:
    asset = equipment.asset()
    registering.renew_label(asset, by=SYSTEM, at=equipment.at)
    assert not Asset.objects.filter(token=asset.token).exists()
