"""Mails of reports that did not leave: under Problems, tried again, discarded, gone with theirs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ambidesk.across.insight.models import ReportMail, ReportMailing
from ambidesk.across.insight.posting import ReportWords
from ambidesk.across.insight.saving import drop_report
from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Member
from tests.cast import Cast, make_cast
from tests.edge.web.insight.test_mailing import DAY, mailed, post, saved, tomorrow, weekly
from tests.edge.web.insight.test_reports import seated, text_of
from tests.support.channels.mail.relays import Relay

pytestmark = pytest.mark.django_db
PROBLEMS = "/settings/problems/"


@pytest.fixture
def desk(db: None) -> Cast:
    return make_cast(datetime.now(UTC) - DAY)


def given_up(desk: Cast) -> datetime:
    """Let a mail of a report fail as often as it is tried; say until when."""
    at = tomorrow(desk)
    for hours in range(60):
        post(at + timedelta(hours=hours), broken)
    return at + timedelta(hours=60)


def broken(_row: ReportMail, _reader: Actor, **_said: Any) -> ReportWords | None:
    """A report that cannot be written."""
    raise ArithmeticError


def test_a_mail_that_was_given_up_stands_under_problems_and_is_tried_again(
    desk: Cast, leader: Member, relay: Relay
) -> None:
    mailed(desk, saved(desk, leader), leader)
    weekly(desk)
    at, admin = given_up(desk), seated(desk.admin)
    problem = Problem.objects.get(solved_at=None)
    assert leader.user.email in text_of(admin.get(PROBLEMS))
    # What a report is called is between its owner and their team.
    assert "How it goes" not in text_of(admin.get(PROBLEMS))
    assert admin.post(f"{PROBLEMS}{problem.pk}/again").status_code == 303
    assert leader.user.email not in text_of(admin.get(PROBLEMS))
    post(max(at, datetime.now(UTC)) + timedelta(minutes=1))
    assert [each.recipient for each in relay.taken] == [leader.user.email]


def test_a_mail_that_was_given_up_is_discarded_or_goes_with_its_report(
    desk: Cast, leader: Member, relay: Relay
) -> None:
    report = saved(desk, leader)
    mailed(desk, report, leader)
    weekly(desk)
    given_up(desk)
    problem, admin = Problem.objects.get(solved_at=None), seated(desk.admin)
    admin.post(f"{PROBLEMS}{problem.pk}/end")
    assert not ReportMail.objects.exists()
    assert leader.user.email not in text_of(admin.get(PROBLEMS))
    ReportMailing.objects.update(next_at=tomorrow(desk))
    given_up(desk)
    assert leader.user.email in text_of(admin.get(PROBLEMS))
    drop_report(report, by=desk.actor(leader), at=desk.at)
    assert "All is well" in text_of(admin.get(PROBLEMS))
