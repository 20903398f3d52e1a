"""Planned days and budgets of a ticket's stages."""

from datetime import date
from decimal import Decimal

import pytest

from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.kernel.money import Money
from ambidesk.service.workflow.shipped import REPAIR, TALK
from ambidesk.support.stages.converting import convert_run
from ambidesk.support.stages.moving import NoProcess, begin
from ambidesk.support.stages.planning import (
    EndsBeforeItBegins,
    NoSuchBudget,
    NotPlanned,
    Planned,
    plan_stages,
    planned_of,
)
from tests.cast import Cast
from tests.support.stages.processes import published

pytestmark = pytest.mark.django_db
MAY = Planned(
    begins_on=date(2026, 5, 4), ends_on=date(2026, 5, 8), budget=Money(Decimal(20000), "RUB")
)


def test_a_stage_is_planned_told_once_and_planned_otherwise(cast: Cast) -> None:
    ticket, by = cast.ticket(), cast.actor(cast.olga)
    run = begin(ticket, published(cast, REPAIR), by=by, at=cast.at)
    assert plan_stages(ticket, {1: MAY, 2: Planned()}, by=by, at=cast.at) == {1}
    assert planned_of(run) == {1: MAY}
    told = entries_of("ticket", ticket.pk)[-1]
    assert (told.kind, told.data["stages"]) == ("stages.planned", [1])
    assert plan_stages(ticket, {1: MAY}, by=by, at=cast.at) == frozenset()
    assert plan_stages(ticket, {1: Planned()}, by=by, at=cast.at) == {1}
    assert planned_of(run) == {}


@pytest.mark.parametrize(
    "stage, planned, refused",
    [
        (1, Planned(begins_on=date(2026, 5, 8), ends_on=date(2026, 5, 4)), EndsBeforeItBegins),
        (1, Planned(budget=Money(Decimal(-1), "RUB")), NoSuchBudget),
        (1, Planned(budget=Money(Decimal(10**12), "RUB")), NoSuchBudget),
        (999, MAY, NotPlanned),
    ],
)
def test_what_cannot_be_so_is_refused_and_nothing_is_kept(
    cast: Cast, stage: int, planned: Planned, refused: type[Exception]
) -> None:
    ticket, by = cast.ticket(), cast.actor(cast.olga)
    run = begin(ticket, published(cast, REPAIR), by=by, at=cast.at)
    with pytest.raises(refused):
        plan_stages(ticket, {2: MAY, stage: planned}, by=by, at=cast.at)
    assert planned_of(run) == {}


def test_a_ticket_without_a_process_has_nothing_to_plan(cast: Cast) -> None:
    with pytest.raises(NoProcess):
        plan_stages(cast.ticket(), {1: MAY}, by=cast.actor(cast.olga), at=cast.at)


def test_another_process_begins_without_the_plan_of_the_one_before(cast: Cast) -> None:
    ticket, by = cast.ticket(), cast.actor(cast.olga)
    begin(ticket, published(cast, TALK, "Talk"), by=by, at=cast.at)
    plan_stages(ticket, {1: MAY}, by=by, at=cast.at)
    convert_run(ticket, published(cast, REPAIR), by=by, at=cast.at)
    ticket.refresh_from_db()
    assert ticket.run is not None
    assert planned_of(ticket.run) == {}
