"""
Groups: teams and roles with who is in them.

Roles that manage access are given by hand: whoever has the directory's token is no administrator.
"""

from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404, HttpResponse

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.scim import filters
from ambidesk.edge.api.scim.door import body_of, require_same, shown
from ambidesk.edge.api.scim.errors import ScimError
from ambidesk.edge.api.scim.lists import address, listed
from ambidesk.edge.api.scim.naming import called, number_in
from ambidesk.edge.api.scim.patching import patched
from ambidesk.edge.api.scim.users import members_of
from ambidesk.ground.reach.models import Role
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.staff.forming import archive_team, form_team
from ambidesk.parties.staff.models import Team
from ambidesk.parties.staff.models.team import Line
from ambidesk.parties.staff.provisioning import give_role

GROUP: Final = "urn:ietf:params:scim:schemas:core:2.0:Group"
Group = Team | Role


def show_all(call: Call) -> HttpResponse:
    """List teams and roles, or find one by its name: a desk has few of them."""
    wanted = filters.either(call.GET.get("filter", ""), ("displayname", "id"))
    rows: list[Group] = [*_teams(), *_roles()]
    if wanted is not None:
        asked = str(wanted.value)
        named = wanted.attribute == "displayname"
        rows = [
            row
            for row in rows
            if (row.name.lower() == asked.lower() if named else _key(row) == asked)
        ]
    return listed(call, rows, lambda page: [_document(row) for row in page])


def make(call: Call) -> HttpResponse:
    """Form a team; brands are given to it by hand."""
    body = body_of(call)
    members = members_of(_members(body))
    team = form_team(None, name=_named(body), brands=[], members=members, by=call.actor, at=call.at)
    return shown(call, _document(team), 201)


def show(call: Call, group: str) -> HttpResponse:
    """Show one."""
    return shown(call, _document(_group(group)))


def put(call: Call, group: str) -> HttpResponse:
    """Let one be as the body says."""
    row = _group(group)
    require_same(call, _document(row))
    _set(call, row, body_of(call))
    return shown(call, _document(_group(group)))


def change(call: Call, group: str) -> HttpResponse:
    """Change name or members."""
    row = _group(group)
    before = _document(row)
    require_same(call, before)
    _set(call, row, patched(before, body_of(call)))
    return shown(call, _document(_group(group)))


def remove(call: Call, group: str) -> HttpResponse:
    """Archive a team; a role is no directory's to remove."""
    row = _group(group)
    require_same(call, _document(row))
    if isinstance(row, Role):
        raise ScimError(400, "A role is removed at the desk.", kind="mutability")
    archive_team(row, by=call.actor, at=call.at)
    return HttpResponse(status=204)


def _set(call: Call, row: Group, wanted: dict[str, Any]) -> None:
    members, name = members_of(_members(wanted)), _named(wanted)
    if isinstance(row, Role):
        if name != row.name:
            raise ScimError(400, "A role is named at the desk.", kind="mutability")
        give_role(row, members, by=call.actor, at=call.at)
        return
    brands, line = row.brands.all(), Line(row.line)
    form_team(
        row,
        name=name,
        brands=brands,
        members=members,
        line=line,
        by=call.actor,
        at=call.at,
    )


def _teams() -> QuerySet[Team]:
    rows = Team.objects.filter(archived_at=None).order_by("pk")
    return rows.prefetch_related("members__user")


def _roles() -> QuerySet[Role]:
    rows = Role.objects.filter(archived_at=None).exclude(rights__contains=[ReachRight.MANAGE])
    return rows.order_by("pk").prefetch_related("grants__user__member")


def _group(given: str) -> Group:
    kind, _dash, number = given.partition("-")
    sources: dict[str, QuerySet[Team] | QuerySet[Role]] = {"team": _teams(), "role": _roles()}
    found = sources[kind].filter(pk=number_in(number)).first() if kind in sources else None
    if found is None:
        raise Http404
    return found


def _document(row: Group) -> dict[str, Any]:
    people = (
        [(member.pk, str(member)) for member in row.members.all()]
        if isinstance(row, Team)
        else [
            (g.user.member.pk, str(g.user)) for g in row.grants.all() if hasattr(g.user, "member")
        ]
    )
    return {
        "schemas": [GROUP],
        "id": _key(row),
        "displayName": row.name,
        "members": [
            {"value": str(pk), "display": name, "$ref": address("Users", pk), "type": "User"}
            for pk, name in sorted(people)
        ],
        "meta": {"resourceType": "Group", "location": address("Groups", _key(row))},
    }


def _key(row: Group) -> str:
    return f"{'team' if isinstance(row, Team) else 'role'}-{row.pk}"


def _named(body: dict[str, Any]) -> str:
    name = str(called(body, "displayName") or "").strip()
    if not name:
        raise ScimError(400, "displayName is missing.", kind="invalidValue")
    return name[:80]


def _members(body: dict[str, Any]) -> list[dict[str, Any]]:
    found = called(body, "members") or []
    if not isinstance(found, list):
        raise ScimError(400, "members is a list.", kind="invalidValue")
    return found
