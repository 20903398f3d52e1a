"""The account manager in the widget: named to whom the site signed for, the face by a pass."""

from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.models import Identity
from ambidesk.parties.staff.presenting import present
from ambidesk.parties.stewards.entrusting import entrust, release
from ambidesk.parties.stewards.models import Duty, Steward
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.proving import rotate
from ambidesk.support.conversations.models import Channel
from tests.cast import Cast
from tests.clients import Clients, make_clients
from tests.edge.web.widget.pages import Page
from tests.ground.files.photos import saved
from tests.support.channels.widget.test_proving import signed

PHOTO = saved(Image.new("RGB", (800, 600), "green"))


@pytest.fixture
def made(cast: Cast) -> Clients:
    made = make_clients(cast)
    at = datetime.now(UTC)
    day = at.date() - timedelta(days=1)
    shown = present(cast.olga, post="Lead", qualification="Group V", photo=PHOTO, by=SYSTEM, at=at)
    entrust(made.chain, shown, duty=Duty.MANAGER, since=day, by=SYSTEM, at=at)
    return made


def page_of(widget: Channel, made: Clients) -> Page:
    """The browser of a client whom the site signs for."""
    email = Identity.objects.get(person=made.seller.person_id).value
    claims = {
        "sub": "7",
        "aud": widget.address,
        "exp": (datetime.now(UTC) + timedelta(hours=1)).timestamp(),
        "name": "Sonya",
        "email": email,
        "email_verified": True,
    }
    secret = rotate(widget, by=SYSTEM, at=datetime.now(UTC))
    page = Page(widget)
    page.begin(proof=signed(claims, secret=secret))
    return page


def test_whom_the_site_signed_for_reads_who_it_is_and_sees_the_face(
    widget: Channel, made: Clients
) -> None:
    page = page_of(widget, made)
    told = page.ask("GET", "talk").json()["manager"]
    assert (told["name"], told["post"], told["instead"]) == ("Olga Orlova", "Lead, Group V", "")
    face = page.client.get(told["face"])
    assert (face.status_code, face["Content-Type"]) == (200, "image/jpeg")
    assert face["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_guest_reads_of_nobody_and_gets_no_face(widget: Channel, made: Clients) -> None:
    theirs = page_of(widget, made).ask("GET", "talk").json()["manager"]["face"]
    client = Visitor.objects.get()
    guest = Page(widget)
    guest.begin()
    assert guest.ask("GET", "talk").json()["manager"] is None
    number = Visitor.objects.exclude(pk=client.pk).get().pk
    assert guest.client.get(theirs.replace(f"v={client.pk}", f"v={number}")).status_code == 404
    assert guest.client.get(theirs[:-2] + "xx").status_code == 404
    assert guest.client.get(theirs.partition("?")[0]).status_code == 404


def test_the_face_of_who_ceased_to_manage_is_shown_no_more(widget: Channel, made: Clients) -> None:
    page = page_of(widget, made)
    face = page.ask("GET", "talk").json()["manager"]["face"]
    at = datetime.now(UTC)
    release(Steward.objects.get(), until=at.date(), by=SYSTEM, at=at)
    assert page.client.get(face).status_code == 404
    assert page.ask("GET", "talk").json()["manager"] is None
