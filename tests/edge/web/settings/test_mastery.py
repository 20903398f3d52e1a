"""The table of who can what, how well, and what hangs on one colleague."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.absenting import Leave, enter_absence
from ambidesk.parties.staff.mastering import name_skill, rate
from ambidesk.parties.staff.models import AbsenceKind, Level, Mastery, Skill
from ambidesk.support.routing.arranging import arrange_needs
from ambidesk.support.routing.risking import risks
from tests.cast import Cast


def _levels(skill: Skill) -> dict[int, int]:
    return dict(Mastery.objects.filter(skill=skill).values_list("member", "level"))


def test_what_is_set_is_kept_and_what_is_not_shown_stays(cast: Cast, admin: Client) -> None:
    parcels = name_skill(None, name="Parcels", members=[cast.olga], by=SYSTEM, at=cast.at)
    french = name_skill(None, name="French", members=[cast.olga], by=SYSTEM, at=cast.at)
    page = admin.get("/settings/mastery").content.decode()
    assert f'value="{cast.olga.pk}:{parcels.pk}:2" title="works alone" selected' in page
    said = {
        "skill": [parcels.pk],
        "member": [cast.ivan.pk],
        "level": [f"{cast.ivan.pk}:{parcels.pk}:3", f"{cast.ivan.pk}:{french.pk}:1"],
    }
    assert admin.post("/settings/mastery", said).status_code == 303
    assert _levels(parcels) == {cast.olga.pk: 2, cast.ivan.pk: 3}
    assert _levels(french) == {cast.olga.pk: 2}
    admin.post("/settings/mastery", {"skill": [parcels.pk], "member": [cast.ivan.pk]})
    assert _levels(parcels) == {cast.olga.pk: 2}


def test_the_form_of_a_skill_leaves_levels_as_they_are(cast: Cast) -> None:
    skill = name_skill(None, name="Parcels", members=[cast.olga], by=SYSTEM, at=cast.at)
    rate(skill, {cast.olga.pk: Level.TEACHES}, by=SYSTEM, at=cast.at)
    name_skill(skill, name="Post", members=[cast.olga, cast.ivan], by=SYSTEM, at=cast.at)
    assert _levels(skill) == {cast.olga.pk: 3, cast.ivan.pk: 2}


def test_a_search_finds_people_and_skills(cast: Cast, admin: Client) -> None:
    for name in ("Parcels", "French"):
        name_skill(None, name=name, members=[cast.olga], by=SYSTEM, at=cast.at)
    by_person = admin.get("/settings/mastery?q=ivan").content.decode()
    assert "Ivan Ilyin: Parcels" in by_person
    assert "Olga Orlova: Parcels" not in by_person
    by_skill = admin.get("/settings/mastery?q=fren").content.decode()
    assert "Olga Orlova: French" in by_skill
    assert "Olga Orlova: Parcels" not in by_skill
    assert by_skill.index("Olga Orlova: French") < by_skill.index("Ivan Ilyin: French")
    assert "Nobody and nothing is called" in admin.get("/settings/mastery?q=zzz").content.decode()


def test_what_hangs_on_one_colleague_says_how_much_open_work_needs_it(
    cast: Cast, admin: Client
) -> None:
    now = datetime.now(UTC)
    skill = name_skill(None, name="Returns", members=[cast.olga], by=SYSTEM, at=cast.at)
    about = {"field": "subject", "operator": "contains", "value": "return"}
    arrange_needs(skill, [about], by=SYSTEM, at=cast.at)
    for subject in ("My return", "A return", "Parcel"):
        cast.ticket(subject=subject)
    leave = Leave(kind=AbsenceKind.HOLIDAY, starts_at=now, ends_at=now + timedelta(days=9))
    enter_absence(cast.olga, leave, by=SYSTEM, at=now)
    page = admin.get("/settings/mastery").content.decode()
    assert "only Olga Orlova" in page
    assert "2 open tickets need it" in page
    assert "away until" in page
    # A reader counts what they see.
    (risk,) = risks(by=cast.actor(cast.lev), at=now)
    assert risk.needing == 0
    rate(skill, {cast.ivan.pk: Level.LEARNS}, by=SYSTEM, at=now)
    (risk,) = risks(by=cast.actor(cast.olga), at=now)
    assert (risk.needing, risk.learners) == (2, 1)
    rate(skill, {cast.ivan.pk: Level.ALONE}, by=SYSTEM, at=now)
    assert risks(by=cast.actor(cast.olga), at=now) == ()


def test_the_table_asks_no_more_for_more_people_and_skills(
    cast: Cast, admin: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def make(name: str) -> None:
        name_skill(None, name=name, members=[cast.olga, cast.ivan], by=SYSTEM, at=cast.at)

    make("First")
    admin.get("/settings/mastery")
    with CaptureQueriesContext(connection) as few:
        admin.get("/settings/mastery")
    for name in ("Second", "Third"):
        make(name)
    with django_assert_num_queries(len(few)):
        admin.get("/settings/mastery")
