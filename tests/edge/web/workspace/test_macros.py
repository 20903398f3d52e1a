"""Macros on a ticket's page: listed, tried out, applied, undone, told in the timeline."""

import json

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.desk.macros.writing import MacroText, write_macro
from ambidesk.support.desk.models import Macro
from ambidesk.support.tickets.closing import close
from tests.cast import Cast
from tests.edge.web.conftest import know_hosts
from tests.edge.web.workspace.conftest import HTMX, at_most, seated, text_of, told


def made(cast: Cast, **more: object) -> Macro:
    steps = [
        {"action": "tickets.take"},
        {"action": "tickets.prioritise", "parameters": {"priority": 4}},
        {"action": "tickets.note", "parameters": {"text": "Call the carrier"}},
    ]
    said = MacroText(**{"name": "Lost parcel", "steps": steps, **more})
    return write_macro(None, said, by=cast.actor(cast.admin), at=cast.at)


def test_the_list_holds_what_fits_the_ticket_and_says_what_it_does(
    olga: Client, cast: Cast
) -> None:
    ticket = cast.ticket()
    made(cast)
    made(cast, name="For lifts only", brand=cast.lifts)
    shown = text_of(olga.get(f"/tickets/{ticket.number}/macros", headers=HTMX))
    assert "Lost parcel" in shown
    assert "Set the priority: Urgent" in shown
    assert "For lifts only" not in shown


def test_a_list_of_many_macros_asks_as_few_questions_as_one_of_few(
    olga: Client, cast: Cast
) -> None:
    ticket, colleague = cast.ticket(), {"assignee_id": cast.ivan.pk}
    give = [{"action": "tickets.give", "parameters": colleague}]
    olga.get(f"/tickets/{ticket.number}")
    asked = []
    for number in (1, 8):
        for place in range(number):
            made(cast, name=f"Give {number} {place}", steps=give)
        know_hosts()
        with CaptureQueriesContext(connection) as queries:
            shown = text_of(olga.get(f"/tickets/{ticket.number}/macros", headers=HTMX))
        asked.append(len(queries))
    assert shown.count("Give to a colleague: Ivan Ilyin") == 9
    assert asked[0] == asked[1]


def test_a_preview_shows_each_difference_and_changes_nothing(olga: Client, cast: Cast) -> None:
    ticket, macro = cast.ticket(), made(cast)
    address = f"/tickets/{ticket.number}/macros/{macro.pk}"
    shown = text_of(olga.post(f"{address}/preview", headers=HTMX))
    assert "Normal" in shown
    assert "Urgent" in shown
    assert "Olga Orlova" in shown
    assert "Call the carrier" in shown
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.assignee) == (2, None)
    close(ticket, by=SYSTEM, at=cast.at)
    refused = text_of(olga.post(f"{address}/preview", headers=HTMX))
    assert "is closed" in refused
    assert 'type="submit"' not in refused


def test_applying_changes_the_ticket_says_so_once_and_offers_to_undo_it(
    olga: Client, cast: Cast
) -> None:
    ticket, macro = cast.ticket(), made(cast)
    answer = olga.post(f"/tickets/{ticket.number}/macros/{macro.pk}", headers=HTMX)
    toast = told(answer)["toast"]
    assert toast["message"] == "Lost parcel"
    page = text_of(answer)
    assert "applied the macro “Lost parcel”" in page
    assert "set the priority" not in page
    undone = olga.post(toast["undo_url"], headers=HTMX)
    assert told(undone)["toast"]["message"] == "Undone"
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.assignee) == (2, None)
    page = text_of(olga.get(f"/tickets/{ticket.number}"))
    assert "undid the macro “Lost parcel”" in page


def test_a_macro_of_another_brand_is_not_there(olga: Client, cast: Cast) -> None:
    ticket = cast.ticket()
    foreign = made(cast, name="For lifts only", brand=cast.lifts)
    for end in ("", "/preview"):
        answer = olga.post(f"/tickets/{ticket.number}/macros/{foreign.pk}{end}", headers=HTMX)
        assert answer.status_code == 404


def test_a_macro_is_put_together_in_the_settings(cast: Cast) -> None:
    admin = seated(cast.admin)
    page = text_of(admin.get("/settings/macros/new"))
    assert 'id="step-actions"' in page
    steps = [{"action": "tickets.tag", "parameters": {"add_ids": ["vip"]}}]
    form = {"name": "Vip", "steps": json.dumps(steps)}
    wrong = admin.post("/settings/macros/new", form)
    assert wrong.status_code == 422
    assert "does not take these parameters: add_ids" in text_of(wrong)
    # Nothing that was put together is lost.
    assert "tickets.tag" in text_of(wrong)
    form["steps"] = json.dumps([{"action": "tickets.solve"}])
    assert admin.post("/settings/macros/new", form).status_code == 303
    assert "Solve" in text_of(admin.get("/settings/macros/"))
    assert admin.get(f"/settings/macros/{Macro.objects.get().pk}").status_code == 200


def test_trying_out_asks_a_bounded_number_of_questions(olga: Client, cast: Cast) -> None:
    ticket, macro = cast.ticket(), made(cast)
    with at_most(60):
        olga.post(f"/tickets/{ticket.number}/macros/{macro.pk}/preview", headers=HTMX)
