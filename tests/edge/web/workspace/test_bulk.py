"""Many tickets from the list: what is asked for, what is told, what refused, and the undo."""

import pytest
from django.test import Client

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.catalogue.models import Tag
from ambidesk.support.desk.batches import beginning
from ambidesk.support.desk.batches.working import work_due
from ambidesk.support.desk.macros.writing import MacroText, write_macro
from ambidesk.support.desk.models import Batch
from ambidesk.support.tickets.closing import close
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.edge.web.workspace.conftest import HTMX, at_most, text_of, told


def test_chosen_tickets_are_changed_together_and_the_toast_undoes_it(
    olga: Client, cast: Cast
) -> None:
    Tag.objects.create(name="late")
    numbers = [cast.ticket().number for _each in range(3)]
    form = {"ticket": numbers[:2], "assignee": "me", "priority": "4", "tag": "Late"}
    toast = told(olga.post("/batches/", form, headers=HTMX))["toast"]
    assert toast["message"] == "2 tickets changed"
    changed = Ticket.objects.filter(assignee=cast.olga, priority=4, taggings__tag__name="late")
    assert sorted(changed.values_list("pk", flat=True)) == numbers[:2]
    assert told(olga.post(toast["undo_url"], headers=HTMX))["toast"]["message"] == "Undone"
    assert not Ticket.objects.filter(priority=4).exists()


def test_refusals_are_listed_ticket_by_ticket(olga: Client, cast: Cast) -> None:
    first, second = cast.ticket(), cast.ticket()
    foreign = cast.ticket(channel=cast.lift_mail)
    close(second, by=SYSTEM, at=cast.at)
    numbers = [first.number, second.number, foreign.number]
    answer = olga.post("/batches/", {"ticket": numbers, "state": "on_hold"}, headers=HTMX)
    shown = text_of(answer)
    assert "1 of 3 tickets changed" in shown
    assert f"Ticket #{second.number} is closed. Reopen it first." in shown
    assert f"Ticket #{foreign.number} is not there any more." in shown
    assert "toast" not in told(answer)


def test_all_of_a_view_go_on_in_the_background_and_can_be_stopped(
    olga: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "AT_ONCE", 2)
    for _each in range(3):
        cast.ticket()
    form = {"all": "1", "view": "unassigned", "priority": "4"}
    shown = text_of(olga.post("/batches/", form, headers=HTMX))
    assert "0 of 3 tickets changed" in shown
    assert "<progress" in shown
    batch = Batch.objects.get()
    stopped = text_of(olga.delete(f"/batches/{batch.pk}", headers=HTMX))
    assert "Stopped" in stopped
    assert work_due(at=cast.at) == 0
    assert "0 of 3" in text_of(olga.get("/batches/"))


def test_a_macro_goes_over_chosen_tickets(olga: Client, cast: Cast) -> None:
    said = MacroText(name="Solve", steps=[{"action": "tickets.solve"}])
    macro = write_macro(None, said, by=cast.actor(cast.admin), at=cast.at)
    numbers = [cast.ticket().number for _each in range(2)]
    assert "Solve" in text_of(olga.get("/batches/choices", headers=HTMX))
    olga.post("/batches/", {"ticket": numbers, "macro": macro.pk}, headers=HTMX)
    assert Ticket.objects.filter(state="solved").count() == 2
    page = text_of(olga.get(f"/tickets/{numbers[0]}"))
    assert "applied the macro “Solve”" in page


@pytest.mark.parametrize(
    "form, status",
    [
        ({"priority": "4"}, 422),
        ({"ticket": [1]}, 422),
        ({"ticket": list(range(1, 102)), "priority": "4"}, 403),
        ({"all": "1", "view": "nobody", "priority": "4"}, 404),
        ({"ticket": [1], "priority": "high"}, 422),
        ({"ticket": [1], "macro": "9"}, 404),
        ({"ticket": [1], "state": "new!"}, 422),
    ],
)
def test_what_makes_no_sense_is_refused(olga: Client, cast: Cast, form, status: int) -> None:
    assert olga.post("/batches/", form, headers=HTMX).status_code == status
    assert not Batch.objects.exists()


def test_a_batch_is_seen_stopped_and_undone_by_its_owner_only(
    olga: Client, ivan: Client, cast: Cast
) -> None:
    numbers = [cast.ticket().number for _each in range(2)]
    olga.post("/batches/", {"ticket": numbers, "priority": "4"}, headers=HTMX)
    address = f"/batches/{Batch.objects.get().pk}"
    assert ivan.get(address).status_code == 404
    assert ivan.delete(address).status_code == 404
    assert ivan.post(f"{address}/undoing").status_code == 404
    assert "2 of 2" in text_of(olga.get(address))


def test_fifty_tickets_are_changed_in_as_few_questions_as_two(olga: Client, cast: Cast) -> None:
    numbers = [cast.ticket().number for _each in range(50)]
    olga.get("/inbox/mine/")
    with at_most(75):
        form = {"ticket": numbers, "assignee": "me", "priority": "4", "state": "on_hold"}
        olga.post("/batches/", form, headers=HTMX)
