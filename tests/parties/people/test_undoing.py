"""Whatever is joined, undone and written in between: undoing restores exactly who had what."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.consents.allowing import allowed
from ambidesk.parties.consents.models import Proof, Purpose, Word
from ambidesk.parties.consents.publishing import publish_document
from ambidesk.parties.consents.saying import Statement, say
from ambidesk.parties.people.joining import are_told_apart, join
from ambidesk.parties.people.judging import take_back, tell_apart
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import (
    Identity,
    IdentityKind,
    Join,
    Person,
    Resemblance,
    Verdict,
)
from ambidesk.parties.people.parting import part
from ambidesk.parties.people.rules.wholes import heads
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets.models import Filing, Ticket

WHO = st.integers(0, 5)


def _components(members, joins):
    """The same by brute force: whoever can be reached over joins."""
    found = {}
    for member in members:
        reached = {member}
        while more := {
            end for pair in joins if reached & set(pair) for end in pair if end not in reached
        }:
            reached |= more
        found[member] = min(reached)
    return found


@given(st.sets(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=12))
def test_the_head_of_a_whole_is_the_first_who_can_be_reached(joins):
    members = range(1, 9)
    assert heads(members, joins) == _components(members, joins)


class Persons(RuleBasedStateMachine):
    """Joins, undos, verdicts and messages in any order over six persons."""

    standing = None

    def __init__(self):
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.at = self.standing.at
        kinds = [IdentityKind.EMAIL, IdentityKind.MESSENGER]
        self.identities = [
            meet(
                Caller(kind=kinds[n % 2], value=f"writer{n}@example.org", name=f"Writer {n}"),
                by=SYSTEM,
                at=self.at,
            )
            for n in range(6)
        ]
        self.owners = {each.pk: each.person_id for each in self.identities}
        self.persons = list(self.owners.values())
        self.wrote = {}
        words = publish_document(Purpose.NEWS, text="News?", language="en", by=SYSTEM, at=self.at)
        yes = Statement(purpose=Purpose.NEWS, word=Word.YES, proof=Proof.FORM, document=words)
        say(self.identities[0].person, yes, by=SYSTEM, at=self.at)

    def teardown(self):
        try:
            for each in Join.objects.standing():
                part(each, by=SYSTEM, at=self.at)
            assert not Person.objects.exclude(head=None).exists()
            self.everybody_has_what_came_by_their_address()
        finally:
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)

    def act(self, verb, *args):
        self.at += timedelta(minutes=1)
        try:
            with transaction.atomic():
                return verb(*args, by=SYSTEM, at=self.at)
        except Refusal:
            return None

    def person(self, which):
        return Person.objects.get(pk=self.persons[which])

    @rule(one=WHO, other=WHO)
    def somebody_joins_two(self, one, other):
        first, second = self.person(one), self.person(other)
        apart = first.whole != second.whole and are_told_apart(first, second)
        joined = self.act(join, first, second)
        assert bool(joined) == (first.whole != second.whole and not apart)

    @rule(which=st.integers(0, 20))
    def somebody_undoes_a_join(self, which):
        standing = list(Join.objects.standing().order_by("pk"))
        if standing:
            self.act(part, standing[which % len(standing)])

    @rule(one=WHO, other=WHO)
    def somebody_says_that_they_are_two(self, one, other):
        self.act(tell_apart, self.person(one), self.person(other))

    @rule(which=st.integers(0, 20))
    def somebody_takes_that_back(self, which):
        said = list(Resemblance.objects.told_apart().order_by("pk"))
        if said:
            self.act(take_back, said[which % len(said)])

    @rule(which=WHO)
    def somebody_writes(self, which):
        sender = Identity.objects.get(pk=self.identities[which].pk)
        ticket = replace(self.standing, at=self.at).ticket("Hello", sender=sender)
        self.wrote[ticket.pk] = sender.pk

    @invariant()
    def everybody_has_what_came_by_their_address(self):
        assert (
            dict(Identity.objects.filter(pk__in=self.owners).values_list("pk", "person"))
            == self.owners
        )
        tickets = Ticket.objects.filter(pk__in=self.wrote)
        asked = dict(tickets.values_list("pk", "requester_identity"))
        assert asked == self.wrote
        assert all(
            self.owners[asked[pk]] == who for pk, who in tickets.values_list("pk", "requester")
        )
        filed = Filing.objects.filter(ticket__in=self.wrote, withdrawn_at=None)
        assert dict(filed.values_list("ticket", "message__sender")) == self.wrote
        assert Message.objects.filter(sender__in=self.owners).count() == len(self.wrote)

    @invariant()
    def who_is_one_is_what_the_joins_that_stand_make(self):
        joins = list(Join.objects.standing().values_list("one", "other"))
        stored = dict(Person.objects.filter(pk__in=self.persons).values_list("pk", "whole"))
        assert stored == _components(self.persons, joins)

    @invariant()
    def nobody_is_one_with_whom_they_were_told_apart_from(self):
        told = Resemblance.objects.told_apart().select_related("one", "other")
        assert all(row.one.whole != row.other.whole for row in told)
        same = Resemblance.objects.filter(verdict=Verdict.SAME).select_related("one", "other")
        assert all(row.one.whole == row.other.whole for row in same)

    @invariant()
    def a_consent_of_one_is_no_consent_of_all(self):
        may = allowed(self.identities, Purpose.NEWS)
        theirs = {pk for pk, owner in self.owners.items() if owner == self.persons[0]}
        assert may == theirs


@pytest.mark.django_db
def test_undoing_restores_who_had_what(cast):
    class Here(Persons):
        standing = cast

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
