"""Writing macros: made, changed, taken out of use."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.archiving import turn
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.support.desk.events import MacroWritten
from ambidesk.support.desk.models import Macro
from ambidesk.support.desk.steps.step import read_steps, require_rights


class MacroNeedsName(InvalidInput):
    """It has no name."""

    sentence = _("Give the macro a name.")


class MacroNameTaken(InvalidInput):
    """There is one of this name."""

    sentence = _("There is a macro with this name already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroText:
    """What a macro is: `steps` is JSON as the editor makes it."""

    name: str
    steps: object
    brand: Brand | None = None
    team: Team | None = None


@transaction.atomic
def write_macro(macro: Macro | None, said: MacroText, *, by: Actor, at: datetime) -> Macro:
    """
    Make a macro, or change the one given.

    Raises:
        MacroNeedsName, MacroNameTaken: it cannot be called so.
        MayNotStep: the writer may not do a step themselves.
        NoSteps and the other refusals of steps: they make no sense.
    """
    name = " ".join(said.name.split())[:80]
    if not name:
        raise MacroNeedsName(field="name")
    steps = read_steps(said.steps)
    require_rights(steps, by=by)
    row = Macro.objects.select_for_update().get(pk=macro.pk) if macro else Macro()
    row.name, row.brand, row.team = name, said.brand, said.team
    row.steps = [step.written() for step in steps]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise MacroNameTaken(field="name") from taken
    journal.record(MacroWritten(macro_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def archive_macro(macro: Macro, *, by: Actor, at: datetime) -> None:
    """Take a macro out of use, or into use again when it was out."""
    row = turn(macro, at=at)
    journal.record(MacroWritten(macro_id=row.pk), by=by, at=at)
