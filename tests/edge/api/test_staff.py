"""Absences and levels of skills over the API."""

from datetime import UTC, datetime, timedelta

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.absenting import Leave, enter_absence
from ambidesk.parties.staff.mastering import name_skill
from ambidesk.parties.staff.models import Absence, AbsenceKind, Mastery
from tests.cast import Cast
from tests.edge.api.machines import Machine, issued

NOW = datetime.now(UTC)


def days(first: int, last: int) -> dict[str, str]:
    """From the first of so many days until the other."""
    starts, ends = (NOW + timedelta(days=each) for each in (first, last))
    return {"starts_at": starts.isoformat(), "ends_at": ends.isoformat()}


def test_an_absence_is_entered_changed_and_withdrawn(cast: Cast, shop: Machine) -> None:
    said = {"member_id": cast.olga.pk, "deputy_id": cast.ivan.pk, "kind": "illness", "note": "Flu"}
    made = shop.post("absences", {**said, **days(1, 3)})
    assert made.status == 201
    assert (made.body["kind"], made.body["note"], made.body["work"]) == ("illness", "Flu", "stays")
    path = f"absences/{made.body['id']}"
    changed = shop.put(path, {"kind": "holiday", "work": "team", **days(2, 5)})
    assert (changed.body["kind"], changed.body["work"]) == ("holiday", "team")
    assert changed.body["deputy_id"] is None
    listed = shop.get(f"absences?member_id={cast.olga.pk}")
    assert [each["id"] for each in listed.body["items"]] == [made.body["id"]]
    assert shop.delete(path).status == 204
    assert not Absence.objects.exists()


def test_one_who_stands_in_for_themselves_is_refused_by_its_field(
    cast: Cast, shop: Machine
) -> None:
    said = {"member_id": cast.olga.pk, "deputy_id": cast.olga.pk, **days(1, 3)}
    assert shop.post("absences", said).status == 422
    assert shop.post("absences", {"member_id": cast.olga.pk, **days(3, 1)}).status == 422
    assert not Absence.objects.exists()


def test_why_somebody_is_away_is_told_to_those_who_keep_absences_only(cast: Cast) -> None:
    leave = Leave(
        kind=AbsenceKind.ILLNESS,
        starts_at=NOW + timedelta(days=1),
        ends_at=NOW + timedelta(days=3),
        note="Flu",
    )
    row = enter_absence(cast.olga, leave, by=SYSTEM, at=NOW)
    reader = Machine(token=issued(["tickets:read"], brands=[cast.shop.pk], at=cast.at).token)
    shown = reader.get(f"absences/{row.pk}").body
    assert (shown["member_id"], shown["kind"], shown["note"]) == (cast.olga.pk, None, None)
    said = {"member_id": cast.olga.pk, **days(5, 6)}
    assert reader.post("absences", said).status == 403


def test_absences_of_another_brands_colleagues_are_not_there(cast: Cast, shop: Machine) -> None:
    leave = Leave(
        kind=AbsenceKind.HOLIDAY,
        starts_at=NOW + timedelta(days=1),
        ends_at=NOW + timedelta(days=3),
    )
    row = enter_absence(cast.lev, leave, by=SYSTEM, at=NOW)
    assert shop.get(f"absences/{row.pk}").status == 404
    assert shop.get("absences").body["items"] == []
    assert shop.delete(f"absences/{row.pk}").status == 404
    assert shop.post("absences", {"member_id": cast.lev.pk, **days(5, 6)}).status == 422


def test_a_level_is_set_and_taken_without_touching_others(cast: Cast, shop: Machine) -> None:
    skill = name_skill(None, name="Glass", members=[cast.olga], by=SYSTEM, at=cast.at)
    every = Machine(token=issued(at=cast.at).token)
    path = f"skills/{skill.pk}/masteries/{cast.ivan.pk}"
    rated = every.put(path, {"level": 3}).body
    levels = {each["member_id"]: each["level"] for each in rated["masteries"]}
    assert levels == {cast.olga.pk: 2, cast.ivan.pk: 3}
    assert every.put(path, {"level": 4}).status == 422
    assert every.delete(path).body["member_ids"] == [cast.olga.pk]
    assert shop.put(path, {"level": 1}).status in {403, 404}
    assert not Mastery.objects.filter(member=cast.ivan).exists()
