"""Settings of fields and of the forms of request types, as an administrator sees them."""

import json
from html import unescape

import pytest
from django.test import Client

from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.spec import Kind
from ambidesk.service.catalogue.asking import form_of
from ambidesk.service.catalogue.models import RequestType
from tests.cast import Cast

pytestmark = pytest.mark.django_db
FIELDS, TYPES = "/settings/fields/", "/settings/types/"


def _field(admin: Client, **more: object) -> Definition:
    typed = {"label_en": "Floor", "kind": "whole", "is_public": "on", **more}
    answer = admin.post(f"{FIELDS}new", typed)
    assert answer.status_code == 303, answer.content.decode()
    return Definition.objects.latest("pk")


def test_a_field_is_made_with_its_limits_and_changed(admin: Client, cast: Cast) -> None:
    row = _field(admin, least="-2", most="40", unit="m", mask="##")
    limits = row.spec.limits
    # What belongs to another kind is left out, whatever stands in it.
    assert (limits.least, limits.most, limits.unit, limits.mask) == (-2, 40, "m", "")
    page = admin.get(f"{FIELDS}{row.pk}").content.decode()
    assert 'value="-2"' in page
    changed = {"label_en": "Storey", "label_ru": "Этаж", "kind": "whole", "unit": "m"}
    assert admin.post(f"{FIELDS}{row.pk}", changed).status_code == 303
    row.refresh_from_db()
    assert (row.label_ru, row.is_public) == ("Этаж", False)


def test_the_kind_of_a_field_stays(admin: Client, cast: Cast) -> None:
    row = _field(admin)
    answer = admin.post(f"{FIELDS}{row.pk}", {"label_en": "Floor", "kind": "text"})
    assert answer.status_code == 422
    assert "make another field" in answer.content.decode()


def test_choices_keep_their_ids_when_they_are_renamed(admin: Client, cast: Cast) -> None:
    options = [{"en": "Kitchen", "ru": "Кухня"}, {"en": "Sink", "depth": 1}]
    row = _field(admin, kind="tree", choices=json.dumps(options))
    kitchen, sink = row.spec.options
    assert sink.parent == kitchen.id
    renamed = [{"id": kitchen.id, "en": "The kitchen"}, {"id": sink.id, "en": "Sink", "depth": 1}]
    typed = {"label_en": "Room", "kind": "tree", "choices": json.dumps(renamed)}
    admin.post(f"{FIELDS}{row.pk}", typed)
    spec = Definition.objects.get(pk=row.pk).spec
    assert [(each.id, each.label.en) for each in spec.options] == [
        (kitchen.id, "The kitchen"),
        (sink.id, "Sink"),
    ]


def test_what_stands_in_a_choice_and_in_a_yes_or_no_to_begin_with_is_kept(
    admin: Client, cast: Cast
) -> None:
    options = [{"en": "Kitchen"}, {"en": "Cellar", "stands": True}]
    room = _field(admin, label_en="Room", kind="choice", choices=json.dumps(options))
    cellar = room.spec.options[1].id
    assert room.default == [cellar]
    page = admin.get(f"{FIELDS}{room.pk}").content.decode()
    kept = unescape(page.split("data-options-value>")[1].split("</textarea>", maxsplit=1)[0])
    typed = {"label_en": "Place", "kind": "choice", "choices": kept}
    assert admin.post(f"{FIELDS}{room.pk}", typed).status_code == 303
    assert Definition.objects.get(pk=room.pk).default == [cellar]
    leaks = _field(admin, label_en="Leaks?", kind="yes", answer="no")
    assert leaks.default is False
    assert 'value="no" selected' in admin.get(f"{FIELDS}{leaks.pk}").content.decode()


def _leak(admin: Client) -> list[dict[str, object]]:
    leaks = _field(admin, label_en="Does it leak?", kind="yes")
    where = _field(admin, label_en="Where is it?", kind="text")
    when = {"all": [{"field": f"field_{leaks.pk}", "operator": "is", "value": True}]}
    return [
        {"kind": "section", "en": "The leak", "ru": "Протечка"},
        {"kind": "question", "field": leaks.pk, "needed": "open", "when": None},
        {"kind": "question", "field": where.pk, "needed": "solve", "when": when},
    ]


def test_a_request_type_gets_a_form_with_a_condition(admin: Client, cast: Cast) -> None:
    rows = _leak(admin)
    answer = admin.post(f"{TYPES}new", {"name_en": "Leak", "form": json.dumps(rows)})
    assert answer.status_code == 303
    kind = RequestType.objects.get(name="Leak")
    (section,) = form_of(kind).sections
    assert [each.spec.kind for each in section.questions] == [Kind.YES, Kind.TEXT]
    assert section.questions[1].when is not None
    # Both languages of the title are in the editor again.
    assert (
        "Протечка" in json.loads(_value(admin.get(f"{TYPES}{kind.pk}").content.decode()))[0]["ru"]
    )


def _value(page: str) -> str:
    return unescape(page.split("data-form-value>")[1].split("</textarea>", maxsplit=1)[0])


def test_a_request_type_is_named_in_both_languages(admin: Client, cast: Cast) -> None:
    typed = {"name_en": "Complaint", "name_ru": "Жалоба", "form": "[]"}
    assert admin.post(f"{TYPES}new", typed).status_code == 303
    kind = RequestType.objects.get()
    page = admin.get(f"{TYPES}{kind.pk}").content.decode()
    assert 'value="Complaint"' in page
    assert 'value="Жалоба"' in page
    assert "Complaint" in admin.get(TYPES).content.decode()
    russian = admin.get(TYPES, headers={"accept-language": "ru"})
    assert "Жалоба" in russian.content.decode()
    assert "Complaint" not in russian.content.decode()


@pytest.mark.parametrize("names", [{}, {"name_en": "Claim", "name_ru": "Жалоба"}])
def test_a_request_type_without_a_name_of_its_own_is_refused_beside_the_field(
    admin: Client, cast: Cast, names: dict[str, str]
) -> None:
    admin.post(f"{TYPES}new", {"name_en": "Complaint", "name_ru": "Жалоба", "form": "[]"})
    answer = admin.post(f"{TYPES}new", {**names, "form": "[]"})
    assert answer.status_code == 422
    wrong = answer.content.decode().split("name_ru" if names else "name_en", maxsplit=1)[1]
    assert ("There is one with this name already." if names else "Give the type a name.") in wrong
    assert RequestType.objects.count() == 1


def test_the_preview_shows_the_form_in_the_language_asked_for(admin: Client, cast: Cast) -> None:
    form = json.dumps(_leak(admin))
    page = admin.post(f"{TYPES}preview", {"form": form, "language": "ru"}).content.decode()
    assert "Протечка" in page
    assert 'lang="ru"' in page
    assert "data-when" in page


def test_a_form_that_asks_ahead_is_refused_beside_it(admin: Client, cast: Cast) -> None:
    section, leaks, where = _leak(admin)
    form = json.dumps([section, where, leaks])
    preview = admin.post(f"{TYPES}preview", {"form": form}).content.decode()
    assert "can depend only on questions that stand before it" in preview
    answer = admin.post(f"{TYPES}new", {"name_en": "Leak", "form": form})
    assert answer.status_code == 422
    assert not RequestType.objects.filter(name="Leak").exists()


@pytest.mark.parametrize("form", ["7", "{}", '[{"kind": "question", "field": 7}]', '[["x"]]'])
def test_what_is_no_form_is_refused(admin: Client, cast: Cast, form: str) -> None:
    answer = admin.post(f"{TYPES}new", {"name_en": "Leak", "form": form})
    assert answer.status_code == 422
