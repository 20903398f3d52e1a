"""Reports: by company and the like, each figure opening its rows, cut by reach, taken along, saved."""

import csv
import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from ambidesk.across.insight.models import SavedReport
from ambidesk.across.insight.recounting import take
from ambidesk.edge.web.ui.cells import FORMULA
from ambidesk.ground.kernel.journal.reading import SELECT, entries_by
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.granting import actor_of
from ambidesk.parties.staff.models import Member
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.equipping import equip
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.works.models import ExpenseKind
from ambidesk.support.works.putting import Of
from ambidesk.support.works.reversing import reverse
from ambidesk.support.works.telling import log_work, spend
from tests.cast import Cast, hired, make_cast
from tests.clients import CHAIN_WORD, HOUSE_WORD, Clients, make_clients
from tests.service.assets.equipment import Equipment, make_equipment

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(db: None) -> Clients:
    """Two companies whose desk is at work just now."""
    return make_clients(make_cast(datetime.now(UTC) - timedelta(minutes=30)))


@pytest.fixture
def desk(clients: Clients) -> Cast:
    return clients.cast


@pytest.fixture
def lead(leader: Member) -> Client:
    return seated(leader)


def seated(member: Member) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(member.user)
    return client


def recounted() -> None:
    take(entries_by(f"{SELECT} ORDER BY sequence", []))


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def cost(ticket: Ticket, amount: str, code: str = "RUB") -> Money:
    money = Money(Decimal(amount), code)
    at = datetime.now(UTC) - timedelta(minutes=10)
    of = Of(key=uuid4(), day=at.date(), ticket=ticket)
    spend(of, kind=ExpenseKind.TRAVEL, cost=money, by=SYSTEM, at=at)
    return money


def worked(clients: Clients) -> Ticket:
    """The chain has a solved and an open request, the house one; another brand has a third."""
    desk = clients.cast
    ticket = clients.ask(clients.seller, "Shop freezer", clients.north_shop)
    solve(ticket, by=desk.actor(desk.olga), at=desk.at + timedelta(minutes=10))
    cost(ticket, "1500.50")
    cost(ticket, "20", "EUR")
    clients.ask(clients.seller, "South lamp", clients.south_shop)
    clients.ask(clients.owner, "House roof", clients.house_site)
    hidden = desk.ticket(subject="Secret lift", channel=desk.lift_mail)
    attribute(hidden, company=clients.chain, site=None, by=SYSTEM, at=desk.at)
    cost(hidden, "777777")
    recounted()
    return ticket


def test_a_report_tells_the_companies_the_most_first(clients: Clients, lead: Client) -> None:
    worked(clients)
    page = lead.get("/insight/report?days=7").context["page"]
    first, second = (line for line in page.table.lines if line.url)
    assert (CHAIN_WORD in first.name, HOUSE_WORD in second.name) == (True, True)
    assert [cell.words for cell in first.cells][:3] == ["2", "1", "–"]
    assert (first.share, second.share) == (100, 50)
    # Money of each currency by itself, and nothing of the brand that the lead does not serve.
    assert first.cells[-1].words == "20 € + 1,500.50 ₽"


def test_each_figure_opens_its_rows_and_no_others(clients: Clients, lead: Client) -> None:
    worked(clients)
    page = lead.get("/insight/report?days=7").context["page"]
    chain = next(line for line in page.table.lines if CHAIN_WORD in line.name)
    opened, solved, *_rest, spent = (cell.url for cell in chain.cells)
    rows = text_of(lead.get(opened))
    assert "Shop freezer" in rows
    assert "South lamp" in rows
    assert "House roof" not in rows
    assert "Secret lift" not in rows
    assert "South lamp" not in text_of(lead.get(solved))
    paid = text_of(lead.get(spent))
    assert "1,500.50" in paid
    assert "777" not in paid
    # And back to the report that it stood on.
    assert "/insight/report?" in paid


def test_one_goes_on_from_a_company_to_its_sites_and_territories(
    clients: Clients, lead: Client
) -> None:
    worked(clients)
    page = lead.get("/insight/report?days=7").context["page"]
    chain = next(line for line in page.table.lines if CHAIN_WORD in line.name)
    sites = lead.get(chain.url).context["page"]
    assert {line.name for line in sites.table.lines} == {"Shop North", "Shop South"}
    assert [chip.name for chip in sites.chips] == [clients.chain.name]
    areas = lead.get(f"/insight/report?company={clients.chain.pk}&by=territory").context["page"]
    north = next(line for line in areas.table.lines if line.name == "North")
    assert north.cells[0].words == "1"
    # The shop stands in the city, which lies in the north.
    assert [line.name for line in lead.get(north.url).context["page"].table.lines] == ["City"]
    assert "Shop freezer" in text_of(lead.get(north.cells[0].url))


