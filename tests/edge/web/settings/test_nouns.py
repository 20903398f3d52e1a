"""Settings: things are made, changed, taken out of use and back, with words beside the field."""

import pytest
from django.test import Client
from django.utils import translation

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.granting import RoleIsArchived, grant
from ambidesk.ground.reach.models import Role
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.desk.models import Template
from tests.cast import Cast


def test_a_template_is_read_as_the_newest_visible_ticket_would_have_it(
    cast: Cast, admin: Client
) -> None:
    form = {"text": "Dear {{requester.name}},\n\nabout <b>{{ticket.subject}}</b>", "brand": ""}
    invented = admin.post("/settings/templates/preview", form).content.decode()
    assert "invented" in invented
    ticket = cast.ticket(subject="The <lamp>")
    shown = admin.post("/settings/templates/preview", form).content.decode()
    assert f"#{ticket.number}" in shown
    assert "Dear Anna Petrova" in shown
    assert "&lt;b&gt;The &lt;lamp&gt;" in shown
    other = admin.post("/settings/templates/preview", {**form, "brand": cast.lifts.pk})
    assert f"#{ticket.number}" not in other.content.decode()
    wrong = admin.post("/settings/templates/preview", {"text": "{{secret.key}}"}).content.decode()
    assert "There is no variable" in wrong


NOUNS = ["brands", "teams", "staff", "categories", "templates", "tags", "types", "roles"]


def test_a_tag_is_made_and_a_second_of_its_name_refused_beside_the_field(admin: Client) -> None:
    assert admin.post("/settings/tags/new", {"name": "Urgent"}).status_code == 303
    again = admin.post("/settings/tags/new", {"name": "urgent"})
    assert again.status_code == 422
    assert "There is one with this name already." in again.content.decode()
    assert 'value="urgent"' in again.content.decode()
    assert Tag.objects.count() == 1


def test_a_template_names_only_variables_that_exist(admin: Client) -> None:
    form = {"name": "Hello", "text": "Hello {{requester.name}}", "language": ""}
    assert admin.post("/settings/templates/new", form).status_code == 303
    wrong = admin.post("/settings/templates/new", {**form, "text": "{{secret.key}}"})
    assert wrong.status_code == 422
    assert Template.objects.count() == 1
    assert "{{requester.name}}" in admin.get("/settings/templates/new").content.decode()


@pytest.mark.parametrize("noun", NOUNS)
def test_what_is_archived_is_taken_back_by_the_same_step(
    cast: Cast, admin: Client, noun: str
) -> None:
    pk = {
        "brands": lambda: cast.shop.pk,
        "teams": lambda: cast.shop_team.pk,
        "staff": lambda: cast.ivan.pk,
        "categories": lambda: Category.objects.create(name="Parcels").pk,
        "templates": lambda: Template.objects.create(name="Hello", text="Hello").pk,
        "tags": lambda: Tag.objects.create(name="Urgent").pk,
        "types": lambda: RequestType.objects.create(name="Repair").pk,
        "roles": lambda: Role.objects.create(name="Night shift").pk,
    }[noun]()
    address = f"/settings/{noun}/{pk}/archive"
    gone = admin.get(admin.post(address)["Location"]).content.decode()
    assert f'data-undo="{address}"' in gone
    assert "Archived" in gone
    back = admin.post(address, headers={"hx-request": "true"})
    assert back["HX-Location"] == f"/settings/{noun}/"
    assert "Archived" not in admin.get(f"/settings/{noun}/").content.decode()


def test_an_archived_tag_is_offered_no_more_and_stays_where_it_is(
    cast: Cast, admin: Client, olga: Client
) -> None:
    tag = Tag.objects.create(name="Urgent")
    ticket = cast.ticket()
    olga.post(f"/tickets/{ticket.number}/tags", {"tag": "urgent"})
    admin.post(f"/settings/tags/{tag.pk}/archive")
    assert list(Tag.objects.filter(taggings__ticket=ticket)) == [tag]
    other = cast.ticket()
    assert olga.post(f"/tickets/{other.number}/tags", {"tag": "urgent"}).status_code == 404


def test_a_role_that_somebody_holds_is_not_archived_and_an_archived_one_not_given(
    cast: Cast, admin: Client
) -> None:
    held = Role.objects.get(key="operator")
    answer = admin.post(f"/settings/roles/{held.pk}/archive")
    assert answer.status_code == 409
    assert "Somebody holds this role" in answer.content.decode()
    night = Role.objects.create(name="Night shift", archived_at=cast.at)
    assert "Night shift" not in admin.get("/settings/staff/new").content.decode()
    with pytest.raises(RoleIsArchived):
        grant(cast.ivan.user, [night], by=SYSTEM, at=cast.at)


def test_the_last_brand_stays_and_says_why(cast: Cast, admin: Client) -> None:
    Brand.objects.exclude(pk=cast.shop.pk).update(archived_at=cast.at)
    answer = admin.post(f"/settings/brands/{cast.shop.pk}/archive")
    assert answer.status_code == 409
    assert "last brand" in answer.content.decode()


def test_the_last_administrator_keeps_the_keys(cast: Cast, admin: Client) -> None:
    answer = admin.post(f"/settings/staff/{cast.admin.pk}/archive")
    assert answer.status_code == 409
    assert cast.admin.user.is_active


def test_a_team_is_formed_with_brands_and_members(cast: Cast, admin: Client) -> None:
    form = {"name": "Night", "line": 1, "brands": [cast.shop.pk], "members": [cast.lev.pk]}
    assert admin.post("/settings/teams/new", form).status_code == 303
    assert list(Team.objects.get(name="Night").members.all()) == [cast.lev]


def test_shipped_roles_are_named_in_the_readers_language(db: None) -> None:
    role = Role.objects.get(key="operator")
    with translation.override("ru"):
        assert str(role) == translation.gettext("Operator")
    assert str(role) == "Operator"


def test_saving_a_shipped_role_keeps_its_name_in_every_language(cast: Cast, admin: Client) -> None:
    role = Role.objects.get(key="reader")
    shown = str(role)
    admin.post(f"/settings/roles/{role.pk}", {"name": shown, "rights": ["tickets.see"]})
    role.refresh_from_db()
    assert (role.name, role.rights) == ("Reader", ["tickets.see"])
