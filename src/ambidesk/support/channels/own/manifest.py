"""What a channel of one's own can do. Source: docs/connectors.md, Standard Webhooks 1.0."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from ambidesk.support.channels.contract.manifest import Manifest, Media, Pace, Setting, WayIn

KIND: Final = "api"

MANIFEST: Final = Manifest(
    kind=KIND,
    title=_("Own channel"),
    ways_in=(WayIn.WEBHOOK,),
    brings=frozenset({Media.TEXT, Media.PICTURE, Media.FILE}),
    takes=frozenset({Media.TEXT, Media.PICTURE, Media.FILE}),
    longest_text=20_000,
    longest_caption=20_000,
    # They travel within JSON.
    largest_in_bytes=700_000,
    largest_out_bytes=7_000_000,
    pace=Pace(per_second=50, per_second_in_talk=10),
    most_buttons=10,
    settings=(
        Setting(
            name="address",
            label=_("Short name"),
            help=_("A word that names the chat, such as shop-chat."),
        ),
        Setting(
            name="secret",
            label=_("Secret of the signature"),
            help=_("whsec_ and 32 random bytes in Base64. Both sides sign with it."),
            secret=True,
        ),
        Setting(
            name="url",
            label=_("Address that is called"),
            help=_("There your program takes what the desk answers."),
        ),
    ),
    help=_("A chat, an app or a kiosk that you wrote yourself speaks with the desk."),
)
