"""Lettering: those who do what is handed over to their company learn of it by mail."""

from datetime import datetime

from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.models import User
from ambidesk.parties.authority.models import Authority, LetterKind
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.authority.writing import put_down
from ambidesk.support.handovers.events import HandoverMoved, HandoverOffered, HandoverSaid
from ambidesk.support.handovers.models import Handover
from ambidesk.support.handovers.rules.standing import Standing, is_rework


def letter_of(entry: Entry) -> LetterKind | None:
    """Say which letter an entry of the journal calls for."""
    match entry.kind:
        case HandoverOffered.kind:
            return LetterKind.WORK
        case HandoverMoved.kind:
            moved = Standing(entry.data["before"]), Standing(entry.data["after"])
            return LetterKind.REWORK if is_rework(*moved) else None
        case HandoverSaid.kind:
            return LetterKind.WORD if entry.data["is_ours"] else None
        case _:
            return None


def write_to(row: Handover, kind: LetterKind, *, at: datetime) -> int:
    """Have a letter sent to each of the contractor's people who sign in; say to how many."""
    if not row.is_open:
        return 0
    able = Authority.objects.standing(at).filter(
        company=row.company_id, powers__contains=[Power.PERFORM.value]
    )
    users = User.objects.filter(
        account__person__whole__in=able.values("contact__person__whole"), is_active=True
    )
    company = row.contractor.company
    found = list(users.distinct())
    for user in found:
        put_down(
            kind,
            company=company,
            address=user.email,
            name=user.name,
            language=user.language,
            at=at,
        )
    return len(found)
