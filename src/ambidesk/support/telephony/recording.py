"""Recording: what an exchange recorded is fetched when it is due and kept as a file."""

from datetime import datetime, timedelta
from typing import Final

import structlog
from django.db import transaction

from ambidesk.ground.files.content import type_of
from ambidesk.ground.files.storing import store
from ambidesk.ground.kernel.sealing import CannotUnseal
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.support.channels.access import BrokenAccess, access_of
from ambidesk.support.channels.contract.failure import Failure
from ambidesk.support.channels.contract.inbound import FileRef
from ambidesk.support.channels.contract.registry import connector_of
from ambidesk.support.telephony.events import RecordingKept
from ambidesk.support.telephony.models import Call
from ambidesk.support.tickets.recording import record

log = structlog.get_logger(__name__)
LANE: Final = "call-recordings"
# Exchanges take their time to write a recording; after the last try it stays there.
PAUSES: Final = tuple(timedelta(minutes=each) for each in (1, 5, 30, 120, 720))
LEASE: Final = timedelta(minutes=2)


def fetch_due(*, at: datetime) -> int:
    """Fetch the recording that is due longest; say how many were looked at."""
    row = _claim(at)
    if row is None:
        return 0
    content = _fetched(row)
    if content:
        _keep(row, content, at=at)
    else:
        _put_off(row, at=at)
    return 1


@transaction.atomic
def _claim(at: datetime) -> Call | None:
    due = Call.objects.filter(recording_due_at__lte=at, recording=None)
    row = due.select_for_update(skip_locked=True, of=("self",)).select_related("channel")
    found = row.order_by("recording_due_at").first()
    if found:
        found.recording_due_at = at + LEASE
        found.recording_tries += 1
        found.save(update_fields=["recording_due_at", "recording_tries"])
    return found


def _fetched(row: Call) -> bytes | None:
    connector = connector_of(row.channel.kind)
    if connector is None:
        return None
    ref = FileRef(handle=row.recording_handle, name="call")
    try:
        content = connector.fetch(ref, access_of(row.channel)).content
    except (Failure, BrokenAccess, CannotUnseal) as failed:
        log.warning("recording-not-fetched", call=row.pk, why=str(failed)[:40])
        return None
    return content if type_of(content).startswith(("audio/", "application/ogg")) else None


@transaction.atomic
def _keep(row: Call, content: bytes, *, at: datetime) -> None:
    locked = Call.objects.select_for_update(of=("self",)).select_related("ticket").get(pk=row.pk)
    # Erased meanwhile: nobody is to hear it any more.
    if not locked.recording_handle:
        return
    locked.recording = store(content, at=at)
    locked.recording_due_at, locked.recording_handle = None, ""
    locked.save(update_fields=["recording", "recording_due_at", "recording_handle"])
    if locked.ticket:
        by = Actor(kind=ActorKind.CHANNEL, id=locked.channel_id)
        event = RecordingKept(ticket_id=locked.ticket.pk, call_id=locked.pk)
        record(event, locked.ticket, by=by, at=at)


def _put_off(row: Call, *, at: datetime) -> None:
    tries = row.recording_tries
    due = at + PAUSES[tries - 1] if tries <= len(PAUSES) else None
    Call.objects.filter(pk=row.pk, recording=None).update(recording_due_at=due)
