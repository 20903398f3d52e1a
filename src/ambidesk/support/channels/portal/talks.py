"""Talks of the portal: in which channel and under which address a contact speaks."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.support.conversations.models import Channel, ChannelKind

NAMED: Final = "portal"


class NoAddress(Refusal):
    """What is answered would reach nobody."""

    sentence = _("Your account has no e-mail address any more. Ask us by mail or by phone.")


def channel_of(brand: Brand) -> Channel:
    """The portal of a brand; it needs no setting up."""
    channel, _is_new = Channel.objects.get_or_create(
        kind=ChannelKind.PORTAL,
        address=f"{NAMED}:{brand.pk}",
        defaults={"brand": brand, "name": brand.name},
    )
    return channel


def address_of(actor: Actor) -> Identity:
    """
    The address that a contact signs in with: what is answered reaches them there.

    One that others write from as well stands in where they have no other.

    Raises:
        NoAddress: they have none.
    """
    own = Identity.objects.filter(person=actor.id, kind=IdentityKind.EMAIL, erased_at=None)
    found = own.select_related("person").order_by("shared", "verified_at", "pk").first()
    if found is None:
        raise NoAddress
    return found
