"""Works are put down on the ticket's card, say what they drew and cost, and are taken back."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.models import Role
from ambidesk.service.contracts.activating import activate
from ambidesk.service.contracts.rights import ContractRight
from ambidesk.service.contracts.said import LineSaid, PriceSaid
from ambidesk.support.coverage.settling import settle
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.equipping import equip
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.works.models import Expense, PartUse, UnitUse, WorkLog
from tests.cast import Cast
from tests.edge.web.workspace.conftest import HTMX, at_most, seated, text_of, told
from tests.service.assets.equipment import make_equipment
from tests.service.contracts import agreements

# What is left is of the period of today.
TODAY = datetime.now(UTC).date()


@pytest.fixture
def covered(cast: Cast) -> Ticket:
    """A ticket about a freezer whose contract gives an hour a month; more costs 1,000 an hour."""
    things = make_equipment(cast.at)
    contract = agreements.contract(things.chain, cast.at, until_on=None)
    hours = agreements.package(contract, cast.at, amount=Decimal(1))
    price = PriceSaid(clause="7.1", price=Decimal(1000))
    agreements.draft(contract, cast.at, LineSaid(clause="2.1", package=hours), prices=(price,))
    activate(contract, by=SYSTEM, at=cast.at)
    ticket = cast.ticket()
    attribute(ticket, company=things.chain, by=SYSTEM, at=cast.at)
    equip(ticket, things.asset(), by=SYSTEM, at=cast.at)
    settle([ticket.pk], by=SYSTEM, at=cast.at)
    return ticket


def said(**more: object) -> dict[str, object]:
    return {"key": uuid4(), "day": TODAY, "note": "", **more}


def test_time_says_what_it_drew_and_what_the_client_pays(cast: Cast, covered: Ticket) -> None:
    admin, here = seated(cast.admin), f"/tickets/{covered.number}/works"
    answer = admin.post(f"{here}/times", said(minutes=90), headers=HTMX)
    page = text_of(answer).replace("\u00a0", " ")
    assert "1 h from “Hours”" in page
    assert "to pay: 500 ₽" in page
    assert "Left of “Hours”: 0 h" in page
    assert told(answer)["toast"]["message"] == "Time is put down"
    log = WorkLog.objects.get()
    assert log.member == cast.admin
    assert admin.post(f"{here}/work_log/{log.pk}/reversal", {}).status_code == 422
    back = admin.post(f"{here}/work_log/{log.pk}/reversal", {"words": "Other ticket"}, headers=HTMX)
    page = text_of(back).replace("\u00a0", " ")
    assert "Left of “Hours”: 1 h" in page
    assert "Other ticket" in page
    assert "The client pays" not in page


def test_a_second_click_puts_nothing_down_twice(olga: Client, cast: Cast, covered: Ticket) -> None:
    given = said(minutes=30)
    for _click in range(2):
        answer = olga.post(f"/tickets/{covered.number}/works/times", given)
        assert answer.status_code == 303
    assert WorkLog.objects.count() == 1


def test_visits_expenses_and_parts_stand_on_ticket_and_equipment(
    olga: Client, cast: Cast, covered: Ticket
) -> None:
    here = f"/tickets/{covered.number}/works"
    olga.post(f"{here}/units", said(unit="visits", quantity="1"))
    taxi = said(kind="travel", cost="500.50", currency="RUB", note="Taxi")
    olga.post(f"{here}/expenses", taxi)
    fan = {"name": "Fan", "quantity": "1", "old_serial": "A1", "new_serial": "B2"}
    olga.post(f"{here}/parts", said(cost="", currency="RUB", **fan))
    part, asset = PartUse.objects.get(), Ticket.objects.get(pk=covered.pk).asset
    assert (part.old_serial, part.new_serial, part.asset) == ("A1", "B2", asset)
    assert (Expense.objects.get().cost, UnitUse.objects.get().asset) == (Decimal("500.50"), asset)
    page = text_of(olga.get(here))
    assert "A1 → B2" in page
    assert "Taxi" in page


def test_what_cannot_be_meant_is_said(olga: Client, cast: Cast, covered: Ticket) -> None:
    here = f"/tickets/{covered.number}/works"
    for part, given in (
        ("times", said(minutes=0)),
        ("times", {"key": uuid4(), "minutes": 5}),
        ("units", said(unit="visits", quantity="0.5")),
        ("expenses", said(kind="travel", cost="x", currency="RUB")),
        ("parts", said(name="", quantity=1, currency="RUB")),
    ):
        assert olga.post(f"{here}/{part}", given).status_code == 422
    assert olga.post(f"{here}/nothing/1/reversal", {"words": "x"}).status_code == 404
    assert not WorkLog.objects.exists()


def test_whoever_does_not_see_contracts_reads_no_prices(
    olga: Client, cast: Cast, covered: Ticket
) -> None:
    role = Role.objects.get(key="operator")
    role.rights = [each for each in role.rights if each != ContractRight.SEE]
    role.save()
    olga.post(f"/tickets/{covered.number}/works/times", said(minutes=120))
    assert "to pay" not in text_of(olga.get(f"/tickets/{covered.number}/works"))


def test_works_of_a_ticket_ask_the_same_however_many_they_are(
    olga: Client, cast: Cast, covered: Ticket
) -> None:
    here = f"/tickets/{covered.number}/works"
    for _each in range(12):
        olga.post(f"{here}/times", said(minutes=10))
    olga.get(here)
    with at_most(16):
        assert text_of(olga.get(here)).count("10 min") >= 12


def test_a_ticket_of_a_brand_i_do_not_serve_takes_no_works(
    lev: Client, cast: Cast, covered: Ticket
) -> None:
    here = f"/tickets/{covered.number}/works"
    assert lev.get(here).status_code == 404
    assert lev.post(f"{here}/times", said(minutes=10)).status_code == 404
