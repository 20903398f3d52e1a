"""Notifications, following, follow-ups and lines on the screen."""

from datetime import UTC, datetime, timedelta

from django.test import Client

from ambidesk.ground.kernel.journal.reading import SELECT, entries_by
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.forming import form_team
from ambidesk.parties.staff.models.team import Line
from ambidesk.support.desk.models import Reminder
from ambidesk.support.desk.reminding import remind_due
from ambidesk.support.notifications.models import OF_STAFF, Notice, Preference
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.noting import note
from ambidesk.support.tickets.telling import KINDS, tell_of
from tests.cast import Cast
from tests.edge.web.workspace.conftest import HTMX, at_most, text_of, told


def told_all(cast: Cast) -> None:
    """Have the journal read by whoever tells people."""
    rows = [each for each in entries_by(f"{SELECT} ORDER BY sequence", []) if each.kind in KINDS]
    tell_of(rows, at=cast.at)


def test_a_mention_stands_on_the_list_and_at_the_bell_until_the_ticket_is_read(
    ivan: Client, cast: Cast
) -> None:
    ticket = cast.ticket(subject="Parcel")
    note(ticket, text="@Ivan Ilyin, look", by=cast.actor(cast.olga), at=cast.at)
    told_all(cast)
    page = text_of(ivan.get("/notices/"))
    assert f"Olga Orlova mentions you on #{ticket.number}" in page
    assert "Parcel" in page
    assert "1 unread notification" in text_of(ivan.get("/notices/count"))
    ivan.post(f"/tickets/{ticket.number}/sight")
    assert "unread" not in text_of(ivan.get("/notices/count"))
    assert "data-unread" not in text_of(ivan.get("/notices/?part=lines"))


def test_many_notices_are_listed_in_few_questions(ivan: Client, cast: Cast) -> None:
    for _each in range(20):
        note(cast.ticket(), text="@Ivan Ilyin", by=cast.actor(cast.olga), at=cast.at)
    told_all(cast)
    ivan.get("/notices/")
    with at_most(10):
        assert text_of(ivan.get("/notices/")).count('class="notice"') == 20
    ivan.post("/notices/")
    assert "unread" not in text_of(ivan.get("/notices/count"))


def test_names_behind_an_at_are_those_of_colleagues_who_serve_the_brand(
    olga: Client, cast: Cast
) -> None:
    address = f"/tickets/{cast.ticket().number}/colleagues"
    assert "@Ivan Ilyin " in text_of(olga.get(f"{address}?q=iv"))
    assert text_of(olga.get(f"{address}?q=lev")).strip() == ""
    assert "Olga" not in text_of(olga.get(address))


def test_teams_can_be_named_and_names_stand_as_chips(olga: Client, cast: Cast) -> None:
    ticket = cast.ticket()
    address = f"/tickets/{ticket.number}"
    assert f"@{cast.shop_team.name} " in text_of(olga.get(f"{address}/colleagues"))
    assert cast.lift_team.name not in text_of(olga.get(f"{address}/colleagues"))
    words = f"<b>@Ivan Ilyin</b> and @{cast.shop_team.name}, see https://polka.example"
    note(ticket, text=words, by=cast.actor(cast.olga), at=cast.at)
    page = text_of(olga.get(address))
    assert '&lt;b&gt;<span class="mention">@Ivan Ilyin</span>&lt;/b&gt;' in page
    assert f'<span class="mention">@{cast.shop_team.name}</span>' in page
    assert 'href="https://polka.example"' in page


def test_a_ticket_is_followed_and_followed_no_more(olga: Client, cast: Cast) -> None:
    address = f"/tickets/{cast.ticket().number}/following"
    assert "Olga Orlova" in text_of(olga.post(address, headers=HTMX)).partition("Followers")[2]
    assert "Followers" not in text_of(olga.delete(address, headers=HTMX))


def test_somebody_chooses_what_they_are_told_of(olga: Client, cast: Cast) -> None:
    assert "By mail" in text_of(olga.get("/notices/preferences"))
    olga.post("/notices/preferences", {"way": ["mention:mail", "reply:push", "nonsense"]})
    kept = dict(Preference.objects.filter(user=cast.olga.user).values_list("kind", "ways"))
    assert (kept["mention"], kept["reply"], kept["assigned"]) == (["mail"], ["push"], [])


def test_a_follow_up_is_asked_for_listed_told_and_done(
    olga: Client, ivan: Client, cast: Cast
) -> None:
    ticket = cast.ticket()
    address = f"/tickets/{ticket.number}/reminders"
    assert "Ivan Ilyin" in text_of(olga.get(address, headers=HTMX))
    due = datetime.now(UTC) + timedelta(days=1)
    form = {"due_at": due.isoformat(), "words": "Call Anna", "user": cast.ivan.user_id}
    page = text_of(olga.post(address, form, headers=HTMX))
    assert "Call Anna" in page
    listed = text_of(ivan.get("/reminders/"))
    assert "Call Anna" in listed
    assert "from Olga Orlova" in listed
    remind_due(at=due)
    assert f"It is time for #{ticket.number}" in text_of(ivan.get("/notices/"))
    done = f"/reminders/{Reminder.objects.get().pk}/completion"
    toast = told(ivan.post(done, headers=HTMX))["toast"]
    assert "Call Anna" not in text_of(ivan.get("/reminders/?part=lines"))
    ivan.delete(toast["undo_url"], headers=HTMX)
    assert "Call Anna" in text_of(ivan.get("/reminders/"))


def test_a_ticket_goes_up_a_line_and_back_and_its_path_is_drawn(olga: Client, cast: Cast) -> None:
    ticket = cast.ticket()
    second = form_team(
        None,
        name="Repair",
        brands=[cast.shop],
        members=[],
        line=Line.SECOND,
        by=SYSTEM,
        at=cast.at,
    )
    address = f"/tickets/{ticket.number}"
    assert "Repair · Second line" in text_of(olga.get(f"{address}/escalation", headers=HTMX))
    form = {"team": second.pk, "reason": "Broken meter", "tried": "Restarted"}
    answer = olga.post(f"{address}/escalation", form, headers=HTMX)
    assert told(answer)["toast"]["message"] == "Escalated to Repair"
    assert "escalated it to line 2" in text_of(answer)
    path = text_of(olga.get(f"{address}/path"))
    assert "Broken meter" in path
    assert "Restarted" in path
    assert "<rect" in path
    back = olga.post(f"{address}/return", {"reason": "A wrong password"}, headers=HTMX)
    assert told(back)["toast"]["message"] == "Given back"
    assert "A wrong password" in text_of(olga.get(f"{address}/path"))
    assert Ticket.objects.get().returned_times == 1
    refused = olga.post(f"{address}/return", {"reason": "Again"}, headers=HTMX)
    assert refused.status_code == 409


def test_the_service_worker_is_a_script_for_everybody(cast: Cast) -> None:
    answer = Client().get("/sw.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "showNotification" in text_of(answer)


def test_every_kind_of_notice_has_its_line(ivan: Client, cast: Cast) -> None:
    ticket = cast.ticket(subject="Parcel")
    for number, kind in enumerate(OF_STAFF):
        Notice.objects.create(
            user=cast.ivan.user,
            kind=kind,
            subject_kind="ticket",
            subject_id=ticket.pk,
            sequence=number,
            at=cast.at,
        )
    assert text_of(ivan.get("/notices/")).count('class="notice"') == len(OF_STAFF)
