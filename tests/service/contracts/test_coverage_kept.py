"""Decisions about coverage: written once, overruled with a reason, said in one sentence."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import Error, transaction
from django.utils import translation

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.models import Company
from ambidesk.service.contracts.activating import activate
from ambidesk.service.contracts.guarding import NotCovered, NotDecided, require_covered
from ambidesk.service.contracts.keeping import (
    Kept,
    Matter,
    NoReasonGiven,
    NotOverruled,
    decide_many,
    overrule,
    take_back,
)
from ambidesk.service.contracts.models import Coverage, Decision, VerdictKind
from ambidesk.service.contracts.rules.deciding import Blocked
from ambidesk.service.contracts.rules.lines import Facts, Warranty
from ambidesk.service.contracts.said import LineSaid
from ambidesk.service.contracts.saying import sentence
from ambidesk.service.contracts.stopping import stop
from tests.service.contracts import agreements

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def _decide(
    company: Company, at: datetime, coverage: Coverage | None = None, **facts: object
) -> Kept:
    given = Facts(on=TODAY, **facts)  # type: ignore[arg-type]
    matter = Matter(key=1, company=company.pk, facts=given, coverage=coverage)
    return decide_many([matter], on=TODAY, at=at)[1]


def _said(company: Company, at: datetime, **facts: object) -> str:
    decision = _decide(company, at, **facts).decision
    assert decision is not None
    with translation.override("en"):
        return sentence(decision).replace("\u00a0", " ")


def test_each_sentence_names_contract_and_clause(at: datetime) -> None:
    chain = agreements.company()
    shop, other = agreements.site(chain), agreements.site(chain, "Shop 18")
    made = agreements.contract(chain, at)
    hours = agreements.package(made, at)
    agreements.draft(
        made,
        at,
        LineSaid(clause="2.1", package=hours),
        LineSaid(clause="2.2", site=shop, parts=50, limit=Decimal(20_000)),
        LineSaid(clause="2.3", site=other, covers=False),
    )
    activate(made, by=SYSTEM, at=at)
    assert _said(chain, at) == ("Covered by contract 12/26, clause 2.1: 10 h left of “Hours”.")
    assert _said(chain, at, site=shop.pk) == (
        "Partly covered by contract 12/26, clause 2.2: parts 50 %, labour 100 %, travel 100 %, "
        "up to 20,000 ₽ a request."
    )
    assert _said(chain, at, site=other.pk) == (
        "Excluded by contract 12/26, clause 2.3: chargeable, an estimate must be approved."
    )
    warranty = Warranty(until=date(2027, 1, 1))
    assert _said(chain, at, site=other.pk, warranty=warranty).startswith("Under warranty until")
    assert _said(agreements.company("New"), at) == (
        "No contract is in force: chargeable, an estimate must be approved."
    )
    stop(chain, blocks=tuple(Blocked), words="Invoices since May.", by=SYSTEM, at=at)
    assert _said(chain, at) == "Stopped, nothing is to be done: Invoices since May."


def test_deciding_the_same_again_writes_nothing(at: datetime) -> None:
    chain = agreements.company()
    agreements.in_force(chain, at)
    first = _decide(chain, at)
    again = _decide(chain, at, first.coverage)
    assert first.decision is not None
    assert again.decision is None
    assert Decision.objects.count() == 1


def test_a_persons_decision_stands_until_it_is_taken_back(at: datetime) -> None:
    chain = agreements.company()
    coverage = _decide(chain, at).coverage
    with pytest.raises(NoReasonGiven):
        overrule(coverage, VerdictKind.COVERED, words=" ", by=SYSTEM, at=at)
    overrule(coverage, VerdictKind.COVERED, words="Goodwill", by=SYSTEM, at=at)
    agreements.in_force(chain, at, LineSaid(clause="9", covers=False))
    coverage.refresh_from_db()
    assert _decide(chain, at, coverage).decision is None
    coverage.refresh_from_db()
    assert coverage.verdict == VerdictKind.COVERED
    coverage = take_back(coverage, at=at)
    decided = _decide(chain, at, coverage).decision
    assert decided is not None
    assert decided.clause == "9"
    with pytest.raises(NotOverruled):
        take_back(coverage, at=at)
    assert [each.reason for each in coverage.decisions.all()] == [
        "no_contract",
        "overruled",
        "excluded",
    ]


def test_a_package_too_large_to_be_stored_stops_nothing(at: datetime) -> None:
    chain = agreements.company()
    made = agreements.contract(chain, at)
    most = Decimal("99999999.99")
    hours = agreements.package(made, at, amount=most, carry=most)
    agreements.draft(made, at, LineSaid(clause="2.1", package=hours))
    activate(made, by=SYSTEM, at=at)
    kept = _decide(chain, at)
    assert kept.decision is not None
    assert (kept.coverage.left, kept.decision.left) == (most, most)


def test_decisions_stay_as_they_were(at: datetime) -> None:
    _decide(agreements.company(), at)
    with pytest.raises(Error), transaction.atomic():
        Decision.objects.update(verdict="covered")
    with pytest.raises(Error), transaction.atomic():
        Decision.objects.all().delete()


def test_nobody_sets_out_for_what_is_not_covered_without_a_decision(at: datetime) -> None:
    with pytest.raises(NotDecided):
        require_covered(None)
    coverage = _decide(agreements.company(), at).coverage
    with pytest.raises(NotCovered):
        require_covered(coverage)
    require_covered(coverage, has_estimate=True)
    overrule(coverage, VerdictKind.CHARGEABLE, words="They pay", by=SYSTEM, at=at)
    coverage.refresh_from_db()
    require_covered(coverage)
    overrule(coverage, VerdictKind.REFUSED, words="No", by=SYSTEM, at=at)
    coverage.refresh_from_db()
    with pytest.raises(NotCovered):
        require_covered(coverage, has_estimate=True)


def test_a_used_up_package_makes_it_chargeable(at: datetime) -> None:
    chain = agreements.company()
    made = agreements.contract(chain, at)
    hours = agreements.package(made, at, starts_on=date(2026, 4, 1))
    agreements.draft(made, at, LineSaid(clause="2.1", package=hours))
    activate(made, by=SYSTEM, at=at)
    assert _said(chain, at) == (
        "“Hours” of contract 12/26, clause 2.1, is used up: chargeable, an estimate must be "
        "approved."
    )
