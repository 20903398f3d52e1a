"""Channels are set up and taken out of use; each says whether it works."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.brands.founding import archive
from ambidesk.support.conversations.connecting import (
    AddressTaken,
    BrandOutOfUse,
    Connection,
    TeamServesOtherBrands,
    connect,
    switch,
)
from ambidesk.support.conversations.models import (
    Channel,
    ChannelHealth,
    ChannelKind,
    Trouble,
    Way,
)
from ambidesk.support.conversations.reporting import Health, tell_health
from tests.cast import Cast


def wanted(cast: Cast, address: str = "new@polka.example") -> Connection:
    return Connection(
        kind=ChannelKind.EMAIL,
        brand=cast.shop,
        team=cast.shop_team,
        name="New",
        address=address,
        settings={},
    )


def kinds(channel: Channel) -> list[str]:
    return [entry.kind.partition(".")[2] for entry in entries_of("channel", channel.pk)]


def test_a_channel_is_set_up_and_changed(cast: Cast) -> None:
    made = connect(None, wanted(cast), by=SYSTEM, at=cast.at)
    changed = connect(made, replace(wanted(cast), name="Newer"), by=SYSTEM, at=cast.at)
    assert (changed.pk, changed.name) == (made.pk, "Newer")
    assert kinds(made) == ["channel_set_up", "channel_set_up"]


def test_an_address_belongs_to_one_channel(cast: Cast) -> None:
    with pytest.raises(AddressTaken):
        connect(None, wanted(cast, cast.lift_mail.address), by=SYSTEM, at=cast.at)


def test_a_team_that_would_not_see_the_mail_is_refused(cast: Cast) -> None:
    with pytest.raises(TeamServesOtherBrands, match="Lifts"):
        connect(None, replace(wanted(cast), team=cast.lift_team), by=SYSTEM, at=cast.at)


def test_a_brand_out_of_use_gets_no_channel(cast: Cast) -> None:
    archive(cast.shop, by=SYSTEM, at=cast.at)
    cast.shop.refresh_from_db()
    with pytest.raises(BrandOutOfUse):
        connect(None, wanted(cast), by=SYSTEM, at=cast.at)


def test_switching_off_twice_is_switching_off_once(cast: Cast) -> None:
    switch(cast.shop_mail, on=False, by=SYSTEM, at=cast.at)
    switch(cast.shop_mail, on=False, by=SYSTEM, at=cast.at)
    assert kinds(cast.shop_mail) == ["channel_switched"]
    assert not Channel.objects.get(pk=cast.shop_mail.pk).enabled


def test_a_channel_works_only_when_both_of_its_ways_do(cast: Cast) -> None:
    channel = cast.shop_mail
    failing = Health(trouble=Trouble.WRONG_PASSWORD, detail="535")
    assert tell_health(channel, Way.OUT, health=failing, by=SYSTEM, at=cast.at)
    assert tell_health(channel, Way.IN, health=Health(), by=SYSTEM, at=cast.at)
    channel.refresh_from_db()
    assert channel.health == ChannelHealth.FAILING
    assert Problem.objects.get().facts["trouble"] == "wrong_password"
    tell_health(channel, Way.OUT, health=Health(), by=SYSTEM, at=cast.at)
    channel.refresh_from_db()
    assert channel.health == ChannelHealth.WORKING
    assert Problem.objects.get().solved_at == cast.at


def test_what_goes_on_working_is_not_written_down_each_time(cast: Cast) -> None:
    channel = cast.shop_mail
    tell_health(channel, Way.IN, health=Health(), by=SYSTEM, at=cast.at)
    tell_health(channel, Way.IN, health=Health(), by=SYSTEM, at=cast.at + timedelta(seconds=5))
    later = cast.at + timedelta(minutes=5)
    tell_health(channel, Way.IN, health=Health(), by=SYSTEM, at=later)
    report = channel.reports.get()
    assert (report.at, report.since) == (later, cast.at)
    assert kinds(channel) == ["channel_health_changed"]
