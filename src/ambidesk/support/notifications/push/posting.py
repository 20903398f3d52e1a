"""
Posting: due messages are leased, encrypted and handed to push services over the egress.

What a service says is gone is forgotten; what fails is tried again with growing pauses.
Source: RFC 8030 5 and 7.3.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.utils import translation

from ambidesk.ground.egress.calling import Answer, Call, CallFailed, call
from ambidesk.ground.kernel import outbox
from ambidesk.support.notifications.models import Notice, PushEndpoint, PushMessage
from ambidesk.support.notifications.push.encrypting import Browser, encrypt
from ambidesk.support.notifications.push.signing import authorization

log = structlog.get_logger(__name__)
AT_ONCE = 20
LEASE = timedelta(minutes=2)
# What nobody could be told for a day is no news.
TOO_LATE = timedelta(days=1)
TRIES = 6
GONE = {404, 410}
FORBIDDEN = {400, 401, 403, 413}
OK = range(200, 300)
Words = Callable[[Sequence[Notice]], Mapping[int, str]]


def post_due(*, words: Words, at: datetime) -> int:
    """Post what is due; `words` says each that may be told in one line. Say how many."""
    rows = PushMessage.objects.filter(sent_at=None, given_up_at=None).select_related(
        "endpoint__user", "notice__actor", "notice__instead_of"
    )
    found = outbox.lease(rows, at=at, lasting=LEASE, limit=AT_ONCE)
    for message in found:
        _post(message, words, at)
    return len(found)


def _post(message: PushMessage, words: Words, at: datetime) -> None:
    notice, user = message.notice, message.endpoint.user
    if notice.read_at or not user.is_active or notice.at < at - TOO_LATE:
        return _end(message, given_up_at=at)
    with translation.override(user.language or settings.LANGUAGE_CODE):
        said = words([notice]).get(notice.pk)
    if not said:
        return _end(message, given_up_at=at)
    try:
        answer = call(_call(message.endpoint, notice, said, at))
    except (CallFailed, ValueError, OSError) as failed:
        log.info("push-failed", endpoint=message.endpoint_id, reason=type(failed).__name__)
        return outbox.put_off(message, attempts=message.attempts, tries=TRIES, at=at)
    return _judge(message, answer, at)


def _call(endpoint: PushEndpoint, notice: Notice, said: str, at: datetime) -> Call:
    content = json.dumps({"title": said, "url": notice.path, "tag": f"{notice.path}:{notice.kind}"})
    browser = Browser(public_key=endpoint.public_key, auth=endpoint.auth)
    return Call(
        method="POST",
        url=endpoint.url,
        named=settings.PUSH_HOSTS,
        headers={
            "Authorization": authorization(endpoint.url, contact=settings.BASE_URL, at=at),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(TOO_LATE.total_seconds())),
            "Urgency": "normal",
        },
        body=encrypt(content.encode(), browser),
    )


def _judge(message: PushMessage, answer: Answer, at: datetime) -> None:
    if answer.status in OK:
        _end(message, sent_at=at)
    elif answer.status in GONE:
        message.endpoint.delete()
    elif answer.status in FORBIDDEN:
        _end(message, given_up_at=at)
    else:
        outbox.put_off(message, attempts=message.attempts, tries=TRIES, at=at)


def _end(message: PushMessage, **how: datetime) -> None:
    PushMessage.objects.filter(pk=message.pk).update(leased_until=None, **how)
