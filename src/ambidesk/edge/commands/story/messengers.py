"""The messengers of the story: the shop's bots, on simulated ones beside the desk."""

from collections.abc import Mapping
from datetime import datetime

from ambidesk.edge.commands.story.scenery import SHOP
from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.support.channels.connecting import Wanted, connect_messenger
from ambidesk.support.channels.contract.manifest import WayIn
from ambidesk.support.channels.max.simulator import bot as simulated_max
from ambidesk.support.channels.telegram.simulator import bot as simulated_telegram
from ambidesk.support.conversations.models import Channel

TOKENS = {"telegram": simulated_telegram.TOKEN, "max": simulated_max.TOKEN}


def connect_bots(servers: Mapping[str, str], *, at: datetime) -> None:
    """Have the shop's bots where the simulated messengers are now, by kind."""
    brand = Brand.objects.get(slug=SHOP)
    team = Team.objects.filter(brands=brand).order_by("pk").first()
    for kind, server in servers.items():
        known = Channel.objects.filter(kind=kind, brand=brand).first()
        wanted = Wanted(
            kind=kind,
            brand=brand,
            team=team,
            name=f"{brand.name}, {'Telegram' if kind == 'telegram' else 'MAX'}",
            way_in=WayIn.POLLING,
            values={"token": TOKENS[kind], "server": server},
        )
        connect_messenger(known, wanted, by=TELLER, at=at)
