"""Reporting: whoever uses a channel tells whether it works; changes of that are journalled."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from ambidesk.ground.kernel import journal, problems
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.conversations.events import ChannelHealthChanged
from ambidesk.support.conversations.models import (
    Channel,
    ChannelHealth,
    ChannelReport,
    Trouble,
    Way,
)

TOPIC = "channels"
# What works is told once a minute at most: a busy channel must not write a row a mail.
AFRESH = timedelta(minutes=1)
PROBLEM = {Way.IN: "channel-receiving", Way.OUT: "channel-sending"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a way of a channel fares; without a trouble it works."""

    trouble: Trouble | None = None
    detail: str = ""

    @property
    def state(self) -> ChannelHealth:
        """The word for it."""
        return ChannelHealth.FAILING if self.trouble else ChannelHealth.WORKING


def tell_health(channel: Channel, way: Way, *, health: Health, by: Actor, at: datetime) -> bool:
    """Say how a way of a channel fares; True when that is another state than before."""
    last = ChannelReport.objects.filter(channel=channel, way=way).first()
    if last and _is_same(last, health) and at - last.at < AFRESH:
        return False
    return _write(channel, way, health, by=by, at=at)


@transaction.atomic
def forget_health(channel: Channel, *, at: datetime) -> None:
    """Forget what was told of a channel whose access is another one now."""
    ChannelReport.objects.filter(channel=channel).delete()
    Channel.objects.filter(pk=channel.pk).update(health=ChannelHealth.UNKNOWN)
    channel.health = ChannelHealth.UNKNOWN
    for kind in PROBLEM.values():
        problems.resolve(kind, ("channel", channel.pk), at=at)


@transaction.atomic
def _write(channel: Channel, way: Way, health: Health, *, by: Actor, at: datetime) -> bool:
    row = Channel.objects.select_for_update().get(pk=channel.pk)
    last = ChannelReport.objects.filter(channel=row, way=way).first()
    changed = last is None or last.health != health.state
    ChannelReport.objects.update_or_create(
        channel=row,
        way=way,
        defaults={
            "health": health.state,
            "trouble": health.trouble or "",
            "detail": health.detail[:500],
            "at": at,
            "since": at if changed or last is None else last.since,
        },
    )
    _sum_up(row)
    _report(row, way, health, at=at)
    if changed:
        event = ChannelHealthChanged(
            channel_id=row.pk, way=way, health=health.state, trouble=health.trouble
        )
        journal.record(event, by=by, at=at)
        signal(TOPIC)
    return changed


def _report(channel: Channel, way: Way, health: Health, *, at: datetime) -> None:
    subject = ("channel", channel.pk)
    if health.trouble is None:
        problems.resolve(PROBLEM[way], subject, at=at)
        return
    # The server's own words stay out of lists: what answers at a wrong address may be anything.
    facts = {"channel": channel.name, "kind": channel.kind, "trouble": health.trouble.value}
    problems.report(PROBLEM[way], subject, at=at, facts=facts)


def _sum_up(channel: Channel) -> None:
    found = set(channel.reports.values_list("health", flat=True))
    worst = ChannelHealth.FAILING if ChannelHealth.FAILING in found else ChannelHealth.WORKING
    Channel.objects.filter(pk=channel.pk).exclude(health=worst).update(health=worst)


def _is_same(last: ChannelReport, health: Health) -> bool:
    return last.health == health.state and last.trouble == (health.trouble or "")
