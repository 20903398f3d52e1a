"""
Who may connect: by unix socket, as whom the kernel says they are, and nobody else.

The server's own user and the user that runs the desk are both let in as the database's owner.
"""

import hashlib
import os
import pwd
import tempfile
from pathlib import Path

from ambidesk.edge.commands.cluster.account import Account
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

OWNER = "ambidesk"
PORT = 5432
# A socket's whole name has 107 bytes (Source: unix(7)); PostgreSQL adds "/.s.PGSQL.5432.lock".
LONGEST = 86


def write_access(directory: Path, account: Account) -> None:
    """Write who may connect into the data directory."""
    (directory / "pg_hba.conf").write_text("local all all peer map=desk\n")
    ourselves = pwd.getpwuid(os.geteuid()).pw_name
    names = dict.fromkeys((account.name, ourselves))
    (directory / "pg_ident.conf").write_text("".join(f'desk "{name}" {OWNER}\n' for name in names))


def socket_directory(data: Path, account: Account) -> Path:
    """
    Make the directory of the server's socket, closed to all but its users.

    It lies beside the data where that place is short enough and the server's user gets there.

    Raises:
        Trouble: no directory can be made.
    """
    beside = data / "run"
    if len(os.fsencode(beside)) <= LONGEST and account.walks_to(beside):
        beside.mkdir(exist_ok=True)
        account.own(beside)
        return beside
    name = "ambidesk-" + hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    for parent in _short_places(account):
        place = parent / name
        try:
            place.mkdir(mode=0o700, exist_ok=True)
        except OSError:
            continue
        # Somebody else's directory of that name in /tmp is not ours to use.
        if place.is_symlink() or place.stat().st_uid not in {os.geteuid(), account.uid}:
            place = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=parent))
        account.own(place)
        return place
    raise Trouble(
        _("No directory for the database's socket could be made in /tmp. Make /tmp writable.")
    )


def _short_places(account: Account) -> list[Path]:
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    places = [Path("/tmp")]  # noqa: S108 - the directory in it is closed and its owner checked
    if runtime and not account.is_other and len(os.fsencode(runtime)) + 24 <= LONGEST:
        places.insert(0, Path(runtime))
    return places
