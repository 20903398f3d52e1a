"""How the desk is organised: brands, teams, skills, queues, and channels in and out of use."""

from typing import Any, Literal

from django.db.models import QuerySet
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.nouns import Noun, declare
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.reaching import (
    all_named,
    brands_of,
    channels_of,
    members_of,
    one,
    require_all,
    require_every,
    team_named,
    teams_of,
)
from ambidesk.edge.api.schemas import Id, Input, Key, Output
from ambidesk.edge.api.v1.directory import (
    BrandOut,
    ChannelOut,
    NamedOut,
    TeamOut,
    brand_shown,
    channel_shown,
    team_shown,
)
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.brands import founding
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.brands.rights import BrandRight
from ambidesk.parties.staff import forming, mastering
from ambidesk.parties.staff.models import Skill, Team
from ambidesk.parties.staff.models.team import Line
from ambidesk.parties.staff.rights import StaffRight
from ambidesk.support.conversations.connecting import switch
from ambidesk.support.conversations.rights import ChannelRight
from ambidesk.support.routing.arranging import Arrangement, arrange_queue
from ambidesk.support.routing.models import Mode, Place, Queue
from ambidesk.support.routing.rights import RoutingRight
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Organisation"
SEE = TicketRight.SEE
QUEUE = "teams/{int:team_id}/queue"
CHANNEL = "channels/{int:channel_id}"


class NewBrand(Input):
    """
    A face of the company; `web` is where its pages are reached, as https://help.example.com.

    `zone` is whose time is meant by its customers and told to them, as Europe/Moscow.
    """

    name: str = Field(min_length=1, max_length=80)
    slug: str = Field(min_length=1, max_length=40, pattern="^[a-z0-9-]+$")
    language: Literal["ru", "en"] = "ru"
    accent: str = Field("#3b5bdb", pattern="^#[0-9a-fA-F]{6}$")
    signature: str = Field("", max_length=2000)
    web: str = Field("", max_length=200)
    zone: str = Field("", max_length=60)


class NewTeam(Input):
    """People who share a queue, the brands that they serve, and their line of support."""

    name: str = Field(min_length=1, max_length=80)
    brand_ids: list[Id] = Field(default_factory=list, max_length=100)
    member_ids: list[Id] = Field(default_factory=list, max_length=1000)
    line: Literal[1, 2, 3] = 1


class NewSkill(Input):
    """Something that members of staff know; just these have it."""

    name: str = Field(min_length=1, max_length=60)
    member_ids: list[Id] = Field(default_factory=list, max_length=1000)


class MasteryOut(Output):
    """How well somebody can do something: 1 learns it, 2 works alone, 3 teaches it."""

    member_id: int
    level: int


class SkillOut(NamedOut):
    """A skill, who has it, and how well."""

    member_ids: list[int]
    masteries: list[MasteryOut]


class QueueText(Input):
    """How a team's work is given out; times are in seconds."""

    mode: Literal["off", "pull", "push"]
    overflow_to: Id | None = None
    overflow_after: int | None = Field(None, ge=1, le=604_800)
    away_after: int = Field(600, ge=1, le=604_800)
    return_after: int = Field(60, ge=1, le=604_800)
    shows_wait: bool = True
    target_seconds: int = Field(60, ge=1, le=604_800)
    target_percent: int = Field(80, ge=1, le=99)
    patience_seconds: int = Field(300, ge=1, le=604_800)


class QueueOut(Output):
    """How a team's work is given out, and how many tickets wait now."""

    mode: str
    overflow_to: int | None
    overflow_after: int | None
    away_after: int
    return_after: int
    shows_wait: bool
    target_seconds: int
    target_percent: int
    patience_seconds: int
    waiting: int


def _save_brand(request: Call, row: Brand | None, body: NewBrand) -> Brand:
    face = founding.Face(**body.model_dump())
    return founding.set_up(row, face, by=request.actor, at=request.at)


def _turn_brand(request: Call, row: Brand) -> None:
    turn = founding.restore if row.archived_at else founding.archive
    turn(row, by=request.actor, at=request.at)


def _save_team(request: Call, row: Team | None, body: NewTeam) -> Team:
    actor = request.actor
    brands = all_named(brands_of(actor), body.brand_ids, field="brand_ids")
    if row:
        require_every(actor, row.brands.all())
    # A team that serves nobody is nobody's.
    if not brands:
        require_all(actor)
    members = all_named(members_of(actor), body.member_ids, field="member_ids")
    kept = row.members.exclude(pk__in=members_of(actor)) if row else ()
    return forming.form_team(
        row,
        name=body.name,
        brands=brands,
        members=[*members, *kept],
        line=Line(body.line),
        by=actor,
        at=request.at,
    )


def _turn_team(request: Call, row: Team) -> None:
    require_every(request.actor, row.brands.all())
    forming.archive_team(row, by=request.actor, at=request.at)


