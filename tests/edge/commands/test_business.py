"""The measurement of decisions about coverage works on what it generates."""

from datetime import datetime

import pytest

from ambidesk.edge.commands.bench.business import _decided
from ambidesk.edge.commands.generating.agreements import sign
from ambidesk.service.contracts.models import Decision

pytestmark = pytest.mark.django_db


def test_decisions_are_measured_on_generated_contracts_which_are_made_once(at: datetime) -> None:
    companies = sign(3, at=at)
    assert sign(3, at=at) == companies
    assert len(_decided(companies, at, times=40)) == 40
    assert set(Decision.objects.values_list("verdict", flat=True)) >= {"covered", "until_limit"}
