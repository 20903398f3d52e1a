"""Macros: what they are made of, who may use them, tried out, applied whole, and undone."""

from datetime import timedelta

import pytest

from ambidesk.ground.fields.defining import Choice, Wanted, archive, define
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.refusals import NotAnOption
from ambidesk.ground.fields.rules.spec import Kind, Texts
from ambidesk.ground.kernel.actions import UnknownAction, WrongParameters
from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.granting import grant
from ambidesk.ground.reach.models import Role
from ambidesk.service.catalogue.models import Tag
from ambidesk.support.conversations.models import Delivery, Message
from ambidesk.support.desk.batches.beginning import MacroGone, StepRefused, apply_macro
from ambidesk.support.desk.batches.ending import NothingToUndo, undo
from ambidesk.support.desk.macros.choosing import macros_for
from ambidesk.support.desk.macros.previewing import preview
from ambidesk.support.desk.macros.writing import (
    MacroNameTaken,
    MacroNeedsName,
    MacroText,
    archive_macro,
    write_macro,
)
from ambidesk.support.desk.models import Batch, ItemState, Macro
from ambidesk.support.desk.steps import step
from ambidesk.support.desk.steps.words import editor_of, in_words
from ambidesk.support.tickets.closing import close
from ambidesk.support.tickets.describing import prioritise, tag
from ambidesk.support.tickets.filling import NoSuchField, answers_of
from ambidesk.support.tickets.models import Note, Priority, Ticket
from ambidesk.support.tickets.snapshots import snapshot_many
from tests.cast import Cast


def made(cast: Cast, *steps: dict[str, object], **more: object) -> Macro:
    """A macro of the administrator."""
    said = MacroText(**{"name": "Late parcel", "steps": list(steps), **more})
    return write_macro(None, said, by=cast.actor(cast.admin), at=cast.at)


def do(action: str, **parameters: object) -> dict[str, object]:
    """A step as the editor sends it."""
    return {"action": action, "parameters": parameters}


def late(cast: Cast) -> Macro:
    """A macro that takes, tags, notes, answers and solves."""
    vip = Tag.objects.create(name="late")
    return made(
        cast,
        do("tickets.take"),
        do("tickets.tag", add_ids=[vip.pk]),
        do("tickets.prioritise", priority=3),
        do("tickets.note", text="Told the carrier"),
        do("desk.say", text="Dear {{requester.name}}, it is on its way."),
        do("tickets.solve"),
    )


def test_a_macro_does_all_of_its_steps_under_one_entry_that_names_it(cast: Cast) -> None:
    ticket, macro = cast.ticket(), late(cast)
    batch = apply_macro(macro, ticket, by=cast.actor(cast.olga), at=cast.at)
    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.priority, ticket.state) == (cast.olga, 3, "solved")
    assert ticket.taggings.get().tag.name == "late"
    assert Note.objects.get(ticket=ticket).text == "Told the carrier"
    said = Message.objects.order_by("pk").last()
    assert said is not None
    assert said.text == "Dear Anna Petrova, it is on its way."
    entries = entries_of("ticket", ticket.pk)
    applied = entries[-1]
    assert applied.kind == "desk.macro_applied"
    assert (applied.data["macro_id"], applied.data["batch_id"]) == (macro.pk, batch.pk)
    # It gathers all that it made, and nothing else.
    assert applied.data["sequences"] == [each.position.sequence for each in entries[1:-1]]
    macro.refresh_from_db()
    assert macro.used_times == 1


def test_where_one_step_is_refused_nothing_is_changed(cast: Cast) -> None:
    ticket = cast.ticket()
    macro = made(cast, do("tickets.prioritise", priority=4), do("tickets.reopen"))
    with pytest.raises(StepRefused, match="is open already"):
        apply_macro(macro, ticket, by=cast.actor(cast.olga), at=cast.at)
    ticket.refresh_from_db()
    assert ticket.priority == Priority.NORMAL
    assert not Batch.objects.exists()
    assert [each.kind for each in entries_of("ticket", ticket.pk)] == ["tickets.opened"]


