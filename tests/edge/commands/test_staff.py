"""Accounts from the console: a link for whoever lost the password, an administrator included."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from django.test import Client

from ambidesk.edge.commands.staff import access_link
from ambidesk.edge.commands.trouble import Trouble
from tests.cast import Cast


def test_the_console_makes_a_link_that_lets_an_administrator_choose_a_password(cast: Cast) -> None:
    path = urlsplit(access_link("ADA@desk.example", at=datetime.now(UTC))).path
    answer = Client().post(path, {"password": "seven purple bicycles"})
    assert answer["Location"] == "/account/login/"


def test_an_unknown_address_is_one_sentence(cast: Cast) -> None:
    with pytest.raises(Trouble, match="Nobody here has the address"):
        access_link("nobody@desk.example", at=datetime.now(UTC))
