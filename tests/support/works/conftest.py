"""Equipment for the tests of what is spent on it, and tickets of clients who pay for that."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.service.assets.equipment import Equipment, make_equipment
from tests.support.works.charges import Make, maker


@pytest.fixture
def equipment(db: None, at: datetime) -> Equipment:
    return make_equipment(at)


@pytest.fixture
def make(cast: Cast) -> Make:
    """Make a ticket of a client whose contract has these lines and prices."""
    return maker(cast)
