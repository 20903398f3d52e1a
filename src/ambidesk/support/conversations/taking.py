"""
Taking: what came in is committed here before anybody is told that it arrived.

An external key is taken in once for each channel; what comes twice is the same item.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.db import connection, transaction

from ambidesk.ground.kernel import partitions
from ambidesk.ground.kernel.crash import crash_point
from ambidesk.ground.kernel.partitions import Partitioned
from ambidesk.support.conversations.models import IntakeKey
from ambidesk.support.conversations.raw import IN_ROW_BYTES, keep

ITEMS: Final = Partitioned(
    table="conversations_intake_item",
    column="id",
    numbers="conversations_intake_number",
    rows=1_000_000,
)
# Where tests have the process killed between taking and acknowledging.
CRASH_POINTS: Final = ("intake:kept", "intake:taken")
TAKE: Final = """
    WITH arrived AS (
        SELECT *
          FROM unnest(%s::bigint[], %s::text[], %s::bytea[], %s::text[], %s::bigint[], %s::text[],
                      %s::timestamptz[])
            AS each (channel_id, external_key, raw, digest, size_bytes, envelope, received_at)
    ), fresh AS (
        INSERT INTO conversations_intakekey (channel_id, external_key, item_id)
        SELECT channel_id, external_key, nextval('conversations_intake_number') FROM arrived
            ON CONFLICT DO NOTHING
        RETURNING channel_id, external_key, item_id
    )
    INSERT INTO conversations_intake_item
           (id, channel_id, external_key, raw, digest, size_bytes, envelope, received_at)
    SELECT item_id, channel_id, external_key, raw, digest, size_bytes, envelope::jsonb, received_at
      FROM fresh JOIN arrived USING (channel_id, external_key)
    RETURNING id, channel_id, external_key
"""
Key = tuple[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Something raw at the door; the key is what its source knows it by."""

    channel_id: int
    external_key: str
    raw: bytes = field(repr=False)
    envelope: Mapping[str, object]
    received_at: datetime

    @property
    def digest(self) -> str:
        """SHA-256 of the content."""
        return sha256(self.raw).hexdigest()

    @property
    def key(self) -> Key:
        """What it is known by in this desk."""
        return self.channel_id, self.external_key


def take_many(arrivals: Sequence[Arrival]) -> Mapping[Key, int]:
    """Commit what arrived, and return the new items by their keys; the others were here before."""
    # In one order, so that two which bring the same cannot wait in a ring.
    each = [arrival for _key, arrival in sorted({a.key: a for a in _new(arrivals)}.items())]
    kept = [
        keep(arrival.raw, channel_id=arrival.channel_id, external_key=arrival.external_key)
        for arrival in each
    ]
    crash_point("intake:kept")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            TAKE,
            [
                [arrival.channel_id for arrival in each],
                [arrival.external_key for arrival in each],
                kept,
                [arrival.digest for arrival in each],
                [len(arrival.raw) for arrival in each],
                [json.dumps(arrival.envelope) for arrival in each],
                [arrival.received_at for arrival in each],
            ],
        )
        taken = {(channel, key): item for item, channel, key in cursor.fetchall()}
    crash_point("intake:taken")
    return taken


def _new(arrivals: Sequence[Arrival]) -> Sequence[Arrival]:
    """Leave out large ones that were here before: their file may have been erased since."""
    large = [arrival for arrival in arrivals if len(arrival.raw) > IN_ROW_BYTES]
    if not large:
        return arrivals
    here = IntakeKey.objects.filter(
        channel__in={arrival.channel_id for arrival in large},
        external_key__in=[arrival.external_key for arrival in large],
    )
    known = set(here.values_list("channel_id", "external_key"))
    return [arrival for arrival in arrivals if arrival.key not in known]


def ensure_partitions() -> list[str]:
    """Make the partitions that raw items need next; return the names of new ones."""
    return partitions.ensure(ITEMS)
