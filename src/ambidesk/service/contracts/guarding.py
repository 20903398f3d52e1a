"""Guarding: nobody sets out for what is not covered without a decision that somebody made."""

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.service.contracts.models import Coverage
from ambidesk.service.contracts.rules.deciding import GIVES, Verdict


class NotDecided(Refusal):
    """Nobody and nothing has said whether it is covered."""

    sentence = _("Nothing says yet whether this is covered. Wait a moment or decide.")


class NotCovered(Refusal):
    """It is not covered, and nobody decided otherwise."""

    sentence = _("This is not covered. Get an estimate approved or decide otherwise first.")


def require_covered(coverage: Coverage | None, *, has_estimate: bool = False) -> None:
    """
    Let a visit be planned or sent out for what is covered, was decided so, or will be paid.

    `has_estimate` says that the client approved what it costs.

    Raises:
        NotDecided: there is no decision at all.
        NotCovered: the decision is to charge or to refuse, and no person made it nor the client
            approved an estimate; what a person refused stays refused.
    """
    if coverage is None:
        raise NotDecided
    verdict = Verdict(coverage.verdict)
    if GIVES[verdict] > GIVES[Verdict.CHARGEABLE]:
        return
    is_agreed = has_estimate or coverage.is_overruled
    if verdict is Verdict.REFUSED or not is_agreed:
        raise NotCovered