def _save_skill(request: Call, row: Skill | None, body: NewSkill) -> Skill:
    members = all_named(members_of(request.actor), body.member_ids, field="member_ids")
    return mastering.name_skill(
        row, name=body.name, members=members, by=request.actor, at=request.at
    )


def skill_shown(row: Skill) -> dict[str, Any]:
    """Say of a skill who has it, and how well."""
    return {
        "id": row.pk,
        "name": row.name,
        "is_archived": row.archived_at is not None,
        "member_ids": sorted(each.member_id for each in row.masteries.all()),
        "masteries": [
            {"member_id": each.member_id, "level": each.level}
            for each in sorted(row.masteries.all(), key=lambda each: each.member_id)
        ],
    }


def skills_of(request: Call) -> QuerySet[Skill]:
    """Who has which skill is told to those only who reach all members."""
    return (
        Skill.objects.prefetch_related("masteries")
        if request.actor.may(ReachRight.SEE_EVERYTHING)
        else Skill.objects.none()
    )


declare(
    Noun(
        chapter=NOUN,
        path="brands",
        name="Brand",
        singular="a brand",
        plural="brands",
        sees=SEE,
        changes=BrandRight.MANAGE,
        gives=BrandOut,
        takes=NewBrand,
        rows=lambda request: brands_of(request.actor),
        shown=lambda _request, row: brand_shown(row),
        save=_save_brand,
        turn=_turn_brand,
    )
)
declare(
    Noun(
        chapter=NOUN,
        path="teams",
        name="Team",
        singular="a team",
        plural="teams",
        sees=SEE,
        changes=StaffRight.MANAGE_TEAMS,
        gives=TeamOut,
        takes=NewTeam,
        rows=lambda request: teams_of(request.actor).prefetch_related("brands", "members"),
        shown=team_shown,
        save=_save_team,
        turn=_turn_team,
        shared=lambda _row: False,
    )
)
declare(
    Noun(
        chapter=NOUN,
        path="skills",
        name="Skill",
        singular="a skill",
        plural="skills",
        sees=StaffRight.MANAGE_TEAMS,
        changes=StaffRight.MANAGE_TEAMS,
        gives=SkillOut,
        takes=NewSkill,
        rows=skills_of,
        shown=lambda _request, row: skill_shown(row),
        save=_save_skill,
        turn=lambda request, row: mastering.archive_skill(row, by=request.actor, at=request.at),
    )
)


@operation("GET", QUEUE, right=RoutingRight.TAKE, name="getQueue", gives=QueueOut)
def show_queue(request: Call, team_id: Key) -> dict[str, Any]:
    """Read how a team's work is given out, and how much waits"""
    team = one(teams_of(request.actor), team_id)
    return _queue(Queue.objects.filter(team=team).first() or Queue(team=team, mode=Mode.OFF))


@operation("PUT", QUEUE, right=RoutingRight.MANAGE, name="changeQueue", gives=QueueOut)
def change_queue(request: Call, team_id: Key, body: QueueText) -> dict[str, Any]:
    """Say how a team's work is given out"""
    team = one(teams_of(request.actor), team_id)
    require_every(request.actor, team.brands.all())
    wanted = body.model_dump() | {
        "mode": Mode(body.mode),
        "overflow_to": team_named(request.actor, body.overflow_to, field="overflow_to"),
    }
    return _queue(arrange_queue(team, Arrangement(**wanted), by=request.actor, at=request.at))


@operation("GET", CHANNEL, right=SEE, name="getChannel", gives=ChannelOut)
def show_channel(request: Call, channel_id: Key) -> dict[str, Any]:
    """Read a channel"""
    return channel_shown(one(channels_of(request.actor), channel_id))


@operation(
    "PUT",
    f"{CHANNEL}/activity",
    right=ChannelRight.MANAGE,
    name="switchChannelOn",
    gives=ChannelOut,
)
def switch_on(request: Call, channel_id: Key) -> dict[str, Any]:
    """Take a channel into use"""
    switch(one(channels_of(request.actor), channel_id), on=True, by=request.actor, at=request.at)
    return show_channel(request, channel_id)


@operation(
    "DELETE",
    f"{CHANNEL}/activity",
    right=ChannelRight.MANAGE,
    name="switchChannelOff",
    gives=ChannelOut,
)
def switch_off(request: Call, channel_id: Key) -> dict[str, Any]:
    """Take a channel out of use; what waits to be sent waits"""
    switch(one(channels_of(request.actor), channel_id), on=False, by=request.actor, at=request.at)
    return show_channel(request, channel_id)


def _queue(row: Queue) -> dict[str, Any]:
    names = [name for name in QueueText.model_fields if name != "overflow_to"]
    said = {name: getattr(row, name) for name in names}
    waiting = Place.objects.filter(team=row.team).count()
    return {**said, "overflow_to": row.overflow_to_id, "waiting": waiting}
