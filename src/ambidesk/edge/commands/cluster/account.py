"""The system user that the server runs as: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

OWN_USER = "ambidesk"


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """A system user; `is_other` when it is not the one we run as."""

    name: str
    uid: int
    gid: int
    is_other: bool

    @property
    def switch(self) -> tuple[int, int] | None:
        """The uid and gid to change to, if any."""
        return (self.uid, self.gid) if self.is_other else None

    def walks_to(self, place: Path) -> bool:
        """Tell whether every directory above the place lets this user through."""
        return not self.is_other or all(self._may(step, 0o1) for step in place.resolve().parents)

    def reaches(self, place: Path) -> bool:
        """Tell whether this user can walk to the place and read it."""
        return self.walks_to(place) and (not self.is_other or self._may(place, 0o5))

    def own(self, place: Path) -> None:
        """Give a directory to this user and close it for all others."""
        place.chmod(0o700)
        if self.is_other:
            os.chown(place, self.uid, self.gid)

    def _may(self, place: Path, wanted: int) -> bool:
        status = place.stat()
        mode = stat.S_IMODE(status.st_mode)
        if status.st_uid == self.uid:
            return mode >> 6 & wanted == wanted
        if status.st_gid == self.gid:
            return mode >> 3 & wanted == wanted
        return mode & wanted == wanted


def for_server() -> Account:
    """
    Find the user for the server: ourselves, or an own one when we are root.

    Raises:
        Trouble: there is none and it cannot be made.
    """
    if os.geteuid() != 0:
        return Account(name=_own_name(), uid=os.geteuid(), gid=os.getegid(), is_other=False)
    entry = _entry() or _made()
    return Account(name=OWN_USER, uid=entry.pw_uid, gid=entry.pw_gid, is_other=True)


def _own_name() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError as unknown:
        # Peer authentication goes by name, and a container may run us under a bare number.
        raise Trouble(
            _(
                "The system has no user with the number %(uid)s, and PostgreSQL needs a name. "
                "Run Ambidesk as a user of the system, or set DATABASE_URL."
            )
            % {"uid": os.geteuid()}
        ) from unknown


def _entry() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(OWN_USER)
    except KeyError:
        return None


def _made() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    said = _("there is no program useradd")
    if useradd:
        quiet = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        done = subprocess.run(
            [useradd, *quiet, OWN_USER], capture_output=True, text=True, check=False
        )
        said = done.stderr.strip() or str(done.returncode)
    # Another process may have made it in the same moment.
    if entry := _entry():
        return entry
    raise Trouble(
        _(
            "PostgreSQL does not run as root and the user %(user)s could not be made: %(reason)s. "
            "Make a system user %(user)s yourself, or start Ambidesk as an ordinary user, or set "
            "DATABASE_URL."
        )
        % {"user": OWN_USER, "reason": said}
    )
