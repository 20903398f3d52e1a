"""Merge, split, move and link, each undone exactly."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets.filing import file_message
from ambidesk.support.tickets.linking import AlreadyLinked, InARing, link, unlink
from ambidesk.support.tickets.models import Filing, LinkKind, State, Ticket
from ambidesk.support.tickets.recording import AlreadyMerged
from ambidesk.support.tickets.regrouping import (
    AlreadyUndone,
    LaterRegrouping,
    NothingToMove,
    OtherBrand,
    SameTicket,
    merge,
    move,
    split,
    undo,
)
from tests.cast import Cast


def on(ticket: Ticket) -> set[int]:
    filed = Filing.objects.filter(ticket=ticket, withdrawn_at=None)
    return set(filed.values_list("message_id", flat=True))


def two(cast: Cast) -> tuple[Ticket, Ticket]:
    return cast.ticket("first"), cast.ticket("second")


def test_merging_puts_all_messages_onto_the_target_and_closes_the_source(cast: Cast) -> None:
    source, target = two(cast)
    both = on(source) | on(target)
    merge(source, target, by=cast.actor(cast.olga), at=cast.at)
    source.refresh_from_db()
    assert on(target) == both
    assert on(source) == set()
    assert (source.state, source.merged_into) == (State.CLOSED, target)


def test_undoing_a_merge_restores_both_exactly(cast: Cast) -> None:
    source, target = two(cast)
    before = on(source), on(target)
    merged = merge(source, target, by=SYSTEM, at=cast.at)
    undo(merged, by=SYSTEM, at=cast.at)
    source.refresh_from_db()
    assert (on(source), on(target)) == before
    assert (source.state, source.merged_into) == (State.NEW, None)
    with pytest.raises(AlreadyUndone):
        undo(merged, by=SYSTEM, at=cast.at)


def test_what_answers_a_merged_ticket_arrives_on_the_target(cast: Cast) -> None:
    source, target = two(cast)
    merge(source, target, by=SYSTEM, at=cast.at)
    source.refresh_from_db()
    late = cast.write("and one more thing")
    assert file_message(source, late, by=SYSTEM, at=cast.at) == target
    assert late.pk in on(target)


def test_tickets_of_two_brands_or_one_ticket_are_not_merged(cast: Cast) -> None:
    ticket = cast.ticket()
    foreign = cast.ticket(channel=cast.lift_mail)
    with pytest.raises(OtherBrand):
        merge(ticket, foreign, by=SYSTEM, at=cast.at)
    with pytest.raises(SameTicket):
        merge(ticket, ticket, by=SYSTEM, at=cast.at)


def test_a_merged_ticket_cannot_be_merged_again(cast: Cast) -> None:
    source, target = two(cast)
    merge(source, target, by=SYSTEM, at=cast.at)
    with pytest.raises(AlreadyMerged):
        merge(source, cast.ticket(), by=SYSTEM, at=cast.at)


def test_splitting_begins_a_ticket_with_the_chosen_messages(cast: Cast) -> None:
    ticket = cast.ticket()
    second = cast.write("Another matter: my invoice")
    file_message(ticket, second, by=SYSTEM, at=cast.at)
    made = split(ticket, messages=[second], subject="Invoice", by=SYSTEM, at=cast.at)
    assert on(made.target) == {second.pk}
    assert second.pk not in on(ticket)
    assert made.target.subject == "Invoice"
    undo(made, by=SYSTEM, at=cast.at)
    made.target.refresh_from_db()
    assert second.pk in on(ticket)
    assert made.target.state == State.CLOSED


def test_a_ticket_never_loses_its_last_message_by_a_split(cast: Cast) -> None:
    ticket = cast.ticket()
    only = list(Message.objects.filter(pk__in=on(ticket)))
    with pytest.raises(NothingToMove):
        split(ticket, messages=only, subject="", by=SYSTEM, at=cast.at)


def test_a_regrouping_with_something_built_on_it_is_not_undone(cast: Cast) -> None:
    source, target = two(cast)
    merged = merge(source, target, by=SYSTEM, at=cast.at)
    merge(target, cast.ticket("third"), by=SYSTEM, at=cast.at)
    with pytest.raises(LaterRegrouping):
        undo(merged, by=SYSTEM, at=cast.at)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans()), max_size=8))
def test_undoing_everything_backwards_restores_the_beginning(
    cast: Cast, steps: list[tuple[int, int, bool]]
) -> None:
    tickets = [cast.ticket(f"talk {index}") for index in range(4)]
    for ticket in tickets:
        file_message(ticket, cast.write("more"), by=SYSTEM, at=cast.at)
    before = [on(ticket) for ticket in tickets]
    words = dict(Message.objects.values_list("pk", "text"))
    done = []
    for source, target, whole in steps:
        try:
            done.append(_step(tickets[source], tickets[target], whole=whole, cast=cast))
        except (SameTicket, AlreadyMerged, NothingToMove):
            continue
    for regrouping in reversed(done):
        undo(regrouping, by=SYSTEM, at=cast.at)
    assert [on(ticket) for ticket in tickets] == before
    assert dict(Message.objects.values_list("pk", "text")) == words


def _step(source: Ticket, target: Ticket, *, whole: bool, cast: Cast):
    if whole:
        return merge(source, target, by=SYSTEM, at=cast.at)
    first = Message.objects.filter(pk__in=on(source)).order_by("pk")[:1]
    return move(source, target, messages=list(first), by=SYSTEM, at=cast.at)


def test_links_stand_once_and_can_be_undone(cast: Cast) -> None:
    one, other = two(cast)
    made = link(one, other, kind=LinkKind.RELATED, by=SYSTEM, at=cast.at)
    with pytest.raises(AlreadyLinked):
        link(one, other, kind=LinkKind.RELATED, by=SYSTEM, at=cast.at)
    unlink(made, by=SYSTEM, at=cast.at)
    link(one, other, kind=LinkKind.RELATED, by=SYSTEM, at=cast.at)


def test_a_whole_is_never_part_of_its_part(cast: Cast) -> None:
    part, whole = two(cast)
    link(part, whole, kind=LinkKind.PARENT, by=SYSTEM, at=cast.at)
    with pytest.raises(InARing):
        link(whole, part, kind=LinkKind.PARENT, by=SYSTEM, at=cast.at)


def test_a_split_by_a_message_of_another_ticket_begins_nothing(cast: Cast) -> None:
    ticket = cast.ticket()
    second = cast.write("Another matter")
    file_message(ticket, second, by=SYSTEM, at=cast.at)
    foreign = cast.write("Where is mine?", sender=cast.boris)
    before = Ticket.objects.count()
    with pytest.raises(NothingToMove):
        split(ticket, messages=[foreign], subject="", by=SYSTEM, at=cast.at)
    assert Ticket.objects.count() == before


def test_the_requester_of_a_split_comes_from_a_message_of_the_ticket(cast: Cast) -> None:
    ticket = cast.ticket()
    foreign = cast.write("Where is mine?", sender=cast.boris)
    second = cast.write("Another matter")
    file_message(ticket, second, by=SYSTEM, at=cast.at)
    made = split(ticket, messages=[foreign, second], subject="", by=SYSTEM, at=cast.at)
    assert made.target.requester_identity == cast.anna
    assert on(made.target) == {second.pk}
