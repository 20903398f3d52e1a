"""What tickets are by contracts: decided as they come, again as things change, or by a person."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambidesk.ground.conditions.binding import Asker, bind
from ambidesk.ground.conditions.compiling import compiled
from ambidesk.ground.conditions.evaluating import holds
from ambidesk.ground.conditions.parsing import read
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.models import Company
from ambidesk.service.contracts.models import Contract, VerdictKind
from ambidesk.service.contracts.rules.deciding import Blocked
from ambidesk.service.contracts.said import LineSaid
from ambidesk.service.contracts.stopping import stop
from ambidesk.support.coverage import following
from ambidesk.support.coverage.overruling import NobodysClient, let_decide, overrule
from ambidesk.support.coverage.settling import settle
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.fields import TICKET_VOCABULARY
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.service.contracts import agreements

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(cast: Cast) -> Company:
    """A chain with one contract: all shops but one."""
    made = agreements.company()
    closed = agreements.site(made, "Closed shop")
    agreements.in_force(
        made, cast.at, LineSaid(clause="2.1"), LineSaid(clause="2.4", site=closed, covers=False)
    )
    return made


def _of(chain: Company, cast: Cast, site: str = "") -> Ticket:
    ticket = cast.ticket()
    place = chain.sites.filter(name=site).first()
    attribute(ticket, company=chain, site=place, by=SYSTEM, at=cast.at)
    _follow(cast, "ticket", ticket.pk)
    return Ticket.objects.get(pk=ticket.pk)


def _follow(cast: Cast, kind: str, *subjects: int) -> None:
    entries = [
        entry
        for subject in subjects
        for entry in journal.entries_of(kind, subject)
        if entry.kind in following.KINDS
    ]
    following.follow(entries, at=cast.at)


def _verdict(ticket: Ticket) -> str:
    found = Ticket.objects.select_related("coverage").get(pk=ticket.pk)
    assert found.coverage is not None
    return found.coverage.verdict


def test_a_ticket_is_decided_as_soon_as_its_company_is_known(chain: Company, cast: Cast) -> None:
    ticket = _of(chain, cast)
    assert _verdict(ticket) == VerdictKind.COVERED
    assert ticket.coverage
    assert ticket.coverage.contract == Contract.objects.get()


def test_nobodys_ticket_has_no_coverage(cast: Cast) -> None:
    ticket = cast.ticket()
    _follow(cast, "ticket", ticket.pk)
    assert Ticket.objects.get(pk=ticket.pk).coverage is None


def test_another_site_is_another_decision_with_its_clause(chain: Company, cast: Cast) -> None:
    ticket = _of(chain, cast)
    site = chain.sites.get()
    attribute(ticket, company=chain, site=site, by=SYSTEM, at=cast.at)
    _follow(cast, "ticket", ticket.pk)
    assert _verdict(ticket) == VerdictKind.CHARGEABLE
    told = [
        e.data["verdict"] for e in journal.entries_of("ticket", ticket.pk) if "verdict" in e.data
    ]
    assert told == ["covered", "chargeable"]


def test_a_stop_reaches_open_tickets_and_not_those_that_are_over(
    chain: Company, cast: Cast
) -> None:
    open_one, over = _of(chain, cast), _of(chain, cast)
    solve(over, by=SYSTEM, at=cast.at)
    stop(chain, blocks=tuple(Blocked), words="Debts", by=SYSTEM, at=cast.at)
    _follow(cast, "company", chain.pk)
    assert _verdict(open_one) == VerdictKind.REFUSED
    assert _verdict(over) == VerdictKind.COVERED


def test_the_sweeper_looks_at_what_nobody_looked_at_today(chain: Company, cast: Cast) -> None:
    ticket = _of(chain, cast)
    assert following.sweep(at=cast.at) == 0
    # On the day on which the contract is over.
    later = cast.at + timedelta(days=305)
    assert following.sweep(at=later) == 1
    assert _verdict(ticket) == VerdictKind.CHARGEABLE
    assert following.sweep(at=later) == 0


def test_settling_again_tells_nothing(chain: Company, cast: Cast) -> None:
    ticket = _of(chain, cast)
    before = len(journal.entries_of("ticket", ticket.pk))
    settle([ticket.pk], by=SYSTEM, at=cast.at)
    assert len(journal.entries_of("ticket", ticket.pk)) == before


def test_what_stands_beside_a_ticket_is_read_after_its_lock(chain: Company, cast: Cast) -> None:
    ticket = _of(chain, cast)
    with CaptureQueriesContext(connection) as asked:
        settle([ticket.pk], by=SYSTEM, at=cast.at)
    (locking,) = [each["sql"] for each in asked if "FOR NO KEY UPDATE" in each["sql"]]
    assert "JOIN" not in locking


def test_a_lead_decides_otherwise_and_lets_the_contract_decide_again(
    chain: Company, cast: Cast
) -> None:
    ticket = _of(chain, cast, "Closed shop")
    by, at = cast.actor(cast.admin), cast.at
    with pytest.raises(NotEntitled):
        overrule(ticket, VerdictKind.COVERED, words="Once", by=cast.actor(cast.olga), at=at)
    overrule(ticket, VerdictKind.COVERED, words="Once", by=by, at=at)
    settle([ticket.pk], by=SYSTEM, at=at)
    assert _verdict(ticket) == VerdictKind.COVERED
    let_decide(ticket, by=by, at=at)
    assert _verdict(ticket) == VerdictKind.CHARGEABLE


def test_nobodys_ticket_is_not_overruled(cast: Cast) -> None:
    by = cast.actor(cast.admin)
    with pytest.raises(NobodysClient):
        overrule(cast.ticket(), VerdictKind.COVERED, words="Once", by=by, at=cast.at)


@pytest.mark.parametrize(
    "field, operator, value",
    [
        ("coverage", "is", "covered"),
        ("contract_days_left", "less", 400),
        ("contract_days_left", "more", 400),
        ("package_used", "empty", None),
    ],
)
def test_conditions_ask_of_coverage_the_same_in_sql_and_of_one_row(
    chain: Company, cast: Cast, field: str, operator: str, value: object
) -> None:
    tickets = [_of(chain, cast), _of(chain, cast, "Closed shop"), cast.ticket()]
    said = {"field": field, "operator": operator} | ({} if value is None else {"value": value})
    asker = Asker(at=cast.at)
    bound = bind(read(said, TICKET_VOCABULARY), TICKET_VOCABULARY, asker=asker)
    rows = Ticket.objects.filter(compiled(bound, at=cast.at))
    found = set(rows.values_list("pk", flat=True))
    again = {each.pk for each in Ticket.objects.all() if holds(bound, each, at=cast.at)}
    assert found == again
    assert tickets[2].pk not in found or operator == "empty"
