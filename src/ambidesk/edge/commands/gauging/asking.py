"""Asking: pages are fetched through Django's own handler, with all its middleware, and timed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter, thread_time
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client
from psycopg.rows import tuple_row

from ambidesk.edge.commands.gauging.figures import Figure, say
from ambidesk.edge.commands.gauging.plans import whole_reads
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble
from ambidesk.ground.kernel.heap import settle
from ambidesk.ground.reach.models import User
from ambidesk.parties.staff.models import Member

OK = 200


@dataclass(slots=True, kw_only=True)
class Taken:
    """
    How long each page took in milliseconds, and how many queries it needed.

    `worked` is the processor's time without the database's: it tells on a busy machine, too.
    """

    times: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)


def browser_of(email: str) -> Client:
    """A browser in which somebody is signed in."""
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(email=email), settings.AUTHENTICATION_BACKENDS[0])
    return client


def cookies_of(members: Sequence[Member]) -> Sequence[str]:
    """What the browsers of colleagues who are signed in send, as it stands in a header."""
    jars = [browser_of(member.user.email).cookies for member in members]
    return ["; ".join(f"{key}={morsel.value}" for key, morsel in jar.items()) for jar in jars]


def fetch(client: Client, addresses: Iterable[str]) -> Taken:
    """
    Fetch pages one after another.

    Raises:
        Trouble: a page did not come.
    """
    taken = Taken()
    # As the processes of the web do.
    settle()
    for address in addresses:
        with _counted() as queries:
            began, worked = perf_counter(), thread_time()
            response = client.get(address)
            content = response.content
            taken.times.append((perf_counter() - began) * 1000)
            taken.worked.append((thread_time() - worked) * 1000)
        if response.status_code != OK or not content:
            raise Trouble(
                _("%(address)s answered %(status)s.")
                % {"address": address, "status": response.status_code}
            )
        taken.queries.append(len(queries))
    return taken


def plans_of(client: Client, addresses: Iterable[str], *, of: str) -> Figure:
    """
    Say how often a page has a growing table read from end to end, and tell by which query.

    Ask before anything is warm: what is remembered has no plan.
    """
    with whole_reads() as found:
        for address in addresses:
            client.get(address)
    for each in sorted(set(found)):
        say(each)
    name = f"growing tables read from end to end, {of}"
    return Figure(name=name, value=len(found), unit="reads", goal=0)


def look_up(url: str, sql: str, *, values: Iterable[Sequence[Any]]) -> list[float]:
    """Ask PostgreSQL itself, and say how long each answer took in milliseconds."""
    times = []
    with psycopg.connect(url, autocommit=True, row_factory=tuple_row) as session:
        for each in values:
            began = perf_counter()
            session.execute(sql.encode(), each, prepare=True).fetchall()
            times.append((perf_counter() - began) * 1000)
    return times


@contextmanager
def _counted() -> Iterator[list[str]]:
    asked: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield asked
