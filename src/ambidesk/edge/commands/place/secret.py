"""The installation's secret: made once, readable by its owner only, never printed."""

import os
import secrets
from pathlib import Path

NAME = "secret"
BYTES = 48


def secret_of(place: Path) -> str:
    """Give the secret from AMBIDESK_SECRET_KEY, or the one kept beside the data."""
    return os.environ.get("AMBIDESK_SECRET_KEY") or _kept(place / NAME)


def _kept(file: Path) -> str:
    if not file.exists():
        new = file.with_name(f".{file.name}.{os.getpid()}")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(BYTES))
            handle.flush()
            os.fsync(handle.fileno())
        new.rename(file)
    return file.read_text().strip()
