"""Staff write articles together, bring them to readers, and put them into answers."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from ambidesk.parties.staff.models import Member
from ambidesk.support.knowledge.models import Audience, Category, Insertion, Stage, Translation
from tests.cast import Cast
from tests.service.assets.equipment import make_equipment
from tests.service.contracts.agreements import in_force
from tests.support.knowledge.articles import published, written

pytestmark = pytest.mark.django_db


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def at(row: Translation, name: str = "text") -> str:
    return reverse(f"knowledge-{name}", args=[row.article_id, row.language])


def put(client: Client, row: Translation, **facts: object) -> Any:
    said = {"title": row.title, "body": "A text.", "base": row.version, **facts}
    return client.put(at(row, "draft"), json.dumps(said), content_type="application/json")


def test_an_article_is_begun_saved_reviewed_and_published(cast: Cast) -> None:
    olga, admin = client_of(cast.olga), client_of(cast.admin)
    begun = {"title": "Как вернуть", "language": "ru", "brands": [cast.shop.pk]}
    olga.post(reverse("knowledge-articles"), begun)
    row = Translation.objects.get()
    saved = put(olga, row)
    assert saved.json() == {"version": 2, "stage": "draft"}
    olga.post(at(row, "submission"), {"base": 2})
    shown = admin.get(at(row)).content.decode()
    assert reverse("knowledge-approval", args=[row.article_id, "ru"]) in shown
    admin.post(at(row, "return"), {"base": 2, "words": "Назовите срок."})
    assert "Назовите срок." in olga.get(at(row)).content.decode()
    olga.post(at(row, "submission"), {"base": 2})
    admin.post(at(row, "approval"), {"base": 2})
    admin.post(at(row, "publication"), {"base": 2})
    row.refresh_from_db()
    assert row.stage == Stage.PUBLISHED
    assert Client().get(f"/help/polka/ru/articles/{row.slug}").status_code == 200


def test_who_saves_late_is_shown_what_stands_there_and_overwrites_nothing(cast: Cast) -> None:
    row = written(cast)
    assert put(client_of(cast.olga), row, body="Hers.").status_code == 200
    late = put(client_of(cast.ivan), row, body="His.")
    assert late.status_code == 409
    assert late.json()["theirs"]["body"] == "Hers."
    mine = put(client_of(cast.ivan), row, body="His.", base=late.json()["theirs"]["version"])
    assert mine.status_code == 200


def test_two_states_stand_side_by_side_with_the_words_that_differ(cast: Cast) -> None:
    row = published(cast, body="Pay within ten days.")
    put(client_of(cast.olga), row, body="Pay within five days.")
    tree = LexborHTMLParser(client_of(cast.olga).get(at(row, "revisions")).content.decode())
    assert [node.text() for node in tree.css("del")] == ["ten"]
    assert [node.text() for node in tree.css("ins")] == ["five"]


def test_where_an_article_stands_is_changed_with_its_brands(cast: Cast) -> None:
    row = written(cast)
    admin = client_of(cast.admin)
    admin.post(
        reverse("settings-topics-new"),
        {"name_en": "Delivery", "name_ru": "Доставка", "position": 1},
    )
    topic = Category.objects.get()
    other = written(cast, "Other")
    given = {
        "audience": "clients",
        "brands": [cast.shop.pk, cast.lifts.pk],
        "category": topic.pk,
        "related": f"{other.article_id}",
        "pinned": "1",
    }
    admin.post(at(row, "place"), given)
    article = row.article
    article.refresh_from_db()
    assert (article.audience, article.category, article.is_pinned) == (
        Audience.CLIENTS,
        topic,
        True,
    )
    assert article.brands.count() == 2
    assert [each.pk for each in article.related.all()] == [other.article_id]


def test_an_answer_is_offered_what_fits_its_ticket_and_never_what_is_for_staff(cast: Cast) -> None:
    ticket = cast.ticket("My parcel did not come, what now?")
    fits = published(cast, "When a parcel does not come")
    published(cast, "Opening hours")
    published(cast, "How we judge parcel fraud", audience=Audience.STAFF)
    published(cast, "Lift parcel", brand=cast.lifts)
    address = reverse("ticket-articles", args=[ticket.number])
    olga = client_of(cast.olga)
    tree = LexborHTMLParser(olga.get(address).content.decode())
    offers = [node.attributes["data-template"] or "" for node in tree.css("button")]
    assert offers[0].startswith(f"{fits.title}: http")
    assert offers[0].endswith(f"/help/polka/en/articles/{fits.slug}")
    assert "Put it into its box." in offers[1]
    assert not any("fraud" in offer or "Lift" in offer for offer in offers)
    first = tree.css("button")[0].attributes["data-template-id"]
    assert olga.post(address, {"article": first}).status_code == 204
    used = Insertion.objects.get()
    assert (used.article, used.manner, used.by) == (fits.article, "link", cast.olga.user)


def test_an_article_about_the_equipment_of_a_ticket_is_offered_before_what_sounds_alike(
    cast: Cast,
) -> None:
    equipment = make_equipment(cast.at)
    ticket = cast.ticket("My parcel did not come")
    ticket.company, ticket.asset = equipment.chain, equipment.asset()
    ticket.save()
    published(cast, "When a parcel does not come")
    about = published(cast, "Frosty hums")
    far = published(cast, "Zero", audience=Audience.CLIENTS)
    admin = client_of(cast.admin)
    page = admin.get(at_text := reverse("knowledge-text", args=[about.article_id, "en"]))
    assert "Frosty F100" in page.content.decode()
    given = {"models": [equipment.frosty.pk], "industries": "Retail, Food"}
    assert admin.post(at(about, "links"), given).status_code == 303
    about.article.refresh_from_db()
    assert about.article.industries == ["Retail", "Food"]
    assert "selected>Frosty F100" in admin.get(at_text).content.decode()
    # For the clients of another company's contract: an answer here must not quote it.
    other = in_force(equipment.other, cast.at)
    admin.post(at(far, "links"), {"contracts": [other.pk]})
    told = client_of(cast.olga).get(reverse("ticket-articles", args=[ticket.number]))
    names = [
        n.text(strip=True) for n in LexborHTMLParser(told.content.decode()).css(".template-name")
    ]
    assert names[0] == "Frosty hums"
    assert not any("Zero" in name for name in names)


def test_what_is_like_an_article_is_proposed_as_related_until_it_is_named(cast: Cast) -> None:
    row = published(cast, "Returning a parcel by post")
    like = published(cast, "Returning a parcel in a shop")
    published(cast, "Returning a lift parcel", brand=cast.lifts)
    published(cast, "Opening hours", body="Mondays.")
    admin = client_of(cast.admin)
    page = reverse("knowledge-text", args=[row.article_id, "en"])

    def ticked() -> dict[str, bool]:
        tree = LexborHTMLParser(admin.get(page).content.decode())
        boxes = tree.css("[type=checkbox][name=related]")
        return {str(box.attributes["value"]): "checked" in box.attributes for box in boxes}

    assert ticked() == {str(like.article_id): False}
    given = {"audience": "public", "brands": [cast.shop.pk], "related": [str(like.article_id), ""]}
    admin.post(at(row, "place"), given)
    assert ticked() == {str(like.article_id): True}
