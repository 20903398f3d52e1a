"""What keeps a process from being published is said at its place, in both languages."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import translation

from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.service.workflow.rules.checking import flaws_of
from ambidesk.service.workflow.rules.converting import Before, convert, proposed
from ambidesk.service.workflow.rules.lacking import Known, lack_of
from ambidesk.service.workflow.rules.plan import Deadline, Item, Plan, Stage, StageKind
from ambidesk.service.workflow.rules.standing import NoSuchStage, Token, begin, move
from tests.service.workflow.plans import stage, way

JOIN, END = StageKind.JOIN, StageKind.END


def words_of(plan: Plan) -> list[tuple[int | None, str]]:
    """The flaws as they are read, each with its stage or transition."""
    with translation.override("en"):
        return [(each.stage or each.transition, str(each.words)) for each in flaws_of(plan)]


def test_an_empty_process_asks_for_a_first_stage() -> None:
    assert words_of(Plan()) == [(None, "Add a first stage.")]


def test_a_stage_that_nothing_leads_to_is_named() -> None:
    plan = Plan(
        stages=(stage(1), stage(2), stage(3, END)),
        transitions=(way(1, 1, 3), way(2, 2, 3)),
    )
    assert words_of(plan) == [(2, "Nothing leads to this stage.")]


def test_a_circle_without_a_way_out_is_named_at_each_of_its_stages() -> None:
    plan = Plan(
        stages=(stage(1), stage(2), stage(3), stage(4, END)),
        transitions=(way(1, 1, 4), way(2, 1, 2), way(3, 2, 3), way(4, 3, 2)),
    )
    circle = "This goes round in a circle that nothing leads out of."
    assert words_of(plan) == [(2, circle), (3, circle)]


def test_a_stage_from_which_no_end_is_reached_is_named() -> None:
    plan = Plan(
        stages=(stage(1), stage(2), stage(3, END)), transitions=(way(1, 1, 3), way(2, 1, 2))
    )
    assert (2, "No end can be reached from this stage.") in words_of(plan)
    assert (2, "Say what comes after this stage.") in words_of(plan)


def test_a_join_without_its_branches_is_refused() -> None:
    plan = Plan(
        stages=(stage(1), stage(2, JOIN), stage(3, END)), transitions=(way(1, 1, 2), way(2, 2, 3))
    )
    assert words_of(plan) == [(2, "No branches come together here.")]


def branching(*more: tuple[int, int]) -> Plan:
    """Two branches, with ways more between stages."""
    ways = [way(1, 1, 2, 3, join=4), way(2, 2, 4), way(3, 3, 4), way(4, 4, 5)]
    ways += [way(5 + place, source, to) for place, (source, to) in enumerate(more)]
    stages = (stage(1), stage(2), stage(3), stage(4, JOIN), stage(5, END))
    return Plan(stages=stages, transitions=tuple(ways))


@pytest.mark.parametrize(
    "more, words",
    [
        ((2, 3), "A way leads from one branch into another."),
        ((2, 5), "A way leads out of a branch past the stage where it comes together."),
        ((2, 1), "A way leads out of a branch back to before it began."),
        ((1, 2), "A way leads into a branch from outside."),
    ],
)
def test_branches_are_closed(more: tuple[int, int], words: str) -> None:
    assert words_of(branching()) == []
    assert words in [said for _place, said in words_of(branching(more))]


def test_what_comes_to_a_join_from_outside_waits_for_nobody() -> None:
    plan = branching((1, 4))
    assert words_of(plan) == []
    assert move(plan, begin(plan), by_way=5).after.tokens == (Token(stage=4),)


def test_branches_say_where_they_come_together() -> None:
    plan = branching()
    fork = replace(plan.transitions[0], join=None)
    open_ended = replace(plan, transitions=(fork, *plan.transitions[1:]))
    assert (1, "Say at which stage these branches come together.") in words_of(open_ended)


def test_a_deadline_leaves_room_for_its_warnings() -> None:
    hour = timedelta(hours=1)
    late = replace(stage(1), deadline=Deadline(work=hour, warnings=(hour,)))
    plan = Plan(stages=(late, stage(2, END)), transitions=(way(1, 1, 2),))
    assert words_of(plan) == [(1, "A warning must leave less time than the whole deadline.")]


CHECKED = (
    Item(id=1, text=Texts(en="Leak found")),
    Item(id=2, text=Texts(en="Photo taken"), required=False),
)


def test_what_is_missing_is_each_line_and_field_that_is_needed() -> None:
    first = replace(stage(1), checklist=CHECKED, fields=("cause", "part"))
    onward = replace(way(1, 1, 2), guard={"field": "any"}, reasoned=True)
    plan = Plan(stages=(first, stage(2, END)), transitions=(onward,))
    lack = lack_of(plan, onward, known=Known(filled=("part",)))
    assert [item.id for item in lack.items] == [1]
    assert lack.fields == ("cause",)
    assert lack.guard
    assert lack.reason
    known = Known(ticked=(1,), filled=("part", "cause"), holding=(1,), reason="A new part")
    assert not lack_of(plan, onward, known=known)


def test_a_way_that_may_be_gone_early_asks_for_no_checklist() -> None:
    first = replace(stage(1), checklist=CHECKED, fields=("cause",))
    away = replace(way(1, 1, 2), early=True)
    assert not lack_of(Plan(stages=(first,), transitions=(away,)), away, known=Known())


def named(key: int, name: str, **more: object) -> Stage:
    """A stage of this name."""
    return replace(stage(key), name=Texts(en=name), **more)


def test_a_conversion_says_what_becomes_of_stage_clock_ticks_and_fields() -> None:
    old = Plan(
        stages=(
            named(1, "Talk"),
            named(2, "Diagnosis", checklist=CHECKED, fields=("cause", "room")),
            stage(3, END),
        ),
        transitions=(way(1, 1, 2), way(2, 2, 3)),
    )
    new = Plan(
        stages=(
            named(7, "Received"),
            named(9, "Diagnosis", checklist=CHECKED[:1], fields=("cause", "serial")),
            stage(8, END),
        ),
        transitions=(way(1, 7, 9), way(2, 9, 8)),
    )
    standing = move(old, begin(old), by_way=1).after
    before = Before(plan=old, standing=standing, ticked={(2, 1), (2, 2)}, filled={"cause"})
    there = proposed(before, new)
    assert there is not None
    assert there.id == 9
    becomes = convert(before, new, to=there.id)
    assert becomes.continues == 2
    assert becomes.ticked == (1,)
    assert [item.id for item in becomes.dropped] == [2]
    assert becomes.asked == ("serial",)
    assert becomes.unasked == ("room",)
    anew = convert(before, new, to=7)
    assert anew.continues is None
    assert anew.ticked == ()


def test_nothing_is_converted_into_a_branch_or_an_end() -> None:
    plan = branching()
    before = Before(plan=plan, standing=begin(plan))
    for key in (2, 3, 4, 5, 99):
        with pytest.raises(NoSuchStage):
            convert(before, plan, to=key)
