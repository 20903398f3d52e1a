"""A contract from the first word to its end, as an administrator does it in the browser."""

import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.models import Role
from ambidesk.service.charges.models import Penalty
from ambidesk.service.charges.penalising import Late, count_penalties
from ambidesk.service.contracts.activating import activate
from ambidesk.service.contracts.models import (
    Contract,
    Line,
    Package,
    Receivable,
    StagePromise,
    Stop,
)
from ambidesk.service.contracts.rights import ContractRight
from ambidesk.service.contracts.said import LineSaid, PenaltySaid
from ambidesk.service.sla.keeping import make_promises
from ambidesk.service.workflow.shipped import REPAIR
from tests.cast import Cast
from tests.edge.web.conftest import know_hosts
from tests.service.contracts import agreements
from tests.support.stages.processes import published

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
CONTRACT = {
    "number": "12/26",
    "starts_on": "2026-01-01",
    "last_on": "2030-12-31",
    "currency": "rub",
    "fee_every": "month",
    "renews_months": "0",
    "notice_days": "30",
    "warn_days": "30, 7",
    "stop_blocks": ["contract"],
}
SHARES = {"parts": "100", "labour": "100", "travel": "100"}


def _draft(
    *lines: dict[str, str], stages: tuple[dict[str, str], ...] = (), **more: str
) -> dict[str, Any]:
    said: dict[str, Any] = {"starts_on": "2026-01-01", "outside": "chargeable", **more}
    given = {"lines": lines, "promises": (), "stages": stages, "prices": (), "penalties": ()}
    for key, rows in given.items():
        said[f"{key}-TOTAL_FORMS"] = len(rows)
        said[f"{key}-INITIAL_FORMS"] = 0
        for number, row in enumerate(rows):
            said |= {f"{key}-{number}-{name}": value for name, value in row.items()}
    return said


def _made(admin: Client) -> Contract:
    company = agreements.company()
    answer = admin.post("/settings/contracts/new", CONTRACT | {"company": company.pk})
    row = Contract.objects.get()
    assert answer["Location"] == f"/settings/contracts/{row.pk}/draft"
    return row


def test_a_contract_is_written_activated_used_and_ended(admin: Client) -> None:
    row = _made(admin)
    here = f"/settings/contracts/{row.pk}"
    terms = {"name": "Hours", "unit": "hours", "amount": "10", "every": "month"}
    admin.post(f"{here}/packages", terms | {"carry": "0", "overdraft": "0"})
    package = Package.objects.get()
    assert admin.get(f"{here}/draft").status_code == 200
    line = {"clause": "2.1", "covers": "yes", "package": str(package.pk), **SHARES}
    excluded = {"clause": "2.2", "covers": "no", "site": str(agreements.site(row.company).pk)}
    answer = admin.post(f"{here}/draft", _draft(line, excluded | SHARES, activate="1"))
    assert answer["Location"] == here
    page = admin.get(here, headers={"accept-language": "en"}).content.decode()
    assert "from “Hours”" in page
    assert "Shop 17" in page
    assert "10 h left of 10 h" in page.replace("\u00a0", " ")
    admin.post(f"{here}/stops", {"blocks": ["contract"], "words": "Late"})
    stop = Stop.objects.get()
    assert "Late" in admin.get(here).content.decode()
    admin.post(f"/settings/contracts/stops/{stop.pk}/lifting", {"words": "Paid"})
    stop.refresh_from_db()
    assert stop.lifted_words == "Paid"
    admin.post(f"{here}/renewal", {"months": "12"})
    row.refresh_from_db()
    assert str(row.until_on) == "2032-01-01"
    ending = {"noticed_on": "2026-03-01", "last_on": "2026-06-30", "reason": "client"}
    admin.post(f"{here}/termination", ending)
    row.refresh_from_db()
    assert str(row.until_on) == "2026-07-01"