def test_undoing_a_macro_brings_the_ticket_back_to_what_it_was(cast: Cast) -> None:
    ticket = cast.ticket()
    old = Tag.objects.create(name="old")
    tag(ticket, add=[old], by=SYSTEM, at=cast.at)
    before = snapshot_many([ticket.pk])[ticket.pk]
    olga = cast.actor(cast.olga)
    batch = apply_macro(late(cast), ticket, by=olga, at=cast.at)
    undo(batch, by=olga, at=cast.at + timedelta(seconds=5))
    after = snapshot_many([ticket.pk])[ticket.pk]
    # The note stays: nobody unsays what a colleague may have read.
    assert before.changed(after) == {"last_note"}
    assert Delivery.objects.get().state == "withdrawn"
    assert entries_of("ticket", ticket.pk)[-1].data["undone"]
    with pytest.raises(NothingToUndo):
        undo(batch, by=olga, at=cast.at)


def test_what_somebody_changed_since_is_not_undone(cast: Cast) -> None:
    ticket, olga = cast.ticket(), cast.actor(cast.olga)
    batch = apply_macro(
        made(cast, do("tickets.prioritise", priority=4)), ticket, by=olga, at=cast.at
    )
    prioritise(ticket, priority=Priority.LOW, by=cast.actor(cast.ivan), at=cast.at)
    undo(batch, by=olga, at=cast.at)
    ticket.refresh_from_db()
    assert ticket.priority == Priority.LOW
    item = batch.items.get()
    assert (item.state, item.refusal) == (
        ItemState.STAYS,
        f"Ticket #{ticket.number} was changed since.",
    )


def test_an_answer_that_has_left_stays_and_the_rest_is_undone(cast: Cast) -> None:
    ticket, olga = cast.ticket(), cast.actor(cast.olga)
    batch = apply_macro(late(cast), ticket, by=olga, at=cast.at)
    Delivery.objects.update(state="sent")
    undo(batch, by=olga, at=cast.at)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.assignee) == ("new", None)
    assert Delivery.objects.get().state == "sent"


def test_a_preview_says_what_would_be_and_changes_nothing(cast: Cast) -> None:
    ticket = cast.ticket()
    before = snapshot_many([ticket.pk])[ticket.pk]
    shown = preview(late(cast), ticket, by=cast.actor(cast.olga), at=cast.at)
    assert shown.before == before
    assert shown.after is not None
    assert (shown.after.state, shown.after.assignee_id) == ("solved", cast.olga.pk)
    assert shown.said == ("Dear Anna Petrova, it is on its way.",)
    assert shown.noted == ("Told the carrier",)
    assert snapshot_many([ticket.pk])[ticket.pk] == before
    assert not Note.objects.exists()
    close(ticket, by=SYSTEM, at=cast.at)
    assert "closed" in preview(late_of(), ticket, by=cast.actor(cast.olga), at=cast.at).refusal


def late_of() -> Macro:
    return Macro.objects.get(name="Late parcel")


def test_macros_are_of_a_brand_and_a_team_the_most_used_first(cast: Cast) -> None:
    wake = do("tickets.solve")
    made(cast, wake, name="Everybody's")
    made(cast, wake, name="The shop's", brand=cast.shop)
    made(cast, wake, name="The lift team's", team=cast.lift_team)
    Macro.objects.filter(name="The shop's").update(used_times=3)
    olga = cast.actor(cast.olga)
    names = [each.name for each in macros_for([cast.shop.pk], by=olga)]
    assert names == ["The shop's", "Everybody's"]
    assert [each.name for each in macros_for([cast.lifts.pk], by=cast.actor(cast.lev))] == [
        "Everybody's",
        "The lift team's",
    ]
    both = macros_for([cast.shop.pk, cast.lifts.pk], by=cast.actor(cast.admin))
    assert [each.name for each in both] == ["Everybody's"]


@pytest.mark.parametrize(
    "wrong, refusal",
    [
        ({"name": " "}, MacroNeedsName),
        ({"name": "Taken"}, MacroNameTaken),
        ({"steps": []}, step.NoSteps),
        ({"steps": "all"}, step.NotSteps),
        ({"steps": [do("tickets.solve")] * 21}, step.TooManySteps),
        ({"steps": [{"action": "tickets.solve", "code": "rm"}]}, step.NotSteps),
        ({"steps": [do("os.system", text="rm")]}, UnknownAction),
        ({"steps": [do("tickets.prioritise", priority="top")]}, WrongParameters),
    ],
)
def test_a_macro_that_makes_no_sense_is_refused(cast: Cast, wrong, refusal) -> None:
    made(cast, do("tickets.solve"), name="Taken")
    said = MacroText(**{"name": "New", "steps": [do("tickets.solve")], **wrong})
    with pytest.raises(refusal):
        write_macro(None, said, by=cast.actor(cast.admin), at=cast.at)


