"""The ready-made repair waits for the approval of its cost, and a change closes the way again."""

import pytest

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.workflow.shipped import REPAIR
from ambidesk.support.approvals.answering import answer
from ambidesk.support.approvals.deciding import Decision
from ambidesk.support.stages.moving import NotYet, begin, go
from ambidesk.support.stages.ticking import tick
from ambidesk.support.tickets.attributing import attribute
from tests.support.approvals.conftest import Repair
from tests.support.stages.processes import published


def test_a_repair_waits_for_the_cost_and_again_when_it_changes(repair: Repair) -> None:
    process = published(repair.clients.cast, REPAIR)
    begin(repair.ticket, process, by=repair.olga, at=repair.at)
    tick(repair.ticket, stage=1, item=1, done=True, by=repair.olga, at=repair.at)
    go(repair.ticket, 1, by=repair.olga, at=repair.at)
    for item in (1, 2):
        tick(repair.ticket, stage=2, item=item, done=True, by=repair.olga, at=repair.at)
    go(repair.ticket, 2, by=repair.olga, at=repair.at)
    first = repair.asked(18_000)
    with pytest.raises(NotYet, match="the client has to approve the cost"):
        go(repair.ticket, 4, by=repair.olga, at=repair.at)
    # Taking the company off the ticket opens no way around it.
    chain, shop = repair.clients.chain, repair.clients.north_shop
    attribute(repair.ticket, company=None, site=None, by=repair.olga, at=repair.at)
    with pytest.raises(NotYet, match="the client has to approve the cost"):
        go(repair.ticket, 4, by=repair.olga, at=repair.at)
    attribute(repair.ticket, company=chain, site=shop, by=repair.olga, at=repair.at)
    manager = repair.actor(repair.clients.manager)
    answer(first, Decision(yes=True, content=first.content), by=manager, at=repair.at)
    go(repair.ticket, 4, by=repair.olga, at=repair.at)
    go(repair.ticket, 5, by=SYSTEM, at=repair.at)
    for item in (1, 2):
        tick(repair.ticket, stage=5, item=item, done=True, by=repair.olga, at=repair.at)
    second = repair.asked(19_000)
    with pytest.raises(NotYet, match="the client has to approve the cost"):
        go(repair.ticket, 6, by=repair.olga, at=repair.at)
    answer(second, Decision(yes=True, content=second.content), by=manager, at=repair.at)
    go(repair.ticket, 6, by=repair.olga, at=repair.at)
