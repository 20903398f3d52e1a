"""What pages show is what the journal says: counted again from its beginning, it is the same."""

from collections.abc import Iterable
from datetime import timedelta

from ambidesk.across.insight.models import FactRow, Figure
from ambidesk.across.insight.recounting import recount, take
from ambidesk.across.insight.rules.facts import FactKind
from ambidesk.ground.kernel.journal.reading import SELECT, entries_by
from ambidesk.relation.feedback.models import Way
from ambidesk.relation.feedback.offering import offer
from ambidesk.relation.feedback.rating import rate
from ambidesk.relation.feedback.surveying import Asking, set_up_survey
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.closing import reopen, solve
from ambidesk.support.tickets.models import State, Ticket
from ambidesk.support.tickets.regrouping import merge, undo
from tests.cast import Cast

MINUTE = timedelta(minutes=1)


def told() -> None:
    """Take the whole journal, as the subscriber does."""
    take(entries_by(f"{SELECT} ORDER BY sequence", []))


def kept() -> tuple[list[object], list[object]]:
    facts = FactRow.objects.order_by("ticket", "kind", "at", "pk")
    figures = Figure.objects.order_by("day", "kind", "brand", "team", "channel", "member", "bucket")
    plain = [name for name in FIELDS if name != "id"]
    return list(facts.values_list(*FACT_FIELDS)), list(figures.values_list(*plain))


FIELDS = [field.name for field in Figure._meta.fields]
FACT_FIELDS = [field.name for field in FactRow._meta.fields if field.name != "id"]


def numbers(kind: FactKind) -> int:
    return sum(Figure.objects.filter(kind=kind).values_list("number", flat=True))


def day_of_work(cast: Cast) -> Iterable[Ticket]:
    """A little of everything that counts."""
    olga, ivan, at = cast.actor(cast.olga), cast.actor(cast.ivan), cast.at
    set_up_survey(None, Asking(name="CSAT"), by=cast.actor(cast.admin), at=at)
    first = cast.ticket()
    assign(first, assignee=cast.olga, team=cast.shop_team, by=olga, at=at + MINUTE)
    said = Answer(text="Today.", to=(cast.anna,), due_at=at, state=State.SOLVED)
    answer(first, said, by=olga, at=at + 5 * MINUTE)
    invitation = offer(first, way=Way.WIDGET, by=olga, at=at + 6 * MINUTE)
    rate(invitation, 5, way=Way.WIDGET, at=at + 7 * MINUTE)
    yield first
    second = cast.ticket()
    solve(second, by=ivan, at=at + 10 * MINUTE)
    reopen(second, by=ivan, at=at + 20 * MINUTE)
    yield second
    yield cast.ticket(channel=cast.lift_mail)


def test_counted_again_from_the_beginning_it_is_the_same(cast: Cast) -> None:
    tickets = list(day_of_work(cast))
    told()
    before = kept()
    assert before[0]
    assert before[1]
    told()
    assert kept() == before
    FactRow.objects.all().delete()
    Figure.objects.all().delete()
    recount({ticket.pk for ticket in tickets})
    assert kept() == before


def test_counted_entry_by_entry_it_is_the_same_as_at_once(cast: Cast) -> None:
    for ticket in day_of_work(cast):
        recount({ticket.pk})
    one_by_one = kept()
    FactRow.objects.all().delete()
    Figure.objects.all().delete()
    told()
    assert kept() == one_by_one


def test_figures_are_the_sums_of_the_facts(cast: Cast) -> None:
    list(day_of_work(cast))
    told()
    for kind in FactKind:
        assert numbers(kind) == FactRow.objects.filter(kind=kind).count()
    assert numbers(FactKind.OPENED) == 3
    assert numbers(FactKind.SOLVED) == 2
    assert numbers(FactKind.REOPENED) == 1
    assert numbers(FactKind.CSAT) == 1


def test_a_merged_ticket_leaves_the_figures_and_comes_back(cast: Cast) -> None:
    one, other = cast.ticket(), cast.ticket()
    told()
    before = kept()
    olga = cast.actor(cast.olga)
    merged = merge(one, other, by=olga, at=cast.at)
    told()
    assert numbers(FactKind.OPENED) == 1
    assert not FactRow.objects.filter(ticket=one).exists()
    undo(merged, by=olga, at=cast.at + MINUTE)
    told()
    assert [row for row in kept()[1] if row[1] == FactKind.OPENED] == [
        row for row in before[1] if row[1] == FactKind.OPENED
    ]


def test_figures_of_a_brand_are_seen_by_who_serves_it(cast: Cast) -> None:
    list(day_of_work(cast))
    told()
    assert set(
        Figure.objects.visible_to(cast.actor(cast.admin)).values_list("brand", flat=True)
    ) == {
        cast.shop.pk,
        cast.lifts.pk,
    }
    # An operator sees no figures at all.
    assert not Figure.objects.visible_to(cast.actor(cast.olga)).exists()
