"""A real Postfix on loopback, with a configuration, a queue and a port of its own."""

import json
import os
import pwd
import shutil
import smtplib
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.waiting import PATIENCE_SECONDS

MAIN = """
compatibility_level = 3.6
queue_directory = {place}/queue
data_directory = {place}/data
maillog_file = {place}/log
maillog_file_prefixes = {place}
syslog_name = postfix-of-a-test
myhostname = relay.example
mydestination =
inet_interfaces = loopback-only
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
local_transport = error:nobody lives here
local_recipient_maps =
biff = no
smtp_host_lookup = native
smtp_dns_support_level = disabled
smtp_tls_security_level = {security}
transport_maps = inline:{{ {{ {domain} = smtp:[127.0.0.1]:{ours} }} }}
relayhost = [127.0.0.1]:{sink}
relay_domains = {domain}
smtpd_relay_restrictions = permit_mynetworks, reject
# It comes again within seconds, as another one does within minutes.
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
tlsmgr unix - - n 1000? 1 tlsmgr
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True, kw_only=True)
class Postfix:
    """A running Postfix: what it took for `domain` goes to `ours`, all else to the sink."""

    place: Path
    port: int

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def take(self, raw: bytes, to: str, *, sender: str = "anna@example.org") -> None:
        """Hand it a mail, as a mail server of the world would."""
        with smtplib.SMTP("127.0.0.1", self.port, timeout=PATIENCE_SECONDS) as client:
            client.sendmail(sender, [to], raw)

    def queued(self) -> list[dict[str, Any]]:
        """What stands in its queue, with the reason of the last delay."""
        said = self._run("postqueue", "-j").stdout
        return [json.loads(line) for line in said.splitlines() if line.strip()]

    def come_again(self) -> None:
        """Try all that waits, whenever it was to be tried; what is under way it passes over."""
        self._run("postqueue", "-f")

    def reasons(self) -> list[str]:
        """Why recipients wait."""
        waiting = [each for mail in self.queued() for each in mail["recipients"]]
        return [each.get("delay_reason", "") for each in waiting]

    def log(self) -> str:
        """All that it said."""
        file = self.place / "log"
        return file.read_text() if file.exists() else ""

    def _run(self, program: str, *words: str) -> "subprocess.CompletedProcess[str]":
        command = [program, "-c", str(self.place / "etc"), *words]
        return subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS
        )


@contextmanager
def postfix(
    *, port: int, ours: int, sink: int, domain: str, security: str = "may"
) -> Iterator[Postfix]:
    """Run a Postfix; its master has to be root's, which drops its rights for all that it does."""
    if os.geteuid() != 0 or not shutil.which("postfix"):
        pytest.skip("Postfix runs as root only, and as a Debian package: bin/setup --tests")
    # Its sockets lie in the queue, and the name of a socket is short; its user must reach them.
    place = Path(tempfile.mkdtemp(prefix="pf-", dir="/var/tmp"))
    place.chmod(0o755)
    (place / "etc").mkdir()
    (place / "queue").mkdir()
    (place / "data").mkdir()
    os.chown(place / "data", pwd.getpwnam("postfix").pw_uid, -1)
    facts = {"place": place, "port": port, "ours": ours, "sink": sink, "domain": domain}
    main = MAIN.format(**facts, security=security)
    (place / "etc" / "main.cf").write_text(main)
    (place / "etc" / "master.cf").write_text(MASTER.format(**facts))
    running = Postfix(place=place, port=port)
    try:
        started = running._run("postfix", "start")
        assert started.returncode == 0, started.stderr + running.log()
        yield running
    except BaseException as failed:
        # What it said belongs to what went wrong.
        failed.add_note(running.log())
        raise
    finally:
        running._run("postfix", "stop")
        shutil.rmtree(place, ignore_errors=True)
