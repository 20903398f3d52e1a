"""Standing in: who is away at an instant, until when, and who does their work meanwhile."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from ambidesk.parties.staff.models import Absence, Member
from ambidesk.parties.staff.rules.standing_in import stand_in_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Somebody is away until an instant; `stand_in` is the first of their deputies who is here."""

    member: int
    until: datetime
    stand_in: int | None


def away_of(members: Collection[int] | None, *, at: datetime) -> Mapping[int, Away]:
    """Give those of these members who are away at the instant, of all where none are named."""
    rows = Absence.objects.of_open_accounts().at(at)
    known = list(rows.values_list("member", "deputy", "deputy__user__is_active", "ends_at"))
    deputies = {member: deputy if is_open else None for member, deputy, is_open, _end in known}
    return {
        member: Away(member=member, until=ends_at, stand_in=stand_in_of(member, deputies))
        for member, _deputy, _open, ends_at in known
        if members is None or member in members
    }


def stand_ins_of_users(users: Collection[int], *, at: datetime) -> Mapping[int, int]:
    """Give the user who stands in for each of these users who is away, where somebody does."""
    rows = Absence.objects.at(at).filter(member__user__in=users)
    asked = dict(rows.values_list("member", "member__user"))
    if not asked:
        return {}
    away = away_of(asked, at=at)
    wanted = {each.stand_in for each in away.values() if each.stand_in}
    open_rows = Member.objects.filter(pk__in=wanted, user__is_active=True)
    named = dict(open_rows.values_list("pk", "user"))
    return {
        asked[member]: named[each.stand_in]
        for member, each in away.items()
        if each.stand_in in named
    }
