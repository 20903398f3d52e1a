"""Actions of the one list: beginning a process, and going on in it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.actions import Action
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.workflow.models import Process
from ambidesk.support.stages import moving
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rights import TicketRight


class NoSuchProcess(InvalidInput):
    """The action names what is not there."""

    sentence = _("There is no such process.")


class AnotherProcess(Refusal):
    """The step is one of another process."""

    sentence = _("Ticket #%(number)s goes by another process.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """A process."""

    process_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Whither:
    """A transition, by its number in its process; tickets of another process refuse."""

    process_id: int | None = None
    transition: int


def begin(ticket: Ticket, given: Which, *, by: Actor, at: datetime) -> object:
    """Let it go by a process."""
    process = Process.objects.filter(pk=given.process_id).first()
    if process is None:
        raise NoSuchProcess(field="process_id")
    return moving.begin(ticket, process, by=by, at=at)


def go(ticket: Ticket, given: Whither, *, by: Actor, at: datetime) -> object:
    """
    Take a transition of its process.

    Raises:
        AnotherProcess: it goes by another one than is meant.
    """
    run = ticket.run
    if given.process_id is not None and run and run.version.process_id != given.process_id:
        raise AnotherProcess(number=ticket.number)
    return moving.go(ticket, given.transition, by=by, at=at)


STAGE_ACTIONS = (
    Action(
        name="stages.begin",
        label=_("Begin a process"),
        parameters=Which,
        right=TicketRight.WORK.value,
        perform=begin,
    ),
    Action(
        name="stages.go",
        label=_("Take a step of its process"),
        parameters=Whither,
        right=TicketRight.WORK.value,
        perform=go,
    ),
)
