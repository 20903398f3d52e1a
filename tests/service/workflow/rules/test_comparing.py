"""Two plans compared: nothing where they say the same, and the same from both sides."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given

from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.service.workflow.rules.comparing import Aspect, compare
from ambidesk.service.workflow.rules.plan import Deadline, Item, Plan
from ambidesk.service.workflow.shipped import INCIDENT, REPAIR
from tests.service.workflow.plans import sound_plans


@given(plan=sound_plans())
def test_a_plan_differs_in_nothing_from_itself_wherever_it_is_drawn(plan: Plan) -> None:
    moved = replace(plan, stages=tuple(replace(each, x=each.x + 20) for each in plan.stages))
    assert not compare(plan, moved)


@given(before=sound_plans(), after=sound_plans())
def test_what_comes_one_way_goes_the_other(before: Plan, after: Plan) -> None:
    there, back = compare(before, after), compare(after, before)
    assert there.added == back.gone
    assert there.ways_added == back.ways_gone
    assert len(there.changed) == len(back.changed)
    assert bool(there) == bool(back)
    untouched = {each.id for each in after.stages}
    untouched -= {each.id for each in there.added}
    untouched -= {each.after.id for each in there.changed}
    untouched -= {each.stage.id for each in there.lines}
    for key in untouched:
        old, new = before.stage(key), after.stage(key)
        assert old is not None
        assert new is not None
        assert replace(old, x=0, y=0) == replace(new, x=0, y=0)


def test_each_change_is_named_once() -> None:
    first = replace(
        REPAIR.stages[0],
        deadline=Deadline(work=timedelta(hours=3)),
        checklist=(
            replace(REPAIR.stages[0].checklist[0], required=False),
            Item(id=9, text=Texts(en="Photo")),
        ),
    )
    found = compare(REPAIR, replace(REPAIR, stages=(first, *REPAIR.stages[1:])))
    assert [(each.after.id, each.aspects) for each in found.changed] == [(1, (Aspect.DEADLINE,))]
    (lines,) = found.lines
    assert [item.id for item in lines.added] == [9]
    assert [now.required for _was, now in lines.changed] == [False]


def test_another_first_stage_is_a_change_of_both() -> None:
    turned = replace(
        INCIDENT, stages=(INCIDENT.stages[1], INCIDENT.stages[0], *INCIDENT.stages[2:])
    )
    found = compare(INCIDENT, turned)
    assert {each.after.id for each in found.changed} == {1, 2}
    assert all(each.aspects == (Aspect.FIRST,) for each in found.changed)
