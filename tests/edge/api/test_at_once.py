"""The same idempotency key by two requests at once: one does it, the other has its answer."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connections, transaction

from ambidesk.ground.reach.models import ApiKey, Attempt
from ambidesk.support.tickets.models import Ticket
from tests.cast import make_cast
from tests.conftest import MOMENT
from tests.edge.api.machines import Machine, Said, issued
from tests.edge.api.test_tickets import wish
from tests.waiting import PATIENCE_SECONDS


def test_two_at_once_under_one_key_open_one_ticket(clone: str) -> None:
    cast = make_cast(MOMENT)
    shop = Machine(token=issued(["tickets:write"], brands=[cast.shop.pk], at=MOMENT).token)

    def ask(_time: int) -> Said:
        try:
            return shop.post("tickets", wish(cast), Idempotency_Key="once")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(8)))
    assert {each.status for each in answers} == {201}
    assert len({each.body["number"] for each in answers}) == 1
    assert Ticket.objects.count() == 1
    first = [each for each in answers if "Idempotency-Replayed" not in each.headers]
    assert len(first) == 1


def test_who_waits_for_one_that_is_refused_tries_it_itself(clone: str) -> None:
    cast = make_cast(MOMENT)
    shop = Machine(token=issued(["tickets:write"], brands=[cast.shop.pk], at=MOMENT).token)

    def ask() -> Said:
        try:
            return shop.post("tickets", wish(cast), Idempotency_Key="once")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            # As a request that is under way, and comes to nothing.
            Attempt.objects.create(
                key=ApiKey.objects.get(), name="once", fingerprint="", status=0, at=MOMENT
            )
            waiting = pool.submit(ask)
            assert not waiting.done()
            transaction.set_rollback(True)
        said = waiting.result(timeout=PATIENCE_SECONDS)
    assert said.status == 201
    assert Ticket.objects.count() == 1
