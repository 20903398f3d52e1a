"""Contracts come into force, are renewed and end; what was agreed stays as it was."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import Error, transaction

from ambidesk.ground.kernel.problems import Problem
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.contracts.activating import (
    AlreadyRenewed,
    AlreadyTerminated,
    HasNoEnd,
    NothingToActivate,
    NoticeTooShort,
    OutsideOfTheContract,
    PeriodOverlaps,
    TooFarAway,
    activate,
    renew,
    terminate,
)
from ambidesk.service.contracts.models import Line, Price, StagePromise, Termination, Version
from ambidesk.service.contracts.said import LineSaid, PriceSaid
from ambidesk.service.contracts.watching import watch_due
from ambidesk.service.contracts.writing import (
    AlreadyAgreed,
    GivesNothing,
    NumberTaken,
    OtherCompany,
    SameScopeTwice,
    write_contract,
)
from tests.service.contracts import agreements

pytestmark = pytest.mark.django_db
JULY = date(2026, 7, 1)


def test_a_version_of_nothing_is_not_activated(at: datetime) -> None:
    made = agreements.contract(agreements.company(), at)
    with pytest.raises(NothingToActivate):
        activate(made, by=SYSTEM, at=at)


def test_a_new_version_ends_the_one_before_on_its_day(at: datetime) -> None:
    made = agreements.in_force(agreements.company(), at)
    agreements.draft(made, at, LineSaid(clause="2.1a"), starts_on=JULY)
    activate(made, by=SYSTEM, at=at)
    assert list(made.versions.order_by("number").values_list("starts_on", "until_on")) == [
        (agreements.JANUARY, JULY),
        (JULY, agreements.NEXT_JANUARY),
    ]


def test_a_version_holds_within_its_contract(at: datetime) -> None:
    made = agreements.contract(agreements.company(), at)
    agreements.draft(made, at, starts_on=agreements.NEXT_JANUARY)
    with pytest.raises(OutsideOfTheContract):
        activate(made, by=SYSTEM, at=at)


def test_two_contracts_about_the_same_at_the_same_time_are_refused_with_the_clause(
    at: datetime,
) -> None:
    chain = agreements.company()
    agreements.in_force(chain, at, LineSaid(clause="3.1", site=agreements.site(chain)))
    shop = chain.sites.get()
    other = agreements.contract(chain, at, number="13/26", starts_on=JULY)
    agreements.draft(other, at, LineSaid(clause="4", site=shop))
    with pytest.raises(PeriodOverlaps) as refused:
        activate(other, by=SYSTEM, at=at)
    assert "3.1" in str(refused.value)
    assert "12/26" in str(refused.value)


def test_the_database_itself_refuses_the_overlap(at: datetime) -> None:
    chain = agreements.company()
    agreements.in_force(chain, at)
    other = agreements.contract(chain, at, number="13/26")
    agreements.draft(other, at)
    line = Line.objects.get(version__contract=other)
    with pytest.raises(Error, match="line_scope_alone"), transaction.atomic():
        Line.objects.filter(pk=line.pk).update(during=(JULY, None))


def test_one_after_the_other_is_no_overlap(at: datetime) -> None:
    chain = agreements.company()
    agreements.in_force(chain, at, until_on=JULY)
    agreements.in_force(chain, at, number="13/26", starts_on=JULY)


def test_two_lines_about_the_same_are_refused(at: datetime) -> None:
    made = agreements.contract(agreements.company(), at)
    with pytest.raises(SameScopeTwice):
        agreements.draft(made, at, LineSaid(clause="1"), LineSaid(clause="2", covers=False))


def test_a_line_about_the_shop_of_somebody_else_is_refused(at: datetime) -> None:
    made = agreements.contract(agreements.company(), at)
    foreign = agreements.site(agreements.company("South"))
    with pytest.raises(OtherCompany):
        agreements.draft(made, at, LineSaid(clause="1", site=foreign))


def test_a_line_that_covers_nothing_is_refused(at: datetime) -> None:
    made = agreements.contract(agreements.company(), at)
    with pytest.raises(GivesNothing):
        agreements.draft(made, at, LineSaid(clause="1", parts=0, labour=0, travel=0))


@pytest.mark.parametrize(
    "change",
    [
        lambda made: Version.objects.filter(contract=made).update(outside="refused"),
        lambda made: Version.objects.filter(contract=made).update(until_on=date(2030, 1, 1)),
        lambda made: Line.objects.filter(version__contract=made).update(parts=10),
        lambda made: Line.objects.filter(version__contract=made).delete(),
        lambda made: Version.objects.filter(contract=made).delete(),
        lambda made: Price.objects.create(
            version=made.versions.get(), clause="6", basis="hour", price=Decimal(1)
        ),
        lambda made: StagePromise.objects.create(
            version=made.versions.get(), clause="3.4", work_minutes=60
        ),
    ],
)
def test_an_active_version_never_changes(at: datetime, change: object) -> None:
    made = agreements.in_force(agreements.company(), at)
    with pytest.raises(Error), transaction.atomic():
        change(made)  # type: ignore[operator]


def test_what_was_agreed_is_not_rewritten(at: datetime) -> None:
    chain = agreements.company()
    made = agreements.in_force(chain, at)
    details = agreements.Details(
        number="12/26",
        starts_on=agreements.JANUARY,
        until_on=agreements.NEXT_JANUARY,
        fee=Decimal(9),
    )
    with pytest.raises(AlreadyAgreed):
        write_contract(made, details, company=chain, by=SYSTEM, at=at)


def test_a_number_is_used_once_in_a_company(at: datetime) -> None:
    chain = agreements.company()
    agreements.contract(chain, at)
    with pytest.raises(NumberTaken):
        agreements.contract(chain, at)


def test_a_renewal_goes_on_with_what_was_agreed_and_keeps_the_draft(at: datetime) -> None:
    made = agreements.in_force(agreements.company(), at)
    agreements.draft(made, at, LineSaid(clause="draft"), starts_on=JULY)
    renewed = renew(made, months=12, by=SYSTEM, at=at)
    made.refresh_from_db()
    assert (made.until_on, renewed.starts_on) == (date(2028, 1, 1), agreements.NEXT_JANUARY)
    assert [line.clause for line in renewed.lines.all()] == ["2.1"]
    assert [line.clause for line in made.versions.get(activated_at=None).lines.all()] == ["draft"]


def test_a_renewal_copies_prices_too(at: datetime) -> None:
    made = agreements.contract(agreements.company(), at)
    agreements.draft(made, at, prices=[PriceSaid(clause="6.1", price=Decimal(900))])
    activate(made, by=SYSTEM, at=at)
    renewed = renew(made, months=1, by=SYSTEM, at=at)
    assert [each.price for each in renewed.prices.all()] == [900]


def test_without_an_end_there_is_nothing_to_renew(at: datetime) -> None:
    made = agreements.in_force(agreements.company(), at, until_on=None)
    with pytest.raises(HasNoEnd):
        renew(made, months=12, by=SYSTEM, at=at)


def test_a_contract_ends_after_the_time_of_notice(at: datetime) -> None:
    made = agreements.in_force(agreements.company(), at)
    noticed, reason = date(2026, 3, 2), Termination.Reason.CLIENT
    with pytest.raises(NoticeTooShort):
        terminate(
            made, noticed_on=noticed, ends_on=date(2026, 3, 31), reason=reason, by=SYSTEM, at=at
        )
    ends = date(2026, 4, 1)
    terminate(made, noticed_on=noticed, ends_on=ends, reason=reason, by=SYSTEM, at=at)
    made.refresh_from_db()
    assert made.until_on == ends
    assert made.is_in_force(date(2026, 3, 31))
    assert not made.is_in_force(ends)
    with pytest.raises(AlreadyTerminated):
        terminate(made, noticed_on=noticed, ends_on=ends, reason=reason, by=SYSTEM, at=at)


def test_after_an_end_the_same_can_be_agreed_anew(at: datetime) -> None:
    chain = agreements.company()
    made = agreements.in_force(chain, at)
    terminate(
        made,
        noticed_on=date(2026, 3, 2),
        ends_on=date(2026, 3, 10),
        reason=Termination.Reason.BREACH,
        by=SYSTEM,
        at=at,
    )
    agreements.in_force(chain, at, number="13/26", starts_on=date(2026, 3, 10))


def test_each_step_before_the_end_is_told_of_once(at: datetime) -> None:
    made = agreements.in_force(agreements.company(), at, warn_days=(60, 7))
    told = [
        watch_due(by=SYSTEM, on=on, at=at)
        for on in (
            date(2026, 10, 1),
            date(2026, 11, 5),
            date(2026, 11, 6),
            date(2026, 12, 28),
            date(2026, 12, 29),
        )
    ]
    assert told == [0, 1, 0, 1, 0]
    made.refresh_from_db()
    assert made.warned_days == 7


def test_what_needs_no_notice_renews_itself_on_its_last_day_and_is_told_of_no_more(
    at: datetime,
) -> None:
    made = agreements.in_force(
        agreements.company(), at, renews_months=12, notice_days=0, warn_days=(7,)
    )
    assert watch_due(by=SYSTEM, on=date(2026, 12, 30), at=at) == 1
    told = Problem.objects.filter(kind="contract_ends", solved_at=None)
    assert told.exists()
    assert watch_due(by=SYSTEM, on=date(2026, 12, 31), at=at) == 1
    made.refresh_from_db()
    assert made.until_on == date(2028, 1, 1)
    assert not told.exists()


@pytest.mark.parametrize("how", ["renewed", "ended"])
def test_nobody_is_told_of_an_end_that_was_seen_to(how: str, at: datetime) -> None:
    made = agreements.in_force(agreements.company(), at, warn_days=(7,))
    watch_due(by=SYSTEM, on=date(2026, 12, 30), at=at)
    if how == "renewed":
        renew(made, months=12, by=SYSTEM, at=at)
    else:
        by_then = {"noticed_on": date(2026, 11, 1), "ends_on": date(2026, 12, 31)}
        reason = Termination.Reason.CLIENT
        terminate(made, **by_then, reason=reason, by=SYSTEM, at=at)
    assert not Problem.objects.filter(solved_at=None).exists()


def test_a_contract_is_renewed_once_beyond_one_end_and_never_for_ever(at: datetime) -> None:
    made = agreements.in_force(agreements.company(), at)
    renew(made, months=12, ends_on=date(2027, 1, 1), by=SYSTEM, at=at)
    with pytest.raises(AlreadyRenewed):
        renew(made, months=12, ends_on=date(2027, 1, 1), by=SYSTEM, at=at)
    with pytest.raises(TooFarAway):
        renew(made, months=12 * 200, by=SYSTEM, at=at)


def test_what_renews_itself_goes_on_when_the_time_of_notice_is_over(at: datetime) -> None:
    made = agreements.in_force(
        agreements.company(), at, renews_months=12, notice_days=30, warn_days=()
    )
    assert watch_due(by=SYSTEM, on=date(2026, 12, 1), at=at) == 0
    assert watch_due(by=SYSTEM, on=date(2026, 12, 2), at=at) == 1
    made.refresh_from_db()
    assert made.until_on == date(2028, 1, 1)
