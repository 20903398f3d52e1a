"""A directory keeps staff: as Entra and Okta ask, and as RFC 7644 says."""

from contextlib import suppress
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.edge.api.scim.errors import ScimError
from ambidesk.edge.api.scim.filters import equals
from ambidesk.edge.api.scim.patching import PATCH, patched
from ambidesk.ground.reach.granting import actor_of
from ambidesk.ground.reach.models import Role, User
from ambidesk.parties.staff.models import Member
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.leaving import give_back
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.edge.api.machines import Machine, Said, issued

ROOT = "/scim/v2"
NEW = {
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
    "userName": "nina@chain.example",
    "externalId": "00u1",
    "name": {"givenName": "Nina", "familyName": "Nova"},
    "emails": [{"value": "nina@chain.example", "primary": True, "type": "work"}],
    "active": True,
}


@pytest.fixture
def directory(cast: Cast) -> Machine:
    return Machine(token=issued(["staff:provision"], brands=[], at=cast.at).token)


def _patch(directory: Machine, path: str, *operations: dict[str, Any], **headers: str) -> Said:
    body = {"schemas": [PATCH], "Operations": list(operations)}
    return directory.patch(f"{ROOT}/{path}", body, **headers)


def _made(directory: Machine, **changes: Any) -> dict[str, Any]:
    said = directory.post(f"{ROOT}/Users", {**NEW, **changes})
    assert said.status == 201, said.body
    return dict(said.body)


def test_a_colleague_is_let_in_found_changed_and_closed(directory: Machine) -> None:
    made = _made(directory)
    member = Member.objects.get(pk=made["id"])
    assert (member.name, member.user.email) == ("Nina Nova", "nina@chain.example")
    assert not member.user.has_usable_password()
    found = directory.get(f'{ROOT}/Users?filter=userName eq "NINA@chain.example"').body
    assert [each["id"] for each in found["Resources"]] == [made["id"]]
    assert directory.get(f'{ROOT}/Users?filter=externalId eq "00u1"').body["totalResults"] == 1
    put = {**NEW, "name": {"formatted": "Nina Novak"}}
    assert directory.put(f"{ROOT}/Users/{made['id']}", put).body["displayName"] == "Nina Novak"
    # As Entra says it: a word for the truth, and small operations in capitals.
    said = _patch(
        directory, f"Users/{made['id']}", {"op": "Replace", "path": "active", "value": "False"}
    )
    assert said.body["active"] is False
    assert directory.ask("DELETE", f"{ROOT}/Users/{made['id']}").status == 204
    assert not User.objects.get(pk=member.user_id).is_active
    assert _patch(directory, f"Users/{made['id']}", {"op": "add", "value": {"active": True}}).body[
        "active"
    ]


def test_a_closed_account_is_out_at_once_and_gives_back_what_it_held(
    cast: Cast, directory: Machine
) -> None:
    browser = Client()
    browser.force_login(cast.olga.user)
    ticket = assign(
        cast.ticket(),
        assignee=cast.olga,
        team=cast.shop_team,
        by=cast.actor(cast.admin),
        at=cast.at,
    )
    assert browser.get("/profile").status_code == 200
    said = _patch(
        directory, f"Users/{cast.olga.pk}", {"op": "replace", "path": "active", "value": False}
    )
    assert said.status == 200, said.body
    assert browser.get("/profile").status_code == 302
    assert give_back(cast.olga, at=cast.at) == 1
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert (ticket.assignee, ticket.team) == (None, cast.shop_team)


def test_the_last_administrator_cannot_be_closed(cast: Cast, directory: Machine) -> None:
    said = directory.ask("DELETE", f"{ROOT}/Users/{cast.admin.pk}")
    assert (said.status, said.body["schemas"]) == (
        409,
        ["urn:ietf:params:scim:api:messages:2.0:Error"],
    )
    assert User.objects.get(pk=cast.admin.user_id).is_active


