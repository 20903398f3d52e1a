"""Error pages: what is not there is told in friendly words that fit whoever asks."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from ambidesk.edge.web.ui.faces import forget_hosts
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.models import User
from ambidesk.parties.authority.granting import withdraw_authority
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.brands.models import Brand
from tests.called_in import call_in
from tests.cast import Cast
from tests.clients import make_clients


def signed_in(user: User, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


def told(client: Client, path: str) -> str:
    """What stands on a page that is none."""
    answer = client.get(path)
    assert answer.status_code == 404, path
    main = LexborHTMLParser(answer.text).css_first("main")
    assert main is not None
    assert main.html is not None
    return main.html


def test_a_visitor_is_told_of_the_link_and_where_to_sign_in(client: Client, db: None) -> None:
    page = told(client, "/nothing")
    assert "mistyped" in page
    assert "brand" not in page.replace("brand-mark", "")
    assert "Sign in" in page
    assert 'href="/"' in page


def test_a_colleague_is_told_of_brands_and_goes_back_to_the_desk(cast: Cast) -> None:
    page = told(signed_in(cast.olga.user), "/nothing")
    assert "brand that you do not serve" in page
    assert "Back to the desk" in page


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_client_is_told_the_same_of_what_there_is_not_and_of_what_is_not_theirs(
    cast: Cast, language: str
) -> None:
    clients = make_clients(cast)
    theirs = clients.ask(clients.owner, "Lift is stuck", clients.house_site)
    client = signed_in(clients.user(clients.shopkeeper), language)
    pages = {
        told(client, path)
        for path in (
            "/portal/nothing",
            "/portal/requests/987654/",
            # Another company's, and pages of the desk.
            f"/portal/requests/{theirs.number}/",
            f"/tickets/{theirs.number}",
            "/settings/",
        )
    }
    (page,) = pages
    assert 'href="/portal/"' in page
    # Whom we serve besides is nothing to them, and the desk is not theirs.
    assert "serve" not in page
    assert "/inbox" not in page
    if language == "en":
        assert "Back to your requests" in page
        assert "no longer open to you" in page


def test_a_contractor_goes_back_to_work_and_who_speaks_for_nobody_to_the_portal(
    cast: Cast,
) -> None:
    called = call_in(cast)
    client = signed_in(called.user(called.fitter))
    page = told(client, "/portal/work/987654/")
    assert "Back to your work" in page
    assert 'href="/portal/work/"' in page
    later = cast.at + timedelta(hours=1)
    withdraw_authority(Authority.objects.get(contact=called.fitter), by=SYSTEM, at=later)
    gone = told(client, "/portal/work/987654/")
    assert "Back to the portal" in gone
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("path", ["en/nothing/at/all", "en/articles/none", "en/topics/none"])
def test_a_reader_of_a_help_centre_finds_its_search(cast: Cast, path: str) -> None:
    page = told(Client(), f"/help/liftcare/{path}")
    assert 'action="/help/liftcare/en/search"' in page
    assert "Polka" not in page
    # Without a language that there is, it is that of the brand.
    assert 'action="/help/polka/ru/search"' in told(Client(), "/help/polka/xx/")
    assert 'role="search"' not in told(Client(), "/help/nobody/en/")


def test_on_the_host_of_a_brand_all_that_is_lost_is_lost_in_its_help_centre(cast: Cast) -> None:
    Brand.objects.filter(pk=cast.lifts.pk).update(web="https://help.liftcare.example")
    forget_hosts()
    client = Client(headers={"host": "help.liftcare.example"})
    ticket = cast.ticket()
    for path in ("/nothing", f"/tickets/{ticket.number}", "/help/polka/en/", "/portal/"):
        page = told(client, path)
        assert 'action="/help/liftcare/en/search"' in page
        assert "Polka" not in page
        assert "desk" not in page.lower()
    russian = told(client, "/help/liftcare/ru/nothing/at/all")
    assert 'action="/help/liftcare/ru/search"' in russian


def test_what_is_lost_costs_little(cast: Cast) -> None:
    """Whoever tries addresses by the thousand asks for pages like this."""
    Client().get("/help/liftcare/en/nothing")
    with CaptureQueriesContext(connection) as asked:
        told(Client(), "/help/liftcare/en/nothing/at/all")
    assert len(asked) <= 3
    with CaptureQueriesContext(connection) as asked:
        told(Client(), "/nothing")
    assert len(asked) == 0


def test_a_sign_that_no_text_has_is_left_out_of_what_an_address_asks(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.olga.user)
    number = cast.ticket().number
    for path in (f"/tickets/{number}/neighbours", "/callers", f"/tickets/{number}/colleagues"):
        answer = client.get(f"{path}?q=%00a%0%000")
        assert answer.status_code == 200, path


def test_a_form_without_its_token_is_refused_in_words(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.olga.user)
    answer = client.post("/profile", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Back to the desk" in answer.text
    clients = make_clients(cast)
    client.force_login(clients.user(clients.shopkeeper))
    answer = client.post("/profile", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Back to your requests" in answer.text
