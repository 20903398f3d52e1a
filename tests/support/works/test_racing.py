"""Racing: many put works down at once; the package is drawn to its end and not beyond."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Sum

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.charges.models import Charge
from ambidesk.service.contracts.activating import activate
from ambidesk.service.contracts.models import PackageEntry
from ambidesk.service.contracts.said import LineSaid, PriceSaid
from ambidesk.support.coverage.settling import settle
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.works.models import WorkLog
from ambidesk.support.works.putting import Of
from ambidesk.support.works.telling import log_work
from tests.cast import make_cast
from tests.service.contracts import agreements

MANY = 8


def test_hours_that_come_at_once_draw_a_package_to_its_end_and_cost_once(clone: str) -> None:
    cast = make_cast(datetime.now(UTC))
    chain = agreements.company()
    contract = agreements.contract(chain, cast.at, until_on=None)
    hours = agreements.package(contract, cast.at, amount=Decimal(5))
    price = PriceSaid(clause="7.1", price=Decimal(1000))
    agreements.draft(contract, cast.at, LineSaid(clause="2.1", package=hours), prices=(price,))
    activate(contract, by=SYSTEM, at=cast.at)
    tickets = [cast.ticket(), cast.ticket()]
    for ticket in tickets:
        attribute(ticket, company=chain, by=SYSTEM, at=cast.at)
    settle([each.pk for each in tickets], by=SYSTEM, at=cast.at)
    begin = threading.Barrier(MANY * 2)

    def put(place: int, key: UUID) -> None:
        begin.wait()
        try:
            of = Of(key=key, day=cast.at.date(), ticket=tickets[place % 2])
            log_work(of, member=cast.olga, minutes=60, by=SYSTEM, at=cast.at)
        finally:
            connection.close()

    keys = [uuid4() for _each in range(MANY)]
    with ThreadPoolExecutor(MANY * 2) as pool:
        # Each is told twice at the same time, as by a second click.
        list(pool.map(put, [*range(MANY), *range(MANY)], [*keys, *keys]))
    assert WorkLog.objects.count() == MANY
    assert PackageEntry.objects.aggregate(sum=Sum("drawn"))["sum"] == 5
    assert Charge.objects.aggregate(sum=Sum("amount"))["sum"] == 3000
