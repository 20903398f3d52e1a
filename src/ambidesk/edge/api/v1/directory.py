"""The directory: brands, channels, teams, staff, and what tickets are sorted by."""

from typing import Any

from django.db.models import QuerySet
from ninja import Query

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import brands_of, channels_of, members_of
from ambidesk.edge.api.schemas import Output, Page, Paging
from ambidesk.ground.reach.remembering import remembered
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Member, Team
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.conversations.models import Channel
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Directory"
SEE = TicketRight.SEE


class BrandOut(Output):
    """A face of the company."""

    id: int
    name: str
    slug: str
    language: str
    is_archived: bool


class ChannelOut(Output):
    """A way in and out."""

    id: int
    kind: str
    name: str
    address: str
    brand_id: int
    team_id: int | None
    is_enabled: bool
    health: str


class TeamOut(Output):
    """People who share a queue; `brand_ids` are those that it serves, as far as the key reaches."""

    id: int
    name: str
    line: int
    brand_ids: list[int]
    member_ids: list[int]
    is_archived: bool


class MemberOut(Output):
    """A member of staff."""

    id: int
    user_id: int
    name: str
    is_active: bool


class NamedOut(Output):
    """Something with a name."""

    id: int
    name: str
    is_archived: bool


class WordsOut(Output):
    """The same words in both languages."""

    en: str
    ru: str


class TypeOut(NamedOut):
    """
    A kind of ticket.

    `name` is the same whatever the language; people read `names`, the other one where theirs is
    empty.
    """

    names: WordsOut


class CategoryOut(NamedOut):
    """What a ticket is about; categories hang in each other."""

    parent_id: int | None
    brand_id: int | None


@operation("GET", "channels", right=SEE, name="listChannels", gives=Page[ChannelOut])
def show_channels(request: Call, paging: Query[Paging]) -> dict[str, Any]:
    """List channels"""
    rows = channels_of(request.actor)
    return page_of(rows, of="channels", after=paging.after, limit=paging.limit, show=channel_shown)


@operation("GET", "staff", right=SEE, name="listStaff", gives=Page[MemberOut])
def show_staff(request: Call, paging: Query[Paging]) -> dict[str, Any]:
    """List members of staff"""
    rows = members_of(request.actor)
    return page_of(rows, of="staff", after=paging.after, limit=paging.limit, show=_member)


def brand_shown(brand: Brand) -> dict[str, Any]:
    """Show a brand."""
    return {
        "id": brand.pk,
        "name": brand.name,
        "slug": brand.slug,
        "language": brand.language,
        "is_archived": brand.archived_at is not None,
    }


def channel_shown(channel: Channel) -> dict[str, Any]:
    """Show a channel."""
    return {
        "id": channel.pk,
        "kind": channel.kind,
        "name": channel.name,
        "address": channel.address,
        "brand_id": channel.brand_id,
        "team_id": channel.team_id,
        "is_enabled": channel.enabled,
        "health": channel.health,
    }


def team_shown(request: Call, team: Team) -> dict[str, Any]:
    """Show a team, as far as the key reaches its brands and members."""
    brands = remembered(("api-brands", request.actor), lambda: _ids(brands_of(request.actor)))
    members = remembered(("api-members", request.actor), lambda: _ids(members_of(request.actor)))
    return {
        "id": team.pk,
        "name": team.name,
        "line": team.line,
        "brand_ids": [b.pk for b in team.brands.all() if b.pk in brands],
        "member_ids": [m.pk for m in team.members.all() if m.pk in members],
        "is_archived": team.archived_at is not None,
    }


def _ids(rows: QuerySet[Any]) -> frozenset[int]:
    return frozenset(rows.values_list("pk", flat=True))


def _member(member: Member) -> dict[str, Any]:
    return {
        "id": member.pk,
        "user_id": member.user_id,
        "name": member.name,
        "is_active": member.is_active,
    }


def named_shown(row: RequestType | Tag) -> dict[str, Any]:
    """Show what has a name."""
    return {"id": row.pk, "name": row.name, "is_archived": row.archived_at is not None}


def type_shown(row: RequestType) -> dict[str, Any]:
    """Show a request type."""
    return {**named_shown(row), "names": {"en": row.names.en, "ru": row.names.ru}}


def category_shown(row: Category) -> dict[str, Any]:
    """Show a category."""
    return {
        "id": row.pk,
        "name": row.name,
        "is_archived": row.archived_at is not None,
        "parent_id": row.parent_id,
        "brand_id": row.brand_id,
    }
