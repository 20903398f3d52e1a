"""A client reads, before anything is asked, who would pay and by when we come."""

from datetime import timedelta

import pytest

from ambidesk.across.context.foreseen import foresee
from ambidesk.ground.calendars.reading import read as spec_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.assets.models import Asset
from ambidesk.service.contracts.activating import activate
from ambidesk.service.contracts.said import PromiseSaid
from ambidesk.service.sla.arranging import Promising, arrange_calendar, arrange_policy
from ambidesk.service.sla.rules.facts import Goal, Target
from tests.cast import Cast
from tests.service.assets.equipment import Equipment, make_equipment
from tests.service.contracts import agreements

pytestmark = pytest.mark.django_db
DAY_AND_NIGHT = {"zone": "UTC", "hours": "24/7"}


@pytest.fixture
def equipment(cast: Cast) -> Equipment:
    return make_equipment(cast.at)


def read(asset: Asset) -> Asset:
    """As a page reads it."""
    rows = Asset.objects.select_related("model", "site__territory", "company")
    return rows.get(pk=asset.pk)


def test_what_no_contract_covers_is_charged(equipment: Equipment, cast: Cast) -> None:
    found = foresee(read(equipment.asset()), channel="portal", on=cast.at.date())
    assert found.coverage == "Work on it is charged; we ask you before."
    assert found.promise == ""


def test_a_contract_says_that_it_covers_and_what_it_promises(
    equipment: Equipment, cast: Cast
) -> None:
    asset, at = equipment.asset(), cast.at
    hours = arrange_calendar(None, name="Always", spec=spec_of(DAY_AND_NIGHT), by=SYSTEM, at=at)
    target = Target(goal=Goal.RESOLUTION, work=timedelta(hours=4))
    said = Promising(name="Repair", place=1, condition=None, calendar=hours, targets=[target])
    policy = arrange_policy(None, said, by=SYSTEM, at=at)
    contract = agreements.contract(equipment.chain, at)
    promise = PromiseSaid(clause="3.1", policy=policy)
    agreements.draft(contract, at, promises=[promise])
    activate(contract, by=SYSTEM, at=at)
    found = foresee(read(asset), channel="portal", on=at.date())
    assert found.coverage == "Covered by contract 12/26."
    assert "4" in found.promise


def test_a_warranty_goes_before_any_contract(equipment: Equipment, cast: Cast) -> None:
    asset, day = equipment.asset(), cast.at.date()
    agreements.in_force(equipment.chain, cast.at)
    Asset.objects.filter(pk=asset.pk).update(warranty_until=day + timedelta(days=1))
    found = foresee(read(asset), channel="portal", on=day)
    assert found.coverage.startswith("Under warranty until")
