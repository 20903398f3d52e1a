"""Work of clients: given by weighed reasons, which are kept, shown, tried and never broken."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.models import Company
from ambidesk.parties.companies.registering import Profile, register
from ambidesk.parties.staff.absenting import Leave, enter_absence
from ambidesk.parties.staff.mastering import name_skill, rate
from ambidesk.parties.staff.models import Absence, AbsenceKind, Level, Member, Membership, Skill
from ambidesk.parties.stewards.entrusting import entrust
from ambidesk.parties.stewards.models import Duty
from ambidesk.support.routing import attendance
from ambidesk.support.routing.arranging import arrange_needs
from ambidesk.support.routing.carrying import hands_of
from ambidesk.support.routing.choosing import kept_choice
from ambidesk.support.routing.models import Choice, Mode, Operator, Place, Status
from ambidesk.support.routing.pushing import push_waiting
from ambidesk.support.routing.rules.matching import No, Tie, Weights
from ambidesk.support.routing.trying import open_work, try_on
from ambidesk.support.routing.weighting import NotACriterionWeight, Weighed, set_terms, terms
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.support.routing.conftest import Shop, shop_of

RETURNS = {"field": "subject", "operator": "contains", "value": "return"}


@pytest.fixture
def desk(cast: Cast) -> Shop:
    """The shop's queue pushes; Olga and Ivan sit there, Olga having been idle longer."""
    shop = shop_of(cast, Mode.PUSH)
    shop.attend(cast.olga)
    shop.attend(cast.ivan)
    longer = shop.at - timedelta(hours=1)
    Operator.objects.filter(pk=cast.olga.pk).update(idle_since=longer)
    return shop


def _company(shop: Shop, name: str = "North") -> Company:
    return register(None, Profile(name=name), by=SYSTEM, at=shop.at)


def _asks(shop: Shop, company: Company | None, **fields: object) -> Ticket:
    ticket = shop.waiting(1, **fields)[0]
    Ticket.objects.filter(pk=ticket.pk).update(company=company)
    shop.settled(ticket)
    return ticket


def _push(desk: Shop) -> None:
    """Give out, everybody being there still: a slow machine takes longer than presence lasts."""
    people = (desk.cast.olga, desk.cast.ivan, desk.cast.lev)
    attendance.report([member.user_id for member in people])
    push_waiting(at=desk.at)


def _holder(ticket: Ticket) -> Member | None:
    return Ticket.objects.get(pk=ticket.pk).assignee


def _verdicts(ticket: Ticket) -> dict[int, tuple[No | None, Tie]]:
    kept = kept_choice(Ticket.objects.get(pk=ticket.pk))
    assert kept
    return {each.member: (each.no, each.tie) for each in kept.reasons.match.verdicts}


def test_a_consumer_goes_to_the_longest_idle_and_a_client_to_whom_it_knows(desk: Shop) -> None:
    cast, company = desk.cast, _company(desk)
    earlier = _asks(desk, company)
    Ticket.objects.filter(pk=earlier.pk).update(assignee=cast.ivan)
    solve(Ticket.objects.get(pk=earlier.pk), by=SYSTEM, at=desk.at)
    desk.settled(earlier)
    consumer, client = _asks(desk, None), _asks(desk, company)
    _push(desk)
    assert _holder(consumer) == cast.olga
    assert _holder(client) == cast.ivan
    assert _verdicts(client)[cast.ivan.pk] == (None, Tie.BEFORE)
    assert journal.entries_of("ticket", client.pk)[-1].data["how"] == "matched"
    assert Choice.objects.count() == 1


def test_the_account_manager_is_known_and_their_deputy_while_they_are_away(desk: Shop) -> None:
    cast, company = desk.cast, _company(desk)
    since = desk.at.date()
    entrust(company, cast.ivan, duty=Duty.MANAGER, since=since, by=SYSTEM, at=desk.at)
    first = _asks(desk, company)
    _push(desk)
    assert _verdicts(first)[cast.ivan.pk] == (None, Tie.MANAGER)
    leave = Leave(
        kind=AbsenceKind.HOLIDAY,
        starts_at=desk.at,
        ends_at=desk.at + timedelta(days=2),
        deputy=cast.olga,
    )
    enter_absence(cast.ivan, leave, by=SYSTEM, at=desk.at)
    second = _asks(desk, company)
    _push(desk)
    assert _holder(second) == cast.olga
    assert _verdicts(second) == {
        cast.olga.pk: (None, Tie.DEPUTY),
        cast.ivan.pk: (No.ABSENT, Tie.BEFORE),
    }


