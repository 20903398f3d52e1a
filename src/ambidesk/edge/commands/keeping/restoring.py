"""
Restoring a backup into an empty data directory or database, all of it or nothing.

Afterwards the journal has a new epoch and nothing leaves the desk until somebody confirms it.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from ambidesk.edge.commands.cluster import Cluster
from ambidesk.edge.commands.cluster.binaries import installed
from ambidesk.edge.commands.cluster.initialising import unwritable
from ambidesk.edge.commands.keeping import archive
from ambidesk.edge.commands.keeping.dumping import is_empty, make_roles, restore
from ambidesk.edge.commands.keeping.ledger import remembered
from ambidesk.edge.commands.keeping.serving import started
from ambidesk.edge.commands.place.config import Config, read
from ambidesk.edge.commands.place.data import locked, prepare
from ambidesk.edge.commands.place.environment import environment
from ambidesk.edge.commands.place.secret import secret_of
from ambidesk.edge.commands.place.unfinished import unfinished
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.starting.database import require_database
from ambidesk.edge.commands.starting.once import run_once
from ambidesk.edge.commands.trouble import Trouble


def restore_from(source: Path, place: Path) -> None:
    """
    Restore a backup.

    Raises:
        Trouble: there is something already, or the backup is damaged.
    """
    source = source.absolute()
    if not source.exists():
        raise Trouble(_("There is no file %(file)s.") % {"file": source})
    prepare(place)
    try:
        with locked(place), tempfile.TemporaryDirectory(prefix=".restore-", dir=place) as name:
            space = Path(name)
            _require_vacant(place)
            manifest = _unpack(source, space)
            with unfinished(place):
                _move_in(space, place)
                erased = remembered(beside=source, secret=secret_of(place))
                _fill(place, space / archive.DATABASE, manifest=manifest, erased=erased)
    except OSError as wrong:
        raise unwritable(place, wrong) from wrong


def _require_vacant(place: Path) -> None:
    if Cluster(place).directory.exists() or any((place / archive.FILES).iterdir()):
        raise Trouble(
            _(
                "%(place)s already holds a desk. A backup is restored into an empty directory: "
                "choose another one with --data, or move this one away."
            )
            % {"place": place}
        )


def _unpack(source: Path, space: Path) -> Mapping[str, object]:
    with archive.reading(source) as tar:
        for member in tar:
            target = archive.place_of(member, space)
            content = tar.extractfile(member) if target else None
            if target is None or content is None:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                shutil.copyfileobj(content, file)
    try:
        manifest = json.loads((space / archive.MANIFEST).read_text())
        is_ours = manifest["product"] == "ambidesk" and (space / archive.DATABASE).exists()
    except (OSError, ValueError, KeyError, TypeError):
        is_ours = False
    if not is_ours:
        raise Trouble(_("%(file)s is no backup of Ambidesk.") % {"file": source})
    found: Mapping[str, object] = manifest
    return found


def _move_in(space: Path, place: Path) -> None:
    for name in archive.KEPT:
        # The configuration of the new place wins over the one that was kept.
        if (space / name).exists() and not (place / name).exists():
            (space / name).chmod(0o600)
            (space / name).rename(place / name)
    if (space / archive.FILES).exists():
        (place / archive.FILES).rmdir()
        (space / archive.FILES).rename(place / archive.FILES)
        (place / archive.FILES).chmod(0o700)
    os.sync()


def _fill(place: Path, dumped: Path, *, manifest: Mapping[str, object], erased: list[int]) -> None:
    config = read(place)
    with _database(place, config) as url:
        if not is_empty(url):
            raise Trouble(
                _("The database already has tables. A backup is restored into an empty one.")
            )
        names = manifest.get("roles")
        make_roles(url, [str(name) for name in names] if isinstance(names, list) else [])
        restore(url, dumped, programs=installed())
        _settle(environment(place, config, database_url=url), erased=erased)


def _database(place: Path, config: Config) -> AbstractContextManager[str]:
    if not config.database_url:
        return started(Cluster(place))
    require_database(config.database_url)
    return nullcontext(config.database_url)


def _settle(told: Mapping[str, str], *, erased: list[int]) -> None:
    """Bring the tables up to this version; raise the epoch, hold what would leave, erase again."""
    place = Path(told["AMBIDESK_DATA"])
    with tempfile.NamedTemporaryFile("w", prefix=".erased-", dir=place) as file:
        json.dump(erased, file)
        file.flush()
        for command in (["database", "migrate"], ["database", "settle", "--erased", file.name]):
            run_once(command, environment=told, log_file=place / "log" / "restore.log")
