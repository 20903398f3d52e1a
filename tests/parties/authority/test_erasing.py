"""Whoever is erased keeps no account with their name."""

import pytest

from ambidesk.across.privacy.erasing import erase
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.models import User
from tests.cast import Cast
from tests.clients import make_clients

pytestmark = pytest.mark.django_db


def test_an_erased_contact_has_no_name_and_no_way_in(cast: Cast) -> None:
    clients = make_clients(cast)
    user = clients.user(clients.seller)
    erase(clients.seller.person, by=SYSTEM, at=cast.at)
    known = User.objects.get(pk=user.pk)
    assert not known.is_active
    assert "sonya" not in f"{known.email} {known.name}".lower()
    assert not known.has_usable_password()
