"""What a contact is told of is their own choice, on a page of the portal."""

import pytest

from ambidesk.support.notifications.models import NoticeKind, PushEndpoint, Way
from ambidesk.support.notifications.notifying import ways_of
from tests.cast import Cast
from tests.clients import Clients, make_clients
from tests.edge.web.conftest import Enter
from tests.support.notifications.browsers import PushService

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """Two companies."""
    return make_clients(cast)


def test_a_contact_chooses_what_comes_by_mail_and_what_to_the_browser(
    clients: Clients, enter: Enter
) -> None:
    user = clients.user(clients.seller)
    browser = enter(user)
    page = browser.get("/portal/notifications/").content.decode()
    assert "The promised time of my request changes" in page
    assert "A colleague gives me a ticket" not in page
    assert 'value="stage:mail"' in page
    saved = browser.post(
        "/portal/notifications/", {"way": ["asked:mail", "stage:push", "due:push"]}
    )
    assert saved["Location"] == "/portal/notifications/"
    ways = ways_of([user.pk])[user.pk]
    assert ways[NoticeKind.ASKED] == (Way.MAIL,)
    assert ways[NoticeKind.STAGE] == (Way.PUSH,)
    assert ways[NoticeKind.ANSWERED] == ways[NoticeKind.PROMISED] == ()


def test_the_browser_of_a_contact_asks_to_be_told_and_to_be_left_alone(
    clients: Clients, enter: Enter
) -> None:
    user = clients.user(clients.seller)
    browser, given = enter(user), PushService(url="https://push.example/").subscription
    keys = {"p256dh": given.public_key, "auth": given.auth}
    told = {"endpoint": given.url, "keys": keys}
    assert browser.post("/portal/push/key").json()["key"]
    address = "/portal/push/subscription"
    assert browser.post(address, told, content_type="application/json").status_code == 204
    assert PushEndpoint.objects.get().user == user
    assert browser.delete(address, told, content_type="application/json").status_code == 204
    assert not PushEndpoint.objects.exists()
