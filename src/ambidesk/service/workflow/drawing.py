"""Drawing a process: its draft changes at will, a version that is published never does."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.archiving import turn
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.catalogue.models import RequestType
from ambidesk.service.workflow.events import ProcessPublished, ProcessWritten
from ambidesk.service.workflow.models import Process, ProcessVersion
from ambidesk.service.workflow.rules.checking import Flaw
from ambidesk.service.workflow.rules.plan import Plan
from ambidesk.service.workflow.rules.reading import read_plan
from ambidesk.service.workflow.rules.writing import written
from ambidesk.service.workflow.sense import Sense, all_flaws


class ProcessNeedsName(InvalidInput):
    """Nobody could choose it."""

    sentence = _("Give the process a name.")


class TypeTaken(InvalidInput):
    """Two processes would begin on the same ticket."""

    sentence = _("Another process begins on tickets of this type already.")


class NotReady(InvalidInput):
    """Something is wrong with the draft."""

    sentence = _("It cannot be published yet. %(words)s")


class NothingNew(Refusal):
    """The draft is what is published."""

    sentence = _("Version %(number)s says just this already.")


class ProcessGone(Refusal):
    """It was taken out of use."""

    sentence = _("The process “%(name)s” is archived.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessText:
    """What a process is: `plan` is JSON as the designer makes it."""

    name_en: str
    name_ru: str
    plan: object
    request_type: RequestType | None = None


@transaction.atomic
def write_process(
    process: Process | None, said: ProcessText, *, by: Actor, at: datetime
) -> Process:
    """
    Make a process, or change the draft of the one given; what is published stays as it is.

    Raises:
        ProcessNeedsName, TypeTaken: it cannot be called so, or begin there.
        NotAPlan, TooManyStages: the draft is no plan; one that is not finished is.
    """
    names = one_line(said.name_en, 80), one_line(said.name_ru, 80)
    if not any(names):
        raise ProcessNeedsName(field="name_en")
    row = Process.objects.select_for_update().get(pk=process.pk) if process else Process()
    row.name_en, row.name_ru = names
    row.request_type = said.request_type
    row.draft = written(read_plan(said.plan))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise TypeTaken(field="request_type") from taken
    journal.record(ProcessWritten(process_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def publish(process: Process, sense: Sense, *, by: Actor, at: datetime) -> ProcessVersion:
    """
    Make the draft a version, on which all runs begin from now on.

    Raises:
        ProcessGone: it is archived.
        NotReady: with the first thing that is wrong.
        NothingNew: it is published already.
    """
    process = Process.objects.select_for_update().get(pk=process.pk)
    if process.archived_at:
        raise ProcessGone(name=process)
    plan = read_plan(process.draft)
    for flaw in all_flaws(plan, sense):
        raise NotReady(field="plan", words=located(plan, flaw))
    before = process.current
    if before and before.said == process.draft:
        raise NothingNew(number=before.number)
    version = ProcessVersion.objects.create(
        process=process,
        number=before.number + 1 if before else 1,
        said=process.draft,
        published_at=at,
        published_by_id=by.user_id,
    )
    process.published = version.number
    process.save(update_fields=["published"])
    event = ProcessPublished(process_id=process.pk, version_id=version.pk)
    journal.record(event, by=by, at=at)
    return version


@transaction.atomic
def archive_process(process: Process, *, by: Actor, at: datetime) -> None:
    """Take a process out of use, or into use again; what is under way goes on to its end."""
    row = turn(process, at=at)
    journal.record(ProcessWritten(process_id=row.pk), by=by, at=at)


def located(plan: Plan, flaw: Flaw) -> str:
    """Say what is wrong, and where, by name."""
    language = get_language() or "en"
    stage = plan.stage(flaw.stage) if flaw.stage else None
    way = plan.transition(flaw.transition) if flaw.transition else None
    if stage is not None:
        name = stage.name.said(language) or f"№ {stage.id}"
        return _("Stage “%(name)s”: %(words)s") % {"name": name, "words": flaw.words}
    if way is not None:
        name = way.label.said(language) or f"№ {way.id}"
        return _("Transition “%(name)s”: %(words)s") % {"name": name, "words": flaw.words}
    return str(flaw.words)
