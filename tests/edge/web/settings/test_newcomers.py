"""The path of a newcomer: a mentor until a day, articles to read, and how far they are."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.hiring import dismiss
from ambidesk.parties.staff.mentoring import AlreadyPast, NotAMentor, end_mentoring, give_mentor
from ambidesk.parties.staff.models import Mentoring
from ambidesk.support.knowledge.models import Lesson
from ambidesk.support.knowledge.teaching import set_lessons, tick
from ambidesk.support.tickets.assigning import assign
from tests.cast import Cast
from tests.edge.web.workspace.conftest import seated
from tests.support.knowledge.articles import published

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_lead_sets_the_path_and_sees_how_far_it_is_gone(cast: Cast, admin: Client) -> None:
    first, second = published(cast, "Returns"), published(cast, "Delivery")
    last = (datetime.now(UTC) + 20 * DAY).date()
    said = {
        "member": cast.olga.pk,
        "mentor": cast.ivan.pk,
        "until": last.isoformat(),
        "articles": [first.article_id, second.article_id],
    }
    assert admin.post("/settings/mastery/newcomers/new", said).status_code == 303
    row = Mentoring.objects.get()
    assert (row.member, row.mentor, row.until_on) == (cast.olga, cast.ivan, last + DAY)
    assign(cast.ticket(), assignee=cast.olga, team=None, by=SYSTEM, at=cast.at)
    olga = seated(cast.olga)
    page = olga.get("/profile").content.decode()
    assert "Ivan Ilyin goes along with you until" in page
    assert "0 / 2" in page
    assert f"/knowledge/{first.article_id}/en" in page
    lesson = Lesson.objects.get(article=first.article_id)
    olga.post(f"/profile/lessons/{lesson.pk}", {"read": "1"})
    assert "1 / 2" in olga.get("/profile").content.decode()
    page = admin.get("/settings/mastery").content.decode()
    assert "1 of 2 read" in page
    assert "1 ticket<" in page
    address = f"/settings/mastery/newcomers/{cast.olga.pk}"
    again = {"mentor": cast.ivan.pk, "until": last.isoformat(), "articles": [first.article_id]}
    assert admin.post(address, again).status_code == 303
    # What was ticked stays ticked.
    assert "1 of 1 read" in admin.get("/settings/mastery").content.decode()
    admin.post(f"{address}/end")
    assert "1 of 1 read" not in admin.get("/settings/mastery").content.decode()
    assert "goes along with you" not in olga.get("/profile").content.decode()


def test_many_newcomers_are_listed_in_as_few_questions_as_one(cast: Cast, admin: Client) -> None:
    counts = []
    for member in (cast.olga, cast.ivan, cast.lev):
        until = (datetime.now(UTC) + 20 * DAY).date()
        give_mentor(member, cast.admin, until=until, by=SYSTEM, at=datetime.now(UTC))
        with CaptureQueriesContext(connection) as asked:
            admin.get("/settings/mastery")
        counts.append(len(asked))
    assert counts[1] == counts[2]


def test_nobody_is_their_own_mentor_nor_has_one_who_is_gone(cast: Cast) -> None:
    until = cast.at.date() + DAY
    with pytest.raises(NotAMentor):
        give_mentor(cast.olga, cast.olga, until=until, by=SYSTEM, at=cast.at)
    with pytest.raises(AlreadyPast):
        give_mentor(cast.olga, cast.ivan, until=cast.at.date(), by=SYSTEM, at=cast.at)
    row = give_mentor(cast.olga, cast.ivan, until=until, by=SYSTEM, at=cast.at)
    assert list(Mentoring.objects.on(cast.at.date())) == [row]
    assert not Mentoring.objects.on(until).exists()
    dismiss(cast.ivan, by=SYSTEM, at=cast.at)
    assert not Mentoring.objects.on(cast.at.date()).exists()
    cast.ivan.user.refresh_from_db()
    with pytest.raises(NotAMentor):
        give_mentor(cast.olga, cast.ivan, until=until, by=SYSTEM, at=cast.at)
    end_mentoring(cast.olga, by=SYSTEM, at=cast.at)
    end_mentoring(cast.olga, by=SYSTEM, at=cast.at)


def test_only_the_newcomer_ticks(cast: Cast) -> None:
    article = published(cast).article
    (lesson,) = set_lessons(cast.olga, [article], by=SYSTEM, at=cast.at)
    with pytest.raises(NotEntitled):
        tick(lesson, is_read=True, by=cast.actor(cast.ivan), at=cast.at)
    assert tick(lesson, is_read=True, by=cast.actor(cast.olga), at=cast.at).read_at == cast.at
    assert tick(lesson, is_read=False, by=cast.actor(cast.olga), at=cast.at).read_at is None


def test_who_has_no_path_sees_none(cast: Cast) -> None:
    assert "Your first steps" not in seated(cast.ivan).get("/profile").content.decode()
