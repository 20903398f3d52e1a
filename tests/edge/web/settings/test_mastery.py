"""The table of who can what."""

from django.test import Client

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.mastering import name_skill
from ambidesk.parties.staff.models import Mastery, Skill
from tests.cast import Cast


def _has(skill: Skill) -> set[int]:
    return set(Mastery.objects.filter(skill=skill).values_list("member", flat=True))


def test_what_is_marked_is_had_and_what_is_not_shown_stays(cast: Cast, admin: Client) -> None:
    parcels = name_skill(None, name="Parcels", members=[cast.olga], by=SYSTEM, at=cast.at)
    french = name_skill(None, name="French", members=[cast.olga], by=SYSTEM, at=cast.at)
    page = admin.get("/settings/mastery").content.decode()
    assert f'value="{cast.olga.pk}:{parcels.pk}" checked' in page
    said = {
        "skill": [parcels.pk],
        "member": [cast.ivan.pk],
        "has": [f"{cast.ivan.pk}:{parcels.pk}", f"{cast.ivan.pk}:{french.pk}"],
    }
    assert admin.post("/settings/mastery", said).status_code == 303
    assert _has(parcels) == {cast.olga.pk, cast.ivan.pk}
    assert _has(french) == {cast.olga.pk}
    admin.post("/settings/mastery", {"skill": [parcels.pk], "member": [cast.ivan.pk]})
    assert _has(parcels) == {cast.olga.pk}
