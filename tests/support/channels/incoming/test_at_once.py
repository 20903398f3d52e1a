"""Two calls of one key, taken in by two workers at once: one ticket, and nothing is lost."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from ambidesk.support.channels.contract.inbound import HookCall
from ambidesk.support.channels.incoming import taking_in
from ambidesk.support.channels.incoming.handing_in import hand_in
from ambidesk.support.channels.models import Matter
from ambidesk.support.conversations.models import IntakeItem, IntakeState
from ambidesk.support.tickets.models import Filing, Ticket
from tests.cast import make_cast
from tests.conftest import MOMENT
from tests.support.channels.incoming.test_incoming import PLAIN, source
from tests.waiting import PATIENCE_SECONDS


def test_two_calls_of_one_key_at_once_open_one_ticket(
    clone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = source(make_cast(MOMENT), PLAIN)
    for words in ("First", "Second"):
        body = f'{{"title": "Down", "body": "{words}", "id": "7"}}'.encode()
        hand_in(channel.address, call=HookCall(headers={}, body=body), at=MOMENT)
    together, locked = Barrier(2), taking_in._lock

    def wait(told: Sequence[taking_in.Told]) -> None:
        together.wait(timeout=PATIENCE_SECONDS)
        locked(told)

    monkeypatch.setattr(taking_in, "_lock", wait)
    monkeypatch.setattr(taking_in, "AT_ONCE", 1)

    def work(_number: int) -> int:
        try:
            return taking_in.run_once()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(work, range(2))) == [1, 1]
    assert set(IntakeItem.objects.values_list("state", flat=True)) == {IntakeState.DONE}
    assert Ticket.objects.count() == Matter.objects.count() == 1
    assert Filing.objects.count() == 2
