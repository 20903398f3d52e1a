"""The desk's database for one command: the configured one, the running one, or started for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ambidesk.edge.commands.cluster import Cluster
from ambidesk.edge.commands.place.config import Config
from ambidesk.edge.commands.place.data import is_locked, locked
from ambidesk.edge.commands.starting.database import require_database


@contextmanager
def served(place: Path, config: Config) -> Iterator[str]:
    """
    Give the address of the desk's database as long as the block runs.

    Raises:
        Trouble: it cannot be reached or started.
    """
    if config.database_url:
        require_database(config.database_url)
        yield config.database_url
    elif is_locked(place):
        yield Cluster(place).url()
    else:
        with locked(place), started(Cluster(place)) as url:
            yield url


@contextmanager
def started(cluster: Cluster) -> Iterator[str]:
    """Run a cluster as long as the block runs; give its database's address."""
    cluster.initialise()
    cluster.start()
    try:
        cluster.ready()
        cluster.create_database()
        yield cluster.url()
    finally:
        cluster.stop()
