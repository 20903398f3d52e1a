"""The client portal: what its contacts find there, and what they do."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ambidesk.edge.web.portal import talk
from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.models import User
from ambidesk.parties.authority.granting import withdraw_authority
from ambidesk.parties.authority.models import Authority, Letter
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.authority.writing import token_of
from ambidesk.parties.people.models import Identity
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.channels.portal.confirming import confirm_writer
from ambidesk.support.channels.portal.saying import Wish, Words, ask
from ambidesk.support.conversations.models import Attachment, Message
from ambidesk.support.conversations.wording import Worded
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import State, Ticket
from tests.cast import Cast
from tests.clients import PASSWORD, Clients, make_clients
from tests.edge.web.conftest import Enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """Two companies."""
    return make_clients(cast)


@pytest.fixture
def repair(cast: Cast) -> RequestType:
    """Something to ask for."""
    return RequestType.objects.create(name="Repair")


def test_a_contact_signs_in_and_stands_in_the_portal(clients: Clients, enter: Enter) -> None:
    browser = enter(clients.user(clients.shopkeeper))
    answer = browser.get("/", follow=True)
    assert answer.redirect_chain == [("/portal/", 302)]
    assert "Requests" in answer.content.decode()
    for address in ("/inbox/all/", "/settings/", "/people/1/", "/search?q=a", "/notices/"):
        assert browser.get(address).status_code == 404


def test_a_territory_manager_sees_the_shops_of_the_territory_and_nothing_else(
    clients: Clients, enter: Enter
) -> None:
    clients.ask(clients.shopkeeper, "Freezer is warm", clients.north_shop)
    south = clients.ask(clients.director, "Door is stuck", clients.south_shop)
    browser = enter(clients.user(clients.manager))
    page = browser.get("/portal/?all=1").content.decode()
    assert "Freezer is warm" in page
    assert "Door is stuck" not in page
    assert "Shop South" not in page
    assert browser.get(f"/portal/requests/{south.number}/").status_code == 404
    assert "Door is stuck" not in browser.get("/portal/?q=door").content.decode()


def test_a_request_is_asked_for_and_talked_about(
    clients: Clients, enter: Enter, repair: RequestType, olga: Client
) -> None:
    browser = enter(clients.user(clients.shopkeeper))
    form = browser.get(f"/portal/new/{repair.pk}").content.decode()
    assert "Shop North" in form
    assert "Shop South" not in form
    place = f"site-{clients.north_shop.pk}"
    photo = SimpleUploadedFile("warm.txt", b"it is warm")
    said = {"place": place, "text": "The freezer is warm", "files": photo}
    created = browser.post(f"/portal/new/{repair.pk}", said)
    ticket = Ticket.objects.latest("pk")
    assert created["Location"] == f"/portal/requests/{ticket.number}/"
    assert (ticket.company, ticket.site) == (clients.chain, clients.north_shop)
    assert ticket.request_type == repair
    assert ticket.requester_id == clients.shopkeeper.person_id
    requester = ticket.requester_identity
    assert requester
    words = Answer(text="We come at ten", to=(requester,), due_at=clients.cast.at)
    answer(ticket, words, by=clients.cast.actor(clients.cast.olga), at=clients.cast.at)
    page = browser.get(f"/portal/requests/{ticket.number}/").content.decode()
    assert "The freezer is warm" in page
    assert "We come at ten" in page
    assert "Olga Orlova" in page
    key = Attachment.objects.get().key
    assert b"".join(browser.get(f"/portal/files/{key}")) == b"it is warm"
    browser.post(f"/portal/requests/{ticket.number}/", {"text": "Come earlier, please"})
    ticket.refresh_from_db()
    assert ticket.state == State.OPEN
    assert "Come earlier, please" in olga.get(f"/tickets/{ticket.number}").content.decode()


def test_nobody_asks_for_something_elsewhere(
    clients: Clients, enter: Enter, repair: RequestType
) -> None:
    browser = enter(clients.user(clients.shopkeeper))
    for site in (clients.south_shop, clients.house_site):
        said = {"place": f"site-{site.pk}", "text": "Mine"}
        assert browser.post(f"/portal/new/{repair.pk}", said).status_code == 422
    assert not Ticket.objects.exists()


def test_nothing_is_asked_for_at_a_company_that_is_no_longer_served(
    clients: Clients, enter: Enter, repair: RequestType
) -> None:
    clients.chain.archived_at = clients.cast.at
    clients.chain.save(update_fields=["archived_at"])
    browser = enter(clients.user(clients.director))
    assert "Shop North" not in browser.get(f"/portal/new/{repair.pk}").content.decode()
    for place in (f"site-{clients.north_shop.pk}", f"company-{clients.chain.pk}"):
        said = {"place": place, "text": "Mine"}
        assert browser.post(f"/portal/new/{repair.pk}", said).status_code == 422
    wish = Wish(
        brand=clients.cast.shop,
        company=clients.chain,
        site=None,
        request_type=repair,
        words=Words(text="Mine"),
    )
    with pytest.raises(NotEntitled):
        ask(wish, by=clients.actor(clients.director), at=clients.cast.at)
    assert not Ticket.objects.exists()


def test_what_the_database_cannot_take_is_no_fault_of_ours(clients: Clients, enter: Enter) -> None:
    browser = enter(clients.user(clients.director))
    assert browser.get("/portal/?q=a%00b").status_code == 200
    assert browser.get("/portal/files/a%00b").status_code == 404
    wanted = {"scope": "own", "powers": ["approve_cost"], "approves_to": "1.005"}
    address = f"/portal/colleagues/{clients.seller.pk}/authorities"
    assert browser.post(address, wanted).status_code == 422


def test_links_in_a_message_to_one_contact_are_shown_to_nobody_else(
    clients: Clients, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = clients.ask(clients.shopkeeper, "Freezer is warm", clients.north_shop)
    requester = ticket.requester_identity
    assert requester
    words = Answer(text="How was it?", to=(requester,), due_at=clients.cast.at)
    answer(ticket, words, by=clients.cast.actor(clients.cast.olga), at=clients.cast.at)
    Message.objects.filter(text="How was it?").update(automatic=True)
    secret = Worded(text="How was it? /rate/secret", html="")
    monkeypatch.setattr(talk, "worded", lambda _message: secret)
    address = f"/portal/requests/{ticket.number}/"
    theirs = enter(clients.user(clients.shopkeeper)).get(address).content.decode()
    assert "/rate/secret" in theirs
    page = enter(clients.user(clients.director)).get(address).content.decode()
    assert "How was it?" in page
    assert "/rate/secret" not in page


def test_who_may_not_write_finds_no_place_to(clients: Clients, enter: Enter) -> None:
    ticket = clients.ask(clients.shopkeeper, "Freezer is warm", clients.north_shop)
    Authority.objects.filter(contact=clients.manager).update(powers=[Power.APPROVE_COST])
    browser = enter(clients.user(clients.manager))
    address = f"/portal/requests/{ticket.number}/"
    assert "<textarea" not in browser.get(address).content.decode()
    assert browser.post(address, {"text": "Hello"}).status_code == 403


def test_an_authority_that_ends_closes_the_portal_at_once(clients: Clients, enter: Enter) -> None:
    ticket = clients.ask(clients.shopkeeper, "Freezer is warm", clients.north_shop)
    browser = enter(clients.user(clients.manager))
    address = f"/portal/requests/{ticket.number}/"
    assert browser.get(address).status_code == 200
    withdraw_authority(
        Authority.objects.get(contact=clients.manager), by=SYSTEM, at=datetime.now(UTC)
    )
    assert browser.get(address).status_code == 404
    assert browser.get("/portal/").status_code == 404
    assert "has ended" in browser.get("/").content.decode()


def test_names_of_others_are_told_to_whom_they_may_be(clients: Clients, enter: Enter) -> None:
    ticket = clients.ask(clients.seller, "Freezer is warm", clients.north_shop)
    address = f"/portal/requests/{ticket.number}/"
    shop = enter(clients.user(clients.shopkeeper)).get(address).content.decode()
    assert "Sonya Seller" not in shop
    assert "A colleague" in shop
    assert "Sonya Seller" in enter(clients.user(clients.manager)).get(address).content.decode()


def test_a_manager_invites_a_colleague_who_then_signs_in(clients: Clients, enter: Enter) -> None:
    browser = enter(clients.user(clients.director))
    assert "Sonya Seller" in browser.get("/portal/colleagues/").content.decode()
    assert browser.post(f"/portal/colleagues/{clients.seller.pk}/invitation").status_code == 303
    page = browser.get(f"/portal/colleagues/{clients.seller.pk}/").content.decode()
    assert "on its way to" in page
    assert "/access/" not in page
    token = token_of(Letter.objects.get())
    guest = Client()
    assert guest.post(f"/access/{token}/", {"password": PASSWORD}).status_code in {302, 303}
    user = User.objects.get(account__person=clients.seller.person_id)
    assert "Requests" in enter(user).get("/", follow=True).content.decode()
    # Whoever signs in already gets no second link from a colleague.
    address = f"/portal/colleagues/{clients.seller.pk}/"
    assert "New link to sign in" not in browser.get(address).content.decode()
    assert browser.post(f"{address}invitation").status_code == 403


def test_a_manager_gives_and_takes_in_the_portal(clients: Clients, enter: Enter) -> None:
    browser = enter(clients.user(clients.manager))
    address = f"/portal/colleagues/{clients.seller.pk}/"
    form = browser.get(f"{address}authorities").content.decode()
    assert "Shop North" in form
    assert "Shop South" not in form
    wanted = {"scope": "sites", "sites": [clients.north_shop.pk], "powers": ["create"]}
    assert browser.post(f"{address}authorities", wanted).status_code == 303
    row = Authority.objects.filter(contact=clients.seller).latest("pk")
    assert list(row.sites.all()) == [clients.north_shop]
    assert "Shop North" in browser.get(address).content.decode()
    foreign = {"scope": "sites", "sites": [clients.south_shop.pk], "powers": ["create"]}
    assert browser.post(f"{address}authorities", foreign).status_code == 422
    assert browser.post(f"/portal/authorities/{row.pk}/end").status_code == 303
    row.refresh_from_db()
    assert row.until
    above = Authority.objects.get(contact=clients.director).pk
    assert browser.get(f"/portal/authorities/{above}").status_code == 404


def test_a_stranger_is_let_in_by_whoever_manages_the_company(
    clients: Clients, enter: Enter
) -> None:
    held = clients.ask(clients.seller, "From nobody known")
    Ticket.objects.filter(pk=held.pk).update(suspended=True, suspended_for="unknown_writer")
    shop = enter(clients.user(clients.shopkeeper))
    assert shop.get(f"/portal/requests/{held.number}/").status_code == 404
    browser = enter(clients.user(clients.director))
    assert "Who wrote this?" in browser.get("/portal/").content.decode()
    browser.post(f"/portal/requests/{held.number}/acceptance")
    held.refresh_from_db()
    assert not held.suspended


def test_whoever_signs_in_by_an_address_of_several_still_asks_and_writes(
    clients: Clients, enter: Enter, repair: RequestType
) -> None:
    browser = enter(clients.user(clients.shopkeeper))
    own = Identity.objects.filter(person=clients.shopkeeper.person_id)
    own.update(shared=True)
    said = {"place": f"site-{clients.north_shop.pk}", "text": "The freezer is warm"}
    assert browser.post(f"/portal/new/{repair.pk}", said).status_code == 303
    ticket = Ticket.objects.get()
    assert ticket.requester_identity == own.get()
    talk = f"/portal/requests/{ticket.number}/"
    assert browser.post(talk, {"text": "Come soon"}).status_code == 303
    own.update(erased_at=clients.cast.at)
    refused = browser.post(talk, {"text": "And again"})
    assert refused.status_code == 409
    assert "no e-mail address" in refused.content.decode()


def test_whoever_manages_one_site_lets_nobody_in_at_another(clients: Clients) -> None:
    manager, at = clients.actor(clients.manager), clients.cast.at
    there = clients.ask(clients.seller, "From nobody known", clients.south_shop)
    here = clients.ask(clients.seller, "From nobody else", clients.north_shop)
    Ticket.objects.update(suspended=True, suspended_for="unknown_writer")
    with pytest.raises(NotEntitled):
        confirm_writer(there, by=manager, at=at)
    assert not confirm_writer(here, by=manager, at=at).suspended


def test_what_is_not_of_the_company_is_no_matter_of_it(
    clients: Clients, enter: Enter, olga: Client
) -> None:
    held = clients.ask(clients.seller, "From nobody known", clients.north_shop)
    Ticket.objects.update(suspended=True, suspended_for="unknown_writer")
    # The desk does not decide it by itself: it says who told it.
    assert olga.post(f"/tickets/{held.number}/refusal").status_code == 422
    browser = enter(clients.user(clients.director))
    assert browser.post(f"/portal/requests/{held.number}/refusal").status_code == 303
    held.refresh_from_db()
    assert (held.company, held.suspended) == (None, True)
    assert browser.get(f"/portal/requests/{held.number}/").status_code == 404
