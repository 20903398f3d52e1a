"""
Making a backup of a desk, running or not.

The database is dumped first, as of one instant: every file that it names is on disk by then.
"""

import json
import tempfile
from contextlib import suppress
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from ambidesk.edge.commands.cluster.binaries import installed
from ambidesk.edge.commands.cluster.initialising import unwritable
from ambidesk.edge.commands.keeping import archive
from ambidesk.edge.commands.keeping.dumping import dump, roles
from ambidesk.edge.commands.keeping.ledger import erased_in, remember
from ambidesk.edge.commands.keeping.serving import served
from ambidesk.edge.commands.place.config import read
from ambidesk.edge.commands.place.secret import secret_of


def back_up(place: Path, target: Path, *, at: datetime) -> None:
    """
    Write a backup of the desk.

    Raises:
        Trouble: the database cannot be reached, or the file cannot be written.
    """
    target = target.absolute()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with (
            served(place, read(place)) as url,
            tempfile.TemporaryDirectory(prefix=".ambidesk-", dir=target.parent) as space,
        ):
            dumped = Path(space) / archive.DATABASE
            dump(url, dumped, programs=installed())
            remember(erased_in(url), beside=target, secret=secret_of(place))
            _write(target, place=place, dumped=dumped, roles=roles(url), at=at)
    except OSError as wrong:
        raise unwritable(target, wrong) from wrong


def _write(target: Path, *, place: Path, dumped: Path, roles: list[str], at: datetime) -> None:
    manifest = {
        "product": "ambidesk",
        "version": version("ambidesk"),
        "made_at": at.isoformat(),
        "roles": roles,
    }
    with archive.writing(target) as tar:
        archive.add_bytes(tar, archive.MANIFEST, content=json.dumps(manifest).encode())
        archive.add_bytes(tar, "secret", content=secret_of(place).encode())
        if (config := place / "ambidesk.toml").exists():
            archive.add_bytes(tar, config.name, content=config.read_bytes())
        tar.add(dumped, arcname=archive.DATABASE)
        for file in sorted((place / archive.FILES).rglob("*")):
            # A file may be erased while the backup is made: then it is not to be kept.
            with suppress(FileNotFoundError):
                if file.is_file() and not file.is_symlink():
                    tar.add(file, arcname=str(file.relative_to(place)), recursive=False)
