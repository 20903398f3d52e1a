"""What a Telegram bot can do. Source: core.telegram.org/bots/api and core.telegram.org/bots/faq."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from ambidesk.support.channels.contract.manifest import Manifest, Media, Pace, Setting, WayIn

KIND: Final = "telegram"
SERVER: Final = "https://api.telegram.org"
MEGABYTE: Final = 1024 * 1024
LARGEST_PICTURE_BYTES: Final = 10 * MEGABYTE

MANIFEST: Final = Manifest(
    kind=KIND,
    title=_("Telegram"),
    ways_in=(WayIn.WEBHOOK, WayIn.POLLING),
    brings=frozenset(Media),
    takes=frozenset({Media.TEXT, Media.PICTURE, Media.FILE}),
    longest_text=4096,
    longest_caption=1024,
    # getFile gives no larger ones, and none larger may be sent.
    largest_in_bytes=20 * MEGABYTE,
    largest_out_bytes=50 * MEGABYTE,
    pace=Pace(per_second=30, per_second_in_talk=1),
    most_buttons=30,
    has_edits=True,
    # Law 41-FZ keeps many Russian organisations from answering clients by foreign messengers.
    off_in=frozenset({"CN", "IR", "RU"}),
    settings=(
        Setting(
            name="token",
            label=_("Token of the bot"),
            help=_("BotFather gives it: write /newbot to it in Telegram."),
            secret=True,
        ),
        Setting(
            name="server",
            label=_("Server"),
            help=_("Another one only where you run a Bot API server of your own."),
            required=False,
            initial=SERVER,
        ),
    ),
    help=_("People write to a bot of your brand, and get their answers from it."),
)