def test_a_ticket_shows_why_this_person_and_why_nobody_else(desk: Shop) -> None:
    cast, company = desk.cast, _company(desk)
    skill = name_skill(None, name="Returns", members=[cast.ivan], by=SYSTEM, at=desk.at)
    arrange_needs(skill, [RETURNS], by=SYSTEM, at=desk.at)
    ticket = _asks(desk, company, subject="A return")
    browser = Client()
    browser.force_login(cast.olga.user)
    waiting = browser.get(f"/tickets/{ticket.pk}/choice").content.decode()
    assert "By the reasons of now" in waiting
    _push(desk)
    page = browser.get(f"/tickets/{ticket.pk}/choice").content.decode()
    assert "Given by the desk" in page
    assert page.index("Ivan Ilyin") < page.index("Olga Orlova")
    assert "lacks Returns" in page


def test_weights_decide_and_are_tried_on_open_tickets_without_any_change(desk: Shop) -> None:
    cast, company = desk.cast, _company(desk)
    entrust(company, cast.ivan, duty=Duty.MANAGER, since=desk.at.date(), by=SYSTEM, at=desk.at)
    Place.objects.all().delete()
    ticket = _asks(desk, company)
    busy = _asks(desk, None)
    Ticket.objects.filter(pk=busy.pk).update(assignee=cast.ivan)
    desk.settled(busy)
    tickets = open_work(by=cast.actor(cast.olga))
    assert [each.pk for each in tickets] == [ticket.pk]
    before = (Choice.objects.count(), len(journal.entries_of("ticket", ticket.pk)))
    by_tie = try_on(tickets, terms(), all_there=True, at=desk.at)
    assert by_tie[0].reasons.match.chosen == cast.ivan.pk
    by_load = set_terms(Weighed(weights=Weights(load=9)), by=SYSTEM, at=desk.at)
    found = try_on(tickets, by_load, all_there=True, at=desk.at)
    assert found[0].reasons.match.chosen == cast.olga.pk
    assert _holder(ticket) is None
    assert before == (Choice.objects.count(), len(journal.entries_of("ticket", ticket.pk)))
    with pytest.raises(NotACriterionWeight):
        set_terms(Weighed(weights=Weights(load=11)), by=SYSTEM, at=desk.at)


def test_a_key_client_goes_to_whoever_teaches_others(desk: Shop) -> None:
    cast, company = desk.cast, _company(desk)
    skill = name_skill(None, name="Lifts", members=[cast.olga, cast.ivan], by=SYSTEM, at=desk.at)
    rate(skill, {cast.ivan.pk: Level.TEACHES}, by=SYSTEM, at=desk.at)
    key = {"field": "company", "operator": "is", "value": company.pk}
    set_terms(Weighed(weights=Weights(category=5), key_clients=key), by=SYSTEM, at=desk.at)
    ours, other = _asks(desk, company), _asks(desk, _company(desk, "South"))
    _push(desk)
    assert _holder(ours) == cast.ivan
    assert _holder(other) == cast.olga


def test_a_round_asks_no_more_for_more_tickets_of_clients(desk: Shop) -> None:
    """Beside what each gift itself needs."""

    def asked() -> int:
        tickets = open_work(by=desk.cast.actor(desk.cast.olga))
        with CaptureQueriesContext(connection) as seen:
            try_on(tickets, terms(), all_there=True, at=desk.at)
        return len(seen)

    company = _company(desk)
    _asks(desk, company)
    few = asked()
    for _each in range(4):
        _asks(desk, company)
    assert asked() == few