def test_the_report_of_a_company_tells_nothing_of_another(clients: Clients, lead: Client) -> None:
    worked(clients)
    answer = lead.get(f"/insight/companies/{clients.chain.pk}?days=7")
    assert HOUSE_WORD not in text_of(answer)
    page = answer.context["page"]
    assert page.title == clients.chain.name
    assert {part.table.by.value for part in page.parts} == {"territory", "site"}
    assert lead.get("/insight/companies/999999").status_code == 404
    for more in ("report.csv", "report", "tickets?figure=opened"):
        joint = "&" if "?" in more else "?"
        said = text_of(lead.get(f"/insight/{more}{joint}company={clients.chain.pk}&days=7"))
        assert HOUSE_WORD not in said
        assert "House roof" not in said
        assert "Secret lift" not in said


def test_who_may_not_see_figures_has_no_reports_and_another_brand_sees_none(
    clients: Clients, desk: Cast
) -> None:
    worked(clients)
    olga = seated(desk.olga)
    for address in ("report", "report.csv", "report.xlsx", f"companies/{clients.chain.pk}"):
        assert olga.get(f"/insight/{address}").status_code == 404
    other = seated(hired("Lara Lift", "team_lead", desk.lift_team, at=desk.at))
    page = text_of(other.get("/insight/report?days=7"))
    assert "777,777" in page
    assert "1,500.50" not in page
    assert HOUSE_WORD not in page


def test_a_client_of_the_portal_has_no_reports(clients: Clients) -> None:
    worked(clients)
    contact = Client()
    contact.force_login(clients.user(clients.director))
    for address in ("report", f"companies/{clients.chain.pk}", "report.csv"):
        assert contact.get(f"/insight/{address}").status_code == 404


def test_a_reversal_leaves_nothing_of_a_cost(clients: Clients, lead: Client, desk: Cast) -> None:
    ticket = clients.ask(clients.seller, "Shop freezer", clients.north_shop)
    of = Of(key=uuid4(), day=datetime.now(UTC).date(), ticket=ticket)
    money = Money(Decimal(900), "RUB")
    work = log_work(of, member=desk.olga, minutes=45, cost=money, by=SYSTEM, at=datetime.now(UTC))
    recounted()
    assert "900 ₽" in text_of(lead.get("/insight/report?days=7"))
    reverse(work, note="Wrong", by=SYSTEM, at=datetime.now(UTC))
    recounted()
    page = lead.get("/insight/report?days=7").context["page"]
    chain = next(line for line in page.table.lines if line.url)
    assert [cell.words for cell in chain.cells][-2:] == ["0 s", "0 ₽"]
    behind = text_of(lead.get(chain.cells[-1].url))
    assert "−900" in behind.replace("-900", "−900")


def test_models_lead_to_their_failures(clients: Clients, lead: Client, desk: Cast) -> None:
    equipment: Equipment = make_equipment(desk.at)
    ticket = desk.ticket(subject="Warm freezer")
    equip(ticket, equipment.asset(), by=SYSTEM, at=desk.at)
    recounted()
    page = lead.get("/insight/report?by=model&days=7").context["page"]
    assert [line.name for line in page.table.lines if line.url] == ["Frosty F100"]
    assert f"/assets/models/{equipment.frosty.pk}" in text_of(
        lead.get(f"/insight/report?model={equipment.frosty.pk}")
    )
    assert f"report?model={equipment.frosty.pk}" in text_of(
        lead.get(f"/assets/models/{equipment.frosty.pk}")
    )
    assert f"/insight/companies/{clients.chain.pk}" in text_of(
        lead.get(f"/companies/{clients.chain.pk}")
    )
    assert f"report?site={clients.north_shop.pk}" in text_of(
        lead.get(f"/sites/{clients.north_shop.pk}")
    )