def test_what_cannot_be_meant_is_said_and_nothing_typed_is_lost(admin: Client) -> None:
    row = _made(admin)
    twice = {"clause": "2.1", "covers": "yes", **SHARES}
    answer = admin.post(
        f"/settings/contracts/{row.pk}/draft",
        _draft(twice, twice | {"clause": "2.2", "words": "Kept as typed"}),
        headers={"accept-language": "en"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Clauses 2.1 and 2.2 are about the same" in page
    assert "Kept as typed" in page


def test_how_long_a_stage_may_take_is_written_read_again_and_refused_where_it_cannot_be(
    admin: Client, cast: Cast
) -> None:
    row, process = _made(admin), published(cast, REPAIR)
    here = f"/settings/contracts/{row.pk}/draft"
    line = {"clause": "2.1", "covers": "yes", **SHARES}
    stage = {
        "clause": "3.4",
        "line": "2.1",
        "process": f"{process.pk}-2",
        "work": "4 h",
        "warning": "30 min",
    }
    assert "Repair: Diagnosis" in admin.get(here).content.decode()
    assert admin.post(here, _draft(line, stages=(stage,))).status_code == 303
    kept = StagePromise.objects.get()
    assert (kept.process, kept.stage, kept.work_minutes) == (process, 2, 240)
    assert (kept.warning_minutes, kept.line) == (30, Line.objects.get())
    page = admin.get(here).content.decode()
    assert f'<option value="{process.pk}-2" selected>' in page
    assert 'value="4 h"' in page
    for wrong, words in (
        (stage | {"line": "9.9"}, "there is no line with the clause 9.9"),
        (stage | {"warning": "5 h"}, "more than its warning"),
    ):
        answer = admin.post(here, _draft(line, stages=(wrong,)), headers={"accept-language": "en"})
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_a_serial_number_of_somebody_else_is_not_known(admin: Client) -> None:
    row = _made(admin)
    line = {"clause": "2.1", "covers": "yes", "serial": "X-1", **SHARES}
    answer = admin.post(f"/settings/contracts/{row.pk}/draft", _draft(line))
    assert answer.status_code == 422


def test_what_was_archived_stays_in_the_line_that_names_it(admin: Client) -> None:
    row = _made(admin)
    shop = agreements.site(row.company)
    here = f"/settings/contracts/{row.pk}/draft"
    line = {"clause": "2.1", "covers": "yes", "site": str(shop.pk), **SHARES}
    admin.post(here, _draft(line))
    shop.archived_at = row.changed_at
    shop.save()
    other = agreements.site(row.company, "Shop 18")
    other.archived_at = row.changed_at
    other.save()
    page = admin.get(here).content.decode()
    assert f'<option value="{shop.pk}" selected>' in page
    assert "Shop 18" not in page
    assert admin.post(here, _draft(line)).status_code == 303
    assert Line.objects.get().site == shop


def test_a_second_click_does_not_renew_twice(admin: Client) -> None:
    row = _made(admin)
    line = {"clause": "2.1", "covers": "yes", **SHARES}
    admin.post(f"/settings/contracts/{row.pk}/draft", _draft(line, activate="1"))
    here = f"/settings/contracts/{row.pk}"
    assert 'name="ends_on" value="2031-01-01"' in admin.get(here).content.decode()
    for _click in range(2):
        admin.post(f"{here}/renewal", {"months": "12", "ends_on": "2031-01-01"})
    row.refresh_from_db()
    assert str(row.until_on) == "2032-01-01"


def test_a_day_of_the_far_future_is_a_slip(admin: Client) -> None:
    company = agreements.company()
    said = CONTRACT | {"company": company.pk, "last_on": "9999-12-31"}
    assert admin.post("/settings/contracts/new", said).status_code == 422
    row = agreements.in_force(company, company.made_at)
    ending = {"noticed_on": "2026-03-01", "last_on": "9999-12-31", "reason": "client"}
    answer = admin.post(f"/settings/contracts/{row.pk}/termination", ending)
    assert answer.status_code != 500
    row.refresh_from_db()
    assert str(row.until_on) == "2027-01-01"


def test_the_list_tells_companies_and_states(admin: Client) -> None:
    _made(admin)
    page = admin.get("/settings/contracts/", headers={"accept-language": "en"}).content.decode()
    assert "North Star" in page
    assert "Draft" in page


def test_a_contract_of_many_lines_asks_as_much_as_one_of_few(admin: Client) -> None:
    row = _made(admin)
    asked = []
    for number in (2, 40):
        shops = [agreements.site(row.company, f"Shop {number}/{each}") for each in range(number)]
        lines = [LineSaid(clause=f"2.{place}", site=shop) for place, shop in enumerate(shops)]
        agreements.draft(row, row.changed_at, *lines)
        know_hosts()
        with CaptureQueriesContext(connection) as seen:
            assert admin.get(f"/settings/contracts/{row.pk}/draft").status_code == 200
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_a_file_of_the_books_is_checked_and_says_which_contracts_stop(admin: Client) -> None:
    chain = agreements.company()
    agreements.in_force(chain, chain.made_at, stop_amount=Decimal(50_000), title="Repairs")
    rows = "company,document,due,amount\nNorth Star,A-1,01.02.2026,60 000\nNobody,B-1,x,-5\n"

    def sent(do: str, rows: str = rows) -> str:
        file = io.BytesIO(rows.encode())
        file.name = "debts.csv"
        answer = admin.post(
            "/settings/contracts/debts",
            {"do": do, "file": file, "whole": "1"},
            headers={"accept-language": "en"},
        )
        return answer.content.decode().replace("\u00a0", " ")

    page = sent("check")
    assert "There is no company “Nobody” here." in page
    assert "“x” is not a day" in page
    assert "60,000 ₽ overdue: stops work that the contract covers" in page
    assert not Receivable.objects.exists()
    assert "What followed" in sent("load")
    assert Stop.objects.get(lifted_at=None).amount == 60_000
    paid = "company,document,due,amount,open\nNorth Star,A-2,01.02.2026,5,5\n"
    assert "paid: the stop is lifted" in sent("check", paid)
    sent("load", paid)
    assert not Stop.objects.filter(lifted_at=None).exists()
    assert b"A-2" in admin.get("/settings/contracts/debts/csv").content


@pytest.mark.parametrize(
    "right, address",
    [
        (ContractRight.DEBTS, "/settings/contracts/debts"),
        (ContractRight.LIFT, "/settings/contracts/stopped"),
        (ContractRight.EXCUSE, "/settings/contracts/penalties"),
    ],
)
def test_whoever_has_just_one_right_finds_its_page_from_the_menu(
    olga: Client, right: ContractRight, address: str
) -> None:
    Role.objects.filter(key="operator").update(rights=[right.value])
    home = olga.get("/settings/")
    assert home["Location"] == address
    page = olga.get(address)
    assert page.status_code == 200
    assert f'href="{address}"' in page.content.decode()
    assert 'href="/settings/"' in page.content.decode()


def test_whoever_may_only_lift_stops_sees_them_and_lifts_one(olga: Client) -> None:
    chain = agreements.company()
    row = agreements.in_force(chain, chain.made_at)
    stop = Stop.objects.create(
        company=chain, contract=row, why="person", blocks=["contract"], words="Late", set_at=AT
    )
    Role.objects.filter(key="operator").update(rights=[ContractRight.LIFT.value])
    page = olga.get("/settings/contracts/stopped").content.decode()
    assert "North Star" in page
    assert "12/26" in page
    answer = olga.post(f"/settings/contracts/stops/{stop.pk}/lifting", {"words": "Paid"})
    assert answer["Location"] == "/settings/contracts/stopped"
    assert "North Star" not in olga.get(answer["Location"]).content.decode()


def _penalised() -> Contract:
    """A contract one of whose promises was broken for 500."""
    row = agreements.contract(agreements.company(), AT)
    late = PenaltySaid(clause="9.1", goal="resolution", rate="each", value=Decimal(500))
    agreements.draft(row, AT, penalties=(late,))
    activate(row, by=SYSTEM, at=AT)
    (promise,) = make_promises(1, at=AT)
    broken = Late(
        promise=promise.pk, goal="resolution", number=1, on=AT.date(), late_for=timedelta(hours=1)
    )
    count_penalties(row, [broken], since=row.starts_on, by=SYSTEM, at=AT)
    return row


def test_whoever_may_only_excuse_penalties_sees_those_of_all_contracts(olga: Client) -> None:
    _penalised()
    rights = [ContractRight.SEE.value, ContractRight.EXCUSE.value]
    Role.objects.filter(key="operator").update(rights=rights)
    here = "/settings/contracts/penalties"
    assert "North Star · 12/26" in olga.get(here).content.decode()
    answer = olga.post(f"{here}/{Penalty.objects.get().pk}/excuse", {"words": "Flood"})
    assert answer["Location"] == here
    assert "Flood" in olga.get(here).content.decode()


def test_a_penalty_is_excused_with_a_reason_that_stands_against_it(admin: Client) -> None:
    row = _penalised()
    here = f"/settings/contracts/{row.pk}/penalties"
    address = f"/settings/contracts/penalties/{Penalty.objects.get().pk}/excuse"
    assert admin.post(address, {"words": ""}).status_code == 422
    answer = admin.post(address, {"words": "Flood in the street"})
    assert answer["Location"] == f"{here}?period=2026-03-01"
    page = admin.get(answer["Location"], headers={"accept-language": "en"}).content.decode()
    assert "Flood in the street" in page
    assert "−500 ₽" in page.replace("\u00a0", " ")
    assert address not in page
    assert "from 1 March 2026: 0" in admin.get(
        f"/settings/contracts/{row.pk}", headers={"accept-language": "en"}
    ).content.decode().replace("\u00a0", " ")
