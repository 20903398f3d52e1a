"""A contract promises how long a stage may take: before the process, warned of, in words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.across.insight.models import FactRow
from ambidesk.across.insight.recounting import recount
from ambidesk.across.insight.rules.facts import FactKind
from ambidesk.ground.calendars.reading import read
from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.models import Company
from ambidesk.service.contracts.rules.staging import StagePromised, stage_promise_for
from ambidesk.service.contracts.said import LineSaid, StageSaid
from ambidesk.service.sla.arranging import Promising, arrange_calendar
from ambidesk.service.sla.events import PromiseWarned
from ambidesk.service.sla.models import Clock
from ambidesk.service.sla.sweeping import sweep_due
from ambidesk.service.workflow.models import Process, Stay
from ambidesk.service.workflow.rules.plan import Deadline, Plan
from ambidesk.service.workflow.shipped import INCIDENT
from ambidesk.support.coverage.events import CoverageDecided
from ambidesk.support.coverage.settling import settle as cover
from ambidesk.support.promises.arranging import arrange_ticket_policy
from ambidesk.support.stages import telling
from ambidesk.support.stages.explaining import reasons_of
from ambidesk.support.stages.following import follow
from ambidesk.support.stages.moving import begin, go
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.service.contracts import agreements
from tests.service.workflow.plans import stage, way
from tests.support.promises.conftest import targets
from tests.support.stages.processes import covered, promised_stages, published

HOUR = timedelta(hours=1)
END = replace(stage(3, kind=INCIDENT.stages[-1].kind))
PLAN = Plan(
    stages=(replace(stage(1), deadline=Deadline(work=HOUR * 8)), stage(2), END),
    transitions=(way(1, 1, 2), way(2, 2, 3)),
)


def going(cast: Cast, ticket: Ticket, process: Process) -> Ticket:
    begin(ticket, process, by=SYSTEM, at=cast.at)
    return Ticket.objects.get(pk=ticket.pk)


def clock(ticket: Ticket, key: int) -> Clock | None:
    return Clock.objects.filter(promise__stay__run=ticket.run_id, promise__stay__stage=key).first()


def words(ticket: Ticket) -> Sequence[str]:
    stays = Stay.objects.filter(run=ticket.run_id, left_at=None).select_related("version")
    return next(iter(reasons_of(ticket, list(stays)).values()), ())


def test_what_the_contract_promises_goes_before_the_process(cast: Cast) -> None:
    process = published(cast, PLAN)
    chain = promised_stages(
        cast,
        StageSaid(clause="3.4", work=HOUR * 4, process=process, stage=1),
        StageSaid(clause="3.5", work=HOUR * 2),
    )
    ticket = going(cast, covered(cast, chain), process)
    assert clock(ticket, 1).due_at == cast.at + HOUR * 4
    go(ticket, 1, by=SYSTEM, at=cast.at + HOUR)
    # The process itself gives this stage no deadline.
    assert clock(ticket, 2).due_at == cast.at + HOUR * 3
    assert clock(ticket, 1).met_at == cast.at + HOUR
    ordinary = going(cast, cast.ticket(), process)
    assert clock(ordinary, 1).due_at == cast.at + HOUR * 8


def test_the_line_that_covers_it_goes_before_all_lines(cast: Cast) -> None:
    process = published(cast, PLAN)
    site_less = agreements.ALL
    chain = promised_stages(
        cast,
        StageSaid(clause="3.4", work=HOUR * 2, process=process, stage=1),
        StageSaid(clause="3.5", work=HOUR * 5, line=site_less.clause),
        lines=(site_less,),
    )
    ticket = going(cast, covered(cast, chain), process)
    assert clock(ticket, 1).due_at == cast.at + HOUR * 5


def test_it_counts_by_the_calendar_of_the_promise_that_the_contract_names(
    cast: Cast,
) -> None:
    spec = {"zone": "Europe/Moscow", "hours": {"mon": [["13:00", "18:00"]]}}
    afternoon = arrange_calendar(None, name="PM", spec=read(spec), by=SYSTEM, at=cast.at)
    said = Promising(name="Chain", place=99, condition=None, calendar=afternoon, targets=targets())
    from_nine = arrange_ticket_policy(None, said, by=SYSTEM, at=cast.at)
    process = published(cast, PLAN)
    chain = promised_stages(
        cast,
        StageSaid(clause="3.4", work=HOUR * 4, warning=HOUR),
        lines=(LineSaid(clause="2.1", policy=from_nine),),
    )
    ticket = going(cast, covered(cast, chain), process)
    stored = clock(ticket, 1)
    # It is noon in Moscow: the calendar begins in an hour.
    assert (stored.due_at, stored.next_at) == (cast.at + HOUR * 5, cast.at + HOUR * 4)


def decided(ticket: Ticket, at) -> None:
    kinds = {CoverageDecided.kind}
    entries = [e for e in journal.entries_of("ticket", ticket.pk) if e.kind in kinds]
    follow(entries, at=at)


def moved_to(chain: Company, ticket: Ticket, at) -> None:
    attribute(ticket, company=chain, by=SYSTEM, at=at)
    cover([ticket.pk], by=SYSTEM, at=at)
    decided(ticket, at)


def test_coverage_that_is_known_later_gives_the_stage_its_time_from_the_beginning(
    cast: Cast,
) -> None:
    process = published(cast, PLAN)
    chain = promised_stages(cast, StageSaid(clause="3.4", work=HOUR * 4))
    ticket = going(cast, cast.ticket(), process)
    moved_to(chain, ticket, cast.at + HOUR)
    assert clock(ticket, 1).due_at == cast.at + HOUR * 4
    before = len(journal.entries_of("ticket", ticket.pk))
    decided(ticket, cast.at + HOUR)
    assert len(journal.entries_of("ticket", ticket.pk)) == before


def test_without_the_contract_the_stage_has_the_time_of_its_process_again(cast: Cast) -> None:
    process = published(cast, PLAN)
    chain = promised_stages(cast, StageSaid(clause="3.4", work=HOUR * 4))
    ticket = going(cast, covered(cast, chain), process)
    moved_to(agreements.company("South"), ticket, cast.at + HOUR)
    assert clock(ticket, 1).due_at == cast.at + HOUR * 8
    go(ticket, 1, by=SYSTEM, at=cast.at + HOUR * 2)
    assert clock(ticket, 2) is None


def test_it_is_warned_of_told_as_broken_and_said_in_words(cast: Cast) -> None:
    process = published(cast, PLAN)
    chain = promised_stages(cast, StageSaid(clause="3.4", work=HOUR * 4, warning=HOUR))
    ticket = going(cast, covered(cast, chain), process)
    said = words(ticket)
    assert said[0] == "Contract 12/26, clause 3.4, promises 4 h of working time for this stage."
    assert said[1] == "That goes before the process, which gives 8 h."
    assert said[2].startswith("Every hour counts: due ")
    promise = Stay.objects.get(run=ticket.run_id).promise_id
    for hours, breached in ((3, False), (4, True)):
        at = cast.at + HOUR * hours
        while sweep_due(by=SYSTEM, at=at):
            pass
        told = journal.entries_of("promise", promise)[-1]
        assert (told.kind, told.data["breached"]) == (PromiseWarned.kind, breached)
        assert telling.tell_of([told], at=at) >= 0
    recount([ticket.pk])
    broken = FactRow.objects.filter(ticket=ticket, kind=FactKind.PROMISED)
    assert [(row.stage % 100_000, row.flag) for row in broken] == [(1, True)]


@st.composite
def promises(draw: st.DrawFn) -> list[StagePromised]:
    some = st.sampled_from([None, 1, 2])
    return [
        StagePromised(
            key=key,
            work=HOUR * draw(st.integers(1, 5)),
            line=draw(some),
            process=process,
            stage=draw(some) if process else None,
        )
        for key in range(draw(st.integers(0, 6)))
        for process in (draw(some),)
    ]


@given(among=promises(), line=st.integers(1, 2), stage=st.integers(1, 2))
def test_no_promise_that_fits_is_narrower_or_of_equals_stricter(
    among: list[StagePromised], line: int, stage: int
) -> None:
    chosen = stage_promise_for(among, line=line, process=1, stage=stage)
    fits = [
        each
        for each in among
        if each.line in {None, line} and each.process in {None, 1} and each.stage in {None, stage}
    ]
    assert (chosen is None) == (not fits)
    for each in fits:
        names = [(e.line or 0, e.stage or 0, e.process or 0) for e in (chosen, each)]
        narrowness = [tuple(map(bool, name)) for name in names]
        assert narrowness[0] >= narrowness[1]
        assert narrowness[0] > narrowness[1] or chosen.work <= each.work
