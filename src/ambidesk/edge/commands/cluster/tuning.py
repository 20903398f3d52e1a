"""
Settings of the embedded server, rewritten at each start; `local.conf` beside them is the owner's.

In production a commit is on disk when it returns; only tests give that up for speed.
"""

import os
from pathlib import Path

OURS = "ambidesk.conf"
OWNERS = "local.conf"
MEBIBYTE = 1024 * 1024
LEAST_BUFFERS = 128
MOST_BUFFERS = 1024

ALWAYS = {
    "max_connections": "200",
    "max_locks_per_transaction": "128",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "effective_io_concurrency": "32",
    # Compiling costs more than it saves on queries of a few milliseconds.
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_min_duration_statement": "1s",
    "log_lock_waits": "on",
    # A long transaction holds back every reader of the journal.
    "idle_in_transaction_session_timeout": "60s",
}
FOR_TESTS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # Its transactions hold the horizon of the journal back at moments no test can foresee.
    "autovacuum": "off",
    # A test that computes on a busy machine keeps its transaction open meanwhile.
    "idle_in_transaction_session_timeout": "0",
    "shared_buffers": "128MB",
    "log_min_duration_statement": "-1",
}


def write_settings(directory: Path, *, for_tests: bool) -> None:
    """Write our settings into the data directory."""
    settings = ALWAYS | _by_memory() | (FOR_TESTS if for_tests else {})
    lines = [f"{name} = '{value}'" for name, value in settings.items()]
    (directory / OURS).write_text("# Rewritten at each start.\n" + "\n".join(lines) + "\n")


def include_settings(directory: Path) -> None:
    """Make a new data directory read our settings, and then the owner's."""
    with (directory / "postgresql.conf").open("a") as conf:
        conf.write(f"\ninclude_if_exists = '{OURS}'\ninclude_if_exists = '{OWNERS}'\n")


def _by_memory() -> dict[str, str]:
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // MEBIBYTE
    buffers = max(LEAST_BUFFERS, min(MOST_BUFFERS, total // 16))
    return {"shared_buffers": f"{buffers}MB", "effective_cache_size": f"{total // 2}MB"}
