"""
One embedded cluster: prepared, started, asked, stopped.

The server is a child of this process and ends with it; start it from the main thread.
"""

import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from ambidesk.edge.commands.cluster import access, account, binaries, complaints, initialising
from ambidesk.edge.commands.cluster.directory import Directory
from ambidesk.edge.commands.cluster.letters import require_letters
from ambidesk.edge.commands.cluster.pidfile import leaves_behind, running_on
from ambidesk.edge.commands.cluster.tuning import write_settings
from ambidesk.edge.commands.leash import leashed
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

DATABASE = "ambidesk"
LOOKS_PER_SECOND = 20
# What another supervisor's server needs to end after its own was killed.
LEAVING_SECONDS = 15
STOPPING_SECONDS = 60


@dataclass(kw_only=True)
class _Server:
    process: subprocess.Popen[bytes]
    sockets: Path
    log_from: int


@dataclass
class Cluster:
    """The cluster of a desk's data directory, in `data`/postgres."""

    data: Path
    for_tests: bool = field(default=False, kw_only=True)
    programs: binaries.Binaries = field(default_factory=binaries.installed, kw_only=True)
    _server: _Server | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.data = Path(self.data).absolute()
        self.account = account.for_server()
        self.programs = binaries.readable_for(self.programs, self.account)

    @property
    def directory(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.data / "postgres"

    @property
    def log_file(self) -> Path:
        """Where the server's log goes."""
        return self.data / "log" / "postgres.log"

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """The server, while it is our child."""
        return self._server.process if self._server else None

    def initialise(self) -> None:
        """
        Prepare the data directory; one that is prepared already stays as it is.

        Raises:
            Trouble: it cannot be prepared, or belongs to another major version.
        """
        initialising.initialise(self.directory, programs=self.programs, account=self.account)

    def start(self) -> None:
        """
        Start the server as a child of this process; `ready` waits for it.

        Raises:
            Trouble: another server runs on this data, or there is no place to write.
        """
        self._await_leaving()
        sockets = access.socket_directory(self.data, self.account)
        write_settings(self.directory, for_tests=self.for_tests)
        self.log_file.parent.mkdir(exist_ok=True)
        with (
            self.log_file.open("ab") as log,
            Directory.opened(self.directory, self.account) as directory,
        ):
            command = [
                self.programs.program("postgres"),
                *("-D", directory.name, "-k", str(sockets), "-p", str(access.PORT)),
                *("-c", "listen_addresses=", "-c", "unix_socket_permissions=0777"),
            ]
            process = subprocess.Popen(
                leashed(command, sign=signal.SIGQUIT, account=self.account.switch),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=directory.descriptors,
                cwd="/",
                env=initialising.ENVIRONMENT,
                # A key pressed on the console is for the supervisor, which stops us in order.
                start_new_session=True,
            )
            self._server = _Server(process=process, sockets=sockets, log_from=log.tell())

    def ready(self) -> None:
        """
        Wait until the server answers; recovery after a crash takes the time it takes.

        Raises:
            Trouble: the server ended, or its letters are not good enough.
        """
        while not self.answers():
            self._require_running()
            time.sleep(1 / LOOKS_PER_SECOND)
        with psycopg.connect(self.url("postgres")) as connection:
            require_letters(connection, self.directory)

    def answers(self) -> bool:
        """Tell whether the server takes connections now."""
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=5).close()
        except (Trouble, psycopg.OperationalError):
            return False
        return True

    def stop(self) -> None:
        """End the server: sessions are cut, everything committed is on disk."""
        if self._server is None:
            return
        process, sockets, self._server = self._server.process, self._server.sockets, None
        for sign, seconds in ((signal.SIGINT, STOPPING_SECONDS), (signal.SIGQUIT, 10)):
            if process.poll() is None:
                process.send_signal(sign)
                try:
                    process.wait(seconds)
                except subprocess.TimeoutExpired:
                    continue
        if process.poll() is None:
            process.kill()
            process.wait()
        with suppress(OSError):
            sockets.rmdir()

    def url(self, database: str = DATABASE) -> str:
        """
        Give the address of a database of the running server, as DATABASE_URL takes it.

        Raises:
            Trouble: no server runs.
        """
        server = running_on(self.directory)
        if server is None or server.socket_directory is None:
            raise Trouble(
                _("No database runs on %(place)s. Start the desk with: ambidesk up --data %(data)s")
                % {"place": self.directory, "data": self.data}
            )
        host = quote(str(server.socket_directory), safe="")
        return f"postgresql://{access.OWNER}@/{quote(database)}?host={host}&port={access.PORT}"

    def create_database(self, name: str = DATABASE, *, template: str = "template0") -> None:
        """Make a database; one of that name that is there already stays as it is."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not found.fetchone():
                order = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
                connection.execute(order.format(sql.Identifier(name), sql.Identifier(template)))

    def drop_database(self, name: str) -> None:
        """Remove a database, cutting its sessions."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            order = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(order.format(sql.Identifier(name)))

    @classmethod
    @contextmanager
    def temporary(cls, *, programs: binaries.Binaries | None = None) -> Iterator["Cluster"]:
        """Run a cluster for tests: fast, not safe against power loss, gone afterwards."""
        with tempfile.TemporaryDirectory(prefix="ambidesk-", ignore_cleanup_errors=True) as place:
            Path(place).chmod(0o711)
            chosen = programs or binaries.installed()
            cluster = cls(Path(place), for_tests=True, programs=chosen)
            cluster.initialise()
            cluster.start()
            try:
                cluster.ready()
                yield cluster
            finally:
                cluster.stop()

    def _await_leaving(self) -> None:
        deadline = time.monotonic() + LEAVING_SECONDS
        while server := running_on(self.directory):
            if time.monotonic() > deadline:
                raise Trouble(
                    _(
                        "A PostgreSQL (process %(pid)s) already runs on %(place)s. Stop the desk "
                        "that started it, or end that process with: kill -INT %(pid)s"
                    )
                    % {"pid": server.pid, "place": self.directory}
                )
            time.sleep(1 / LOOKS_PER_SECOND)
        # Those that a killed server leaves end as soon as they look up from their work.
        while leaves_behind(self.directory) and time.monotonic() < deadline:
            time.sleep(1 / LOOKS_PER_SECOND)

    def _require_running(self) -> None:
        if self._server is None or self._server.process.poll() is None:
            return
        with self.log_file.open(errors="replace") as log:
            log.seek(self._server.log_from)
            said = log.read()
        self._server = None
        raise complaints.explained(said, data=self.directory, log_file=self.log_file)
