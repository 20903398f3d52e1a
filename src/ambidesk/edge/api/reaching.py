"""Reaching: what a key may see and name, asked for in one place by all operations."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.companies.models import Company
from ambidesk.parties.staff.models import Member, Team
from ambidesk.service.catalogue.models import Category
from ambidesk.support.conversations.models import Channel
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.reach import served_brands

M = TypeVar("M", bound=Model)
BESIDE = ("brand", "requester", "requester_identity", "assignee__user")


class NoSuchThing(InvalidInput):
    """A body names what is not there, or not for this key."""

    sentence = _("“%(name)s” names nothing that this key reaches.")


class ForAllBrands(NotEntitled):
    """A key of some brands would change what others have."""

    sentence = _("This holds for all brands: only who reaches all of them can change it.")


def require_all(actor: Actor) -> None:
    """
    Let only those through who reach all brands.

    Raises:
        ForAllBrands: the actor reaches some.
    """
    if not actor.may(ReachRight.SEE_EVERYTHING):
        raise ForAllBrands


def require_every(actor: Actor, brands: QuerySet[Brand]) -> None:
    """
    Let only those change a thing of these brands who reach each of them: it is theirs as well.

    Raises:
        ForAllBrands: the actor does not reach one.
    """
    if brands.exclude(pk__in=brands_of(actor).values("pk")).exists():
        raise ForAllBrands


def brand_named(actor: Actor, pk: int | None) -> Brand | None:
    """
    Fetch the brand that a body names as `brand_id`; none means all of them.

    Raises:
        ForAllBrands: it is for all, and the actor does not reach all.
        NoSuchThing: it is none in reach.
    """
    if pk is None:
        require_all(actor)
        return None
    return named(brands_of(actor).filter(archived_at=None), pk, field="brand_id")


def team_named(actor: Actor, pk: int | None, *, field: str = "team_id") -> Team | None:
    """
    Fetch the team that a body names, if it names one.

    Raises:
        NoSuchThing: it is none in reach.
    """
    return named_if(teams_of(actor).filter(archived_at=None), pk, field=field)


def all_named(rows: QuerySet[M], ids: Iterable[int], *, field: str) -> list[M]:
    """
    Fetch the rows that a body lists.

    Raises:
        NoSuchThing: one is none of them.
    """
    wanted = set(ids)
    found = list(rows.filter(pk__in=wanted).order_by("pk"))
    if len(found) != len(wanted):
        raise NoSuchThing(field=f"body.{field}", name=field)
    return found


def ticket_of(actor: Actor, number: int) -> Ticket:
    """
    Fetch a ticket that the actor sees.

    Raises:
        Http404: there is none, or the actor does not see it.
    """
    return one(Ticket.objects.visible_to(actor).select_related(*BESIDE), number)


def one(rows: QuerySet[M], pk: int) -> M:
    """
    Fetch one of the rows that an address names.

    Raises:
        Http404: it is none of them.
    """
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def named(rows: QuerySet[M], pk: int, *, field: str) -> M:
    """
    Fetch one of the rows that a body names.

    Raises:
        NoSuchThing: it is none of them.
    """
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NoSuchThing(field=f"body.{field}", name=field)
    return found


def named_if(rows: QuerySet[M], pk: int | None, *, field: str) -> M | None:
    """
    Fetch the row that a body names, if it names one.

    Raises:
        NoSuchThing: it is none of them.
    """
    return named(rows, pk, field=field) if pk else None


def brands_of(actor: Actor) -> QuerySet[Brand]:
    """The brands that the actor reaches."""
    rows = Brand.objects.all()
    if actor.may(ReachRight.SEE_EVERYTHING):
        return rows
    return rows.filter(pk__in=served_brands(actor))


def teams_of(actor: Actor) -> QuerySet[Team]:
    """The teams that serve a brand which the actor reaches."""
    if actor.may(ReachRight.SEE_EVERYTHING):
        return Team.objects.all()
    return Team.objects.filter(brands__in=served_brands(actor)).distinct()


def members_of(actor: Actor) -> QuerySet[Member]:
    """Members of staff who belong to such a team."""
    rows = Member.objects.select_related("user")
    if actor.may(ReachRight.SEE_EVERYTHING):
        return rows
    return rows.filter(
        Q(teams__brands__in=served_brands(actor)) | Q(user=actor.user_id or 0)
    ).distinct()


def companies_of(actor: Actor) -> QuerySet[Company]:
    """The companies that the actor reaches."""
    return Company.objects.visible_to(actor)


def categories_of(actor: Actor) -> QuerySet[Category]:
    """Categories of all brands, and of those that the actor reaches."""
    return Category.objects.filter(Q(brand=None) | Q(brand__in=brands_of(actor)))


def channels_of(actor: Actor) -> QuerySet[Channel]:
    """The channels of the brands that the actor reaches."""
    return Channel.objects.filter(brand__in=brands_of(actor))
