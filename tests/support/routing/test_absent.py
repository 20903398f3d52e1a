"""Who is absent, or still learns a skill, gets nothing from a queue."""

from datetime import timedelta

import pytest

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.absenting import Leave, end_absence, enter_absence
from ambidesk.parties.staff.mastering import name_skill
from ambidesk.parties.staff.models import Absence, AbsenceKind, Level, Mastery, Member
from ambidesk.support.routing.arranging import arrange_needs
from ambidesk.support.routing.attending import StillAbsent
from ambidesk.support.routing.models import Mode, Status
from ambidesk.support.routing.pushing import push_waiting
from ambidesk.support.routing.taking import Absent, NothingFits, take_next
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.support.routing.conftest import Shop, shop_of


def _absent(shop: Shop, member: Member) -> Absence:
    leave = Leave(kind=AbsenceKind.ILLNESS, starts_at=shop.at, ends_at=shop.at + timedelta(days=2))
    return enter_absence(member, leave, by=SYSTEM, at=shop.at)


def test_who_is_absent_takes_nothing_until_the_absence_is_ended(shop: Shop) -> None:
    shop.waiting()
    shop.attend(shop.cast.olga)
    absence = _absent(shop, shop.cast.olga)
    by = shop.cast.actor(shop.cast.olga)
    with pytest.raises(Absent, match="absent until"):
        take_next(shop.cast.olga, by=by, at=shop.at)
    with pytest.raises(StillAbsent):
        shop.attend(shop.cast.olga)
    end_absence(absence, by=by, at=shop.at + timedelta(hours=1))
    later = shop.at + timedelta(hours=1)
    assert take_next(shop.cast.olga, by=by, at=later).assignee == shop.cast.olga


def test_nothing_is_pushed_to_who_is_absent(cast: Cast) -> None:
    shop = shop_of(cast, Mode.PUSH)
    shop.attend(cast.olga)
    shop.attend(cast.ivan)
    _absent(shop, cast.olga)
    first, second = shop.waiting(2)
    push_waiting(at=shop.at)
    assert set(Ticket.objects.values_list("assignee", flat=True)) == {cast.ivan.pk}
    assert {first.pk, second.pk} == set(Ticket.objects.values_list("pk", flat=True))


def test_who_still_learns_a_skill_gets_nothing_that_needs_it(shop: Shop) -> None:
    cast = shop.cast
    skill = name_skill(None, name="Returns", members=[cast.olga], by=SYSTEM, at=shop.at)
    about = {"field": "subject", "operator": "contains", "value": "return"}
    arrange_needs(skill, [about], by=SYSTEM, at=shop.at)
    shop.waiting(1, subject="My return")
    shop.attend(cast.olga, Status.ONLINE)
    Mastery.objects.update(level=Level.LEARNS)
    with pytest.raises(NothingFits):
        take_next(cast.olga, by=cast.actor(cast.olga), at=shop.at)
    Mastery.objects.update(level=Level.ALONE)
    assert take_next(cast.olga, by=cast.actor(cast.olga), at=shop.at).assignee == cast.olga