def test_a_report_is_taken_along_and_no_cell_is_a_formula(clients: Clients, lead: Client) -> None:
    clients.chain.name = "=HYPERLINK(1)"
    clients.chain.save()
    worked(clients)
    answer = lead.get("/insight/report.csv?by=company&days=7")
    rows = list(csv.reader(io.StringIO(text_of(answer).removeprefix("\ufeff"))))
    assert rows[0][:2] == ["Company", "Opened"]
    assert rows[0][-2:] == ["Cost of work, EUR", "Cost of work, RUB"]
    chain = next(row for row in rows if "HYPERLINK" in row[0])
    assert (chain[1], chain[-2:]) == ("2", ["20", "1500.5"])
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]
    book = load_workbook(io.BytesIO(lead.get("/insight/report.xlsx?by=company&days=7").content))
    cells = [[cell.value for cell in row] for row in book["Company"].iter_rows()]
    assert next(row for row in cells if "HYPERLINK" in str(row[0]))[1] == 2
    assert next(row[0].value for row in book["Day"].iter_rows()) == "Day"


def test_a_report_is_saved_for_oneself_or_a_team(
    clients: Clients, lead: Client, desk: Cast
) -> None:
    asked = f"company={clients.chain.pk}&by=site&days=28"
    saved = {"name": "Chain by shop", "asked": asked}
    answer = lead.post("/insight/reports", saved)
    assert answer["Location"] == f"/insight/report?{asked}"
    assert "Chain by shop" in text_of(lead.get("/insight/report"))
    mate = seated(hired("Mark Mate", "team_lead", desk.shop_team, at=desk.at))
    assert "Chain by shop" not in text_of(mate.get("/insight/report"))
    lead.post("/insight/reports", {**saved, "name": "For all of us", "team": desk.shop_team.pk})
    assert "For all of us" in text_of(mate.get("/insight/report"))
    stranger = seated(hired("Lara Lift", "team_lead", desk.lift_team, at=desk.at))
    assert "For all of us" not in text_of(stranger.get("/insight/report"))
    shared = SavedReport.objects.get(name="For all of us")
    assert stranger.post(f"/insight/reports/{shared.pk}/removal").status_code == 404
    assert mate.post(f"/insight/reports/{shared.pk}/removal").status_code in {403, 409, 422}
    assert lead.post(f"/insight/reports/{shared.pk}/removal").status_code == 303
    assert SavedReport.objects.filter(name="For all of us").count() == 0
    assert lead.post("/insight/reports", {**saved, "name": " "}).status_code == 422


def test_a_foreign_team_is_no_choice(clients: Clients, lead: Client, desk: Cast) -> None:
    given = {"name": "Theirs", "asked": "days=7", "team": desk.lift_team.pk}
    lead.post("/insight/reports", given)
    assert SavedReport.objects.get(name="Theirs").team is None


def test_a_year_is_looked_at_of_one_company_only(clients: Clients, lead: Client) -> None:
    worked(clients)
    wide = lead.get("/insight/report?from=2020-01-01").context["page"]
    assert wide.asked.question.days == 92
    assert wide.asked.is_cut
    narrow = lead.get(f"/insight/report?from=2020-01-01&company={clients.chain.pk}")
    assert narrow.context["page"].asked.question.days == 366


def test_a_report_asks_as_much_whatever_there_is(clients: Clients, leader: Member) -> None:
    lead = seated(leader)
    worked(clients)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as questions:
            assert lead.get(address).status_code == 200
        return len(questions.captured_queries)

    pages = (
        "/insight/report?days=7",
        "/insight/report?days=91&by=site",
        f"/insight/companies/{clients.chain.pk}?days=7",
    )
    # Signing in is asked for once.
    asked(pages[0])
    before = [asked(page) for page in pages]
    assert max(before) <= 24, before
    for number in range(4):
        ticket = clients.ask(clients.seller, f"More {number}", clients.south_shop)
        cost(ticket, "5")
    recounted()
    assert [asked(page) for page in pages] == before


@pytest.mark.parametrize(
    "query", ["by=x", "company=x", "none=x", "by=stage", "by=contract", "none=site", "all=1"]
)
def test_an_address_that_makes_no_sense_is_the_usual_report(
    clients: Clients, lead: Client, query: str
) -> None:
    worked(clients)
    assert lead.get(f"/insight/report?{query}").status_code == 200
    assert lead.get(f"/insight/report.csv?{query}").status_code == 200
    assert lead.get("/insight/report?company=999999").status_code == 404
    assert actor_of(clients.cast.admin.user)


def test_an_empty_report_says_what_belongs_there(clients: Clients, lead: Client) -> None:
    assert "Nothing in these days" in text_of(lead.get("/insight/report"))
    assert "Nothing in these days" in text_of(lead.get(f"/insight/companies/{clients.chain.pk}"))
