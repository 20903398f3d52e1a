"""Brands: what a face may be."""

from dataclasses import replace

import pytest
from django.utils.timezone import get_default_timezone

from ambidesk.parties.brands.founding import Face, UnknownZone, set_up
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_brand_tells_the_time_of_its_zone_and_without_one_that_of_the_desk(cast: Cast) -> None:
    face = Face(name="Polka", slug="polka", language="ru", accent="#3b5bdb", zone="Asia/Omsk")
    brand = set_up(cast.shop, face, by=cast.actor(cast.admin), at=cast.at)
    assert str(brand.clock) == "Asia/Omsk"
    brand = set_up(brand, replace(face, zone=""), by=cast.actor(cast.admin), at=cast.at)
    assert brand.clock == get_default_timezone()
    with pytest.raises(UnknownZone):
        set_up(brand, replace(face, zone="../etc"), by=cast.actor(cast.admin), at=cast.at)
