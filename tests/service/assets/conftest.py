"""Equipment for the tests of it."""

from datetime import datetime

import pytest

from tests.service.assets.equipment import Equipment, make_equipment


@pytest.fixture
def equipment(db: None, at: datetime) -> Equipment:
    return make_equipment(at)
