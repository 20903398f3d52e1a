"""The contractor's side of the portal, from the offer to the result taken on the ticket's card."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ambidesk.support.handovers.models import Handover
from ambidesk.support.handovers.rules.standing import Standing
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.works.models import Expense
from tests.called_in import CalledIn, call_in
from tests.cast import Cast
from tests.clients import make_clients
from tests.edge.web.conftest import Enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def called(cast: Cast) -> CalledIn:
    """Two contractors."""
    return call_in(cast)


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """A ticket of a shop of the chain."""
    clients = make_clients(cast)
    return clients.ask(clients.shopkeeper, "Secret words of the shop", clients.north_shop)


def test_a_contractor_does_what_is_handed_over_and_the_desk_sends_it_back_once(
    called: CalledIn, ticket: Ticket, enter: Enter
) -> None:
    desk, fitter = enter(called.cast.olga.user), enter(called.user(called.fitter))
    card = f"/tickets/{ticket.number}"
    assert "Hand over to a contractor" in desk.get(f"{card}/handovers").content.decode()
    photo = SimpleUploadedFile("freezer.txt", b"it is warm")
    told = {"contractor": called.cold.pk, "task": "Fill up gas", "text": "Third row"}
    assert desk.post(f"{card}/handover", {**told, "files": photo}).status_code == 303
    row = Handover.objects.get()

    answer = fitter.get("/", follow=True)
    assert answer.redirect_chain == [("/portal/work/", 302)]
    assert "Fill up gas" in answer.content.decode()
    here = f"/portal/work/{row.pk}/"
    page = fitter.get(here).content.decode()
    assert "Shop North" in page
    assert "Third row" in page
    assert "freezer.txt" in page
    assert "Secret words" not in page
    assert fitter.get("/portal/").status_code == 404
    assert fitter.get(card).status_code == 404

    assert fitter.post(f"{here}acceptance").status_code == 303
    wrong = fitter.post(f"{here}result", {"text": "Done", "minutes": "x"})
    assert (wrong.status_code, "what was spent" in wrong.content.decode()) == (422, True)
    done = {"text": "Filled up", "minutes": "60", "materials": "500"}
    assert fitter.post(f"{here}result", done).status_code == 303
    assert "2,000 ₽" in desk.get(f"{card}/handovers").content.decode()
    back = desk.post(f"{card}/handovers/{row.pk}/rework", {"text": "It leaks"})
    assert back.status_code == 303
    page = fitter.get(here).content.decode()
    assert "sent back once" in page
    assert "It leaks" in page
    assert fitter.post(here, {"text": "On our way"}).status_code == 303
    fitter.post(f"{here}result", done)
    assert desk.post(f"{card}/handovers/{row.pk}/taking").status_code == 303
    row.refresh_from_db()
    assert (row.standing, row.reworks) == (Standing.TAKEN, 1)
    assert Expense.objects.filter(ticket=ticket).count() == 1
    assert "for rework (1)" in desk.get(card).content.decode()


def test_another_contractor_finds_nothing_of_it(
    called: CalledIn, ticket: Ticket, enter: Enter
) -> None:
    desk, rival = enter(called.cast.olga.user), enter(called.user(called.rival))
    photo = SimpleUploadedFile("freezer.txt", b"it is warm")
    told = {"contractor": called.cold.pk, "task": "Fill up gas", "files": photo}
    desk.post(f"/tickets/{ticket.number}/handover", told)
    row = Handover.objects.get()
    key = row.words.get().files.get().key
    assert "Fill up gas" not in rival.get("/portal/work/").content.decode()
    for address in (f"/portal/work/{row.pk}/", f"/portal/work/files/{key}"):
        assert rival.get(address).status_code == 404
    for verb in ("acceptance", "refusal", "return", "result", "checklist/1"):
        assert rival.post(f"/portal/work/{row.pk}/{verb}", {"text": "x"}).status_code == 404
