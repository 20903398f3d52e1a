"""Saved views: built from conditions, tried out, shared, refused in words."""

import json

from django.test import Client

from ambidesk.support.desk.models import SavedView
from tests.cast import Cast
from tests.edge.web.workspace.conftest import HTMX, text_of

UNREAD = json.dumps({"all": [{"field": "unread", "operator": "is", "value": True}]})
NONSENSE = json.dumps({"all": [{"field": "salary", "operator": "is", "value": 1}]})


def save(client: Client, **more: object):  # type: ignore[no-untyped-def]
    values = {"name": "Unread ones", "icon": "star", "condition": UNREAD, **more}
    return client.post("/views/", values)


def test_a_view_is_saved_and_holds_what_fits(olga: Client, cast: Cast) -> None:
    cast.ticket(subject="Fresh")
    saved = save(olga)
    slug = SavedView.objects.get().slug
    assert saved.headers["Location"] == f"/inbox/{slug}/"
    page = text_of(olga.get(saved.headers["Location"]))
    assert "Unread ones" in page
    assert "Fresh" in page


def test_a_condition_is_tried_out_before_it_is_saved(olga: Client, cast: Cast) -> None:
    cast.ticket(subject="Fresh")
    tried = text_of(olga.post("/views/preview", {"condition": UNREAD}, headers=HTMX))
    assert "Fresh" in tried
    assert not SavedView.objects.exists()


def test_a_condition_that_makes_no_sense_is_told_in_words(olga: Client, cast: Cast) -> None:
    for condition in (NONSENSE, "{", "null", json.dumps({"all": []})):
        tried = olga.post("/views/preview", {"condition": condition}, headers=HTMX)
        assert tried.status_code == 200
    refused = save(olga, condition=NONSENSE)
    assert refused.status_code == 422
    assert "salary" in text_of(refused)
    assert "Unread ones" in text_of(refused)


def test_a_view_of_a_colleague_is_not_there_until_it_is_shared(
    olga: Client, ivan: Client, cast: Cast
) -> None:
    save(olga)
    row = SavedView.objects.get()
    assert ivan.get(f"/views/{row.pk}").status_code == 404
    again = {"name": "Ours", "icon": "star", "condition": UNREAD, "team": cast.shop_team.pk}
    olga.post(f"/views/{row.pk}", again)
    assert "shares this view" in text_of(ivan.get(f"/views/{row.pk}"))
    assert ivan.delete(f"/views/{row.pk}", headers=HTMX).status_code == 403
    assert SavedView.objects.exists()


def test_a_view_is_dropped_by_its_owner(olga: Client, cast: Cast) -> None:
    save(olga)
    dropped = olga.delete(f"/views/{SavedView.objects.get().pk}", headers=HTMX)
    assert dropped.headers["HX-Redirect"] == "/"
    assert not SavedView.objects.exists()
