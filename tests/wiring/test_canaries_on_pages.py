"""The same two brands on pages: what a browser of a customer is shown by each of their hosts."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from ambidesk.edge.web.settings.widgets import snippet_of
from ambidesk.edge.web.ui.faces import broken
from ambidesk.ground.kernel.routes import UNSIGNED, all_routes
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.relation.feedback.models import Invitation
from ambidesk.relation.feedback.tokens import token_of
from ambidesk.support.channels.webform.connecting import WebForm, connect_form
from ambidesk.support.channels.webform.manner import FormManner
from ambidesk.support.conversations.models import Channel
from tests.cast import Cast
from tests.wiring.sides import (
    OF_THE_DESK,
    OF_THE_HOST,
    Side,
    _host,
    leaks,
    page_of,
    pairs,
    shown_by,
    sides,
)

__all__ = ["_host", "sides"]
pytestmark = pytest.mark.django_db


def test_no_page_of_a_brand_names_the_other_or_the_desk(sides: tuple[Side, Side]) -> None:
    now = datetime.now(UTC)
    Invitation.objects.update(expires_at=now + timedelta(days=1))
    for mine, other in pairs(sides):
        invitation = Invitation.objects.get(ticket=mine.ticket)
        link = f"/rate/{token_of(invitation)}"
        theirs = f"/rate/{token_of(Invitation.objects.get(ticket=other.ticket))}"
        paths = (link, f"{link}/5", theirs, "/rate/AAAA", "/", "/inbox/all/", "/settings/")
        for path in (*paths, "/account/login/", f"/widget/{other.widget.address}/", "/widget.js"):
            answer = page_of(mine, path)
            shown = shown_by(answer).replace(other.widget.address, "").replace(theirs, "")
            assert leaks(shown, (*other.betrayals, *OF_THE_HOST)) == [], path
            if path != "/widget.js":
                assert "ambidesk" not in answer.content.decode().lower(), path
        assert page_of(mine, link).status_code == 200
        assert page_of(mine, theirs).status_code == 404
        client = Client(headers={"host": mine.brand.host})
        assert client.post(link, {"score": "5", "pressed": "1"}, secure=True).status_code == 303
        assert leaks(shown_by(page_of(mine, link)), other.betrayals) == []


def unsigned_paths(other: Side) -> dict[str, str]:
    """An address of each route that needs no sign-in, with things of the other brand in it."""
    token = token_of(Invitation.objects.get(ticket=other.ticket, is_periodic=False))
    found = {}
    for route in all_routes():
        if route.right in UNSIGNED:
            path = re.sub(r"<(?:\w+:)?invited>", token, route.pattern)
            path = re.sub(r"<slug:brand>", other.brand.slug, path)
            path = re.sub(r"<str:language>", "en", path)
            path = re.sub(r"<slug:slug>", f"all-about-{other.brand.slug}", path)
            path = re.sub(r"<(?:\w+:)?widget>", str(other.widget.address), path)
            path = re.sub(r"<int:\w+>", "5", path)
            found[route.name] = "/" + re.sub(r"<(?:\w+:)?\w+>", "x", path)
    return found


def test_no_route_without_sign_in_tells_one_brand_of_the_other(sides: tuple[Side, Side]) -> None:
    """A new public route is here by itself, whoever adds it."""
    Invitation.objects.update(expires_at=datetime.now(UTC) + timedelta(days=1))
    for mine, other in pairs(sides):
        paths = unsigned_paths(other)
        assert {"survey", "survey-refusal", "widget", "widget-script"} <= set(paths)
        for name, path in paths.items():
            for method in ("get", "post", "options"):
                client = Client(headers={"host": mine.brand.host})
                answer = getattr(client, method)(path, secure=True)
                told = b"".join(answer) if answer.streaming else answer.content
                shown = told.decode(errors="replace").replace(str(other.widget.address), "")
                assert leaks(shown, (*other.betrayals, *OF_THE_HOST)) == [], (name, method)
                assert answer.status_code < 500, (name, method)


def test_a_help_centre_tells_of_its_own_brand_only(sides: tuple[Side, Side]) -> None:
    for mine, other in pairs(sides):
        slug = mine.brand.slug
        at = f"/help/{slug}"
        paths = (
            f"{at}/en/",
            f"{at}/ru/",
            f"{at}/en/articles/returns",
            f"{at}/en/articles/all-about-{slug}",
            f"{at}/en/search?q=returns+article+all",
            f"{at}/en/suggestions?q=all",
            f"{at}/en/articles/nowhere",
            f"{at}/sitemap.xml",
            "/robots.txt",
        )
        for path in paths:
            answer = page_of(mine, path)
            assert answer.status_code == (404 if "nowhere" in path else 200), path
            assert leaks(answer.content.decode(), (*other.betrayals, *OF_THE_HOST)) == [], path
        assert f"All about {slug}" in page_of(mine, f"{at}/en/articles/returns").content.decode()
        assert page_of(other, f"{at}/en/articles/returns").status_code == 404
        assert page_of(mine, f"{at}/en/articles/all-about-{other.brand.slug}").status_code == 404
        assert page_of(mine, "/").headers["Location"] == f"{at}/"


def test_an_error_page_for_customers_names_nobody(sides: tuple[Side, Side]) -> None:
    shown = broken(Client().get("/rate/AAAA").wsgi_request).content.decode()
    for side in sides:
        assert leaks(shown, (*side.betrayals, *OF_THE_DESK)) == []


def test_a_widget_tells_of_its_own_brand_on_its_own_host_only(sides: tuple[Side, Side]) -> None:
    for mine, other in pairs(sides):
        origin = {"origin": f"https://www.{mine.brand.slug}.example"}
        answer = page_of(mine, f"/widget/{mine.widget.address}/", **origin)
        assert answer.status_code == 200
        assert leaks(answer.content.decode(), (*other.betrayals, *OF_THE_DESK)) == []
        assert page_of(other, f"/widget/{mine.widget.address}/", **origin).status_code == 403
        assert mine.brand.web in snippet_of(mine.widget)


def _form(side: Side, cast: Cast, address: str) -> Channel:
    site = side.widget.settings["origins"][0]
    word = side.betrayals[0]
    manner = FormManner(title={"ru": f"{word} form", "en": f"{word} form"}, origins=(site,))
    wanted = WebForm(
        brand=side.brand, team=None, request_type=None, name=word, address=address, manner=manner
    )
    return connect_form(None, wanted, by=SYSTEM, at=cast.at)


def test_a_form_stands_on_its_own_brands_host_and_names_nobody_else(
    sides: tuple[Side, Side], cast: Cast
) -> None:
    for mine, other in pairs(sides):
        path = f"/forms/{_form(mine, cast, mine.betrayals[0]).address}"
        site = {"Origin": mine.widget.settings["origins"][0]}
        answers = (
            page_of(mine, path),
            page_of(mine, f"{path}/part", **site),
            Client(headers={"host": mine.brand.host}).post(path, {}, secure=True),
        )
        for found in answers:
            assert leaks(shown_by(found), (*other.betrayals, *OF_THE_HOST)) == []
            assert leaks(shown_by(found), mine.betrayals[:1])
        # Nor is it there on the host of the other.
        assert page_of(other, path).status_code == 404
        assert page_of(other, f"{path}/part", **site).status_code == 404
