"""The audit trail as an administrator reads it: whole, narrowed, paged, as a file."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ambidesk.edge.web.settings.audit.naming import SUBJECTS
from ambidesk.edge.web.settings.audit.saying import WORDS
from ambidesk.ground.kernel.journal import Event, Wanted, acts
from ambidesk.ground.reach.granting import grant
from ambidesk.ground.reach.models import Role
from ambidesk.parties.staff.forming import form_team
from ambidesk.support.tickets.assigning import assign
from tests.cast import Cast
from tests.edge.web.conftest import PASSWORD, Enter


def _rows(admin: Client, query: str = "") -> list[list[str]]:
    text = admin.get(f"/settings/audit/audit.csv{query}").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def _formed(cast: Cast, name: str) -> None:
    by = cast.actor(cast.admin)
    form_team(None, name=name, brands=[], members=[], by=by, at=cast.at)


def test_it_tells_who_gave_which_role_to_whom(cast: Cast, admin: Client) -> None:
    lead = Role.objects.get(key="team_lead")
    grant(cast.olga.user, [lead], by=cast.actor(cast.admin), at=cast.at + timedelta(days=1))
    page = admin.get("/settings/audit/", {"kind": "reach.roles_granted"}).content.decode()
    for words in ("Ada Adminova", "Roles given", "Olga Orlova", "Team lead"):
        assert words in page
    first = _rows(admin, f"?about=user:{cast.olga.user_id}")[0]
    assert first[1:5] == ["Ada Adminova", "Roles given", "Olga Orlova", "Team lead"]


def test_who_came_in_and_who_could_not_is_told(cast: Cast, admin: Client, enter: Enter) -> None:
    enter(cast.olga.user)
    stranger = Client()
    for address in (cast.olga.user.email, "nobody@desk.example"):
        stranger.post("/account/login/", {"login": address, "password": "wrong"})
    rows = [row[2:5] for row in _rows(admin) if row[5].startswith("reach.sign")]
    assert ["Signed in", "Olga Orlova", "Password"] in rows
    assert ["Sign-in failed", "Olga Orlova", "Password"] in rows
    assert ["Sign-in failed", "An unknown address", "Password"] in rows
    assert "nobody@desk.example" not in admin.get("/settings/audit/").content.decode()


def test_a_right_password_of_a_closed_account_is_a_failure(cast: Cast, admin: Client) -> None:
    cast.ivan.user.is_active = False
    cast.ivan.user.save()
    Client().post("/account/login/", {"login": cast.ivan.user.email, "password": PASSWORD})
    assert ["Sign-in failed", "Ivan Ilyin", "Closed account"] in [row[2:5] for row in _rows(admin)]


def test_days_actor_kind_and_thing_narrow_it(cast: Cast, admin: Client) -> None:
    cast.ticket()
    _formed(cast, "Night")
    ada = f"user:{cast.admin.user_id}"
    assert {row[2] for row in _rows(admin, f"?actor={ada}&kind=staff.team_formed")} == {
        "Team changed"
    }
    day = cast.at.date().isoformat()
    assert all(row[0].startswith(day) for row in _rows(admin, f"?from={day}&to={day}"))
    assert _rows(admin, "?from=2001-01-01&to=2001-01-02") == []
    # The daily flow of tickets is told where one ticket, or one person, is asked for.
    assert not any(row[2] == "Ticket opened" for row in _rows(admin))
    assert _rows(admin, f"?about=ticket:{cast.ticket().pk}")[-1][2] == "Ticket opened"
    # What makes no sense is as if it were not asked for.
    assert len(_rows(admin, "?actor=root&about=x:y&kind=a&from=1&before=7:z")) == len(_rows(admin))


def test_pages_lead_through_everything_once(cast: Cast, admin: Client) -> None:
    for number in range(120):
        _formed(cast, f"Team {number}")
    wanted = Wanted(kinds=("staff.team_formed",))
    whole = [entry.position.sequence for entry in acts(wanted, limit=1000)]
    assert whole == sorted(whole, reverse=True)
    query, pages = {"kind": "staff.team_formed"}, []
    while True:
        with CaptureQueriesContext(connection) as asked:
            page = admin.get("/settings/audit/", query).context["page"]
        assert len(asked) <= 24
        pages.append([act.about for act in page.acts])
        if not page.earlier:
            break
        query = dict(pair.split("=") for pair in page.earlier[1:].split("&"))
        query = {key: value.replace("%3A", ":").replace("%2B", "+") for key, value in query.items()}
    assert [len(page) for page in pages] == [50, 50, 20]
    assert len({about for page in pages for about in page}) == 120


def test_a_formula_in_a_name_stays_a_word(cast: Cast, admin: Client) -> None:
    _formed(cast, "=1+1")
    assert _rows(admin, "?kind=staff.team_formed")[0][3] == "'=1+1"


@pytest.mark.parametrize("table", ["journal_entry", "journal_entry_0"])
@pytest.mark.parametrize("act", ["UPDATE {} SET at = now()", "DELETE FROM {}"])
def test_what_it_tells_cannot_be_rewritten(cast: Cast, table: str, act: str) -> None:
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute(act.format(table))


def test_each_way_through_it_is_a_range_of_an_index(cast: Cast) -> None:
    """However long the journal is, a page reads little more than itself."""
    for wanted, index in (
        (Wanted(kinds=("staff.hired",), since=cast.at), "0_at_sequence"),
        (Wanted(actor=("user", cast.admin.user_id)), "0_actor_kind"),
        (Wanted(subject=("ticket", 1)), "0_subject_kind"),
    ):
        with CaptureQueriesContext(connection) as asked:
            acts(wanted, limit=50)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {asked.captured_queries[-1]['sql']}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert index in plan, plan


def test_everything_that_the_journal_tells_has_words() -> None:
    kinds, subjects = set(), set()
    waiting = list(Event.__subclasses__())
    while waiting:
        event = waiting.pop()
        waiting += event.__subclasses__()
        if event.__module__.startswith("ambidesk.") and hasattr(event, "subject"):
            kinds.add(event.kind)
            subjects.add(event.subject[0])
    assert kinds
    assert kinds <= set(WORDS)
    assert subjects <= set(SUBJECTS)


def test_details_are_names_and_what_was_chosen(cast: Cast, admin: Client) -> None:
    ticket = cast.ticket()
    assign(ticket, assignee=cast.olga, team=None, by=cast.actor(cast.admin), at=cast.at)
    row = next(
        row for row in _rows(admin, f"?kind=tickets.assigned&actor=user:{cast.admin.user_id}")
    )
    assert row[2:5] == ["Ticket given to somebody", f"Ticket #{ticket.number}", "Olga Orlova"]
    assert json.loads(row[6])["assignee_id"] == cast.olga.pk
