"""Risking: skills that one colleague alone has, or nobody, and how much open work needs them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import ENOUGH, Absence, Mastery, Skill
from ambidesk.support.routing.needing import count_needing
from ambidesk.support.tickets.models import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """
    A skill that hangs on one colleague, or on nobody.

    `needing` are the open tickets that the reader sees and that need it; `absence` is the holder's
    one that lasts or comes next; `learners` is how many learn it.
    """

    skill: Skill
    holder: str
    absence: Absence | None
    learners: int
    needing: int


def risks(*, by: Actor, at: datetime) -> tuple[Risk, ...]:
    """Give the skills at risk, those that most work needs first."""
    open_accounts = Mastery.objects.filter(member__user__is_active=True)
    rows = Skill.objects.filter(archived_at=None).prefetch_related(
        Prefetch("masteries", open_accounts.select_related("member__user"), to_attr="known")
    )
    found: list[tuple[Skill, Sequence[Mastery], Sequence[Mastery]]] = []
    for skill in rows:
        known: Sequence[Mastery] = vars(skill)["known"]
        holders = [each for each in known if each.level >= ENOUGH]
        if len(holders) < 2:
            found.append((skill, holders, [each for each in known if each.level < ENOUGH]))
    if not found:
        return ()
    counts = count_needing(Ticket.objects.visible_to(by).active(), at=at)
    absences = _next({each.member_id for _skill, holders, _rest in found for each in holders}, at)
    told = [
        Risk(
            skill=skill,
            holder=holders[0].member.name if holders else "",
            absence=absences.get(holders[0].member_id) if holders else None,
            learners=len(learners),
            needing=counts.get(skill.pk, 0),
        )
        for skill, holders, learners in found
    ]
    return tuple(sorted(told, key=lambda each: (-each.needing, bool(each.holder), each.skill.name)))


def _next(members: set[int], at: datetime) -> Mapping[int, Absence]:
    rows = Absence.objects.of(members).filter(ends_at__gt=at).order_by("-starts_at")
    return {row.member_id: row for row in rows}
