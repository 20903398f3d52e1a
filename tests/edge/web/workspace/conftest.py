"""Operators at their desks, signed in without the cost of a password."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ambidesk.parties.staff.models import Member
from tests.cast import Cast
from tests.edge.web.conftest import know_hosts

HTMX = {"HX-Request": "true"}


def seated(member: Member) -> Client:
    """A browser in which the member is signed in."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(member.user)
    return client


@pytest.fixture
def olga(cast: Cast) -> Client:
    """An operator of the shop."""
    return seated(cast.olga)


@pytest.fixture
def ivan(cast: Cast) -> Client:
    """Another operator of the shop."""
    return seated(cast.ivan)


@pytest.fixture
def lev(cast: Cast) -> Client:
    """An operator of the other brand."""
    return seated(cast.lev)


def told(answer: HttpResponse) -> dict[str, Any]:
    """What islands hear with an answer."""
    return dict(json.loads(answer.headers.get("HX-Trigger", "{}")))


def text_of(answer: HttpResponse) -> str:
    """The page as text."""
    return answer.content.decode()


@contextmanager
def at_most(number: int) -> Iterator[None]:
    """Fail when more queries are asked than so many."""
    know_hosts()
    with CaptureQueriesContext(connection) as asked:
        yield
    queries = [q["sql"][:160] for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(queries) <= number, "\n".join(queries)
