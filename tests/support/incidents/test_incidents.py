"""A mass fault: noticed, decided, announced, answered as one, taken back, told when over."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.models import Grant
from ambidesk.support.conversations.models import Message
from ambidesk.support.incidents.announcing import active_banner, announce
from ambidesk.support.incidents.deciding import (
    AlreadyDecided,
    NoTitle,
    accept,
    close,
    dismiss,
    reopen,
)
from ambidesk.support.incidents.events import TicketJoined
from ambidesk.support.incidents.gathering import AnotherBrand, join, leave
from ambidesk.support.incidents.models import (
    Broadcast,
    BroadcastState,
    Echo,
    Incident,
    IncidentState,
    Swarm,
    Told,
)
from ambidesk.support.incidents.noticing import notice, sweep
from ambidesk.support.incidents.proposing import shared_words
from ambidesk.support.incidents.rules.likeness import alike, keys_of, mean_with, unit, weigh
from ambidesk.support.incidents.telling import (
    AlreadyTold,
    NotOpen,
    SaidAlready,
    answer_all,
    take_back,
    tell_due,
)
from ambidesk.support.tickets.closing import close as close_ticket
from ambidesk.support.tickets.models import State, Ticket
from ambidesk.support.tickets.regrouping import merge
from tests.cast import Cast, hired

OTHERS = (
    "Можно ли забрать заказ из магазина на Лесной вечером?",
    "How do I change the address of my invoice?",
    "Холодильник шумит ночью, это нормально?",
    "Do you sell spare handles for the oak shelf?",
    "Верните деньги за стул, он пришёл с царапиной",
    "Which size of the curtain fits a window of two metres?",
    "Как подключить бонусную карту к личному кабинету?",
    "My lamp flickers since yesterday",
    "Хочу отменить подписку на рассылку",
    "Is the sofa available in green velvet?",
)
FAULT = (
    "Не могу оплатить картой: ошибка оплаты",
    "Ошибка оплаты картой, не могу оплатить заказ",
    "Оплата картой, ошибка: не могу оплатить",
    "Почему ошибка оплаты картой? Не могу оплатить",
)


def _came(cast: Cast, texts: list[str], at: datetime, step: float = 5.0) -> list[int]:
    numbers = []
    for place, text in enumerate(texts):
        ticket = cast.ticket(text, subject="")
        moment = at + timedelta(seconds=step * place)
        Ticket.objects.filter(pk=ticket.pk).update(opened_at=moment)
        numbers.append(ticket.pk)
    return numbers


def _burst(cast: Cast, at: datetime, number: int = 24) -> Incident:
    texts = [FAULT[place % len(FAULT)] for place in range(number)]
    for some in range(0, number, 6):
        chunk = _came(cast, texts[some : some + 6], at + timedelta(seconds=30 * some))
        notice(chunk, at=at + timedelta(seconds=30 * some + 30))
    return Incident.objects.get()


def _accepted(cast: Cast) -> Incident:
    return accept(_burst(cast, cast.at), title="Оплата", by=SYSTEM, at=cast.at)


def _tell(said: Broadcast) -> None:
    while tell_due(at=said.due_at):
        pass


def test_a_burst_of_alike_tickets_is_proposed_with_its_reason(cast: Cast) -> None:
    notice(_came(cast, list(OTHERS), cast.at), at=cast.at)
    assert not Incident.objects.exists()
    incident = _burst(cast, cast.at + timedelta(minutes=1))
    assert incident.state == IncidentState.PROPOSED
    assert incident.noticed >= 20
    assert {"картой", "ошибка"} <= set(shared_words(incident))
    members = {row.ticket_id for row in incident.joinings.filter(left_at=None)}
    others = set(Ticket.objects.order_by("pk").values_list("pk", flat=True)[: len(OTHERS)])
    assert not members & others


def test_what_differs_is_no_burst(cast: Cast) -> None:
    for round_ in range(3):
        notice(_came(cast, list(OTHERS), cast.at + timedelta(minutes=round_)), at=cast.at)
    assert not Incident.objects.exists()


def test_what_is_noticed_twice_is_noticed_once(cast: Cast) -> None:
    numbers = _came(cast, list(FAULT), cast.at)
    notice(numbers, at=cast.at)
    notice(numbers, at=cast.at)
    assert Echo.objects.count() == len(numbers)
    assert sum(swarm.number for swarm in Swarm.objects.all()) == len(numbers)


def test_alike_tickets_join_what_was_accepted(cast: Cast) -> None:
    incident = _burst(cast, cast.at)
    accept(incident, title="Оплата", by=SYSTEM, at=cast.at)
    before = incident.joinings.count()
    later = cast.at + timedelta(minutes=13)
    notice(_came(cast, [FAULT[0]], later), at=later)
    assert incident.joinings.count() == before + 1
    assert Incident.objects.count() == 1


def test_what_was_dismissed_is_not_proposed_again(cast: Cast) -> None:
    incident = _burst(cast, cast.at)
    dismiss(incident, by=SYSTEM, at=cast.at)
    later = cast.at + timedelta(minutes=13)
    notice(_came(cast, list(FAULT) * 6, later), at=later)
    assert Incident.objects.count() == 1
    assert not incident.joinings.filter(left_at=None).exists()
    with pytest.raises(AlreadyDecided):
        accept(incident, title="Оплата", by=SYSTEM, at=cast.at)


def test_an_incident_needs_a_name(cast: Cast) -> None:
    with pytest.raises(NoTitle):
        accept(_burst(cast, cast.at), title=" ", by=SYSTEM, at=cast.at)


def test_a_banner_is_shown_to_its_brand_until_it_is_over(cast: Cast) -> None:
    incident = _burst(cast, cast.at)
    with pytest.raises(NotOpen):
        announce(incident, words={"ru": "Чиним оплату"}, by=SYSTEM, at=cast.at)
    accept(incident, title="Оплата", by=SYSTEM, at=cast.at)
    announce(incident, words={"ru": "Чиним оплату"}, by=SYSTEM, at=cast.at)
    banner = active_banner(cast.shop.pk)
    assert banner is not None
    assert banner.said_in("ru") == banner.said_in("en") == "Чиним оплату"
    both = {"ru": "Чиним оплату", "en": "Payment is being mended"}
    announce(incident, words=both, by=SYSTEM, at=cast.at)
    banner = active_banner(cast.shop.pk)
    assert banner is not None
    assert banner.said_in("en") == "Payment is being mended"
    assert active_banner(cast.lifts.pk) is None
    close(incident, text="", by=SYSTEM, at=cast.at)
    assert active_banner(cast.shop.pk) is None


def test_one_answer_reaches_every_ticket_once(cast: Cast) -> None:
    incident = _burst(cast, cast.at)
    accept(incident, title="Оплата", by=SYSTEM, at=cast.at)
    lead = hired("Lena Lead", "team_lead", cast.shop_team, at=cast.at)
    said = answer_all(incident, text="Уже чиним.", by=cast.actor(lead), at=cast.at)
    assert tell_due(at=cast.at) == 0
    due = said.due_at + timedelta(seconds=1)
    while tell_due(at=due):
        pass
    members = incident.joinings.filter(left_at=None).count()
    assert Told.objects.filter(broadcast=said, refusal="").count() == members
    assert Message.objects.filter(text="Уже чиним.").count() == members
    tickets = Ticket.objects.filter(joinings__incident=incident, joinings__left_at=None)
    assert set(tickets.values_list("state", flat=True)) == {State.WAITING_REQUESTER}


def test_an_answer_to_all_can_be_taken_back_before_it_is_said(cast: Cast) -> None:
    incident = _burst(cast, cast.at)
    accept(incident, title="Оплата", by=SYSTEM, at=cast.at)
    said = answer_all(incident, text="Ой.", by=SYSTEM, at=cast.at)
    take_back(said, by=SYSTEM, at=cast.at + timedelta(seconds=20))
    assert tell_due(at=said.due_at + timedelta(hours=1)) == 0
    assert not Message.objects.filter(text="Ой.").exists()


def test_what_was_said_cannot_be_taken_back(cast: Cast) -> None:
    incident = _burst(cast, cast.at)
    accept(incident, title="Оплата", by=SYSTEM, at=cast.at)
    said = answer_all(incident, text="Ой.", by=SYSTEM, at=cast.at)
    tell_due(at=said.due_at)
    with pytest.raises(AlreadyTold):
        take_back(said, by=SYSTEM, at=said.due_at)


def test_a_second_press_says_the_same_words_once(cast: Cast) -> None:
    incident = _accepted(cast)
    answer_all(incident, text="Уже чиним.", by=SYSTEM, at=cast.at)
    with pytest.raises(SaidAlready):
        answer_all(incident, text=" Уже чиним.\n", by=SYSTEM, at=cast.at)


def test_an_incident_that_nobody_accepted_is_not_told_about(cast: Cast) -> None:
    with pytest.raises(NotOpen):
        answer_all(_burst(cast, cast.at), text="Уже чиним.", by=SYSTEM, at=cast.at)


def test_half_said_it_can_be_taken_back_from_the_rest(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ambidesk.support.incidents.telling.AT_ONCE", 7)
    incident = _accepted(cast)
    said = answer_all(incident, text="Уже чиним.", by=SYSTEM, at=cast.at)
    assert tell_due(at=said.due_at) == 7
    assert take_back(said, by=SYSTEM, at=said.due_at) == 7
    assert tell_due(at=said.due_at) == 0
    assert Message.objects.filter(text="Уже чиним.").count() == 7


def test_who_left_meanwhile_is_not_told(cast: Cast) -> None:
    incident = _accepted(cast)
    said = answer_all(incident, text="Уже чиним.", by=SYSTEM, at=cast.at)
    gone = incident.joinings.filter(left_at=None)[0].ticket
    leave(incident, gone, by=SYSTEM, at=cast.at)
    _tell(said)
    assert not Told.objects.filter(ticket=gone).exists()
    assert Told.objects.filter(refusal="").count() == incident.joinings.filter(left_at=None).count()


def test_an_author_who_lost_the_right_meanwhile_tells_nobody(cast: Cast) -> None:
    incident = _accepted(cast)
    lead = hired("Lena Lead", "team_lead", cast.shop_team, at=cast.at)
    said = answer_all(incident, text="Уже чиним.", by=cast.actor(lead), at=cast.at)
    Grant.objects.filter(user=lead.user).delete()
    _tell(said)
    said.refresh_from_db()
    assert said.state == BroadcastState.STOPPED
    assert not Message.objects.filter(text="Уже чиним.").exists()


def test_what_its_author_does_not_see_or_went_to_another_brand_is_left_out(cast: Cast) -> None:
    incident = _accepted(cast)
    lead = hired("Lena Lead", "team_lead", cast.shop_team, at=cast.at)
    said = answer_all(incident, text="Уже чиним.", by=cast.actor(lead), at=cast.at)
    moved = incident.joinings.filter(left_at=None)[0].ticket
    Ticket.objects.filter(pk=moved.pk).update(brand=cast.lifts, team=None)
    _tell(said)
    assert Told.objects.get(ticket=moved).refusal == "another-brand"
    assert Told.objects.exclude(ticket=moved).filter(refusal="").exists()


def test_a_ticket_that_was_closed_meanwhile_is_named_and_the_others_are_told(cast: Cast) -> None:
    incident = _accepted(cast)
    said = answer_all(incident, text="Уже чиним.", by=SYSTEM, at=cast.at)
    shut = incident.joinings.filter(left_at=None)[0].ticket
    close_ticket(shut, by=SYSTEM, at=cast.at)
    _tell(said)
    assert Told.objects.get(ticket=shut).refusal == "already-closed"
    assert Message.objects.filter(text="Уже чиним.").count() == said.told.count() - 1


def test_what_a_ticket_was_merged_into_hears_it_once_in_its_stead(cast: Cast) -> None:
    incident = _accepted(cast)
    first, second, third = (each.ticket for each in incident.joinings.order_by("pk")[:3])
    outside = cast.ticket("Оплата не проходит")
    merge(first, second, by=SYSTEM, at=cast.at)
    merge(third, outside, by=SYSTEM, at=cast.at)
    said = answer_all(incident, text="Уже чиним.", by=SYSTEM, at=cast.at)
    _tell(said)
    told = set(said.told.filter(refusal="").values_list("ticket", flat=True))
    assert {second.pk, outside.pk} <= told
    assert not told & {first.pk, third.pk}
    assert said.told.exclude(refusal="").count() == 0


def test_dismissed_every_ticket_is_let_go_and_its_timeline_says_so(cast: Cast) -> None:
    incident = _burst(cast, cast.at)
    ticket = incident.joinings.all()[0].ticket
    dismiss(incident, by=SYSTEM, at=cast.at)
    told = [each for each in entries_of("ticket", ticket.pk) if each.kind == TicketJoined.kind]
    assert [each.data["left"] for each in told] == [False, True]


def test_at_the_end_all_are_told_and_their_tickets_are_solved(cast: Cast) -> None:
    incident = _burst(cast, cast.at)
    accept(incident, title="Оплата", by=SYSTEM, at=cast.at)
    told = close(incident, text="Оплата снова работает.", by=SYSTEM, at=cast.at)
    assert told is not None
    while tell_due(at=told.due_at):
        pass
    tickets = Ticket.objects.filter(joinings__incident=incident, joinings__left_at=None)
    assert set(tickets.values_list("state", flat=True)) == {State.SOLVED}


def test_closing_can_be_undone_and_what_was_to_be_told_is_not(cast: Cast) -> None:
    incident = _accepted(cast)
    told = close(incident, text="Оплата снова работает.", by=SYSTEM, at=cast.at)
    assert told is not None
    assert reopen(incident, by=SYSTEM, at=cast.at).state == IncidentState.OPEN
    _tell(told)
    assert not Message.objects.filter(text="Оплата снова работает.").exists()
    later = cast.at + timedelta(minutes=13)
    notice(_came(cast, [FAULT[0]], later), at=later)
    assert Incident.objects.count() == 1


def test_after_the_end_the_same_fault_is_a_new_one(cast: Cast) -> None:
    close(_accepted(cast), text="", by=SYSTEM, at=cast.at)
    later = cast.at + timedelta(minutes=14)
    for some in range(6):
        notice(_came(cast, list(FAULT), later + timedelta(seconds=20 * some)), at=later)
    assert Incident.objects.filter(state=IncidentState.PROPOSED).count() == 1


def test_tickets_join_and_leave_by_hand(cast: Cast) -> None:
    incident = _burst(cast, cast.at)
    ticket = cast.ticket("Something else")
    join(incident, ticket, by=SYSTEM, at=cast.at)
    join(incident, ticket, by=SYSTEM, at=cast.at)
    assert incident.joinings.filter(ticket=ticket, left_at=None).count() == 1
    leave(incident, ticket, by=SYSTEM, at=cast.at)
    assert not incident.joinings.filter(ticket=ticket, left_at=None).exists()
    foreign = cast.ticket("Lift", channel=cast.lift_mail)
    with pytest.raises(AnotherBrand):
        join(incident, foreign, by=SYSTEM, at=cast.at)


def test_swarms_are_forgotten_and_incidents_are_not(cast: Cast) -> None:
    incident = _burst(cast, cast.at)
    while sweep(at=cast.at + timedelta(hours=2)):
        pass
    assert not Swarm.objects.exists()
    assert Incident.objects.filter(pk=incident.pk).exists()


TERMS = st.frozensets(st.integers(1, 40), max_size=12)


@given(TERMS, TERMS)
def test_likeness_is_even_handed_and_full_for_the_same(
    one: frozenset[int], other: frozenset[int]
) -> None:
    first, second = weigh(one, seen={}, total=9), weigh(other, seen={}, total=9)
    assert 0 <= alike(first, second) <= 1
    assert alike(first, second) == pytest.approx(alike(second, first))
    if one:
        assert alike(first, first) == pytest.approx(1)
    if not one & other:
        assert alike(first, second) == 0


@given(st.dictionaries(st.integers(1, 60), st.floats(0.01, 9), max_size=60), TERMS)
def test_a_centre_has_length_one_and_few_terms(
    centre: dict[int, float], terms: frozenset[int]
) -> None:
    mean = mean_with(unit(centre), weigh(terms, seen={}, total=9), number=3)
    assert len(mean) <= 24
    assert set(keys_of(mean)) <= set(mean)
    if mean:
        assert sum(weight**2 for weight in mean.values()) == pytest.approx(1)
