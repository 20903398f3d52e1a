"""Whatever people do in whatever order, nothing is approved without an eligible decision."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.authority.granting import Terms, grant_authority, withdraw_authority
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies.models import Contact
from ambidesk.service.approvals.rules.deciding import Kind, State
from ambidesk.support.approvals.answering import Noted, answer, note_answer
from ambidesk.support.approvals.asking import Wish, ask
from ambidesk.support.approvals.deciding import Decision
from ambidesk.support.approvals.following import KINDS, follow
from ambidesk.support.approvals.furthering import ask_further
from ambidesk.support.approvals.linking import answer_by_link
from ambidesk.support.approvals.models import Approval, Link
from ambidesk.support.approvals.voiding import withdraw
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.models import Ticket
from tests.cast import make_cast
from tests.clients import make_clients

WHO = st.sampled_from(["seller", "shopkeeper", "manager", "director", "owner"])
AMOUNTS = st.sampled_from([500, 18_000, 20_000, 20_001])
PICK = st.integers(0, 99)


class Desk(RuleBasedStateMachine):
    """One repair, two companies, and everybody who may want to say yes."""

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
        self.clients = make_clients(make_cast(self.now))
        self.olga = self.clients.cast.actor(self.clients.cast.olga)
        self.ticket = self.clients.ask(
            self.clients.shopkeeper, "Freezer is warm", self.clients.north_shop
        )
        # What the test itself knows of each yes: that it was eligible when it was given.
        self.eligible: set[int] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    def contact(self, who: str) -> Contact:
        return getattr(self.clients, who)  # type: ignore[no-any-return]

    def one(self, pick: int) -> Approval | None:
        rows = list(Approval.objects.select_related("ticket").order_by("pk"))
        return rows[pick % len(rows)] if rows else None

    def says(self, found: Approval, contact: Contact, act: Callable[[], object]) -> None:
        """Judge by hand, from the rows, before it is done; then do it."""
        ticket = Ticket.objects.get(pk=self.ticket.pk)
        rows = Authority.objects.standing(self.now).filter(contact=contact).with_scope()
        power = Power.ACCEPT if found.kind == Kind.ACCEPTANCE else Power.APPROVE_COST
        covers = any(
            power.value in row.powers
            and row.company_id == ticket.company_id
            and _reaches(row, ticket)
            and (
                found.amount is None
                or row.approves_to is None
                or found.amount.amount <= row.approves_to
            )
            for row in rows
        )
        own = found.kind != Kind.ACCEPTANCE and contact.person_id == ticket.requester_id
        before = found.state
        is_allowed = covers and not own and before == State.WAITING
        with suppress(Refusal), transaction.atomic():
            act()
        after = Approval.objects.get(pk=found.pk).state
        if after == State.APPROVED and before != State.APPROVED:
            assert is_allowed
            self.eligible.add(found.pk)

    @rule(rubles=AMOUNTS)
    def somebody_asks_about_a_cost(self, rubles: int) -> None:
        wish = Wish(kind=Kind.COST, title="Parts", amount=Money(Decimal(rubles), "RUB"))
        with suppress(Refusal), transaction.atomic():
            ask(self.ticket, wish, by=self.olga, at=self.now)

    @rule()
    def somebody_asks_to_accept(self) -> None:
        with suppress(Refusal), transaction.atomic():
            ask(self.ticket, Wish(kind=Kind.ACCEPTANCE, title="Done"), by=self.olga, at=self.now)

    @rule(who=WHO, pick=PICK, yes=st.booleans(), stale=st.booleans())
    def somebody_answers_in_the_portal(
        self, who: str, pick: int, *, yes: bool, stale: bool
    ) -> None:
        found, contact = self.one(pick), self.contact(who)
        if found is None:
            return
        said = Decision(yes=yes, content="old" if stale else found.content)
        by = self.clients.actor(contact)
        self.says(found, contact, lambda: answer(found, said, by=by, at=self.now))

    @rule(who=WHO, pick=PICK, source=st.sampled_from(["phone", "letter", ""]))
    def a_colleague_notes(self, who: str, pick: int, source: str) -> None:
        found, contact = self.one(pick), self.contact(who)
        if found is None:
            return
        said = Decision(yes=True, content=found.content)
        noted = Noted(contact=contact, noted_from=source)
        self.says(
            found, contact, lambda: note_answer(found, said, noted=noted, by=self.olga, at=self.now)
        )

    @rule(pick=PICK, yes=st.booleans())
    def somebody_uses_a_link(self, pick: int, *, yes: bool) -> None:
        rows = list(Link.objects.select_related("asked__approval__ticket", "asked__contact"))
        if not rows:
            return
        link = rows[pick % len(rows)]
        found = link.asked.approval
        said = Decision(yes=yes, content=found.content)
        self.says(
            found, link.asked.contact, lambda: answer_by_link(link, said, code="", at=self.now)
        )

    @rule(pick=PICK)
    def somebody_withdraws(self, pick: int) -> None:
        found = self.one(pick)
        if found is not None:
            with suppress(Refusal), transaction.atomic():
                withdraw(found, by=self.olga, at=self.now)

    @rule(north=st.booleans())
    def the_site_is_another_one(self, *, north: bool) -> None:
        site = self.clients.north_shop if north else self.clients.south_shop
        attribute(self.ticket, company=self.clients.chain, site=site, by=self.olga, at=self.now)

    @rule()
    def the_journal_is_read(self) -> None:
        entries = entries_of("ticket", self.ticket.pk)
        follow([each for each in entries if each.kind in KINDS], at=self.now)

    @rule(hours=st.integers(1, 9), pick=PICK)
    def time_passes(self, hours: int, pick: int) -> None:
        self.now += timedelta(hours=hours)
        found = self.one(pick)
        if found is not None:
            ask_further(found, at=self.now)

    @rule(who=st.sampled_from(["manager", "director"]))
    def authority_is_taken_away(self, who: str) -> None:
        for row in Authority.objects.standing(self.now).filter(contact=self.contact(who)):
            withdraw_authority(row, by=SYSTEM, at=self.now)

    @rule(who=st.sampled_from(["seller", "manager"]))
    def authority_is_given(self, who: str) -> None:
        limit = Money(Decimal(1_000), "RUB")
        terms = Terms(
            scope=ScopeKind.COMPANY,
            powers=frozenset({Power.APPROVE_COST, Power.ACCEPT}),
            approves_to=limit,
        )
        with suppress(Refusal), transaction.atomic():
            grant_authority(self.contact(who), terms, by=SYSTEM, at=self.now)

    @invariant()
    def nothing_is_approved_without_an_eligible_decision(self) -> None:
        for row in Approval.objects.filter(state=State.APPROVED).select_related("answer"):
            assert row.pk in self.eligible
            assert row.answer.yes
            assert row.answer.content == row.content == row.frozen.digest
        ticket = Ticket.objects.get(pk=self.ticket.pk)
        for row in Approval.objects.given():
            assert (row.company_id, row.site_id) == (ticket.company_id, ticket.site_id)


def _reaches(row: Authority, ticket: Ticket) -> bool:
    """What an authority covers, said anew in the plainest words."""
    if row.scope == ScopeKind.COMPANY:
        return True
    if row.scope == ScopeKind.TERRITORIES:
        path = ticket.site.territory.path if ticket.site and ticket.site.territory else ""
        return any(path.startswith(each.path) for each in row.territories.all())
    if row.scope == ScopeKind.SITES:
        return ticket.site_id in {each.pk for each in row.sites.all()}
    return row.contact.person_id == ticket.requester_id


def test_nothing_is_approved_without_an_eligible_decision(db: None) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Desk,
        settings=settings(
            max_examples=4,
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
