"""Keeping: the journal's partitions of ten million entries each, made ahead of the writers."""

from ambidesk.ground.kernel import partitions
from ambidesk.ground.kernel.partitions import Partitioned

JOURNAL = Partitioned(
    table="journal_entry", column="sequence", numbers="journal_sequence", rows=10_000_000
)


def ensure_partitions() -> list[str]:
    """Make the partitions that the journal needs next; return the names of new ones."""
    return partitions.ensure(JOURNAL)
