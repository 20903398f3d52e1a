"""The chats of the story: one on the site of each brand, with the keys that the sites need."""

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from ambidesk.edge.commands.site.keys import Keys, write
from ambidesk.edge.commands.story.scenery import HOUSES, SHOP
from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.relation.feedback.models import Survey
from ambidesk.relation.feedback.surveying import Asking, set_up_survey
from ambidesk.support.channels.widget.connecting import Widget, connect_widget
from ambidesk.support.channels.widget.manner import Asks, Manner
from ambidesk.support.channels.widget.proving import rotate
from ambidesk.support.conversations.models import Channel, ChannelKind

GREETINGS = {
    SHOP: {
        "ru": "Здравствуйте! Поможем выбрать, доставить и починить.",
        "en": "Hello! We help you choose, deliver and mend.",
    },
}
USUAL = {
    "ru": "Здравствуйте! Опишите, что случилось.",
    "en": "Hello! Tell us what has happened.",
}
HOURS = {
    "ru": "Ответим по почте, как только вернёмся.",
    "en": "We will answer by e-mail as soon as we are back.",
}


def put_up(sites: Sequence[str], *, at: datetime) -> None:
    """Have a chat for each brand on these origins, and leave the keys for the sites."""
    keys = {}
    with transaction.atomic():
        for house in HOUSES:
            channel = _chat(house.slug, sites, at)
            _survey(channel, at)
            secret = rotate(channel, by=TELLER, at=at)
            keys[house.slug] = Keys(channel=channel.address, secret=secret)
    write(Path(os.environ["AMBIDESK_DATA"]), keys)


def _chat(slug: str, sites: Sequence[str], at: datetime) -> Channel:
    brand = Brand.objects.get(slug=slug)
    known = Channel.objects.filter(kind=ChannelKind.WIDGET, brand=brand).first()
    manner = Manner(
        origins=tuple(sites),
        greeting=GREETINGS.get(slug, USUAL),
        hours_text=HOURS,
        asks_email=Asks.MAY,
        zone="Europe/Moscow",
        shows_wait=True,
    )
    wanted = Widget(
        brand=brand,
        team=Team.objects.filter(brands=brand).order_by("pk").first(),
        name=f"{brand.name}, сайт" if brand.language == "ru" else f"{brand.name} site",
        manner=manner,
    )
    return connect_widget(known, wanted, by=TELLER, at=at)


def _survey(channel: Channel, at: datetime) -> None:
    """Whoever chats is asked in place, and as often as they try it."""
    if Survey.objects.filter(channel=channel).exists():
        return
    asking = Asking(name=channel.name, brand=channel.brand, channel=channel, quiet_for=timedelta())
    set_up_survey(None, asking, by=TELLER, at=at)
