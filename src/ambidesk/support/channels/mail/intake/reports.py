"""Reports of other mail systems: those about our own mail are shown on it and open no ticket."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from ambidesk.ground.kernel.texts import storable
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.normalising import NotAnAddress, normal_email
from ambidesk.support.channels.mail.intake.letter import Letter
from ambidesk.support.channels.mail.parsing.parsed import BounceAction, FailedRecipient
from ambidesk.support.tickets.returning import Fate, Report, bounce_many

_FATES: Final = {BounceAction.FAILED: Fate.FAILED, BounceAction.DELAYED: Fate.DELAYED}


def show(letters: Sequence[Letter], *, by: Actor, at: datetime) -> set[int]:
    """Show reports on the messages that they are about; return the items that were such."""
    told = [(letter.item.pk, report) for letter in letters for report in _reports(letter)]
    if not told:
        return set()
    found = bounce_many([report for _item, report in told], by=by, at=at)
    return {item for (item, _report), known in zip(told, found, strict=True) if known}


def _reports(letter: Letter) -> list[Report]:
    bounce = letter.mail.bounce
    if bounce is None:
        return []
    return [
        Report(
            token=next(iter(letter.tokens), ""),
            message_id=storable(bounce.original_message_id)[:998],
            recipient=_normal(recipient.address),
            fate=_FATES[recipient.action],
            status=storable(recipient.status),
            diagnostic=storable(recipient.diagnostic),
        )
        for recipient in bounce.recipients or (FailedRecipient(address=""),)
        if recipient.action in _FATES
    ]


def _normal(address: str) -> str:
    try:
        return normal_email(storable(address))
    except NotAnAddress:
        return ""
