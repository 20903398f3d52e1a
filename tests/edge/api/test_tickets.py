"""Tickets over the API: opened, read, listed, changed and answered as on the screens."""

import json
from datetime import timedelta

import pytest

from ambidesk.support.conversations.models import Delivery, Message
from ambidesk.support.tickets.describing import prioritise
from ambidesk.support.tickets.models import Priority, Ticket
from tests.cast import Cast
from tests.edge.api.machines import Machine


def wish(cast: Cast, **more: object) -> dict[str, object]:
    """A body that opens a ticket."""
    requester = {"value": "Anna@Example.org", "name": "Anna"}
    return {"brand_id": cast.shop.pk, "requester": requester, "subject": "Parcel", **more}


def test_a_ticket_opens_with_the_words_of_its_requester(cast: Cast, shop: Machine) -> None:
    said = shop.post("tickets", wish(cast, text="Where is it?", priority="high"))
    assert said.status == 201
    ticket = Ticket.objects.get(pk=said.body["number"])
    assert ticket.requester == cast.anna.person
    assert said.body["priority"] == "high"
    messages = shop.get(f"tickets/{ticket.number}/messages").body["items"]
    assert [m["text"] for m in messages] == ["Where is it?"]


def test_what_is_told_over_the_api_can_be_answered_by_mail(cast: Cast, shop: Machine) -> None:
    number = shop.post("tickets", wish(cast, text="Where is it?")).body["number"]
    said = shop.post(f"tickets/{number}/answers", {"text": "Here."})
    assert said.status == 201
    delivery = Delivery.objects.get(message=said.body["id"])
    assert (delivery.channel, delivery.recipient.value) == (cast.shop_mail, "anna@example.org")


def test_a_hundred_tickets_open_at_once_or_none(cast: Cast, shop: Machine) -> None:
    many = [wish(cast, subject=f"Parcel {n}") for n in range(100)]
    said = shop.post("tickets/bulk", {"tickets": many})
    assert said.status == 201
    assert [each["subject"] for each in said.body["tickets"]] == [m["subject"] for m in many]
    many[50] = wish(cast, brand_id=cast.lifts.pk)
    assert shop.post("tickets/bulk", {"tickets": many}).status == 422
    assert Ticket.objects.count() == 100


def test_a_ticket_of_another_brand_cannot_be_opened(cast: Cast, shop: Machine) -> None:
    said = shop.post("tickets", wish(cast, brand_id=cast.lifts.pk))
    unknown = shop.post("tickets", wish(cast, brand_id=987_654))
    assert said.status == unknown.status == 422
    assert said.body["detail"] == unknown.body["detail"]


def test_unknown_fields_and_parameters_are_refused(cast: Cast, shop: Machine) -> None:
    said = shop.post("tickets", wish(cast, state="closed"))
    assert said.status == 422
    assert said.body["errors"][0]["field"] == "body.body.state"
    assert shop.get("tickets?stat=open").status == 422


def test_lists_go_on_where_they_ended(cast: Cast, shop: Machine) -> None:
    numbers = [cast.ticket(f"{n}").number for n in range(7)]
    found, after = [], ""
    while True:
        page = shop.get(f"tickets?limit=3&after={after}").body
        found += [each["number"] for each in page["items"]]
        if page["next"] is None:
            break
        after = page["next"]
    assert found == sorted(numbers, reverse=True)


@pytest.mark.parametrize("made_up", ["x", "1-2", "WzEsMl0:abc:def"])
def test_a_made_up_cursor_is_no_place(made_up: str, cast: Cast, shop: Machine) -> None:
    assert shop.get(f"tickets?after={made_up}").status == 422


def test_a_condition_cuts_the_list(cast: Cast, shop: Machine) -> None:
    cast.ticket("One")
    other = cast.ticket("Two")
    prioritise(other, priority=Priority.URGENT, by=cast.actor(cast.olga), at=cast.at)
    condition = json.dumps({"field": "priority", "operator": "is", "value": 4})
    said = shop.get(f"tickets?condition={condition}")
    assert said.status == 200, said.body
    assert [each["number"] for each in said.body["items"]] == [other.number]
    assert shop.get('tickets?condition={"field":"secret"}').status == 422


def test_a_change_names_only_what_changes(cast: Cast, shop: Machine) -> None:
    ticket = cast.ticket()
    said = shop.patch(
        f"tickets/{ticket.number}",
        {"assignee_id": cast.olga.pk, "team_id": cast.shop_team.pk, "subject": "New"},
    )
    assert said.status == 200
    assert (said.body["assignee_id"], said.body["subject"]) == (cast.olga.pk, "New")
    freed = shop.patch(f"tickets/{ticket.number}", {"assignee_id": None})
    assert (freed.body["assignee_id"], freed.body["team_id"]) == (None, cast.shop_team.pk)


def test_crossed_changes_are_noticed(cast: Cast, shop: Machine) -> None:
    ticket = cast.ticket()
    path = f"tickets/{ticket.number}"
    mark = shop.get(path).headers["ETag"]
    assert shop.patch(path, {"subject": "First"}, If_Match=mark).status == 200
    late = shop.patch(path, {"subject": "Second"}, If_Match=mark)
    assert (late.status, late.body["code"]) == (412, "changed-meanwhile")
    assert shop.get(path).body["subject"] == "First"


def test_what_the_caller_has_is_not_sent_again(cast: Cast, shop: Machine) -> None:
    path = f"tickets/{cast.ticket().number}"
    mark = shop.get(path).headers["ETag"]
    assert shop.get(path, If_None_Match=mark).status == 304


def test_a_change_that_fails_in_the_middle_changes_nothing(cast: Cast, shop: Machine) -> None:
    ticket = cast.ticket()
    body = {"subject": "New", "team_id": cast.lift_team.pk}
    assert shop.patch(f"tickets/{ticket.number}", body).status == 422
    assert shop.get(f"tickets/{ticket.number}").body["subject"] == ticket.subject


def test_an_answer_goes_to_parties_only_and_can_be_taken_back(cast: Cast, shop: Machine) -> None:
    ticket = cast.ticket()
    path = f"tickets/{ticket.number}/answers"
    assert shop.post(path, {"text": "Hi", "to": [cast.boris.pk]}).status == 422
    said = shop.post(path, {"text": "Hi", "send_after_seconds": 3600})
    assert said.body["deliveries"][0]["state"] == "waiting"
    assert shop.delete(f"{path}/{said.body['id']}").status == 204
    assert Message.objects.get(pk=said.body["id"]).withdrawn_at


def test_refusals_speak_the_language_of_the_caller(cast: Cast, shop: Machine) -> None:
    path = f"tickets/{cast.ticket().number}/notes"
    said = shop.post(path, {"text": "   "}, Accept_Language="ru")
    assert (said.status, said.body["code"]) == (422, "empty-note")
    assert said.body["detail"] == "Сначала напишите текст."


def test_reading_later_is_not_possible_but_sending_later_is(cast: Cast, shop: Machine) -> None:
    ticket = cast.ticket()
    said = shop.post(
        f"tickets/{ticket.number}/answers", {"text": "Tomorrow", "send_after_seconds": 86_400}
    )
    due = Delivery.objects.get(message=said.body["id"])
    assert due.due_at - due.message.sent_at == timedelta(days=1)
