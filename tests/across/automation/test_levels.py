"""Levels of a promise: each has its own steps, of the one list of actions, by rules."""

from datetime import datetime

import pytest

from ambidesk.across.automation.describing import sentence_of
from ambidesk.across.automation.levels import Level, level_of, levels_of
from ambidesk.across.automation.models import Run
from ambidesk.across.automation.triggers import UnknownTrigger, trigger_named
from ambidesk.ground.calendars.reading import read
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.models import Team
from ambidesk.service.sla.arranging import Promising, arrange_calendar
from ambidesk.service.sla.models import Policy
from ambidesk.service.sla.rules.facts import Goal, Target
from ambidesk.service.sla.sweeping import sweep_due
from ambidesk.support.promises.arranging import arrange_ticket_policy
from ambidesk.support.promises.following import sweep
from ambidesk.support.tickets.models import Priority, Ticket
from tests.across.automation.conftest import HIGH, HOUR, URGENT, Automated

ALWAYS = {"zone": "Europe/Moscow", "hours": "24/7"}


@pytest.fixture
def policy(desk: Automated) -> Policy:
    """Four hours to the first answer; warnings when half of it and when 15 minutes are left."""
    at = desk.cast.at
    calendar = arrange_calendar(None, name="Always", spec=read(ALWAYS), by=SYSTEM, at=at)
    target = Target(goal=Goal.FIRST_RESPONSE, work=4 * HOUR, warnings=(HOUR / 4,), percents=(50,))
    said = Promising(name="Gold", place=1, condition=None, calendar=calendar, targets=[target])
    return arrange_ticket_policy(None, said, by=SYSTEM, at=at)


def promised(desk: Automated) -> Ticket:
    """A ticket whose clock runs."""
    ticket = desk.cast.ticket()
    sweep(at=desk.cast.at)
    desk.go(desk.cast.at)
    return ticket


def reached(desk: Automated, at: datetime) -> None:
    """Let time pass up to here, and rules act."""
    sweep_due(by=SYSTEM, at=at)
    desk.go(at)


def test_each_level_does_what_is_its_own_and_nothing_earlier(
    desk: Automated, policy: Policy
) -> None:
    second = Team.objects.create(name="Second line", line=2)
    second.brands.add(desk.cast.shop)
    moved = {"action": "tickets.hand_over", "parameters": {"team_id": second.pk}}
    desk.rule("Half", HIGH, on=(f"warned:{policy.pk}:1",))
    desk.rule("Soon", URGENT, on=(f"warned:{policy.pk}:2",))
    desk.rule("Broken", moved, on=(f"breached:{policy.pk}",))
    ticket, at = promised(desk), desk.cast.at
    reached(desk, at + 1.9 * HOUR)
    ticket.refresh_from_db()
    assert ticket.priority == Priority.NORMAL
    reached(desk, at + 2 * HOUR)
    ticket.refresh_from_db()
    assert ticket.priority == Priority.HIGH
    reached(desk, at + 3.8 * HOUR)
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.team) == (Priority.URGENT, desk.cast.shop_team)
    reached(desk, at + 4 * HOUR)
    ticket.refresh_from_db()
    assert ticket.team == second
    reached(desk, at + 40 * HOUR)
    assert Run.objects.count() == 3


def test_the_levels_of_another_promise_are_others(desk: Automated, policy: Policy) -> None:
    desk.rule("Elsewhere", HIGH, on=(f"warned:{policy.pk + 1}:1", f"breached:{policy.pk + 1}"))
    promised(desk)
    reached(desk, desk.cast.at + 5 * HOUR)
    assert not Run.objects.exists()


def test_a_rule_says_its_level_in_words(desk: Automated, policy: Policy) -> None:
    rule = desk.rule("Half", HIGH, on=(f"warned:{policy.pk}:1", f"breached:{policy.pk}"))
    words = sentence_of(rule.current.said, actor=SYSTEM).when
    assert words == "warning 1 of “Gold” is reached or a promise by “Gold” breaks"


def test_a_policy_has_a_level_for_each_warning_and_its_breach(
    desk: Automated, policy: Policy
) -> None:
    names = [level.name for level in levels_of(policy)]
    assert names == [f"warned:{policy.pk}:1", f"warned:{policy.pk}:2", f"breached:{policy.pk}"]
    assert [level_of(name) for name in names] == list(levels_of(policy))


@pytest.mark.parametrize(
    "name", ["warned:0:1", "warned:1:0", "warned:1", "breached:", "warned:1:1 "]
)
def test_what_is_no_level_is_none(name: str) -> None:
    assert level_of(name) is None
    with pytest.raises(UnknownTrigger):
        trigger_named(name)


def test_entries_of_before_the_policy_was_told_are_of_no_level() -> None:
    level = Level(policy=1, number=1)
    assert not level.is_reached_by({"level": 1, "breached": False})
    assert level.is_reached_by({"level": 1, "breached": False, "policy_id": 1})
