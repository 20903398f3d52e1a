"""Warnings before the breach, in levels: each once, to whom it concerns, and never too late."""

import pytest

from ambidesk.service.sla.models import Clock
from ambidesk.support.notifications.models import Notice, NoticeKind
from ambidesk.support.tickets.answering import answer
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.closing import wait
from ambidesk.support.tickets.models import State
from tests.support.promises.conftest import HOUR, targets
from tests.support.promises.test_promises import FIRST, said

pytestmark = pytest.mark.django_db


def told(office):
    rows = Notice.objects.filter(kind=NoticeKind.DUE).order_by("pk")
    return [row.user.name for row in rows.select_related("user")]


def test_levels_go_from_who_has_it_to_the_team_each_once(office):
    cast, at = office.cast, office.cast.at
    office.arrange(office.policy, targets=targets(4, 0, 0, (2 * HOUR, HOUR)))
    ticket = cast.ticket()
    assign(ticket, assignee=cast.olga, team=cast.shop_team, by=cast.actor(cast.olga), at=at)
    office.follow(at)
    assert office.warn(at + HOUR) == 0
    office.warn(at + 2 * HOUR)
    assert told(office) == ["Olga Orlova"]
    assert office.warn(at + 2 * HOUR) == 0
    office.warn(at + 3 * HOUR)
    assert sorted(told(office)[1:]) == ["Ivan Ilyin", "Olga Orlova"]
    office.warn(at + 4 * HOUR)
    assert sorted(told(office)[3:]) == ["Ivan Ilyin", "Olga Orlova"]
    assert Clock.objects.get(goal="first_response").next_at is None
    assert office.warn(at + 400 * HOUR) == 0


def test_nobody_of_another_brand_is_told(office):
    office.cast.ticket()
    office.follow(office.cast.at)
    office.warn(office.cast.at + 9 * HOUR)
    assert "Lev Lvov" not in told(office)
    assert {"Olga Orlova", "Ivan Ilyin"} <= set(told(office))


def test_what_is_met_or_paused_warns_no_more(office):
    cast, at, by = office.cast, office.cast.at, office.cast.actor(office.cast.olga)
    answered, held = cast.ticket(), cast.ticket()
    answer(answered, said(cast, at), by=by, at=at + HOUR)
    wait(held, State.ON_HOLD, by=by, at=at + HOUR)
    office.follow(at + HOUR)
    assert office.warn(at + 100 * HOUR) == 0


def test_no_breach_is_told_before_its_warning_also_after_a_long_sleep(office):
    ticket = office.cast.ticket()
    office.follow(office.cast.at)
    office.warn(office.cast.at + 40 * HOUR)
    row = office.clocks(ticket)[FIRST]
    assert (row.told, len(row.moments)) == (2, 2)


def test_more_time_takes_the_warning_back_and_it_comes_again(office):
    at = office.cast.at
    ticket = office.cast.ticket()
    office.follow(at)
    office.warn(at + 3 * HOUR)
    assert office.clocks(ticket)[FIRST].told == 1
    office.arrange(office.policy, targets=targets(6, 2, 12), at=at + 3.5 * HOUR)
    office.rechoose(at + 3.5 * HOUR)
    row = office.clocks(ticket)[FIRST]
    assert (row.told, row.next_at) == (0, at + 5 * HOUR)
    before = len(told(office))
    office.warn(at + 5 * HOUR)
    assert len(told(office)) > before