def test_nobody_does_by_a_macro_what_they_may_not_do_by_hand(cast: Cast) -> None:
    ticket, macro = cast.ticket(), late(cast)
    grant(cast.olga.user, [Role.objects.get(key="reader")], by=SYSTEM, at=cast.at)
    with pytest.raises(step.MayNotStep, match="Take it oneself"):
        apply_macro(macro, ticket, by=cast.actor(cast.olga), at=cast.at)
    foreign = cast.ticket(channel=cast.lift_mail)
    with pytest.raises(StepRefused, match="not there any more"):
        apply_macro(macro, foreign, by=cast.actor(cast.ivan), at=cast.at)


def test_an_archived_macro_is_not_applied(cast: Cast) -> None:
    ticket, macro = cast.ticket(), late(cast)
    archive_macro(macro, by=cast.actor(cast.admin), at=cast.at)
    macro.refresh_from_db()
    with pytest.raises(MacroGone):
        apply_macro(macro, ticket, by=cast.actor(cast.olga), at=cast.at)
    assert not macros_for([cast.shop.pk], by=cast.actor(cast.olga)).exists()


def test_each_action_that_is_offered_can_be_edited_and_told(cast: Cast) -> None:
    tagged = Tag.objects.create(name="vip")
    described = {each["name"]: each for each in editor_of()}
    assert "tickets.merge" not in described
    (tags, off) = described["tickets.tag"]["parameters"]
    assert (tags["many"], tags["options"][0]["label"], off["label"]) == (True, "vip", "Take off")
    wait = described["tickets.wait"]["parameters"][0]
    assert "closed" not in {each["value"] for each in wait["options"]}
    told = step.Step(action="tickets.tag", parameters={"add_ids": [tagged.pk, 10**6]})
    assert in_words([told]) == "Put tags on or take them off: +vip, +?"
    assert in_words([step.Step(action="gone.action")]) == "There is no action “gone.action”."
    said = step.Step(action="desk.say", parameters={"text": "Dear {{ requester.name }}, {{no}}"})
    assert in_words([said]) == "Answer in own words: Dear ‹requester's name›, ‹no›"


def test_every_ticket_of_the_test_is_left_in_peace(cast: Cast) -> None:
    other, ticket = cast.ticket(), cast.ticket()
    apply_macro(late(cast), ticket, by=cast.actor(cast.olga), at=cast.at)
    other.refresh_from_db()
    assert Ticket.objects.get(pk=other.pk).state == "new"


def _room(cast: Cast) -> Definition:
    names = ("Kitchen", "Cellar")
    choices = tuple(Choice(label=Texts(en=each)) for each in names)
    wanted = Wanted(kind=Kind.CHOICE, label=Texts(en="Room"), choices=choices)
    return define(None, wanted=wanted, by=SYSTEM, at=cast.at)


def test_a_macro_fills_a_field_and_its_undo_empties_it(cast: Cast) -> None:
    ticket, room = cast.ticket(), _room(cast)
    cellar = room.spec.options[1].id
    macro = made(cast, do("tickets.fill", field_id=room.pk, given=[str(cellar)]))
    assert in_words(step.kept_steps(macro.steps)) == "Fill in a field: Room, Cellar"
    batch = apply_macro(macro, ticket, by=cast.actor(cast.olga), at=cast.at)
    assert answers_of([ticket.pk])[ticket.pk] == {room.pk: (cellar,)}
    undo(batch, by=cast.actor(cast.olga), at=cast.at)
    assert answers_of([ticket.pk])[ticket.pk] == {}
    given = next(e for e in editor_of() if e["name"] == "tickets.fill")["parameters"][1]
    offered = [each["label"] for each in given["controls"][room.pk]["options"]]
    assert offered == ["Kitchen", "Cellar"]


def test_a_macro_that_could_never_fill_its_field_is_refused_when_it_is_written(
    cast: Cast,
) -> None:
    room = _room(cast)
    with pytest.raises(NotAnOption):
        made(cast, do("tickets.fill", field_id=room.pk, given=["7"]))
    with pytest.raises(NoSuchField):
        made(cast, do("tickets.fill", field_id=10**6, given=["7"]))
    cellar = str(room.spec.options[1].id)
    macro = made(cast, do("tickets.fill", field_id=room.pk, given=[cellar]))
    archive(room, by=SYSTEM, at=cast.at)
    tried = preview(macro, cast.ticket(), by=cast.actor(cast.olga), at=cast.at)
    assert tried.refusal == "This field is not in use any more."
