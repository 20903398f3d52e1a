"""On the ticket: the path of its process, its checklist, its steps, refused with the reason."""

import json
from decimal import Decimal
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ambidesk.ground.kernel.money import Money
from ambidesk.service.workflow.models import Run
from ambidesk.service.workflow.models.run import standing_of
from ambidesk.service.workflow.shipped import REPAIR, TALK
from ambidesk.support.works.models import ExpenseKind
from ambidesk.support.works.putting import Of
from ambidesk.support.works.telling import spend
from tests.cast import Cast
from tests.support.stages.processes import published

HTMX = {"HX-Request": "true"}


def test_a_ticket_is_taken_through_its_process_by_forms(cast: Cast) -> None:
    ticket, repair = cast.ticket(), published(cast, REPAIR)
    olga = Client()
    olga.force_login(cast.olga.user)
    base = f"/tickets/{ticket.pk}"
    assert "Repair" in olga.get(f"{base}/processes", headers=HTMX).content.decode()
    olga.post(f"{base}/processes/{repair.pk}")
    page = olga.get(base).content.decode()
    assert "Device and fault are known" in page
    assert "tick “Device and fault are known”" in page
    refused = olga.post(f"{base}/stages/1", headers=HTMX)
    assert refused.status_code == 409
    told = json.loads(refused.headers["HX-Trigger"])["toast"]["message"]
    assert told == "Not yet: tick “Device and fault are known”."
    olga.post(f"{base}/checklist/1/1", {"done": "1"}, headers=HTMX)
    answer = olga.post(f"{base}/stages/1", headers=HTMX)
    assert answer.status_code == 200
    assert "Begin diagnosis: now “Diagnosis”" in answer.content.decode()
    assert [each.stage for each in standing_of(Run.objects.get()).tokens] == [2]


def test_a_conversion_is_shown_and_then_done(cast: Cast) -> None:
    ticket = cast.ticket()
    talk, repair = published(cast, TALK, "Talk"), published(cast, REPAIR)
    olga = Client()
    olga.force_login(cast.olga.user)
    base = f"/tickets/{ticket.pk}"
    olga.post(f"{base}/processes/{talk.pk}")
    shown = olga.get(f"{base}/conversions/{repair.pk}?stage=2", headers=HTMX).content.decode()
    assert "begins anew" in shown
    assert Run.objects.get().version.process == talk
    olga.post(f"{base}/conversions/{repair.pk}", {"stage": "2"}, headers=HTMX)
    assert Run.objects.get().version.process == repair


def test_a_conversion_is_looked_at_without_any_lock(cast: Cast) -> None:
    ticket, repair = cast.ticket(), published(cast, REPAIR)
    olga = Client()
    olga.force_login(cast.olga.user)
    base = f"/tickets/{ticket.pk}"
    with CaptureQueriesContext(connection) as asked:
        refused = olga.get(f"{base}/conversions/{repair.pk}", headers=HTMX)
        olga.post(f"{base}/processes/{repair.pk}")
        asked_before = len(asked)
        shown = olga.get(f"{base}/conversions/{repair.pk}", headers=HTMX)
    assert (refused.status_code, shown.status_code) == (409, 200)
    assert not [q for q in asked.captured_queries[asked_before:] if "FOR " in q["sql"]]


def test_days_and_budget_of_stages_are_one_table_beside_what_was_spent(cast: Cast) -> None:
    ticket, repair = cast.ticket(), published(cast, REPAIR)
    olga = Client()
    olga.force_login(cast.olga.user)
    base = f"/tickets/{ticket.pk}"
    assert olga.get(f"{base}/milestones", headers=HTMX).status_code == 409
    olga.post(f"{base}/processes/{repair.pk}")
    typed = {
        "begins_on-1": "2026-02-23",
        "ends_on-1": "2026-02-27",
        "budget-1": "1500.50",
        "currency": "RUB",
    }
    saved = olga.post(f"{base}/milestones", typed, headers=HTMX)
    assert "planned until" in saved.content.decode()
    spend(
        Of(key=uuid4(), ticket=ticket, day=cast.at.date()),
        kind=ExpenseKind.TRAVEL,
        cost=Money(Decimal("750.25"), "RUB"),
        by=cast.actor(cast.olga),
        at=cast.at,
    )
    page = olga.get(f"{base}/milestones", headers=HTMX).content.decode()
    assert 'value="1500.50"' in page
    assert "50 %" in page
    # Somebody who had the table open from before changes another stage only.
    late = {"ends_on-1": "", "ends_on-2": "2026-03-31", "currency": "USD"}
    olga.post(f"{base}/milestones", late, headers=HTMX)
    assert 'value="1500.50"' in olga.get(f"{base}/milestones", headers=HTMX).content.decode()
    askew = olga.post(f"{base}/milestones", {**typed, "ends_on-1": "soon"}, headers=HTMX)
    assert askew.status_code == 422
    assert 'value="2026-02-27"' in olga.get(f"{base}/milestones", headers=HTMX).content.decode()


def test_another_brand_sees_nothing_of_it(cast: Cast) -> None:
    ticket, repair = cast.ticket(), published(cast, REPAIR)
    lev = Client()
    lev.force_login(cast.lev.user)
    for path in ("processes", "milestones", f"conversions/{repair.pk}"):
        assert lev.get(f"/tickets/{ticket.pk}/{path}").status_code == 404
    for path in (f"processes/{repair.pk}", "stages/1", "checklist/1/1"):
        assert lev.post(f"/tickets/{ticket.pk}/{path}").status_code == 404