def test_one_name_and_one_id_are_of_one_account(cast: Cast, directory: Machine) -> None:
    _made(directory)
    for wrong in (NEW, {**NEW, "userName": "x@chain.example", "emails": []}):
        said = directory.post(f"{ROOT}/Users", wrong)
        assert (said.status, said.body["scimType"]) == (409, "uniqueness")
    for wrong in ({"schemas": NEW["schemas"]}, {**NEW, "userName": "no address", "emails": []}):
        assert directory.post(f"{ROOT}/Users", wrong).status == 400
    assert directory.ask("POST", f"{ROOT}/Users", b"{").body["scimType"] == "invalidSyntax"


def test_groups_are_teams_and_roles_but_none_that_manages_access(
    cast: Cast, directory: Machine
) -> None:
    made = _made(directory)
    names = {each["displayName"] for each in directory.get(f"{ROOT}/Groups").body["Resources"]}
    assert names == {"Shop", "Lifts", "Team lead", "Operator", "Reader"}
    operator, manager = (Role.objects.get(key=key) for key in ("operator", "administrator"))
    team, role = f"Groups/team-{cast.shop_team.pk}", f"Groups/role-{operator.pk}"
    add = {"op": "add", "path": "members", "value": [{"value": made["id"]}]}
    for place in (team, role):
        said = _patch(directory, place, add)
        assert made["id"] in [each["value"] for each in said.body["members"]], said.body
    member = Member.objects.get(pk=made["id"])
    assert list(member.teams.all()) == [cast.shop_team]
    assert actor_of(member.user).rights == frozenset(operator.rights)
    assert {"Shop", "Operator"} == {
        each["display"] for each in directory.get(f"{ROOT}/Users/{made['id']}").body["groups"]
    }
    gone = {"op": "remove", "path": f'members[value eq "{made["id"]}"]'}
    for place in (team, role):
        assert _patch(directory, place, gone).status == 200
    assert not member.teams.exists()
    assert actor_of(member.user).rights == frozenset()
    # Others were not touched, and nobody makes themselves an administrator by the token.
    assert cast.shop_team in cast.olga.teams.all()
    assert _patch(directory, f"Groups/role-{manager.pk}", add).status == 404
    assert directory.ask("DELETE", f"{ROOT}/{role}").body["scimType"] == "mutability"
    new = directory.post(f"{ROOT}/Groups", {"displayName": "Night", "members": []})
    assert new.status == 201
    assert directory.ask("DELETE", f"{ROOT}/Groups/{new.body['id']}").status == 204


def test_a_page_is_a_page_and_a_filter_is_one_that_is_known(directory: Machine) -> None:
    for number in range(3):
        name = f"n{number}@chain.example"
        _made(directory, userName=name, externalId=f"e{number}", emails=[{"value": name}])
    page = directory.get(f"{ROOT}/Users?startIndex=2&count=2").body
    assert (page["totalResults"], page["startIndex"], page["itemsPerPage"]) == (7, 2, 2)
    assert directory.get(f"{ROOT}/Users?count=0").body["Resources"] == []
    few = directory.get(f"{ROOT}/Users?attributes=userName&count=1").body["Resources"][0]
    assert set(few) == {"schemas", "id", "userName", "meta"}
    for wrong in ('userName co "n"', 'password eq "x"', 'userName eq "a" or id eq "1"', "x" * 900):
        assert directory.get(f"{ROOT}/Users?filter={wrong}").body["scimType"] == "invalidFilter"


def test_a_change_of_what_changed_meanwhile_is_refused(directory: Machine) -> None:
    made = _made(directory)
    path = f"Users/{made['id']}"
    mark = directory.get(f"{ROOT}/{path}").headers["ETag"]
    assert directory.get(f"{ROOT}/{path}", If_None_Match=mark).status == 304
    rename = {"op": "replace", "path": "displayName", "value": "Nina N."}
    assert _patch(directory, path, rename, If_Match=mark).status == 200
    assert _patch(directory, path, rename, If_Match=mark).status == 412