def test_the_screen_of_weights_tries_and_keeps(desk: Shop) -> None:
    admin = Client()
    admin.force_login(desk.cast.admin.user)
    ticket = _asks(desk, _company(desk), subject="Freezer")
    said = {"skill": 1, "risk": 2, "category": 3, "load": 4, "continuity": 5, "all_there": "on"}
    page = admin.post("/settings/choosing/", {**said, "trial": "1"}).content.decode()
    assert "Freezer" in page
    assert "Olga Orlova" in page
    assert terms().load == 3
    assert admin.post("/settings/choosing/", said).status_code == 303
    assert (terms().load, terms().continuity) == (4, 5)
    assert admin.post("/settings/choosing/", {**said, "load": 99}).status_code == 422
    assert _holder(ticket) is None


WHO = st.sampled_from(["olga", "ivan", "lev"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("asks"), st.booleans(), st.booleans()),
        st.tuples(st.just("absent"), WHO),
        st.tuples(st.just("rated"), WHO, st.integers(0, 3)),
        st.tuples(st.just("room"), WHO, st.integers(1, 3)),
        st.tuples(st.just("away"), WHO),
        st.tuples(st.just("leaves"), WHO),
    ),
    min_size=3,
    max_size=8,
)


@given(STEPS)
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_never_somebody_absent_unskilled_full_or_from_elsewhere_and_each_has_a_reason(
    desk: Shop, steps: list[tuple[object, ...]]
) -> None:
    cast, skill, company = _anew(desk)
    for kind, *rest in steps:
        _step(desk, skill, company, str(kind), rest)
    before = set(Choice.objects.values_list("pk", flat=True))
    _push(desk)
    team = set(Membership.objects.filter(team=cast.shop_team).values_list("member", flat=True))
    absent = set(Absence.objects.at(desk.at).values_list("member", flat=True))
    able = set(skill.masteries.filter(level__gte=2).values_list("member", flat=True))
    for ticket in Ticket.objects.filter(assignee__isnull=False):
        assert ticket.assignee_id in team - absent
        if "return" in ticket.subject:
            assert ticket.assignee_id in able
    for hands in hands_of(team, at=desk.at).values():
        assert hands.load <= max(hands.capacity, 0)
    for choice in Choice.objects.exclude(pk__in=before):
        members = {each["member"] for each in choice.reasons["verdicts"]}
        assert members == team
        assert choice.member_id == choice.reasons["chosen"]


def _anew(desk: Shop) -> tuple[Cast, Skill, Company]:
    cast = desk.cast
    Choice.objects.all().delete()
    Place.objects.all().delete()
    Absence.objects.all().delete()
    Skill.objects.all().delete()
    Ticket.objects.update(assignee=None, state="closed", closed_at=desk.at, waiting_for="nobody")
    desk.settled(*Ticket.objects.all())
    for member in (cast.olga, cast.ivan, cast.lev):
        Membership.objects.get_or_create(
            team=cast.shop_team, member=member, defaults={"since": desk.at}
        )
        desk.attend(member, Status.ONLINE, 3)
    skill = name_skill(None, name="Returns", members=[cast.ivan], by=SYSTEM, at=desk.at)
    arrange_needs(skill, [RETURNS], by=SYSTEM, at=desk.at)
    company = Company.objects.first() or _company(desk)
    return cast, skill, company


def _step(desk: Shop, skill: Skill, company: Company, kind: str, rest: list[object]) -> None:
    if kind == "asks":
        subject = "A return" if rest[0] else "Parcel"
        _asks(desk, company if rest[1] else None, subject=subject)
        return
    member: Member = getattr(desk.cast, str(rest[0]))
    number = rest[1] if len(rest) > 1 and isinstance(rest[1], int) else 0
    match kind:
        case "absent" if not Absence.objects.of([member.pk]).exists():
            leave = Leave(
                kind=AbsenceKind.OTHER,
                starts_at=desk.at,
                ends_at=desk.at + timedelta(days=1),
            )
            enter_absence(member, leave, by=SYSTEM, at=desk.at)
        case "rated":
            level = Level(number) if number else None
            rate(skill, {member.pk: level}, by=SYSTEM, at=desk.at)
        case "room" if not Absence.objects.of([member.pk]).exists():
            desk.attend(member, Status.ONLINE, number)
        case "away" if not Absence.objects.of([member.pk]).exists():
            desk.attend(member, Status.AWAY)
        case "leaves":
            Membership.objects.filter(team=desk.cast.shop_team, member=member).delete()
