"""What waits for a contact on the first page of the portal."""

from decimal import Decimal

import pytest

from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.approvals.rules.deciding import Kind
from ambidesk.support.approvals.asking import Wish, ask
from tests.cast import Cast
from tests.clients import make_clients
from tests.edge.web.conftest import Enter
from tests.edge.web.workspace.conftest import at_most

pytestmark = pytest.mark.django_db


def test_many_approvals_that_wait_are_listed_in_few_questions(cast: Cast, enter: Enter) -> None:
    clients = make_clients(cast)
    for number in range(12):
        ticket = clients.ask(clients.shopkeeper, f"Freezer {number}", clients.north_shop)
        amount = Money(Decimal(1000 + number), "RUB")
        wish = Wish(kind=Kind.COST, title=f"Part {number}", amount=amount)
        ask(ticket, wish, by=SYSTEM, at=cast.at)
    manager = enter(clients.user(clients.manager))
    manager.get("/portal/")
    with at_most(30):
        page = manager.get("/portal/").content.decode()
    assert page.count('href="/portal/approvals/') == 12
