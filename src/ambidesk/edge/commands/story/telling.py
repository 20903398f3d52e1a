"""Telling: the tales are told in their order, some at a time; what is told is not told again."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import zip_longest

from django.db import transaction

from ambidesk.edge.commands.story.acting import act
from ambidesk.edge.commands.story.approvals import ask_clients
from ambidesk.edge.commands.story.articles import link_articles
from ambidesk.edge.commands.story.called import claim_one, hand_over_some
from ambidesk.edge.commands.story.calls import ring
from ambidesk.edge.commands.story.clients import let_speak
from ambidesk.edge.commands.story.equipment import enter_equipment, point_out
from ambidesk.edge.commands.story.faults import tell_faults
from ambidesk.edge.commands.story.forms import give_values
from ambidesk.edge.commands.story.households import house_some
from ambidesk.edge.commands.story.marks import give_marks
from ambidesk.edge.commands.story.plot import NUMBER, plot
from ambidesk.edge.commands.story.processes import go_by_stages
from ambidesk.edge.commands.story.rules import let_rules_run
from ambidesk.edge.commands.story.scenery import SHOP
from ambidesk.edge.commands.story.scripts import give_runs
from ambidesk.edge.commands.story.stage import KEY, Scene, Stage
from ambidesk.edge.commands.story.tale import Do, Tale
from ambidesk.ground.kernel import journal
from ambidesk.parties.brands.models import Brand
from ambidesk.support.conversations.models import Thread

# A transaction holds back every reader of the journal: few hundred rows each.
AT_ONCE = 20


def tell(*, number: int = NUMBER) -> None:
    """Tell what of the story has not been told; it ends at the instant at which it was prepared."""
    told = set(Thread.objects.filter(key__startswith=KEY).values_list("key", flat=True))
    left = [tale for tale in plot(_ends_at(), number=number) if KEY + tale.key not in told]
    stage, until = Stage(), _ends_at()
    for some in _portions(left):
        with transaction.atomic():
            scenes = _perform(stage, some)
            give_marks(scenes, until=until)
            give_runs(scenes, until=until)
            give_values(scenes, until=until)
            go_by_stages(scenes, until=until)
    with transaction.atomic():
        let_speak(until=until)
        house_some(until=until)
        ask_clients(until=until)
    with transaction.atomic():
        enter_equipment(at=until)
        link_articles(at=until)
        point_out(until=until)
    with transaction.atomic():
        hand_over_some(until=until)
        claim_one(until=until)
    with transaction.atomic():
        ring(until=until)
    with transaction.atomic():
        let_rules_run(until=until)
    with transaction.atomic():
        tell_faults(stage, until=until, told=told)


def _perform(stage: Stage, tales: Sequence[Tale]) -> Sequence[Scene]:
    """Tell tales together, step by step: what comes in at once is taken in at once."""
    stage.meet(tales)
    scenes = [Scene(tale=tale) for tale in tales]
    for row in zip_longest(*(tale.steps for tale in tales)):
        steps = [(scene, step) for scene, step in zip(scenes, row, strict=True) if step]
        heard = [(scene, step) for scene, step in steps if step.do is Do.HEAR]
        if heard:
            stage.hear(heard)
        for scene, step in steps:
            if step.do is not Do.HEAR:
                act(stage, scene, step=step)
    return scenes


def _ends_at() -> datetime:
    """A story that was interrupted goes on as it was begun: the journal knows when."""
    shop = Brand.objects.get(slug=SHOP)
    begun = journal.entries_of("brand", shop.pk)
    return (begun[0].at if begun else datetime.now(UTC)).astimezone()


def _portions(tales: Sequence[Tale]) -> Iterator[Sequence[Tale]]:
    for first in range(0, len(tales), AT_ONCE):
        yield tales[first : first + AT_ONCE]
