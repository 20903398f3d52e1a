"""A real Dovecot on loopback, with a configuration, ports and a place of its own."""

import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from imapclient import IMAPClient

from ambidesk.support.channels.mail.account import ImapAccess, Security
from tests.ports import free_port
from tests.waiting import PATIENCE_SECONDS

PASSWORD = "secret"
CONFIGURATION = """
base_dir = {place}/run
state_dir = {place}/state
log_path = {place}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = {inner}
default_internal_group = {inner_group}
default_login_user = {login}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
maildir_stat_dirs = yes
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={place}/mail/%u
}}
namespace inbox {{
  inbox = yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp_port}
  }}
}}
service stats {{
  client_limit = 100
}}
"""


@dataclass(kw_only=True)
class Dovecot:
    """A running server; every user has the same password."""

    place: Path
    port: int
    lmtp_port: int
    uid: int
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        self._process = subprocess.Popen(
            [dovecot(), "-F", "-c", str(self.place / "dovecot.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + PATIENCE_SECONDS
        while not answers(self.port):
            log = self.place / "log"
            assert time.monotonic() < until, log.read_text() if log.exists() else "no log"
            threading.Event().wait(0.05)

    def stop(self) -> None:
        """Stop the server, connections included."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(PATIENCE_SECONDS)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process = None

    def access(self, user: str, **fields: Any) -> ImapAccess:
        values: dict[str, Any] = {
            "host": "127.0.0.1",
            "port": self.port,
            "security": Security.NONE,
            "user": user,
            "password": PASSWORD,
        }
        return ImapAccess(**{**values, **fields})

    @contextmanager
    def session(self, user: str) -> Iterator[Any]:
        """A session of a person with another program."""
        with IMAPClient("127.0.0.1", self.port, ssl=False) as client:
            client.login(user, PASSWORD)
            client.select_folder("INBOX")
            yield client

    def put(self, user: str, *raws: bytes, seen: bool = False) -> None:
        """Have mails lie in somebody's mailbox."""
        with self.session(user) as client:
            for raw in raws:
                client.append("INBOX", raw, [b"\\Seen"] if seen else [])

    def seen(self, user: str) -> int:
        with self.session(user) as client:
            return len(client.search(["SEEN"]))

    def count(self, user: str) -> int:
        with self.session(user) as client:
            return len(client.search(["ALL"]))

    def validity(self, user: str) -> int:
        with IMAPClient("127.0.0.1", self.port, ssl=False) as client:
            client.login(user, PASSWORD)
            return int(client.select_folder("INBOX")[b"UIDVALIDITY"])

    def renumber(self, user: str) -> None:
        """Have the mailbox numbered anew, as after its restore or move."""
        before = self.validity(user)
        maildir = self.place / "mail" / user / "Maildir"
        until = time.monotonic() + PATIENCE_SECONDS
        while self.validity(user) == before:
            assert time.monotonic() < until, "the numbering did not change"
            for file in (*maildir.glob("dovecot*"), *maildir.glob(".dovecot*")):
                file.unlink(missing_ok=True)
            threading.Event().wait(0.2)


def dovecot() -> str:
    found = shutil.which("dovecot") or "/usr/sbin/dovecot"
    assert Path(found).exists(), "Dovecot is missing: run bin/setup --tests"
    return found


@contextmanager
def serving() -> Iterator[Dovecot]:
    """Run a Dovecot; under root the mail belongs to nobody, else to whoever runs the tests."""
    # Dovecot's users must be able to walk there, which pytest's own directories do not allow.
    place = Path(tempfile.mkdtemp(prefix="dovecot-"))
    is_root = os.geteuid() == 0
    owner = pwd.getpwnam("nobody") if is_root else pwd.getpwuid(os.geteuid())
    inner = pwd.getpwnam("dovecot") if is_root else owner
    server = Dovecot(place=place, port=free_port(), lmtp_port=free_port(), uid=owner.pw_uid)
    (place / "mail").mkdir()
    place.chmod(0o755)
    (place / "mail").chmod(0o777)
    (place / "dovecot.conf").write_text(
        CONFIGURATION.format(
            place=place,
            port=server.port,
            lmtp_port=server.lmtp_port,
            uid=owner.pw_uid,
            gid=owner.pw_gid,
            inner=inner.pw_name,
            inner_group=_group(inner.pw_gid),
            login="dovenull" if is_root else owner.pw_name,
            password=PASSWORD,
        )
    )
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(place, ignore_errors=True)


def answers(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _group(number: int) -> str:
    return grp.getgrgid(number).gr_name
