"""
A whole desk in one supervised tree.

Order of start: sink of a demo, database, migrations, web, worker, mail reception. Order of stop:
the reverse. Whatever way the supervisor ends, its parts end with it.
"""

import json
import shutil
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from ambidesk.edge.commands.cluster import Cluster
from ambidesk.edge.commands.place import data
from ambidesk.edge.commands.place.config import Config
from ambidesk.edge.commands.place.environment import environment
from ambidesk.edge.commands.place.unfinished import require_finished
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.starting.certificate import require_certificate
from ambidesk.edge.commands.starting.database import require_database
from ambidesk.edge.commands.starting.once import run_once
from ambidesk.edge.commands.starting.ports import free_port, require_free
from ambidesk.edge.commands.starting.progress import Progress
from ambidesk.edge.commands.starting.relay import require_relay
from ambidesk.edge.commands.starting.report import Opened, report
from ambidesk.edge.commands.supervising.database import DatabasePart
from ambidesk.edge.commands.supervising.part import ProcessPart
from ambidesk.edge.commands.supervising.probes import smtp_answers, web_answers
from ambidesk.edge.commands.supervising.tree import Tree

SINK_SMTP_PORT = 2526
SINK_WEB_PORT = 8026
SITE_PORT = 8090
MESSENGERS_WEB_PORT = 8027
# Where the simulated messengers of a demo answer their bots.
MESSENGERS = {"telegram": 8028, "max": 8029}
LOOPBACK = "127.0.0.1"
WORKER_PATIENCE_SECONDS = 20


@dataclass(kw_only=True)
class ShownPart(ProcessPart):
    """A part of a demo with a page: where its mail ends, or its people have their messengers."""

    url: str


