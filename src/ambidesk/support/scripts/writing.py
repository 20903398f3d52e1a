"""Writing scripts: the draft made and changed, published as a version, taken out of use."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.conditions.parsing import read, written
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.archiving import turn
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.support.desk.phrasing import require_known
from ambidesk.support.desk.steps.step import read_steps, require_rights
from ambidesk.support.scripts.branching import all_flaws
from ambidesk.support.scripts.events import ScriptPublished, ScriptWritten
from ambidesk.support.scripts.models import Script, Version
from ambidesk.support.scripts.rules import reading
from ambidesk.support.scripts.rules.checking import Flaw
from ambidesk.support.scripts.rules.flow import Flow, StepKind
from ambidesk.support.tickets.fields import TICKET_VOCABULARY


class ScriptNeedsName(InvalidInput):
    """It has no name."""

    sentence = _("Give the script a name.")


class ScriptNameTaken(InvalidInput):
    """There is one of this name."""

    sentence = _("There is a script with this name already.")


class NotReady(InvalidInput):
    """Something is wrong with the draft."""

    sentence = _("It cannot be published yet. %(words)s")


class NothingNew(Refusal):
    """The draft is what is published."""

    sentence = _("Version %(number)s says just this already.")


class ScriptGone(Refusal):
    """It was taken out of use."""

    sentence = _("The script “%(name)s” is archived.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptText:
    """What a script is: `flow` and `proposed_when` are JSON as the editor makes them."""

    name: str
    flow: object
    proposed_when: object = None
    brand: Brand | None = None
    team: Team | None = None


@transaction.atomic
def write_script(script: Script | None, said: ScriptText, *, by: Actor, at: datetime) -> Script:
    """
    Make a script, or change the draft of the one given; what is published stays as it is.

    Raises:
        ScriptNeedsName, ScriptNameTaken: it cannot be called so.
        NotAFlow, TooManySteps: the draft is no flow; one that is not finished is.
        NotACondition and the other refusals of conditions: nobody knows when to propose it.
    """
    name = " ".join(said.name.split())[:80]
    if not name:
        raise ScriptNeedsName(field="name")
    row = Script.objects.select_for_update().get(pk=script.pk) if script else Script()
    row.name, row.brand, row.team = name, said.brand, said.team
    row.draft = reading.written(reading.read_flow(said.flow))
    row.proposed_when = None
    if said.proposed_when:
        row.proposed_when = written(read(said.proposed_when, TICKET_VOCABULARY))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise ScriptNameTaken(field="name") from taken
    journal.record(ScriptWritten(script_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def publish(script: Script, *, by: Actor, at: datetime) -> Version:
    """
    Make the draft a version, on which all runs begin from now on.

    Raises:
        ScriptGone: it is archived.
        NotReady: a walk through it might not end, or a step says nothing.
        NothingNew: it is published already.
        MayNotStep: the publisher may not do themselves what a step does.
        UnknownVariable, UnknownAction, WrongParameters: a step makes no sense.
    """
    script = Script.objects.select_for_update().get(pk=script.pk)
    if script.archived_at:
        raise ScriptGone(name=script.name)
    flow = reading.read_flow(script.draft)
    for flaw in all_flaws(flow):
        raise NotReady(field="flow", words=located(flow, flaw))
    _require_sense(flow, by=by)
    before = script.current
    if before and before.flow == script.draft:
        raise NothingNew(number=before.number)
    version = Version.objects.create(
        script=script,
        number=before.number + 1 if before else 1,
        flow=script.draft,
        published_at=at,
        published_by_id=by.user_id,
    )
    script.published = version.number
    script.save(update_fields=["published"])
    journal.record(ScriptPublished(script_id=script.pk, version_id=version.pk), by=by, at=at)
    return version


@transaction.atomic
def archive_script(script: Script, *, by: Actor, at: datetime) -> None:
    """Take a script out of use, or into use again; runs under way go on to their end."""
    row = turn(script, at=at)
    journal.record(ScriptWritten(script_id=row.pk), by=by, at=at)


def located(flow: Flow, flaw: Flaw) -> str:
    """Say what is wrong, and at which step by its place."""
    places = {step.id: place for place, step in enumerate(flow.steps, start=1)}
    if flaw.step is None:
        return str(flaw.words)
    return _("Step %(place)s: %(words)s") % {"place": places[flaw.step], "words": flaw.words}


def _require_sense(flow: Flow, *, by: Actor) -> None:
    for step in flow.steps:
        for text in (step.text.ru, step.text.en):
            if step.kind in {StepKind.SAY, StepKind.ASK}:
                require_known(text)
        if step.kind is StepKind.DO:
            require_rights(read_steps(list(step.actions)), by=by)
