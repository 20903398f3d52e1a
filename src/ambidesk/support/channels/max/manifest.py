"""What a bot in MAX can do. Source: dev.max.ru/docs-api and the schema of its Bot API."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from ambidesk.support.channels.contract.manifest import Manifest, Media, Pace, Setting, WayIn

KIND: Final = "max"
SERVER: Final = "https://platform-api2.max.ru"
MEGABYTE: Final = 1024 * 1024

MANIFEST: Final = Manifest(
    kind=KIND,
    title=_("MAX"),
    ways_in=(WayIn.WEBHOOK, WayIn.POLLING),
    brings=frozenset(Media),
    takes=frozenset({Media.TEXT, Media.PICTURE, Media.FILE}),
    longest_text=4000,
    longest_caption=4000,
    # It takes up to 4 GB; so much would not fit through a desk.
    largest_in_bytes=50 * MEGABYTE,
    largest_out_bytes=50 * MEGABYTE,
    pace=Pace(per_second=30, per_second_in_talk=2),
    most_buttons=30,
    has_edits=True,
    settings=(
        Setting(
            name="token",
            label=_("Token of the bot"),
            help=_("It stands at business.max.ru under Chat bots, Settings."),
            secret=True,
        ),
        Setting(
            name="server",
            label=_("Server"),
            help=_(
                "Its certificate is issued by the Russian Ministry of Digital Development: the "
                "machine has to trust it (AMBIDESK_EGRESS_AUTHORITIES)."
            ),
            required=False,
            initial=SERVER,
        ),
    ),
    help=_("People write to a bot of your brand, and get their answers from it."),
)
