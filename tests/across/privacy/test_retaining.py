"""What is old goes by rule: never before a look, never what somebody still needs."""

from datetime import timedelta

import pytest

from ambidesk.across.privacy.models import Kept, RetentionRule
from ambidesk.across.privacy.retaining import (
    OutOfReason,
    RuleThere,
    outlook,
    retain_due,
    set_retention,
    switch_retention,
)
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.models import Person
from ambidesk.support.conversations.models import IntakeItem, IntakeState
from ambidesk.support.conversations.raw import raw_of
from ambidesk.support.conversations.taking import Arrival, take_many
from ambidesk.support.tickets.closing import close
from ambidesk.support.tickets.filing import file_message
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast

YEAR = timedelta(days=370)


def rule(cast: Cast, kept: Kept = Kept.PERSONS, *, months: int = 12) -> RetentionRule:
    return set_retention(None, kept, months=months, by=cast.actor(cast.admin), at=cast.at)


def on(cast: Cast, made: RetentionRule) -> RetentionRule:
    return switch_retention(made, on=True, by=cast.actor(cast.admin), at=cast.at)


def old_ticket(cast: Cast) -> Ticket:
    ticket = cast.ticket()
    return close(ticket, by=cast.actor(cast.olga), at=cast.at)


def test_a_new_rule_says_what_would_go_and_takes_nothing(cast: Cast) -> None:
    old_ticket(cast)
    made = rule(cast)
    seen = outlook(made, at=cast.at + YEAR)
    assert {each.pk for each in seen.oldest} == {cast.anna.person_id, cast.boris.person_id}
    assert (seen.number, seen.is_more) == (2, False)
    assert retain_due(by=SYSTEM, at=cast.at + YEAR) == 0
    assert not Person.objects.exclude(erased_at=None).exists()


def test_a_rule_that_is_on_erases_whoever_was_not_heard_of(cast: Cast) -> None:
    ticket = old_ticket(cast)
    on(cast, rule(cast))
    assert retain_due(by=SYSTEM, at=cast.at + YEAR) == 2
    ticket.requester.refresh_from_db()
    assert (ticket.requester.name, bool(ticket.requester.erased_at)) == ("", True)
    assert retain_due(by=SYSTEM, at=cast.at + YEAR) == 0
    # Whoever works here is nobody's customer of old.
    assert Person.objects.get(member=cast.olga).erased_at is None


def test_who_has_something_open_or_wrote_lately_stays(cast: Cast) -> None:
    cast.ticket()
    on(cast, rule(cast))
    retain_due(by=SYSTEM, at=cast.at + YEAR)
    cast.anna.person.refresh_from_db()
    cast.boris.person.refresh_from_db()
    assert cast.anna.person.erased_at is None
    assert cast.boris.person.erased_at is not None


def test_a_changed_rule_is_off_until_somebody_looked_again(cast: Cast) -> None:
    made = on(cast, rule(cast))
    by = cast.actor(cast.admin)
    same = set_retention(made, Kept.PERSONS, months=12, by=by, at=cast.at)
    assert same.is_on
    shorter = set_retention(made, Kept.PERSONS, months=6, by=by, at=cast.at)
    assert not shorter.is_on


def test_originals_go_and_what_waits_or_was_set_aside_stays(cast: Cast) -> None:
    arrivals = [
        Arrival(
            channel_id=cast.shop_mail.pk,
            external_key=f"m{n}",
            raw=b"Subject: x\n\nhi",
            envelope={},
            received_at=cast.at,
        )
        for n in range(3)
    ]
    take_many(arrivals)
    done, waiting, aside = IntakeItem.objects.order_by("pk")
    IntakeItem.objects.filter(pk=done.pk).update(state=IntakeState.DONE)
    IntakeItem.objects.filter(pk=aside.pk).update(state=IntakeState.QUARANTINED, reason="fault")
    on(cast, rule(cast, Kept.ORIGINALS, months=3))
    assert retain_due(by=SYSTEM, at=cast.at + timedelta(days=30)) == 0
    assert retain_due(by=SYSTEM, at=cast.at + YEAR) == 1
    assert retain_due(by=SYSTEM, at=cast.at + YEAR) == 0
    left = {row.pk: raw_of(row) for row in IntakeItem.objects.all()}
    assert left[done.pk] == b""
    assert left[waiting.pk] == left[aside.pk] == b"Subject: x\n\nhi"


def test_there_is_one_rule_for_each_and_none_beyond_reason(cast: Cast) -> None:
    rule(cast)
    with pytest.raises(RuleThere):
        rule(cast)
    with pytest.raises(OutOfReason):
        rule(cast, Kept.ORIGINALS, months=0)


def test_who_writes_on_the_ticket_of_somebody_else_is_not_forgotten(cast: Cast) -> None:
    on(cast, rule(cast))
    cast.ticket("Hello", sender=cast.anna)
    file_message(cast.ticket(), cast.write("Me too", sender=cast.boris), by=SYSTEM, at=cast.at)
    assert retain_due(by=SYSTEM, at=cast.at + YEAR) == 0
