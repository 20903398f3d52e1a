"""Serving: who looks after a company on a day, as colleagues and the client itself read it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Company
from ambidesk.parties.stewards.models import Duty, Steward

# For so long a client reads who was there before.
NAMED_FOR: Final = timedelta(days=60)
ORDER: Final = tuple(Duty)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Somebody of the service team: `instead_of` is whose place they took of late."""

    id: int
    company_id: int
    member_id: int
    name: str
    post: str
    qualification: str
    has_photo: bool
    duty: Duty
    since: date
    until: date | None
    instead_of: str

    @property
    def is_manager(self) -> bool:
        """Whether they answer for the whole account."""
        return self.duty is Duty.MANAGER

    @property
    def standing(self) -> str:
        """Post and qualification, as clients read them; perhaps ""."""
        return ", ".join(part for part in (self.post, self.qualification) if part)


def teams_of(companies: Collection[int], *, on: date, by: Actor) -> tuple[Served, ...]:
    """Give the service teams of those companies that the actor sees, managers first."""
    seen = Company.objects.visible_to(by).filter(pk__in=companies)
    before = Steward.objects.filter(
        company=OuterRef("company"), duty=OuterRef("duty"), until_on=OuterRef("since_on")
    ).exclude(member=OuterRef("member"))
    named = before.annotate(
        called=Coalesce(
            NullIf("member__user__name", Value("")),
            "member__user__email",
            output_field=CharField(),
        )
    )
    rows = Steward.objects.on(on).filter(company__in=seen).select_related("member__user")
    found = rows.annotate(before=Subquery(named.order_by("pk").values("called")[:1]))
    return tuple(sorted((_served(row, on) for row in found), key=_place))


def _served(row: Steward, on: date) -> Served:
    before: str = getattr(row, "before", "") or ""
    return Served(
        id=row.pk,
        company_id=row.company_id,
        member_id=row.member_id,
        name=row.member.name,
        post=row.member.post,
        qualification=row.member.qualification,
        has_photo=row.member.photo_id is not None,
        duty=Duty(row.duty),
        since=row.since_on,
        until=row.until_on,
        instead_of=before if on - row.since_on <= NAMED_FOR else "",
    )


def _place(each: Served) -> tuple[int, int, str, int]:
    return (each.company_id, ORDER.index(each.duty), each.name, each.id)
