"""The screens of absences: entered, seen by others without the reason, ended."""

from datetime import UTC, datetime, timedelta

from django.test import Client

from ambidesk.parties.staff.models import Absence
from tests.cast import Cast


def _said(cast: Cast, **more: object) -> dict[str, object]:
    today = datetime.now(UTC).date()
    said: dict[str, object] = {
        "member": cast.olga.pk,
        "kind": "illness",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=2)).isoformat(),
        "deputy": cast.ivan.pk,
        "work": "stays",
        "note": "At home",
    }
    return said | more


def test_an_absence_is_entered_seen_by_colleagues_without_its_reason_and_ended(
    cast: Cast, admin: Client
) -> None:
    olga, ivan = Client(), Client()
    olga.force_login(cast.olga.user)
    ivan.force_login(cast.ivan.user)
    assert olga.post("/settings/absences/new", _said(cast)).status_code == 303
    row = Absence.objects.get()
    assert row.ends_at - row.starts_at == timedelta(days=3)
    seen = ivan.get("/settings/absences/").content.decode()
    assert "Olga Orlova" in seen
    assert "Ivan Ilyin stands in" in seen
    assert "Illness" not in seen
    assert ivan.get(f"/settings/absences/{row.pk}").status_code == 404
    assert "Illness" in admin.get("/settings/absences/").content.decode()
    assert "At home" in olga.get(f"/settings/absences/{row.pk}").content.decode()
    olga.post(f"/settings/absences/{row.pk}/end")
    assert Absence.objects.get().ends_at <= datetime.now(UTC)


def test_what_is_refused_stands_beside_its_field_and_nobody_speaks_for_others(cast: Cast) -> None:
    olga = Client()
    olga.force_login(cast.olga.user)
    answer = olga.post("/settings/absences/new", _said(cast, deputy=cast.olga.pk))
    assert answer.status_code == 422
    assert "nobody stands in for themselves" in answer.content.decode()
    assert olga.post("/settings/absences/new", _said(cast, member=cast.ivan.pk)).status_code == 422
    assert not Absence.objects.exists()


def test_days_that_no_calendar_holds_are_refused(cast: Cast) -> None:
    olga = Client()
    olga.force_login(cast.olga.user)
    for days in ({"ends_on": "9999-12-31"}, {"starts_on": "0001-01-01"}):
        assert olga.post("/settings/absences/new", _said(cast, **days)).status_code == 422
    assert not Absence.objects.exists()


def test_the_days_of_an_absence_stand_in_its_russian_form_too(cast: Cast) -> None:
    olga = Client(headers={"accept-language": "ru"})
    olga.force_login(cast.olga.user)
    said = _said(cast)
    olga.post("/settings/absences/new", said)
    shown = olga.get(f"/settings/absences/{Absence.objects.get().pk}").content.decode()
    assert '<html lang="ru"' in shown
    assert f'value="{said["starts_on"]}"' in shown
    assert f'value="{said["ends_on"]}"' in shown
