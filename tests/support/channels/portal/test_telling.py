"""Clients are told what becomes of their requests: each of their own, in the ways they chose."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client

from ambidesk.edge.web.portal.telling import in_words
from ambidesk.ground.kernel.journal.reading import SELECT, entries_by
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.authority.granting import withdraw_authority
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.people.joining import join
from ambidesk.parties.people.models import Identity
from ambidesk.support.channels.mail.digesting import post_digests
from ambidesk.support.channels.portal.telling import KINDS, still_told, tell_of
from ambidesk.support.notifications.models import Notice, NoticeKind, PushEndpoint, PushMessage, Way
from ambidesk.support.notifications.preferring import gets_mails, prefer_ways
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.clients import HOUSE_WORD, Clients, make_client_things, make_clients
from tests.support.channels.mail.relays import relay as serving

pytestmark = pytest.mark.django_db
PATIENCE = timedelta(minutes=6)


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """Two companies."""
    return make_clients(cast)


def told_all(clients: Clients) -> None:
    """Have the journal read by whoever tells clients."""
    rows = [each for each in entries_by(f"{SELECT} ORDER BY sequence", []) if each.kind in KINDS]
    tell_of(rows, at=clients.cast.at)


def soon(clients: Clients) -> Answer:
    """What is answered to the shopkeeper."""
    to = Identity.objects.get(person=clients.shopkeeper.person_id)
    return Answer(text="We come today", to=(to,), due_at=clients.cast.at)


def kinds_of(clients: Clients, contact: str) -> list[str]:
    user = clients.user(getattr(clients, contact))
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def test_whoever_asked_is_told_of_an_answer_and_of_the_end_and_nobody_else(
    clients: Clients,
) -> None:
    for contact in (clients.shopkeeper, clients.seller, clients.owner):
        clients.user(contact)
    ticket = clients.ask(clients.shopkeeper, "Freezer is warm", clients.north_shop)
    cast = clients.cast
    olga = cast.actor(cast.olga)
    answer(ticket, soon(clients), by=olga, at=cast.at)
    solve(Ticket.objects.get(pk=ticket.pk), by=olga, at=cast.at)
    told_all(clients)
    told_all(clients)
    assert kinds_of(clients, "shopkeeper") == [NoticeKind.ANSWERED, NoticeKind.STAGE]
    assert kinds_of(clients, "seller") == kinds_of(clients, "owner") == []


def test_whoever_was_joined_is_told_by_the_account_of_the_other_part(clients: Clients) -> None:
    cast, user = clients.cast, clients.user(clients.shopkeeper)
    ticket = clients.ask(clients.shopkeeper, "Freezer is warm", clients.north_shop)
    Ticket.objects.filter(pk=ticket.pk).update(requester=cast.anna.person)
    join(clients.shopkeeper.person, cast.anna.person, by=cast.actor(cast.olga), at=cast.at)
    solve(Ticket.objects.get(pk=ticket.pk), by=cast.actor(cast.olga), at=cast.at)
    told_all(clients)
    assert list(Notice.objects.filter(user=user).values_list("kind", flat=True)) == [
        NoticeKind.STAGE
    ]


def test_what_is_to_be_approved_comes_to_those_who_are_asked(clients: Clients) -> None:
    for contact in (clients.director, clients.manager, clients.owner):
        clients.user(contact)
    make_client_things(clients)
    told_all(clients)
    # 30,000 is above the limit of the manager.
    assert kinds_of(clients, "director") == [NoticeKind.ASKED]
    assert kinds_of(clients, "manager") == kinds_of(clients, "owner") == []


def test_a_mail_holds_no_word_of_the_request_and_a_way_out_of_such_mails(
    clients: Clients, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, user = clients.cast.at, clients.user(clients.owner)
    ticket = clients.ask(clients.owner, "Lift stands still", clients.house_site)
    solve(ticket, by=clients.cast.actor(clients.cast.lev), at=at)
    told_all(clients)
    with serving() as relay:
        monkeypatch.setattr(django_settings, "SMTP_RELAY", relay.url)
        post_digests(words=words, clock=lambda: at + PATIENCE)
        (taken,) = [each for each in relay.taken if each.recipient == user.email]
    text = taken.mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert f"/portal/requests/{ticket.number}/" in text
    assert "/portal/notifications/" in text
    assert "Lift" not in text
    assert HOUSE_WORD not in text
    assert "Ambidesk" not in str(taken.mail["From"])
    link = str(taken.mail["List-Unsubscribe"]).strip("<>").removeprefix(django_settings.BASE_URL)
    assert client.get(link).status_code == 200
    assert gets_mails(user)
    assert client.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert not gets_mails(user)
    assert client.post(f"{link}x").status_code == 404


def test_what_went_out_of_sight_meanwhile_is_not_told(clients: Clients) -> None:
    at = clients.cast.at
    clients.user(clients.shopkeeper)
    ticket = clients.ask(clients.shopkeeper, "Freezer is warm", clients.north_shop)
    solve(ticket, by=SYSTEM, at=at)
    told_all(clients)
    (notice,) = Notice.objects.filter(user__is_client=True)
    assert still_told([notice], at=at) == [notice]
    withdraw_authority(Authority.objects.get(contact=clients.shopkeeper), by=SYSTEM, at=at)
    assert still_told([notice], at=at + timedelta(seconds=1)) == []


def test_ways_are_each_persons_own_choice(clients: Clients) -> None:
    at, user = clients.cast.at, clients.user(clients.shopkeeper)
    PushEndpoint.objects.create(
        user=user, url="https://push.example/1", public_key="k", auth="a", made_at=at
    )
    ticket = clients.ask(clients.shopkeeper, "Freezer is warm", clients.north_shop)
    prefer_ways(user, {NoticeKind.STAGE: [], NoticeKind.ANSWERED: [Way.PUSH]})
    olga = clients.cast.actor(clients.cast.olga)
    answer(ticket, soon(clients), by=olga, at=at)
    solve(Ticket.objects.get(pk=ticket.pk), by=olga, at=at)
    told_all(clients)
    assert kinds_of(clients, "shopkeeper") == [NoticeKind.ANSWERED]
    assert PushMessage.objects.get().notice.path == f"/portal/requests/{ticket.number}/"


def words(notices: Sequence[Notice]) -> dict[int, str]:
    return {each.pk: in_words(each) for each in notices if each.is_of_client}
