"""Describing: a colleague as a document of SCIM, and what such a document says of one."""

from collections.abc import Mapping
from typing import Any, Final

from ambidesk.edge.api.scim.errors import ScimError
from ambidesk.edge.api.scim.lists import address
from ambidesk.edge.api.scim.naming import called
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.staff.models import Member
from ambidesk.parties.staff.provisioning import Described

USER: Final = "urn:ietf:params:scim:schemas:core:2.0:User"
Given = Mapping[str, Any]


def user_document(member: Member) -> dict[str, Any]:
    """Write a colleague; relations are read ahead by whoever lists many."""
    kept = getattr(member, "provision", None)
    first, _space, last = member.user.name.partition(" ")
    named = {"externalId": kept.external_id} if kept and kept.external_id else {}
    return {
        "schemas": [USER],
        "id": str(member.pk),
        **named,
        "userName": kept.user_name if kept else member.user.email,
        "name": {"formatted": member.user.name, "givenName": first, "familyName": last},
        "displayName": member.user.name,
        "emails": [{"value": member.user.email, "type": "work", "primary": True}],
        "active": member.user.is_active,
        "groups": [_group(key, name) for key, name in _groups(member)],
        "meta": {
            "resourceType": "User",
            "created": member.since.isoformat(),
            "location": address("Users", member.pk),
        },
    }


def described_by(given: Given) -> Described:
    """
    Read a whole document.

    Raises:
        ScimError: it has no name to sign in by.
    """
    user_name = str(called(given, "userName") or "").strip()
    if not user_name:
        raise ScimError(400, "userName is missing.", kind="invalidValue")
    return Described(
        user_name=user_name[:254],
        name=_name(given) or user_name,
        email=_email(given) or user_name,
        external_id=str(called(given, "externalId") or "")[:255],
        is_active=_truth(called(given, "active"), usual=True),
    )


def described_of(before: Given, after: Given) -> Described:
    """Read a document that was changed: of the ways to write a name the changed one counts."""
    names_before, names = before["name"], called(after, "name") or {}
    parts = ("givenName", "familyName")
    if not isinstance(names, Mapping):
        raise ScimError(400, "name is an object.", kind="invalidValue")
    if called(names, "formatted") == names_before["formatted"]:
        if any(called(names, part) != names_before[part] for part in parts):
            names = {part: called(names, part) for part in parts}
        elif called(after, "displayName") != before["displayName"]:
            names = {"formatted": called(after, "displayName")}
    return described_by({**after, "name": names})


def _name(given: Given) -> str:
    name = called(given, "name") or {}
    if not isinstance(name, Mapping):
        raise ScimError(400, "name is an object.", kind="invalidValue")
    parts = [str(called(name, part) or "") for part in ("givenName", "familyName")]
    joined = " ".join(part for part in parts if part)
    found = called(name, "formatted") or joined or called(given, "displayName") or ""
    return " ".join(str(found).split())[:150]


def _email(given: Given) -> str:
    emails = called(given, "emails") or []
    rows = [row for row in emails if isinstance(row, Mapping)] if isinstance(emails, list) else []
    first = next((row for row in rows if row.get("primary") is True), rows[0] if rows else {})
    return str(first.get("value") or "")


def _truth(value: object, *, usual: bool) -> bool:
    if value is None:
        return usual
    if isinstance(value, bool):
        return value
    words = {"true": True, "false": False}
    if str(value).lower() not in words:
        raise ScimError(400, "active is true or false.", kind="invalidValue")
    return words[str(value).lower()]


def _groups(member: Member) -> list[tuple[str, str]]:
    teams = [(f"team-{t.pk}", t.name) for t in member.teams.all() if t.archived_at is None]
    roles = [grant.role for grant in member.user.grants.all()]
    given = [(f"role-{r.pk}", r.name) for r in roles if ReachRight.MANAGE not in r.rights]
    return sorted(teams + given)


def _group(key: str, name: str) -> dict[str, str]:
    return {"value": key, "display": name, "$ref": address("Groups", key), "type": "direct"}
