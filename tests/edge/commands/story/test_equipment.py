"""The demo's equipment: one model fails about three times as often as its sister, and it shows."""

import pytest

from ambidesk.edge.commands.story.clients import enter_clients
from ambidesk.edge.commands.story.equipment import enter_equipment
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.assets.models import Asset, AssetModel, Repair
from ambidesk.service.assets.statistics import figures_of_model
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_model_of_the_demo_fails_three_times_as_often_as_its_sister(cast: Cast) -> None:
    enter_clients(at=cast.at)
    enter_equipment(at=cast.at)
    number, repairs = Asset.objects.count(), Repair.objects.count()
    enter_equipment(at=cast.at)
    assert (Asset.objects.count(), Repair.objects.count()) == (number, repairs)
    figures = figures_of_model(AssetModel.objects.get(name="Х-400"), by=SYSTEM, at=cast.at)
    sister = next(line for line in figures.sisters if line.label == "Полюс Х-420")
    assert 2.4 < figures.whole.rate.value / sister.rate.value < 3.6
    assert figures.whole.differs
    assert figures.whole.rate.low > sister.rate.high
    assert figures.currency == "RUB"
    assert figures.whole.per_repair.low < figures.whole.per_repair.value
