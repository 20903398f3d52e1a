"""Figures on pages: right, cut by reach, each opening its tickets; the board asks once for all."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ambidesk.across.insight.recounting import take
from ambidesk.across.insight.rules.measures import Measure
from ambidesk.across.insight.standing import forget_standing, stand
from ambidesk.edge.web.insight.saying import NAMES
from ambidesk.edge.web.ui.cells import FORMULA, guarded
from ambidesk.ground.kernel.journal.reading import SELECT, entries_by
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.models import Member
from ambidesk.relation.feedback.models import Way
from ambidesk.relation.feedback.offering import offer
from ambidesk.relation.feedback.rating import rate
from ambidesk.relation.feedback.rules.scales import SurveyKind
from ambidesk.relation.feedback.surveying import Asking, set_up_survey
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.models import State, Ticket
from tests.cast import Cast, hired, make_cast

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    forget_standing()
    yield
    cache.clear()


@pytest.fixture
def desk(db: None) -> Cast:
    """The cast at work just now: figures are of these days."""
    return make_cast(datetime.now(UTC) - timedelta(minutes=30))


@pytest.fixture
def lead(desk: Cast) -> Client:
    return seated(hired("Lena Lead", "team_lead", desk.shop_team, at=desk.at))


def seated(member: Member) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(member.user)
    return client


def worked(desk: Cast) -> Ticket:
    """A ticket of the shop, answered and solved in ten minutes and praised; others wait."""
    olga, at = desk.actor(desk.olga), desk.at
    set_up_survey(None, Asking(name="CSAT"), by=SYSTEM, at=at)
    ticket = desk.ticket(subject="Solved parcel")
    said = Answer(text="Today.", to=(desk.anna,), due_at=at + HOUR, state=State.SOLVED)
    answer(ticket, said, by=olga, at=at + timedelta(minutes=10))
    rate(offer(ticket, way=Way.WIDGET, by=SYSTEM, at=at), 5, way=Way.WIDGET, at=at)
    desk.ticket(subject="Open parcel")
    desk.ticket(subject="Secret lift", channel=desk.lift_mail)
    take(entries_by(f"{SELECT} ORDER BY sequence", []))
    return ticket


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_the_page_shows_what_was_done(desk: Cast, lead: Client) -> None:
    worked(desk)
    page = text_of(lead.get("/insight/?days=7"))
    assert "10 min" in page
    assert "100 %" in page
    assert "Shop" in page
    assert 'id="plots"' in page


def test_a_figure_opens_its_tickets_and_no_others(desk: Cast, lead: Client) -> None:
    worked(desk)
    solved = text_of(lead.get("/insight/tickets?figure=first_response"))
    assert "Solved parcel" in solved
    assert "10 min" in solved
    assert "Open parcel" not in solved
    opened = text_of(lead.get("/insight/tickets?figure=opened"))
    assert "Open parcel" in opened
    assert "5/5" in text_of(lead.get("/insight/tickets?figure=csat&counted=1"))


def asking(condition: object, **more: str) -> str:
    return urlencode({"condition": json.dumps(condition), **more})


def test_a_condition_cuts_the_figures_and_what_stands_behind_them(desk: Cast, lead: Client) -> None:
    worked(desk)
    spoken = {"relation": "messages", "quantity": "at_least", "number": 1}
    ours = {"field": "direction", "operator": "is", "value": "out"}
    answered = {"all": [{**spoken, "where": ours}]}
    page = lead.get(f"/insight/?{asking(answered, days='7')}")
    assert "Messages: at least 1 (Direction is Outbound)" in text_of(page)
    tiles = {tile.name: tile.words for group in page.context["page"].tiles for tile in group}
    assert tiles[NAMES[Measure.OPENED]] == "1"
    assert tiles[NAMES[Measure.FIRST_RESPONSE]] == "10 min"
    behind = text_of(lead.get(f"/insight/tickets?{asking(answered, figure='opened')}"))
    assert "Solved parcel" in behind
    assert "Open parcel" not in behind
    every = {"all": [{"field": "line", "operator": "at_least", "value": 1}]}
    whole, plain = (lead.get(f"/insight/?{query}").context["page"] for query in (asking(every), ""))
    assert [[t.words for t in g] for g in whole.tiles] == [
        [t.words for t in g] for g in plain.tiles
    ]
    assert [line.name for line in whole.days] == [line.name for line in plain.days]
    assert {**whole.plots, "behind": ""} == {**plain.plots, "behind": ""}


def test_a_condition_that_makes_no_sense_shows_no_figures_and_says_why(
    desk: Cast, lead: Client
) -> None:
    worked(desk)
    page = text_of(lead.get(f"/insight/?{asking({'field': 'salary', 'operator': 'is'})}"))
    assert "salary" in page
    assert "Nothing in these days" in page
    assert lead.get("/insight/?condition={").status_code == 200


def test_recommendations_are_shown_where_they_are_asked_and_open_their_tickets(
    desk: Cast, lead: Client
) -> None:
    assert "NPS" not in text_of(lead.get("/insight/"))
    asking = Asking(name="NPS", kind=SurveyKind.NPS, quiet_for=timedelta())
    set_up_survey(None, asking, by=SYSTEM, at=desk.at)
    for subject, mark in (("Loved parcel", 10), ("Hated parcel", 2), ("Fair parcel", 8)):
        ticket = desk.ticket(subject=subject)
        solve(ticket, by=desk.actor(desk.olga), at=desk.at)
        invitation = offer(ticket, way=Way.WIDGET, by=SYSTEM, at=desk.at)
        rate(invitation, mark, way=Way.WIDGET, at=desk.at)
    take(entries_by(f"{SELECT} ORDER BY sequence", []))
    page = text_of(lead.get("/insight/?days=7"))
    # One for, one against, one between: nought, and it opens all three.
    assert "figure=nps" in page
    behind = text_of(lead.get("/insight/tickets?figure=nps"))
    assert [mark for mark in ("10/10", "2/10", "8/10") if mark in behind] == [
        "10/10",
        "2/10",
        "8/10",
    ]
    assert "Hated parcel" in text_of(lead.get("/insight/tickets?figure=nps_rate&counted=1"))
    assert "NPS" in text_of(lead.get("/insight/figures.csv"))


def test_who_does_not_serve_a_brand_sees_nothing_of_it_in_any_figure(
    desk: Cast, lead: Client
) -> None:
    worked(desk)
    asked = f"brand={desk.lifts.pk}"
    for address in ("/insight/?by=brand", "/insight/tickets?figure=opened", f"/insight/?{asked}"):
        page = text_of(lead.get(address))
        assert "Secret lift" not in page
        assert "Liftcare" not in page
    assert "Nothing in these days" in text_of(lead.get(f"/insight/?{asked}"))
    assert "Liftcare" in text_of(seated(desk.admin).get("/insight/?by=brand"))
    assert "Liftcare" not in text_of(lead.get("/insight/figures.csv?by=brand"))


def test_the_number_of_questions_does_not_grow_with_the_days(desk: Cast, lead: Client) -> None:
    worked(desk)
    with CaptureQueriesContext(connection) as week:
        lead.get("/insight/?days=7")
    with CaptureQueriesContext(connection) as quarter:
        lead.get("/insight/?days=91")
    assert len(quarter.captured_queries) <= len(week.captured_queries)


@pytest.mark.parametrize(
    "query",
    ["days=x", "from=2026-13-01&to=1", "from=2999-01-01", "team=x", "by=x", "hour=99&weekday=99"],
)
def test_an_address_that_makes_no_sense_is_the_usual_page(
    desk: Cast, lead: Client, query: str
) -> None:
    assert lead.get(f"/insight/?{query}").status_code == 200
    assert lead.get(f"/insight/tickets?figure=opened&{query}").status_code == 200
    assert lead.get("/insight/tickets?figure=nonsense").status_code == 404


def test_figures_are_downloaded_and_no_cell_is_a_formula(desk: Cast, lead: Client) -> None:
    desk.shop_team.name = "=HYPERLINK(1)"
    desk.shop_team.save()
    worked(desk)
    answer = lead.get("/insight/figures.csv?by=team")
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(text_of(answer).removeprefix("\ufeff"))))
    assert rows[0][0] == "Day"
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(FORMULA)]
    assert any("HYPERLINK" in cell for cell in cells)
    assert guarded("-1") == "'-1"


def test_the_board_tells_what_waits_and_since_when(desk: Cast, lead: Client) -> None:
    worked(desk)
    page = text_of(lead.get("/insight/board"))
    assert "Waiting now" in page
    assert "30 min" in page
    assert "Liftcare" not in page
    assert "Lifts" not in page


def test_the_board_asks_the_database_once_for_all_who_watch(
    desk: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked(desk)
    # All within the second for which it is kept, however slow the machine is.
    monkeypatch.setattr("ambidesk.across.insight.standing.KEPT_SECONDS", 86_400.0)
    leads = [hired(f"Lead{n} Lead", "team_lead", desk.shop_team, at=desk.at) for n in range(3)]
    now = datetime.now(UTC)
    first = stand(desk.actor(leads[0]), at=now)
    actors = [desk.actor(each) for each in leads]
    with CaptureQueriesContext(connection) as asked:
        found = [stand(actor, at=now) for actor in actors]
    assert all(each is first for each in found)
    # Which brands each serves is asked, what waits there is not.
    assert not [q for q in asked.captured_queries if "tickets_ticket" in q["sql"]]


def test_the_board_counts_what_waits_for_us_only(desk: Cast) -> None:
    worked(desk)
    solve(desk.ticket(), by=desk.actor(desk.olga), at=desk.at)
    standing = stand(desk.actor(desk.admin), at=datetime.now(UTC))
    assert (standing.waiting, standing.solved) == (2, 1)
    assert standing.oldest_at == desk.at
    assert (standing.csat, standing.marks) == (1.0, 1)


def test_a_day_before_all_desks_is_as_if_it_was_not_asked_for(lead: Client) -> None:
    assert lead.get("/insight/?to=0001-01-01").status_code == 200
