"""Processes for tests, published, and contracts that say how long their stages may take."""

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.models import Company
from ambidesk.service.contracts.activating import activate
from ambidesk.service.contracts.said import StageSaid
from ambidesk.service.workflow.drawing import ProcessText, publish, write_process
from ambidesk.service.workflow.models import Process
from ambidesk.service.workflow.rules.plan import Plan
from ambidesk.service.workflow.rules.writing import written
from ambidesk.support.coverage.settling import settle as cover
from ambidesk.support.stages.sensing import sense_of
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.service.contracts import agreements


def published(cast: Cast, plan: Plan, name: str = "Repair") -> Process:
    """A process that was published by the administrator."""
    by = cast.actor(cast.admin)
    said = ProcessText(name_en=name, name_ru="", plan=written(plan))
    process = write_process(None, said, by=by, at=cast.at)
    publish(process, sense_of(by), by=by, at=cast.at)
    return process


def changed(cast: Cast, process: Process, plan: Plan) -> Process:
    """A further version of a process."""
    by = cast.actor(cast.admin)
    said = ProcessText(name_en=process.name_en, name_ru="", plan=written(plan))
    process = write_process(process, said, by=by, at=cast.at)
    publish(process, sense_of(by), by=by, at=cast.at)
    return process


def promised_stages(cast: Cast, *stages: StageSaid, **said: object) -> Company:
    """A company with a contract that covers all and says how long stages may take."""
    chain = agreements.company()
    contract = agreements.contract(chain, cast.at)
    lines = said.pop("lines", (agreements.ALL,))
    agreements.draft(contract, cast.at, *lines, stages=stages, **said)  # type: ignore[misc]
    activate(contract, by=SYSTEM, at=cast.at)
    return chain


def covered(cast: Cast, chain: Company) -> Ticket:
    """A ticket of the company, covered by its contract."""
    ticket = cast.ticket()
    attribute(ticket, company=chain, by=SYSTEM, at=cast.at)
    cover([ticket.pk], by=SYSTEM, at=cast.at)
    return Ticket.objects.get(pk=ticket.pk)
