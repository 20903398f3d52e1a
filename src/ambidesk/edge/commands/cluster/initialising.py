"""
Preparing a data directory, all or nothing: it appears under its name only when it is complete.

A data directory belongs to one major version of PostgreSQL for life.
"""

import errno
import os
import shutil
import subprocess
from pathlib import Path

from ambidesk.edge.commands.cluster import complaints
from ambidesk.edge.commands.cluster.access import OWNER, write_access
from ambidesk.edge.commands.cluster.account import Account
from ambidesk.edge.commands.cluster.binaries import Binaries
from ambidesk.edge.commands.cluster.directory import Directory
from ambidesk.edge.commands.cluster.tuning import include_settings
from ambidesk.edge.commands.leash import leashed
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

# Nothing of the caller's environment may change how the server speaks or where it looks.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def initialise(directory: Path, *, programs: Binaries, account: Account) -> None:
    """
    Prepare the directory unless it is prepared.

    Raises:
        Trouble: no space, no right, or a directory of another major version.
    """
    if (directory / "PG_VERSION").exists():
        require_version(directory, programs)
        write_access(directory, account)
        return
    if directory.exists() and any(directory.iterdir()):
        raise Trouble(
            _("%(place)s holds something that is no database. Move it away and start again.")
            % {"place": directory}
        )
    unfinished = directory.with_name(f"{directory.name}.unfinished")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        account.own(unfinished)
        _initdb(unfinished, programs=programs, account=account)
        include_settings(unfinished)
        write_access(unfinished, account)
        unfinished.rename(directory)
    except OSError as wrong:
        raise unwritable(directory, wrong) from wrong
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def require_version(directory: Path, programs: Binaries) -> None:
    """
    Check that the programs are of the directory's major version.

    Raises:
        Trouble: they are of another.
    """
    found = (directory / "PG_VERSION").read_text().strip()
    if found != str(programs.major):
        raise Trouble(
            _(
                "The data in %(place)s was made by PostgreSQL %(found)s and this is PostgreSQL "
                "%(ours)s. Run: ambidesk database upgrade --data %(data)s"
            )
            % {
                "place": directory,
                "found": found,
                "ours": programs.major,
                "data": directory.parent,
            }
        )


def unwritable(place: Path, wrong: OSError) -> Trouble:
    """Say why a place cannot be written."""
    if wrong.errno in {errno.ENOSPC, errno.EDQUOT}:
        return complaints.full_disk(place)
    return Trouble(
        _("%(place)s cannot be written: %(reason)s. Choose another directory with --data.")
        % {"place": place, "reason": wrong.strerror or wrong}
    )


def _initdb(directory: Path, *, programs: Binaries, account: Account) -> None:
    with Directory.opened(directory, account) as place:
        command = [
            programs.program("initdb"),
            *("-D", place.name, "--auth=peer", "--encoding=UTF8", f"--username={OWNER}"),
            *programs.locale_options(),
        ]
        done = subprocess.run(
            leashed(command, account=account.switch),
            pass_fds=place.descriptors,
            cwd="/",
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise complaints.explained(done.stdout + done.stderr, data=directory, log_file=None)
