"""The coverage of a ticket as its card tells it: one sentence, and what was decided before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ambidesk.ground.reach.actor import Actor
from ambidesk.service.contracts.models import Contract, VerdictKind
from ambidesk.service.contracts.rights import ContractRight
from ambidesk.service.contracts.saying import sentence
from ambidesk.support.tickets.models import Ticket

Data = Mapping[str, Any]
# The colour goes with the words, never instead of them.
LOOKS = {
    VerdictKind.COVERED: "done",
    VerdictKind.WARRANTY: "done",
    VerdictKind.UNTIL_LIMIT: "done",
    VerdictKind.PARTLY: "",
    VerdictKind.CHARGEABLE: "waiting",
    VerdictKind.REFUSED: "breached",
}
BESIDE = ("contract", "package", "stop__contract", "by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A decision that was replaced."""

    words: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePage:
    """What holds now, why, and how it came to that."""

    number: int
    label: str
    look: str
    words: str
    contract: Contract | None
    earlier: tuple[Earlier, ...]
    verdicts: tuple[tuple[str, str], ...]
    is_overruled: bool
    can_overrule: bool


def read_coverage(ticket: Ticket, actor: Actor) -> CoveragePage | None:
    """Read the coverage of a ticket; None where nothing was decided."""
    coverage = ticket.coverage
    if coverage is None:
        return None
    newest, *before = coverage.decisions.select_related(*BESIDE).order_by("-pk")
    kind = VerdictKind(newest.verdict)
    return CoveragePage(
        number=ticket.number,
        label=str(kind.label),
        look=LOOKS[kind],
        words=sentence(newest, left=coverage.left),
        contract=newest.contract if actor.may(ContractRight.SEE) else None,
        earlier=tuple(Earlier(words=sentence(each), at=each.at) for each in before),
        verdicts=tuple((each.value, str(each.label)) for each in VerdictKind),
        is_overruled=coverage.is_overruled,
        can_overrule=actor.may(ContractRight.OVERRULE) and not ticket.is_ended,
    )


def _decided(data: Data, _names: object) -> str:
    facts = {"verdict": str(VerdictKind(data["verdict"]).label).lower()}
    if data["overruled"]:
        return _("decided otherwise about the coverage: %(verdict)s") % facts
    return _("found by the contracts: %(verdict)s") % facts


COVERED = {"coverage.decided": _decided}
