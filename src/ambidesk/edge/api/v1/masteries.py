"""Masteries: how well members of staff can do something."""

from typing import Any, Literal

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.reaching import members_of, one, require_all
from ambidesk.edge.api.schemas import Input, Key
from ambidesk.edge.api.v1.organising import SkillOut, skill_shown, skills_of
from ambidesk.parties.staff.mastering import rate
from ambidesk.parties.staff.models import Level
from ambidesk.parties.staff.rights import StaffRight

NOUN = "Organisation"
MANAGE = StaffRight.MANAGE_TEAMS
ONE = "skills/{int:skill_id}/masteries/{int:member_id}"


class MasteryText(Input):
    """How well: 1 learns it, 2 works alone, 3 teaches it."""

    level: Literal[1, 2, 3]


@operation("PUT", ONE, right=MANAGE, name="rateMember", gives=SkillOut)
def put(request: Call, skill_id: Key, member_id: Key, body: MasteryText) -> dict[str, Any]:
    """Say how well somebody can do something; others keep their levels"""
    return _rated(request, skill_id, member_id, level=Level(body.level))


@operation("DELETE", ONE, right=MANAGE, name="unrateMember", gives=SkillOut)
def drop(request: Call, skill_id: Key, member_id: Key) -> dict[str, Any]:
    """Say that somebody cannot do it any more"""
    return _rated(request, skill_id, member_id, level=None)


def _rated(request: Call, skill: int, member: int, *, level: Level | None) -> dict[str, Any]:
    row = one(skills_of(request), skill)
    require_all(request.actor)
    whose = one(members_of(request.actor), member)
    rate(row, {whose.pk: level}, by=request.actor, at=request.at)
    return skill_shown(one(skills_of(request), skill))
