"""A link decides once, needs a code for more, and tells nothing when it is dead."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from ambidesk.ground.kernel.money import Money
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.companies.models import Contact
from ambidesk.service.approvals.rules.deciding import Kind, State
from ambidesk.support.approvals.asking import Wish, ask
from ambidesk.support.approvals.linking import token_of
from ambidesk.support.approvals.models import Answer, Approval, Link
from ambidesk.support.approvals.wording import rewritten
from ambidesk.support.conversations.wording import worded
from tests.cast import Cast
from tests.clients import Clients, make_clients
from tests.edge.web.conftest import Enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """Two companies; what is asked today is good today."""
    Brand.objects.update(language="en")
    cast.shop.language = "en"
    return make_clients(cast)


def asked(clients: Clients, rubles: int) -> Approval:
    """A cost of the chain, asked now."""
    ticket = clients.ask(clients.shopkeeper, "Freezer is warm", clients.north_shop)
    wish = Wish(
        kind=Kind.COST,
        title="Compressor <b>new</b>",
        words="With work",
        amount=Money(Decimal(rubles), "RUB"),
    )
    by = clients.cast.actor(clients.cast.olga)
    return ask(ticket, wish, by=by, at=datetime.now(UTC))


def link_to(approval: Approval, contact: Contact) -> str:
    """The address in the mail to somebody."""
    link = Link.objects.get(asked__approval=approval, asked__contact=contact)
    assert link.message
    found = re.search(r"/approve/[\w-]{43}", worded(link.message).text)
    assert found
    assert found[0] == f"/approve/{token_of(link.asked_id, link.nonce)}"
    return found[0]


def test_the_mail_says_all_and_its_link_decides_once(clients: Clients, client: Client) -> None:
    approval = asked(clients, 18_000)
    link = Link.objects.get()
    assert link.message
    said = worded(link.message)
    assert "18,000 ₽" in said.text
    assert "<b>new</b>" not in said.html
    address = link_to(approval, clients.manager)
    for _scan in range(2):
        page = client.get(address)
        assert page.status_code == 200
        assert page["Cache-Control"] == "no-store"
    shown = page.content.decode()
    assert all(word in shown for word in ("Compressor", "18,000 ₽", "With work", "Shop North"))
    assert Approval.objects.get().state == State.WAITING
    body = {"answer": "yes", "content": approval.content, "words": "Go on"}
    assert "Thank you" in client.post(address, body).content.decode()
    given = Answer.objects.get()
    assert (given.contact, given.source, given.words) == (clients.manager, "link", "Go on")
    dead = [
        client.get(address),
        client.post(address, body),
        client.get("/approve/" + "x" * 43),
    ]
    assert {answer.status_code for answer in dead} == {404}
    assert len({answer.content for answer in dead}) == 1


def test_above_the_amount_a_code_is_needed(clients: Clients, client: Client) -> None:
    approval = asked(clients, 20_001)
    address = link_to(approval, clients.director)
    body = {"answer": "yes", "content": approval.content}
    assert "Approve" not in client.get(address).content.decode()
    assert client.post(address, body).status_code == 422
    assert Approval.objects.get().state == State.WAITING
    page = client.post(f"{address}/code").content.decode()
    assert "The code from the mail" in page
    link = Link.objects.get()
    assert link.code_message
    words = rewritten(link.code_message)
    assert words
    code = re.search(r"\d{6}", words.text)
    assert code
    assert code[0] not in link.code_message.text
    wrong = "000000" if code[0] != "000000" else "111111"
    assert client.post(address, {**body, "code": wrong}).status_code == 422
    assert "Thank you" in client.post(address, {**body, "code": code[0]}).content.decode()
    assert Approval.objects.get().state == State.APPROVED


def test_a_code_is_good_for_five_tries(clients: Clients, client: Client) -> None:
    approval = asked(clients, 20_001)
    address = link_to(approval, clients.director)
    client.post(f"{address}/code")
    message = Link.objects.get().code_message
    words = rewritten(message) if message else None
    code = re.search(r"\d{6}", words.text if words else "")
    assert code
    wrong = "000000" if code[0] != "000000" else "111111"
    body = {"answer": "yes", "content": approval.content}
    for _try in range(5):
        client.post(address, {**body, "code": wrong})
    assert client.post(address, {**body, "code": code[0]}).status_code == 422
    assert not Answer.objects.exists()


def test_a_link_of_what_changed_expired_or_belongs_to_another_host_is_dead(
    clients: Clients, client: Client
) -> None:
    approval = asked(clients, 18_000)
    address = link_to(approval, clients.manager)
    Brand.objects.filter(pk=clients.cast.lifts.pk).update(web="https://lifts.example")
    Link.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert client.get(address).status_code == 404
    Link.objects.update(expires_at=datetime.now(UTC) + timedelta(days=1))
    assert client.get(address).status_code == 200
    stale = client.post(address, {"answer": "yes", "content": "another"})
    assert stale.status_code == 409
    assert "has changed" in stale.content.decode()
    assert not Answer.objects.exists()


def test_in_the_portal_it_waits_for_those_who_may_only(clients: Clients, enter: Enter) -> None:
    approval = asked(clients, 18_000)
    manager = enter(clients.user(clients.manager))
    home = manager.get("/portal/").content.decode()
    assert "Waits for your approval" in home
    assert "18,000 ₽" in home
    address = f"/portal/approvals/{approval.pk}/"
    assert "With work" in manager.get(address).content.decode()
    for contact in (clients.shopkeeper, clients.director, clients.owner):
        other = enter(clients.user(contact))
        assert other.get(address).status_code == 404
        assert "Waits for your approval" not in other.get("/portal/").content.decode()
    body = {"answer": "yes", "content": approval.content, "words": "Fine"}
    assert manager.post(address, body).status_code == 303
    assert Answer.objects.get().source == "portal"
    assert "Waits for your approval" not in manager.get("/portal/").content.decode()


def test_the_operator_asks_notes_and_withdraws_on_the_ticket(
    clients: Clients, olga: Client
) -> None:
    ticket = clients.ask(clients.shopkeeper, "Freezer is warm", clients.north_shop)
    base = f"/tickets/{ticket.number}/approvals"
    form = {"kind": "cost", "title": "Compressor", "amount": "18 000,50"}
    assert olga.post(f"{base}/asking", form).status_code == 303
    panel = olga.get(base).content.decode()
    assert all(word in panel for word in ("18,000.50 ₽", "Mila Manager", "Then Dina Director"))
    approval = Approval.objects.get()
    assert olga.delete(f"{base}/{approval.pk}").status_code == 303
    olga.post(f"{base}/asking", form)
    again = Approval.objects.latest("pk")
    note = {"contact": clients.manager.pk, "answer": "yes", "noted_from": "phone"}
    assert olga.post(f"{base}/{again.pk}/answer", note).status_code == 303
    panel = olga.get(base).content.decode()
    assert "By phone" in panel
    page = olga.get(f"/tickets/{ticket.number}").content.decode()
    assert "asked for approval (the cost): Mila Manager" in page
    assert "noted the answer of Mila Manager: approved (the cost)" in page
    assert olga.post(f"{base}/asking", {**form, "amount": "-1"}).status_code == 422