@dataclass(kw_only=True)
class Desk:
    """One desk of one data directory; with `is_demo` it tells a story and sends nothing out."""

    place: Path
    config: Config
    progress: Progress
    is_demo: bool
    _told: dict[str, str] = field(default_factory=dict, init=False)
    _bots: dict[str, int] = field(default_factory=dict, init=False)

    def run(self) -> None:
        """
        Run until a signal says stop.

        Raises:
            Trouble: something on this machine or in the configuration forbids it.
        """
        data.prepare(self.place)
        with data.locked(self.place):
            self._check()
            tree = Tree(say=self.progress.say)
            with _stopping_by_signal():
                try:
                    self._start(tree)
                    tree.watch()
                except KeyboardInterrupt:
                    self.progress.say(_("Stopping."))
                finally:
                    _stop(tree)

    def _check(self) -> None:
        config = self.config
        require_finished(self.place)
        require_free(config.host, config.port, option="--port")
        require_free(config.smtp_host, config.smtp_port, option="--smtp-port")
        require_certificate(config)
        if config.database_url:
            require_database(config.database_url)
        if config.smtp_relay and not self.is_demo:
            require_relay(config.smtp_relay)

    def _start(self, tree: Tree) -> None:
        self.progress.say(self._greeting())
        self._forget_figures()
        sink = self._start_sink(tree) if self.is_demo else None
        self._told = environment(self.place, self.config, database_url=self._database(tree))
        messengers = self._start_messengers(tree) if self.is_demo else None
        with self.progress.step(_("tables")):
            self._once(["database", "migrate"])
        parts = self._parts()
        for part in parts:
            tree.start(part)
        # Parts read for seconds before they do anything: the people of a demo come meanwhile.
        site = free_port(LOOPBACK, SITE_PORT) if self.is_demo else 0
        if messengers:
            tree.await_working(messengers)
        logins = self._logins(site) if self.is_demo else []
        for part in [sink, *parts] if sink else parts:
            with self.progress.step(part.name):
                tree.await_working(part)
        if self.is_demo:
            self._open_demo(tree, site)
        opened = Opened(
            url=self.config.url + "/",
            smtp=f"{self.config.smtp_host}:{self.config.smtp_port}",
            sink=sink.url if sink else None,
            site=f"http://localhost:{site}/" if site else None,
            messengers=messengers.url if messengers else None,
            logins=logins,
            first_link=None if self.is_demo else self._first_link(),
        )
        report(opened, self.progress)

    def _greeting(self) -> str:
        said = (
            _("Starting the demo desk in %(place)s")
            if self.is_demo
            else _("Starting the desk in %(place)s")
        )
        return said % {"place": self.place}

    def _forget_figures(self) -> None:
        """Figures of processes that are gone must not be summed with those of the new ones."""
        shutil.rmtree(self.place / "run" / "metrics", ignore_errors=True)

    def _open_demo(self, tree: Tree, site: int) -> None:
        """Open the sites with their chats, and let the story be told."""
        command = ["site", "--port", str(site), "--desk", self.config.url]
        tree.start(self._part("site", command))
        tree.start(self._part("story", ["story", "tell"], is_once=True))

    def _database(self, tree: Tree) -> str:
        if self.config.database_url:
            return self.config.database_url
        with self.progress.step(_("database")):
            cluster = Cluster(self.place)
            cluster.initialise()
            part = DatabasePart(cluster=cluster)
            tree.start(part)
            tree.await_working(part)
            cluster.ready()
            cluster.create_database()
        return cluster.url()

    def _start_sink(self, tree: Tree) -> ShownPart:
        """Start the place where a demo's mail ends, and send all mail there."""
        smtp = free_port(LOOPBACK, SINK_SMTP_PORT)
        web = free_port(LOOPBACK, SINK_WEB_PORT)
        self.config = replace(self.config, smtp_relay=f"smtp://{LOOPBACK}:{smtp}")
        self._told = environment(self.place, self.config, database_url="")
        part = ShownPart(
            name="sink",
            command=["sink", "--smtp-port", str(smtp), "--port", str(web)],
            environment=self._told,
            log_file=self.place / "log" / "sink.log",
            works=lambda: smtp_answers(LOOPBACK, smtp),
            url=f"http://{LOOPBACK}:{web}/",
        )
        tree.start(part)
        return part

    def _start_messengers(self, tree: Tree) -> ShownPart:
        """Start the messengers of a demo; its bots may call this machine, and nothing else may."""
        self._bots = {kind: free_port(LOOPBACK, port) for kind, port in MESSENGERS.items()}
        self._told["AMBIDESK_EGRESS_HOSTS"] = LOOPBACK
        web = free_port(LOOPBACK, MESSENGERS_WEB_PORT)
        self._told["AMBIDESK_DEMO"] = "1"
        self._told["AMBIDESK_LINKS"] = " ".join(
            f"{kind}=http://{LOOPBACK}:{web}/{kind}" for kind in MESSENGERS
        )
        ports = [
            word for kind, port in self._bots.items() for word in (f"--{kind}-port", str(port))
        ]
        part = ShownPart(
            name="messengers",
            command=["messengers", "--port", str(web), *ports],
            environment=self._told,
            log_file=self.place / "log" / "messengers.log",
            works=lambda: web_answers(LOOPBACK, web),
            url=f"http://{LOOPBACK}:{web}/",
        )
        tree.start(part)
        return part

    def _parts(self) -> Sequence[ProcessPart]:
        config = self.config
        web = self._part("web", ["web", "--host", config.host, "--port", str(config.port)])
        web.works = lambda: web_answers(config.host, config.port)
        worker = self._part("worker", ["worker"])
        worker.patience_seconds = WORKER_PATIENCE_SECONDS
        place = ["--host", config.smtp_host, "--smtp-port", str(config.smtp_port)]
        smtp = self._part("smtp", ["smtp", *place])
        smtp.works = lambda: smtp_answers(config.smtp_host, config.smtp_port)
        return [web, worker, smtp]

    def _part(self, name: str, command: Sequence[str], *, is_once: bool = False) -> ProcessPart:
        return ProcessPart(
            name=name,
            command=command,
            environment=self._told,
            log_file=self.place / "log" / f"{name}.log",
            is_once=is_once,
        )

    def _once(self, command: Sequence[str]) -> str:
        log_file = self.place / "log" / f"{command[0]}.log"
        return run_once(command, environment=self._told, log_file=log_file)

    def _logins(self, site: int) -> list[dict[str, str]]:
        sites = [f"--site=http://{host}:{site}" for host in ("localhost", LOOPBACK)]
        bots = [
            word
            for kind, port in self._bots.items()
            for word in ("--bot", kind, f"http://{LOOPBACK}:{port}")
        ]
        with self.progress.step(_("people of the story")):
            command = ["story", "prepare", *sites, *bots]
            found: list[dict[str, str]] = json.loads(self._once(command))
        return found

    def _first_link(self) -> str | None:
        link: str | None = json.loads(self._once(["user", "first", "--json"]))
        return link


@contextmanager
def _stopping_by_signal() -> Iterator[None]:
    """Let SIGTERM and SIGHUP interrupt as Ctrl+C does."""
    kept = {
        sign: signal.signal(sign, signal.default_int_handler)
        for sign in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    }
    try:
        yield
    finally:
        for sign, handler in kept.items():
            signal.signal(sign, handler)


def _stop(tree: Tree) -> None:
    at_once = False
    while True:
        try:
            tree.stop(at_once=at_once)
        except KeyboardInterrupt:
            at_once = True
        else:
            return
