"""The login of a department in the portal: who speaks is asked, noted and shown."""

import pytest
from django.test import Client

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.authority.granting import withdraw_authority
from ambidesk.parties.authority.inviting import invite
from ambidesk.parties.authority.models import SharedLogin
from ambidesk.parties.authority.sharing import unshare_login
from ambidesk.parties.staff.admitting import take_link
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.clients import Clients, make_clients
from tests.edge.web.conftest import PASSWORD, Enter
from tests.edge.web.workspace.conftest import seated
from tests.parties.authority.departments import in_department, shop_of

pytestmark = pytest.mark.django_db
PAGE = {"accept": "text/html"}
NEW = "quiet harbour seven lanterns"
PROTECTION = ("password/", "app/", "passkeys/new/", "passkeys/1/removal/", "codes/")


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """Two companies."""
    return make_clients(cast)


def test_who_speaks_is_asked_first_and_shown_to_the_operator(
    clients: Clients, enter: Enter, olga: Client
) -> None:
    kind = RequestType.objects.create(name="Repair")
    shop = shop_of(clients)
    anna = in_department(clients, "Anna Abel", shop.department)
    browser = enter(clients.user(shop))
    asked = browser.get("/portal/", headers=PAGE)
    assert asked["Location"] == "/portal/speaker/"
    assert browser.get("/")["Location"] == "/portal/speaker/"
    assert browser.get(f"/portal/new/{kind.pk}").status_code == 404
    form = browser.get("/portal/speaker/").content.decode()
    assert "Anna Abel" in form
    assert "Dina Director" not in form
    assert browser.post("/portal/speaker/", {"contact": "", "name": ""}).status_code == 422
    assert browser.post("/portal/speaker/", {"contact": anna.pk})["Location"] == "/portal/"
    assert "speaking: Anna Abel" in browser.get("/portal/").content.decode()
    place = f"site-{clients.north_shop.pk}"
    browser.post(f"/portal/new/{kind.pk}", {"place": place, "text": "The freezer is warm"})
    ticket = Ticket.objects.latest("pk")
    page = olga.get(f"/tickets/{ticket.number}").content.decode()
    assert page.count("speaking: Anna Abel") == 2
    browser.post("/portal/speaker/", {"contact": "", "name": "The new cashier"})
    browser.post(f"/portal/requests/{ticket.number}/", {"text": "Still warm"})
    page = olga.get(f"/tickets/{ticket.number}").content.decode()
    assert page.count("speaking: The new cashier") == 2
    talk = browser.get(f"/portal/requests/{ticket.number}/").content.decode()
    assert "<strong>Anna Abel</strong>" in talk
    assert "<strong>The new cashier</strong>" in talk


def test_another_session_is_asked_anew(clients: Clients, enter: Enter) -> None:
    user = clients.user(shop_of(clients))
    enter(user).post("/portal/speaker/", {"name": "Anna"})
    assert enter(user).get("/portal/", headers=PAGE)["Location"] == "/portal/speaker/"


def test_the_desk_says_which_login_is_shared(clients: Clients, cast: Cast) -> None:
    shop = shop_of(clients)
    anna = in_department(clients, "Anna Abel", shop.department)
    admin = seated(cast.admin)
    address = f"/contacts/{anna.pk}/authorities"
    assert "The login of the department" in admin.get(address).content.decode()
    admin.post(f"/contacts/{anna.pk}/sharing", {"shared": "1"})
    assert "Several people share this login" in admin.get(address).content.decode()
    admin.post(f"/contacts/{anna.pk}/sharing", {"shared": "0"})
    assert "Several people share this login" not in admin.get(address).content.decode()
    assert list(SharedLogin.objects.all()) == [shop.shared_login]


def test_who_shares_a_login_changes_neither_its_password_nor_its_protection(
    clients: Clients, enter: Enter, cast: Cast
) -> None:
    shop = shop_of(clients)
    user = clients.user(shop)
    browser = enter(user)
    browser.post("/portal/speaker/", {"name": "The new cashier"})
    typed = {"oldpassword": PASSWORD, "password1": NEW}
    for each in PROTECTION:
        for answer in (browser.get(f"/account/{each}"), browser.post(f"/account/{each}", typed)):
            assert answer.status_code == 403, each
            assert "Several people share this login" in answer.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert "Several people share this login" in browser.get("/profile").content.decode()
    # The desk sends a link, and whoever has that chooses.
    assert take_link(invite(shop, by=SYSTEM, at=cast.at), NEW, at=cast.at).check_password(NEW)
    # It is one person's again: that person decides.
    unshare_login(shop, by=SYSTEM, at=cast.at)
    user.refresh_from_db()
    browser = Client()
    browser.force_login(user)
    assert "Several people share" not in browser.get("/profile").content.decode()
    assert browser.get("/account/password/").status_code != 403


def test_a_shared_login_to_which_nothing_is_allowed_keeps_its_password_too(
    clients: Clients, enter: Enter, cast: Cast
) -> None:
    shop = shop_of(clients)
    user = clients.user(shop)
    for row in shop.authorities.all():
        withdraw_authority(row, by=SYSTEM, at=cast.at)
    browser = enter(user)
    assert browser.get("/account/password/").status_code == 403
    assert browser.get("/portal/").status_code == 404
