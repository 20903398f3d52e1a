"""
The whole API against its own document, with real data: no 5xx, nothing outside the document.

Every answer to the shop's key is looked through for words of the other brand.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from pytest_django import DjangoDbBlocker
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from ambidesk.edge.api.document import made
from ambidesk.ground.reach import scopes
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind
from ambidesk.support.tickets.noting import note
from ambidesk.wiring import routes as wired
from tests.cast import make_cast
from tests.conftest import MOMENT
from tests.edge.api.machines import issued
from tests.edge.api.things import make_api_things

assert wired.urlpatterns
CANARY = "xyzzycanary"
# A longer walk for the nights: AMBIDESK_FUZZ=200.
EXAMPLES = int(os.environ.get("AMBIDESK_FUZZ", "2"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]
# Who may enter is the matrix's matter: here everybody has a key.
document = schemathesis.openapi.from_dict(
    {name: part for name, part in made().items() if name != "security"}
)
document.app = WSGIHandler()
document.config.phases.coverage.enabled = EXAMPLES > 100
pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The shop's key, somebody whom it acts for, and what addresses can name."""

    token: str
    everywhere: str
    olga: int
    known: dict[str, object]

    @cached_property
    def open(self) -> dict[str, str]:
        """The headers of a key that reaches all brands, and so may change what holds for all."""
        return {"Authorization": f"Bearer {self.everywhere}"}

    @cached_property
    def callers(self) -> tuple[dict[str, str], ...]:
        """The headers of all who ask: the shop's key, for itself and for Olga, and the open one."""
        shop = {"Authorization": f"Bearer {self.token}"}
        return shop, {**shop, "On-Behalf-Of": str(self.olga)}, self.open


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    """One of each thing for the shop; the other brand has words that nobody here may hear."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast(MOMENT)
        client = Client()
        client.force_login(cast.olga.user)
        things = make_api_things(cast, client)
        who = Caller(
            kind=IdentityKind.EMAIL, value=f"{CANARY}@secret.example", name=f"{CANARY} Person"
        )
        secret = meet(who, by=cast.actor(cast.lev), at=MOMENT)
        said = {"channel": cast.lift_mail, "sender": secret, "subject": f"{CANARY} subject"}
        ticket = cast.ticket(f"{CANARY} words", **said)
        note(ticket, text=f"{CANARY} note", by=cast.actor(cast.lev), at=MOMENT)
        cast.lift_team.name = f"{CANARY} team"
        cast.lift_team.save()
        cast.lifts.name = f"{CANARY} brand"
        cast.lifts.save()
        chosen = [each.key for each in scopes.all_scopes() if each.key != "brands:all"]
        key = issued(chosen, brands=[cast.shop.pk], at=MOMENT)
        # As Django's own client does: the connection is that of the test, and stays open.
        request_started.disconnect(close_old_connections)
        request_finished.disconnect(close_old_connections)
        every = issued(at=MOMENT)
        yield Desk(
            token=key.token,
            everywhere=every.token,
            olga=cast.olga.pk,
            known=things.everywhere,
        )
        transaction.set_rollback(True)
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@document.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    database=None,
)
def test_no_answer_breaks_or_leaves_the_document(case: schemathesis.Case, desk: Desk) -> None:
    checks = CHECKS
    for named in (case.path_parameters, {}) if case.path_parameters else ({},):
        if named is not case.path_parameters:
            real = {name: desk.known[name] for name in case.path_parameters or {}}
            case.path_parameters = real or case.path_parameters
            # What was wrong about the address is right now.
            checks = [each for each in CHECKS if each is not negative_data_rejection or not real]
        for headers in desk.callers:
            with transaction.atomic():
                answer = case.call(headers=headers)
                transaction.set_rollback(True)
            if headers is not desk.open:
                assert CANARY not in answer.text, answer.text
            with transaction.atomic():
                case.validate_response(answer, checks=checks, headers=headers)
                transaction.set_rollback(True)
