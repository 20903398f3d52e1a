"""
Moving the embedded database to the major version of this Ambidesk: dump, new cluster, restore.

The old data directory stays beside the new one, untouched, until its owner removes it.
"""

import tempfile
from pathlib import Path

from ambidesk.edge.commands.cluster import Cluster
from ambidesk.edge.commands.cluster.binaries import COPIES, Binaries, installed
from ambidesk.edge.commands.cluster.initialising import unwritable
from ambidesk.edge.commands.keeping.dumping import dump, make_roles, restore, roles
from ambidesk.edge.commands.keeping.serving import started
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

DEBIAN = Path("/usr/lib/postgresql")


def upgrade(place: Path, *, from_bin: Path | None) -> str:
    """
    Upgrade and give a sentence about what was done.

    Raises:
        Trouble: there is nothing to upgrade, or the older programs are not found.
    """
    new = Cluster(place)
    found = _major_of(new.directory)
    if found == new.programs.major:
        return _("The data are already those of PostgreSQL %(major)s.") % {"major": found}
    old = Cluster(place, programs=_older(found, from_bin))
    kept = new.directory.with_name(f"postgres-{found}")
    try:
        with tempfile.TemporaryDirectory(prefix=".upgrade-", dir=place) as space:
            dumped = Path(space) / "database.dump"
            with started(old) as url:
                names = roles(url)
                dump(url, dumped, programs=installed())
            new.directory.rename(kept)
            _fill_or_put_back(new, dumped, names=names, kept=kept)
    except OSError as wrong:
        raise unwritable(place, wrong) from wrong
    return _(
        "The data are now those of PostgreSQL %(new)s. The old ones stay in %(kept)s: remove them "
        "when all is well."
    ) % {"new": new.programs.major, "kept": kept}


def _fill_or_put_back(new: Cluster, dumped: Path, *, names: list[str], kept: Path) -> None:
    try:
        with started(new) as url:
            make_roles(url, names)
            restore(url, dumped, programs=new.programs)
    except BaseException:
        if new.directory.exists():
            new.directory.rename(new.directory.with_name("postgres-failed-upgrade"))
        kept.rename(new.directory)
        raise


def _major_of(directory: Path) -> int:
    try:
        return int((directory / "PG_VERSION").read_text())
    except (OSError, ValueError) as missing:
        raise Trouble(
            _("There is no embedded database in %(place)s.") % {"place": directory}
        ) from missing


def _older(major: int, chosen: Path | None) -> Binaries:
    places = [chosen] if chosen else [DEBIAN / str(major) / "bin", *_copies(major)]
    for place in places:
        if (place / "postgres").exists() and (found := Binaries(directory=place)).major == major:
            return found
    raise Trouble(
        _(
            "The programs of PostgreSQL %(major)s are needed once more to read the old data. "
            "Install them (apt-get install postgresql-%(major)s) or name their directory with "
            "--from-bin."
        )
        % {"major": major}
    )


def _copies(major: int) -> list[Path]:
    return sorted(COPIES.glob(f"postgresql-{major}.*/pginstall/bin"))
