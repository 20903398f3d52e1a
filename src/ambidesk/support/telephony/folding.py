"""Folding: what an exchange tells of a call, in any order and twice, makes the same row."""

from ambidesk.support.channels.contract.inbound import Called, Phase
from ambidesk.support.telephony.models import Call, CallState, CallWay


def fold(row: Call, called: Called) -> None:
    """Put what is told into the row; nothing that was known before is lost."""
    row.way = CallWay.OUT.value if called.is_outgoing else row.way
    row.number = row.number or called.number
    row.line = row.line or called.line[:40]
    row.began_at = min(row.began_at, called.happened_at)
    if called.extension and (called.phase is Phase.ANSWERED or not row.extension):
        row.extension = called.extension[:20]
    match called.phase:
        case Phase.RINGING:
            pass
        case Phase.ANSWERED:
            row.answered_at = min(row.answered_at or called.happened_at, called.happened_at)
        case Phase.ENDED:
            row.ended_at = max(row.ended_at or called.happened_at, called.happened_at)
            if called.was_answered and row.answered_at is None:
                row.answered_at = row.began_at
        case Phase.RECORDED:
            handle = called.recording.handle if called.recording else ""
            row.recording_handle = row.recording_handle or handle[:1000]
    row.state = state_of(row).value


def state_of(row: Call) -> CallState:
    """Say where a call stands by what is known of it."""
    if row.ended_at is None:
        return CallState.TALKING if row.answered_at else CallState.RINGING
    is_missed = row.answered_at is None and row.way == CallWay.IN
    return CallState.MISSED if is_missed else CallState.ENDED
