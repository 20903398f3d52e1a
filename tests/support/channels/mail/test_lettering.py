"""Invitations by mail: each leaves once, and under one name however often it is tried."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings as django_settings

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.authority.inviting import invite_by_mail
from ambidesk.parties.authority.models import Letter
from ambidesk.support.channels.mail.lettering import post_letters
from tests.cast import Cast
from tests.clients import make_clients
from tests.support.channels.mail.relays import relay as serving


def test_an_invitation_leaves_once_with_the_marks_of_a_machine(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = invite_by_mail(make_clients(cast).seller, by=SYSTEM, at=cast.at)
    with serving() as relay:
        monkeypatch.setattr(django_settings, "SMTP_RELAY", relay.url)
        post_letters(clock=lambda: cast.at)
        post_letters(clock=lambda: cast.at + timedelta(hours=1))
        (taken,) = relay.to(address)
    assert taken.mail["Auto-Submitted"] == "auto-generated"
    said = taken.mail.get_body(("plain",))
    assert said is not None
    assert "/access/" in said.get_content()
    assert not Letter.objects.exists()


def test_a_relay_that_forgets_to_say_gets_it_again_under_the_same_name(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = invite_by_mail(make_clients(cast).seller, by=SYSTEM, at=cast.at)
    with serving() as relay:
        relay.manners.forgets_to_say = True
        monkeypatch.setattr(django_settings, "SMTP_RELAY", relay.url)
        post_letters(clock=lambda: cast.at)
        post_letters(clock=lambda: cast.at + timedelta(hours=1))
        first, second = relay.to(address)
    assert first.mail["Message-ID"] == second.mail["Message-ID"]


def test_a_letter_that_another_machine_holds_meanwhile_is_left_to_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients = make_clients(cast)
    waiting = {
        invite_by_mail(each, by=SYSTEM, at=cast.at) for each in (clients.seller, clients.director)
    }
    with serving() as relay:
        monkeypatch.setattr(django_settings, "SMTP_RELAY", relay.url)

        def clock() -> datetime:
            """The first was taken so slowly that the hold ran out: another holds both now."""
            if relay.taken:
                Letter.objects.update(leased_by="another machine")
            return cast.at

        post_letters(clock=clock)
        assert len(relay.taken) == 1
        assert {each.recipient for each in relay.taken} < waiting
