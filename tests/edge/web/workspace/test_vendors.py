"""A vendor by mail on the card: asked, numbered, noted, decided; and what the figures open."""

from datetime import timedelta

import pytest

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.registering import Profile, register
from ambidesk.service.contractors.engaging import Terms, engage
from ambidesk.service.contractors.models import Contractor
from ambidesk.support.handovers.models import Claim, Handover
from ambidesk.support.handovers.rules.claim import ClaimState
from ambidesk.support.handovers.rules.standing import Standing
from ambidesk.support.works.models import Expense
from tests.cast import Cast
from tests.edge.web.conftest import Enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def vendor(cast: Cast) -> Contractor:
    """A maker who has no portal."""
    company = register(None, Profile(name="Compressor Works"), by=SYSTEM, at=cast.at)
    hours = timedelta(hours=1)
    terms = Terms(work_for=48 * hours, margin=hours, email="rma@works.example")
    return engage(company, terms, by=SYSTEM, at=cast.at)


def test_a_claim_is_followed_on_the_card_from_the_mail_to_the_money(
    cast: Cast, vendor: Contractor, enter: Enter
) -> None:
    desk, ticket = enter(cast.olga.user), cast.ticket()
    card = f"/tickets/{ticket.number}"
    told = {"contractor": vendor.pk, "task": "Compressor K7", "warranty": "1"}
    assert desk.post(f"{card}/handover", told).status_code == 303
    row = Handover.objects.get()
    one = f"{card}/handovers/{row.pk}"
    page = desk.get(f"{card}/handovers").content.decode()
    assert "by mail with rma@works.example, apart from the client" in page
    assert "They accept" in page
    assert desk.post(f"{one}/claim/number", {"rma": "RMA-2041"}).status_code == 303
    assert "RMA number RMA-2041" in desk.get(f"{card}/handovers").content.decode()
    for step, body in (
        ("acceptance", {}),
        ("claim/dispatch", {}),
        ("claim/outcome", {"outcome": "credited", "recovered": "7 400,50"}),
        ("result", {"text": "Paid back", "cost": ""}),
    ):
        assert desk.post(f"{one}/{step}", body).status_code == 303, step
    page = desk.get(f"{card}/handovers").content.decode()
    assert "recovered 7,400.50 ₽" in page
    row.refresh_from_db()
    assert row.standing == Standing.DONE
    assert Claim.objects.get().state == ClaimState.CREDITED
    assert Expense.objects.get(ticket=ticket).cost < 0
    assert "under warranty" in desk.get(card).content.decode()
