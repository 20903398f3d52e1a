"""What clients may ask for is named in their language, wherever they read it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.catalogue.arranging import name_request_type
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.tickets.describing import convert
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.clients import Clients, make_clients
from tests.edge.web.conftest import Enter

pytestmark = pytest.mark.django_db
WORDS = {"en": ("Complaint", "Delivery"), "ru": ("Доставка", "Жалоба")}


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """Two companies."""
    return make_clients(cast)


@pytest.fixture
def complaint(cast: Cast) -> RequestType:
    """Something to ask for, beside something else."""
    for names in (Texts(en="Delivery", ru="Доставка"), Texts(en="Complaint", ru="Жалоба")):
        kind = name_request_type(None, names=names, by=SYSTEM, at=cast.at)
    return kind


def speaking(browser: Client, language: str) -> Client:
    browser.cookies["ambidesk_language"] = language
    return browser


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_client_chooses_among_words_of_their_language(
    clients: Clients, enter: Enter, complaint: RequestType, language: str
) -> None:
    browser = speaking(enter(clients.user(clients.shopkeeper)), language)
    page = browser.get("/portal/new/").content.decode()
    first, second = WORDS[language]
    assert first in page
    assert page.index(first) < page.index(second)
    foreign = WORDS["ru" if language == "en" else "en"]
    assert not [each for each in foreign if each in page]
    own = str(complaint.names.said(language))
    assert f"<h1>{own}</h1>" in browser.get(f"/portal/new/{complaint.pk}").content.decode()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_request_tells_its_type_in_the_language_of_whoever_reads_it(
    clients: Clients, enter: Enter, complaint: RequestType, olga: Client, language: str
) -> None:
    ticket = clients.ask(clients.shopkeeper, "Late again", clients.north_shop)
    ivan = clients.cast.actor(clients.cast.ivan)
    convert(ticket, request_type=complaint, by=ivan, at=clients.cast.at)
    own, foreign = ("Complaint", "Жалоба") if language == "en" else ("Жалоба", "Complaint")
    browser = speaking(enter(clients.user(clients.shopkeeper)), language)
    for page in (
        browser.get(f"/portal/requests/{ticket.number}/"),
        # The card and the line of the timeline that says who made it one.
        speaking(olga, language).get(f"/tickets/{ticket.number}"),
    ):
        assert own in page.content.decode()
        assert foreign not in page.content.decode()


def test_a_request_without_words_is_called_what_the_client_chose(
    clients: Clients, enter: Enter, complaint: RequestType
) -> None:
    browser = speaking(enter(clients.user(clients.shopkeeper)), "ru")
    photo = SimpleUploadedFile("warm.txt", b"it is warm")
    said = {"place": f"site-{clients.north_shop.pk}", "text": "", "files": photo}
    assert browser.post(f"/portal/new/{complaint.pk}", said).status_code == 303
    assert Ticket.objects.latest("pk").subject == "Жалоба"
