"""Mail digests: one mail for several notices, once an hour, none of what was read."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambidesk.parties.staff.models import Membership
from ambidesk.support.channels.mail.digesting import post_digests
from ambidesk.support.notifications.models import Digest, Notice, NoticeKind
from ambidesk.support.notifications.notifying import News, notify_many
from ambidesk.support.notifications.reading import read_all
from ambidesk.support.tickets.noticing import still_seen
from tests.cast import Cast
from tests.support.channels.mail.relays import relay as serving

PATIENCE = timedelta(minutes=6)


def words(notices: Sequence[Notice]) -> dict[int, str]:
    return {each.pk: f"Somebody mentions you on #{each.subject_id}" for each in notices}


def tell(cast: Cast, *numbers: int) -> None:
    news = [
        News(
            user_id=cast.ivan.user_id,
            kind=NoticeKind.MENTION,
            subject_kind="ticket",
            subject_id=number,
            actor_id=None,
            sequence=number,
            at=cast.at,
        )
        for number in numbers
    ]
    notify_many(news, at=cast.at)


def test_several_notices_go_in_one_mail_with_the_marks_of_a_machine(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving() as relay:
        monkeypatch.setattr(django_settings, "SMTP_RELAY", relay.url)
        tell(cast, 41, 42)
        assert post_digests(words=words, clock=lambda: cast.at) == 0
        post_digests(words=words, clock=lambda: cast.at + PATIENCE)
        (taken,) = relay.taken
        mail = taken.mail
        assert taken.recipient == cast.ivan.user.email
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["Message-ID"] == f"<{Digest.objects.get().external_id}>"
        text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        assert "#41" in text
        assert "/tickets/42" in text
        # More within the hour waits for the next one.
        tell(cast, 43)
        post_digests(words=words, clock=lambda: cast.at + 2 * PATIENCE)
        assert len(relay.taken) == 1
        post_digests(words=words, clock=lambda: cast.at + timedelta(hours=2))
        assert len(relay.taken) == 2


def test_what_was_read_on_the_screen_is_not_mailed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving() as relay:
        monkeypatch.setattr(django_settings, "SMTP_RELAY", relay.url)
        tell(cast, 41)
        read_all(by=cast.actor(cast.ivan), at=cast.at)
        post_digests(words=words, clock=lambda: cast.at + PATIENCE)
        assert relay.taken == []


def test_without_a_relay_the_mail_waits_and_leaves_later(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(django_settings, "SMTP_RELAY", "smtp://127.0.0.1:1")
    tell(cast, 41)
    post_digests(words=words, clock=lambda: cast.at + PATIENCE)
    digest = Digest.objects.get()
    assert (digest.attempts, digest.sent_at) == (1, None)
    with serving() as relay:
        monkeypatch.setattr(django_settings, "SMTP_RELAY", relay.url)
        post_digests(words=words, clock=lambda: cast.at + timedelta(hours=1))
        assert len(relay.taken) == 1


def test_a_box_that_is_refused_holds_up_no_digest_of_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving() as relay:
        monkeypatch.setattr(django_settings, "SMTP_RELAY", relay.url)
        refused = cast.ivan.user.email
        relay.manners.to_recipient = lambda to: "550 no such box" if to == refused else None
        tell(cast, 41)
        news = News(
            user_id=cast.olga.user_id,
            kind=NoticeKind.MENTION,
            subject_kind="ticket",
            subject_id=42,
            actor_id=None,
            sequence=42,
            at=cast.at,
        )
        notify_many([news], at=cast.at)
        post_digests(words=words, clock=lambda: cast.at + PATIENCE)
        assert [each.recipient for each in relay.taken] == [cast.olga.user.email]


def test_what_is_out_of_sight_meanwhile_is_not_mailed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, lost = cast.ticket("Kept").pk, cast.ticket("Lost").pk
    with serving() as relay:
        monkeypatch.setattr(django_settings, "SMTP_RELAY", relay.url)
        tell(cast, kept, lost)
        post_digests(
            words=lambda all_: words([each for each in all_ if each.subject_id == kept]),
            clock=lambda: cast.at + PATIENCE,
        )
        (taken,) = relay.taken
        text = taken.mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        assert f"#{kept}" in text
        assert f"/tickets/{lost}" not in text
        tell(cast, lost + 1)
        post_digests(words=lambda _notices: {}, clock=lambda: cast.at + timedelta(hours=2))
        assert len(relay.taken) == 1


def test_a_notice_is_seen_as_long_as_its_ticket_is(cast: Cast) -> None:
    tell(cast, cast.ticket("A question").pk)
    notices = list(Notice.objects.all())
    assert still_seen(notices) == notices
    Membership.objects.filter(member=cast.ivan).delete()
    assert still_seen(notices) == []


def test_whether_many_notices_are_still_seen_is_asked_at_once(cast: Cast) -> None:
    asked = []
    for number in (1, 20):
        tell(cast, *(cast.ticket(f"Question {place}").pk for place in range(number)))
        notices = list(Notice.objects.all())
        with CaptureQueriesContext(connection) as queries:
            assert still_seen(notices) == notices
        asked.append(len(queries))
    assert asked[0] == asked[1]