def test_only_a_key_that_keeps_staff_comes_in_and_does_nothing_else(
    cast: Cast, directory: Machine
) -> None:
    other = Machine(token=issued(["tickets:read"], brands=[cast.shop.pk], at=cast.at).token)
    assert Machine(token="").get(f"{ROOT}/Users").status == 401
    assert other.get(f"{ROOT}/Users").status == 403
    assert directory.get("/api/v1/tickets").status == 403
    assert "RateLimit" in directory.get(f"{ROOT}/Users").headers
    assert directory.get(f"{ROOT}/Users/987654").status == 404
    assert directory.get(f"{ROOT}/Users/x").headers["Content-Type"] == "application/scim+json"


def test_what_is_supported_is_told(directory: Machine) -> None:
    assert directory.get(f"{ROOT}/ServiceProviderConfig").body["patch"] == {"supported": True}
    for listed in ("Schemas", "ResourceTypes"):
        for each in directory.get(f"{ROOT}/{listed}").body["Resources"]:
            assert directory.get(f"{ROOT}/{listed}/{each['id']}").body == each


OPERATION = st.fixed_dictionaries(
    {"op": st.sampled_from(["add", "replace", "remove", "Replace", "x"])},
    optional={
        "path": st.sampled_from(
            ["members", 'members[value eq "1"]', "active", "name.x", "a[b", ""]
        ),
        "value": st.sampled_from(
            [None, True, "False", "", {"active": False}, [], [{"value": "1"}], [["x"]], {"": {}}]
        ),
    },
)


@given(st.lists(OPERATION, max_size=4))
def test_whatever_a_patch_says_is_applied_or_refused_and_the_resource_given_stays(
    operations: list[dict[str, Any]],
) -> None:
    resource = {"members": [{"value": "1"}, {"value": "2"}], "active": True, "name": {"x": "y"}}
    with suppress(ScimError):
        patched(resource, {"schemas": [PATCH], "Operations": operations})
    assert resource == {
        "members": [{"value": "1"}, {"value": "2"}],
        "active": True,
        "name": {"x": "y"},
    }


@given(st.text(max_size=20))
def test_a_filter_finds_just_the_word_that_was_written(word: str) -> None:
    written = word.replace("\\", "\\\\").replace('"', '\\"')
    if not all(sign.isprintable() for sign in word):
        return
    assert equals(f'userName eq "{written}"').value == word


def test_a_directory_gives_no_administrator_another_address(cast: Cast, directory: Machine) -> None:
    moved = {"op": "replace", "path": 'emails[type eq "work"].value', "value": "eve@desk.example"}
    before = cast.admin.user.email
    assert _patch(directory, f"Users/{cast.admin.pk}", moved).status == 403
    cast.admin.user.refresh_from_db()
    assert cast.admin.user.email == before


def test_a_former_address_of_a_colleague_makes_no_second_one_of_them(directory: Machine) -> None:
    made = _made(directory)
    name = {"op": "replace", "path": "userName", "value": "other@chain.example"}
    moved = {"op": "replace", "path": 'emails[type eq "work"].value', "value": "o@chain.example"}
    assert _patch(directory, f"Users/{made['id']}", name, moved).status == 200
    assert directory.post(f"{ROOT}/Users", {**NEW, "externalId": "x"}).status == 409


@pytest.mark.parametrize("wrong", [{"schemas": None, "Operations": []}, {"schemas": 5}])
def test_nonsense_is_answered_in_order(directory: Machine, wrong: dict[str, Any]) -> None:
    made = _made(directory)
    assert directory.patch(f"{ROOT}/Users/{made['id']}", wrong).status == 400
    asked = quote('userName eq "\\u0000"')
    assert directory.get(f"{ROOT}/Users?filter={asked}").status in {400, 422}
