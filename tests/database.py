"""A database for the test session: the one of DATABASE_URL, else an embedded cluster of its own."""

import atexit
import os
import tempfile
from contextlib import ExitStack

from ambidesk.edge.commands.cluster import Cluster

OURS = "AMBIDESK_TEST_CLUSTER"
_kept = ExitStack()


def start() -> None:
    """Start the cluster."""
    # Tests at work beside each other inherit what the process that began them set for itself.
    # On one server each would hold back the horizon of the other's journal.
    if OURS in os.environ:
        for inherited in ("AMBIDESK_DATA", "DATABASE_URL"):
            os.environ.pop(inherited, None)
    os.environ.setdefault("AMBIDESK_DATA", _kept.enter_context(tempfile.TemporaryDirectory()))
    os.environ.setdefault(
        "AMBIDESK_SECRET_KEY", "a secret of the test session only, 50 letters long"
    )
    os.environ.setdefault("AMBIDESK_TEST_FAULTS", "1")
    if "DATABASE_URL" not in os.environ:
        cluster = _kept.enter_context(Cluster.temporary())
        cluster.create_database("ambidesk", template="template0")
        os.environ[OURS] = os.environ["DATABASE_URL"] = cluster.url("ambidesk")
    atexit.register(_kept.close)


# At import: the plugin of pytest-django reads the settings before any hook of ours could run.
start()
