"""Custom fields of tickets over the API: typed both ways, refused by name, all or none."""

from ambidesk.ground.fields.defining import Choice, Wanted, define
from ambidesk.ground.fields.rules.spec import Kind, Limits, Texts
from ambidesk.ground.reach.actor import SYSTEM
from tests.cast import Cast
from tests.edge.api.machines import Machine


def field(cast: Cast, kind: Kind, *choices: str, limits: Limits | None = None) -> int:
    """Define a field."""
    wanted = Wanted(
        kind=kind,
        label=Texts(en=kind.value),
        limits=limits or Limits(),
        choices=tuple(Choice(label=Texts(en=each)) for each in choices),
    )
    return define(None, wanted=wanted, by=SYSTEM, at=cast.at).pk


def test_every_kind_is_written_and_read_as_it_is(cast: Cast, shop: Machine) -> None:
    path = f"tickets/{cast.ticket().number}"
    choice = field(cast, Kind.SEVERAL, "Red", "Blue")
    options = [each["id"] for each in shop.get(f"fields/{choice}").body["choices"]]
    values: dict[int, object] = {
        field(cast, Kind.TEXT): "hall",
        field(cast, Kind.WHOLE): "3",
        field(cast, Kind.DECIMAL): "3.25",
        field(cast, Kind.YES): False,
        field(cast, Kind.DAY): "2026-11-26",
        field(cast, Kind.INSTANT): "2026-11-26T10:00:00+00:00",
        choice: options,
    }
    wanted = [{"field_id": key, "value": value} for key, value in values.items()]
    said = shop.ask("PATCH", f"{path}/fields", {"fields": wanted})
    assert said.status == 200, said.body
    assert {each["field_id"]: each["value"] for each in said.body["items"]} == values
    assert shop.get(f"{path}/fields").body == said.body
    assert shop.get(path).body["fields"] == said.body["items"]
    one = wanted[0]["field_id"]
    emptied = shop.patch(f"{path}/fields", {"fields": [{"field_id": one, "value": None}]})
    assert one not in [each["field_id"] for each in emptied.body["items"]]


def test_what_does_not_fit_is_refused_by_its_field_and_nothing_is_filled(
    cast: Cast, shop: Machine, lifts: Machine
) -> None:
    path = f"tickets/{cast.ticket().number}/fields"
    word, floor = field(cast, Kind.TEXT), field(cast, Kind.WHOLE)
    good = {"field_id": word, "value": "hall"}
    for wrong in ("high", 1.5, True, [1]):
        said = shop.patch(path, {"fields": [good, {"field_id": floor, "value": wrong}]})
        assert (said.status, said.body["field"]) == (422, f"field_{floor}"), wrong
    unknown = shop.patch(path, {"fields": [{"field_id": 987_654, "value": "x"}]})
    assert (unknown.status, unknown.body["code"]) == (422, "no-such-field")
    assert shop.get(path).body["items"] == []
    assert lifts.get(path).status == 404


def test_a_person_is_named_by_an_id_that_the_key_sees(cast: Cast, shop: Machine) -> None:
    ticket = cast.ticket()
    foreign = cast.ticket(channel=cast.lift_mail, sender=cast.boris).requester
    who = field(cast, Kind.PERSON)
    assert shop.get(f"fields/{who}").body["is_public"] is False
    path = f"tickets/{ticket.number}/fields"
    anna = {"field_id": who, "value": ticket.requester_id}
    assert shop.patch(path, {"fields": [anna]}).body["items"] == [anna]
    for wrong in (foreign.pk, "Boris", 987_654):
        said = shop.patch(path, {"fields": [{"field_id": who, "value": wrong}]})
        assert (said.status, said.body["field"]) == (422, f"field_{who}"), wrong
    assert shop.get(path).body["items"] == [anna]
