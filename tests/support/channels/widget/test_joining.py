"""A site that signs the address of its user by and by joins whom it proves to be one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import Basis, IdentityKind, Join
from ambidesk.parties.people.parts import parts_of
from ambidesk.support.channels.widget.proving import Claims
from ambidesk.support.channels.widget.visiting import Guest, begin


def _begin(widget, cast, *, email):
    claims = Claims(subject="42", name="Anna", email=email, until=cast.at + timedelta(hours=1))
    return begin(widget, Guest(claims=claims), at=cast.at)[0]


def test_a_user_known_without_an_address_is_joined_with_whoever_has_it(cast, widget):
    visitor = _begin(widget, cast, email="")
    _begin(widget, cast, email="anna@example.org")
    assert parts_of(cast.anna.person) == tuple(
        sorted((cast.anna.person_id, visitor.identity.person_id))
    )
    assert Join.objects.get().basis == Basis.PROOF


def test_who_is_joined_already_waits_for_no_joining_of_others(cast, widget):
    _begin(widget, cast, email="")
    _begin(widget, cast, email="anna@example.org")
    with CaptureQueriesContext(connection) as asked:
        _begin(widget, cast, email="anna@example.org")
    assert not [each for each in asked.captured_queries if "ambidesk.joins" in each["sql"]]


@pytest.mark.parametrize("address", ["info@firm.example"])
def test_an_address_of_an_office_joins_nobody(cast, widget, address):
    meet(Caller(kind=IdentityKind.EMAIL, value=address, name="Office"), by=SYSTEM, at=cast.at)
    _begin(widget, cast, email="")
    _begin(widget, cast, email=address)
    assert not Join.objects.exists()
